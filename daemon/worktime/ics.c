/* Reads .ics files: unfolds lines, keeps to events, turns each into days. */
#include "ics.h"
#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "ics_repeat.h"
#include <stdlib.h>

#define EVENT_DAYS_MAX 366

struct property {
	struct str name;
	struct str value;
};

struct event {
	unsigned line;
	bool has_start, has_time, has_end, cancelled, repeats;
	int64_t start, end;
	int64_t days; /* DURATION; 0 unknown */
	const char *summary;
	struct ics_repeat repeat;
	int64_t *excluded;
	size_t excluded_count, excluded_cap;
};

struct reader {
	struct str rest;
	unsigned line; /* of what was read last, where it begins */
	unsigned next_line;
	struct buf unfolded;
	int depth;       /* components that are open */
	int event_depth; /* of the open VEVENT, 0 outside of one */
	size_t event_count;
	struct event event;
	struct days_off *out;
};

static int physical_line(struct reader *r, struct str *line)
{
	r->next_line++;
	return str_line(&r->rest, line);
}

/* A content line with its folds undone (RFC 5545, 3.1): 1, 0 at the end, -1 out of memory. */
static int content_line(struct reader *r, struct str *out)
{
	struct str line;
	buf_clear(&r->unfolded);
	r->line = r->next_line;
	if (!physical_line(r, &line))
		return 0;
	buf_add_str(&r->unfolded, line);
	while (r->rest.len > 0 && (r->rest.ptr[0] == ' ' || r->rest.ptr[0] == '\t')) {
		physical_line(r, &line);
		buf_add_str(&r->unfolded, str_slice(line, 1, line.len));
	}
	*out = buf_str(&r->unfolded);
	return r->unfolded.failed ? -1 : 1;
}

/* NAME;PARAMETER="a:b":VALUE; what a value is shows in its form, so parameters are passed over. */
static bool property_split(struct str line, struct property *out)
{
	bool quoted = false;
	size_t name_end = 0;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];
		if (c == '"')
			quoted = !quoted;
		if ((c == ';' || c == ':') && !quoted && name_end == 0)
			name_end = i;
		if (c == ':' && !quoted) {
			out->name = str_slice(line, 0, name_end);
			out->value = str_slice(line, i + 1, line.len);
			return name_end > 0;
		}
	}
	return false;
}

static int bad_value(const struct property *p, const char *expected, struct error *err)
{
	return error_set(err, ERROR_CONFIG, "%.*s '%.*s' is not understood, expected %s",
		STR_ARG(p->name), STR_ARG(str_slice(p->value, 0, 80)), expected);
}

static int read_start(struct reader *r, const struct property *p, struct error *err)
{
	if (!ics_date_parse(p->value, &r->event.start, &r->event.has_time))
		return bad_value(p, "a date such as 20261224", err);
	r->event.has_start = true;
	return 0;
}

static int read_end(struct reader *r, const struct property *p, struct error *err)
{
	bool has_time;
	if (!ics_date_parse(p->value, &r->event.end, &has_time))
		return bad_value(p, "a date such as 20261225", err);
	r->event.has_end = true;
	return 0;
}

/* "P3D", "P1W"; one with hours belongs to an event with a time. */
static int read_duration(struct reader *r, const struct property *p, struct error *err)
{
	struct str s = p->value;
	uint64_t number;
	bool weeks = str_ends(s, STR("W"));
	if (str_starts(s, STR("P")) && (weeks || str_ends(s, STR("D"))) &&
		str_to_u64(str_slice(s, 1, s.len - 1), EVENT_DAYS_MAX, &number) && number > 0) {
		r->event.days = (int64_t)number * (weeks ? 7 : 1);
		return 0;
	}
	return str_find(s, STR("T"), &(size_t){0}) ? 0 : bad_value(p, "days such as P1D", err);
}

