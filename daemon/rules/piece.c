/* What is known of a piece of a regex, and how pieces join: one behind the other, one or the other.
 */
#include "piece.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define EXACT_MAX 64      /* strings of an exact set */
#define REQUIRED_MAX 1024 /* strings of a required set: an alternation of many phrases */
#define STRING_MAX 40     /* bytes: longer tells no more */
#define RARE 40           /* score of a set that is met in few messages */

static size_t add_bounds(size_t a, size_t b)
{
	return a == PIECE_NO_BOUND || b == PIECE_NO_BOUND || a > PIECE_NO_BOUND - b ? PIECE_NO_BOUND
										    : a + b;
}

size_t bound_times(size_t a, size_t times)
{
	if (a == 0 || times == 0)
		return 0;
	return a == PIECE_NO_BOUND || times == PIECE_NO_BOUND || a > PIECE_NO_BOUND / times
		? PIECE_NO_BOUND
		: a * times;
}

struct piece piece_any(size_t max_bytes)
{
	return (struct piece){.max_bytes = max_bytes};
}

struct piece piece_string(struct pieces *p, const char *bytes, size_t len, size_t max_bytes)
{
	struct piece piece = {.exact = true, .max_bytes = max_bytes};
	piece.strings.items = arena_array(&p->arena, 1, sizeof(struct str));
	struct str copy = arena_str(&p->arena, (struct str){bytes, len});
	if (!piece.strings.items || !copy.ptr) {
		p->failed = true;
		return (struct piece){0};
	}
	piece.strings.items[0] = copy;
	piece.strings.count = 1;
	return piece;
}

struct piece piece_empty(struct pieces *p)
{
	return piece_string(p, "", 0, 0);
}

/* How many bytes of text a string stands for. */
static size_t string_weight(struct str s)
{
	size_t weight = s.len;
	for (size_t i = 0; i < s.len; i++)
		weight -= s.ptr[i] == PIECE_EDGE;
	return weight;
}

static size_t shortest(const struct strings *s)
{
	size_t least = SIZE_MAX;
	for (size_t i = 0; i < s->count; i++) {
		size_t weight = string_weight(s->items[i]);
		least = weight < least ? weight : least;
	}
	return least;
}

/* The set is as common as its commonest string, and the more so the more there are. A bound for
   where the match begins makes it cheaper to try. */
static int score_of(const struct strings *s, size_t prefix)
{
	int score = INT_MAX - 1;
	for (size_t i = 0; i < s->count; i++) {
		int bits = (int)literal_rarity(s->items[i]);
		score = bits < score ? bits : score;
	}
	for (size_t n = s->count; n > 1; n /= 2)
		score--;
	return score + (prefix == PIECE_NO_BOUND ? 0 : 2);
}

void piece_require(struct piece *piece, struct strings strings, size_t prefix)
{
	if (strings.count == 0 || strings.count > REQUIRED_MAX ||
		shortest(&strings) < PIECE_SHORTEST)
		return;
	struct required offer = {strings, prefix, score_of(&strings, prefix)};
	for (size_t i = 0; i < LITERAL_SETS; i++) {
		if (i == piece->required_count) {
			piece->required[piece->required_count++] = offer;
			return;
		}
		if (offer.score > piece->required[i].score) {
			struct required worse = piece->required[i];
			piece->required[i] = offer;
			offer = worse;
		}
	}
}

static struct strings strings_join(struct pieces *p, struct strings a, struct strings b)
{
	struct strings both = {NULL, a.count + b.count};
	both.items = arena_array(&p->arena, both.count, sizeof(*both.items));
	if (!both.items) {
		p->failed = true;
		return (struct strings){NULL, 0};
	}
	memcpy(both.items, a.items, a.count * sizeof(*a.items));
	memcpy(both.items + a.count, b.items, b.count * sizeof(*b.items));
	return both;
}

/* Each of a with each of b behind it; false when that is too much. */
static bool strings_multiply(
	struct pieces *p, struct strings a, struct strings b, struct strings *out)
{
	char bytes[STRING_MAX];
	if (a.count == 0 || b.count == 0 || a.count > EXACT_MAX / b.count)
		return false;
	for (size_t i = 0; i < a.count; i++)
		for (size_t k = 0; k < b.count; k++)
			if (a.items[i].len + b.items[k].len > STRING_MAX)
				return false;
	struct strings all = {NULL, 0};
	all.items = arena_array(&p->arena, a.count * b.count, sizeof(*all.items));
	if (!all.items) {
		p->failed = true;
		return false;
	}
	for (size_t i = 0; i < a.count; i++) {
		for (size_t k = 0; k < b.count; k++) {
			struct str x = a.items[i], y = b.items[k];
			memcpy(bytes, x.ptr, x.len);
			memcpy(bytes + x.len, y.ptr, y.len);
			all.items[all.count] =
				arena_str(&p->arena, (struct str){bytes, x.len + y.len});
			if (!all.items[all.count++].ptr)
				p->failed = true;
		}
	}
	*out = all;
	return !p->failed;
}

