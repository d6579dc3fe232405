/* "Should I answer now?": what is thought of one message that waits. */
#include "inbox.h"

#include "base/clock.h"
#include "index/index.h"

#define DAYS_BY_NAME 6 /* further off a weekday alone could be this week's */

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"};

static bool makes_urgent(const struct indexed_finding *f)
{
	const struct finding *x = &f->finding;
	if (x->status != RULE_LIVE || f->mark == MARK_WRONG || f->mark == MARK_AGREED)
		return false;
	return x->sign == SIGN_URGENCY || str_eq(x->rule, STR("after-hours/demand"));
}

void inbox_weigh(const struct indexed_message *m, struct waiting *out)
{
	out->urgent = false;
	for (size_t i = 0; i < m->finding_count; i++) {
		const struct finding *f = &m->findings[i].finding;
		if (!makes_urgent(&m->findings[i]))
			continue;
		bool words = f->sign == SIGN_URGENCY;
		bool before = out->urgent && out->sign == SIGN_URGENCY;
		if (out->urgent &&
			(before > words || (before == words && f->severity <= out->severity)))
			continue;
		out->urgent = true;
		out->sign = f->sign;
		out->severity = f->severity;
	}
}

void inbox_add_opening(int64_t now_us, const struct moment *now, struct buf *out)
{
	if (!now->has_opening) {
		buf_add_cstr(out, "none in sight");
		return;
	}
	int64_t local_us = now->opening_at_us + (int64_t)now->opening_offset_min * MINUTE_US;
	int64_t minute = local_us % DAY_US / MINUTE_US;
	struct date d = date_from_days(local_us / DAY_US);
	buf_add_format(out, "%s ", weekday_names[date_weekday(local_us / DAY_US)]);
	if (now->opening_at_us - now_us > DAYS_BY_NAME * DAY_US)
		buf_add_format(out, "%d %s ", d.day, months[d.month - 1]);
	buf_add_format(out, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

static void add_when(int64_t now_us, const struct moment *now, const char *closed, struct buf *out)
{
	if (now->period == PERIOD_WORKING) {
		buf_add_cstr(out, "answer it in its turn");
		return;
	}
	buf_add_cstr(out, closed);
	inbox_add_opening(now_us, now, out);
}

bool inbox_verdict(const struct waiting *w, int64_t now_us, const struct moment *now,
	const struct allowance *allowance, struct buf *out)
{
	if (!w->urgent) {
		buf_add_cstr(out, "not urgent: ");
		add_when(now_us, now, "first opening ", out);
		return false;
	}
	const char *month = months[date_from_days(w->day).month - 1];
	bool covered = risk_allowance_covers(w->sign, w->severity);
	bool answer = covered && allowance->number <= allowance->allowed;
	if (answer)
		buf_add_format(out, "urgent, %s day %d of %d that %s allows: ", sign_name(w->sign),
			allowance->number, allowance->allowed, month);
	else if (covered)
		buf_add_format(out,
			"urgent, but %s day %d where %s allows %d: ", sign_name(w->sign),
			allowance->number, month, allowance->allowed);
	else
		buf_add_cstr(out, "urgent, and graver than any month allows: ");
	if (answer)
		buf_add_cstr(out, "answer now");
	else
		add_when(now_us, now, "it can wait until ", out);
	return answer;
}
