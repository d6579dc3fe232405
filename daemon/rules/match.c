/* Runs one rule over a message's runs: finds its words, then asks its conditions. */
#include "match.h"
#include "base/array.h"
#include "base/limits.h"
#include "capture.h"
#include "contract_phrases.h"
#include <stdio.h>
#include <stdlib.h>

/* MATCH_LIMIT: a limit of PCRE2 ended this rule's search. */
enum { MATCH_ERROR = -1, MATCH_DONE = 0, MATCH_FOUND = 1, MATCH_LIMIT = 2 };

struct search {
	struct workspace *work;
	const struct rule *rule;
	const struct match_input *in;
	struct hits *out;
	struct error *err;
	struct capture_places places; /* of the match that is being looked at */
};

/* What holds a match back: a field as it was written, and where its words stand. */
struct hold {
	const char *field;
	const struct value *written;
	bool has_place;
	struct range place; /* in the message's text */
};

/* Is any of the message's new words at [start, end) in a span whose boundary is a guess? */
static bool range_unsure(const struct text *text, struct range at)
{
	size_t low = 0, high = text->span_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (text->spans[middle].end <= at.start)
			low = middle + 1;
		else
			high = middle;
	}
	/* nor is it sure that somebody meant words to be read which their mail hides */
	for (; low < text->span_count && text->spans[low].start < at.end; low++)
		if (text->spans[low].unsure || text->spans[low].hidden)
			return true;
	return false;
}

int hit_add(struct hits *out, const struct rule_facts *rule, struct range at,
	const struct captured *captured, const struct text *text, struct error *err)
{
	if (out->count >= LIMIT_HITS) {
		out->too_many = true;
		return 0;
	}
	if (array_room(&out->items, out->count, &out->cap, sizeof(*out->items)) < 0)
		return error_memory(err);
	out->items[out->count++] = (struct hit){
		.rule = rule,
		.start = at.start,
		.end = at.end,
		.unsure = range_unsure(text, at),
		.captured = *captured,
	};
	return 0;
}

int near_miss_add(struct hits *out, const struct rule_facts *rule, struct range at,
	struct str held_back_by, const struct range *by, struct error *err)
{
	if (out->near_count >= LIMIT_HITS) {
		out->too_many_near = true;
		return 0;
	}
	if (array_room(&out->near, out->near_count, &out->near_cap, sizeof(*out->near)) < 0)
		return error_memory(err);
	struct near_miss *miss = &out->near[out->near_count];
	*miss = (struct near_miss){.rule = rule, .start = at.start, .end = at.end};
	miss->held_back_by = arena_str(&out->arena, held_back_by);
	if (!miss->held_back_by.ptr)
		return error_memory(err);
	miss->has_by_place = by != NULL;
	miss->by_start = by ? by->start : 0;
	miss->by_end = by ? by->end : 0;
	out->near_count++;
	return 0;
}

int unexamined_add(
	struct hits *out, const struct rule_facts *rule, const char *why, struct error *err)
{
	if (array_room(&out->unexamined, out->unexamined_count, &out->unexamined_cap,
		    sizeof(*out->unexamined)) < 0)
		return error_memory(err);
	struct unexamined *u = &out->unexamined[out->unexamined_count++];
	u->rule = rule;
	snprintf(u->why, sizeof(u->why), "%s", why);
	return 0;
}

struct range reach_around(const struct subject *s, enum reach reach, struct range match)
{
	size_t len = subject_text(s).len;
	switch (reach) {
	case REACH_SENTENCE:
		return breaks_around(&s->sentences, len, match);
	case REACH_PARAGRAPH:
		return breaks_around(&s->paragraphs, len, match);
	case REACH_MESSAGE:
		break;
	}
	return (struct range){0, len};
}

/* Looks for a condition's pattern around a match; *place is in the message's text. */
static int condition_find(struct search *s, const struct condition *c, const struct subject *around,
	enum reach reach, struct range match, struct capture_places *places, struct range *place)
{
	const struct subjects *all = &s->work->subjects;
	struct pattern *pattern =
		c->mention ? contract_phrases_pattern(s->work->contract, c->mention) : c->pattern;
	for (size_t i = 0; pattern && i < all->count; i++) {
		const struct subject *subject = &all->items[i];
		if (subject != around && reach != REACH_MESSAGE)
			continue;
		struct range within = {0, subject_text(subject).len}, found;
		if (subject == around)
			within = reach_around(subject, reach, match);
		struct str text = str_slice(subject_text(subject), 0, within.end);
		int rc = pattern_find(
			pattern, s->work->scanner, text, within.start, within.end, &found);
		if (rc < 0)
			return MATCH_LIMIT;
		if (rc > 0) {
			captures_note(places, pattern, subject);
			*place = subject_origin(subject, found);
			return MATCH_FOUND;
		}
	}
	return MATCH_DONE;
}

