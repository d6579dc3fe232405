/* The report for programs: JSON Lines, one object a client. */
#include "writers.h"

#include "base/clock.h"
#include "base/json.h"
#include "decision_words.h"
#include "model/record.h"
#include "report/coverage.h"
#include <stdio.h>

static void write_time(struct json_writer *w, const char *key, bool known, struct report_time t)
{
	char text[TIME_TEXT_SIZE];
	if (known)
		time_format(t.at_us, t.offset_min, t.zulu, text);
	json_cstr(w, key, known ? text : NULL);
}

static void write_evidence(struct json_writer *w, const char *key, uint64_t seq)
{
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(seq, id);
	json_cstr(w, key, id);
}

static void write_day(struct json_writer *w, const char *key, int64_t day)
{
	char text[16];
	struct date d = date_from_days(day);
	snprintf(text, sizeof(text), "%04d-%02d-%02d", d.year, d.month, d.day);
	json_cstr(w, key, text);
}

static void write_causes(struct json_writer *w, const struct risk *risk)
{
	json_array(w, "causes");
	for (size_t i = 0; i < risk->cause_count; i++) {
		const struct risk_cause *c = &risk->causes[i];
		json_object(w, NULL);
		write_evidence(w, "evidence", c->evidence);
		write_day(w, "day", c->day);
		json_str(w, "rule", c->rule);
		json_cstr(w, "sign", sign_name(c->sign));
		json_int(w, "severity", c->severity);
		json_tenths(w, "points", c->tenths);
		json_str(w, "why", c->why);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_finding(struct json_writer *w, const struct incident_finding *f)
{
	json_object(w, NULL);
	json_str(w, "rule", f->rule);
	json_str(w, "rule_hash", f->rule_hash);
	json_cstr(w, "sign", sign_name(f->sign));
	json_int(w, "severity", f->severity);
	json_cstr(w, "status", f->status == RULE_SHADOW ? "shadow" : "live");
	json_str(w, "text", f->text);
	json_str(w, "why", f->why);
	json_str(w, "consent", f->consent);
	captured_write(w, &f->captured);
	json_bool(w, "unsure", f->unsure);
	json_cstr(w, "mark", f->mark ? mark_name(f->mark) : NULL);
	json_object_end(w);
}

static void write_passages(struct json_writer *w, const struct passage *passages, size_t count)
{
	json_array(w, "passages");
	for (size_t i = 0; i < count; i++) {
		const struct passage *p = &passages[i];
		json_object(w, NULL);
		json_str(w, "text", p->text);
		json_array(w, "marked");
		for (size_t k = 0; k < p->mark_count; k++) {
			json_array(w, NULL);
			json_int(w, NULL, (int64_t)p->marks[k].start);
			json_int(w, NULL, (int64_t)p->marks[k].end);
			json_array_end(w);
		}
		json_array_end(w);
		json_object_end(w);
	}
	json_array_end(w);
}

/* What stands behind an incident: a message's clocks and octets, or a sequence's messages. */
static void write_origin(struct json_writer *w, const struct incident *x)
{
	char sum[SHA256_HEX_SIZE];
	bool message = !x->member_count;
	sha256_hex(&x->sum, sum);
	json_cstr(w, "clock", message ? clock_kind_name(x->clock_used) : NULL);
	json_cstr(w, "clock_state", !message ? NULL : x->clock_agreed ? "agreed" : "disputed");
	json_bool(w, "exported", x->exported);
	if (x->differs)
		write_evidence(w, "differs", x->differs);
	else
		json_null(w, "differs");
	json_cstr(w, "period", x->has_period ? period_name(x->period) : NULL);
	json_str(w, "from", x->from);
	json_str(w, "subject", x->subject);
	json_cstr(w, "sha256", message ? sum : NULL);
	json_array(w, "members");
	for (size_t i = 0; i < x->member_count; i++)
		write_evidence(w, NULL, x->members[i].evidence);
	json_array_end(w);
}

static void write_incidents(
	struct json_writer *w, const char *key, const struct incident *all, size_t count)
{
	json_array(w, key);
	for (size_t i = 0; i < count; i++) {
		const struct incident *x = &all[i];
		json_object(w, NULL);
		write_evidence(w, "evidence", x->evidence);
		write_time(w, "at", true, x->at);
		json_cstr(w, "direction", direction_name(x->direction));
		write_origin(w, x);
		write_passages(w, x->passages, x->passage_count);
		json_array(w, "findings");
		for (size_t k = 0; k < x->finding_count; k++)
			write_finding(w, &x->findings[k]);
		json_array_end(w);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_signs(struct json_writer *w, const uint64_t *findings)
{
	json_object(w, "findings");
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		if (findings[i])
			json_int(w, sign_name((enum sign)i), (int64_t)findings[i]);
	json_object_end(w);
}

/* By weekday, Monday first, and hour. */
static void write_heat(struct json_writer *w, const char *key, const uint64_t heat[7][24])
{
	json_array(w, key);
	for (int day = 0; day < 7; day++) {
		json_array(w, NULL);
		for (int hour = 0; hour < 24; hour++)
			json_int(w, NULL, (int64_t)heat[day][hour]);
		json_array_end(w);
	}
	json_array_end(w);
}

static void write_replies(
	struct json_writer *w, const char *key, const struct report_replies *replies)
{
	json_object(w, key);
	json_int(w, "answers", (int64_t)replies->count);
	if (replies->count)
		json_int(w, "median_minutes", replies->median_min);
	else
		json_null(w, "median_minutes");
	json_object_end(w);
}

static void write_own(struct json_writer *w, const struct report_own *own)
{
	json_object(w, "own");
	json_int(w, "sent", (int64_t)own->sent);
	json_int(w, "outside_hours", (int64_t)own->outside);
	json_int(w, "night", (int64_t)own->night);
	json_int(w, "findings", (int64_t)own->findings);
	write_heat(w, "heat", own->heat);
	write_replies(w, "replies", &own->mine);
	json_object_end(w);
	write_replies(w, "replies", &own->theirs);
}

/* The figure on the days between which the page draws its line. */
static void write_course(struct json_writer *w, const struct report_client *c)
{
	json_array(w, "course");
	for (size_t i = 0; i < c->point_count; i++) {
		json_object(w, NULL);
		write_day(w, "day", c->points[i].day);
		json_tenths(w, "risk", c->points[i].tenths);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_weeks(struct json_writer *w, const struct report_client *c)
{
	json_array(w, "weeks");
	for (size_t i = 0; i < c->week_count; i++) {
		json_object(w, NULL);
		write_day(w, "monday", c->weeks[i].monday);
		json_int(w, "incoming", (int64_t)c->weeks[i].incoming);
		json_int(w, "findings", (int64_t)c->weeks[i].findings);
		json_int(w, "severity", c->weeks[i].worst);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_months(struct json_writer *w, const struct report_client *c)
{
	json_array(w, "months");
	for (size_t i = 0; i < c->month_count; i++) {
		char month[16];
		int number = (int)c->months[i].number;
		snprintf(month, sizeof(month), "%04d-%02d", number / 12, number % 12 + 1);
		json_object(w, NULL);
		json_cstr(w, "month", month);
		write_signs(w, c->months[i].findings);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_credits(struct json_writer *w, const struct report_client *c)
{
	static const char *const kinds[] = {
		[CREDIT_APOLOGY] = "apology", [CREDIT_PAID_ON_TIME] = "paid-on-time"};
	json_array(w, "credits");
	for (size_t i = 0; i < c->credit_count; i++) {
		const struct report_credit *x = &c->credits[i];
		json_object(w, NULL);
		json_cstr(w, "kind", kinds[x->kind]);
		write_evidence(w, "evidence", x->evidence);
		write_time(w, "at", true, x->at);
		write_passages(w, x->passages, x->passage_count);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_counts(struct json_writer *w, const struct report_client *c)
{
	json_int(w, "messages", (int64_t)c->messages);
	json_int(w, "incoming", (int64_t)c->incoming);
	json_int(w, "outside_hours", (int64_t)c->outside_hours);
	json_int(w, "outside_messages", (int64_t)c->outside_messages);
	write_signs(w, c->findings);
	write_time(w, "first_at", c->messages, c->first);
	write_time(w, "last_at", c->messages, c->last);
	write_time(w, "last_finding_at", c->finding_sum, c->last_finding);
	write_heat(w, "heat", c->heat);
	json_str(w, "their_zone", c->their_zone);
	write_heat(w, "their_heat", c->their_heat);
	write_own(w, &c->own);
	write_course(w, c);
	write_weeks(w, c);
	write_months(w, c);
	write_credits(w, c);
}

static void write_exhibits(struct json_writer *w, const struct report_client *c)
{
	char sum[SHA256_HEX_SIZE];
	json_array(w, "supplied_by_owner");
	for (size_t i = 0; i < c->exhibit_count; i++) {
		const struct report_exhibit *e = &c->exhibits[i];
		sha256_hex(&e->sum, sum);
		json_object(w, NULL);
		write_evidence(w, "evidence", e->evidence);
		write_time(w, "at", true, e->at);
		json_str(w, "name", e->name);
		json_str(w, "note", e->note);
		json_cstr(w, "sha256", sum);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_blind_spots(struct json_writer *w, const struct report_client *c)
{
	json_array(w, "not_examined");
	for (size_t i = 0; i < c->blind_spot_count; i++) {
		json_object(w, NULL);
		write_evidence(w, "evidence", c->blind_spots[i].evidence);
		write_time(w, "at", true, c->blind_spots[i].at);
		json_str(w, "why", c->blind_spots[i].why);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_client(
	struct json_writer *w, const struct report *r, const struct report_client *c)
{
	json_object(w, NULL);
	json_int(w, "schema", 1);
	json_str(w, "client", c->id);
	json_str(w, "name", c->name);
	write_time(w, "as_of", true, r->as_of);
	json_tenths(w, "risk", c->risk.tenths);
	json_cstr(w, "band", band_name(c->risk.band));
	json_cstr(w, "trend", trend_name(c->trend));
	write_counts(w, c);
	write_causes(w, &c->risk);
	json_decision(w, r, c);
	write_incidents(w, "incidents", c->incidents, c->incident_count);
	write_incidents(w, "harmful_requests", c->harmful, c->harmful_count);
	write_exhibits(w, c);
	write_blind_spots(w, c);
	coverage_write(r->coverage, r->coverage_count, w);
	json_object_end(w);
}

int report_write_json(const struct report *r, const struct report_sink *sink, struct error *err)
{
	struct buf out = {0};
	int result = 0;
	for (size_t i = 0; i < r->client_count && !result; i++) {
		struct json_writer w;
		json_begin(&w, &out);
		write_client(&w, r, &r->clients[i]);
		buf_add_char(&out, '\n');
		result = sink_flush(sink, &out, err);
	}
	buf_finish(&out);
	return result;
}
