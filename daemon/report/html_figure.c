/* A client's figure on the page: how it went, and the lines that it is made of. */
#include "html.h"

#include "base/html.h"
#include "base/limits.h"
#include "wording.h"

static void add_fact(const struct pen *p, enum phrase name, struct fill fill)
{
	buf_add_cstr(p->out, "<div>");
	html_element(p, "dt", NULL, name);
	html_open(p, "dd", NULL);
	say_fill(p, fill);
	buf_add_cstr(p->out, "</dd></div>");
}

static struct fill date_or_none(bool known, struct report_time t)
{
	return known ? fill_date(t) : fill_phrase(PHRASE_NONE);
}

/* Lines of a chat that come together are one. */
static void add_outside(const struct pen *p, const struct report_client *c)
{
	struct buf words = {0};
	const struct pen plain = {.out = &words, .tongue = p->tongue};
	if (c->outside_messages > c->outside_hours)
		SAY(&plain, PHRASE_MOMENTS_OF, fill_count(c->outside_hours),
			fill_count(c->outside_messages));
	else
		say_fill(&plain, fill_count(c->outside_hours));
	add_fact(p, PHRASE_OUTSIDE_MY_HOURS, fill_text(buf_str(&words)));
	p->out->failed |= words.failed;
	buf_finish(&words);
}

static void add_facts(const struct pen *p, const struct report_client *c)
{
	html_open(p, "dl", "facts");
	add_fact(p, PHRASE_MESSAGES_TITLE, fill_count(c->messages));
	add_fact(p, PHRASE_INCOMING, fill_count(c->incoming));
	add_outside(p, c);
	add_fact(p, PHRASE_FINDINGS_TITLE, fill_count(c->finding_sum));
	add_fact(p, PHRASE_FIRST_MESSAGE, date_or_none(c->messages, c->first));
	add_fact(p, PHRASE_LAST_MESSAGE, date_or_none(c->messages, c->last));
	add_fact(p, PHRASE_LAST_FINDING, date_or_none(c->finding_sum, c->last_finding));
	buf_add_cstr(p->out, "</dl>\n");
}

static void add_number(const struct pen *p, const struct report_client *c)
{
	buf_add_cstr(p->out, "<div class=\"figure\"><div><p class=\"number\">");
	say_fill(p, fill_tenths(c->risk.tenths));
	buf_add_cstr(p->out, "<span class=\"soft of\"> ");
	say(p, PHRASE_OF_100);
	buf_add_cstr(p->out, "</span></p><p>");
	html_band(p, c->risk.band);
	buf_add_cstr(p->out, ", ");
	say(p, phrase_of_trend(c->trend));
	buf_add_cstr(p->out, "</p></div>");
	chart_course(p, c);
	buf_add_cstr(p->out, "</div>");
	table_course(p, c);
	add_facts(p, c);
}

static void add_evidence(const struct pen *p, const struct report_client *c,
	const struct risk_cause *x, size_t number)
{
	const struct html_lane lane = html_lane(c, number, x->sign == SIGN_HARMFUL_REQUEST);
	html_cell(p, PHRASE_EVIDENCE, "mono nowrap");
	bool linked = html_incident_link(p, &lane, x->evidence);
	html_message(p, x->evidence);
	buf_add_cstr(p->out, linked ? "</a>" : "");
	html_cell_end(p);
}

static void add_cause(const struct pen *p, const struct report_client *c,
	const struct risk_cause *x, size_t number)
{
	buf_add_cstr(p->out, "<tr>");
	html_fill_cell(p, PHRASE_DAY, "nowrap", fill_short_day(x->day));
	add_evidence(p, c, x, number);
	html_cell(p, PHRASE_MATCHED_RULE, NULL);
	buf_add_cstr(p->out, "<code>");
	html_add(p->out, x->rule);
	buf_add_cstr(p->out, "</code>");
	html_cell_end(p);
	html_cell(p, PHRASE_WEIGHT, NULL);
	say_weighing(p, x);
	html_cell_end(p);
	html_cell(p, PHRASE_POINTS, "right");
	say_fill(p, fill_tenths(x->tenths));
	if (x->tenths)
		chart_bar(p->out, (unsigned)x->tenths * 4, "f-findings");
	html_cell_end(p);
	buf_add_cstr(p->out, "</tr>\n");
	html_pass_on(p);
}

static void begin_causes(const struct pen *p, const char *classes, enum phrase caption)
{
	static const struct html_column columns[] = {{PHRASE_DAY, false}, {PHRASE_EVIDENCE, false},
		{PHRASE_MATCHED_RULE, false}, {PHRASE_WEIGHT, false}, {PHRASE_POINTS, true}};
	html_open(p, "table", classes);
	html_element(p, "caption", NULL, caption);
	html_columns(p, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(p->out, "<tbody>");
}

/* Folded on a screen: there may be hundreds, and none of them counts. The newest are last. */
static void add_zero_causes(
	const struct pen *p, const struct report_client *c, size_t number, size_t kept)
{
	size_t shown = kept < LIMIT_REPORT_LIST ? kept : LIMIT_REPORT_LIST, seen = 0;
	buf_add_cstr(p->out, "<details class=\"printed\"><summary>");
	SAY(p, PHRASE_ZERO_SUMMARY, fill_counted(PHRASE_FINDINGS, c->risk.zero_count));
	buf_add_cstr(p->out, "</summary>");
	begin_causes(p, "cards causes zero", PHRASE_ZERO_CAPTION);
	for (size_t i = 0; i < c->risk.cause_count; i++)
		if (!c->risk.causes[i].tenths && seen++ >= kept - shown)
			add_cause(p, c, &c->risk.causes[i], number);
	buf_add_cstr(p->out, "</tbody></table>");
	if (shown < c->risk.zero_count)
		HTML_SAY(p, "p", "soft", PHRASE_ZERO_MORE, fill_count(c->risk.zero_count - shown),
			fill_text(c->id));
	buf_add_cstr(p->out, "</details>\n");
}

static void add_sum(const struct pen *p, const struct report_client *c, int64_t sum)
{
	buf_add_cstr(p->out, "<tr class=\"total\"><th scope=\"row\" colspan=\"4\">");
	say(p, sum > c->risk.tenths ? PHRASE_SUM_ENDS : PHRASE_SUM);
	buf_add_cstr(p->out, "</th>");
	html_fill_cell(p, PHRASE_SUM_LABEL, "right", fill_tenths(sum));
	buf_add_cstr(p->out, "</tr></tbody></table>\n");
}

static void add_causes(const struct pen *p, const struct report_client *c, size_t number)
{
	size_t counting;
	int64_t sum = causes_sum(&c->risk, &counting);
	html_element(p, "h3", NULL, PHRASE_CAUSES);
	if (!c->risk.cause_count) {
		html_element(p, "p", NULL, PHRASE_NO_CAUSE);
		return;
	}
	begin_causes(p, "cards causes", PHRASE_BANDS);
	for (size_t i = 0; i < c->risk.cause_count; i++)
		if (c->risk.causes[i].tenths)
			add_cause(p, c, &c->risk.causes[i], number);
	add_sum(p, c, sum);
	if (counting < c->risk.cause_count)
		add_zero_causes(p, c, number, c->risk.cause_count - counting);
}

void html_figure(const struct pen *p, const struct report_client *c, size_t number)
{
	add_number(p, c);
	if (c->messages || c->risk.cause_count)
		add_causes(p, c, number);
}
