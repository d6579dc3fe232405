/* Weekly hours: what they mean, and the exact message for each mistake. */
#include "base/file.h"
#include "schedule.h"
#include "suites.h"
#include "worktime/worktime.h"
#include <stdio.h>

/* A day's intervals as text: "09:00-12:00 22:00-30:00". */
static void day_text(const struct schedule *s, int weekday, char out[256])
{
	struct interval list[LIMIT_INTERVALS_A_DAY + 1];
	size_t count = schedule_day(s, weekday, true, list), len = 0;
	out[0] = '\0';
	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(out + len, 256 - len, "%s%+d:%02d..%d:%02d", i ? " " : "",
			list[i].start / 60, (list[i].start % 60 + 60) % 60, list[i].end / 60,
			list[i].end % 60);
}

static const struct {
	const char *name;
	const char *in[4];
	const char *want[7];
} rows[] = {
	{"several intervals, several strings",
		{"mon-thu 09:00-12:00 13:00-17:30", "fri 09:00-15:00"},
		{"+9:00..12:00 +13:00..17:30", "+9:00..12:00 +13:00..17:30",
			"+9:00..12:00 +13:00..17:30", "+9:00..12:00 +13:00..17:30", "+9:00..15:00",
			"", ""}},
	{"a list, a full name, any case", {"Mon,WEDNESDAY, sat 8:00-9:30"},
		{"+8:00..9:30", "", "+8:00..9:30", "", "", "+8:00..9:30", ""}},
	{"a range past Sunday", {"sat-mon 10:00-11:00"},
		{"+10:00..11:00", "", "", "", "", "+10:00..11:00", "+10:00..11:00"}},
	{"over midnight, one day", {"fri 22:00-06:00"},
		{"", "", "", "", "+22:00..30:00", "-2:00..6:00", ""}},
	{"over midnight, every day", {"22:00-06:00"},
		{"-2:00..6:00 +22:00..30:00", "-2:00..6:00 +22:00..30:00",
			"-2:00..6:00 +22:00..30:00", "-2:00..6:00 +22:00..30:00",
			"-2:00..6:00 +22:00..30:00", "-2:00..6:00 +22:00..30:00",
			"-2:00..6:00 +22:00..30:00"}},
	{"up to midnight, written both ways", {"tue 18:00-24:00", "wed 18:00-00:00"},
		{"", "+18:00..24:00", "+18:00..24:00", "", "", "", ""}},
	{"the whole day", {"sun 00:00-24:00"}, {"", "", "", "", "", "", "+0:00..24:00"}},
	{"overlapping and touching are joined",
		{"mon 12:00-13:00 09:00-10:00", "mon 09:30-12:00", "mon 20:00-21:00"},
		{"+9:00..13:00 +20:00..21:00", "", "", "", "", "", ""}},
	{"nothing", {NULL}, {"", "", "", "", "", "", ""}},
};

START_TEST(hours_mean_these_minutes)
{
	struct schedule schedule = {0};
	struct error err = {0};
	char text[256];
	for (int i = 0; rows[_i].in[i]; i++)
		ck_assert_msg(schedule_add(&schedule, str_from(rows[_i].in[i]), &err) == 0,
			"%s: %s", rows[_i].name, err.text);
	for (int day = 0; day < 7; day++) {
		day_text(&schedule, day, text);
		ck_assert_msg(str_eq(str_from(text), str_from(rows[_i].want[day])),
			"%s, day %d: '%s', want '%s'", rows[_i].name, day, text,
			rows[_i].want[day]);
	}
}
END_TEST

START_TEST(a_string_that_fails_adds_nothing)
{
	struct schedule schedule = {0};
	ck_assert_int_eq(schedule_add(&schedule, STR("mon 09:00-12:00 13:00-noon"), NULL), -1);
	for (int day = 0; day < 7; day++)
		ck_assert_uint_eq(schedule.days[day].count, 0);
}
END_TEST

START_TEST(a_day_holds_so_many_intervals_and_no_more)
{
	struct schedule schedule = {0};
	struct error err = {0};
	char text[32];
	for (int i = 0; i < LIMIT_INTERVALS_A_DAY; i++) {
		snprintf(text, sizeof(text), "%02d:%02d-%02d:%02d", i / 2, i % 2 * 30, i / 2,
			i % 2 * 30 + 10);
		ck_assert_int_eq(schedule_add(&schedule, str_from(text), &err), 0);
	}
	ck_assert_int_eq(schedule_add(&schedule, STR("mon 23:00-23:10"), &err), -1);
	ck_assert_str_eq(err.text, "more than 24 intervals on one day");
	ck_assert_uint_eq(err.column, 5);
	/* one that joins others still fits */
	ck_assert_int_eq(schedule_add(&schedule, STR("00:00-12:00"), &err), 0);
	ck_assert_uint_eq(schedule.days[0].count, 1);
}
END_TEST

static const struct {
	const char *name;
	int (*check)(struct str s, struct error *err);
} checks[] = {
	{"hours", worktime_check_hours},
	{"night", worktime_check_night},
	{"leave", worktime_check_leave},
	{"holidays", worktime_check_holidays},
	{"zone", worktime_check_zone},
};
#define CHECK_COUNT (sizeof(checks) / sizeof(checks[0]))

static void check_mistake(struct str given, struct str want, unsigned line)
{
	struct str kind, column;
	uint64_t number;
	str_split(&given, ' ', &kind);
	str_split(&want, ':', &column);
	ck_assert_msg(str_to_u64(column, 1000, &number), "line %u: no column", line);
	want = str_trim(want);
	for (size_t i = 0; i < CHECK_COUNT; i++) {
		struct error err = {0};
		if (!str_eq(kind, str_from(checks[i].name)))
			continue;
		ck_assert_msg(checks[i].check(given, &err) == -1, "line %u: '%.*s' is accepted",
			line, STR_ARG(given));
		ck_assert_int_eq(err.kind, ERROR_CONFIG);
		ck_assert_msg(str_eq(want, str_from(err.text)), "line %u: '%s', want '%.*s'", line,
			err.text, STR_ARG(want));
		ck_assert_msg(err.column == number, "line %u: column %u", line, err.column);
		return;
	}
	ck_abort_msg("line %u: unknown kind '%.*s'", line, STR_ARG(kind));
}

START_TEST(mistakes_are_told_with_their_place)
{
	struct buf bytes = {0};
	struct error err = {0};
	ck_assert_msg(
		file_read(TESTS_DIR "/cases/worktime/mistakes.txt", 1 << 20, &bytes, &err) == 0,
		"%s", err.text);
	struct str rest = buf_str(&bytes), line, given = {0};
	size_t count = 0;
	for (unsigned number = 1; str_line(&rest, &line); number++) {
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (line.ptr[0] != '\t') {
			given = line;
			continue;
		}
		check_mistake(given, str_trim(line), number);
		count++;
	}
	ck_assert_uint_gt(count, 20);
	buf_finish(&bytes);
}
END_TEST

Suite *schedule_suite(void)
{
	Suite *suite = suite_create("schedule");
	TCase *cases = tcase_create("hours");
	tcase_add_loop_test(
		cases, hours_mean_these_minutes, 0, (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(cases, a_string_that_fails_adds_nothing);
	tcase_add_test(cases, a_day_holds_so_many_intervals_and_no_more);
	tcase_add_test(cases, mistakes_are_told_with_their_place);
	suite_add_tcase(suite, cases);
	return suite;
}
