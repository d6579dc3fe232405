/* Reads the properties of an event, and works its days out. */
#include "ics_event.h"
#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <stdlib.h>

#define EVENT_DAYS_MAX 366

void ics_event_finish(struct ics_event *e)
{
	buf_finish(&e->summary);
	free(e->excluded);
	*e = (struct ics_event){0};
}

static int bad_value(const struct ics_property *p, const char *expected, struct error *err)
{
	return error_set(err, ERROR_CONFIG, "%.*s '%.*s' is not understood, expected %s",
		STR_ARG(p->name), STR_ARG(str_slice(p->value, 0, 80)), expected);
}

static int read_start(struct ics_event *e, const struct ics_property *p, struct error *err)
{
	if (!ics_date_parse(p->value, &e->start, &e->has_time))
		return bad_value(p, "a date such as 20261224", err);
	e->has_start = true;
	return 0;
}

static int read_end(struct ics_event *e, const struct ics_property *p, struct error *err)
{
	bool has_time;
	if (!ics_date_parse(p->value, &e->end, &has_time))
		return bad_value(p, "a date such as 20261225", err);
	e->has_end = true;
	return 0;
}

/* "P3D", "P1W"; one with hours belongs to an event with a time. */
static int read_duration(struct ics_event *e, const struct ics_property *p, struct error *err)
{
	struct str s = p->value;
	size_t time_at;
	uint64_t number;
	bool weeks = str_ends(s, STR("W"));
	if (str_starts(s, STR("P")) && (weeks || str_ends(s, STR("D"))) &&
		str_to_u64(str_slice(s, 1, s.len - 1), EVENT_DAYS_MAX, &number) && number > 0) {
		e->days = (int64_t)number * (weeks ? 7 : 1);
		return 0;
	}
	return str_find(s, STR("T"), &time_at) ? 0 : bad_value(p, "days such as P1D", err);
}

/* Undoes the escapes (RFC 5545, 3.3.11); a name is one line. */
static int read_summary(struct ics_event *e, const struct ics_property *p, struct error *err)
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
	buf_clear(&e->summary);
	utf8_repair(str_trim(buf_str(&text)), &e->summary);
	bool failed = text.failed || e->summary.failed;
	buf_finish(&text);
	return failed ? error_memory(err) : 0;
}

static int read_status(struct ics_event *e, const struct ics_property *p, struct error *err)
{
	(void)err;
	e->cancelled = str_eq_nocase(p->value, STR("CANCELLED"));
	return 0;
}

static int read_repeat(struct ics_event *e, const struct ics_property *p, struct error *err)
{
	if (e->repeats)
		return error_set(err, ERROR_CONFIG, "a second RRULE in one event");
	e->repeats = true;
	return ics_repeat_parse(p->value, &e->repeat, err);
}

static int read_excluded(struct ics_event *e, const struct ics_property *p, struct error *err)
{
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

static int refuse(struct ics_event *e, const struct ics_property *p, struct error *err)
{
	(void)e;
	return error_set(err, ERROR_CONFIG, "%.*s is not understood, expected one event for each",
		STR_ARG(p->name));
}

static const struct {
	const char *name;
	int (*read)(struct ics_event *e, const struct ics_property *p, struct error *err);
} properties[] = {
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

int ics_event_read(struct ics_event *e, const struct ics_property *p, struct error *err)
{
	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
		if (str_eq_nocase(p->name, str_from(properties[i].name)))
			return properties[i].read(e, p, err);
	}
	return 0;
}

/* What an event's days are added with. */
struct target {
	const struct ics_event *event;
	const char *name;
	int64_t length_days;
	int64_t left; /* occurrences of COUNT; negative: without end */
	struct days_off *out;
};

static int occurrence_add(struct target *t, int64_t first, struct error *err)
{
	for (size_t i = 0; i < t->event->excluded_count; i++) {
		if (t->event->excluded[i] == first)
			return 0;
	}
	for (int64_t day = first; day < first + t->length_days; day++) {
		if (days_off_add(t->out, day, t->name, err) < 0)
			return -1;
	}
	return 0;
}

static int month_add(struct target *t, struct date start, int year, int month, struct error *err)
{
	int length = date_days_in_month(year, month);
	for (int day = 1; day <= length && t->left != 0; day++) {
		struct date date = {year, month, day};
		if (!ics_repeat_on(&t->event->repeat, start, date))
			continue;
		t->left--;
		if (occurrence_add(t, date_to_days(date), err) < 0)
			return -1;
	}
	return 0;
}

static int occurrences_add(struct target *t, struct error *err)
{
	const struct ics_repeat *repeat = &t->event->repeat;
	struct date start = date_from_days(t->event->start);
	int last_year = LIMIT_CALENDAR_LAST_YEAR;
	if (repeat->has_until && date_from_days(repeat->until).year < last_year)
		last_year = date_from_days(repeat->until).year;
	t->left = repeat->count > 0 ? repeat->count : -1;
	for (int year = start.year; year <= last_year && t->left != 0; year += repeat->interval) {
		for (int month = 1; month <= 12; month++) {
			if (ics_repeat_in_month(repeat, start, month) &&
				month_add(t, start, year, month, err) < 0)
				return -1;
		}
	}
	return 0;
}

int ics_event_add_days(const struct ics_event *e, struct days_off *out, struct error *err)
{
	if (!e->has_start)
		return error_set(err, ERROR_CONFIG, "an event without DTSTART");
	if (e->has_time || e->cancelled)
		return 0;
	struct target target = {.event = e, .length_days = e->days ? e->days : 1, .out = out};
	if (e->has_end && e->end != e->start)
		target.length_days = e->end - e->start;
	if (target.length_days < 1 || target.length_days > EVENT_DAYS_MAX)
		return error_set(err, ERROR_CONFIG,
			"an event of %lld days, expected 1 to %d (DTEND is the day after)",
			(long long)target.length_days, EVENT_DAYS_MAX);
	struct str name = e->summary.len > 0 ? buf_str(&e->summary) : STR("Holiday");
	target.name = arena_cstr(&out->arena, name);
	if (!target.name)
		return error_memory(err);
	return e->repeats ? occurrences_add(&target, err) : occurrence_add(&target, e->start, err);
}