static int read_summary(struct reader *r, const struct property *p, struct error *err)
{
	struct buf text = {0};
	for (size_t i = 0; i < p->value.len; i++) {
		char c = p->value.ptr[i];
		if (c == '\\' && i + 1 < p->value.len) {
			c = p->value.ptr[++i];
			if (c == 'n' || c == 'N')
				c = ' ';
		}
		buf_add_char(&text, (unsigned char)c < ' ' || c == 0x7f ? ' ' : c);
	}
	struct buf repaired = {0};
	utf8_repair(str_trim(buf_str(&text)), &repaired);
	if (repaired.len > 0)
		r->event.summary = arena_cstr(&r->out->arena, buf_str(&repaired));
	bool failed = text.failed || repaired.failed || !r->event.summary;
	buf_finish(&repaired);
	buf_finish(&text);
	return failed ? error_memory(err) : 0;
}

static int read_status(struct reader *r, const struct property *p, struct error *err)
{
	(void)err;
	r->event.cancelled = str_eq_nocase(p->value, STR("CANCELLED"));
	return 0;
}

static int read_repeat(struct reader *r, const struct property *p, struct error *err)
{
	if (r->event.repeats)
		return error_set(err, ERROR_CONFIG, "a second RRULE in one event");
	r->event.repeats = true;
	return ics_repeat_parse(p->value, &r->event.repeat, err);
}

static int read_excluded(struct reader *r, const struct property *p, struct error *err)
{
	struct event *e = &r->event;
	struct str rest = p->value, part;
	while (str_split(&rest, ',', &part)) {
		int64_t day;
		bool has_time;
		if (!ics_date_parse(part, &day, &has_time))
			return bad_value(p, "dates such as 20261224", err);
		if (array_room(&e->excluded, e->excluded_count, &e->excluded_cap,
			    sizeof(*e->excluded)) < 0)
			return error_memory(err);
		e->excluded[e->excluded_count++] = day;
	}
	return 0;
}

static int refuse(struct reader *r, const struct property *p, struct error *err)
{
	(void)r;
	return error_set(err, ERROR_CONFIG, "%.*s is not understood, expected one event for each",
		STR_ARG(p->name));
}

static const struct {
	const char *name;
	int (*read)(struct reader *r, const struct property *p, struct error *err);
} event_properties[] = {
	{"DTSTART", read_start},
	{"DTEND", read_end},
	{"DURATION", read_duration},
	{"SUMMARY", read_summary},
	{"STATUS", read_status},
	{"RRULE", read_repeat},
	{"EXDATE", read_excluded},
	{"RDATE", refuse},
	{"EXRULE", refuse},
	{"RECURRENCE-ID", refuse},
};

static int event_property(struct reader *r, const struct property *p, struct error *err)
{
	for (size_t i = 0; i < sizeof(event_properties) / sizeof(event_properties[0]); i++) {
		if (str_eq_nocase(p->name, str_from(event_properties[i].name)))
			return event_properties[i].read(r, p, err);
	}
	return 0;
}

static bool excluded(const struct event *e, int64_t day)
{
	for (size_t i = 0; i < e->excluded_count; i++) {
		if (e->excluded[i] == day)
			return true;
	}
	return false;
}

static int occurrence_add(struct reader *r, int64_t first, struct error *err)
{
	const struct event *e = &r->event;
	if (excluded(e, first))
		return 0;
	for (int64_t day = first; day < first + e->days; day++) {
		if (days_off_add(r->out, day, e->summary, err) < 0)
			return -1;
	}
	return 0;
}

static int month_add(
	struct reader *r, struct date start, int year, int month, int *left, struct error *err)
{
	const struct ics_repeat *repeat = &r->event.repeat;
	int length = date_days_in_month(year, month);
	for (int day = 1; day <= length && *left != 0; day++) {
		struct date date = {year, month, day};
		if (!ics_repeat_on(repeat, start, date))
			continue;
		if (*left > 0)
			--*left;
		if (occurrence_add(r, date_to_days(date), err) < 0)
			return -1;
	}
	return 0;
}

static int occurrences_add(struct reader *r, struct error *err)
{
	const struct ics_repeat *repeat = &r->event.repeat;
	struct date start = date_from_days(r->event.start);
	int last_year = LIMIT_CALENDAR_LAST_YEAR;
	if (repeat->has_until && date_from_days(repeat->until).year < last_year)
		last_year = date_from_days(repeat->until).year;
	int left = repeat->count > 0 ? repeat->count : -1;
	for (int year = start.year; year <= last_year && left != 0; year += repeat->interval) {
		for (int month = 1; month <= 12; month++) {
			if (ics_repeat_in_month(repeat, start, month) &&
				month_add(r, start, year, month, &left, err) < 0)
				return -1;
		}
	}
	return 0;
}

