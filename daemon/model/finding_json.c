/* A judgement as JSON, the form in which it is archived: read back, it is the same to the bit. */
#include "base/clock.h"
#include "codec.h"
#include "model/finding.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* RFC 3339 in UTC; with microseconds when there are any, so that nothing is lost. */
static void write_instant(struct json_writer *w, const char *key, int64_t at_us)
{
	char text[TIME_TEXT_SIZE + 8];
	int64_t fraction = at_us % SECOND_US;
	if (fraction < 0)
		fraction += SECOND_US;
	time_format(at_us, 0, true, text);
	if (fraction > 0)
		snprintf(text + strlen(text) - 1, 9, ".%06" PRId64 "Z", fraction);
	json_cstr(w, key, text);
}

/* "2026-11-22T21:40+01:00": civil day, hour, minute and offset of the moment. */
static void write_local(struct json_writer *w, const struct moment *m)
{
	char text[64];
	struct date d = date_from_days(m->day);
	int away = m->offset_min < 0 ? -m->offset_min : m->offset_min;
	snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d%c%02d:%02d", d.year, d.month, d.day,
		m->hour, m->minute, m->offset_min < 0 ? '-' : '+', away / 60, away % 60);
	json_cstr(w, "local", text);
}

static void write_moment(struct json_writer *w, const struct moment *m)
{
	json_cstr(w, "period", m ? period_name(m->period) : NULL);
	json_array(w, "properties");
	for (unsigned p = 0; m && p < PERIOD_COUNT; p++)
		if (m->properties & MOMENT_BIT(p))
			json_cstr(w, NULL, period_name((enum period)p));
	json_array_end(w);
	json_cstr(w, "why", m ? m->why : NULL);
	if (m)
		write_local(w, m);
	else
		json_null(w, "local");
	if (m && m->has_opening)
		write_instant(w, "next_opening", m->opening_at_us);
	else
		json_null(w, "next_opening");
}

void write_finding(struct json_writer *w, const char *key, const struct finding *f)
{
	json_object(w, key);
	json_str(w, "rule", f->rule);
	json_str(w, "rule_hash", f->rule_hash);
	json_cstr(w, "sign", sign_name(f->sign));
	json_int(w, "severity", f->severity);
	json_cstr(w, "status", rule_status_name(f->status));
	json_bool(w, "unsure", f->unsure);
	if (f->has_range) {
		json_int(w, "start", (int64_t)f->start);
		json_int(w, "end", (int64_t)f->end);
	} else {
		json_null(w, "start");
		json_null(w, "end");
	}
	json_str(w, "text", f->text);
	json_str(w, "why", f->why);
	json_str(w, "consent", f->consent);
	captured_write(w, &f->captured);
	json_object_end(w);
}

static void write_findings(
	struct json_writer *w, const char *key, const struct finding *findings, size_t count)
{
	json_array(w, key);
	for (size_t i = 0; i < count; i++)
		write_finding(w, NULL, &findings[i]);
	json_array_end(w);
}

void judgement_write_json(const struct judgement *j, struct buf *out)
{
	struct json_writer w;
	json_begin(&w, out);
	json_object(&w, NULL);
	write_examined(&w, j->examined, j->not_examined);
	json_str(&w, "author", j->author);
	write_moment(&w, j->has_mine ? &j->mine : NULL);
	if (j->has_theirs)
		json_cstr(&w, "client_period", j->theirs_working ? "working" : "outside");
	else
		json_null(&w, "client_period");
	json_str(&w, "client_why", j->has_theirs ? j->theirs_why : (struct str){NULL, 0});
	write_findings(&w, "findings", j->findings, j->finding_count);
	write_findings(&w, "markers", j->markers, j->marker_count);
	json_object_end(&w);
}

static int wrong(struct error *err, const char *key, struct str value)
{
	return error_set(err, ERROR_INPUT, "bad '%s' in a judgement: '%.*s'", key,
		STR_ARG(str_slice(value, 0, 60)));
}

static int read_local(struct str local, struct moment *m, struct error *err)
{
	int64_t at_us;
	int offset_min;
	if (!time_parse(local, &at_us, &offset_min))
		return wrong(err, "local", local);
	int64_t minutes = at_us / MINUTE_US + offset_min;
	int64_t of_day = (minutes % 1440 + 1440) % 1440;
	m->offset_min = offset_min;
	m->day = (minutes - of_day) / 1440;
	m->weekday = date_weekday(m->day);
	m->hour = (int)(of_day / 60);
	m->minute = (int)(of_day % 60);
	return 0;
}

static int read_properties(const struct json_value *list, struct moment *m, struct error *err)
{
	for (size_t i = 0; i < json_count(list); i++) {
		enum period p;
		struct str name = json_to_str(json_at(list, i));
		if (!period_parse(name, &p))
			return wrong(err, "properties", name);
		m->properties |= MOMENT_BIT(p);
	}
	return 0;
}

