/* POSIX TZ strings: what is read, what is refused, and the same instants as glibc. */
#include "base/clock.h"
#include "suites.h"
#include "tz_rule.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <time.h>

static const char *const good[] = {
	"UTC0",
	"JST-9",
	"<+0330>-3:30",
	"<-12>12",
	"CET-1CEST,M3.5.0,M10.5.0/3",
	"EST5EDT,M3.2.0,M11.1.0",
	"EST5EDT4,M3.2.0/2:00:00,M11.1.0/2:00:00",
	"<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
	"IST-1GMT0,M10.5.0,M3.5.0/1",
	"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
	"<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45",
	"NZST-12NZDT,M9.5.0,M4.1.0/3",
	"<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
	"IST-2IDT,M3.4.4/26,M10.5.0",
	"EET-2EEST,M3.4.4/50,M10.4.4/50",
	"EET-2EEST,M4.5.5/0,M10.5.4/24",
	"AAA3BBB,J60/0,J300/0",
	"AAA3BBB,59/1,299/1:30",
	"AAA-3BBB,J2/0,J364/23", /* glibc sees only the changes of the UTC year */
	"AAA0:30:15BBB-0:29:45,M2.4.3/13:14:15,M8.2.5/1:02:03",
	"AAA6BBB,M1.1.1,M12.5.0",
};

static const char *const bad[] = {
	"",
	"UTC",
	"AB0",
	"<UTC0",
	"<>0",
	"CET-1CEST",
	"CET-1CEST,M3.5.0",
	"CET-1CEST,M13.1.0,M10.5.0",
	"CET-1CEST,M3.6.0,M10.5.0",
	"CET-1CEST,M3.5.7,M10.5.0",
	"CET-1CEST,M3.5.0/168,M10.5.0",
	"CET-1CEST,J0,J300",
	"CET-1CEST,J366,J300",
	"CET-1CEST,366,J300",
	"CET-1CEST,M3.5.0,M10.5.0 ",
	"CET-1CEST,M3.5.0,M10.5.0,M1.1.1",
	"CET-25",
	"CET-1:60",
	"C3T-1",
	"CET-1CEST,,",
	"CET-1CEST,M3.5.0/,M10.5.0",
	":Europe/Stockholm",
	"CET--1",
	"CET-1CEST,M3,M10",
};

START_TEST(good_strings_are_read)
{
	struct tz_rule rule;
	struct error err = {0};
	ck_assert_msg(tz_rule_parse(str_from(good[_i]), &rule, &err) == 0, "%s", err.text);
}
END_TEST

START_TEST(bad_strings_are_refused_and_leave_the_output_alone)
{
	struct tz_rule rule = {.has_dst = true};
	struct error err = {0};
	ck_assert_msg(
		tz_rule_parse(str_from(bad[_i]), &rule, &err) == -1, "'%s' was read", bad[_i]);
	ck_assert_int_eq(err.kind, ERROR_INPUT);
	ck_assert(rule.has_dst);
}
END_TEST

static void check_instant(const struct zone *z, const char *rule, int64_t at_s)
{
	struct zone_time ours;
	struct tm theirs;
	time_t at = (time_t)at_s;
	zone_local(z, at_s * SECOND_US, &ours);
	ck_assert_ptr_nonnull(localtime_r(&at, &theirs));
	ck_assert_msg(ours.offset_s == theirs.tm_gmtoff && ours.dst == (theirs.tm_isdst > 0),
		"%s at %lld: %d dst %d, glibc says %ld dst %d", rule, (long long)at_s,
		ours.offset_s, ours.dst, theirs.tm_gmtoff, theirs.tm_isdst);
}

START_TEST(footers_change_clocks_when_glibc_does)
{
	struct buf bytes = {0};
	struct zone *zone = NULL;
	struct error err = {0};
	struct tz_rule rule;
	tzif_with_footer(good[_i], &bytes);
	ck_assert_msg(
		zone_parse(STR("Test/Footer"), buf_str(&bytes), &zone, &err) == 0, "%s", err.text);
	ck_assert_int_eq(tz_rule_parse(str_from(good[_i]), &rule, &err), 0);
	setenv("TZ", good[_i], 1);
	tzset();
	uint64_t state = 88172645463325252u;
	for (int year = 1971; year < 2500; year++) {
		int64_t changes[2] = {0};
		if (rule.has_dst)
			tz_rule_year(&rule, year, &changes[0], &changes[1]);
		for (int i = 0; i < 2; i++) {
			for (int64_t second = -1; second <= 1; second++)
				check_instant(zone, good[_i], changes[i] + second);
		}
		int64_t first_s = date_to_days((struct date){year, 1, 1}) * DAY_S;
		for (int i = 0; i < 20; i++)
			check_instant(zone, good[_i],
				first_s + (int64_t)(next_random(&state) % (365 * DAY_S)));
	}
	zone_close(zone);
	buf_finish(&bytes);
}
END_TEST

START_TEST(dst_all_year_never_ends)
{
	/* the example of RFC 9636, section 3.3.2 */
	struct buf bytes = {0};
	struct zone *zone = NULL;
	struct zone_time local;
	tzif_with_footer("XXX3EDT4,0/0,J365/23", &bytes);
	ck_assert_int_eq(zone_parse(STR("Test/Footer"), buf_str(&bytes), &zone, NULL), 0);
	for (int64_t hour = 0; hour < 24 * 366 * 5; hour++) {
		zone_local(zone, INT64_C(1700000000) * SECOND_US + hour * HOUR_US, &local);
		ck_assert_int_eq(local.offset_s, -4 * 3600);
		ck_assert_str_eq(local.abbreviation, "EDT");
	}
	zone_close(zone);
	buf_finish(&bytes);
}
END_TEST

Suite *tz_rule_suite(void)
{
	Suite *suite = suite_create("tz_rule");
	TCase *cases = tcase_create("rules");
	tcase_set_timeout(cases, 120);
	tcase_add_loop_test(cases, good_strings_are_read, 0, (int)(sizeof(good) / sizeof(good[0])));
	tcase_add_loop_test(cases, bad_strings_are_refused_and_leave_the_output_alone, 0,
		(int)(sizeof(bad) / sizeof(bad[0])));
	tcase_add_loop_test(cases, footers_change_clocks_when_glibc_does, 0,
		(int)(sizeof(good) / sizeof(good[0])));
	tcase_add_test(cases, dst_all_year_never_ends);
	suite_add_tcase(suite, cases);
	return suite;
}
