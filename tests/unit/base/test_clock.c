/* The calendar against the C library's, and times, durations and sizes as text. */
#include "base/clock.h"
#include "expect.h"
#include "suites.h"

#include <time.h>

START_TEST(a_fixed_clock_stands_still_and_another_goes)
{
	struct clock fixed = {.fixed_us = 42}, real = {0};
	ck_assert_int_eq(clock_now_us(&fixed), 42);
	int64_t outside = (int64_t)time(NULL) * SECOND_US;
	ck_assert_int_ge(clock_now_us(&real), outside - SECOND_US);
	ck_assert_int_ge(clock_now_us(NULL), outside - SECOND_US);
	ck_assert_int_le(clock_now_us(NULL), outside + HOUR_US);
	ck_assert_int_le(clock_monotonic_us(), clock_monotonic_us());
}
END_TEST

START_TEST(every_day_of_ten_thousand_years_comes_back_and_agrees_with_gmtime)
{
	struct date d = {1, 1, 1};
	int64_t first = date_to_days(d), last = date_to_days((struct date){9999, 12, 31});
	ck_assert_int_eq(last - first + 1, 3652059);
	for (int64_t day = first; day <= last; day++) {
		time_t at = (time_t)day * 86400;
		struct tm tm;
		d = date_from_days(day);
		if (!date_valid(d) || date_to_days(d) != day || !gmtime_r(&at, &tm) ||
			d.year != tm.tm_year + 1900 || d.month != tm.tm_mon + 1 ||
			d.day != tm.tm_mday || (date_weekday(day) + 1) % 7 != tm.tm_wday)
			ck_abort_msg("day %lld", (long long)day);
	}
	ck_assert_str_eq(weekday_names[date_weekday(0)], "Thu");
}
END_TEST

