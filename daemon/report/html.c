/* The report as one HTML file: no script, no request, every byte of mail escaped. */
#include "html.h"

#include "base/html.h"
#include "report/coverage.h"
#include "wording.h"
#include "writers.h"

int html_head(struct buf *out, struct str version, struct error *err)
{
	buf_add_cstr(out,
		"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"");
	if (style_policy_add(out, err) < 0)
		return -1;
	buf_add_cstr(out,
		"\">\n<meta name=\"viewport\" "
		"content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n"
		"<meta name=\"robots\" content=\"noindex\">\n<meta name=\"generator\" "
		"content=\"overstep ");
	html_add(out, version);
	buf_add_cstr(out, "\">\n<title>");
	return 0;
}

void html_head_end(struct buf *out)
{
	buf_add_cstr(out, "</title>\n<style>");
	style_add(out);
	buf_add_cstr(out, "</style>\n</head>\n<body>\n");
}

static int add_head(struct buf *out, const struct report *r, struct error *err)
{
	if (html_head(out, r->version, err) < 0)
		return -1;
	html_add(out, r->overview ? STR("Clients") : r->clients[0].name);
	buf_add_cstr(out, ", ");
	add_date(out, r->as_of);
	html_head_end(out);
	return 0;
}

static void add_masthead(struct buf *out, const struct report *r)
{
	struct report_sums sums;
	report_sum(r, &sums);
	buf_add_cstr(out, "<header>\n<p class=\"brand\">overstep report</p>\n<h1>");
	if (!r->overview)
		html_add(out, r->clients[0].name);
	else if (r->owner.len)
		html_add(out, r->owner);
	buf_add_cstr(out,
		!r->overview           ? ": what was written, and when"
			: r->owner.len ? ": clients"
				       : "Clients");
	buf_add_cstr(out, "</h1>\n<p class=\"lede\">As of ");
	add_time_zone(out, r->as_of);
	buf_add_cstr(out, ". ");
	add_count(out, sums.messages, "message", "messages");
	if (r->overview) {
		buf_add_cstr(out, " with ");
		add_count(out, r->client_count, "client", "clients");
	}
	buf_add_cstr(out, ", ");
	add_count(out, sums.findings, "finding", "findings");
	buf_add_cstr(out, ", ");
	add_count(out, sums.unexamined, "message", "messages");
	buf_add_cstr(out, " not examined. Times are those of ");
	html_add(out, r->zone.len ? r->zone : STR("UTC"));
	buf_add_cstr(out, ".</p>\n</header>\n");
}

static void add_client_link(struct buf *out, const struct report_client *c, size_t number)
{
	buf_add_format(out, "<a href=\"#c%zu\">", number);
	html_add(out, c->name);
	buf_add_cstr(out, "</a>");
}

static void add_number(struct buf *out, const char *label, uint64_t number)
{
	html_cell(out, label, "right");
	buf_add_format(out, "%llu", (unsigned long long)number);
	html_cell_end(out);
}

static void add_overview_row(struct buf *out, const struct report_client *c, size_t number)
{
	buf_add_cstr(out, "<tr><th scope=\"row\">");
	add_client_link(out, c, number);
	buf_add_cstr(out, "</th>");
	html_cell(out, "Risk", NULL);
	add_tenths(out, c->risk.tenths);
	chart_risk_bar(out, &c->risk);
	html_cell_end(out);
	html_cell(out, "Band", NULL);
	html_band(out, c->risk.band);
	html_cell_end(out);
	html_cell(out, "Trend", NULL);
	html_add(out, c->trend);
	html_cell_end(out);
	add_number(out, "Messages", c->messages);
	add_number(out, "Outside hours", c->outside_hours);
	add_number(out, "Findings", c->finding_sum);
	html_cell(out, "Last finding", "nowrap");
	if (c->finding_sum)
		add_time(out, c->last_finding);
	else
		buf_add_cstr(out, "none");
	html_cell_end(out);
	buf_add_cstr(out, "</tr>\n");
}

static void add_overview(struct buf *out, const struct report *r)
{
	buf_add_cstr(out,
		"<section><h2>Overview</h2>\n<table class=\"cards clients\"><caption>The highest figure "
		"first. Outside hours counts incoming messages outside the working hours that hold "
		"for the client.</caption><thead><tr><th scope=\"col\">Client</th>"
		"<th scope=\"col\">Risk, 0 to 100</th><th scope=\"col\">Band</th>"
		"<th scope=\"col\">Trend</th><th scope=\"col\" class=\"right\">Messages</th>"
		"<th scope=\"col\" class=\"right\">Outside hours</th>"
		"<th scope=\"col\" class=\"right\">Findings</th>"
		"<th scope=\"col\">Last finding</th></tr></thead>\n<tbody>");
	for (size_t i = 0; i < r->client_count; i++)
		add_overview_row(out, &r->clients[i], i + 1);
	buf_add_cstr(out, "</tbody></table>\n");
}

static void add_share(
	struct buf *out, const char *label, uint64_t part, uint64_t whole, const char *classes)
{
	html_cell(out, label, NULL);
	buf_add_format(out, "%u %%", percent(part, whole));
	chart_bar(out, whole ? (unsigned)(part * 1000 / whole) : 0, classes);
	html_cell_end(out);
}

static void add_sign_list(struct buf *out, const struct report_client *c)
{
	bool any = false;
	html_cell(out, "By sign", "small");
	for (int i = 0; i < SIGN_FIRST_MARKER; i++) {
		if (!c->findings[i])
			continue;
		buf_add_format(out, "%s%s&nbsp;%llu", any ? ", " : "", sign_name((enum sign)i),
			(unsigned long long)c->findings[i]);
		any = true;
	}
	buf_add_cstr(out, any ? "" : "none");
	html_cell_end(out);
}

static void add_shares(struct buf *out, const struct report *r)
{
	struct report_sums sums;
	report_sum(r, &sums);
	buf_add_cstr(out,
		"<h3>Who writes, and where the findings are</h3>\n<table class=\"cards clients shares\">"
		"<caption>Each client's share of all messages beside its share of all findings: a "
		"few clients often have most of them.</caption><thead><tr>"
		"<th scope=\"col\">Client</th><th scope=\"col\">Share of messages</th>"
		"<th scope=\"col\">Share of findings</th><th scope=\"col\">Findings by sign</th>"
		"</tr></thead>\n<tbody>");
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[i];
		buf_add_cstr(out, "<tr><th scope=\"row\">");
		add_client_link(out, c, i + 1);
		buf_add_cstr(out, "</th>");
		add_share(out, "Of messages", c->messages, sums.messages, "f-messages");
		add_share(out, "Of findings", c->finding_sum, sums.findings, "f-findings");
		add_sign_list(out, c);
		buf_add_cstr(out, "</tr>\n");
	}
	buf_add_cstr(out, "</tbody></table></section>\n");
}

