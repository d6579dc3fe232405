/* What the clock found, told from facts: in English word for word what is recorded. */
#include "clock_reason.h"

#include "report/words.h"
#include "suites.h"
#include "worktime/worktime.h"

#define FIRST_DAY 20454 /* 2026-01-01 */

static struct worktime *hours_of(const char *zone, const char *hours)
{
	const struct str lines[] = {str_from(hours), STR("fri 09:00-15:00")};
	static const struct str holidays[] = {STR("SE")}, leave[] = {STR("2026-07-06..2026-07-31")};
	const struct worktime_plan plan = {
		.time_zone = str_from(zone),
		.hours = {(struct str *)lines, 2},
		.holidays = {(struct str *)holidays, 1},
		.leave = {(struct str *)leave, 1},
	};
	struct worktime *w = NULL;
	struct error err = {0};
	ck_assert_msg(worktime_new(&plan, &w, &err) == 0, "%s", err.text);
	return w;
}

static void check_told(const struct told_moment *told, enum tongue tongue, const char *want)
{
	struct buf words = {0};
	say_moment(&(const struct pen){.out = &words, .tongue = tongue}, told);
	ck_assert_str_eq(buf_cstr(&words), want);
	buf_finish(&words);
}

/* As it is read from a record: without the facts that only its words have. */
static struct moment recorded(const struct worktime *hours, int64_t at_us)
{
	struct moment m;
	worktime_at(hours, at_us, &m);
	m.has_from = m.has_until = false;
	m.day_off = NULL;
	return m;
}

START_TEST(a_moment_is_told_in_english_as_it_is_recorded)
{
	static const char *const hours[] = {"mon-thu 09:00-12:00 13:00-17:30",
		"mon-thu 20:00-24:00", "sat 22:00-06:00", "mon 00:00-24:00"};
	for (size_t k = 0; k < sizeof(hours) / sizeof(hours[0]); k++) {
		struct worktime *w = hours_of("Europe/Stockholm", hours[k]);
		for (int i = 0; i < 365 * 24 / 5; i++) {
			int64_t at_us = FIRST_DAY * DAY_US + i * 5 * HOUR_US + 7 * MINUTE_US;
			const struct moment m = recorded(w, at_us);
			const struct told_moment told = told_moment_make(&m, at_us, w);
			ck_assert(told.whole);
			check_told(&told, TONGUE_EN, m.why);
		}
		worktime_free(w);
	}
}
END_TEST

static const struct {
	const char *name, *at, *hours, *zone, *sv, *fr; /* hours: in force now */
} rows[] = {
	{"an evening", "2026-06-23T22:40:00+02:00", NULL, NULL,
		"tis 22:40 (tid i Europe/Stockholm), på natten, efter 17:30",
		"mar 22:40 (heure de Europe/Stockholm), la nuit, après 17:30"},
	{"a lunch", "2026-06-23T12:10:00+02:00", NULL, NULL,
		"tis 12:10 (tid i Europe/Stockholm), mellan 12:00 och 13:00",
		"mar 12:10 (heure de Europe/Stockholm), entre 12:00 et 13:00"},
	{"working hours", "2026-06-23T09:00:00+02:00", NULL, NULL,
		"tis 09:00 (tid i Europe/Stockholm), inom 09:00–12:00",
		"mar 09:00 (heure de Europe/Stockholm), pendant le travail, de 09:00 à 12:00"},
	{"a holiday", "2026-06-19T11:30:00+02:00", NULL, NULL,
		"fre 11:30 (tid i Europe/Stockholm), helgdag: Midsommarafton",
		"ven 11:30 (heure de Europe/Stockholm), jour férié\xc2\xa0: Midsommarafton"},
	{"leave", "2026-07-08T10:00:00+02:00", NULL, NULL,
		"ons 10:00 (tid i Europe/Stockholm), ledig 2026-07-06..2026-07-31",
		"mer 10:00 (heure de Europe/Stockholm), en congé 2026-07-06..2026-07-31"},
	{"with other hours since only what is recorded", "2026-06-23T18:10:00+02:00",
		"mon-thu 10:00-14:00", NULL,
		"tis 18:10 (tid i Europe/Stockholm), utanför arbetstid",
		"mar 18:10 (heure de Europe/Stockholm), hors horaires"},
	{"nor is a zone told that is another now", "2026-06-19T11:30:00+02:00", NULL, "Asia/Tokyo",
		"fre 11:30, helgdag", "ven 11:30, jour férié"},
};

START_TEST(what_is_not_known_any_more_is_left_out)
{
	const char *before = "mon-thu 09:00-12:00 13:00-17:30";
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct worktime *then = hours_of("Europe/Stockholm", before);
		struct worktime *now = hours_of(rows[i].zone ? rows[i].zone : "Europe/Stockholm",
			rows[i].hours ? rows[i].hours : before);
		int64_t at_us;
		int offset_min;
		ck_assert(time_parse(str_from(rows[i].at), &at_us, &offset_min));
		const struct moment m = recorded(then, at_us);
		const struct told_moment told = told_moment_make(&m, at_us, now);
		ck_assert_msg(told.whole == (!rows[i].hours && !rows[i].zone), "%s", rows[i].name);
		check_told(&told, TONGUE_SV, rows[i].sv);
		check_told(&told, TONGUE_FR, rows[i].fr);
		worktime_free(then);
		worktime_free(now);
	}
}
END_TEST

Suite *clock_reason_suite(void)
{
	Suite *suite = suite_create("cli: what the clock found");
	TCase *tests = tcase_create("clock reason");
	tcase_add_test(tests, a_moment_is_told_in_english_as_it_is_recorded);
	tcase_add_test(tests, what_is_not_known_any_more_is_left_out);
	suite_add_tcase(suite, tests);
	return suite;
}
