/* What is known of every incident, also of those that are not kept: what decision.h looks at. */
#include "trace.h"

#include "base/array.h"
#include "base/clock.h"
#include "report/decision.h"
#include <string.h>

/* Rules of other packs than the English one end in their language. What the clock and the contract
   find are of none: SPEECH_COUNT. */
static int speech_of(const struct finding *f)
{
	static const char *const endings[SPEECH_COUNT] = {
		[TONGUE_SV] = "-sv", [TONGUE_FR] = "-fr", [SPEECH_DE] = "-de", [SPEECH_ES] = "-es"};
	if (!f->rule_hash.ptr || str_eq(f->rule, STR("scope-creep/excluded")))
		return SPEECH_COUNT;
	for (int i = 0; i < SPEECH_COUNT; i++)
		if (endings[i] && str_ends(f->rule, str_from(endings[i])))
			return i;
	return TONGUE_EN;
}

/* Messages come mostly in order, so the place is looked for from the end. NULL: out of memory. */
static struct trace_day *day_of(struct report_client *c, int64_t day)
{
	size_t at = c->trace_day_count;
	while (at > 0 && c->trace_days[at - 1].day > day)
		at--;
	if (at > 0 && c->trace_days[at - 1].day == day)
		return &c->trace_days[at - 1];
	if (array_room(&c->trace_days, c->trace_day_count, &c->trace_day_cap,
		    sizeof(*c->trace_days)) < 0)
		return NULL;
	memmove(&c->trace_days[at + 1], &c->trace_days[at],
		(c->trace_day_count - at) * sizeof(*c->trace_days));
	c->trace_day_count++;
	c->trace_days[at] = (struct trace_day){.day = day};
	return &c->trace_days[at];
}

static bool is_newer(const struct trace *a, const struct trace *b)
{
	return !b->signs || report_time_order(a->at, a->evidence, b->at, b->evidence) > 0;
}

/* Of each boundary the last one before it: of those that are told already, since sequences come
   behind all messages. */
static void show_to_boundaries(const struct report_client *c, const struct trace *trace)
{
	for (size_t i = 0; c->decision && i < c->decision->boundary_count; i++) {
		struct boundary *b = &c->decision->boundaries[i];
		if (trace->at.at_us < b->at.at_us && is_newer(trace, &b->before))
			b->before = *trace;
	}
}

static int keep_trace(struct report_client *c, const struct trace *trace, int worst, bool sequence)
{
	struct trace_day *day = day_of(c, date_of_instant(trace->at.at_us, trace->at.offset_min));
	if (!day)
		return -1;
	day->worst = worst > day->worst ? worst : day->worst;
	for (int sign = 0; sign < SIGN_FIRST_MARKER; sign++) {
		if (!(trace->signs & 1U << sign))
			continue;
		day->messages[sign]++;
		if (!sequence && is_newer(trace, &c->last_of_sign[sign]))
			c->last_of_sign[sign] = *trace;
	}
	show_to_boundaries(c, trace);
	if (is_newer(trace, &c->last_trace))
		c->last_trace = *trace;
	return 0;
}

int trace_add(struct report_client *c, struct trace trace, bool sequence, enum direction direction,
	const struct report_finding *const *findings, size_t count)
{
	int worst = 0;
	for (size_t i = 0; i < count; i++) {
		const struct finding *f = findings[i]->finding;
		bool counts = counts_against(f->status, f->consent, findings[i]->mark);
		int speech = sequence ? SPEECH_COUNT : speech_of(f);
		if (counts && f->sign == SIGN_LATE_PAYMENT &&
			decision_add_late(c, trace.evidence, trace.at, f) < 0)
			return -1;
		if (direction != DIRECTION_IN)
			continue;
		if (speech < SPEECH_COUNT)
			c->spoken[speech]++;
		if (!counts)
			continue;
		trace.signs |= 1U << f->sign;
		worst = f->severity > worst ? f->severity : worst;
	}
	return trace.signs ? keep_trace(c, &trace, worst, sequence) : 0;
}
