/* Incidents on the page: when, the words in their sentence, what matched, and the proof. */
#include "html.h"

#include "base/clock.h"
#include "base/html.h"
#include "model/record.h"
#include "wording.h"

void html_moment(struct buf *out, struct report_time t)
{
	char text[TIME_TEXT_SIZE];
	time_format(t.at_us, t.offset_min, t.zulu, text);
	buf_add_format(out, "<time datetime=\"%s\">%s ", text, weekday_of(t));
	add_time_zone(out, t);
	buf_add_cstr(out, "</time>");
}

static void add_passage(struct buf *out, const struct passage *p)
{
	size_t at = 0;
	/* whose language it is nobody knows; the reader's browser finds the direction */
	buf_add_cstr(out, "<blockquote lang=\"\" dir=\"auto\">");
	buf_add_cstr(out, p->cut_before ? "\xe2\x80\xa6" : "");
	for (size_t i = 0; i < p->mark_count; i++) {
		const struct passage_mark *m = &p->marks[i];
		html_add(out, str_slice(p->text, at, m->start));
		buf_add_format(out, "<mark class=\"s%d\">", m->severity);
		html_add(out, str_slice(p->text, m->start, m->end));
		buf_add_cstr(out, "</mark>");
		at = m->end;
	}
	html_add(out, str_slice(p->text, at, p->text.len));
	buf_add_cstr(out, p->cut_after ? "\xe2\x80\xa6" : "");
	buf_add_cstr(out, "</blockquote>");
}

static void add_remark(struct buf *out, const char *words)
{
	if (words)
		buf_add_format(out, " <span class=\"soft\">(%s)</span>", words);
}

static void add_more(struct buf *out, const char *name, struct str words)
{
	if (!words.len)
		return;
	buf_add_format(out, "<br><span class=\"why small\">%s", name);
	html_add(out, words);
	buf_add_cstr(out, "</span>");
}

static void add_finding(struct buf *out, const struct incident_finding *f)
{
	buf_add_format(out, "<li><span class=\"severity v%d\">", f->severity);
	chart_severity(out, f->severity);
	buf_add_format(out, "%s</span> \xc2\xb7 %s \xc2\xb7 matched rule <code>",
		severity_name(f->severity), sign_title(f->sign));
	html_add(out, f->rule);
	buf_add_cstr(out, "</code>");
	add_remark(out, f->status == RULE_SHADOW ? "shadow: never part of the figure" : NULL);
	add_remark(out, f->unsure ? "unsure whose words these are" : NULL);
	add_remark(out, mark_words(f->mark));
	add_more(out, "", reason_words(f));
	add_more(out, "Excepted: ", f->consent);
	add_more(out, "Names ", f->named);
	add_more(out, "Note: ", f->note);
	buf_add_cstr(out, "</li>");
}

static bool is_among(const struct incident *all, size_t count, uint64_t evidence)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].evidence == evidence)
			return true;
	return false;
}

/* What a sequence is made of; messages that are incidents themselves are linked to. */
static void add_members(struct buf *out, const struct incident *x, const struct incident *all,
	size_t count, const char *lane, size_t client)
{
	buf_add_cstr(out, "<p class=\"soft small\">Made of ");
	for (size_t i = 0; i < x->member_count; i++) {
		const struct report_member *m = &x->members[i];
		bool linked = is_among(all, count, m->evidence);
		buf_add_cstr(out, i ? ", " : "");
		if (linked)
			buf_add_format(out, "<a href=\"#c%zu-%s%llu\">", client, lane,
				(unsigned long long)m->evidence);
		html_evidence(out, m->evidence);
		buf_add_cstr(out, linked ? "</a> (" : " (");
		add_date(out, m->at);
		buf_add_char(out, ')');
	}
	buf_add_cstr(out, "</p>");
}

static void add_proof(struct buf *out, const struct incident *x)
{
	char sum[SHA256_HEX_SIZE];
	sha256_hex(&x->sum, sum);
	buf_add_cstr(out, "<p class=\"proof\">Evidence <span class=\"mono\">");
	html_evidence(out, x->evidence);
	if (x->member_count) {
		buf_add_format(out, "</span> \xc2\xb7 %s</p>", dating_words(x->absence));
		return;
	}
	buf_add_format(out,
		"</span> \xc2\xb7 clock: %s \xc2\xb7 SHA-256 <span class=\"mono sum\">%s</span></p>",
		clock_words(x->clock_used, x->clock_agreed), sum);
}

static int worst(const struct incident *x)
{
	int severity = 0;
	for (size_t i = 0; i < x->finding_count; i++)
		if (x->findings[i].severity > severity && x->findings[i].mark != MARK_WRONG)
			severity = x->findings[i].severity;
	return severity;
}

