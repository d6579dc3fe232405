/* One client on the page, part by part. */
#include "html.h"

#include "base/clock.h"
#include "base/html.h"

static void add_heading(const struct pen *p, const struct report_client *c, size_t number)
{
	buf_add_format(p->out, "<section class=\"client\" id=\"c%zu\"><h2>", number);
	html_add(p->out, c->name);
	if (!str_eq(c->name, c->id)) {
		buf_add_cstr(p->out, " <small class=\"soft mono\">");
		html_add(p->out, c->id);
		buf_add_cstr(p->out, "</small>");
	}
	buf_add_cstr(p->out, "</h2>\n");
}

static void add_incidents(const struct pen *p, const struct report_client *c, size_t number)
{
	const struct html_lane incidents = html_lane(c, number, false);
	const struct html_lane harmful = html_lane(c, number, true);
	html_element(p, "h3", NULL, PHRASE_INCIDENTS);
	if (c->incident_count)
		html_incidents(p, &incidents, c->id);
	else
		html_element(p, "p", NULL, PHRASE_NO_INCIDENT);
	if (!c->harmful_count)
		return;
	html_element(p, "h3", NULL, PHRASE_HARMFUL_TITLE);
	html_element(p, "p", "soft", PHRASE_HARMFUL);
	html_incidents(p, &harmful, c->id);
}

void html_client(const struct pen *p, const struct report *r, size_t number)
{
	const struct report_client *c = &r->clients[number - 1];
	add_heading(p, c, number);
	html_figure(p, c, number);
	/* of a client that has not written yet there is no more to say */
	if (c->messages || c->risk.cause_count) {
		html_decision(p, r, c);
		html_history(p, c, date_of_instant(r->as_of.at_us, r->as_of.offset_min));
		html_hours(p, r, c);
		html_own(p, c);
		add_incidents(p, c, number);
		html_exhibits(p, c);
		html_blind_spots(p, c);
	}
	buf_add_cstr(p->out, "</section>\n");
}