void sequence_add(struct pieces *p, struct sequence *s, struct piece piece)
{
	size_t before = s->whole.max_bytes;
	struct strings product;
	s->whole.max_bytes = add_bounds(before, piece.max_bytes);
	if (piece.exact && strings_multiply(p, s->run, piece.strings, &product)) {
		s->run = product;
		return;
	}
	s->broken = true;
	piece_require(&s->whole, s->run, s->run_prefix);
	if (piece.exact) {
		s->run = piece.strings;
		s->run_prefix = before;
		return;
	}
	for (size_t i = 0; i < piece.required_count; i++)
		piece_require(&s->whole, piece.required[i].strings,
			add_bounds(before, piece.required[i].prefix));
	s->run = piece_empty(p).strings;
	s->run_prefix = s->whole.max_bytes;
}

struct piece sequence_end(struct sequence *s)
{
	if (s->broken) {
		piece_require(&s->whole, s->run, s->run_prefix);
	} else {
		s->whole.exact = true;
		s->whole.strings = s->run;
	}
	return s->whole;
}

/* The one set that stands for a branch of an alternation. */
static bool best_of(const struct piece *piece, struct required *out)
{
	if (piece->exact) {
		*out = (struct required){piece->strings, 0, 0};
		return piece->strings.count > 0;
	}
	if (piece->required_count > 0)
		*out = piece->required[0];
	return piece->required_count > 0;
}

struct piece piece_or(struct pieces *p, struct piece a, struct piece b)
{
	struct piece both = {.max_bytes = a.max_bytes > b.max_bytes ? a.max_bytes : b.max_bytes};
	struct required x = {0}, y = {0};
	if (a.exact && b.exact && a.strings.count + b.strings.count <= EXACT_MAX) {
		both.exact = true;
		both.strings = strings_join(p, a.strings, b.strings);
		return both;
	}
	if (!best_of(&a, &x) || !best_of(&b, &y))
		return both;
	piece_require(&both, strings_join(p, x.strings, y.strings),
		x.prefix > y.prefix ? x.prefix : y.prefix);
	return both;
}

/* The string without the marks for \b: those at its ends become flags, where the byte beside them
   is part of a word for certain. White space is one blank, as in literal_fold's text. */
static struct literal to_literal(struct str s)
{
	struct literal l = {0};
	char *to = (char *)(uintptr_t)s.ptr; /* the arena's, and ours */
	size_t len = 0;
	bool edge = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == PIECE_EDGE) {
			edge = true;
			continue;
		}
		if (len == 0)
			l.word_start = edge && literal_is_word(c);
		edge = false;
		if (c != ' ' || len == 0 || to[len - 1] != ' ')
			to[len++] = c;
	}
	l.word_end = edge && len > 0 && literal_is_word(to[len - 1]);
	l.text = (struct str){to, len};
	return l;
}

/* By text, and of the same text the one that is met more often first. */
static int compare_literals(const void *a, const void *b)
{
	const struct literal *x = a, *y = b;
	int texts = str_cmp(x->text, y->text);
	if (texts != 0)
		return texts;
	return x->word_start + x->word_end - y->word_start - y->word_end;
}

/* Whether `l` stands wherever `other` does, which has `l`'s text in front. */
static bool literal_covers(const struct literal *l, const struct literal *other)
{
	if (!str_starts(other->text, l->text) || (l->word_start && !other->word_start))
		return false;
	if (other->text.len == l->text.len)
		return !l->word_end || other->word_end;
	return !l->word_end || !literal_is_word(other->text.ptr[l->text.len]);
}

/* "more" says all that "more", "more often" say. */
static void drop_covered(struct literal_set *set)
{
	size_t kept = 0;
	if (set->count > 1)
		qsort(set->items, set->count, sizeof(*set->items), compare_literals);
	for (size_t i = 0; i < set->count; i++)
		if (kept == 0 || !literal_covers(&set->items[kept - 1], &set->items[i]))
			set->items[kept++] = set->items[i];
	set->count = kept;
}

int piece_literals(const struct piece *piece, struct arena *arena, struct literals *out)
{
	for (size_t i = 0; i < piece->required_count; i++) {
		/* a second set only helps one that is met often */
		if (out->count > 0 && piece->required[0].score >= RARE)
			break;
		const struct strings *from = &piece->required[i].strings;
		struct literal_set set = {NULL, from->count, piece->required[i].prefix};
		bool usable = true;
		set.items = arena_array(arena, from->count, sizeof(*set.items));
		if (!set.items)
			return -1;
		for (size_t k = 0; k < from->count; k++) {
			struct str own = arena_str(arena, from->items[k]);
			if (!own.ptr)
				return -1;
			set.items[k] = to_literal(own);
			usable = usable && set.items[k].text.len >= PIECE_SHORTEST;
		}
		drop_covered(&set);
		if (usable)
			out->sets[out->count++] = set;
	}
	return 0;
}
