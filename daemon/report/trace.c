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
   find, and sequences, are of none. */
static struct str lang_of(const struct incident_trace *trace, const struct finding *f)
{
	static const char *const langs[] = {"sv", "fr", "de", "es"};
	if (trace->sequence || !f->rule_hash.ptr || str_eq(f->rule, STR("scope-creep/excluded")))
		return (struct str){0};
	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++) {
		struct str lang = str_from(langs[i]);
		size_t before = f->rule.len - lang.len - 1;
		if (f->rule.len > lang.len && str_ends(f->rule, lang) && f->rule.ptr[before] == '-')
			return lang;
	}
	return STR("en");
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
		enum tongue spoken;
		if (in_force(findings[i]) && f->sign == SIGN_LATE_PAYMENT &&
			add_late(c, &trace, f) < 0)
			return -1;
		if (direction != DIRECTION_IN)
			continue;
		if (tongue_parse(lang_of(&trace, f), &spoken))
			c->spoken[spoken]++;
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
