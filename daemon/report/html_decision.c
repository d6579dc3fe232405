/* Before and at the decision, on the page. */
#include "html.h"

#include "base/clock.h"
#include "base/html.h"
#include "decision_words.h"

#define BOUNDARIES_SHOWN 8

static void add_rate(
	const struct pen *p, enum phrase label, uint64_t count, int64_t days, bool known)
{
	html_cell(p, label, NULL);
	if (known)
		SAY(p, PHRASE_RATE, fill_count(count), fill_counted(PHRASE_DAYS, (uint64_t)days),
			fill_tenths(weekly_tenths(count, days)));
	else
		buf_add_cstr(p->out, "\xe2\x80\x93");
	html_cell_end(p);
}

static void add_told(const struct pen *p, const struct mending *m)
{
	html_cell(p, PHRASE_TOLD, NULL);
	if (!m->told)
		say(p, PHRASE_NOT_TOLD);
	else if (m->told == 1)
		SAY(p, PHRASE_TOLD_ONCE, fill_short_day(m->first_day));
	else
		SAY(p, PHRASE_TOLD_TIMES, fill_count(m->told), fill_short_day(m->first_day),
			fill_short_day(m->last_day));
	html_cell_end(p);
}

static void add_mending(const struct pen *p, const struct mending *m)
{
	buf_add_cstr(p->out, "<tr><th scope=\"row\">");
	say(p, phrase_of_sign(m->sign));
	buf_add_cstr(p->out, "</th>");
	add_told(p, m);
	add_rate(p, PHRASE_BEFORE, m->before, m->before_days, m->told && m->before_days);
	add_rate(p, PHRASE_SINCE, m->since, m->since_days, m->told && m->since_days);
	html_cell(p, PHRASE_OUTCOME, NULL);
	say(p, phrase_of_effect(m->effect));
	html_cell_end(p);
	buf_add_cstr(p->out, "</tr>\n");
}

static void add_boundaries(const struct pen *p, const struct decision *d)
{
	size_t skipped =
		d->boundary_count > BOUNDARIES_SHOWN ? d->boundary_count - BOUNDARIES_SHOWN : 0;
	html_open(p, "details", "printed");
	html_element(p, "summary", NULL, PHRASE_BOUNDARIES);
	html_open(p, "ul", NULL);
	for (size_t i = skipped; i < d->boundary_count; i++) {
		const struct boundary *b = &d->boundaries[i];
		html_open(p, "li", NULL);
		say_fill(p, fill_date(b->at));
		buf_add_cstr(p->out, " ");
		if (b->evidence)
			html_message(p, b->evidence);
		buf_add_cstr(p->out, b->evidence ? " " : "");
		say(p, phrase_of_boundary(b->kind));
		html_close(p, "li");
	}
	html_close(p, "ul");
	if (skipped)
		HTML_SAY(p, "p", "soft", PHRASE_BOUNDARIES_MORE, fill_count(skipped));
	html_close(p, "details");
	buf_add_char(p->out, '\n');
}

