/* All clients on the page: their figures, what changed, and who makes most of the findings. */
#include "html.h"

#include "base/html.h"
#include "pareto.h"
#include "wording.h"

static void add_client_link(const struct pen *p, const struct report_client *c, size_t number)
{
	if (p->served) {
		buf_add_cstr(p->out, "<a href=\"/client/");
		html_address(p, c->id);
		buf_add_cstr(p->out, "\">");
	} else {
		buf_add_format(p->out, "<a href=\"#c%zu\">", number);
	}
	html_add(p->out, c->name);
	buf_add_cstr(p->out, "</a>");
}

static void begin_row(const struct pen *p, const struct report_client *c, size_t number)
{
	buf_add_cstr(p->out, "<tr><th scope=\"row\">");
	add_client_link(p, c, number);
	buf_add_cstr(p->out, "</th>");
}

static void add_figures_row(const struct pen *p, const struct report_client *c, size_t number)
{
	begin_row(p, c, number);
	html_cell(p, PHRASE_RISK, NULL);
	say_fill(p, fill_tenths(c->risk.tenths));
	chart_risk_bar(p->out, &c->risk);
	html_cell_end(p);
	html_cell(p, PHRASE_BAND, NULL);
	html_band(p, c->risk.band);
	html_cell_end(p);
	html_cell(p, PHRASE_TREND, "trend");
	say(p, phrase_of_trend(c->trend));
	chart_sparkline(p->out, c);
	html_cell_end(p);
	html_fill_cell(p, PHRASE_MESSAGES_TITLE, "right", fill_count(c->messages));
	html_fill_cell(p, PHRASE_OUTSIDE_HOURS, "right", fill_count(c->outside_hours));
	html_fill_cell(p, PHRASE_FINDINGS_TITLE, "right", fill_count(c->finding_sum));
	html_fill_cell(p, PHRASE_LAST_FINDING, "nowrap",
		c->finding_sum ? fill_date(c->last_finding) : fill_phrase(PHRASE_NONE));
	buf_add_cstr(p->out, "</tr>\n");
}

