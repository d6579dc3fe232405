/* Moments: the case files of tests/cases/worktime, and the next opening against a search. */
#include "base/arena.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "suites.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct plan_builder {
	struct arena arena;
	struct worktime_plan plan;
};

static void list_add(struct arena *arena, struct strs *list, struct str s)
{
	struct str *items = arena_array(arena, list->count + 1, sizeof(*items));
	ck_assert_ptr_nonnull(items);
	for (size_t i = 0; i < list->count; i++)
		items[i] = list->items[i];
	items[list->count] = arena_str(arena, s);
	list->items = items;
	list->count++;
}

static bool plan_line(struct plan_builder *b, struct str key, struct str value)
{
	if (str_eq(key, STR("zone"))) {
		arena_finish(&b->arena); /* a new plan begins */
		*b = (struct plan_builder){0};
		b->plan.time_zone = arena_str(&b->arena, value);
	} else if (str_eq(key, STR("hours"))) {
		list_add(&b->arena, &b->plan.hours, value);
	} else if (str_eq(key, STR("holidays"))) {
		list_add(&b->arena, &b->plan.holidays,
			str_starts(value, STR("./"))
				? arena_format(&b->arena, TESTS_DIR "/cases/worktime/%.*s",
					  STR_ARG(str_slice(value, 2, value.len)))
				: value);
	} else if (str_eq(key, STR("leave"))) {
		list_add(&b->arena, &b->plan.leave, value);
	} else if (str_eq(key, STR("night"))) {
		b->plan.night = arena_str(&b->arena, value);
	} else {
		return false;
	}
	return true;
}

static const char *const period_names[] = {
	"leave", "holiday", "working", "weekend", "night", "outside"};

static void properties_text(unsigned properties, struct buf *out)
{
	for (int p = 0; p < PERIOD_COUNT; p++) {
		if (properties & MOMENT_BIT(p))
			buf_add_format(out, "%s%s", out->len ? " " : "", period_names[p]);
	}
}

static void expect(
	const char *file, unsigned line, const char *what, struct str got, struct str want)
{
	ck_assert_msg(str_eq(got, want), "%s:%u: %s '%.*s', want '%.*s'", file, line, what,
		STR_ARG(got), STR_ARG(want));
}

/* "period", "properties", "opening" or "why" of a moment. */
static void check_line(
	const char *file, unsigned line, const struct moment *m, struct str key, struct str want)
{
	if (str_eq(key, STR("period"))) {
		expect(file, line, "period", str_from(period_names[m->period]), want);
	} else if (str_eq(key, STR("properties"))) {
		struct buf text = {0};
		properties_text(m->properties, &text);
		expect(file, line, "properties", buf_str(&text), want);
		buf_finish(&text);
	} else if (str_eq(key, STR("opening"))) {
		char text[TIME_TEXT_SIZE] = "none";
		if (m->has_opening)
			time_format(m->opening_at_us, m->opening_offset_min, false, text);
		expect(file, line, "opening", str_from(text), want);
	} else if (str_eq(key, STR("why"))) {
		expect(file, line, "why", str_from(m->why), want);
	} else {
		ck_abort_msg("%s:%u: unknown word '%.*s'", file, line, STR_ARG(key));
	}
}

/* The instant, and that the moment tells the local time that was written. */
static void moment_at(const char *file, unsigned line, const struct worktime *w, struct str value,
	struct moment *m)
{
	int64_t at_us;
	int offset_min;
	ck_assert_msg(time_parse(value, &at_us, &offset_min), "%s:%u: bad time", file, line);
	worktime_at(w, at_us, m);
	char text[TIME_TEXT_SIZE];
	time_format(at_us, m->offset_min, false, text);
	expect(file, line, "local time", str_from(text), value);
	struct date date = date_from_days(m->day);
	char local[32];
	snprintf(local, sizeof(local), "%04d-%02d-%02dT%02d:%02d", date.year, date.month, date.day,
		m->hour, m->minute);
	expect(file, line, "fields", str_from(local), str_slice(value, 0, 16));
	ck_assert_int_eq(m->weekday, date_weekday(m->day));
}

