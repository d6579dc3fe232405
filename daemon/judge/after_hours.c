/* after-hours/contact and after-hours/demand: arrival is not demand (contract.md, Time). */
#include "after_hours.h"

#include "base/clock.h"

#define SEVERITY_CONTACT 1
#define SEVERITY_DEMAND 3
#define SEVERITY_MOST 4

/* How well a finding's words show a demand; 0: they show none. A sure one goes before an unsure
   one, urgency before a mere wish for something at once, the gravest first. */
static int demand_weight(const struct finding *f, bool opens_today)
{
	bool shows = f->sign == SIGN_URGENCY || f->sign == SIGN_IMMEDIATE ||
		(f->sign == SIGN_TODAY && !opens_today);
	if (f->status != RULE_LIVE || !shows)
		return 0;
	return 1 + (f->sign == SIGN_URGENCY ? f->severity : 0) +
		(f->unsure ? 0 : SEVERITY_MOST + 1);
}

/* The words that make a demand of a contact, among equals the earliest. NULL: none. */
static const struct finding *demand_of(const struct judgement *j, bool opens_today)
{
	const struct finding *found = NULL;
	int most = 0;
	for (size_t i = 0; i < j->finding_count + j->marker_count; i++) {
		const struct finding *f =
			i < j->finding_count ? &j->findings[i] : &j->markers[i - j->finding_count];
		int weight = demand_weight(f, opens_today);
		if (weight > most) {
			most = weight;
			found = f;
		}
	}
	return found;
}

/* Before hours and at lunch, "today" leaves time enough. */
static bool opens_today(const struct moment *m)
{
	int64_t local_us = m->opening_at_us + (int64_t)m->opening_offset_min * MINUTE_US;
	return m->has_opening && local_us / DAY_US == m->day;
}

static const struct finding *courtesy_of(const struct judgement *j)
{
	for (size_t i = 0; i < j->marker_count; i++)
		if (j->markers[i].sign == SIGN_COURTESY && j->markers[i].status == RULE_LIVE)
			return &j->markers[i];
	return NULL;
}

const struct finding *after_hours_words(
	const struct judgement *j, const struct moment *mine, bool is_demand)
{
	return is_demand ? demand_of(j, opens_today(mine)) : courtesy_of(j);
}

/* "Wed 09:00", in the zone as it will be then. */
static void add_opening(const struct moment *m, struct buf *out)
{
	int64_t local_us = m->opening_at_us + (int64_t)m->opening_offset_min * MINUTE_US;
	int64_t day = local_us / DAY_US, minute = local_us % DAY_US / MINUTE_US;
	buf_add_format(out, "%s %02d:%02d", weekday_names[date_weekday(day)], (int)(minute / 60),
		(int)(minute % 60));
}

static struct str why_of(const struct judge_input *in, const struct finding *demand,
	const struct finding *courtesy, struct arena *arena)
{
	struct buf words = {0};
	buf_add_format(&words, "arrived %s", in->mine.why);
	if (demand && !courtesy) {
		buf_add_format(&words, "; asks to act now: '%.*s'", STR_ARG(demand->text));
		if (in->mine.has_opening) {
			buf_add_cstr(&words, ", my next opening is ");
			add_opening(&in->mine, &words);
		}
	} else if (courtesy) {
		buf_add_format(
			&words, "; leaves it until I am back: '%.*s'", STR_ARG(courtesy->text));
	} else {
		buf_add_cstr(&words, "; asks for nothing before my next opening");
	}
	if (!in->clocks.agreed)
		buf_add_cstr(&words, "; its clocks disagree");
	struct str why = words.failed ? (struct str){0} : arena_str(arena, buf_str(&words));
	buf_finish(&words);
	return why;
}

int after_hours_judge(const struct judge_input *in, struct judgement *j)
{
	if (in->direction != DIRECTION_IN || in->automatic || !in->has_mine ||
		in->mine.period == PERIOD_WORKING)
		return 0;
	const struct finding *demand = demand_of(j, opens_today(&in->mine)),
			     *courtesy = courtesy_of(j);
	bool is_demand = demand && !courtesy;
	struct finding *f = &j->findings[j->finding_count];
	*f = (struct finding){
		.rule = is_demand ? STR("after-hours/demand") : STR("after-hours/contact"),
		.sign = SIGN_AFTER_HOURS,
		.severity = is_demand ? SEVERITY_DEMAND : SEVERITY_CONTACT,
		.status = RULE_LIVE,
		.unsure = is_demand && demand->unsure,
		.text = arena_format(&j->arena, "%s %02d:%02d", weekday_names[in->mine.weekday],
			in->mine.hour, in->mine.minute),
		.why = why_of(in, demand, courtesy, &j->arena),
	};
	if (!f->text.ptr || !f->why.ptr)
		return -1;
	j->finding_count++;
	return 0;
}
