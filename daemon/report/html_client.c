/* One client on the page: the figure and its lines, signs, hours, incidents. */
#include "html.h"

#include "base/html.h"
#include "wording.h"

void html_band(struct buf *out, enum band band)
{
	static const char *const shapes[] = {
		[BAND_CALM] = "\xe2\x97\x8b",
		[BAND_WATCH] = "\xe2\x97\x94",
		[BAND_STRAINED] = "\xe2\x97\x91",
		[BAND_DECIDE] = "\xe2\x97\x8f",
	};
	buf_add_format(out,
		"<span class=\"band %s\"><span aria-hidden=\"true\">%s</span> %s</span>",
		band_name(band), shapes[band], band_name(band));
}

void html_cell(struct buf *out, const char *label, const char *classes)
{
	buf_add_format(out, "<td data-label=\"%s\"", label);
	if (classes)
		buf_add_format(out, " class=\"%s\"", classes);
	buf_add_cstr(out, "><span>");
}

void html_cell_end(struct buf *out)
{
	buf_add_cstr(out, "</span></td>");
}

static void add_fact(struct buf *out, const char *name, uint64_t count)
{
	buf_add_format(out, "<div><dt>%s</dt><dd>%llu</dd></div>", name, (unsigned long long)count);
}

static void add_fact_day(struct buf *out, const char *name, bool known, struct report_time t)
{
	buf_add_format(out, "<div><dt>%s</dt><dd>", name);
	if (known)
		add_date(out, t);
	else
		buf_add_cstr(out, "none");
	buf_add_cstr(out, "</dd></div>");
}

static void add_figure(struct buf *out, const struct report_client *c)
{
	buf_add_cstr(out, "<div class=\"figure\"><div><p class=\"number\">");
	add_tenths(out, c->risk.tenths);
	buf_add_cstr(out, "<span class=\"soft of\"> of 100</span></p><p>");
	html_band(out, c->risk.band);
	buf_add_cstr(out, ", ");
	html_add(out, c->trend);
	buf_add_cstr(out, "</p></div>");
	chart_course(out, c);
	buf_add_cstr(out, "</div>");
	table_course(out, c);
	buf_add_cstr(out, "<dl class=\"facts\">");
	add_fact(out, "Messages", c->messages);
	add_fact(out, "Incoming", c->incoming);
	add_fact(out, "Outside my hours", c->outside_hours);
	add_fact(out, "Findings", c->finding_sum);
	add_fact_day(out, "First message", c->messages, c->first);
	add_fact_day(out, "Last message", c->messages, c->last);
	add_fact_day(out, "Last finding", c->finding_sum, c->last_finding);
	buf_add_cstr(out, "</dl>\n");
}

/* NULL: there is nothing to link to. */
static const char *lane_of(const struct report_client *c, uint64_t evidence, enum sign sign)
{
	bool harmful = sign == SIGN_HARMFUL_REQUEST;
	const struct incident *all = harmful ? c->harmful : c->incidents;
	size_t count = harmful ? c->harmful_count : c->incident_count;
	for (size_t i = 0; i < count; i++)
		if (all[i].evidence == evidence)
			return harmful ? "h" : "e";
	return NULL;
}

static void add_cause(
	struct buf *out, const struct report_client *c, const struct risk_cause *x, size_t number)
{
	const char *lane = lane_of(c, x->evidence, x->sign);
	buf_add_cstr(out, "<tr>");
	html_cell(out, "Day", "nowrap");
	add_day(out, x->day);
	html_cell_end(out);
	html_cell(out, "Evidence", "mono nowrap");
	if (lane)
		buf_add_format(out, "<a href=\"#c%zu-%s%llu\">", number, lane,
			(unsigned long long)x->evidence);
	html_evidence(out, x->evidence);
	buf_add_cstr(out, lane ? "</a>" : "");
	html_cell_end(out);
	html_cell(out, "Matched rule", NULL);
	buf_add_cstr(out, "<code>");
	html_add(out, x->rule);
	buf_add_cstr(out, "</code>");
	html_cell_end(out);
	html_cell(out, "Weight", NULL);
	html_add(out, x->why);
	html_cell_end(out);
	html_cell(out, "Points", "right");
	add_tenths(out, x->tenths);
	html_cell_end(out);
	buf_add_cstr(out, "</tr>\n");
}

static void begin_causes(struct buf *out, const char *classes, const char *caption)
{
	buf_add_format(out,
		"<table class=\"cards causes%s\"><caption>%s</caption><thead><tr><th scope=\"col\">"
		"Day</th><th scope=\"col\">Evidence</th><th scope=\"col\">Matched rule</th>"
		"<th scope=\"col\">Weight</th><th scope=\"col\" class=\"right\">Points</th></tr>"
		"</thead>\n<tbody>",
		classes, caption);
}

