/* A client's incidents on the page, month by month, and lists of what is no incident. */
#include "html.h"

#include "base/clock.h"
#include "base/html.h"
#include "base/limits.h"

struct html_lane html_lane(const struct report_client *c, size_t number, bool harmful)
{
	return harmful
		? (struct html_lane){c->harmful, c->harmful_count, number, "h", c->harmful_dropped}
		: (struct html_lane){
			  c->incidents, c->incident_count, number, "e", c->incidents_dropped};
}

/* Numbers of a lane mostly rise with time, and there are at most thousands. */
static const struct incident *find(const struct html_lane *lane, uint64_t evidence)
{
	for (size_t i = 0; i < lane->count; i++)
		if (lane->all[i].evidence == evidence)
			return &lane->all[i];
	return NULL;
}

bool html_incident_link(const struct pen *p, const struct html_lane *lane, uint64_t evidence)
{
	const struct incident *x = find(lane, evidence);
	if (!x || x->form == INCIDENT_LEFT_OUT || p->served)
		return false;
	buf_add_format(p->out, "<a href=\"#c%zu-%s%llu\">", lane->client, lane->name,
		(unsigned long long)evidence);
	return true;
}

static struct date month_of(const struct incident *x)
{
	struct date d = date_from_days(date_of_instant(x->at.at_us, x->at.offset_min));
	d.day = 1;
	return d;
}

/* A heading and a list for each month that has any. */
static void add_whole(const struct pen *p, const struct html_lane *lane)
{
	struct date month = {0};
	for (size_t i = 0; i < lane->count; i++) {
		const struct incident *x = &lane->all[i];
		if (x->form != INCIDENT_WHOLE)
			continue;
		if (date_cmp(month, month_of(x))) {
			buf_add_cstr(p->out, month.year ? "</ol>\n" : "");
			month = month_of(x);
			HTML_SAY(p, "h4", "month", PHRASE_MONTH,
				fill_phrase(phrase_of_month(month.month)), fill_number(month.year));
			buf_add_cstr(p->out, "<ol class=\"incidents\">\n");
		}
		html_incident(p, lane, x);
	}
	buf_add_cstr(p->out, month.year ? "</ol>\n" : "");
}

static void add_rules(const struct pen *p, const struct incident *x)
{
	html_cell(p, PHRASE_MATCHED_RULE, NULL);
	for (size_t i = 0; i < x->finding_count; i++) {
		buf_add_cstr(p->out, i ? ", " : "");
		html_add(p->out, x->findings[i].rule);
	}
	html_cell_end(p);
}

static void add_line(const struct pen *p, const struct html_lane *lane, const struct incident *x)
{
	char sum[SHA256_HEX_SIZE];
	buf_add_format(p->out, "<tr><th scope=\"row\" class=\"mono nowrap\" id=\"c%zu-%s%llu\">",
		lane->client, lane->name, (unsigned long long)x->evidence);
	html_message(p, x->evidence);
	buf_add_cstr(p->out, "</th>");
	html_fill_cell(p, PHRASE_TIME, "nowrap", fill_time(x->at));
	add_rules(p, x);
	html_cell(p, PHRASE_SHA256, "mono sum");
	sha256_hex(&x->sum, sum);
	buf_add_cstr(p->out, x->member_count ? "" : sum);
	html_cell_end(p);
	buf_add_cstr(p->out, "</tr>\n");
	html_pass_on(p);
}

