/* Makes a worktime of a configuration's strings, or says what is wrong with one of them. */
#include "worktime/worktime.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "holidays.h"
#include "hours.h"
#include "ics.h"
#include <stdlib.h>

#define NIGHT_DEFAULT "22:00-07:00"

static int leave_date(struct str text, size_t at, struct date *out, struct error *err)
{
	if (date_parse(text, out) && date_valid(*out))
		return 0;
	return error_at(err, ERROR_CONFIG, NULL, 0, (unsigned)at + 1,
		"'%.*s' is not a date, expected one such as 2026-07-01", STR_ARG(text));
}

/* "2026-07-01..2026-07-28", both days included, or one day. */
static int leave_add(struct str text, struct days_off *out, struct error *err)
{
	size_t dots;
	struct date first, last;
	bool range = str_find(text, STR(".."), &dots);
	struct str first_text = range ? str_slice(text, 0, dots) : text;
	if (leave_date(first_text, 0, &first, err) < 0)
		return -1;
	last = first;
	if (range && leave_date(str_slice(text, dots + 2, text.len), dots + 2, &last, err) < 0)
		return -1;
	int64_t from = date_to_days(first), until = date_to_days(last);
	if (until < from)
		return error_at(err, ERROR_CONFIG, NULL, 0, (unsigned)dots + 3,
			"leave '%.*s' ends before it begins, expected the first day first",
			STR_ARG(text));
	if (until - from >= LIMIT_LEAVE_DAYS)
		return error_at(err, ERROR_CONFIG, NULL, 0, (unsigned)dots + 3,
			"leave '%.*s' is too long, expected at most %d days", STR_ARG(text),
			LIMIT_LEAVE_DAYS);
	const char *name = arena_cstr(&out->arena, text);
	if (!name)
		return error_memory(err);
	for (int64_t day = from; day <= until; day++) {
		if (days_off_add(out, day, name, err) < 0)
			return -1;
	}
	return 0;
}

/* A file that cannot be read is a mistake of the configuration that names it. */
static int holidays_file_add(struct str path, struct days_off *out, struct error *err)
{
	struct buf bytes = {0};
	struct error why = {0};
	int result = -1;
	char *name = str_dup(path);
	if (!name) {
		error_memory(err);
		goto out;
	}
	if (file_read(name, LIMIT_ICS_FILE, &bytes, &why) < 0) {
		error_set(err, why.kind == ERROR_MEMORY ? ERROR_MEMORY : ERROR_CONFIG, "%s",
			why.text);
		goto out;
	}
	result = ics_read(buf_str(&bytes), name, out, err);
out:
	buf_finish(&bytes);
	free(name);
	return result;
}

static int holidays_string_add(struct str s, struct days_off *out, struct error *err)
{
	bool is_path = str_find(s, STR("/"), &(size_t){0}) || str_ends(s, STR(".ics"));
	return is_path ? holidays_file_add(s, out, err) : holidays_add(s, out, err);
}

static int worktime_fill(const struct worktime_plan *plan, struct worktime *w, struct error *err)
{
	struct str night = plan->night.ptr ? plan->night : STR(NIGHT_DEFAULT);
	if (zone_open(plan->time_zone, plan->zone_folder, &w->zone, err) < 0)
		return -1;
	if (interval_parse(night, &w->night, err) < 0)
		return error_prefix(err, "night");
	for (size_t i = 0; i < plan->hours.count; i++) {
		if (schedule_add(&w->hours, plan->hours.items[i], err) < 0)
			return error_prefix(err, "hours");
	}
	for (size_t i = 0; i < plan->holidays.count; i++) {
		if (holidays_string_add(plan->holidays.items[i], &w->holidays, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < plan->leave.count; i++) {
		if (leave_add(plan->leave.items[i], &w->leave, err) < 0)
			return -1;
	}
	days_off_sort(&w->holidays);
	days_off_sort(&w->leave);
	return 0;
}

int worktime_new(const struct worktime_plan *plan, struct worktime **out, struct error *err)
{
	struct worktime *w = calloc(1, sizeof(*w));
	if (!w)
		return error_memory(err);
	if (worktime_fill(plan, w, err) < 0) {
		worktime_free(w);
		return -1;
	}
	*out = w;
	return 0;
}

void worktime_free(struct worktime *w)
{
	if (!w)
		return;
	zone_close(w->zone);
	days_off_finish(&w->holidays);
	days_off_finish(&w->leave);
	free(w);
}

const struct zone *worktime_zone(const struct worktime *w)
{
	return w->zone;
}

int worktime_check_zone(struct str s, struct error *err)
{
	struct zone *zone;
	if (zone_open(s, NULL, &zone, err) < 0)
		return -1;
	zone_close(zone);
	return 0;
}

int worktime_check_hours(struct str s, struct error *err)
{
	struct schedule schedule = {0};
	return schedule_add(&schedule, s, err);
}

int worktime_check_holidays(struct str s, struct error *err)
{
	struct days_off days = {0};
	int result = holidays_string_add(s, &days, err);
	days_off_finish(&days);
	return result;
}

int worktime_check_leave(struct str s, struct error *err)
{
	struct days_off days = {0};
	int result = leave_add(s, &days, err);
	days_off_finish(&days);
	return result;
}

int worktime_check_night(struct str s, struct error *err)
{
	struct interval interval;
	return interval_parse(s, &interval, err);
}