static void check_file(const char *file, size_t *moments)
{
	struct plan_builder b = {0};
	struct worktime *worktime = NULL;
	struct moment moment = {0};
	struct buf bytes = {0};
	struct error err = {0};
	char path[512];
	snprintf(path, sizeof(path), TESTS_DIR "/cases/worktime/%s", file);
	ck_assert_msg(file_read(path, 1 << 20, &bytes, &err) == 0, "%s", err.text);
	struct str rest = buf_str(&bytes), line;
	for (unsigned number = 1; str_line(&rest, &line); number++) {
		struct str key = {0}, value = str_trim(line);
		if (value.len == 0 || line.ptr[0] == '#')
			continue;
		str_split(&value, ' ', &key);
		if (plan_line(&b, key, value)) {
			worktime_free(worktime);
			worktime = NULL;
			continue;
		}
		if (!str_eq(key, STR("at"))) {
			check_line(file, number, &moment, key, value);
			continue;
		}
		ck_assert_msg(worktime || worktime_new(&b.plan, &worktime, &err) == 0, "%s:%u: %s",
			file, number, err.text);
		moment_at(file, number, worktime, value, &moment);
		++*moments;
	}
	worktime_free(worktime);
	buf_finish(&bytes);
	arena_finish(&b.arena);
}

START_TEST(moments_are_told_as_the_case_files_say)
{
	char **files = NULL;
	size_t count = 0, moments = 0;
	ck_assert_int_eq(
		file_list(TESTS_DIR "/cases/worktime", ".moments.txt", &files, &count, NULL), 0);
	ck_assert_uint_gt(count, 0);
	for (size_t i = 0; i < count; i++)
		check_file(files[i], &moments);
	printf("moments: %zu of %zu files\n", moments, count);
	file_list_free(files, count);
}
END_TEST

/* What is slow and plain: is this minute worked, asked of each minute in turn. */
static bool worked_by_hand(const struct worktime *w, int64_t at_us)
{
	struct moment m;
	worktime_at(w, at_us, &m);
	return m.properties & MOMENT_BIT(PERIOD_WORKING);
}

static const char *const search_hours[][3] = {
	{"mon-fri 09:00-17:00"},
	{"22:00-06:00"},
	{"02:15-02:45"},
	{"sun 02:30-03:00 01:00-01:30", "sat 23:30-02:10"},
	{"sun 01:30-02:00"},
	{"sat 12:00-11:59"},
};
static const char *const search_zones[] = {
	"Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "America/Godthab"};
#define SEARCH_ZONES (sizeof(search_zones) / sizeof(search_zones[0]))
#define SEARCH_HOURS (sizeof(search_hours) / sizeof(search_hours[0]))

/* In the nights of both DST changes and at a turn of the year. */
START_TEST(the_next_opening_is_the_first_minute_that_a_search_finds)
{
	struct str hours[3], holidays = STR("SE"), leave = STR("2026-11-02");
	struct worktime_plan plan = {
		.time_zone = str_from(search_zones[(size_t)_i % SEARCH_ZONES]),
		.hours = {hours, 0},
		.holidays = {&holidays, 1},
		.leave = {&leave, 1},
	};
	const char *const *texts = search_hours[(size_t)_i / SEARCH_ZONES];
	for (; plan.hours.count < 3 && texts[plan.hours.count]; plan.hours.count++)
		hours[plan.hours.count] = str_from(texts[plan.hours.count]);
	struct worktime *w = NULL;
	ck_assert_int_eq(worktime_new(&plan, &w, NULL), 0);
	static const struct date starts[] = {{2026, 3, 7}, {2026, 3, 28}, {2026, 4, 4},
		{2026, 10, 3}, {2026, 10, 24}, {2026, 10, 31}, {2026, 12, 30}};
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		int64_t start_us = date_to_days(starts[i]) * DAY_US;
		int64_t next_us = INT64_MAX;
		/* backwards, so that the next worked minute is known at each */
		for (int minute = 8 * 24 * 60; minute >= 0; minute--) {
			int64_t at_us = start_us + minute * MINUTE_US;
			if (worked_by_hand(w, at_us))
				next_us = at_us;
			if (minute % 7 || minute > 3 * 24 * 60 || next_us == INT64_MAX)
				continue;
			struct moment m;
			worktime_at(w, at_us, &m);
			ck_assert(m.has_opening);
			ck_assert_msg(m.opening_at_us == next_us,
				"%s %s: from %lld: %lld, want %lld",
				search_zones[(size_t)_i % SEARCH_ZONES], texts[0],
				(long long)(at_us / SECOND_US),
				(long long)(m.opening_at_us / SECOND_US),
				(long long)(next_us / SECOND_US));
		}
	}
	worktime_free(w);
}
END_TEST

