/* TZif bytes: hand-made files, good and hostile. */
#include "base/clock.h"
#include "suites.h"
#include "tzif.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <string.h>

static void add_u32(struct buf *out, uint32_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_add_char(out, (char)(value >> shift & 0xff));
}

static void add_u64(struct buf *out, uint64_t value)
{
	add_u32(out, (uint32_t)(value >> 32));
	add_u32(out, (uint32_t)value);
}

static void add_header(
	struct buf *out, char version, uint32_t leap, uint32_t time, uint32_t type, uint32_t chars)
{
	buf_add(out, "TZif", 4);
	buf_add_char(out, version);
	for (int i = 0; i < 15; i++)
		buf_add_char(out, '\0');
	const uint32_t counts[] = {0, 0, leap, time, type, chars};
	for (int i = 0; i < 6; i++)
		add_u32(out, counts[i]);
}

static void add_type(struct buf *out, int32_t offset_s, char dst, char abbreviation)
{
	add_u32(out, (uint32_t)offset_s);
	buf_add_char(out, dst);
	buf_add_char(out, abbreviation);
}

void tzif_with_footer(const char *footer, struct buf *out)
{
	for (int block = 0; block < 2; block++) {
		add_header(out, '3', 0, 0, 1, 4);
		add_type(out, 0, 0, 0);
		buf_add(out, "AAA", 4);
	}
	buf_add_format(out, "\n%s\n", footer);
}

/* Version 1: UTC+1 "AAA" until 1000, UTC+2 "BBB" until 2000, then "AAA" again. */
static void add_version_1(struct buf *out)
{
	add_header(out, '\0', 0, 2, 2, 8);
	add_u32(out, 1000);
	add_u32(out, 2000);
	buf_add(out, "\1\0", 2);
	add_type(out, 3600, 0, 0);
	add_type(out, 7200, 1, 4);
	buf_add(out, "AAA\0BBB", 8);
}

START_TEST(version_1_is_read_and_its_last_type_goes_on)
{
	struct buf bytes = {0};
	struct zone *zone = NULL;
	struct zone_time local;
	static const struct {
		int64_t at_s;
		int offset_s;
	} rows[] = {{-1000000000000, 3600}, {999, 3600}, {1000, 7200}, {1999, 7200}, {2000, 3600},
		{4000000000, 3600}};
	add_version_1(&bytes);
	ck_assert_int_eq(zone_parse(STR("Test/One"), buf_str(&bytes), &zone, NULL), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		zone_local(zone, rows[i].at_s * SECOND_US, &local);
		ck_assert_int_eq(local.offset_s, rows[i].offset_s);
	}
	zone_close(zone);
	buf_finish(&bytes);
}
END_TEST

START_TEST(every_shortened_file_is_refused)
{
	struct buf bytes = {0};
	tzif_with_footer("CET-1CEST,M3.5.0,M10.5.0/3", &bytes);
	for (size_t len = 0; len < bytes.len; len++) {
		/* a copy of exactly this length, so that reading on is caught */
		char *copy = malloc(len ? len : 1);
		ck_assert_ptr_nonnull(copy);
		memcpy(copy, bytes.ptr, len);
		struct zone *zone = NULL;
		struct error err = {0};
		ck_assert_msg(zone_parse(STR("X"), (struct str){copy, len}, &zone, &err) == -1,
			"%zu bytes were read", len);
		ck_assert_int_eq(err.kind, ERROR_INPUT);
		ck_assert_ptr_null(zone);
		free(copy);
	}
	buf_finish(&bytes);
}
END_TEST

