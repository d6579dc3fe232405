/* What a report needs for the decision about a client: settings, boundaries told, agreements. */
#include "report_decision.h"

#include "app/rulebook.h"
#include "assess.h"
#include "base/clock.h"
#include "config/config.h"
#include "reply.h"
#include "report_make.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"

#define LOOK_BACK_DAYS 30 /* for a working day before the last one */

static int64_t start_of(const struct worktime *hours, int64_t day)
{
	int64_t instants[2];
	struct date d = date_from_days(day);
	zone_instants(worktime_zone(hours), d.year, d.month, d.day, 0, 0, instants);
	return instants[0];
}

static bool works_on(const struct worktime *hours, int64_t day)
{
	struct moment m;
	worktime_at(hours, start_of(hours, day), &m);
	return m.has_opening && date_of_instant(m.opening_at_us, m.opening_offset_min) == day;
}

static int64_t working_day_before(const struct worktime *hours, int64_t day)
{
	for (int i = 0; hours && i < LOOK_BACK_DAYS; i++)
		if (works_on(hours, day - i))
			return day - i;
	return day;
}

int report_decision_begin(
	struct invocation *in, int64_t at_us, struct report_client *c, struct error *err)
{
	const struct config *config = in->book->config;
	const struct client *client = config_client(config, c->id);
	const struct worktime *hours = rulebook_hours(in->book, rulebook_client(in->book, c->id));
	struct decision_plan plan = {
		.me = config->me.name,
		.tongue = c->tongue,
		.today = assess_day(in, at_us),
	};
	if (client) {
		plan.contract = client->contract;
		plan.owed = client->owed;
		plan.i_owe = client->i_owe;
		plan.income_share = client->income_share;
		int64_t told_us = start_of(in->book->mine, date_to_days(client->hours_told));
		plan.has_hours_told = client->has_hours_told && told_us <= at_us;
		if (plan.has_hours_told)
			plan.hours_told = report_local_time(in, told_us);
	}
	plan.last_day = plan.today + plan.contract.notice_days;
	plan.last_working_day = working_day_before(hours, plan.last_day);
	return decision_begin(c, &plan, err);
}

/* What an agreement about something draws a line against. */
static unsigned signs_of_kind(struct str kind)
{
	static const struct {
		const char *kind;
		unsigned signs;
	} rows[] = {
		{"scope", 1U << SIGN_SCOPE_CREEP | 1U << SIGN_UNREASONABLE_DEMAND},
		{"price", 1U << SIGN_UNPAID_WORK | 1U << SIGN_LATE_PAYMENT},
		{"hours", 1U << SIGN_AFTER_HOURS | 1U << SIGN_URGENCY},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq(kind, str_from(rows[i].kind)))
			return rows[i].signs;
	return 0;
}

/* Notes are tags too: only the kinds of an agreement count. */
static int take_agreement(const struct indexed_message *m, struct report_time at,
	struct report_client *c, unsigned *signs, struct error *err)
{
	struct buf kinds = {0};
	int result = 0;
	for (size_t i = 0; i < m->tags.count; i++) {
		unsigned those = signs_of_kind(m->tags.items[i]);
		*signs |= those;
		if (those)
			buf_add_format(
				&kinds, "%s%.*s", kinds.len ? ", " : "", STR_ARG(m->tags.items[i]));
	}
	const struct agreement agreement = {.evidence = m->seq,
		.at = at,
		.kinds = buf_str(&kinds),
		.subject = m->facts.subject};
	if (kinds.failed)
		result = error_memory(err);
	else if (kinds.len)
		result = decision_add_agreement(c, &agreement, err);
	buf_finish(&kinds);
	return result;
}

static bool reminds(const struct indexed_message *m)
{
	for (size_t i = 0; i < m->finding_count; i++)
		if (m->findings[i].finding.sign == SIGN_LATE_PAYMENT &&
			m->findings[i].mark != MARK_WRONG)
			return true;
	return false;
}

static bool has_marker(const struct indexed_message *m, enum sign sign)
{
	for (size_t i = 0; i < m->marker_count; i++)
		if (m->markers[i].sign == sign)
			return true;
	return false;
}

/* By overstep reply: the draft's name stands right before that of the message it answers. Further
   in front it is that of an earlier mail of the thread. */
static bool was_drafted(const struct indexed_message *m)
{
	struct str rest = m->facts.references, one;
	bool last = false, before = false;
	while (str_split(&rest, ' ', &one)) {
		before = last;
		last = reply_is_ours(one);
	}
	return before || last || reply_is_ours(m->facts.message_id);
}

/* One message tells of one boundary; what it is surest of comes first. */
static int take_boundary(const struct indexed_message *m, struct report_time at, unsigned agreed,
	struct report_client *c, struct error *err)
{
	struct boundary b = {.evidence = m->seq, .at = at};
	if (agreed) {
		b.kind = BOUNDARY_AGREEMENT;
		b.signs = agreed;
	} else if (was_drafted(m)) {
		b.kind = BOUNDARY_REPLY;
	} else if (reminds(m)) {
		b.kind = BOUNDARY_REMINDER;
		b.signs = 1U << SIGN_LATE_PAYMENT;
	} else if (has_marker(m, SIGN_BOUNDARY)) {
		b.kind = BOUNDARY_WORDS;
	} else {
		return 0;
	}
	return decision_add_boundary(c, &b, err);
}

int report_decision_message(struct invocation *in, const struct indexed_message *m,
	struct report_client *c, struct error *err)
{
	struct report_time at = report_local_time(in, m->clocks.at_us[m->clocks.used]);
	unsigned agreed = 0;
	if (take_agreement(m, at, c, &agreed, err) < 0)
		return -1;
	if (has_marker(m, SIGN_PAYMENT))
		decision_add_payment(c, m->seq, at);
	return m->direction == DIRECTION_OUT ? take_boundary(m, at, agreed, c, err) : 0;
}