static int read_moment(const struct json_value *root, struct judgement *j, struct error *err)
{
	struct moment m = {0};
	struct str period = json_to_str(json_get(root, "period"));
	struct str why = json_to_str(json_get(root, "why"));
	const struct json_value *opening = json_get(root, "next_opening");
	if (json_is_null(json_get(root, "period")))
		return 0;
	if (!period_parse(period, &m.period))
		return wrong(err, "period", period);
	if (!why.ptr || why.len >= sizeof(m.why))
		return wrong(err, "why", why);
	memcpy(m.why, why.ptr, why.len);
	if (!json_is_null(opening)) {
		int offset_min;
		m.has_opening = true;
		if (!time_parse(json_to_str(opening), &m.opening_at_us, &offset_min))
			return wrong(err, "next_opening", json_to_str(opening));
	}
	if (read_properties(json_get(root, "properties"), &m, err) < 0 ||
		read_local(json_to_str(json_get(root, "local")), &m, err) < 0)
		return -1;
	j->has_mine = true;
	j->mine = m;
	return 0;
}

static int read_theirs(const struct json_value *root, struct judgement *j, struct error *err)
{
	struct str period = json_to_str(json_get(root, "client_period"));
	if (json_is_null(json_get(root, "client_period")))
		return 0;
	j->has_theirs = true;
	j->theirs_working = str_eq(period, STR("working"));
	if (!j->theirs_working && !str_eq(period, STR("outside")))
		return wrong(err, "client_period", period);
	return read_text(root, "client_why", &j->arena, &j->theirs_why, err);
}

static int read_range(const struct json_value *object, struct finding *f, struct error *err)
{
	uint64_t start, end;
	if (json_is_null(json_get(object, "start")) && json_is_null(json_get(object, "end")))
		return 0;
	if (read_number(object, "start", SIZE_MAX, &start, err) < 0 ||
		read_number(object, "end", SIZE_MAX, &end, err) < 0)
		return -1;
	if (end < start)
		return error_set(
			err, ERROR_INPUT, "bad 'end', expected %zu or more", (size_t)start);
	f->has_range = true;
	f->start = (size_t)start;
	f->end = (size_t)end;
	return 0;
}

int read_finding(
	const struct json_value *object, struct arena *arena, struct finding *f, struct error *err)
{
	uint64_t severity;
	struct str sign = json_to_str(json_get(object, "sign"));
	struct str status = json_to_str(json_get(object, "status"));
	if (!sign_parse(sign, &f->sign))
		return wrong(err, "sign", sign);
	f->status = str_eq(status, STR("live")) ? RULE_LIVE : RULE_SHADOW;
	if (!str_eq(status, str_from(rule_status_name(f->status))))
		return wrong(err, "status", status);
	if (read_text(object, "rule", arena, &f->rule, err) < 0 ||
		read_text(object, "rule_hash", arena, &f->rule_hash, err) < 0 ||
		read_number(object, "severity", 4, &severity, err) < 0 ||
		read_flag(object, "unsure", &f->unsure, err) < 0 ||
		read_range(object, f, err) < 0 ||
		read_text(object, "text", arena, &f->text, err) < 0 ||
		read_text(object, "why", arena, &f->why, err) < 0 ||
		read_text(object, "consent", arena, &f->consent, err) < 0 ||
		captured_read(object, arena, &f->captured, err) < 0)
		return -1;
	f->severity = (int)severity;
	return 0;
}

static int read_findings(const struct json_value *list, struct arena *arena,
	struct finding **findings, size_t *count, struct error *err)
{
	*count = json_count(list);
	*findings = arena_array(arena, *count, sizeof(**findings));
	if (!*findings)
		return error_memory(err);
	for (size_t i = 0; i < *count; i++)
		if (read_finding(json_at(list, i), arena, &(*findings)[i], err) < 0)
			return -1;
	return 0;
}

static int read_judgement(const struct json_value *root, struct judgement *j, struct error *err)
{
	if (read_examined(root, &j->arena, &j->examined, &j->not_examined, err) < 0 ||
		read_text(root, "author", &j->arena, &j->author, err) < 0 ||
		read_moment(root, j, err) < 0 || read_theirs(root, j, err) < 0 ||
		read_findings(json_get(root, "findings"), &j->arena, &j->findings,
			&j->finding_count, err) < 0)
		return -1;
	return read_findings(
		json_get(root, "markers"), &j->arena, &j->markers, &j->marker_count, err);
}

int judgement_read_value(const struct json_value *v, struct judgement *out, struct error *err)
{
	struct judgement j = {0};
	if (read_judgement(v, &j, err) < 0) {
		judgement_finish(&j);
		return -1;
	}
	*out = j;
	return 0;
}

int judgement_read_json(struct str json, struct judgement *out, struct error *err)
{
	struct json_document *document = NULL;
	if (json_parse(json, &document, err) < 0)
		return -1;
	int result = judgement_read_value(json_root(document), out, err);
	json_free(document);
	return result;
}
