/* Sequences of what never came: an answer, the money that was promised. Dated at their deadline. */
#include "sequence.h"

#include "base/clock.h"
#include "base/limits.h"

static bool calls_off(const struct walk *w, const struct timeline_event *e)
{
	struct member unused;
	for (size_t i = 0; i < w->rule->unless_count; i++)
		if (walk_matches(w, e, &w->rule->unless[i], &unused))
			return true;
	return false;
}

static int found_silence(struct walk *w, const struct member *asked)
{
	int64_t deadline_us = asked->event->at_us + w->rule->patience_us;
	struct buf text = {0};
	if (deadline_us > w->until_us) {
		walk_due(w, deadline_us);
		return 0;
	}
	buf_add_cstr(&text, "no answer for ");
	add_span(&text, w->rule->patience_us);
	int result = walk_found(w, deadline_us, true, asked, 1, &text);
	buf_finish(&text);
	return result;
}

/* One silence at a time: who asks again meanwhile begins no second one. */
int find_silence(struct walk *w)
{
	const struct sequence_rule *rule = w->rule;
	struct member asked;
	bool waiting = false;
	for (size_t i = 0; i < w->count; i++) {
		const struct timeline_event *e = w->events[i];
		if (waiting && e->at_us - asked.event->at_us > rule->patience_us) {
			if (found_silence(w, &asked) < 0)
				return -1;
			waiting = false;
		}
		if (e->direction == DIRECTION_IN || calls_off(w, e))
			waiting = false;
		else if (!waiting)
			waiting = walk_matches(w, e, &rule->steps[0], &asked);
	}
	return waiting ? found_silence(w, &asked) : 0;
}

/* Promises that are waited for, at most one for each day. */
#define PROMISES_MOST (LIMIT_SEQUENCE_DAYS + 3)
struct promises {
	struct promise {
		struct member member;
		int64_t deadline_us;
		int64_t day;
		bool named; /* the day is the promise's own */
	} items[PROMISES_MOST];
	size_t count;
};

/* The end of the day that was named, if that is one ahead; else so long from the promise on. */
static struct promise promise_of(const struct walk *w, const struct member *m)
{
	const struct timeline_event *e = m->event;
	int64_t today = date_of_instant(e->at_us, e->offset_min);
	struct promise p = {.member = *m, .deadline_us = e->at_us + w->rule->patience_us};
	p.named = m->has_day && m->day >= today && m->day <= today + LIMIT_SEQUENCE_DAYS;
	if (p.named)
		p.deadline_us = (m->day + 1) * DAY_US - e->offset_min * MINUTE_US;
	p.day = p.named ? m->day : date_of_instant(p.deadline_us, e->offset_min);
	return p;
}

static void promises_add(struct promises *all, const struct promise *p)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].day == p->day)
			return;
	if (all->count < PROMISES_MOST)
		all->items[all->count++] = *p;
}

static int found_broken(struct walk *w, const struct promise *p)
{
	struct buf text = {0};
	if (p->deadline_us > w->until_us) {
		walk_due(w, p->deadline_us);
		return 0;
	}
	if (p->named) {
		struct date d = date_from_days(p->day);
		buf_add_format(&text, "promised for %04d-%02d-%02d, not seen by then", d.year,
			d.month, d.day);
	} else {
		buf_add_cstr(&text, "promised, not seen within ");
		add_span(&text, w->rule->patience_us);
	}
	int result = walk_found(w, p->deadline_us, true, &p->member, 1, &text);
	buf_finish(&text);
	return result;
}

/* Takes out those whose deadline lies before that instant. */
static int promises_end(struct walk *w, struct promises *all, int64_t before_us)
{
	size_t kept = 0;
	for (size_t i = 0; i < all->count; i++) {
		if (all->items[i].deadline_us >= before_us)
			all->items[kept++] = all->items[i];
		else if (found_broken(w, &all->items[i]) < 0)
			return -1;
	}
	all->count = kept;
	return 0;
}

int find_broken(struct walk *w)
{
	struct promises waiting = {.count = 0};
	for (size_t i = 0; i < w->count; i++) {
		const struct timeline_event *e = w->events[i];
		struct member m;
		if (promises_end(w, &waiting, e->at_us) < 0)
			return -1;
		if (calls_off(w, e))
			waiting.count = 0;
		else if (walk_matches(w, e, &w->rule->steps[0], &m)) {
			struct promise p = promise_of(w, &m);
			promises_add(&waiting, &p);
		}
	}
	return promises_end(w, &waiting, INT64_MAX);
}
