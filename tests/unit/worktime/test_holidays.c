/* Computed holidays: whole years as people know them, and twelve years of an oracle. */
#include "base/clock.h"
#include "base/file.h"
#include "holidays.h"
#include "suites.h"
#include <stdio.h>
#include <string.h>

START_TEST(easter_falls_on_known_sundays)
{
	static const struct date days[] = {{1818, 3, 22}, {1943, 4, 25}, {1961, 4, 2},
		{1981, 4, 19}, {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24}, {2024, 3, 31},
		{2025, 4, 20}, {2026, 4, 5}, {2038, 4, 25}, {2049, 4, 18}, {2076, 4, 19},
		{2285, 3, 22}};
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		ck_assert_int_eq(easter_sunday(days[i].year), date_to_days(days[i]));
}
END_TEST

static void year_text(const struct days_off *d, int year, struct buf *out)
{
	int64_t last = date_to_days((struct date){year, 12, 31});
	for (int64_t day = date_to_days((struct date){year, 1, 1}); day <= last; day++) {
		const char *name = days_off_find(d, day);
		struct date date = date_from_days(day);
		if (name)
			buf_add_format(out, "\t%02d-%02d %s\n", date.month, date.day, name);
	}
}

static void check_year(struct str head, struct str want)
{
	struct days_off days = {0};
	struct error err = {0};
	struct buf got = {0};
	struct str code = {0};
	uint64_t year;
	str_split(&head, ' ', &code);
	ck_assert(str_to_u64(head, 9999, &year));
	ck_assert_msg(holidays_add(code, &days, &err) == 0, "%s", err.text);
	days_off_sort(&days);
	year_text(&days, (int)year, &got);
	ck_assert_msg(str_eq(buf_str(&got), want), "%.*s %d:\n%s-- want\n%.*s", STR_ARG(code),
		(int)year, buf_cstr(&got), STR_ARG(want));
	buf_finish(&got);
	days_off_finish(&days);
}

START_TEST(years_have_the_holidays_that_people_know)
{
	struct buf bytes = {0};
	struct error err = {0};
	ck_assert_msg(
		file_read(TESTS_DIR "/cases/worktime/holidays.txt", 1 << 20, &bytes, &err) == 0,
		"%s", err.text);
	struct str rest = buf_str(&bytes), line, head = {0};
	struct buf want = {0};
	size_t count = 0;
	while (str_line(&rest, &line)) {
		bool listed = str_starts(line, STR("\t"));
		if (listed)
			buf_add_format(&want, "%.*s\n", STR_ARG(line));
		if ((!listed || rest.len == 0) && head.len > 0) {
			check_year(head, buf_str(&want));
			count++;
			head = (struct str){0};
			buf_clear(&want);
		}
		if (!listed && line.len > 0 && line.ptr[0] != '#')
			head = line;
	}
	ck_assert_uint_gt(count, 8);
	buf_finish(&want);
	buf_finish(&bytes);
}
END_TEST

#define FIRST_YEAR 2024
#define LAST_YEAR 2035
#define SPAN_DAYS (13 * 366)

/* Which of the oracle's kinds are our holidays, and the one that it has in regions only. */
static const struct {
	const char *code, *country, *region;
	bool bank;
	const char *only_ours;
} calendars[] = {
	{"SE", "SE", "", true, NULL}, /* the three eves */
	{"FR", "FR", "", false, NULL}, {"DE", "DE", "", false, NULL},
	{"DE-BY", "DE", "BY", false, NULL}, {"DE-BE", "DE", "BE", false, NULL},
	{"ES", "ES", "", false, NULL},
	{"GB", "GB", "", false, "Summer bank holiday"}, /* it has no calendar of England alone */
	{"GB-NIR", "GB", "NIR", false, NULL}, {"GB-SCT", "GB", "SCT", false, NULL},
	{"IE", "IE", "", false, NULL}, {"US", "US", "", true, NULL}, /* Veterans Day observed */
};

static void oracle_days(
	struct str rest, const char *country, const char *region, bool bank, bool out[SPAN_DAYS])
{
	int64_t first = date_to_days((struct date){FIRST_YEAR, 1, 1});
	struct str row;
	while (str_line(&rest, &row)) {
		struct str field[6] = {0};
		struct date date;
		for (int i = 0; i < 6; i++)
			str_split(&row, '\t', &field[i]);
		bool kind =
			str_eq(field[4], STR("public")) || (bank && str_eq(field[4], STR("bank")));
		if (kind && str_eq(field[0], str_from(country)) &&
			str_eq(field[1], str_from(region)) && date_parse(field[2], &date))
			out[date_to_days(date) - first] = true;
	}
}

START_TEST(twelve_years_have_the_oracles_holidays)
{
	static bool oracle[SPAN_DAYS];
	struct buf bytes = {0};
	struct days_off days = {0};
	if (file_read(TEST_DATA "/time/holidays_2024-2035.tsv", 1 << 20, &bytes, NULL) < 0) {
		printf("skipped: no " TEST_DATA "/time/holidays_2024-2035.tsv\n");
		return;
	}
	oracle_days(buf_str(&bytes), calendars[_i].country, calendars[_i].region,
		calendars[_i].bank, oracle);
	ck_assert_int_eq(holidays_add(str_from(calendars[_i].code), &days, NULL), 0);
	days_off_sort(&days);
	int64_t first = date_to_days((struct date){FIRST_YEAR, 1, 1});
	int64_t last = date_to_days((struct date){LAST_YEAR, 12, 31});
	size_t same = 0, wrong = 0, ours = 0;
	for (int64_t day = first; day <= last; day++) {
		const char *name = days_off_find(&days, day);
		struct date date = date_from_days(day);
		bool theirs = oracle[day - first];
		if (name && !theirs && calendars[_i].only_ours &&
			strcmp(name, calendars[_i].only_ours) == 0) {
			ours++;
		} else if (!name != !theirs) {
			wrong++;
			printf("%s %d-%02d-%02d: we have '%s', the oracle %s\n", calendars[_i].code,
				date.year, date.month, date.day, name ? name : "",
				theirs ? "has one" : "none");
		} else if (name) {
			same++;
		}
	}
	printf("holidays of %s: %zu days as the oracle, %zu ours only, %zu differences\n",
		calendars[_i].code, same, ours, wrong);
	ck_assert_uint_gt(same, 80);
	ck_assert_uint_eq(wrong, 0);
	days_off_finish(&days);
	buf_finish(&bytes);
}
END_TEST

Suite *holidays_suite(void)
{
	Suite *suite = suite_create("holidays");
	TCase *cases = tcase_create("rules");
	tcase_add_test(cases, easter_falls_on_known_sundays);
	tcase_add_test(cases, years_have_the_holidays_that_people_know);
	tcase_add_loop_test(cases, twelve_years_have_the_oracles_holidays, 0,
		(int)(sizeof(calendars) / sizeof(calendars[0])));
	suite_add_tcase(suite, cases);
	return suite;
}
