/* One client as text: the figure and its lines, signs, hours, incidents. */
#include "text.h"

#include "base/clock.h"
#include "wording.h"

/* Lines of a chat that come together are one moment. */
static void say_outside(const struct paper *p, const struct report_client *c, struct buf *out)
{
	const struct pen pen = {.out = out, .tongue = p->tongue};
	if (c->outside_messages > c->outside_hours)
		SAY(&pen, PHRASE_OUTSIDE_MOMENTS, fill_count(c->outside_hours),
			fill_count(c->outside_messages));
	else
		SAY(&pen, PHRASE_OUTSIDE_COUNTED, fill_count(c->outside_hours));
}

static void put_title(const struct paper *p, const struct report_client *c)
{
	struct buf outside = {0};
	say_outside(p, c, &outside);
	put(p->sink, INK_PLAIN, "\n\n");
	put_visible(p->sink, INK_BOLD, c->name);
	if (!str_eq(c->id, c->name)) {
		put(p->sink, INK_DIM, " (");
		put_visible(p->sink, INK_DIM, c->id);
		put(p->sink, INK_DIM, ")");
	}
	put(p->sink, INK_PLAIN, "\n");
	text_fill(p, band_ink(c->risk.band), fill_tenths(c->risk.tenths));
	put(p->sink, band_ink(c->risk.band), " ");
	text_say(p, band_ink(c->risk.band), phrase_of_band(c->risk.band), NULL, 0);
	put(p->sink, INK_PLAIN, ", ");
	TEXT_SAY(p, INK_PLAIN, PHRASE_COUNTS, fill_phrase(phrase_of_trend(c->trend)),
		fill_counted(PHRASE_MESSAGES, c->messages),
		fill_counted(PHRASE_INCOMING_COUNTED, c->incoming), fill_text(buf_str(&outside)),
		fill_counted(PHRASE_FINDINGS, c->finding_sum));
	put(p->sink, INK_PLAIN, "\n");
	buf_finish(&outside);
}

static void grid_weighing(struct grid *g, const struct paper *p, const struct risk_cause *x)
{
	struct buf words = {0};
	const struct pen pen = {.out = &words, .tongue = p->tongue};
	say_weighing(&pen, x);
	g->failed |= words.failed;
	grid_add(g, INK_DIM, buf_str(&words));
	buf_finish(&words);
}

static void add_cause(struct grid *g, const struct paper *p, const struct risk_cause *x)
{
	grid_fill(g, p, INK_PLAIN, fill_short_day(x->day));
	grid_evidence(g, x->evidence);
	grid_fill(g, p, x->tenths ? severity_ink(x->severity) : INK_DIM, fill_tenths(x->tenths));
	grid_add(g, INK_PLAIN, x->rule);
	grid_weighing(g, p, x);
}

/* Is a line at 0 points for the same reason as another? */
static bool is_alike(const struct risk_cause *a, const struct risk_cause *b)
{
	return !a->tenths && !b->tenths && str_eq(a->why, b->why);
}

/* How many lines have which reason, in the order in which the reasons first occur. */
static int put_zero_reasons(const struct paper *p, const struct report_client *c, struct error *err)
{
	struct grid g = {.columns = 2, .right = {[0] = true}};
	const struct risk_cause *causes = c->risk.causes;
	for (size_t i = 0; i < c->risk.cause_count; i++) {
		size_t first = 0, count = 0;
		while (!is_alike(&causes[first], &causes[i]) && first < i)
			first++;
		if (first < i || causes[i].tenths)
			continue;
		for (size_t k = i; k < c->risk.cause_count; k++)
			count += is_alike(&causes[k], &causes[i]);
		grid_fill(&g, p, INK_PLAIN, fill_count(count));
		grid_weighing(&g, p, &causes[i]);
	}
	return grid_end(&g, p->sink, err);
}

static int put_causes_where(
	const struct paper *p, const struct report_client *c, bool counting, struct error *err)
{
	struct grid g = {.columns = 5, .right = {[2] = true}};
	for (size_t i = 0; i < c->risk.cause_count; i++)
		if ((c->risk.causes[i].tenths != 0) == counting)
			add_cause(&g, p, &c->risk.causes[i]);
	return grid_end(&g, p->sink, err);
}

static int put_zero(
	const struct paper *p, const struct report_client *c, size_t count, struct error *err)
{
	if (!count)
		return 0;
	if (p->all) {
		text_heading(p, PHRASE_ZERO_TITLE);
		return put_causes_where(p, c, false, err);
	}
	put(p->sink, INK_PLAIN, "\n");
	TEXT_SAY(p, INK_BOLD, PHRASE_ZERO_REASONS, fill_counted(PHRASE_FINDINGS, count));
	put(p->sink, INK_PLAIN, "\n");
	return put_zero_reasons(p, c, err);
}

