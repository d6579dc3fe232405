/* Steps 0 to 3 of risk.md: what is left out, the points, a month's allowance, the credit. */
#include "value.h"

#include "base/clock.h"
#include "risk/risk_fold.h"

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

/* Ten lines in a minute are one time that somebody wrote. */
enum fate own_fate(
	const struct risk_finding *f, const struct risk_history *history, struct burst *burst)
{
	enum fate fate = fate_of(f, history);
	if (fate != FATE_COUNTS || !f->contact || !f->chat)
		return fate;
	return burst_begins(burst, f->at_us, f->day) ? FATE_COUNTS : FATE_SAME_BURST;
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

/* k of the month that holds `day`, as known on the day `until`. */
static int allowed_days(const struct risk_history *history, int64_t day, int64_t until)
{
	int64_t first, next, clean = 0;
	month_span(day, &first, &next);
	for (size_t i = 0; i < history->clean_count; i++) {
		const struct risk_clean *c = &history->clean[i];
		if (c->day <= until && c->day >= first && c->day < next)
			clean += c->messages;
	}
	return 1 + (int)(clean / CLEAN_MESSAGES_A_DAY_MORE);
}

void risk_fold_allowance(const struct risk_fold *fold, enum sign sign, int64_t day, int64_t until,
	struct allowance *out)
{
	*out = (struct allowance){
		.allowed = allowed_days(fold->history, day, until),
		.number = months_before(&fold->months, sign, day) + 1,
	};
}

static int month_of(int64_t day)
{
	struct date d = date_from_days(day);
	return d.year * 12 + d.month - 1;
}

/* The place of the first credit after that instant. */
static size_t first_after(const struct risk_fold *fold, int64_t at_us)
{
	size_t from = 0, until = fold->history->credit_count;
	while (from < until) {
		size_t middle = from + (until - from) / 2;
		if (fold->credits[middle].at_us <= at_us)
			from = middle + 1;
		else
			until = middle;
	}
	return from;
}

/* Step 3. An apology counts once a calendar month; the message that offends does not excuse
   itself. */
static int credits_for(const struct risk_fold *fold, const struct risk_finding *f, int64_t until)
{
	if (f->severity > 3 || f->sign == SIGN_THREAT)
		return 0;
	int found = 0, last_apology_month = -1;
	size_t count = fold->history->credit_count;
	for (size_t i = first_after(fold, f->at_us); i < count && found < 2; i++) {
		const struct risk_credit *c = &fold->credits[i];
		if (c->day > f->day + CREDIT_WINDOW_DAYS || c->day > until)
			break;
		if (c->evidence == f->evidence)
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

/* Step 2: per sign and month the first k distinct days that hold a covered finding are free. */
static bool is_allowed(const struct risk_fold *fold, int64_t until, struct line *line)
{
	const struct risk_finding *f = &line->finding;
	struct allowance a;
	if (!risk_allowance_covers(f->sign, f->severity))
		return false;
	risk_fold_allowance(fold, f->sign, f->day, until, &a);
	line->allowed_days = a.number <= a.allowed ? a.allowed : 0;
	return line->allowed_days > 0;
}

void line_value(const struct risk_fold *fold, int64_t until, struct line *line)
{
	line->fate = line->own;
	line->value = 0;
	line->credits = line->allowed_days = 0;
	if (line->fate != FATE_COUNTS)
		return;
	if (is_allowed(fold, until, line)) {
		line->fate = FATE_ALLOWED;
		return;
	}
	line->credits = credits_for(fold, &line->finding, until);
	line->value = points_of(&line->finding) * credit_factors[line->credits];
}

int64_t settled_day(int64_t day)
{
	int64_t first, next;
	month_span(day, &first, &next);
	return next - 1 > day + CREDIT_WINDOW_DAYS ? next - 1 : day + CREDIT_WINDOW_DAYS;
}
