/* Runs a sequence on its own examples, which are timelines: "mon 09:00 client urgency/now; ...". */
#include "sequence.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/limits.h"
#include <stdlib.h>

/* A Monday: where "mon" begins, and a time alone. */
static const struct date first_day = {2026, 1, 5};

static bool read_days(struct str word, int64_t *days)
{
	uint64_t number;
	if (word.len < 3 || word.ptr[0] != '+')
		return false;
	char unit = word.ptr[word.len - 1];
	if ((unit != 'd' && unit != 'w') ||
		!str_to_u64(str_slice(word, 1, word.len - 1), LIMIT_SEQUENCE_DAYS * 2, &number))
		return false;
	*days = (int64_t)number * (unit == 'w' ? 7 : 1);
	return true;
}

/* "fri", "+3d", "2026-03-02": the day it is, seen from another. */
static bool read_day(struct str word, int64_t from, int64_t *out)
{
	struct date date;
	int64_t days;
	if (date_parse(word, &date)) {
		*out = date_to_days(date);
		return true;
	}
	if (read_days(word, &days)) {
		*out = from + days;
		return true;
	}
	for (int i = 0; i < 7; i++)
		if (str_eq_nocase(word, str_from(weekday_names[i]))) {
			*out = from + (i - date_weekday(from) + 7) % 7;
			return true;
		}
	return false;
}

/* "09:00" */
static bool read_clock(struct str word, int64_t *out_us)
{
	uint64_t hour, minute;
	if (word.len != 5 || word.ptr[2] != ':' || !str_to_u64(str_slice(word, 0, 2), 23, &hour) ||
		!str_to_u64(str_slice(word, 3, 5), 59, &minute))
		return false;
	*out_us = (int64_t)hour * HOUR_US + (int64_t)minute * MINUTE_US;
	return true;
}

/* [DAY] CLOCK */
static bool read_time(struct words *w, struct timeline_text *x)
{
	int64_t clock_us, before_us = x->at_us;
	bool first = x->count == 0;
	words_next(w);
	struct words place = *w;
	bool named = read_day(w->word, x->day, &x->day);
	if (named)
		words_next(w);
	if (!read_clock(w->word, &clock_us))
		return words_complain(w,
			"bad time '%.*s', expected one such as '09:00', 'mon 09:00', '+3d 09:00' or "
			"'2026-03-02 09:00'",
			WORD_ARG(w->word));
	x->at_us = x->day * DAY_US + clock_us;
	if (!first && x->at_us < before_us)
		return words_complain(
			&place, "earlier than the entry before it, expected them in order");
	return true;
}

/* RULE[=DAY] ...: what stands in the message. */
static bool read_rules(struct words *w, struct timeline_text *x, struct timeline_event *e)
{
	struct words ahead = *w;
	size_t count = 0;
	while (words_next(&ahead))
		count++;
	struct timeline_finding *all = arena_array(&x->arena, count, sizeof(*all));
	if (!all)
		return error_memory(x->err) == 0;
	e->findings = all;
	while (words_next(w)) {
		struct str rest = w->word, day = {0};
		struct timeline_finding *f = &all[e->finding_count++];
		str_split(&rest, '=', &f->rule);
		day = rest;
		f->has_day = f->rule.len < w->word.len;
		if (f->has_day && !read_day(day, x->day, &f->day))
			return words_complain(w,
				"bad day '%.*s', expected one such as 'fri', '+3d' or '2026-03-02'",
				WORD_ARG(day));
	}
	return true;
}

static bool add_event(struct timeline_text *x, struct timeline_event *e)
{
	/* what comes at one instant keeps its order */
	for (size_t i = 0; i < sizeof(x->count); i++)
		e->sum.octet[i] = (unsigned char)(x->count >> 8 * (sizeof(x->count) - 1 - i));
	if (array_room(&x->events, x->count, &x->cap, sizeof(*x->events)) < 0)
		return error_memory(x->err) == 0;
	x->events[x->count++] = *e;
	return true;
}

static bool read_entry(struct words *w, struct timeline_text *x)
{
	if (x->ended) {
		words_next(w);
		return words_complain(
			w, "'%.*s' behind 'now', expected the end of the line", WORD_ARG(w->word));
	}
	if (!read_time(w, x))
		return false;
	if (!words_next(w))
		return words_complain(w, "the entry ends too early, expected client, me or now");
	struct timeline_event e = {.evidence = x->count + 1, .at_us = x->at_us};
	if (str_eq(w->word, STR("now"))) {
		x->ended = true;
		return !words_next(w) ||
			words_complain(w, "unexpected '%.*s' behind 'now'", WORD_ARG(w->word));
	}
	e.direction = str_eq(w->word, STR("me")) ? DIRECTION_OUT : DIRECTION_IN;
	if (e.direction == DIRECTION_IN && !str_eq(w->word, STR("client")))
		return words_complain(
			w, "unexpected '%.*s', expected client, me or now", WORD_ARG(w->word));
	return read_rules(w, x, &e) && add_event(x, &e);
}

void timeline_text_finish(struct timeline_text *t)
{
	free(t->events);
	arena_finish(&t->arena);
}

int timeline_text_read(
	const struct script *s, const struct value *v, struct timeline_text *x, struct error *err)
{
	struct str rest = v->text, entry;
	x->day = date_to_days(first_day);
	x->err = err;
	while (str_split(&rest, ';', &entry)) {
		struct words w = words_of(s, v, entry);
		if (!read_entry(&w, x))
			return err->kind == ERROR_MEMORY ? -1 : 0;
	}
	return 1;
}

static bool waits(const struct sequence_rule *rule)
{
	return rule->kind == SEQUENCE_SILENCE || rule->kind == SEQUENCE_BROKEN;
}

/* One example. counter: a `no`. */
static int check_example(const struct script *s, const struct sequence_rule *rule,
	const struct value *v, bool counter, size_t *failed, struct error *err)
{
	struct timeline_text x = {0};
	struct sequence_findings found;
	sequence_findings_init(&found);
	int result = timeline_text_read(s, v, &x, err);
	if (result > 0) {
		const struct timeline timeline = {x.events, x.count, x.at_us, x.at_us};
		result = s->options->judge_sequences(&rule, 1, &timeline, &found, err);
		struct str name = rule->facts.name;
		if (!result && !counter && !found.count)
			complain_in(s, v, 0, "sequence '%.*s' does not match its 'yes'%s",
				STR_ARG(name),
				waits(rule) && !x.ended
					? ": it waits, and no 'TIME now' at the end "
					  "says how long"
					: "");
		else if (!result && counter && found.count)
			complain_in(s, v, 0, "sequence '%.*s' matches its 'no': %.*s",
				STR_ARG(name), STR_ARG(found.items[0].finding.text));
		if (!result)
			*failed += counter == (found.count > 0);
	}
	sequence_findings_finish(&found);
	timeline_text_finish(&x);
	return result;
}

int sequence_examples_check(const struct script *s, const struct draft *d,
	const struct sequence_rule *rule, size_t *failed, struct error *err)
{
	const struct value *v;
	int result = 0;
	for (v = d->first[FIELD_YES]; !result && v; v = v->next)
		if (v->text.len > 0)
			result = check_example(s, rule, v, false, failed, err);
	for (v = d->first[FIELD_NO]; !result && v; v = v->next)
		if (v->text.len > 0)
			result = check_example(s, rule, v, true, failed, err);
	return result;
}