bool rule_fits_sender(const struct rule *rule, const struct match_input *in)
{
	return rule->from == in->direction;
}

bool rule_fits_client(const struct rule *rule, const struct match_input *in)
{
	for (size_t i = 0; in->client && i < rule->clients.count; i++)
		if (str_eq(rule->clients.items[i], in->client->id))
			return true;
	return rule->clients.count == 0;
}

bool rule_fits_moment(const struct rule *rule, const struct match_input *in)
{
	return !in->has_moment || !rule->when || (in->properties & rule->when);
}

/* The rule's `from`, `client` and `when`: they hold for a whole message. */
static bool message_fits(const struct rule *rule, const struct match_input *in, struct hold *hold)
{
	const struct value *const *written = (const struct value *const *)rule->draft->first;
	if (!rule_fits_sender(rule, in))
		*hold = (struct hold){.field = "from", .written = written[FIELD_FROM]};
	else if (!rule_fits_client(rule, in))
		*hold = (struct hold){.field = "client", .written = written[FIELD_CLIENT]};
	else if (!rule_fits_moment(rule, in))
		*hold = (struct hold){.field = "when", .written = written[FIELD_WHEN]};
	else
		return true;
	return false;
}

/* MATCH_FOUND when a condition holds the match back. */
static int held_back(
	struct search *s, struct subject *subject, struct range match, struct hold *hold)
{
	const struct rule *rule = s->rule;
	struct range place;
	if (!message_fits(rule, s->in, hold))
		return MATCH_FOUND;
	if (rule->all.count + rule->unless.count > 0 && subject_break_up(subject) < 0)
		return error_memory(s->err);
	for (size_t i = 0; i < rule->all.count; i++) {
		const struct condition *c = &rule->all.items[i];
		int rc = condition_find(s, c, subject, rule->within, match, &s->places, &place);
		if (rc == MATCH_LIMIT)
			return rc;
		if (rc != MATCH_FOUND) {
			*hold = (struct hold){.field = "all", .written = c->written};
			return MATCH_FOUND;
		}
	}
	for (size_t i = 0; i < rule->unless.count; i++) {
		const struct condition *c = &rule->unless.items[i];
		struct capture_places ignored = {0};
		int rc =
			condition_find(s, c, subject, rule->unless_within, match, &ignored, &place);
		if (rc == MATCH_LIMIT)
			return rc;
		if (rc == MATCH_FOUND) {
			*hold = (struct hold){"unless", c->written, true, place};
			return MATCH_FOUND;
		}
	}
	return MATCH_DONE;
}

static int note_held(struct search *s, struct range at, const struct hold *hold)
{
	struct buf words = {0};
	if (!s->in->want_near_misses)
		return 0;
	buf_add_format(&words, "%s ", hold->field);
	if (hold->has_place)
		buf_add_format(&words, "'%.*s'",
			WORD_ARG(
				str_slice(s->in->text->bytes, hold->place.start, hold->place.end)));
	else if (hold->written)
		buf_add_format(&words, "%s%.*s",
			hold->written->says               ? "says "
				: hold->written->mentions ? "mentions "
							  : "",
			WORD_ARG(hold->written->text));
	else
		buf_add_cstr(&words, "client"); /* the default of `from` is seldom written */
	int rc = words.failed ? error_memory(s->err)
			      : near_miss_add(s->out, &s->rule->facts, at, buf_str(&words),
					hold->has_place ? &hold->place : NULL, s->err);
	buf_finish(&words);
	return rc;
}

enum { NO_MEMORY = -2 };

/* The next match that begins in [from, before) and stays inside its paragraph: a gap of a pattern
   would reach from a subject without a full stop into the body. As pattern_find, or NO_MEMORY. */
static int find_in_paragraph(struct search *s, struct subject *subject, struct pattern *pattern,
	size_t from, size_t before, struct range *match)
{
	struct str text = subject_text(subject);
	int found;
	while ((found = pattern_find(pattern, s->work->scanner, text, from, before, match)) > 0) {
		if (subject_break_up(subject) < 0)
			return NO_MEMORY;
		struct range begin = {match->start, match->start + 1};
		struct range paragraph = breaks_around(&subject->paragraphs, text.len, begin);
		if (match->end <= paragraph.end)
			return found;
		/* the same start may do with less */
		struct str cut = str_slice(text, 0, paragraph.end);
		found = pattern_find(pattern, s->work->scanner, cut, begin.start, begin.end, match);
		if (found)
			return found;
		from = begin.start;
		utf8_next(text, &from);
	}
	return found;
}

