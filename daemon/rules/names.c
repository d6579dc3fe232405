/* Settles the names of rules over all files: who has one, and who replaces whom. */
#include "load.h"
#include "sequence.h"
#include <stdlib.h>

#define GUESSES_MAX 100 /* each looks at all names */

/* Whose rule it is; a later origin's replaces an earlier one's. */
enum origin { ORIGIN_SHIPPED, ORIGIN_USERS, ORIGIN_TRIAL };

static enum origin origin_of(const struct loading *l, size_t file)
{
	if (file + l->options->on_trial >= l->count)
		return ORIGIN_TRIAL;
	return l->files[file].pack.ptr ? ORIGIN_SHIPPED : ORIGIN_USERS;
}

/* A name, and who has it: rules and sequences share them. */
struct claim {
	enum origin origin;
	size_t order;
	size_t file;
	struct draft *draft;
};

static int compare_claims(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;
	int names = str_cmp(x->draft->name, y->draft->name);
	if (names != 0)
		return names;
	if (x->origin != y->origin)
		return x->origin < y->origin ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static size_t collect_claims(struct loading *l, struct claim *claims)
{
	size_t n = 0;
	for (size_t i = 0; i < l->count; i++)
		for (struct draft *d = l->candidates[i].script.drafts; d; d = d->next)
			if (d->block != BLOCK_EXCEPT) {
				claims[n] = (struct claim){origin_of(l, i), n, i, d};
				n++;
			}
	if (n > 1)
		qsort(claims, n, sizeof(*claims), compare_claims);
	return n;
}

static void complain_second(
	struct loading *l, const struct claim *first, const struct claim *second)
{
	struct script *s = &l->candidates[second->file].script;
	if (!script_is_hopeless(s, &second->draft->at))
		complain(s, DIAG_ERROR, &second->draft->at,
			"second %s '%.*s', the first is in %s:%u",
			block_names[second->draft->block], STR_ARG(second->draft->name),
			l->candidates[first->file].script.name, first->draft->at.line);
	l->candidates[second->file].left_out = true;
}

static bool same_name(const struct claim *a, const struct claim *b)
{
	return a->draft->name.len > 0 && str_eq(a->draft->name, b->draft->name);
}

static void check_names(struct loading *l, const struct claim *claims, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct claim *first = &claims[i - 1];
		while (i < count && claims[i].origin == first->origin &&
			same_name(&claims[i], first))
			complain_second(l, first, &claims[i++]);
	}
}

static void remark_replaced(struct loading *l, const struct claim *claim)
{
	complain(&l->candidates[claim->file].script, DIAG_WARNING, &claim->draft->at,
		"replaces the shipped rule of this name");
}

/* A name's claims are in order of their origins: the last that is well replaces all of earlier
 * ones.
 */
static void settle_name(struct loading *l, const struct claim *claims, size_t count)
{
	const struct claim *last = NULL;
	bool replaces = false;
	for (size_t i = count; i-- > 0;) {
		if (!last && !l->candidates[claims[i].file].left_out)
			last = &claims[i];
		if (!last || last->origin == claims[i].origin)
			continue;
		claims[i].draft->replaced = true;
		replaces = true;
	}
	if (replaces && l->options->remarks)
		remark_replaced(l, last);
}

static void settle_names(struct loading *l, const struct claim *claims, size_t count)
{
	size_t end;
	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count && same_name(&claims[i], &claims[end]);)
			end++;
		settle_name(l, &claims[i], end - i);
	}
}

/* Findings of the clock, which no file names. */
static const char *const clock_rules[] = {"after-hours/contact", "after-hours/demand"};
#define CLOCK_RULES (sizeof(clock_rules) / sizeof(*clock_rules))

/* What a glob may have meant: the names of rules and of their families. -1: no memory. */
static int collect_names(struct loading *l, const struct claim *claims, size_t count)
{
	struct arena *arena = &l->set->arena;
	const char **names = arena_array(arena, 2 * count + CLOCK_RULES + 1, sizeof(*names));
	size_t n = 0, slash;
	if (!names)
		return -1;
	for (size_t i = 0; i < CLOCK_RULES; i++)
		names[n++] = clock_rules[i];
	names[n++] = "after-hours/*";
	for (size_t i = 0; i < count; i++) {
		struct str name = claims[i].draft->name;
		names[n] = arena_cstr(arena, name);
		if (!names[n++])
			return -1;
		if (!str_rfind_char(name, '/', &slash))
			continue;
		names[n] = arena_format(arena, "%.*s/*", STR_ARG(str_slice(name, 0, slash))).ptr;
		if (!names[n++])
			return -1;
	}
	l->names = names;
	l->name_count = n;
	return 0;
}

