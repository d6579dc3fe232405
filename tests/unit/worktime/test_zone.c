/* Zones against glibc over the whole tz database, and readings against a search by hand. */
#include "base/clock.h"
#include "base/file.h"
#include "suites.h"
#include "worktime/zone.h"
#include "zone_stretch.h"
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FOLDER "/usr/share/zoneinfo"

struct tally {
	size_t zones, instants, differences;
	uint64_t random;
};

static void compare(const struct zone *z, const char *name, int64_t at_s, struct tally *t)
{
	struct zone_time ours;
	struct tm theirs;
	time_t at = (time_t)at_s;
	zone_local(z, at_s * SECOND_US, &ours);
	ck_assert_ptr_nonnull(localtime_r(&at, &theirs));
	t->instants++;
	if (ours.year == theirs.tm_year + 1900 && ours.month == theirs.tm_mon + 1 &&
		ours.day == theirs.tm_mday && ours.hour == theirs.tm_hour &&
		ours.minute == theirs.tm_min && ours.second == theirs.tm_sec &&
		ours.weekday == (theirs.tm_wday + 6) % 7 && ours.offset_s == theirs.tm_gmtoff &&
		ours.dst == (theirs.tm_isdst > 0) && strcmp(ours.abbreviation, theirs.tm_zone) == 0)
		return;
	if (t->differences++ < 20)
		printf("%s at %lld: %d-%02d-%02d %02d:%02d:%02d %s %+d dst %d, glibc says %d-%02d-%02d "
		       "%02d:%02d:%02d %s %+ld dst %d\n",
			name, (long long)at_s, ours.year, ours.month, ours.day, ours.hour,
			ours.minute, ours.second, ours.abbreviation, ours.offset_s, ours.dst,
			theirs.tm_year + 1900, theirs.tm_mon + 1, theirs.tm_mday, theirs.tm_hour,
			theirs.tm_min, theirs.tm_sec, theirs.tm_zone, theirs.tm_gmtoff,
			theirs.tm_isdst);
}

/* Our own changes; then, so that none is missed, an instant every two weeks or so. */
static void compare_zone(const char *name, struct tally *t)
{
	struct zone *zone = NULL;
	struct error err = {0};
	ck_assert_msg(
		zone_open(str_from(name), FOLDER, &zone, &err) == 0, "%s: %s", name, err.text);
	char variable[NAME_MAX + 2];
	snprintf(variable, sizeof(variable), ":%s", name);
	setenv("TZ", variable, 1);
	tzset();
	int64_t from_s = date_to_days((struct date){1990, 1, 1}) * DAY_S;
	int64_t until_s = date_to_days((struct date){2100, 1, 1}) * DAY_S;
	struct zone_stretch stretch;
	for (int64_t at_s = from_s; at_s < until_s; at_s = stretch.end_s) {
		zone_stretch_at(zone, at_s, &stretch);
		for (int64_t second = -1; second <= 1 && stretch.end_s < until_s; second++)
			compare(zone, name, stretch.end_s + second, t);
	}
	for (int64_t at_s = from_s; at_s < until_s;
		at_s += (int64_t)(next_random(&t->random) % (30 * DAY_S)))
		compare(zone, name, at_s, t);
	t->zones++;
	zone_close(zone);
}

static bool is_tzif(const char *path)
{
	char magic[4] = "";
	FILE *file = fopen(path, "rb");
	bool is = file && fread(magic, 1, 4, file) == 4 && memcmp(magic, "TZif", 4) == 0;
	if (file)
		fclose(file);
	return is;
}

/* posix/ repeats the zones, right/ counts leap seconds, localtime is no zone's name. */
static void walk(
	const char *prefix, void (*visit)(const char *name, struct tally *t), struct tally *t)
{
	char path[PATH_MAX], name[NAME_MAX];
	snprintf(path, sizeof(path), FOLDER "/%s", prefix);
	DIR *folder = opendir(path);
	if (!folder)
		return;
	for (struct dirent *entry; (entry = readdir(folder));) {
		snprintf(name, sizeof(name), "%s%.100s", prefix, entry->d_name);
		if (entry->d_name[0] == '.' || strcmp(name, "posix") == 0 ||
			strcmp(name, "right") == 0 || strcmp(name, "localtime") == 0)
			continue;
		snprintf(path, sizeof(path), FOLDER "/%s", name);
		if (file_is_folder(path)) {
			strcat(name, "/");
			walk(name, visit, t);
		} else if (is_tzif(path)) {
			visit(name, t);
		}
	}
	closedir(folder);
}