static void add_mendings(const struct pen *p, const struct decision *d)
{
	static const struct html_column columns[] = {{PHRASE_SIGN, false}, {PHRASE_TOLD, false},
		{PHRASE_BEFORE, false}, {PHRASE_SINCE, false}, {PHRASE_OUTCOME, false}};
	html_element(p, "h4", NULL, PHRASE_MENDING);
	if (!d->boundary_count)
		html_element(p, "p", NULL, PHRASE_MENDING_NONE);
	html_open(p, "table", "cards");
	html_element(p, "caption", NULL, PHRASE_MENDING_CAPTION);
	html_columns(p, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(p->out, "<tbody>");
	for (size_t i = 0; i < d->mending_count; i++)
		add_mending(p, &d->mendings[i]);
	buf_add_cstr(p->out, "</tbody></table>\n");
	if (d->boundary_count)
		add_boundaries(p, d);
}

static void add_advice(
	const struct pen *p, const struct letter_words *words, const struct mending *m)
{
	html_open(p, "li", NULL);
	html_open(p, "strong", NULL);
	say(p, phrase_of_sign(m->sign));
	html_close(p, "strong");
	say_mark(p, ':');
	decision_advise(p, words, m);
	if (m->evidence && m->effect != EFFECT_BETTER && m->effect != EFFECT_EARLY) {
		buf_add_cstr(p->out, " <span class=\"soft\">(");
		say(p, PHRASE_TRY_WORDS);
		buf_add_cstr(p->out, " <code>overstep reply ");
		html_evidence(p, m->evidence);
		buf_add_cstr(p->out, "</code>)</span>");
	}
	html_close(p, "li");
}

static void add_next(const struct pen *p, const struct decision *d)
{
	const struct letter_words *words = letter_words_whole(str_from(tongue_codes[p->tongue]));
	html_element(p, "h4", NULL, PHRASE_TRY_NEXT);
	html_open(p, "ul", NULL);
	for (size_t i = 0, shown = 0; i < d->mending_count && shown < ADVICE_MOST; i++)
		if (d->mendings[i].tenths) {
			add_advice(p, words, &d->mendings[i]);
			shown++;
		}
	html_close(p, "ul");
	buf_add_char(p->out, '\n');
}

static void begin_row(const struct pen *p, enum phrase name)
{
	buf_add_cstr(p->out, "<div>");
	html_element(p, "dt", NULL, name);
	html_open(p, "dd", NULL);
}

static void end_row(const struct pen *p)
{
	buf_add_cstr(p->out, "</dd></div>");
}

static void add_row(const struct pen *p, enum phrase name, struct fill fill)
{
	begin_row(p, name);
	say_fill(p, fill);
	end_row(p);
}

static void add_list(
	const struct pen *p, enum phrase name, const struct strs *list, const char *setting)
{
	if (!list->count && !setting)
		return;
	begin_row(p, name);
	if (!list->count)
		SAY(p, PHRASE_NOT_STATED, fill_text(str_from(setting)));
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			say_mark(p, ';');
		html_add(p->out, list->items[i]);
	}
	end_row(p);
}

static void add_payments(const struct pen *p, const struct decision *d)
{
	if (d->has_paid) {
		html_open(p, "p", NULL);
		SAY(p, PHRASE_PAID_ON, fill_date(d->paid));
		buf_add_char(p->out, ' ');
		html_message(p, d->paid_evidence);
		html_close(p, "p");
	}
	if (!d->open_count)
		return;
	html_element(p, "p", NULL, d->has_paid ? PHRASE_PAYMENT_SINCE : PHRASE_PAYMENT_NEVER);
	html_open(p, "ul", NULL);
	for (size_t i = 0; i < d->open_count; i++) {
		const struct late_payment *o = &d->open[i];
		html_open(p, "li", NULL);
		say_fill(p, fill_date(o->at));
		buf_add_char(p->out, ' ');
		html_message(p, o->evidence);
		buf_add_cstr(p->out, " <code>");
		html_add(p->out, o->rule);
		buf_add_cstr(p->out, "</code> ");
		html_add(p->out, o->named);
		html_close(p, "li");
	}
	html_close(p, "ul");
}

static void add_settling(const struct pen *p, const struct decision *d)
{
	const struct decision_plan *plan = &d->plan;
	html_element(p, "h4", NULL, PHRASE_SETTLE);
	html_open(p, "dl", "facts");
	begin_row(p, PHRASE_INCOME_SHARE);
	decision_income(p, d);
	end_row(p);
	begin_row(p, PHRASE_LAST_DAY);
	decision_last_day(p, d);
	end_row(p);
	add_list(p, PHRASE_OWED, &plan->owed, "owed");
	add_list(p, PHRASE_I_OWE, &plan->i_owe, "i_owe");
	html_close(p, "dl");
	add_payments(p, d);
}

static void add_contract(const struct pen *p, const struct contract *k)
{
	html_open(p, "dl", "facts");
	if (k->has_signed)
		add_row(p, PHRASE_SIGNED, fill_short_day(date_to_days(k->signed_on)));
	add_list(p, PHRASE_INCLUDES, &k->includes, NULL);
	add_list(p, PHRASE_EXCLUDES, &k->excludes, NULL);
	if (k->payment_days)
		add_row(p, PHRASE_PAYMENT, fill_counted(PHRASE_DAYS, (uint64_t)k->payment_days));
	if (k->notice_days)
		add_row(p, PHRASE_NOTICE, fill_counted(PHRASE_DAYS, (uint64_t)k->notice_days));
	if (k->revisions)
		add_row(p, PHRASE_REVISIONS, fill_count((uint64_t)k->revisions));
	if (k->rate.len)
		add_row(p, PHRASE_RATE_TITLE, fill_text(k->rate));
	html_close(p, "dl");
}

