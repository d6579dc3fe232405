/* Sequences of what is there: so many messages, one after another, a rush behind a drought. */
#include "sequence.h"

#include "base/limits.h"

static int64_t span_of(const struct member *members, size_t count)
{
	return members[count - 1].event->at_us - members[0].event->at_us;
}

static int found(struct walk *w, const struct member *members, size_t count)
{
	struct buf text = {0};
	buf_add_format(&text, "%zu message%s in ", count, count == 1 ? "" : "s");
	add_span(&text, span_of(members, count));
	int result = walk_found(w, members[count - 1].event->at_us, false, members, count, &text);
	buf_finish(&text);
	return result;
}

static bool is_reply(const struct walk *w, const struct timeline_event *e)
{
	return w->rule->without_reply && e->direction == DIRECTION_OUT;
}

/* The newest messages that match, at most as many as are needed, and none too old. */
int find_count(struct walk *w)
{
	const struct sequence_rule *rule = w->rule;
	struct member held[LIMIT_SEQUENCE_MEMBERS];
	size_t count = 0;
	for (size_t i = 0; i < w->count; i++) {
		const struct timeline_event *e = w->events[i];
		if (is_reply(w, e))
			count = 0;
		if (!walk_matches(w, e, &rule->steps[0], &held[count]))
			continue;
		size_t old = 0;
		while (e->at_us - held[old].event->at_us > rule->within_us)
			old++;
		count = count + 1 - old;
		for (size_t k = 0; old && k < count; k++)
			held[k] = held[k + old];
		if (count < rule->count)
			continue;
		if (found(w, held, count) < 0)
			return -1;
		count = 0;
	}
	return 0;
}

/* The first steps, done by the messages that began last. */
struct chain {
	struct member members[LIMIT_SEQUENCE_STEPS];
	bool done;
};

static void forget(struct chain *chains)
{
	for (size_t k = 0; k < LIMIT_SEQUENCE_STEPS; k++)
		chains[k].done = false;
}

/* The chain of `before`'s steps with one more member, when it is still in time and began no earlier
   than what is known to get as far. */
static void go_on(const struct walk *w, const struct chain *before, size_t step,
	const struct member *next, struct chain *out)
{
	int64_t began_us = before->members[0].event->at_us;
	if (!before->done || next->event->at_us - began_us > w->rule->within_us)
		return;
	if (out->done && out->members[0].event->at_us > began_us)
		return;
	*out = *before;
	out->members[step] = *next;
}

int find_chain(struct walk *w)
{
	const struct sequence_rule *rule = w->rule;
	struct chain chains[LIMIT_SEQUENCE_STEPS] = {0};
	size_t last = rule->step_count - 1;
	for (size_t i = 0; i < w->count; i++) {
		struct member m;
		if (is_reply(w, w->events[i]))
			forget(chains);
		/* from the last step down, so that no message does two */
		for (size_t k = last; k > 0 && !chains[last].done; k--)
			if (chains[k - 1].done &&
				walk_matches(w, w->events[i], &rule->steps[k], &m))
				go_on(w, &chains[k - 1], k, &m, &chains[k]);
		if (chains[last].done) {
			if (found(w, chains[last].members, rule->step_count) < 0)
				return -1;
			forget(chains);
		} else if (walk_matches(w, w->events[i], &rule->steps[0], &m)) {
			chains[0] = (struct chain){.members = {m}, .done = true};
		}
	}
	return 0;
}

static int found_rush(struct walk *w, const struct member *members, size_t count)
{
	struct buf text = {0};
	buf_add_cstr(&text, "silent for ");
	add_span(&text, span_of(members, 2));
	buf_add_format(&text, ", then %zu message%s in ", count - 1, count == 2 ? "" : "s");
	add_span(&text, span_of(members + 1, count - 1));
	int result = walk_found(w, members[count - 1].event->at_us, false, members, count, &text);
	buf_finish(&text);
	return result;
}

/* The last message before the silence is a member, too: it shows how long that was. */
int find_drought(struct walk *w)
{
	const struct sequence_rule *rule = w->rule;
	struct member held[LIMIT_SEQUENCE_MEMBERS], next = {0};
	size_t count = 0; /* 0: no rush is under way */
	for (size_t i = 0; i < w->count; i++) {
		const struct member last = next;
		if (w->events[i]->direction != DIRECTION_IN)
			continue;
		next.event = w->events[i];
		int64_t at_us = next.event->at_us;
		if (last.event && at_us - last.event->at_us >= rule->patience_us) {
			held[0] = last;
			count = 1;
		} else if (count && at_us - held[1].event->at_us > rule->within_us) {
			count = 0;
		}
		if (!count)
			continue;
		held[count++] = next;
		if (count <= rule->count)
			continue;
		if (found_rush(w, held, count) < 0)
			return -1;
		count = 0;
	}
	return 0;
}