static int add_hit(struct search *s, struct range at)
{
	const struct match_input *in = s->in;
	struct captured captured;
	const struct today today = {in->has_moment, in->day};
	if (captures_read(&s->places, in->text, s->rule->facts.lang, today, &s->out->arena,
		    &captured) < 0)
		return error_memory(s->err);
	return hit_add(s->out, &s->rule->facts, at, &captured, in->text, s->err);
}

/* All matches of one pattern that begin in its window, and at or behind *done; that is then where
   the last of them ends. */
static int window_match(struct search *s, const struct window *window, size_t *done)
{
	struct subject *subject = &s->work->subjects.items[window->subject];
	struct pattern *pattern = s->rule->match.items[window->pattern].pattern;
	struct range match;
	size_t from = window->from > *done ? window->from : *done;
	int found;
	while ((found = find_in_paragraph(s, subject, pattern, from, window->before, &match)) > 0) {
		struct hold hold;
		struct range at = subject_origin(subject, match);
		s->places = (struct capture_places){0};
		captures_note(&s->places, pattern, subject);
		int held = held_back(s, subject, match, &hold);
		if (held == MATCH_ERROR || held == MATCH_LIMIT)
			return held;
		int rc = held == MATCH_FOUND ? note_held(s, at, &hold) : add_hit(s, at);
		if (rc < 0)
			return MATCH_ERROR;
		if (s->out->too_many)
			return MATCH_DONE;
		from = *done = match.end;
	}
	if (found == NO_MEMORY)
		return error_memory(s->err);
	return found < 0 ? MATCH_LIMIT : MATCH_DONE;
}

static int compare_hits(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

static int compare_near(const void *a, const void *b)
{
	const struct near_miss *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

/* Several patterns of a rule may find the same place: the first and longest stays. */
static void drop_overlapping_hits(struct hits *out, size_t first)
{
	size_t kept = first;
	if (out->count - first < 2)
		return;
	qsort(out->items + first, out->count - first, sizeof(*out->items), compare_hits);
	for (size_t i = first; i < out->count; i++)
		if (kept == first || out->items[i].start >= out->items[kept - 1].end)
			out->items[kept++] = out->items[i];
	out->count = kept;
}

/* Nor is it a near miss where the rule has a hit. The rule's hits are in order. */
static void drop_overlapping_near(struct hits *out, size_t first, size_t first_hit)
{
	size_t kept = first, hit = first_hit;
	if (out->near_count == first)
		return;
	qsort(out->near + first, out->near_count - first, sizeof(*out->near), compare_near);
	for (size_t i = first; i < out->near_count; i++) {
		const struct near_miss *miss = &out->near[i];
		while (hit < out->count && out->items[hit].end <= miss->start)
			hit++;
		bool is_hit = hit < out->count && out->items[hit].start < miss->end;
		if (!is_hit && (kept == first || miss->start >= out->near[kept - 1].end))
			out->near[kept++] = *miss;
	}
	out->near_count = kept;
}

int rule_match(struct workspace *w, const struct rule *rule, const struct window *windows,
	size_t count, const struct match_input *in, struct hits *out, struct error *err)
{
	struct search s = {.work = w, .rule = rule, .in = in, .out = out, .err = err};
	struct hold hold;
	size_t first_hit = out->count, first_near = out->near_count, done = 0;
	int rc = MATCH_DONE;
	if (!in->want_near_misses && !message_fits(rule, in, &hold))
		return 0;
	scanner_start(w->scanner, w->subjects.bytes);
	for (size_t i = 0; i < count && rc == MATCH_DONE; i++) {
		const struct window *at = &windows[i];
		if (i == 0 || at[-1].pattern != at->pattern || at[-1].subject != at->subject)
			done = 0;
		rc = window_match(&s, at, &done);
	}
	if (rc == MATCH_ERROR)
		return -1;
	drop_overlapping_hits(out, first_hit);
	drop_overlapping_near(out, first_near, first_hit);
	if (rc == MATCH_LIMIT)
		return unexamined_add(out, &rule->facts, scanner_limit(w->scanner), err);
	return 0;
}

int windows_add_all(struct windows *windows, const struct subjects *subjects,
	const struct rule *rule, uint32_t index)
{
	for (uint32_t i = 0; i < rule->match.count; i++) {
		for (uint32_t k = 0; k < subjects->count; k++) {
			size_t len = subject_text(&subjects->items[k]).len;
			struct window window = {index, i, k, 0, len};
			if (windows_add(windows, window) < 0)
				return -1;
		}
	}
	return 0;
}
