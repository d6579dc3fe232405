/* Puts the facts of a clock's finding together again: those of its record, and what is in force now
 * as far as that would give the same words. */
#include "clock_reason.h"

#include "app/rulebook.h"
#include "judge/judge.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"

#define DEMAND_RULE "after-hours/demand"

static bool says(struct str why, struct str words)
{
	size_t at;
	return words.len && str_find(why, words, &at);
}

struct told_moment told_moment_make(
	const struct moment *recorded, int64_t at_us, const struct worktime *hours)
{
	struct told_moment told = {.moment = *recorded};
	struct str why = str_from(recorded->why);
	struct moment now;
	if (!hours)
		return told;
	worktime_at(hours, at_us, &now);
	told.whole = str_eq(str_from(now.why), why);
	if (told.whole)
		told.moment = now;
	if (says(why, zone_name(worktime_zone(hours))))
		told.zone = zone_name(worktime_zone(hours));
	return told;
}

/* The record has the instant; by which clock it is told is the zone's. */
static bool opening_find(const struct worktime *hours, struct told_moment *told)
{
	struct zone_time local;
	if (!told->moment.has_opening || !told->zone.len)
		return false;
	zone_local(worktime_zone(hours), told->moment.opening_at_us, &local);
	told->moment.opening_offset_min = local.offset_s / 60;
	return true;
}

/* NULL: the clock found nothing. */
static const struct finding *finding_of_clock(const struct judgement *j)
{
	for (size_t i = 0; i < j->finding_count; i++)
		if (!j->findings[i].rule_hash.ptr && j->findings[i].sign == SIGN_AFTER_HOURS)
			return &j->findings[i];
	return NULL;
}

bool clock_reason_make(
	const struct invocation *in, const struct indexed_message *m, struct clock_reason *out)
{
	const struct finding *found = m->judged ? finding_of_clock(&m->judgement) : NULL;
	if (!found || !m->judgement.has_mine)
		return false;
	const struct worktime *hours =
		rulebook_hours(in->book, rulebook_client(in->book, m->judgement.author));
	*out = (struct clock_reason){
		.arrived = told_moment_make(
			&m->judgement.mine, m->clocks.at_us[m->clocks.used], hours),
		.disputed = !m->clocks.agreed,
	};
	out->has_opening = opening_find(hours, &out->arrived);
	bool is_demand = str_eq(found->rule, STR(DEMAND_RULE));
	const struct finding *words =
		after_hours_words(&m->judgement, &out->arrived.moment, is_demand);
	if (words && is_demand)
		out->asks = words->text;
	else if (words)
		out->leaves = words->text;
	return words ? says(found->why, words->text) : !is_demand;
}
