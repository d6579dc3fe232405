/* One incident on the page: when, the words in their sentence, what matched, and the proof. */
#include "html.h"

#include "base/html.h"
#include "wording.h"

static void add_remark(const struct pen *p, bool holds, enum phrase words)
{
	if (!holds)
		return;
	buf_add_cstr(p->out, " <span class=\"soft\">(");
	say(p, words);
	buf_add_cstr(p->out, ")</span>");
}

/* A line of its own below a finding: what it is, and words of the owner's. */
static void add_more(const struct pen *p, enum phrase name, struct str words)
{
	if (!words.len)
		return;
	buf_add_cstr(p->out, "<br><span class=\"why small\">");
	say(p, name);
	buf_add_char(p->out, ' ');
	html_add(p->out, words);
	buf_add_cstr(p->out, "</span>");
}

static void add_finding(const struct pen *p, const struct incident_finding *f)
{
	buf_add_format(p->out, "<li><span class=\"severity v%d\">", f->severity);
	chart_severity(p->out, f->severity);
	say(p, phrase_of_severity(f->severity));
	buf_add_cstr(p->out, "</span> \xc2\xb7 ");
	say(p, phrase_of_sign(f->sign));
	buf_add_cstr(p->out, " \xc2\xb7 ");
	say(p, PHRASE_MATCHED_RULE_LOW);
	buf_add_cstr(p->out, " <code>");
	html_add(p->out, f->rule);
	buf_add_cstr(p->out, "</code>");
	add_remark(p, f->status == RULE_SHADOW, PHRASE_SHADOW);
	add_remark(p, f->unsure, PHRASE_UNSURE);
	add_remark(p, f->mark != MARK_NONE, phrase_of_mark(f->mark));
	if (f->why.len) {
		buf_add_cstr(p->out, "<br><span class=\"why small\">");
		say_reason(p, f);
		buf_add_cstr(p->out, "</span>");
	}
	add_more(p, PHRASE_EXCEPTED, f->consent);
	add_more(p, PHRASE_NAMES, f->named);
	add_more(p, PHRASE_NOTE, f->note);
	html_close(p, "li");
}

/* What a sequence is made of; messages that are incidents themselves are linked to. */
static void add_members(const struct pen *p, const struct html_lane *lane, const struct incident *x)
{
	html_open(p, "p", "soft small");
	say(p, PHRASE_MADE_OF);
	for (size_t i = 0; i < x->member_count; i++) {
		const struct report_member *m = &x->members[i];
		buf_add_cstr(p->out, i ? ", " : " ");
		bool linked = html_incident_link(p, lane, m->evidence);
		html_message(p, m->evidence);
		buf_add_cstr(p->out, linked ? "</a> (" : " (");
		say_fill(p, fill_date(m->at));
		buf_add_char(p->out, ')');
	}
	html_close(p, "p");
}

static void add_octets(const struct pen *p, const struct incident *x)
{
	static const struct {
		enum phrase words;
		const char *classes;
	} states[] = {
		[OCTETS_CANNOT_TELL] = {PHRASE_OCTETS_CANNOT_TELL, "state"},
		[OCTETS_VERIFIED] = {PHRASE_OCTETS_VERIFIED, "state ok"},
		[OCTETS_ALTERED] = {PHRASE_OCTETS_ALTERED, "state bad"},
	};
	html_element(p, "span", states[x->octets].classes, states[x->octets].words);
	buf_add_cstr(p->out, " \xc2\xb7 ");
	if (x->signer.len)
		SAY(p, PHRASE_SIGNED_BY, fill_text(x->signer));
	else
		say(p, PHRASE_SIGNED_CANNOT_TELL);
}

static void add_proof(const struct pen *p, const struct incident *x)
{
	char sum[SHA256_HEX_SIZE];
	html_open(p, "p", "proof");
	say(p, PHRASE_EVIDENCE);
	buf_add_cstr(p->out, " <span class=\"mono\">");
	html_message(p, x->evidence);
	buf_add_cstr(p->out, "</span> \xc2\xb7 ");
	if (x->member_count) {
		say(p, phrase_of_dating(x->absence));
		html_close(p, "p");
		return;
	}
	SAY(p, PHRASE_CLOCK, fill_phrase(phrase_of_clock(x->clock_used, x->clock_agreed)));
	html_export(p, x->exported, x->differs);
	buf_add_cstr(p->out, " \xc2\xb7 ");
	add_octets(p, x);
	sha256_hex(&x->sum, sum);
	buf_add_format(p->out, "<br>SHA-256 <span class=\"mono sum\">%s</span></p>", sum);
}

static void add_sender(const struct pen *p, const struct incident *x)
{
	buf_add_cstr(p->out, "<p class=\"soft small\"><bdi>");
	html_add(p->out, x->from);
	buf_add_cstr(p->out, "</bdi>");
	say_mark(p, ':');
	if (x->subject.len) {
		buf_add_cstr(p->out, "<bdi>");
		html_add(p->out, x->subject);
		buf_add_cstr(p->out, "</bdi>");
	} else {
		say(p, PHRASE_NO_SUBJECT);
	}
	buf_add_cstr(p->out, "</p>");
}

void html_incident(const struct pen *p, const struct html_lane *lane, const struct incident *x)
{
	buf_add_format(p->out, "<li class=\"worst%d\" id=\"c%zu-%s%llu\"><p class=\"when\">",
		incident_worst(x), lane->client, lane->name, (unsigned long long)x->evidence);
	html_moment(p, x->at);
	if (x->has_period)
		html_element(p, "span", NULL, phrase_of_period(x->period));
	if (x->direction == DIRECTION_OUT)
		html_element(p, "span", NULL, PHRASE_MY_OWN_WORDS);
	if (x->member_count)
		html_element(p, "span", NULL, PHRASE_OVER_TIME);
	buf_add_cstr(p->out, "</p>");
	if (x->member_count)
		add_members(p, lane, x);
	else
		add_sender(p, x);
	for (size_t i = 0; i < x->passage_count; i++)
		html_passage(p, &x->passages[i]);
	html_open(p, "ul", "matched");
	for (size_t i = 0; i < x->finding_count; i++)
		add_finding(p, &x->findings[i]);
	html_close(p, "ul");
	add_proof(p, x);
	buf_add_cstr(p->out, "</li>\n");
	html_pass_on(p);
}
