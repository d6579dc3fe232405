/* Before and at the decision, for programs. */
#include "report/decision.h"

#include "base/clock.h"
#include "base/json.h"
#include "decision_words.h"
#include "model/record.h"

#include <stdio.h>

static void write_day(struct json_writer *w, const char *key, bool known, int64_t day)
{
	char text[32];
	struct date d = date_from_days(day);
	snprintf(text, sizeof(text), "%04d-%02d-%02d", d.year, d.month, d.day);
	json_cstr(w, key, known ? text : NULL);
}

static void write_proof(struct json_writer *w, uint64_t evidence, struct report_time at)
{
	char id[EVIDENCE_NAME_SIZE], text[TIME_TEXT_SIZE];
	evidence_name(evidence, id);
	time_format(at.at_us, at.offset_min, at.zulu, text);
	json_cstr(w, "evidence", evidence ? id : NULL);
	json_cstr(w, "at", text);
}

static void write_mendings(struct json_writer *w, const struct decision *d)
{
	static const char *const effects[] = {
		"untold", "early", "unsure", "better", "same", "worse"};
	json_array(w, "mending");
	for (size_t i = 0; i < d->mending_count; i++) {
		const struct mending *m = &d->mendings[i];
		json_object(w, NULL);
		json_cstr(w, "sign", sign_name(m->sign));
		json_tenths(w, "points", m->tenths);
		json_int(w, "told", (int64_t)m->told);
		write_day(w, "first", m->told, m->first_day);
		write_day(w, "last", m->told, m->last_day);
		json_int(w, "before", (int64_t)m->before);
		json_int(w, "before_days", m->before_days);
		json_int(w, "since", (int64_t)m->since);
		json_int(w, "since_days", m->since_days);
		json_cstr(w, "effect", effects[m->effect]);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_boundaries(struct json_writer *w, const struct decision *d)
{
	static const char *const kinds[] = {"setting", "agreement", "words", "reminder", "reply"};
	json_array(w, "boundaries");
	for (size_t i = 0; i < d->boundary_count; i++) {
		const struct boundary *b = &d->boundaries[i];
		json_object(w, NULL);
		write_proof(w, b->evidence, b->at);
		json_cstr(w, "kind", kinds[b->kind]);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_cooling(struct json_writer *w, const struct decision *d)
{
	static const char *const states[] = {"none", "on", "over", "skipped"};
	json_object(w, "cooling_off");
	json_cstr(w, "state", states[d->cooling]);
	write_day(w, "entered", d->cooling != COOLING_NONE && d->entered_known, d->entered_day);
	write_day(w, "until", d->cooling != COOLING_NONE, d->cool_until_day);
	json_object_end(w);
}

static void write_strs(struct json_writer *w, const char *key, const struct strs *list)
{
	json_array(w, key);
	for (size_t i = 0; i < list->count; i++)
		json_str(w, NULL, list->items[i]);
	json_array_end(w);
}

static void write_open(struct json_writer *w, const struct decision *d)
{
	json_array(w, "open_payments");
	for (size_t i = 0; i < d->open_count; i++) {
		json_object(w, NULL);
		write_proof(w, d->open[i].evidence, d->open[i].at);
		json_str(w, "rule", d->open[i].rule);
		json_object_end(w);
	}
	json_array_end(w);
	json_array(w, "agreements");
	for (size_t i = 0; i < d->agreement_count; i++) {
		json_object(w, NULL);
		write_proof(w, d->agreements[i].evidence, d->agreements[i].at);
		json_str(w, "kinds", d->agreements[i].kinds);
		json_str(w, "subject", d->agreements[i].subject);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_words(struct json_writer *w, const struct decision *d)
{
	json_cstr(w, "reason", sign_name(d->reason));
	json_cstr(w, "lang", d->words->lang);
	json_array(w, "call");
	for (size_t i = 0; i < 5; i++)
		json_str(w, NULL, d->call[i]);
	json_array_end(w);
	json_str(w, "letter", d->letter);
}

void json_decision(struct json_writer *w, const struct report *r, const struct report_client *c)
{
	const struct decision *d = c->decision;
	if (r->for_others || !decision_shown(c)) {
		json_null(w, "decision");
		return;
	}
	json_object(w, "decision");
	json_bool(w, "good", d->good);
	write_mendings(w, d);
	write_boundaries(w, d);
	write_cooling(w, d);
	if (decision_open(d, r->now)) {
		int notice = d->plan.contract.notice_days;
		json_int(w, "income_share", d->plan.income_share);
		json_int(w, "notice_days", notice);
		write_day(w, "last_day", notice, d->plan.last_day);
		write_day(w, "last_working_day", notice, d->plan.last_working_day);
		write_strs(w, "owed", &d->plan.owed);
		write_strs(w, "i_owe", &d->plan.i_owe);
		write_open(w, d);
		write_words(w, d);
	}
	json_object_end(w);
}