/* The name that was meant by a glob that fits none: of a rule or of a family. */
static const char *guess_names(
	struct loading *l, struct str glob, const struct claim *claims, size_t count)
{
	if (l->guesses++ >= GUESSES_MAX || (!l->names && collect_names(l, claims, count) < 0))
		return NULL;
	return did_you_mean(glob, l->names, l->name_count);
}

/* Do the names fit a rule, or with sequences one of them? */
static bool fits_any(struct str names, bool sequences, const struct claim *claims, size_t count)
{
	const struct sequence_glob glob = {.names = names};
	bool fits = sequence_glob_fits(&glob, STR(EXCLUDED_RULE));
	for (size_t i = 0; !fits && i < CLOCK_RULES; i++)
		fits = sequence_glob_fits(&glob, str_from(clock_rules[i]));
	for (size_t i = 0; !fits && i < count; i++)
		fits = (sequences || claims[i].draft->block == BLOCK_RULE) &&
			sequence_glob_fits(&glob, claims[i].draft->name);
	return fits;
}

/* An exception of rules that are not there. */
static void check_exceptions(struct loading *l, const struct claim *claims, size_t count)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct script *s = &l->candidates[i].script;
		for (const struct draft *d = s->drafts; d && !l->candidates[i].left_out;
			d = d->next) {
			if (d->block != BLOCK_EXCEPT || d->name.len == 0 ||
				fits_any(d->name, true, claims, count))
				continue;
			const char *guess = guess_names(l, d->name, claims, count);
			complain(s, DIAG_WARNING, &d->at,
				"no rule fits '%.*s', nothing is excepted%s%s%s", WORD_ARG(d->name),
				guess ? " (did you mean '" : "", guess ? guess : "",
				guess ? "'?)" : "");
		}
	}
}

/* What a sequence counts that no rule finds; what sequences find is never counted. */
static void check_counted(struct loading *l, const struct script *s, const struct value *v,
	const struct sequence_glob *glob, const struct claim *claims, size_t count)
{
	struct str rest = glob->names, name;
	while (str_split(&rest, '|', &name)) {
		const struct spot at = value_spot(v, (size_t)(name.ptr - v->text.ptr));
		if (fits_any(name, false, claims, count))
			continue;
		const char *guess = guess_names(l, name, claims, count);
		if (fits_any(name, true, claims, count))
			complain(s, DIAG_WARNING, &at,
				"only sequences fit '%.*s', and they are never counted",
				WORD_ARG(name));
		else
			complain(s, DIAG_WARNING, &at, "no rule fits '%.*s'%s%s%s", WORD_ARG(name),
				guess ? " (did you mean '" : "", guess ? guess : "",
				guess ? "'?)" : "");
	}
}

/* A file alone may name what it has been read without. */
static bool has_shipped(const struct loading *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->files[i].pack.ptr)
			return true;
	return false;
}

/* In the user's files: a shipped sequence is for all packs, and not all may be in use. */
static void check_sequences(struct loading *l, const struct claim *claims, size_t count)
{
	for (size_t i = 0; i < l->count && has_shipped(l); i++) {
		const struct candidate *c = &l->candidates[i];
		const struct sequence_rule *rule = c->sequences;
		const struct draft *d =
			l->files[i].pack.ptr || c->left_out ? NULL : c->script.drafts;
		for (; d; d = d->next) {
			if (d->block != BLOCK_SEQUENCE)
				continue;
			const struct value *v = sequence_value(d);
			for (size_t k = 0; k < rule->step_count; k++)
				check_counted(l, &c->script, v, &rule->steps[k], claims, count);
			for (size_t k = 0; k < rule->unless_count; k++)
				check_counted(l, &c->script, v, &rule->unless[k], claims, count);
			rule++;
		}
	}
}

int names_settle(struct loading *l)
{
	/* a file that is given up has more drafts than rules */
	size_t drafts = 0;
	for (size_t i = 0; i < l->count; i++)
		drafts += l->candidates[i].script.draft_count;
	struct claim *claims = arena_array(&l->set->arena, drafts, sizeof(*claims));
	if (!claims)
		return error_memory(l->err);
	size_t count = collect_claims(l, claims);
	check_names(l, claims, count);
	settle_names(l, claims, count);
	if (l->options->remarks) {
		check_exceptions(l, claims, count);
		check_sequences(l, claims, count);
	}
	return 0;
}