static int event_end(struct reader *r, struct error *err)
{
	struct event *e = &r->event;
	r->line = e->line; /* what is wrong now is wrong with the whole event */
	if (!e->has_start)
		return error_set(err, ERROR_CONFIG, "an event without DTSTART");
	if (e->has_time || e->cancelled)
		return 0;
	if (e->has_end)
		e->days = e->end == e->start ? 1 : e->end - e->start;
	else if (e->days == 0)
		e->days = 1;
	if (e->days < 1 || e->days > EVENT_DAYS_MAX)
		return error_set(err, ERROR_CONFIG,
			"an event of %lld days, expected 1 to %d (DTEND is the day after)",
			(long long)e->days, EVENT_DAYS_MAX);
	if (!e->summary)
		e->summary = "Holiday";
	return e->repeats ? occurrences_add(r, err) : occurrence_add(r, e->start, err);
}

static int component_begin(struct reader *r, struct str name, struct error *err)
{
	if (r->depth == 0 && !str_eq_nocase(name, STR("VCALENDAR")))
		return error_set(err, ERROR_CONFIG, "unexpected 'BEGIN:%.*s', expected VCALENDAR",
			STR_ARG(str_slice(name, 0, 80)));
	r->depth++;
	if (r->event_depth > 0 || !str_eq_nocase(name, STR("VEVENT")))
		return 0;
	if (++r->event_count > LIMIT_ICS_EVENTS)
		return error_set(err, ERROR_CONFIG, "more than %d events", LIMIT_ICS_EVENTS);
	free(r->event.excluded);
	r->event = (struct event){.line = r->line};
	r->event_depth = r->depth;
	return 0;
}

static int component_end(struct reader *r, struct error *err)
{
	bool event = r->depth == r->event_depth;
	r->depth--;
	if (!event)
		return 0;
	r->event_depth = 0;
	return event_end(r, err);
}

static int line_read(struct reader *r, struct str line, struct error *err)
{
	struct property p;
	if (str_trim(line).len == 0)
		return 0;
	if (!property_split(line, &p))
		return error_set(err, ERROR_CONFIG, "unexpected '%.*s', expected NAME:VALUE",
			STR_ARG(str_slice(line, 0, 80)));
	p.value = str_trim(p.value);
	if (str_eq_nocase(p.name, STR("BEGIN")))
		return component_begin(r, p.value, err);
	if (r->depth == 0)
		return error_set(err, ERROR_CONFIG, "unexpected '%.*s', expected BEGIN:VCALENDAR",
			STR_ARG(str_slice(p.name, 0, 80)));
	if (str_eq_nocase(p.name, STR("END")))
		return component_end(r, err);
	return r->depth == r->event_depth ? event_property(r, &p, err) : 0;
}

int ics_read(struct str bytes, const char *file, struct days_off *out, struct error *err)
{
	static const struct str byte_order_mark = {"\xef\xbb\xbf", 3};
	if (str_starts(bytes, byte_order_mark))
		bytes = str_slice(bytes, byte_order_mark.len, bytes.len);
	struct reader r = {.rest = bytes, .next_line = 1, .out = out};
	struct error why = {0};
	struct str line;
	int result, more;
	bool any = false;
	while ((more = content_line(&r, &line)) > 0) {
		result = line_read(&r, line, &why);
		if (result < 0)
			goto out;
		any = true;
	}
	result = -1;
	if (more < 0)
		error_memory(&why);
	else if (!any || r.depth > 0)
		error_set(&why, ERROR_CONFIG, "the file ends early, expected END:VCALENDAR");
	else
		result = 0;
out:
	if (result < 0 && why.kind == ERROR_CONFIG)
		error_at(err, why.kind, file, r.line, 0, "%s", why.text);
	else if (result < 0)
		error_memory(err);
	buf_finish(&r.unfolded);
	free(r.event.excluded);
	return result;
}
