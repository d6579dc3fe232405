/* Before and at the decision, as text. */
#include "text.h"

#include "base/clock.h"
#include "decision_words.h"
#include "model/record.h"

static struct pen pen_on(const struct paper *p, struct buf *line)
{
	return (struct pen){.out = line, .tongue = p->tongue};
}

static void put_pen(const struct paper *p, struct pen *pen)
{
	size_t column = 0;
	paragraph_add(p->sink, INK_PLAIN, buf_str(pen->out), 0, &column);
	put(p->sink, INK_PLAIN, "\n");
	buf_clear(pen->out);
}

static void put_language(const struct paper *p, const struct decision *d)
{
	struct buf line = {0};
	size_t column = 0;
	decision_say_language(&(const struct pen){.out = &line, .tongue = p->tongue}, d);
	paragraph_add(p->sink, INK_DIM, buf_str(&line), 0, &column);
	put(p->sink, INK_PLAIN, "\n");
	buf_finish(&line);
}

static void grid_add_pen(struct grid *g, struct pen *pen)
{
	grid_add(g, INK_PLAIN, buf_str(pen->out));
	buf_clear(pen->out);
}

static void add_rate(struct grid *g, struct pen *pen, uint64_t count, int64_t days, bool known)
{
	if (known && days)
		SAY(pen, PHRASE_RATE, fill_count(count), fill_counted(PHRASE_DAYS, (uint64_t)days),
			fill_tenths(weekly_tenths(count, days)));
	grid_add_pen(g, pen);
}

static void add_mending(
	struct grid *g, const struct paper *p, struct pen *pen, const struct mending *m)
{
	grid_fill(g, p, INK_PLAIN, fill_phrase(phrase_of_sign(m->sign)));
	if (m->told)
		grid_fill(g, p, INK_PLAIN, fill_count(m->told));
	else
		grid_fill(g, p, INK_PLAIN, fill_phrase(PHRASE_NOT_TOLD));
	add_rate(g, pen, m->before, m->before_days, m->told);
	add_rate(g, pen, m->since, m->since_days, m->told);
	grid_fill(g, p, INK_PLAIN, fill_phrase(phrase_of_effect(m->effect)));
}

static int put_mendings(
	const struct paper *p, const struct decision *d, struct pen *pen, struct error *err)
{
	static const enum phrase titles[] = {
		PHRASE_SIGN, PHRASE_TOLD, PHRASE_BEFORE, PHRASE_SINCE, PHRASE_OUTCOME};
	struct grid g = {.columns = 5};
	text_heading(p, PHRASE_MENDING);
	if (!d->boundary_count)
		text_paragraph(p, INK_PLAIN, PHRASE_MENDING_NONE);
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		grid_fill(&g, p, INK_DIM, fill_phrase(titles[i]));
	for (size_t i = 0; i < d->mending_count; i++)
		add_mending(&g, p, pen, &d->mendings[i]);
	return grid_end(&g, p->sink, err);
}

static int put_next(
	const struct paper *p, const struct decision *d, struct pen *pen, struct error *err)
{
	const struct letter_words *words = letter_words_whole(str_from(tongue_codes[p->tongue]));
	struct grid g = {.columns = 3};
	text_heading(p, PHRASE_TRY_NEXT);
	for (size_t i = 0, shown = 0; i < d->mending_count && shown < ADVICE_MOST; i++) {
		const struct mending *m = &d->mendings[i];
		if (!m->tenths)
			continue;
		grid_fill(&g, p, INK_PLAIN, fill_phrase(phrase_of_sign(m->sign)));
		if (m->evidence)
			grid_evidence(&g, m->evidence);
		else
			grid_add_cstr(&g, INK_PLAIN, "");
		decision_advise(pen, words, m);
		grid_add_pen(&g, pen);
		shown++;
	}
	return grid_end(&g, p->sink, err);
}

static void add_row(struct grid *g, const struct paper *p, enum phrase name, struct pen *pen)
{
	grid_fill(g, p, INK_DIM, fill_phrase(name));
	grid_add_pen(g, pen);
}

static void add_fill(struct grid *g, const struct paper *p, enum phrase name, struct fill fill)
{
	grid_fill(g, p, INK_DIM, fill_phrase(name));
	grid_fill(g, p, INK_PLAIN, fill);
}

static void add_list(
	struct grid *g, const struct paper *p, enum phrase name, const struct strs *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			grid_add_cstr(g, INK_PLAIN, "");
		else
			grid_fill(g, p, INK_DIM, fill_phrase(name));
		grid_add(g, INK_PLAIN, list->items[i]);
	}
}

static void add_days(struct grid *g, const struct paper *p, enum phrase name, int days)
{
	if (days)
		add_fill(g, p, name, fill_counted(PHRASE_DAYS, (uint64_t)days));
}

static void add_contract(struct grid *g, const struct paper *p, const struct contract *k)
{
	if (k->has_signed)
		add_fill(g, p, PHRASE_SIGNED, fill_short_day(date_to_days(k->signed_on)));
	add_list(g, p, PHRASE_INCLUDES, &k->includes);
	add_list(g, p, PHRASE_EXCLUDES, &k->excludes);
	add_days(g, p, PHRASE_PAYMENT, k->payment_days);
	add_days(g, p, PHRASE_NOTICE, k->notice_days);
	if (k->revisions)
		add_fill(g, p, PHRASE_REVISIONS, fill_count((uint64_t)k->revisions));
	if (k->rate.len)
		add_fill(g, p, PHRASE_RATE_TITLE, fill_text(k->rate));
}