static void add_causes_body(
	struct buf *out, const struct report_client *c, size_t number, bool counting)
{
	for (size_t i = 0; i < c->risk.cause_count; i++)
		if ((c->risk.causes[i].tenths != 0) == counting)
			add_cause(out, c, &c->risk.causes[i], number);
}

/* Folded on a screen: there may be hundreds, and none of them counts. */
static void add_zero_causes(
	struct buf *out, const struct report_client *c, size_t number, size_t count)
{
	buf_add_cstr(out, "<details class=\"zero\"><summary>");
	add_count(out, count, "finding", "findings");
	buf_add_cstr(out, " at 0 points</summary>");
	begin_causes(out, " zero", "Listed at 0 points, each for its reason.");
	add_causes_body(out, c, number, false);
	buf_add_cstr(out, "</tbody></table></details>\n");
}

static void add_causes(struct buf *out, const struct report_client *c, size_t number)
{
	size_t counting;
	int64_t sum = causes_sum(&c->risk, &counting);
	buf_add_cstr(out, "<h3>What the figure is made of</h3>");
	if (!c->risk.cause_count) {
		buf_add_cstr(out, "<p>No rule has matched, so the figure is 0.0.</p>");
		return;
	}
	begin_causes(out, "", wording_bands);
	add_causes_body(out, c, number, true);
	buf_add_cstr(
		out, "<tr class=\"total\"><th scope=\"row\" colspan=\"4\">The lines add up to");
	buf_add_cstr(out, sum > c->risk.tenths ? "; the figure ends at 100</th>" : "</th>");
	html_cell(out, "Sum", "right");
	add_tenths(out, sum);
	html_cell_end(out);
	buf_add_cstr(out, "</tr></tbody></table>\n");
	if (counting < c->risk.cause_count)
		add_zero_causes(out, c, number, c->risk.cause_count - counting);
}

static void add_signs(struct buf *out, const struct report_client *c)
{
	uint64_t most = 0;
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		most = c->findings[i] > most ? c->findings[i] : most;
	if (!most)
		return;
	buf_add_cstr(out,
		"<h3>Findings by sign</h3><table class=\"signs\"><caption>Live findings "
		"that are neither excepted nor marked wrong or agreed.</caption><thead><tr>"
		"<th scope=\"col\">Sign</th><th scope=\"col\" class=\"right\">Findings</th>"
		"<th scope=\"col\" aria-hidden=\"true\"></th></tr></thead><tbody>");
	for (int i = 0; i < SIGN_FIRST_MARKER; i++) {
		if (!c->findings[i])
			continue;
		buf_add_format(out,
			"<tr><th scope=\"row\" class=\"nowrap\">%s</th><td class=\"right\">%llu</td>"
			"<td class=\"bar\" aria-hidden=\"true\">",
			sign_title((enum sign)i), (unsigned long long)c->findings[i]);
		chart_bar(out, (unsigned)(c->findings[i] * 1000 / most), "f-findings");
		buf_add_cstr(out, "</td></tr>");
	}
	buf_add_cstr(out, "</tbody></table>\n");
}

static void add_heat(struct buf *out, const struct report_client *c)
{
	buf_add_cstr(out, "<h3>When messages arrive</h3>");
	if (!c->incoming) {
		buf_add_cstr(out, "<p>No incoming message.</p>");
		return;
	}
	buf_add_format(out, "<p class=\"soft\">%s</p>",
		c->has_hours ? wording_heat : wording_heat_no_hours);
	chart_heat(out, c);
	table_heat(out, c);
}

static void add_rest(struct buf *out, const struct report_client *c, size_t number)
{
	add_causes(out, c, number);
	add_signs(out, c);
	add_heat(out, c);
	buf_add_cstr(out, "<h3>Incidents</h3>");
	if (c->incident_count)
		html_incidents(out, c->incidents, c->incident_count, false, number);
	else
		buf_add_cstr(out, "<p>None: no rule has matched.</p>");
	if (c->harmful_count) {
		buf_add_format(
			out, "<h3>Harmful requests</h3><p class=\"soft\">%s</p>", wording_harmful);
		html_incidents(out, c->harmful, c->harmful_count, true, number);
	}
	html_exhibits(out, c);
	html_blind_spots(out, c);
}

void html_client(struct buf *out, const struct report_client *c, size_t number)
{
	buf_add_format(out, "<section class=\"client\" id=\"c%zu\"><h2>", number);
	html_add(out, c->name);
	if (!str_eq(c->name, c->id)) {
		buf_add_cstr(out, " <small class=\"soft mono\">");
		html_add(out, c->id);
		buf_add_cstr(out, "</small>");
	}
	buf_add_cstr(out, "</h2>\n");
	add_figure(out, c);
	/* of a client that has not written yet there is no more to say */
	if (c->messages || c->risk.cause_count)
		add_rest(out, c, number);
	buf_add_cstr(out, "</section>\n");
}
