/* What is known of every incident, also of those that are not kept: what decision.h looks at. */
#include "trace.h"

#include "base/array.h"
#include "keep.h"

static bool in_force(const struct report_finding *f)
{
	return f->finding->status == RULE_LIVE && !f->finding->consent.ptr &&
		f->mark != MARK_WRONG && f->mark != MARK_AGREED;
}

/* Rules of other packs than the English one end in their language. What the clock and the contract
   find, and sequences, are of none: SPEECH_COUNT. */
static int speech_of(const struct incident_trace *trace, const struct finding *f)
{
	static const char *const endings[SPEECH_COUNT] = {
		[TONGUE_SV] = "-sv", [TONGUE_FR] = "-fr", [SPEECH_DE] = "-de", [SPEECH_ES] = "-es"};
	if (trace->sequence || !f->rule_hash.ptr || str_eq(f->rule, STR("scope-creep/excluded")))
		return SPEECH_COUNT;
	for (int i = 0; i < SPEECH_COUNT; i++)
		if (endings[i] && str_ends(f->rule, str_from(endings[i])))
			return i;
	return TONGUE_EN;
}

/* At its place in time; what comes is mostly the newest. */
static int add_late(
	struct report_client *c, const struct incident_trace *trace, const struct finding *f)
{
	bool full = false;
	const struct late_payment late = {trace->evidence, trace->at,
		keep(&c->arena, f->rule, &full), keep_named(&c->arena, &f->captured, &full)};
	if (full || array_room(&c->late, c->late_count, &c->late_cap, sizeof(*c->late)) < 0)
		return -1;
	size_t at = c->late_count++;
	for (; at > 0 &&
		report_time_order(
			late.at, late.evidence, c->late[at - 1].at, c->late[at - 1].evidence) < 0;
		at--)
		c->late[at] = c->late[at - 1];
	c->late[at] = late;
	return 0;
}

int trace_add(struct report_client *c, struct incident_trace trace, enum direction direction,
	const struct report_finding *const *findings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct finding *f = findings[i]->finding;
		int speech = speech_of(&trace, f);
		if (in_force(findings[i]) && f->sign == SIGN_LATE_PAYMENT &&
			add_late(c, &trace, f) < 0)
			return -1;
		if (direction != DIRECTION_IN)
			continue;
		if (speech < SPEECH_COUNT)
			c->spoken[speech]++;
		if (!in_force(findings[i]))
			continue;
		trace.signs |= 1U << f->sign;
		trace.worst = f->severity > trace.worst ? f->severity : trace.worst;
	}
	if (array_room(&c->traces, c->trace_count, &c->trace_cap, sizeof(trace)) < 0)
		return -1;
	c->traces[c->trace_count++] = trace;
	return 0;
}