/* What was said, and the message that shows it. */
static void put_proof(const struct paper *p, uint64_t evidence, struct pen *pen)
{
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(evidence, id);
	buf_add_format(pen->out, " %s", id);
	put_pen(p, pen);
}

static int put_settling(
	const struct paper *p, const struct decision *d, struct pen *pen, struct error *err)
{
	struct grid g = {.columns = 2}, open = {.columns = 4};
	text_heading(p, PHRASE_SETTLE);
	decision_income(pen, d);
	add_row(&g, p, PHRASE_INCOME_SHARE, pen);
	decision_last_day(pen, d);
	add_row(&g, p, PHRASE_LAST_DAY, pen);
	add_list(&g, p, PHRASE_OWED, &d->plan.owed);
	add_list(&g, p, PHRASE_I_OWE, &d->plan.i_owe);
	if (grid_end(&g, p->sink, err) < 0)
		return -1;
	if (d->has_paid) {
		SAY(pen, PHRASE_PAID_ON, fill_date(d->paid));
		put_proof(p, d->paid_evidence, pen);
	}
	if (d->open_count)
		text_paragraph(
			p, INK_DIM, d->has_paid ? PHRASE_PAYMENT_SINCE : PHRASE_PAYMENT_NEVER);
	for (size_t i = 0; i < d->open_count; i++) {
		grid_fill(&open, p, INK_PLAIN, fill_date(d->open[i].at));
		grid_evidence(&open, d->open[i].evidence);
		grid_add(&open, INK_PLAIN, d->open[i].rule);
		grid_add(&open, INK_PLAIN, d->open[i].named);
	}
	return grid_end(&open, p->sink, err);
}

static int put_terms(
	const struct paper *p, const struct decision *d, struct pen *pen, struct error *err)
{
	struct grid g = {.columns = 2}, mails = {.columns = 4};
	text_heading(p, PHRASE_TERMS);
	if (d->plan.contract.present)
		add_contract(&g, p, &d->plan.contract);
	else if (!d->agreement_count)
		text_paragraph(p, INK_PLAIN, PHRASE_NO_TERMS);
	if (grid_end(&g, p->sink, err) < 0)
		return -1;
	if (d->agreement_count)
		text_paragraph(p, INK_DIM, PHRASE_AGREEMENTS);
	for (size_t i = 0; i < d->agreement_count; i++) {
		grid_fill(&mails, p, INK_PLAIN, fill_date(d->agreements[i].at));
		grid_evidence(&mails, d->agreements[i].evidence);
		say_agreements(pen, d->agreements[i].kinds);
		grid_add_pen(&mails, pen);
		grid_add(&mails, INK_PLAIN, d->agreements[i].subject);
	}
	return grid_end(&mails, p->sink, err);
}

static void put_words(const struct paper *p, const struct decision *d)
{
	struct str rest = d->letter, line;
	text_heading(p, PHRASE_CALL);
	text_paragraph(p, INK_DIM, PHRASE_CALL_WHY);
	for (size_t i = 0; i < 5; i++) {
		size_t column = 3;
		put(p->sink, INK_PLAIN, "%zu. ", i + 1);
		paragraph_add(p->sink, INK_PLAIN, d->call[i], 3, &column);
		put(p->sink, INK_PLAIN, "\n");
	}
	text_heading(p, PHRASE_LETTER);
	put_language(p, d);
	put_visible(p->sink, INK_BOLD, d->subject);
	put(p->sink, INK_PLAIN, "\n\n");
	while (str_line(&rest, &line)) {
		size_t column = 0;
		paragraph_add(p->sink, INK_PLAIN, line, 0, &column);
		put(p->sink, INK_PLAIN, "\n");
	}
	text_heading(p, PHRASE_OFFER);
	size_t column = 0;
	paragraph_add(p->sink, INK_PLAIN,
		str_from(letter_words_whole(str_from(tongue_codes[p->tongue]))->offer), 0, &column);
	put(p->sink, INK_PLAIN, "\n");
}

static int put_decision(
	const struct paper *p, const struct report_client *c, struct pen *pen, struct error *err)
{
	const struct decision *d = c->decision;
	text_paragraph(p, INK_DIM, PHRASE_DECISION_YOURS);
	if (put_mendings(p, d, pen, err) < 0)
		return -1;
	if (decision_mends(c) && put_next(p, d, pen, err) < 0)
		return -1;
	if (d->cooling != COOLING_NONE) {
		text_heading(p, PHRASE_COOLING_TITLE);
		decision_cooling(pen, d, p->now);
		put_pen(p, pen);
	}
	if (!decision_open(d, p->now))
		return 0;
	if (put_settling(p, d, pen, err) < 0 || put_terms(p, d, pen, err) < 0)
		return -1;
	put_words(p, d);
	return 0;
}

int text_decision(const struct paper *p, const struct report_client *c, struct error *err)
{
	struct buf line = {0};
	struct pen pen = pen_on(p, &line);
	int result = 0;
	if (p->for_others || !decision_shown(c))
		return 0;
	bool good = c->decision->good;
	text_heading(p, good ? PHRASE_GOOD_TITLE : PHRASE_DECISION);
	if (good) {
		decision_praise(&pen, c);
		put_pen(p, &pen);
	} else {
		result = put_decision(p, c, &pen, err);
	}
	if (!result && line.failed)
		result = error_memory(err);
	buf_finish(&line);
	return result;
}