static int put_causes(const struct paper *p, const struct report_client *c, struct error *err)
{
	size_t counting;
	int64_t sum = causes_sum(&c->risk, &counting);
	if (!c->risk.cause_count)
		return 0;
	text_heading(p, PHRASE_CAUSES);
	if (put_causes_where(p, c, true, err) < 0)
		return -1;
	TEXT_SAY(p, INK_PLAIN,
		sum > c->risk.tenths ? PHRASE_SUM_SENTENCE_ENDS : PHRASE_SUM_SENTENCE,
		fill_tenths(sum));
	put(p->sink, INK_PLAIN, "\n");
	return put_zero(p, c, c->risk.zero_count, err);
}

static int put_signs(const struct paper *p, const struct report_client *c, struct error *err)
{
	struct grid g = {.columns = 2, .right = {[1] = true}};
	if (!c->finding_sum)
		return 0;
	text_heading(p, PHRASE_FINDINGS_BY_SIGN);
	for (int i = 0; i < SIGN_FIRST_MARKER; i++) {
		if (!c->findings[i])
			continue;
		grid_fill(&g, p, INK_PLAIN, fill_phrase(phrase_of_sign((enum sign)i)));
		grid_fill(&g, p, INK_PLAIN, fill_count(c->findings[i]));
	}
	return grid_end(&g, p->sink, err);
}

static int put_credits(const struct paper *p, const struct report_client *c, struct error *err)
{
	struct grid g = {.columns = 3};
	if (!c->credit_count)
		return 0;
	text_heading(p, PHRASE_CREDITS);
	for (size_t i = 0; i < c->credit_count; i++) {
		const struct report_credit *x = &c->credits[i];
		grid_fill(&g, p, INK_PLAIN, fill_time(x->at));
		grid_evidence(&g, x->evidence);
		grid_fill(&g, p, INK_PLAIN,
			fill_phrase(
				x->kind == CREDIT_APOLOGY ? PHRASE_APOLOGY : PHRASE_PAID_ON_TIME));
	}
	return grid_end(&g, p->sink, err);
}

static int put_exhibits(const struct paper *p, const struct report_client *c, struct error *err)
{
	struct grid g = {.columns = 4};
	if (!c->exhibit_count)
		return 0;
	text_heading(p, PHRASE_SUPPLIED_TIMES);
	for (size_t i = 0; i < c->exhibit_count; i++) {
		const struct report_exhibit *e = &c->exhibits[i];
		grid_evidence(&g, e->evidence);
		grid_fill(&g, p, INK_PLAIN, fill_time(e->at));
		grid_fill(&g, p, INK_PLAIN,
			e->name.ptr ? fill_text(e->name) : fill_phrase(PHRASE_A_NOTE));
		grid_add(&g, INK_PLAIN, e->note);
	}
	return grid_end(&g, p->sink, err);
}

static int put_blind_spots(const struct paper *p, const struct report_client *c, struct error *err)
{
	struct grid g = {.columns = 3};
	struct buf why = {0};
	const struct pen pen = {.out = &why, .tongue = p->tongue};
	text_heading(p, PHRASE_BLIND_SPOTS);
	if (!c->blind_spot_count)
		text_paragraph(p, INK_PLAIN, PHRASE_NO_BLIND_SPOT);
	for (size_t i = 0; i < c->blind_spot_count; i++) {
		grid_evidence(&g, c->blind_spots[i].evidence);
		grid_fill(&g, p, INK_PLAIN, fill_time(c->blind_spots[i].at));
		say_unexamined(&pen, &c->blind_spots[i]);
		grid_add(&g, INK_PLAIN, buf_str(&why));
		g.failed |= why.failed;
		buf_clear(&why);
	}
	buf_finish(&why);
	return grid_end(&g, p->sink, err);
}

int text_client(const struct paper *p, const struct report_client *c, struct error *err)
{
	put_title(p, c);
	if (!c->messages && !c->risk.cause_count && !c->exhibit_count)
		return 0;
	if (put_causes(p, c, err) < 0 || text_decision(p, c, err) < 0 || put_signs(p, c, err) < 0 ||
		put_credits(p, c, err) < 0)
		return -1;
	text_hours(p, c);
	if (text_own(p, c, err) < 0)
		return -1;
	text_heading(p, PHRASE_INCIDENTS);
	if (!c->incident_count)
		text_paragraph(p, INK_PLAIN, PHRASE_NO_INCIDENT);
	text_incidents(p, c->incidents, c->incident_count);
	if (c->harmful_count) {
		text_heading(p, PHRASE_HARMFUL_TITLE);
		text_paragraph(p, INK_DIM, PHRASE_HARMFUL);
		text_incidents(p, c->harmful, c->harmful_count);
	}
	return put_exhibits(p, c, err) < 0 ? -1 : put_blind_spots(p, c, err);
}