START_TEST(a_date_is_ten_characters_and_exists)
{
	static const struct {
		const char *in;
		bool good;
	} rows[] = {
		{"2026-01-15", true},
		{"2024-02-29", true},
		{"2000-02-29", true},
		{"9999-12-31", true},
		{"2023-02-29", false},
		{"1900-02-29", false},
		{"2026-13-01", false},
		{"2026-00-01", false},
		{"2026-01-00", false},
		{"2026-01-32", false},
		{"0000-01-01", false},
		{"2026-1-15", false},
		{"2026-01-15 ", false},
		{"2026/01/15", false},
		{"", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct date d = {7, 7, 7};
		ck_assert_msg(
			date_parse(str_from(rows[i].in), &d) == rows[i].good, "'%s'", rows[i].in);
		ck_assert(rows[i].good ? date_valid(d) : d.year == 7);
	}
	ck_assert_int_lt(date_cmp((struct date){2026, 1, 31}, (struct date){2026, 2, 1}), 0);
	ck_assert_int_gt(date_cmp((struct date){2027, 1, 1}, (struct date){2026, 12, 31}), 0);
	ck_assert_int_eq(date_cmp((struct date){2026, 1, 1}, (struct date){2026, 1, 1}), 0);
}
END_TEST

START_TEST(a_time_is_written_with_its_offset)
{
	static const struct {
		int64_t at_us;
		int offset_min;
		bool zulu;
		const char *want;
	} rows[] = {
		{0, 0, true, "1970-01-01T00:00:00Z"},
		{0, 0, false, "1970-01-01T00:00:00+00:00"},
		{-1, 0, true, "1969-12-31T23:59:59Z"},
		{1795334640 * SECOND_US, 60, false, "2026-11-22T09:04:00+01:00"},
		{1795334640 * SECOND_US + 999999, -210, true, "2026-11-22T04:34:00-03:30"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char got[TIME_TEXT_SIZE];
		time_format(rows[i].at_us, rows[i].offset_min, rows[i].zulu, got);
		ck_assert_str_eq(got, rows[i].want);
	}
	char extreme[TIME_TEXT_SIZE];
	time_format(INT64_MAX, INT32_MAX, false, extreme);
	time_format(INT64_MIN, INT32_MIN + 1, false, extreme);
}
END_TEST

START_TEST(a_time_is_written_as_mails_have_it)
{
	static const struct {
		int64_t at_us;
		int offset_min;
		const char *want;
	} rows[] = {
		{0, 0, "Thu, 1 Jan 1970 00:00:00 +0000"},
		{-1, 0, "Wed, 31 Dec 1969 23:59:59 +0000"},
		{1795334640 * SECOND_US, 60, "Sun, 22 Nov 2026 09:04:00 +0100"},
		{1795334640 * SECOND_US, -570, "Sat, 21 Nov 2026 22:34:00 -0930"},
	};
	char got[TIME_TEXT_SIZE];
	for (size_t i = 0; i < COUNT(rows); i++) {
		time_format_mail(rows[i].at_us, rows[i].offset_min, got);
		ck_assert_str_eq(got, rows[i].want);
	}
	time_format_mail(INT64_MAX, INT32_MAX, got);
	time_format_mail(INT64_MIN, INT32_MIN + 1, got);
}
END_TEST

START_TEST(a_time_is_read_as_rfc_3339_says)
{
	static const struct {
		const char *in;
		bool good;
		int64_t at_us;
		int offset_min;
	} rows[] = {
		{"2026-11-22T09:04:00+01:00", true, 1795334640 * SECOND_US, 60},
		{"2026-11-22T08:04Z", true, 1795334640 * SECOND_US, 0},
		{"2026-11-22t08:04:00.25z", true, 1795334640 * SECOND_US + 250000, 0},
		{"2026-11-22 08:04:00.1234569Z", true, 1795334640 * SECOND_US + 123456, 0},
		{"2026-11-22T04:34:00-03:30", true, 1795334640 * SECOND_US, -210},
		{"1969-12-31T23:59:59.999999Z", true, -1, 0},
		{"2016-12-31T23:59:60Z", true, 1483228800 * SECOND_US, 0},
		{"2026-11-22T08:04:00", false, 0, 0},
		{"2026-11-22T08:04:00.Z", false, 0, 0},
		{"2026-11-22T08:04:61Z", false, 0, 0},
		{"2026-11-22T24:00:00Z", false, 0, 0},
		{"2026-11-22T08:60:00Z", false, 0, 0},
		{"2026-11-22T08:04:00+1:00", false, 0, 0},
		{"2026-11-22T08:04:00+24:00", false, 0, 0},
		{"2026-11-22T08:04:00Zx", false, 0, 0},
		{"2026-11-31T08:04:00Z", false, 0, 0},
		{"2026-11-22", false, 0, 0},
		{"", false, 0, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t at_us = 77;
		int offset_min = 77;
		ck_assert_msg(time_parse(str_from(rows[i].in), &at_us, &offset_min) == rows[i].good,
			"'%s'", rows[i].in);
		ck_assert_int_eq(at_us, rows[i].good ? rows[i].at_us : 77);
		ck_assert_int_eq(offset_min, rows[i].good ? rows[i].offset_min : 77);
	}
}
END_TEST

START_TEST(durations_have_a_unit_and_do_not_overflow)
{
	static const struct {
		const char *in;
		int64_t want; /* -1: refused */
	} rows[] = {
		{"60 s", 60},
		{"2 min", 120},
		{"1h", 3600},
		{" 60  d ", 60 * 86400},
		{"3 w", 21 * 86400},
		{"3 y", 3 * 365 * 86400},
		{"0 s", 0},
		{"60", -1},
		{"d", -1},
		{"-1 d", -1},
		{"1.5 h", -1},
		{"1 month", -1},
		{"9223372036854 s", 9223372036854},
		{"9223372036855 s", -1},
		{"300000 y", -1},
		{"99999999999999999999 y", -1},
		{"", -1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t got = -1;
		ck_assert_msg(duration_parse(str_from(rows[i].in), &got) == (rows[i].want >= 0),
			"'%s'", rows[i].in);
		ck_assert_int_eq(got, rows[i].want);
	}
}
END_TEST

START_TEST(sizes_have_decimal_and_binary_units)
{
	static const struct {
		const char *in;
		bool good;
		uint64_t want;
	} rows[] = {
		{"64 MiB", true, 64 << 20},
		{"10KiB", true, 10240},
		{"5 MB", true, 5000000},
		{"1024", true, 1024},
		{"1 GiB", true, 1 << 30},
		{"18446744073709551615", true, UINT64_MAX},
		{"18446744073709551615 B", true, UINT64_MAX},
		{"18014398509481984 KiB", false, 0},
		{"1 mib", false, 0},
		{"1 TiB", false, 0},
		{"MiB", false, 0},
		{"", false, 0},
		{"-1", false, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t got = 0;
		ck_assert_msg(
			size_parse(str_from(rows[i].in), &got) == rows[i].good, "'%s'", rows[i].in);
		ck_assert_uint_eq(got, rows[i].want);
	}
}
END_TEST

START_TEST(an_instant_is_of_the_day_where_one_is)
{
	static const struct {
		int64_t at_us;
		int offset_min;
		int64_t day;
	} rows[] = {
		{0, 0, 0},
		{-1, 0, -1},
		{-1, 60, 0},
		{DAY_US - 1, 0, 0},
		{DAY_US - 1, 1, 1},
		{DAY_US, -1, 0},
		{-DAY_US, 0, -1},
		{-DAY_US, -1, -2},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_int_eq(date_of_instant(rows[i].at_us, rows[i].offset_min), rows[i].day);
}
END_TEST

Suite *clock_suite(void)
{
	Suite *suite = suite_create("time");
	TCase *all = tcase_create("clock and time_text");
	tcase_add_test(all, a_fixed_clock_stands_still_and_another_goes);
	tcase_add_test(all, an_instant_is_of_the_day_where_one_is);
	tcase_add_test(all, every_day_of_ten_thousand_years_comes_back_and_agrees_with_gmtime);
	tcase_add_test(all, a_date_is_ten_characters_and_exists);
	tcase_add_test(all, a_time_is_written_with_its_offset);
	tcase_add_test(all, a_time_is_written_as_mails_have_it);
	tcase_add_test(all, a_time_is_read_as_rfc_3339_says);
	tcase_add_test(all, durations_have_a_unit_and_do_not_overflow);
	tcase_add_test(all, sizes_have_decimal_and_binary_units);
	suite_add_tcase(suite, all);
	return suite;
}