START_TEST(every_zone_shows_what_glibc_shows)
{
	struct tally t = {.random = 88172645463325252u};
	walk("", compare_zone, &t);
	if (t.zones == 0) {
		printf("skipped: no time zones in " FOLDER "\n");
		return;
	}
	printf("zones: %zu zones, %zu instants, %zu differences from glibc\n", t.zones, t.instants,
		t.differences);
	ck_assert_uint_eq(t.differences, 0);
}
END_TEST

static int64_t reading_of(const struct zone_time *t)
{
	return date_to_days((struct date){t->year, t->month, t->day}) * DAY_S + t->hour * 3600 +
		t->minute * 60;
}

/* All instants of whole minutes in the two days around that show the reading. */
static int instants_by_search(const struct zone *z, int64_t reading_s, int64_t out[8])
{
	int count = 0;
	for (int64_t at_s = reading_s - 27 * 3600; at_s < reading_s + 27 * 3600; at_s += 60) {
		struct zone_time local;
		zone_local(z, at_s * SECOND_US, &local);
		if (reading_of(&local) == reading_s && local.second == 0 && count < 8)
			out[count++] = at_s * SECOND_US;
	}
	return count;
}

static const char *const reading_zones[] = {"Europe/Stockholm", "America/New_York",
	"Australia/Lord_Howe", "America/Godthab", "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza",
	"Antarctica/Troll", "America/St_Johns", "Asia/Kolkata", "UTC"};

static void check_readings(const struct zone *z, const char *name, int64_t change_s)
{
	struct zone_stretch before, behind;
	zone_stretch_at(z, change_s - 1, &before);
	zone_stretch_at(z, change_s, &behind);
	int64_t low = change_s +
		(before.type->offset_s < behind.type->offset_s ? before : behind).type->offset_s;
	int64_t high = change_s +
		(before.type->offset_s < behind.type->offset_s ? behind : before).type->offset_s;
	const int64_t readings[] = {low - 60, low, low + 60, (low / 2 + high / 2) / 60 * 60,
		high - 60, high, high + 60};
	for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
		int64_t want[8], got[2];
		struct date date = date_from_days(floor_divide(readings[i], DAY_S));
		int minute = (int)(readings[i] - date_to_days(date) * DAY_S) / 60;
		int want_count = instants_by_search(z, readings[i], want);
		int count = zone_instants(
			z, date.year, date.month, date.day, minute / 60, minute % 60, got);
		ck_assert_msg(count == want_count, "%s %d-%02d-%02d %02d:%02d: %d, want %d", name,
			date.year, date.month, date.day, minute / 60, minute % 60, count,
			want_count);
		for (int k = 0; k < count; k++)
			ck_assert_int_eq(got[k], want[k]);
		if (count == 0)
			ck_assert_int_eq(got[0], (readings[i] - before.type->offset_s) * SECOND_US);
	}
}

START_TEST(a_reading_names_the_instants_that_a_search_finds)
{
	struct zone *zone = NULL;
	const char *name = reading_zones[_i];
	ck_assert_int_eq(zone_open(str_from(name), NULL, &zone, NULL), 0);
	int64_t at_s = date_to_days((struct date){2009, 1, 1}) * DAY_S;
	int64_t until_s = date_to_days((struct date){2028, 1, 1}) * DAY_S;
	struct zone_stretch stretch;
	for (; at_s < until_s; at_s = stretch.end_s) {
		zone_stretch_at(zone, at_s, &stretch);
		if (stretch.end_s < until_s)
			check_readings(zone, name, stretch.end_s);
	}
	zone_close(zone);
}
END_TEST