static void add_sender(struct buf *out, const struct incident *x)
{
	buf_add_cstr(out, "<p class=\"soft small\"><bdi>");
	html_add(out, x->from);
	buf_add_cstr(out, "</bdi>: <bdi>");
	html_add(out, x->subject.len ? x->subject : STR("(no subject)"));
	buf_add_cstr(out, "</bdi></p>");
}

static void add_incident(struct buf *out, const struct incident *x, const struct incident *all,
	size_t count, const char *lane, size_t client)
{
	buf_add_format(out, "<li class=\"worst%d\" id=\"c%zu-%s%llu\"><p class=\"when\">", worst(x),
		client, lane, (unsigned long long)x->evidence);
	html_moment(out, x->at);
	if (x->has_period)
		buf_add_format(out, "<span>%s</span>", period_name(x->period));
	if (x->direction == DIRECTION_OUT)
		buf_add_cstr(out, "<span>my own words</span>");
	if (x->member_count)
		buf_add_cstr(out, "<span>over time</span>");
	buf_add_cstr(out, "</p>");
	if (x->member_count)
		add_members(out, x, all, count, lane, client);
	else
		add_sender(out, x);
	for (size_t i = 0; i < x->passage_count; i++)
		add_passage(out, &x->passages[i]);
	buf_add_cstr(out, "<ul class=\"matched\">");
	for (size_t i = 0; i < x->finding_count; i++)
		add_finding(out, &x->findings[i]);
	buf_add_cstr(out, "</ul>");
	add_proof(out, x);
	buf_add_cstr(out, "</li>\n");
}

void html_incidents(
	struct buf *out, const struct incident *all, size_t count, bool harmful, size_t client)
{
	buf_add_cstr(out, "<ol class=\"incidents\">\n");
	for (size_t i = 0; i < count; i++)
		add_incident(out, &all[i], all, count, harmful ? "h" : "e", client);
	buf_add_cstr(out, "</ol>\n");
}

void html_exhibits(struct buf *out, const struct report_client *c)
{
	if (!c->exhibit_count)
		return;
	buf_add_cstr(out,
		"<h3>Supplied by the owner</h3><table class=\"cards\"><caption>Files and notes that "
		"are no mail, with times as stated by the owner: that they were held when they "
		"were added is all that the log shows.</caption><thead><tr>"
		"<th scope=\"col\">Evidence</th><th scope=\"col\">Time</th>"
		"<th scope=\"col\">Name</th><th scope=\"col\">Note</th></tr></thead><tbody>");
	for (size_t i = 0; i < c->exhibit_count; i++) {
		const struct report_exhibit *e = &c->exhibits[i];
		buf_add_cstr(out, "<tr><th scope=\"row\" class=\"mono nowrap\">");
		html_evidence(out, e->evidence);
		buf_add_cstr(out, "</th>");
		html_cell(out, "Time", "nowrap");
		add_time(out, e->at);
		html_cell_end(out);
		html_cell(out, "Name", NULL);
		html_add(out, e->name.ptr ? e->name : STR("note"));
		html_cell_end(out);
		html_cell(out, "Note", NULL);
		html_add(out, e->note);
		html_cell_end(out);
		buf_add_cstr(out, "</tr>");
	}
	buf_add_cstr(out, "</tbody></table>\n");
}

void html_blind_spots(struct buf *out, const struct report_client *c)
{
	buf_add_cstr(out, "<h3>Not examined</h3>");
	if (!c->blind_spot_count) {
		buf_add_cstr(out, "<p>Nothing: every message was examined whole.</p>");
		return;
	}
	buf_add_cstr(out, "<table class=\"cards\"><caption>Of ");
	add_count(out, c->messages, "message", "messages");
	buf_add_cstr(out, ", ");
	add_count(out, c->blind_spot_count, "was", "were");
	buf_add_cstr(out,
		" not examined, or not whole. That nothing is shown of them does not mean "
		"that nothing is there.</caption><thead><tr><th scope=\"col\">Evidence</th>"
		"<th scope=\"col\">Time</th><th scope=\"col\">Why</th></tr></thead><tbody>");
	for (size_t i = 0; i < c->blind_spot_count; i++) {
		const struct blind_spot *b = &c->blind_spots[i];
		buf_add_cstr(out, "<tr><th scope=\"row\" class=\"mono nowrap\">");
		html_evidence(out, b->evidence);
		buf_add_cstr(out, "</th>");
		html_cell(out, "Time", "nowrap");
		add_time(out, b->at);
		html_cell_end(out);
		html_cell(out, "Why", NULL);
		html_add(out, b->why);
		html_cell_end(out);
		buf_add_cstr(out, "</tr>");
	}
	buf_add_cstr(out, "</tbody></table>\n");
}

void html_evidence(struct buf *out, uint64_t seq)
{
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(seq, id);
	buf_add_cstr(out, id);
}
