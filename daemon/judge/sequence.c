/* Sequences over a client's history: each walks through it once, in order of time. */
#include "sequence.h"

#include "base/array.h"
#include "base/clock.h"
#include <stdlib.h>
#include <string.h>

static int (*const kinds[SEQUENCE_KINDS])(struct walk *w) = {
	[SEQUENCE_COUNT] = find_count,
	[SEQUENCE_CHAIN] = find_chain,
	[SEQUENCE_SILENCE] = find_silence,
	[SEQUENCE_DROUGHT] = find_drought,
	[SEQUENCE_BROKEN] = find_broken,
};

static bool counts(const struct walk *w, const struct timeline_finding *f)
{
	if (f->mark == MARK_WRONG || f->mark == MARK_AGREED)
		return false;
	return !f->shadow || w->rule->facts.status == RULE_SHADOW;
}

bool walk_matches(const struct walk *w, const struct timeline_event *e,
	const struct sequence_glob *glob, struct member *out)
{
	bool found = false;
	if (glob->mine != (e->direction == DIRECTION_OUT))
		return false;
	*out = (struct member){.event = e, .unsure = true};
	for (size_t i = 0; i < e->finding_count; i++) {
		const struct timeline_finding *f = &e->findings[i];
		if (!counts(w, f) || !sequence_glob_fits(glob, f->rule))
			continue;
		found = true;
		out->unsure &= f->unsure;
		if (f->has_day && (!out->has_day || f->day > out->day))
			out->day = f->day;
		out->has_day |= f->has_day;
	}
	return found;
}

void add_span(struct buf *out, int64_t span_us)
{
	static const struct {
		int64_t us;
		const char *name;
	} units[] = {{DAY_US, "d"}, {HOUR_US, "h"}, {MINUTE_US, "min"}};
	size_t unit = 0;
	/* of one and a half the smaller unit says more */
	while (unit < 2 && span_us < 2 * units[unit].us && span_us != units[unit].us)
		unit++;
	buf_add_format(out, "%lld %s", (long long)(span_us / units[unit].us), units[unit].name);
}

static struct finding finding_of(
	const struct rule_facts *rule, struct str written, struct str text, struct arena *arena)
{
	return (struct finding){
		.rule = arena_str(arena, rule->name),
		.rule_hash = arena_str(arena, str_from(rule->hash)),
		.sign = rule->sign,
		.severity = rule->severity,
		.status = rule->status,
		.text = arena_str(arena, text),
		.why = arena_format(arena, "matched rule %.*s: %.*s (%.*s)", STR_ARG(rule->name),
			STR_ARG(rule->title), STR_ARG(written)),
	};
}

int walk_found(struct walk *w, int64_t at_us, bool absence, const struct member *members,
	size_t count, const struct buf *text)
{
	struct sequence_findings *out = w->out;
	uint64_t *evidence = arena_array(&out->arena, count, sizeof(*evidence));
	if (!evidence || text->failed ||
		array_room(&out->items, out->count, &out->cap, sizeof(*out->items)) < 0)
		return error_memory(w->err);
	struct sequence_finding *f = &out->items[out->count];
	*f = (struct sequence_finding){
		.finding =
			finding_of(&w->rule->facts, w->rule->written, buf_str(text), &out->arena),
		.absence = absence,
		.at_us = at_us,
		.offset_min = members[count - 1].event->offset_min,
		.members = evidence,
		.member_count = count,
	};
	for (size_t i = 0; i < count; i++) {
		evidence[i] = members[i].event->evidence;
		f->finding.unsure |= members[i].unsure;
	}
	if (!f->finding.rule.ptr || !f->finding.rule_hash.ptr || !f->finding.text.ptr ||
		!f->finding.why.ptr)
		return error_memory(w->err);
	out->count++;
	return 0;
}

static void be_due(struct sequence_findings *out, int64_t at_us)
{
	if (!out->has_due || at_us < out->due_us)
		out->due_us = at_us;
	out->has_due = true;
}

void walk_due(struct walk *w, int64_t at_us)
{
	be_due(w->out, at_us);
}

/* Of what came at one instant the client's goes first; then its octets decide, never the order in
   which it arrived here. */
static int by_time(const void *left, const void *right)
{
	const struct timeline_event *a = *(const struct timeline_event *const *)left;
	const struct timeline_event *b = *(const struct timeline_event *const *)right;
	if (a->at_us != b->at_us)
		return a->at_us < b->at_us ? -1 : 1;
	if (a->direction != b->direction)
		return a->direction == DIRECTION_IN ? -1 : 1;
	return memcmp(a->sum.octet, b->sum.octet, SHA256_SIZE);
}

static int by_instant(const void *left, const void *right)
{
	const struct sequence_finding *a = left, *b = right;
	if (a->at_us != b->at_us)
		return a->at_us < b->at_us ? -1 : 1;
	return str_cmp(a->finding.rule, b->finding.rule);
}

/* The messages up to now, in order. NULL: out of memory. */
static const struct timeline_event **order(
	const struct timeline *t, size_t *count, struct sequence_findings *out)
{
	const struct timeline_event **events = calloc(t->count + 1, sizeof(*events));
	*count = 0;
	for (size_t i = 0; events && i < t->count; i++) {
		if (t->events[i].at_us <= t->now_us)
			events[(*count)++] = &t->events[i];
		else
			be_due(out, t->events[i].at_us);
	}
	if (*count > 1)
		qsort(events, *count, sizeof(*events), by_time);
	return events;
}

int sequences_judge(const struct sequence_rule *const *rules, size_t count,
	const struct timeline *timeline, struct sequence_findings *out, struct error *err)
{
	size_t event_count;
	const struct timeline_event **events = order(timeline, &event_count, out);
	int result = events ? 0 : error_memory(err);
	for (size_t i = 0; i < count && !result; i++) {
		struct walk w = {
			.rule = rules[i],
			.events = events,
			.count = event_count,
			.until_us = timeline->read_until_us,
			.out = out,
			.err = err,
		};
		result = kinds[rules[i]->kind](&w);
	}
	if (!result && out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), by_instant);
	free(events);
	return result;
}