static const struct {
	const char *name;
	enum error_kind kind;
	const char *want;
} names[] = {
	{"Europe/Stokholm", ERROR_CONFIG,
		"unknown time zone 'Europe/Stokholm' (did you mean 'Europe/Stockholm'?)"},
	{"europe/stockholm", ERROR_CONFIG,
		"unknown time zone 'europe/stockholm' (did you mean 'Europe/Stockholm'?)"},
	{"Stockholm", ERROR_CONFIG,
		"unknown time zone 'Stockholm' (did you mean 'Europe/Stockholm'?)"},
	{"Middle/Of-Nowhere", ERROR_CONFIG,
		"unknown time zone 'Middle/Of-Nowhere', expected an IANA name such as "
		"'Europe/Stockholm'"},
	{"Europe", ERROR_CONFIG,
		"unknown time zone 'Europe', expected an IANA name such as 'Europe/Stockholm'"},
	{"", ERROR_CONFIG,
		"'' is not the name of a time zone, expected an IANA name such as "
		"'Europe/Stockholm'"},
	{"../../../etc/localtime", ERROR_CONFIG,
		"'../../../etc/localtime' is not the name of a time zone, expected an IANA name "
		"such as 'Europe/Stockholm'"},
	{"/etc/localtime", ERROR_CONFIG,
		"'/etc/localtime' is not the name of a time zone, expected an IANA name such as "
		"'Europe/Stockholm'"},
	{"Europe//Stockholm", ERROR_CONFIG,
		"'Europe//Stockholm' is not the name of a time zone, expected an IANA name such "
		"as 'Europe/Stockholm'"},
	{"Europe/", ERROR_CONFIG,
		"'Europe/' is not the name of a time zone, expected an IANA name such as "
		"'Europe/Stockholm'"},
	{"zone.tab", ERROR_CONFIG,
		"'zone.tab' is not the name of a time zone, expected an IANA name such as "
		"'Europe/Stockholm'"},
	{"localtime", ERROR_CONFIG,
		"'localtime' is not the name of a time zone, expected an IANA name such as "
		"'Europe/Stockholm'"},
};

START_TEST(a_name_that_is_no_zone_is_refused)
{
	struct zone *zone = NULL;
	struct error err = {0};
	ck_assert_int_eq(zone_open(str_from(names[_i].name), NULL, &zone, &err), -1);
	ck_assert_int_eq(err.kind, names[_i].kind);
	ck_assert_str_eq(err.text, names[_i].want);
	ck_assert_ptr_null(zone);
}
END_TEST

START_TEST(a_folder_without_zones_is_said_to_be_one)
{
	struct zone *zone = NULL;
	struct error err = {0};
	ck_assert_int_eq(zone_open(STR("Europe/Stockholm"), "/nowhere", &zone, &err), -1);
	ck_assert_str_eq(err.text, "no time zone database in '/nowhere', expected tzdata there");
}
END_TEST