/* The n-th field of a row, counted from 0. */
static struct str field(struct str row, int n)
{
	struct str part = {0};
	while (n-- >= 0)
		ck_assert(str_split(&row, '\t', &part));
	return part;
}

START_TEST(real_mails_are_outside_hours_when_the_oracle_says_so)
{
	struct buf bytes = {0};
	if (file_read(TEST_DATA "/time/date_oracle.tsv", 16 << 20, &bytes, NULL) < 0) {
		printf("skipped: moments of real dates, no " TEST_DATA "/time/date_oracle.tsv\n");
		return;
	}
	struct str hours = STR("mon-fri 09:00-18:00");
	struct worktime_plan plan = {.time_zone = STR("Europe/Stockholm"), .hours = {&hours, 1}};
	struct worktime *w = NULL;
	ck_assert_int_eq(worktime_new(&plan, &w, NULL), 0);
	struct str rest = buf_str(&bytes), row;
	size_t rows = 0, wrong = 0;
	str_line(&rest, &row); /* the names of the columns */
	for (; str_line(&rest, &row); rows++) {
		struct moment m;
		struct str epoch = field(row, 2), outside = field(row, 8);
		worktime_at(w, strtoll(epoch.ptr, NULL, 10) * SECOND_US, &m);
		bool ours = m.properties & MOMENT_BIT(PERIOD_OUTSIDE);
		if (ours != str_eq(outside, STR("1")) && wrong++ < 10)
			printf("%.*s: %s\n", STR_ARG(field(row, 1)), m.why);
	}
	printf("date oracle: %zu rows, %zu differences in being outside hours\n", rows, wrong);
	ck_assert_uint_gt(rows, 7000);
	ck_assert_uint_eq(wrong, 0);
	worktime_free(w);
	buf_finish(&bytes);
}
END_TEST

START_TEST(a_long_name_is_cut_between_characters)
{
	struct buf text = {0};
	char path[] = "/tmp/overstep-holidays-XXXXXX.ics";
	int fd = mkstemps(path, 4);
	ck_assert_int_ge(fd, 0);
	buf_add_cstr(&text, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260601\nSUMMARY:a");
	for (int i = 0; i < 200; i++)
		buf_add_cstr(&text, "\xc3\xa4");
	buf_add_cstr(&text, "\nEND:VEVENT\nEND:VCALENDAR\n");
	ck_assert_int_eq(file_write_all(fd, text.ptr, text.len, NULL), 0);
	struct str holidays = str_from(path);
	struct worktime_plan plan = {.time_zone = STR("UTC"), .holidays = {&holidays, 1}};
	struct worktime *w = NULL;
	struct moment m;
	ck_assert_int_eq(worktime_new(&plan, &w, NULL), 0);
	worktime_at(w, date_to_days((struct date){2026, 6, 1}) * DAY_US, &m);
	ck_assert_int_eq(m.period, PERIOD_HOLIDAY);
	/* "Mon 00:00 in UTC, holiday: a" and 65 times 2; half of another has no place */
	ck_assert_uint_eq(strlen(m.why), 158);
	ck_assert_int_eq((unsigned char)m.why[157], 0xa4);
	worktime_free(w);
	unlink(path);
	ck_assert_int_eq(worktime_new(&plan, &w, NULL), -1); /* the file is gone */
	buf_finish(&text);
}
END_TEST

Suite *moment_suite(void)
{
	Suite *suite = suite_create("moment");
	TCase *cases = tcase_create("moments");
	tcase_set_timeout(cases, 300);
	tcase_add_test(cases, moments_are_told_as_the_case_files_say);
	tcase_add_loop_test(cases, the_next_opening_is_the_first_minute_that_a_search_finds, 0,
		(int)(SEARCH_ZONES * SEARCH_HOURS));
	tcase_add_test(cases, real_mails_are_outside_hours_when_the_oracle_says_so);
	tcase_add_test(cases, a_long_name_is_cut_between_characters);
	suite_add_tcase(suite, cases);
	return suite;
}
