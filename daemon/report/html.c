/* The report as one HTML file: no script, no request, every byte of mail escaped. */
#include "html.h"

#include "base/clock.h"
#include "base/html.h"
#include "report/coverage.h"
#include "report/page.h"
#include "wording.h"
#include "writers.h"

int html_head(const struct pen *p, struct str version, struct error *err)
{
	buf_add_format(p->out,
		"<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"",
		tongue_codes[p->tongue]);
	if (style_policy_add(p->out, err) < 0)
		return -1;
	buf_add_cstr(p->out,
		"\">\n<meta name=\"viewport\" "
		"content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n"
		"<meta name=\"robots\" content=\"noindex\">\n<meta name=\"generator\" "
		"content=\"overstep ");
	html_add(p->out, version);
	buf_add_cstr(p->out, "\">\n<title>");
	return 0;
}

void html_head_end(const struct pen *p)
{
	buf_add_cstr(p->out, "</title>\n<style>");
	style_add(p->out);
	buf_add_cstr(p->out, "</style>\n</head>\n<body>\n");
}

static int add_head(const struct pen *p, const struct report *r, struct error *err)
{
	if (html_head(p, r->version, err) < 0)
		return -1;
	if (r->overview)
		say(p, PHRASE_CLIENTS_TITLE);
	else
		html_add(p->out, r->clients[0].name);
	buf_add_cstr(p->out, ", ");
	say_fill(p, fill_date(r->as_of));
	html_head_end(p);
	return 0;
}

static void add_lede(const struct pen *p, const struct report *r)
{
	struct report_sums sums;
	report_sum(r, &sums);
	struct fill zone = fill_text(r->zone.len ? r->zone : STR("UTC"));
	struct fill messages = fill_counted(PHRASE_MESSAGES, sums.messages);
	struct fill findings = fill_counted(PHRASE_FINDINGS, sums.findings);
	struct fill unexamined = fill_counted(PHRASE_UNEXAMINED, sums.unexamined);
	if (r->overview)
		HTML_SAY(p, "p", "lede", PHRASE_LEDE_ALL, fill_zoned(r->as_of), messages,
			fill_counted(PHRASE_CLIENTS, r->client_count), findings, unexamined, zone);
	else
		HTML_SAY(p, "p", "lede", PHRASE_LEDE_ONE, fill_zoned(r->as_of), messages, findings,
			unexamined, zone);
}

static void add_masthead(const struct pen *p, const struct report *r)
{
	buf_add_cstr(p->out, "<header>\n");
	html_element(p, "p", "brand", PHRASE_BRAND);
	if (!r->overview)
		HTML_SAY(p, "h1", NULL, PHRASE_HEAD_CLIENT, fill_text(r->clients[0].name));
	else if (r->owner.len)
		HTML_SAY(p, "h1", NULL, PHRASE_HEAD_OWNER, fill_text(r->owner));
	else
		html_element(p, "h1", NULL, PHRASE_CLIENTS_TITLE);
	add_lede(p, r);
	buf_add_cstr(p->out, "</header>\n");
}

static void add_coverage(const struct pen *p, const struct report *r)
{
	size_t first = coverage_first_shown(r->coverage_count);
	buf_add_cstr(p->out, "<section>");
	html_element(p, "h2", NULL, PHRASE_COVERAGE);
	if (!r->coverage_count)
		html_element(p, "p", NULL, PHRASE_COVERAGE_NONE);
	if (first)
		HTML_SAY(p, "p", "soft", PHRASE_COVERAGE_EARLIER, fill_count(first));
	buf_add_cstr(p->out, r->coverage_count ? "<ul>\n" : "");
	for (size_t i = first; i < r->coverage_count; i++) {
		html_open(p, "li", NULL);
		coverage_say(p, &r->coverage[i]);
		html_close(p, "li");
		buf_add_char(p->out, '\n');
	}
	buf_add_cstr(p->out, r->coverage_count ? "</ul>" : "");
	buf_add_cstr(p->out, "</section>\n");
}

static void add_foot(const struct pen *p, const struct report *r)
{
	buf_add_cstr(p->out, "</main>\n<footer>\n<section>");
	html_element(p, "h2", NULL, PHRASE_LIMITS_TITLE);
	html_element(p, "p", NULL, PHRASE_LIMITS);
	buf_add_cstr(p->out, "</section>\n<section>");
	html_element(p, "h2", NULL, PHRASE_CHECKING_TITLE);
	html_element(p, "p", NULL, PHRASE_CHECKING);
	buf_add_cstr(p->out, "</section>\n<section>");
	HTML_SAY(p, "p", "soft small", PHRASE_COLOPHON, fill_text(r->version));
	buf_add_cstr(p->out, "</section>\n</footer>\n</body>\n</html>\n");
}

int report_write_page(const struct report *r, const struct report_sink *sink, struct error *err)
{
	struct buf out = {0};
	const struct pen pen = {&out, r->tongue, true, r->served, sink};
	bool clients = !r->served || !r->overview;
	int result = add_head(&pen, r, err);
	if (!result) {
		if (r->served)
			page_navigation(
				r->tongue, r->overview ? PAGE_CLIENTS : PAGE_ELSEWHERE, &out);
		add_masthead(&pen, r);
		buf_add_cstr(&out, "<main>\n");
	}
	if (!result && r->overview)
		html_overview(&pen, r);
	for (size_t i = 0; clients && i < r->client_count && !result; i++) {
		html_client(&pen, r, i + 1);
		result = sink_flush(sink, &out, err);
	}
	if (!result) {
		add_coverage(&pen, r);
		add_foot(&pen, r);
		result = sink_flush(sink, &out, err);
	}
	buf_finish(&out);
	return result;
}