/* Folders that know names in each of the three ways, with no file or an empty one. */
START_TEST(names_are_suggested_from_whatever_list_there_is)
{
	static const struct {
		const char *folder, *name, *want;
	} rows[] = {
		{"zi", "Europa/Stockholm",
			"unknown time zone 'Europa/Stockholm' (did you mean 'Europe/Stockholm'?)"},
		{"zi", "Sweden/Capital",
			"unknown time zone 'Sweden/Capital' (did you mean 'Europe/Stockholm'?)"},
		{"tab", "America/Nuk",
			"unknown time zone 'America/Nuk' (did you mean 'America/Nuuk'?)"},
		{"files", "ushuaia",
			"unknown time zone 'ushuaia' (did you mean 'America/Argentina/Ushuaia'?)"},
		{"files", "America/Argentina",
			"unknown time zone 'America/Argentina', expected an IANA name such as "
			"'Europe/Stockholm'"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char folder[PATH_MAX];
		struct zone *zone = NULL;
		struct error err = {0};
		snprintf(folder, sizeof(folder), TESTS_DIR "/cases/worktime/zones/%s",
			rows[i].folder);
		ck_assert_int_eq(zone_open(str_from(rows[i].name), folder, &zone, &err), -1);
		ck_assert_str_eq(err.text, rows[i].want);
	}
}
END_TEST

START_TEST(a_file_that_is_no_zone_is_broken_input)
{
	struct zone *zone = NULL;
	struct error err = {0};
	ck_assert_int_eq(zone_open(STR("America/Argentina/Ushuaia"),
				 TESTS_DIR "/cases/worktime/zones/files", &zone, &err),
		-1);
	ck_assert_int_eq(err.kind, ERROR_INPUT);
	ck_assert_str_eq(err.text,
		"time zone 'America/Argentina/Ushuaia': broken TZif data: no TZif header");
}
END_TEST

START_TEST(the_version_of_tzdata_is_told)
{
	char version[32];
	zone_tzdata_version(NULL, version);
	/* 2025b: a year and a letter */
	ck_assert_msg(
		strlen(version) >= 5 && version[0] == '2' && version[4] >= 'a', "%s", version);
	zone_tzdata_version(TESTS_DIR "/cases/worktime/zones/zi", version);
	ck_assert_str_eq(version, "2099z");
	zone_tzdata_version(TESTS_DIR "/cases/worktime/zones/files", version);
	ck_assert_str_eq(version, "2098y");
	zone_tzdata_version("/nowhere", version);
	ck_assert_str_eq(version, "unknown");
}
END_TEST

static const char *const oracle_zones[] = {
	"UTC", "Europe/Stockholm", "Europe/Paris", "America/New_York", "Asia/Kolkata"};

static void oracle_row(struct zone *const zones[5], struct str row, size_t *wrong)
{
	struct str field = {0};
	uint64_t epoch = 0;
	for (int i = 0; i < 3; i++)
		str_split(&row, '\t', &field);
	bool negative = str_starts(field, STR("-"));
	ck_assert(str_to_u64(str_slice(field, negative, field.len), INT64_MAX / SECOND_US, &epoch));
	for (int i = 0; i < 5; i++) {
		struct zone_time t;
		char text[40];
		int64_t at_s = negative ? -(int64_t)epoch : (int64_t)epoch;
		zone_local(zones[i], at_s * SECOND_US, &t);
		snprintf(text, sizeof(text), "%s %d-%02d-%02d %02d:%02d", weekday_names[t.weekday],
			t.year, t.month, t.day, t.hour, t.minute);
		str_split(&row, '\t', &field);
		if (!str_eq(field, str_from(text)) && (*wrong)++ < 10)
			printf("%s: %s, want %.*s\n", oracle_zones[i], text, STR_ARG(field));
	}
}

START_TEST(real_date_headers_have_the_oracles_local_times)
{
	struct buf bytes = {0};
	if (file_read(TEST_DATA "/time/date_oracle.tsv", 16 * 1024 * 1024, &bytes, NULL) < 0) {
		printf("skipped: no " TEST_DATA "/time/date_oracle.tsv\n");
		return;
	}
	struct zone *zones[5] = {0};
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(zone_open(str_from(oracle_zones[i]), NULL, &zones[i], NULL), 0);
	struct str rest = buf_str(&bytes), row;
	size_t rows = 0, wrong = 0;
	str_line(&rest, &row); /* the names of the columns */
	for (; str_line(&rest, &row); rows++)
		oracle_row(zones, row, &wrong);
	printf("date oracle: %zu rows, %zu differences\n", rows, wrong);
	ck_assert_uint_gt(rows, 7000);
	ck_assert_uint_eq(wrong, 0);
	for (int i = 0; i < 5; i++)
		zone_close(zones[i]);
	buf_finish(&bytes);
}
END_TEST

Suite *zone_suite(void)
{
	Suite *suite = suite_create("zone");
	TCase *cases = tcase_create("zones");
	tcase_set_timeout(cases, 600);
	tcase_add_test(cases, every_zone_shows_what_glibc_shows);
	tcase_add_loop_test(cases, a_reading_names_the_instants_that_a_search_finds, 0,
		(int)(sizeof(reading_zones) / sizeof(reading_zones[0])));
	tcase_add_loop_test(cases, a_name_that_is_no_zone_is_refused, 0,
		(int)(sizeof(names) / sizeof(names[0])));
	tcase_add_test(cases, a_folder_without_zones_is_said_to_be_one);
	tcase_add_test(cases, names_are_suggested_from_whatever_list_there_is);
	tcase_add_test(cases, a_file_that_is_no_zone_is_broken_input);
	tcase_add_test(cases, the_version_of_tzdata_is_told);
	tcase_add_test(cases, real_date_headers_have_the_oracles_local_times);
	suite_add_tcase(suite, cases);
	return suite;
}