/* One byte of a good version 1 file is changed. */
static const struct {
	const char *name;
	size_t at;
	char byte;
	const char *want;
} broken[] = {
	{"the magic number", 0, 'X', "time zone 'X': broken TZif data: no TZif header"},
	{"an unknown version", 4, 'x', "time zone 'X': broken TZif data: unknown version"},
	{"UTC indicators that do not fit", 23, 1,
		"time zone 'X': broken TZif data: indicator counts do not fit the types"},
	{"leap seconds", 31, 1,
		"time zone 'X': broken TZif data: it counts leap seconds, expected a file without them"},
	{"more changes than bytes", 32, 0x7f, "time zone 'X': broken TZif data: ends too soon"},
	{"no types", 39, 0, "time zone 'X': broken TZif data: a count is out of range"},
	{"changes out of order", 47, 0x7f,
		"time zone 'X': broken TZif data: changes are not in order"},
	{"a type that is not there", 52, 2,
		"time zone 'X': broken TZif data: a change names a type that is not there"},
	{"an offset of days", 54, 0x70,
		"time zone 'X': broken TZif data: an offset is out of range"},
	{"a DST flag of 2", 58, 2,
		"time zone 'X': broken TZif data: a DST flag is neither 0 nor 1"},
	{"an abbreviation behind the end", 59, 8,
		"time zone 'X': broken TZif data: an abbreviation does not end"},
};

START_TEST(a_broken_file_is_refused_with_its_reason)
{
	struct buf bytes = {0};
	struct zone *zone = NULL;
	struct error err = {0};
	add_version_1(&bytes);
	/* 1000 is 0x000003e8: its third byte at 46 becomes larger than the second change's */
	bytes.ptr[broken[_i].at == 47 ? 46 : broken[_i].at] = broken[_i].byte;
	ck_assert_msg(zone_parse(STR("X"), buf_str(&bytes), &zone, &err) == -1, "%s was read",
		broken[_i].name);
	ck_assert_str_eq(err.text, broken[_i].want);
	buf_finish(&bytes);
}
END_TEST

START_TEST(a_file_over_the_limit_is_refused)
{
	static char zeros[256 * 1024 + 1];
	struct zone *zone = NULL;
	struct error err = {0};
	ck_assert_int_eq(zone_parse(STR("X"), (struct str){zeros, sizeof(zeros)}, &zone, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_LIMIT);
}
END_TEST

START_TEST(a_footer_goes_on_behind_the_last_change_only)
{
	/* one change to UTC+5 in 2100; the footer's European rule counts from there */
	struct buf bytes = {0};
	struct zone *zone = NULL;
	struct zone_time local;
	add_header(&bytes, '2', 0, 0, 1, 4);
	add_type(&bytes, 0, 0, 0);
	buf_add(&bytes, "AAA", 4);
	int64_t change_s = date_to_days((struct date){2100, 1, 1}) * DAY_S;
	add_header(&bytes, '2', 0, 1, 2, 4);
	add_u64(&bytes, (uint64_t)change_s);
	buf_add(&bytes, "\1", 1);
	add_type(&bytes, 0, 0, 0);
	add_type(&bytes, 5 * 3600, 0, 0);
	buf_add(&bytes, "AAA", 4);
	buf_add_cstr(&bytes, "\nAAA-5BBB,M3.5.0,M10.5.0/3\n");
	ck_assert_int_eq(zone_parse(STR("X"), buf_str(&bytes), &zone, NULL), 0);
	static const struct {
		struct date date;
		int offset_s;
	} rows[] = {{{1950, 7, 1}, 0}, {{2099, 7, 1}, 0}, {{2100, 1, 2}, 5 * 3600},
		{{2100, 7, 1}, 6 * 3600}, {{2499, 7, 1}, 6 * 3600}, {{2500, 7, 1}, 6 * 3600},
		{{2501, 1, 1}, 5 * 3600}, {{9999, 7, 1}, 6 * 3600}, {{9999, 12, 31}, 5 * 3600}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		zone_local(zone, date_to_days(rows[i].date) * DAY_US, &local);
		ck_assert_int_eq(local.offset_s, rows[i].offset_s);
	}
	zone_close(zone);
	buf_finish(&bytes);
}
END_TEST

Suite *tzif_suite(void)
{
	Suite *suite = suite_create("tzif");
	TCase *cases = tcase_create("files");
	tcase_add_test(cases, version_1_is_read_and_its_last_type_goes_on);
	tcase_add_test(cases, every_shortened_file_is_refused);
	tcase_add_loop_test(cases, a_broken_file_is_refused_with_its_reason, 0,
		(int)(sizeof(broken) / sizeof(broken[0])));
	tcase_add_test(cases, a_file_over_the_limit_is_refused);
	tcase_add_test(cases, a_footer_goes_on_behind_the_last_change_only);
	suite_add_tcase(suite, cases);
	return suite;
}
