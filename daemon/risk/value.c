/* Steps 0 to 3 of risk.md: what is left out, the points, a month's allowance, the credit. */
#include "value.h"

#include "model/burst.h"
#include "risk/risk_fold.h"
#include <stdlib.h>

#define CREDIT_WINDOW_DAYS 30
#define CLEAN_MESSAGES_A_DAY_MORE 40 /* each so many clean messages allow one more day */

static const double severity_points[] = {0, 1, 3, 8, 20};
static const double credit_factors[] = {1.0, 0.75, 0.5};

static enum fate fate_of_hours(const struct risk_finding *f, const struct risk_history *history)
{
	if (f->contact && f->in_their_hours)
		return FATE_THEIR_HOURS;
	if (!history->has_hours_told)
		return f->contact ? FATE_CONTACT_NOT_TOLD : FATE_COUNTS;
	return f->day < history->hours_told_day ? FATE_HOURS_NOT_TOLD : FATE_COUNTS;
}

static enum fate fate_of(const struct risk_finding *f, const struct risk_history *history)
{
	if (f->mark == MARK_WRONG)
		return FATE_WRONG;
	if (f->mark == MARK_AGREED)
		return FATE_AGREED;
	if (f->consent.ptr)
		return FATE_CONSENT;
	if (f->shadow)
		return FATE_SHADOW;
	if (f->sign == SIGN_HARMFUL_REQUEST || f->sign == SIGN_UNSTEADY_WORK)
		return FATE_OWN_LANE;
	if (f->outgoing && f->sign != SIGN_LATE_PAYMENT)
		return FATE_OUTGOING;
	return f->sign == SIGN_AFTER_HOURS ? fate_of_hours(f, history) : FATE_COUNTS;
}

static double points_of(const struct risk_finding *f)
{
	double points = severity_points[f->severity < 1 ? 1 : f->severity > 4 ? 4 : f->severity];
	if (f->sign == SIGN_AFTER_HOURS && f->disputed_clock)
		points /= 2;
	return f->unsure ? points / 2 : points;
}

bool risk_allowance_covers(enum sign sign, int severity)
{
	bool clock_bound = sign == SIGN_URGENCY || sign == SIGN_AFTER_HOURS;
	return severity <= (clock_bound ? 3 : 2);
}

static bool is_covered(const struct risk_finding *f)
{
	return risk_allowance_covers(f->sign, f->severity);
}

static int month_of(int64_t day)
{
	struct date d = date_from_days(day);
	return d.year * 12 + d.month - 1;
}

/* Covered lines that count come first, by sign and day. */
static int by_sign_and_day(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	bool a_covered = a->fate == FATE_COUNTS && is_covered(a->finding);
	bool b_covered = b->fate == FATE_COUNTS && is_covered(b->finding);
	if (a_covered != b_covered)
		return a_covered ? -1 : 1;
	if (a->finding->sign != b->finding->sign)
		return a->finding->sign < b->finding->sign ? -1 : 1;
	return (a->finding->day > b->finding->day) - (a->finding->day < b->finding->day);
}

/* k of the month that holds `day`, as known on the day `until`. */
static int allowed_days(const struct risk_history *history, int64_t day, int64_t until)
{
	int month = month_of(day);
	int64_t clean = 0;
	for (size_t i = 0; i < history->clean_count; i++)
		if (history->clean[i].day <= until && month_of(history->clean[i].day) == month)
			clean += history->clean[i].messages;
	return 1 + (int)(clean / CLEAN_MESSAGES_A_DAY_MORE);
}

static bool holds_covered(const struct risk_history *history, enum sign sign, int64_t day)
{
	for (size_t i = 0; i < history->finding_count; i++) {
		const struct risk_finding *f = &history->findings[i];
		if (f->sign == sign && f->day == day && is_covered(f) &&
			fate_of(f, history) == FATE_COUNTS)
			return true;
	}
	return false;
}

void risk_allowance(const struct risk_history *history, enum sign sign, int64_t day, int64_t until,
	struct allowance *out)
{
	*out = (struct allowance){.allowed = allowed_days(history, day, until), .number = 1};
	int month = month_of(day);
	for (int64_t before = day - 1; month_of(before) == month; before--)
		out->number += holds_covered(history, sign, before);
}

