/* Finds the words that are to be covered, in folded text, and covers them where they came from. */
#include "rules/redaction.h"

#include "base/array.h"
#include "base/utf8.h"
#include "pattern.h"
#include <stdlib.h>

struct redaction {
	struct pattern **patterns;
	size_t count;
	struct scanner *scanner;
	struct folded folded;
	struct range *found; /* of the text looked through last, by start; they may overlap */
	size_t found_count, found_cap;
};

/* Plain words as a regex: each white space any, and what stands before the lines of a quotation;
   all else itself. */
static void words_regex(struct str words, struct buf *out)
{
	bool gap = false;
	size_t at = 0, start;
	int32_t c;
	while (start = at, (c = utf8_next(words, &at)) >= 0) {
		if (utf8_is_space(c)) {
			gap = true;
			continue;
		}
		buf_add_cstr(out, gap ? "[\\s>|]+" : "");
		gap = false;
		if (c < 0x80 && !utf8_is_word(c))
			buf_add_char(out, '\\');
		buf_add_str(out, str_slice(words, start, at));
	}
}

static int compile(struct str written, struct pattern **out, struct error *err)
{
	struct buf regex = {0};
	struct folded folded = {0};
	struct error why = {0};
	size_t at;
	struct str words = str_trim(written);
	bool slashed = words.len > 2 && words.ptr[0] == '/' && words.ptr[words.len - 1] == '/';
	int result = -1;
	if (utf8_fold(slashed ? str_slice(words, 1, words.len - 1) : words, false, &folded) < 0)
		error_memory(err);
	else if (slashed)
		buf_add_str(&regex, buf_str(&folded.text));
	else
		words_regex(buf_str(&folded.text), &regex);
	if (regex.failed)
		error_memory(err);
	else if (!regex.len)
		error_set(err, ERROR_USAGE, "nothing to cover, expected words or /regex/");
	else if (pattern_new(buf_str(&regex), out, &at, &why) < 0)
		error_set(err, why.kind, "cannot cover '%.*s': %s", STR_ARG(written), why.text);
	else if (pattern_may_be_empty(*out))
		error_set(err, ERROR_USAGE,
			"cannot cover '%.*s': it fits everywhere, expected one that needs a letter",
			STR_ARG(written));
	else
		result = 0;
	buf_finish(&regex);
	folded_finish(&folded);
	return result;
}

int redaction_new(
	const struct str *patterns, size_t count, struct redaction **out, struct error *err)
{
	struct redaction *r = calloc(1, sizeof(*r));
	if (!r)
		return error_memory(err);
	int result = scanner_new(true, &r->scanner, err);
	r->patterns = calloc(count + 1, sizeof(struct pattern *));
	if (!result && !r->patterns)
		result = error_memory(err);
	for (; !result && r->count < count; r->count++)
		result = compile(patterns[r->count], &r->patterns[r->count], err);
	if (result < 0) {
		redaction_free(r);
		return -1;
	}
	*out = r;
	return 0;
}

void redaction_free(struct redaction *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		pattern_free(r->patterns[i]);
	free(r->patterns);
	scanner_free(r->scanner);
	folded_finish(&r->folded);
	free(r->found);
	free(r);
}

static int by_start(const void *left, const void *right)
{
	const struct range *a = left, *b = right;
	return (a->start > b->start) - (a->start < b->start);
}

/* A place in the folded text as a place in what it came from. */
static int add_found(struct redaction *r, struct range in_folded, struct error *err)
{
	const uint32_t *origin = r->folded.origin;
	size_t end = in_folded.end;
	if (array_room(&r->found, r->found_count, &r->found_cap, sizeof(*r->found)) < 0)
		return error_memory(err);
	/* the whole character, when a match ends inside what it was folded to */
	while (end < r->folded.text.len && origin[end] == origin[end - 1])
		end++;
	r->found[r->found_count++] = (struct range){origin[in_folded.start], origin[end]};
	return 0;
}

static int find_one(struct redaction *r, struct pattern *p, struct error *err)
{
	struct str text = buf_str(&r->folded.text);
	struct range match;
	size_t from = 0;
	int rc;
	scanner_start(r->scanner, text.len);
	while ((rc = pattern_find(p, r->scanner, text, from, text.len, &match)) > 0) {
		if (add_found(r, match, err) < 0)
			return -1;
		from = match.end;
	}
	return rc < 0 ? error_set(err, ERROR_LIMIT, "what is to be covered takes too long: %s",
				scanner_limit(r->scanner))
		      : 0;
}

int redaction_find(struct redaction *r, struct str text, struct error *err)
{
	r->found_count = 0;
	if (utf8_fold(text, false, &r->folded) < 0)
		return error_memory(err);
	for (size_t i = 0; i < r->count; i++)
		if (find_one(r, r->patterns[i], err) < 0)
			return -1;
	if (r->found_count)
		qsort(r->found, r->found_count, sizeof(*r->found), by_start);
	return r->found_count > 0;
}

void redaction_cover(
	const struct redaction *r, struct str text, size_t start, size_t end, struct buf *out)
{
	/* of one length, so that they do not tell how long the words are */
	static const char blocks[] = "\xe2\x96\x88\xe2\x96\x88";
	size_t at = start;
	for (size_t i = 0; i < r->found_count && r->found[i].start < end; i++) {
		const struct range *f = &r->found[i];
		if (f->end <= at)
			continue;
		if (f->start > at)
			buf_add_str(out, str_slice(text, at, f->start));
		buf_add_cstr(out, blocks);
		at = f->end;
	}
	if (at < end)
		buf_add_str(out, str_slice(text, at, end));
}

int redaction_add(struct redaction *r, struct str text, struct buf *out, struct error *err)
{
	if (redaction_find(r, text, err) < 0)
		return -1;
	redaction_cover(r, text, 0, text.len, out);
	return out->failed ? error_memory(err) : 0;
}
