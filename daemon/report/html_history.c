/* A client's weeks and months on the page, what speaks for it, and the hours of both sides. */
#include "html.h"

#include "base/clock.h"
#include "base/html.h"
#include "own.h"

#define MONTHS_SHOWN 12

static void add_credits(const struct pen *p, const struct report_client *c)
{
	html_element(p, "h3", NULL, PHRASE_CREDITS);
	if (!c->credit_count) {
		html_element(p, "p", NULL, PHRASE_NO_CREDIT);
		return;
	}
	html_element(p, "p", "soft", PHRASE_CREDITS_CAPTION);
	html_open(p, "ul", "credits");
	for (size_t i = 0; i < c->credit_count; i++) {
		const struct report_credit *x = &c->credits[i];
		html_open(p, "li", NULL);
		say(p, x->kind == CREDIT_APOLOGY ? PHRASE_APOLOGY : PHRASE_PAID_ON_TIME);
		buf_add_cstr(p->out, " \xc2\xb7 ");
		html_moment(p, x->at);
		buf_add_cstr(p->out, " \xc2\xb7 <span class=\"mono\">");
		html_message(p, x->evidence);
		buf_add_cstr(p->out, "</span>");
		for (size_t k = 0; k < x->passage_count; k++)
			html_passage(p, &x->passages[k]);
		html_close(p, "li");
	}
	buf_add_cstr(p->out, "</ul>\n");
}

static int64_t month_of(int64_t day)
{
	struct date d = date_from_days(day);
	return d.year * 12 + d.month - 1;
}

static uint64_t found_in(const struct report_client *c, int64_t month, int sign)
{
	for (size_t i = 0; i < c->month_count; i++)
		if (c->months[i].number == month)
			return c->months[i].findings[sign];
	return 0;
}

static void add_month_heads(const struct pen *p, int64_t last)
{
	buf_add_cstr(p->out, "<thead><tr><th scope=\"col\">");
	say(p, PHRASE_SIGN);
	buf_add_cstr(p->out, "</th>");
	for (int64_t month = last - MONTHS_SHOWN + 1; month <= last; month++) {
		buf_add_cstr(p->out, "<th scope=\"col\" class=\"mid\">");
		say(p, phrase_of_short_month((int)(month % 12) + 1));
		if (month % 12 == 0 || month == last - MONTHS_SHOWN + 1)
			buf_add_format(p->out, "<br>%d", (int)(month / 12));
		buf_add_cstr(p->out, "</th>");
	}
	buf_add_cstr(p->out, "<th scope=\"col\" class=\"right\">");
	say(p, PHRASE_ALL_TIME);
	buf_add_cstr(p->out, "</th></tr></thead><tbody>\n");
}

/* A few shades, the darkest for the most that any month has. */
static void add_sign_row(
	const struct pen *p, const struct report_client *c, int sign, int64_t last, uint64_t most)
{
	buf_add_cstr(p->out, "<tr><th scope=\"row\">");
	say(p, phrase_of_sign((enum sign)sign));
	buf_add_cstr(p->out, "</th>");
	for (int64_t month = last - MONTHS_SHOWN + 1; month <= last; month++) {
		uint64_t n = found_in(c, month, sign);
		buf_add_format(p->out, "<td class=\"t%u\">", heat_level(n, most));
		say_fill(p, fill_count(n));
		buf_add_cstr(p->out, "</td>");
	}
	buf_add_cstr(p->out, "<td class=\"right\">");
	say_fill(p, fill_count(c->findings[sign]));
	buf_add_cstr(p->out, "</td></tr>\n");
}

static void add_signs(const struct pen *p, const struct report_client *c, int64_t today)
{
	uint64_t most = 0;
	int64_t last = month_of(today);
	for (int64_t month = last - MONTHS_SHOWN + 1; month <= last; month++)
		for (int i = 0; i < SIGN_FIRST_MARKER; i++)
			most = found_in(c, month, i) > most ? found_in(c, month, i) : most;
	if (!c->finding_sum)
		return;
	html_element(p, "h3", NULL, PHRASE_FINDINGS_BY_SIGN);
	/* no caption of the table: it would scroll away with it on a telephone */
	html_element(p, "p", "soft", PHRASE_SIGNS_CAPTION);
	html_wide(p, " newest", PHRASE_FINDINGS_BY_SIGN);
	html_open(p, "table", "months");
	add_month_heads(p, last);
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		if (c->findings[i])
			add_sign_row(p, c, i, last, most);
	buf_add_cstr(p->out, "</tbody></table></div>\n");
}

void html_history(const struct pen *p, const struct report_client *c, int64_t today)
{
	html_element(p, "h3", NULL, PHRASE_WEEKS);
	HTML_SAY(p, "p", "soft", PHRASE_WEEKS_CAPTION,
		fill_counted(PHRASE_QUIET_WEEKS, weeks_quiet(c, today)));
	chart_weeks(p, c, today);
	table_weeks(p, c, today);
	add_credits(p, c);
	add_signs(p, c, today);
}

void html_hours(const struct pen *p, const struct report *r, const struct report_client *c)
{
	const struct heat_map mine = {PHRASE_HEAT_MINE, c->heat, c->has_hours ? c->working : NULL};
	const struct heat_map theirs = {PHRASE_HEAT_THEIRS, c->their_heat, c->their_working};
	html_element(p, "h3", NULL, PHRASE_HOURS);
	if (!c->incoming) {
		html_element(p, "p", NULL, PHRASE_NO_INCOMING);
		return;
	}
	html_element(p, "p", "soft", c->has_hours ? PHRASE_HEAT : PHRASE_HEAT_NO_HOURS);
	buf_add_cstr(p->out, "<div class=\"pair\"><div>");
	HTML_SAY(p, "h4", NULL, PHRASE_ZONE_MINE, fill_text(r->zone.len ? r->zone : STR("UTC")));
	chart_heat(p, &mine);
	table_heat(p, &mine);
	buf_add_cstr(p->out, "</div>");
	if (c->their_zone.ptr) {
		buf_add_cstr(p->out, "<div>");
		HTML_SAY(p, "h4", NULL, PHRASE_ZONE_THEIRS, fill_text(c->their_zone));
		chart_heat(p, &theirs);
		table_heat(p, &theirs);
		buf_add_cstr(p->out, "</div>");
	}
	buf_add_cstr(p->out, "</div>\n");
}

void html_own(const struct pen *p, const struct report_client *c)
{
	const struct report_own *own = &c->own;
	const struct heat_map mine = {PHRASE_HEAT_OWN, own->heat, c->has_hours ? c->working : NULL};
	struct own_fact facts[OWN_FACTS];
	own_facts(own, facts);
	html_element(p, "h3", NULL, PHRASE_OWN);
	HTML_SAY(p, "p", "soft", PHRASE_OWN_CAPTION, fill_count(REPLY_WITHIN_DAYS));
	html_open(p, "dl", "facts");
	for (size_t i = 0; i < OWN_FACTS; i++) {
		buf_add_cstr(p->out, "<div>");
		html_element(p, "dt", NULL, facts[i].name);
		html_open(p, "dd", NULL);
		say_fill(p, facts[i].value);
		buf_add_cstr(p->out, "</dd></div>");
	}
	buf_add_cstr(p->out, "</dl>\n");
	if (!own->sent)
		return;
	chart_heat(p, &mine);
	table_heat(p, &mine);
}