/* Step 2: per sign and month the first k distinct days that hold a covered finding are free. */
static void allow(
	const struct risk_history *history, int64_t until, struct line *lines, size_t count)
{
	qsort(lines, count, sizeof(*lines), by_sign_and_day);
	int allowed = 0, days = 0;
	for (size_t i = 0; i < count; i++) {
		const struct risk_finding *f = lines[i].finding;
		if (lines[i].fate != FATE_COUNTS || !is_covered(f))
			return;
		const struct risk_finding *before = i ? lines[i - 1].finding : NULL;
		if (!before || before->sign != f->sign ||
			month_of(before->day) != month_of(f->day)) {
			allowed = allowed_days(history, f->day, until);
			days = 1;
		} else if (before->day != f->day) {
			days++;
		}
		if (days <= allowed) {
			lines[i].fate = FATE_ALLOWED;
			lines[i].allowed_days = allowed;
		}
	}
}

static int by_moment(const void *left, const void *right)
{
	const struct risk_credit *a = left, *b = right;
	if (a->at_us != b->at_us)
		return a->at_us < b->at_us ? -1 : 1;
	return (a->evidence > b->evidence) - (a->evidence < b->evidence);
}

/* Step 3. `credits` are in order of time. An apology counts once a calendar month; the message that
   offends does not excuse itself. */
static int credits_for(const struct risk_finding *f, const struct risk_credit *credits,
	size_t count, int64_t until)
{
	if (f->severity > 3 || f->sign == SIGN_THREAT)
		return 0;
	int found = 0, last_apology_month = -1;
	for (size_t i = 0; i < count && found < 2; i++) {
		const struct risk_credit *c = &credits[i];
		if (c->day > f->day + CREDIT_WINDOW_DAYS || c->day > until)
			break;
		if (c->at_us <= f->at_us || c->evidence == f->evidence)
			continue;
		if (c->kind == CREDIT_APOLOGY) {
			if (month_of(c->day) == last_apology_month)
				continue;
			last_apology_month = month_of(c->day);
		}
		found++;
	}
	return found;
}

static bool is_contact_in_chat(const struct line *l)
{
	return l->fate == FATE_COUNTS && l->finding->contact && l->finding->chat;
}

/* Contacts in chats first, in order of time. */
static int by_contact(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	int order = (int)is_contact_in_chat(b) - (int)is_contact_in_chat(a);
	if (!order)
		order = (a->finding->at_us > b->finding->at_us) -
			(a->finding->at_us < b->finding->at_us);
	return order ? order
		     : (a->finding->evidence > b->finding->evidence) -
			(a->finding->evidence < b->finding->evidence);
}

/* Ten lines in a minute are one time that somebody wrote. */
static void join_bursts(struct line *lines, size_t count)
{
	struct burst burst = {0};
	qsort(lines, count, sizeof(*lines), by_contact);
	size_t contacts = 0;
	while (contacts < count && is_contact_in_chat(&lines[contacts]))
		contacts++;
	for (size_t i = 0; i < contacts; i++)
		if (!burst_begins(&burst, lines[i].finding->at_us, lines[i].finding->day))
			lines[i].fate = FATE_SAME_BURST;
}

int lines_value(const struct risk_history *history, int64_t day, struct line *lines, size_t count,
	struct error *err)
{
	struct risk_credit *credits = calloc(history->credit_count + 1, sizeof(*credits));
	if (!credits)
		return error_memory(err);
	for (size_t i = 0; i < history->credit_count; i++)
		credits[i] = history->credits[i];
	qsort(credits, history->credit_count, sizeof(*credits), by_moment);
	for (size_t i = 0; i < count; i++)
		lines[i].fate = fate_of(lines[i].finding, history);
	join_bursts(lines, count);
	allow(history, day, lines, count);
	for (size_t i = 0; i < count; i++) {
		if (lines[i].fate != FATE_COUNTS)
			continue;
		lines[i].credits =
			credits_for(lines[i].finding, credits, history->credit_count, day);
		lines[i].value = points_of(lines[i].finding) * credit_factors[lines[i].credits];
	}
	free(credits);
	return 0;
}
