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

static void write_causes(struct json_writer *w, const struct risk *risk)
{
	json_array(w, "causes");
	for (size_t i = 0; i < risk->cause_count; i++) {
		const struct risk_cause *c = &risk->causes[i];
		char day[16];
		struct date d = date_from_days(c->day);
		snprintf(day, sizeof(day), "%04d-%02d-%02d", d.year, d.month, d.day);
		json_object(w, NULL);
		write_evidence(w, "evidence", c->evidence);
		json_cstr(w, "day", day);
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

static void write_passages(struct json_writer *w, const struct incident *x)
{
	json_array(w, "passages");
	for (size_t i = 0; i < x->passage_count; i++) {
		const struct passage *p = &x->passages[i];
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
		write_passages(w, x);
		json_array(w, "findings");
		for (size_t k = 0; k < x->finding_count; k++)
			write_finding(w, &x->findings[k]);
		json_array_end(w);
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
	json_object(w, "findings");
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		if (c->findings[i])
			json_int(w, sign_name((enum sign)i), (int64_t)c->findings[i]);
	json_object_end(w);
	write_time(w, "first_at", c->messages, c->first);
	write_time(w, "last_at", c->messages, c->last);
	write_time(w, "last_finding_at", c->finding_sum, c->last_finding);
	json_array(w, "heat");
	for (int day = 0; day < 7; day++) {
		json_array(w, NULL);
		for (int hour = 0; hour < 24; hour++)
			json_int(w, NULL, (int64_t)c->heat[day][hour]);
		json_array_end(w);
	}
	json_array_end(w);
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
