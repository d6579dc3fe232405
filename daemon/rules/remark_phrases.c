/* Finds phrases that add nothing: wherever they are found, so is another phrase. */
#include "phrase.h"
#include "remark.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <stdlib.h>

/* More words are no phrase any more. */
#define WORDS_MAX 24
/* So many of the same words are looked at to find one that counts as much. */
#define SAME_MAX 100

/* One phrase of a rule. */
struct said {
	const struct remarked *file;
	const struct rule *rule;
	const struct value *value;
	size_t offset;
	size_t number; /* in the order of the files */
	struct str written;
	struct str plain; /* small letters, one blank between words */
	struct str bare;  /* and without accents: by which it is found */
};

struct index {
	struct arena arena;
	struct said *items; /* sorted by `bare`, then number */
	size_t count, cap;
	bool failed;
};

static struct str plain_of(struct index *x, struct str words, bool bare)
{
	struct buf out = {0};
	words_plain(words, bare, &out);
	struct str copy =
		out.failed ? (struct str){NULL, 0} : arena_str(&x->arena, str_trim(buf_str(&out)));
	x->failed |= !copy.ptr;
	buf_finish(&out);
	return copy;
}

static void add_phrase(struct index *x, const struct said *said)
{
	if (x->count == LIMIT_LINT_PHRASES)
		return;
	if (array_room(&x->items, x->count, &x->cap, sizeof(*x->items)) < 0) {
		x->failed = true;
		return;
	}
	struct said *s = &x->items[x->count];
	*s = *said;
	s->number = x->count++;
	s->plain = plain_of(x, s->written, false);
	s->bare = plain_of(x, s->written, true);
}

static void add_file(struct index *x, const struct remarked *file)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct rule *rule = &file->rules[i];
		if (rule->broken || rule->draft->replaced)
			continue;
		for (const struct value *v = rule->draft->first[FIELD_SAYS]; v; v = v->next) {
			struct str rest = v->text, part;
			while (!x->failed && str_split(&rest, '|', &part)) {
				struct str phrase = str_trim(part);
				const struct said said = {.file = file,
					.rule = rule,
					.value = v,
					.offset = (size_t)(phrase.ptr - v->text.ptr),
					.written = phrase};
				add_phrase(x, &said);
			}
		}
	}
}

static int compare_said(const void *left, const void *right)
{
	const struct said *a = left, *b = right;
	int words = str_cmp(a->bare, b->bare);
	return words ? words : (a->number > b->number) - (a->number < b->number);
}

/* Whatever text these words are found in, has the others too: an accented letter is also found as
   its bare one, a bare one only as itself. */
static bool covers(struct str these, struct str others)
{
	size_t at = 0, other = 0;
	while (at < these.len && other < others.len) {
		int32_t c = utf8_next(these, &at), d = utf8_next(others, &other);
		if (c != d && utf8_bare(c) != d)
			return false;
	}
	return at == these.len && other == others.len;
}

static bool is_unconditional(const struct rule *r)
{
	return r->all.count + r->unless.count + r->clients.count == 0 && !r->when &&
		r->facts.status == RULE_LIVE;
}

/* Is what `s` finds found by `other` as well, and counted as much? Of two of the same words the
   later one adds nothing. */
static bool makes_needless(const struct said *other, const struct said *s, bool whole)
{
	const struct rule *a = other->rule, *b = s->rule;
	if (other == s || (whole && covers(s->plain, other->plain) && other->number > s->number))
		return false;
	if (a == b)
		return true;
	return is_unconditional(a) && a->from == b->from && a->facts.sign == b->facts.sign &&
		a->facts.severity >= b->facts.severity;
}

/* One of the phrases with exactly these words that makes `s` needless, or NULL. */
static const struct said *find_among(
	const struct index *x, const struct said *s, struct str bare, struct str plain)
{
	size_t low = 0, high = x->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_cmp(x->items[middle].bare, bare) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	bool whole = bare.len == s->bare.len;
	size_t end = low + SAME_MAX < x->count ? low + SAME_MAX : x->count;
	for (; low < end && str_eq(x->items[low].bare, bare); low++) {
		const struct said *other = &x->items[low];
		if (makes_needless(other, s, whole) && covers(other->plain, plain))
			return other;
	}
	return NULL;
}

/* Where the words of a phrase begin, and one more behind the last. Bare letters may take fewer
   bytes, so that both forms have their own. */
static size_t word_starts(struct str s, size_t *starts)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len && count < WORDS_MAX; i++)
		if (i == 0 || s.ptr[i - 1] == ' ')
			starts[count++] = i;
	starts[count] = s.len + 1;
	return count;
}

static const struct said *find_needless(const struct index *x, const struct said *s)
{
	size_t bare[WORDS_MAX + 1], plain[WORDS_MAX + 1];
	size_t count = word_starts(s->bare, bare);
	if (word_starts(s->plain, plain) != count)
		return NULL;
	for (size_t length = count; length > 0; length--) {
		for (size_t i = 0; i + length <= count; i++) {
			const struct said *other =
				find_among(x, s, str_slice(s->bare, bare[i], bare[i + length] - 1),
					str_slice(s->plain, plain[i], plain[i + length] - 1));
			if (other)
				return other;
		}
	}
	return NULL;
}

static void remark_needless(const struct said *s, const struct said *other)
{
	if (other->rule == s->rule)
		warn_in(s->file->script, s->value, s->offset,
			"phrase '%.*s' adds nothing: '%.*s' is found wherever it is",
			WORD_ARG(s->written), WORD_ARG(other->written));
	else
		warn_in(s->file->script, s->value, s->offset,
			"phrase '%.*s' adds nothing: rule '%.*s' (%s:%u) finds '%.*s' wherever it is",
			WORD_ARG(s->written), STR_ARG(other->rule->facts.name),
			other->file->script->name, other->value->at.line, WORD_ARG(other->written));
}

int remark_phrases(const struct remarked *files, size_t count, struct error *err)
{
	struct index x = {0};
	for (size_t i = 0; i < count; i++)
		add_file(&x, &files[i]);
	if (x.count > 1)
		qsort(x.items, x.count, sizeof(*x.items), compare_said);
	for (size_t i = 0; i < x.count && !x.failed; i++) {
		const struct said *s = &x.items[i];
		const struct said *other =
			s->file->script->file->pack.ptr ? NULL : find_needless(&x, s);
		if (other)
			remark_needless(s, other);
	}
	free(x.items);
	arena_finish(&x.arena);
	return x.failed ? error_memory(err) : 0;
}
