/* The sentence around the words of a finding, cut where it would fill the page. */
#include "passage.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define PASSAGE_AROUND 240 /* bytes shown before the first and behind the last marked word */
#define PASSAGE_WORDS 600  /* bytes shown of one finding's own words */

struct range {
	size_t start, end;
	int severity;
};

static int by_start(const void *left, const void *right)
{
	const struct range *a = left, *b = right;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->end > b->end) - (a->end < b->end);
}

/* The stretch of the same speaker's words that holds `at`: a sentence does not run into a quote. */
static struct range speech_around(const struct text *text, size_t at)
{
	struct range all = {0, text->bytes.len, 0};
	for (size_t i = 0; i < text->span_count; i++) {
		const struct span *s = &text->spans[i];
		if (at < s->start || at >= s->end)
			continue;
		size_t first = i, last = i;
		while (first > 0 && text->spans[first - 1].kind == s->kind)
			first--;
		while (last + 1 < text->span_count && text->spans[last + 1].kind == s->kind)
			last++;
		return (struct range){text->spans[first].start, text->spans[last].end, 0};
	}
	return all;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Does a sentence end before byte `at`: an empty line, or a mark with white space behind it? */
static bool sentence_ends(struct str s, size_t at)
{
	if (at < 1 || at > s.len)
		return false;
	if (at >= 2 && s.ptr[at - 1] == '\n' && s.ptr[at - 2] == '\n')
		return true;
	return at >= 2 && is_blank(s.ptr[at - 1]) && strchr(".!?", s.ptr[at - 2]);
}

static struct range sentence_around(
	const struct text *text, struct range words, bool *cut_before, bool *cut_after)
{
	struct str s = text->bytes;
	struct range speech = speech_around(text, words.start);
	struct range found = words;
	while (found.start > speech.start && words.start - found.start < PASSAGE_AROUND &&
		!sentence_ends(s, found.start))
		found.start--;
	while (found.end < speech.end && found.end - words.end < PASSAGE_AROUND &&
		!sentence_ends(s, found.end))
		found.end++;
	*cut_before = found.start > speech.start && !sentence_ends(s, found.start);
	*cut_after = found.end < speech.end && !sentence_ends(s, found.end);
	found.start = utf8_cut(s, found.start);
	found.end = utf8_cut(s, found.end);
	while (found.start < words.start && is_blank(s.ptr[found.start]))
		found.start++;
	while (found.end > words.end && is_blank(s.ptr[found.end - 1]))
		found.end--;
	return found;
}

/* Only what lies in the text, and not endlessly long. */
static size_t collect(const struct text *text, const struct report_finding *const *findings,
	size_t count, struct range *ranges)
{
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		const struct finding *f = findings[i]->finding;
		if (!f->has_range || f->start >= f->end || f->end > text->bytes.len)
			continue;
		size_t end = f->end;
		if (end - f->start > PASSAGE_WORDS)
			end = utf8_cut(text->bytes, f->start + PASSAGE_WORDS);
		ranges[n++] = (struct range){f->start, end, f->severity};
	}
	qsort(ranges, n, sizeof(*ranges), by_start);
	return n;
}

/* Marks of a passage, relative to it. Where words overlap or touch, one mark takes both. */
static void add_mark(struct passage *p, size_t from, struct range words)
{
	struct passage_mark *last = p->mark_count ? &p->marks[p->mark_count - 1] : NULL;
	if (!last || words.start - from > last->end) {
		p->marks[p->mark_count++] =
			(struct passage_mark){words.start - from, words.end - from, words.severity};
		return;
	}
	if (words.end - from > last->end)
		last->end = words.end - from;
	if (words.severity > last->severity)
		last->severity = words.severity;
}

/* One passage from ranges[*at] on; *at moves behind the last range that it holds. */
static int cut_one(const struct text *text, const struct range *ranges, size_t count, size_t *at,
	struct arena *arena, struct passage *p)
{
	size_t first = *at;
	struct range all = sentence_around(text, ranges[first], &p->cut_before, &p->cut_after);
	size_t after = first + 1;
	while (after < count && ranges[after].start < all.end) {
		bool ignored;
		struct range next = sentence_around(text, ranges[after], &ignored, &p->cut_after);
		if (next.end > all.end)
			all.end = next.end;
		after++;
	}
	p->text = arena_str(arena, str_slice(text->bytes, all.start, all.end));
	p->marks = arena_array(arena, after - first, sizeof(*p->marks));
	if (!p->text.ptr || !p->marks)
		return -1;
	for (size_t i = first; i < after; i++)
		add_mark(p, all.start, ranges[i]);
	*at = after;
	return 0;
}

int passages_cut(const struct text *text, const struct report_finding *const *findings,
	size_t count, struct arena *arena, struct passage **out, size_t *out_count)
{
	struct range *ranges = calloc(count + 1, sizeof(*ranges));
	struct passage *passages = arena_array(arena, count, sizeof(*passages));
	size_t made = 0;
	int result = ranges && passages ? 0 : -1;
	size_t n = result ? 0 : collect(text, findings, count, ranges);
	for (size_t at = 0; !result && at < n; made++)
		result = cut_one(text, ranges, n, &at, arena, &passages[made]);
	free(ranges);
	if (result)
		return -1;
	*out = passages;
	*out_count = made;
	return 0;
}

int passage_whole(const struct text *text, const struct report_finding *findings, size_t count,
	struct arena *arena, struct passage *out)
{
	const struct report_finding **all = calloc(count + 1, sizeof(*all));
	struct range *ranges = calloc(count + 1, sizeof(*ranges));
	struct passage whole = {
		.text = text->bytes, .marks = arena_array(arena, count, sizeof(*whole.marks))};
	int result = all && ranges && whole.marks ? 0 : -1;
	for (size_t i = 0; !result && i < count; i++)
		all[i] = &findings[i];
	size_t n = result ? 0 : collect(text, all, count, ranges);
	for (size_t i = 0; i < n; i++)
		add_mark(&whole, 0, ranges[i]);
	free(ranges);
	free(all);
	if (!result)
		*out = whole;
	return result;
}