static void add_figures(const struct pen *p, const struct report *r)
{
	static const struct html_column columns[] = {{PHRASE_CLIENT, false},
		{PHRASE_RISK_OF_100, false}, {PHRASE_BAND, false}, {PHRASE_TREND_HALF_YEAR, false},
		{PHRASE_MESSAGES_TITLE, true}, {PHRASE_OUTSIDE_HOURS, true},
		{PHRASE_FINDINGS_TITLE, true}, {PHRASE_LAST_FINDING, false}};
	html_open(p, "table", "cards clients");
	html_element(p, "caption", NULL, PHRASE_OVERVIEW_CAPTION);
	html_columns(p, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(p->out, "<tbody>");
	for (size_t i = 0; i < r->client_count; i++)
		add_figures_row(p, &r->clients[i], i + 1);
	buf_add_cstr(p->out, "</tbody></table>\n");
}

static bool has_changed(const struct report_client *c)
{
	return c->recent_findings || c->recent_messages ||
		(c->has_before && c->tenths_before != c->risk.tenths);
}

static void add_change(const struct pen *p, const struct report_client *c, size_t number)
{
	enum band before = band_of(c->tenths_before);
	html_open(p, "li", NULL);
	add_client_link(p, c, number);
	say_mark(p, ':');
	if (!c->has_before)
		SAY(p, PHRASE_CHANGE_NEW, fill_tenths(c->risk.tenths));
	else if (c->tenths_before == c->risk.tenths)
		SAY(p, PHRASE_CHANGE_NONE, fill_tenths(c->risk.tenths));
	else
		SAY(p, c->risk.tenths > c->tenths_before ? PHRASE_CHANGE_UP : PHRASE_CHANGE_DOWN,
			fill_tenths(c->tenths_before), fill_tenths(c->risk.tenths));
	if (c->has_before && before != c->risk.band) {
		buf_add_cstr(p->out, ", ");
		SAY(p, PHRASE_CHANGE_BAND, fill_phrase(phrase_of_band(before)),
			fill_phrase(phrase_of_band(c->risk.band)));
	}
	if (c->recent_messages || c->recent_findings) {
		say_mark(p, ';');
		SAY(p, PHRASE_CHANGE_COUNTS, fill_counted(PHRASE_MESSAGES, c->recent_messages),
			fill_counted(PHRASE_FINDINGS, c->recent_findings));
	}
	html_close(p, "li");
	buf_add_char(p->out, '\n');
}

static void add_changes(const struct pen *p, const struct report *r)
{
	size_t changed = 0;
	html_element(p, "h3", NULL, PHRASE_CHANGES);
	for (size_t i = 0; i < r->client_count; i++) {
		if (!has_changed(&r->clients[i]))
			continue;
		buf_add_cstr(p->out, changed++ ? "" : "<ul class=\"changes\">\n");
		add_change(p, &r->clients[i], i + 1);
	}
	buf_add_cstr(p->out, changed ? "</ul>\n" : "");
	if (changed < r->client_count)
		HTML_SAY(p, "p", "soft", changed ? PHRASE_CHANGES_OTHERS : PHRASE_CHANGES_NOBODY,
			fill_count(r->client_count - changed));
}

static void add_share(
	const struct pen *p, enum phrase label, uint64_t part, uint64_t whole, const char *classes)
{
	html_cell(p, label, NULL);
	SAY(p, PHRASE_PERCENT, fill_count(percent(part, whole)));
	chart_bar(p->out, whole ? (unsigned)(part * 1000 / whole) : 0, classes);
	html_cell_end(p);
}

static void add_sign_list(const struct pen *p, const struct report_client *c)
{
	bool any = false;
	html_cell(p, PHRASE_BY_SIGN, "small");
	for (int i = 0; i < SIGN_FIRST_MARKER; i++) {
		if (!c->findings[i])
			continue;
		buf_add_cstr(p->out, any ? ", " : "");
		say(p, phrase_of_sign((enum sign)i));
		buf_add_cstr(p->out, "&nbsp;");
		say_fill(p, fill_count(c->findings[i]));
		any = true;
	}
	if (!any)
		say(p, PHRASE_NONE);
	html_cell_end(p);
}

static void add_pareto(const struct pen *p, const struct report *r)
{
	struct pareto pareto;
	if (pareto_of(r, &pareto) < 0) {
		p->out->failed = true;
		return;
	}
	if (pareto.few) {
		HTML_SAY(p, "p", "statement", PHRASE_PARETO, fill_count(pareto.few),
			fill_count(r->client_count),
			fill_count(percent(pareto.few, r->client_count)),
			fill_count(percent(pareto.few_findings, pareto.findings)),
			fill_count(percent(pareto.few_messages, pareto.messages)));
		pareto_chart(p, r, &pareto);
	}
	pareto_finish(&pareto);
}

static void add_shares(const struct pen *p, const struct report *r)
{
	static const struct html_column columns[] = {{PHRASE_CLIENT, false},
		{PHRASE_SHARE_OF_MESSAGES, false}, {PHRASE_SHARE_OF_FINDINGS, false},
		{PHRASE_FINDINGS_BY_SIGN, false}};
	struct report_sums sums;
	report_sum(r, &sums);
	html_element(p, "h3", NULL, PHRASE_SHARES);
	add_pareto(p, r);
	html_open(p, "table", "cards clients shares");
	html_element(p, "caption", NULL, PHRASE_SHARES_CAPTION);
	html_columns(p, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(p->out, "<tbody>");
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[i];
		begin_row(p, c, i + 1);
		add_share(p, PHRASE_OF_MESSAGES, c->messages, sums.messages, "f-messages");
		add_share(p, PHRASE_OF_FINDINGS, c->finding_sum, sums.findings, "f-findings");
		add_sign_list(p, c);
		buf_add_cstr(p->out, "</tr>\n");
	}
	buf_add_cstr(p->out, "</tbody></table>\n");
}

void html_overview(const struct pen *p, const struct report *r)
{
	buf_add_cstr(p->out, "<section>");
	html_element(p, "h2", NULL, PHRASE_OVERVIEW);
	add_figures(p, r);
	add_changes(p, r);
	add_shares(p, r);
	buf_add_cstr(p->out, "</section>\n");
}