static void add_lines(const struct pen *p, const struct html_lane *lane, size_t count)
{
	static const struct html_column columns[] = {{PHRASE_EVIDENCE, false}, {PHRASE_TIME, false},
		{PHRASE_MATCHED_RULE, false}, {PHRASE_SHA256, false}};
	buf_add_cstr(p->out, "<details class=\"printed\"><summary>");
	SAY(p, PHRASE_LINES_SUMMARY, fill_counted(PHRASE_INCIDENTS_COUNTED, count));
	buf_add_cstr(p->out, "</summary>");
	html_open(p, "table", "cards lines");
	html_element(p, "caption", NULL, PHRASE_LINES_CAPTION);
	html_columns(p, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(p->out, "<tbody>");
	for (size_t i = 0; i < lane->count; i++)
		if (lane->all[i].form == INCIDENT_LINE)
			add_line(p, lane, &lane->all[i]);
	buf_add_cstr(p->out, "</tbody></table></details>\n");
}

void html_incidents(const struct pen *p, const struct html_lane *lane, struct str client)
{
	size_t forms[INCIDENT_LEFT_OUT + 1] = {[INCIDENT_LEFT_OUT] = lane->dropped};
	for (size_t i = 0; i < lane->count; i++)
		forms[lane->all[i].form]++;
	add_whole(p, lane);
	if (forms[INCIDENT_LINE])
		add_lines(p, lane, forms[INCIDENT_LINE]);
	if (forms[INCIDENT_LEFT_OUT])
		HTML_SAY(p, "p", "left-out", PHRASE_LEFT_OUT,
			fill_counted(PHRASE_INCIDENTS_COUNTED, forms[INCIDENT_LEFT_OUT]),
			fill_text(client));
}

void html_exhibits(const struct pen *p, const struct report_client *c)
{
	static const struct html_column columns[] = {{PHRASE_EVIDENCE, false}, {PHRASE_TIME, false},
		{PHRASE_NAME, false}, {PHRASE_NOTE_TITLE, false}};
	if (!c->exhibit_count)
		return;
	html_element(p, "h3", NULL, PHRASE_SUPPLIED);
	html_open(p, "table", "cards");
	html_element(p, "caption", NULL, PHRASE_SUPPLIED_CAPTION);
	html_columns(p, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(p->out, "<tbody>");
	for (size_t i = 0; i < c->exhibit_count; i++) {
		const struct report_exhibit *e = &c->exhibits[i];
		buf_add_cstr(p->out, "<tr><th scope=\"row\" class=\"mono nowrap\">");
		html_evidence(p, e->evidence);
		buf_add_cstr(p->out, "</th>");
		html_fill_cell(p, PHRASE_TIME, "nowrap", fill_time(e->at));
		html_fill_cell(p, PHRASE_NAME, NULL,
			e->name.ptr ? fill_text(e->name) : fill_phrase(PHRASE_A_NOTE));
		html_fill_cell(p, PHRASE_NOTE_TITLE, NULL, fill_text(e->note));
		buf_add_cstr(p->out, "</tr>");
	}
	buf_add_cstr(p->out, "</tbody></table>\n");
}

void html_blind_spots(const struct pen *p, const struct report_client *c)
{
	static const struct html_column columns[] = {
		{PHRASE_EVIDENCE, false}, {PHRASE_TIME, false}, {PHRASE_WHY, false}};
	html_element(p, "h3", NULL, PHRASE_BLIND_SPOTS);
	if (!c->blind_spot_count) {
		html_element(p, "p", NULL, PHRASE_NO_BLIND_SPOT);
		return;
	}
	html_open(p, "table", "cards");
	HTML_SAY(p, "caption", NULL, PHRASE_BLIND_SPOTS_CAPTION,
		fill_counted(PHRASE_MESSAGES, c->messages), fill_count(c->blind_spot_count));
	html_columns(p, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(p->out, "<tbody>");
	size_t shown = c->blind_spot_count;
	if (shown > LIMIT_REPORT_LIST)
		shown = LIMIT_REPORT_LIST;
	for (size_t i = c->blind_spot_count - shown; i < c->blind_spot_count; i++) {
		const struct blind_spot *b = &c->blind_spots[i];
		buf_add_cstr(p->out, "<tr><th scope=\"row\" class=\"mono nowrap\">");
		html_message(p, b->evidence);
		buf_add_cstr(p->out, "</th>");
		html_fill_cell(p, PHRASE_TIME, "nowrap", fill_time(b->at));
		html_cell(p, PHRASE_WHY, NULL);
		say_unexamined(p, b);
		html_cell_end(p);
		buf_add_cstr(p->out, "</tr>");
	}
	buf_add_cstr(p->out, "</tbody></table>\n");
	if (shown < c->blind_spot_count)
		HTML_SAY(p, "p", "soft", PHRASE_BLIND_SPOTS_MORE,
			fill_count(c->blind_spot_count - shown));
}