static void add_foot(struct buf *out, const struct report *r)
{
	buf_add_format(out,
		"</main>\n<footer>\n<section><h2>What this report does not prove</h2><p>%s</p>"
		"</section>\n<section><h2>How to check it</h2><p>%s</p></section>\n"
		"<section><p class=\"soft small\">Severity: 1 note, 2 minor, 3 serious, 4 grave; "
		"it belongs to the rule, and says how much a match weighs. Written by overstep ",
		wording_limits, wording_checking);
	html_add(out, r->version);
	buf_add_cstr(out, ".</p></section>\n</footer>\n</body>\n</html>\n");
}

static void add_coverage(struct buf *out, const struct report *r)
{
	size_t first = coverage_first_shown(r->coverage_count);
	buf_add_format(out, "<section><h2>%s</h2>\n", wording_coverage_title);
	if (!r->coverage_count)
		buf_add_format(out, "<p>%s</p>\n", wording_coverage_none);
	if (first)
		buf_add_format(
			out, "<p class=\"soft\">%zu earlier lines are left out.</p>\n", first);
	if (r->coverage_count)
		buf_add_cstr(out, "<ul>\n");
	for (size_t i = first; i < r->coverage_count; i++) {
		struct buf line = {0};
		coverage_words(&r->coverage[i], &line);
		buf_add_cstr(out, "<li>");
		html_add(out, buf_str(&line));
		buf_add_cstr(out, "</li>\n");
		out->failed |= line.failed;
		buf_finish(&line);
	}
	if (r->coverage_count)
		buf_add_cstr(out, "</ul>\n");
	buf_add_cstr(out, "</section>\n");
}

int report_write_page(const struct report *r, const struct report_sink *sink, struct error *err)
{
	struct buf out = {0};
	int result = add_head(&out, r, err);
	if (!result) {
		add_masthead(&out, r);
		buf_add_cstr(&out, "<main>\n");
	}
	if (!result && r->overview) {
		add_overview(&out, r);
		add_shares(&out, r);
	}
	for (size_t i = 0; i < r->client_count && !result; i++) {
		html_client(&out, &r->clients[i], i + 1);
		result = sink_flush(sink, &out, err);
	}
	if (!result) {
		add_coverage(&out, r);
		add_foot(&out, r);
		result = sink_flush(sink, &out, err);
	}
	buf_finish(&out);
	return result;
}