static void add_agreements(const struct pen *p, const struct decision *d)
{
	if (!d->agreement_count)
		return;
	html_element(p, "p", NULL, PHRASE_AGREEMENTS);
	html_open(p, "ul", NULL);
	for (size_t i = 0; i < d->agreement_count; i++) {
		const struct agreement *a = &d->agreements[i];
		html_open(p, "li", NULL);
		say_fill(p, fill_date(a->at));
		buf_add_char(p->out, ' ');
		html_message(p, a->evidence);
		buf_add_char(p->out, ' ');
		say_agreements(p, a->kinds);
		say_mark(p, ':');
		buf_add_cstr(p->out, "<span lang=\"\">");
		html_add(p->out, a->subject);
		buf_add_cstr(p->out, "</span>");
		html_close(p, "li");
	}
	html_close(p, "ul");
}

static void add_terms(const struct pen *p, const struct decision *d)
{
	html_element(p, "h4", NULL, PHRASE_TERMS);
	if (d->plan.contract.present)
		add_contract(p, &d->plan.contract);
	add_agreements(p, d);
	if (!d->plan.contract.present && !d->agreement_count)
		html_element(p, "p", NULL, PHRASE_NO_TERMS);
}

/* Its own line breaks as paragraphs and breaks. */
static void add_letter_text(const struct pen *p, struct str text)
{
	struct str line;
	bool open = false;
	while (str_line(&text, &line)) {
		if (!line.len) {
			buf_add_cstr(p->out, open ? "</p>" : "");
			open = false;
			continue;
		}
		buf_add_cstr(p->out, open ? "<br>" : "<p>");
		html_add(p->out, line);
		open = true;
	}
	buf_add_cstr(p->out, open ? "</p>" : "");
}

static void add_words(const struct pen *p, const struct decision *d)
{
	html_element(p, "h4", NULL, PHRASE_CALL);
	html_element(p, "p", "soft", PHRASE_CALL_WHY);
	buf_add_format(p->out, "<ol lang=\"%s\">", d->words->lang);
	for (size_t i = 0; i < 5; i++) {
		html_open(p, "li", NULL);
		html_add(p->out, d->call[i]);
		html_close(p, "li");
	}
	html_close(p, "ol");
	html_element(p, "h4", NULL, PHRASE_LETTER);
	html_open(p, "p", "soft");
	decision_say_language(p, d);
	html_close(p, "p");
	buf_add_format(p->out, "<blockquote lang=\"%s\"><p><strong>", d->words->lang);
	html_add(p->out, d->subject);
	buf_add_cstr(p->out, "</strong></p>");
	add_letter_text(p, d->letter);
	html_close(p, "blockquote");
	html_element(p, "h4", NULL, PHRASE_OFFER);
	html_open(p, "p", NULL);
	html_add(p->out, str_from(letter_words_whole(str_from(tongue_codes[p->tongue]))->offer));
	html_close(p, "p");
	buf_add_char(p->out, '\n');
}

void html_decision(const struct pen *p, const struct report *r, const struct report_client *c)
{
	const struct decision *d = c->decision;
	if (r->for_others || !decision_shown(c))
		return;
	html_open(p, "section", "decision");
	html_element(p, "h3", NULL, d->good ? PHRASE_GOOD_TITLE : PHRASE_DECISION);
	if (d->good) {
		html_open(p, "p", NULL);
		decision_praise(p, c);
		html_close(p, "p");
	} else {
		html_element(p, "p", "soft small", PHRASE_DECISION_YOURS);
		add_mendings(p, d);
		if (decision_mends(c))
			add_next(p, d);
	}
	if (d->cooling != COOLING_NONE) {
		html_element(p, "h4", NULL, PHRASE_COOLING_TITLE);
		html_open(p, "p", NULL);
		decision_cooling(p, d, r->now);
		html_close(p, "p");
	}
	if (decision_open(d, r->now)) {
		add_settling(p, d);
		add_terms(p, d);
		add_words(p, d);
	}
	html_close(p, "section");
	buf_add_char(p->out, '\n');
}
