/* Looks at an account, by a clock that is set here, and what is worth a record of them. */
#include "watch.h"

#include "app_test.h"
#include "base/clock.h"

/* 2026-03-04T09:00:00Z, and a machine that was started a day before */
#define NINE (1772614800 * SECOND_US)
#define ALLOWED (15 * MINUTE_US)

static struct watch watch;
static struct buf told;

static void begin(void)
{
	watch = (struct watch){0};
	buf_clear(&told);
}

static void end(void)
{
	buf_finish(&told);
}

/* Minutes since nine: by the clock on the wall, and those that passed, asleep and awake. */
static struct instant instant(int wall, int passed, int awake)
{
	return (struct instant){
		.at_us = NINE + wall * MINUTE_US,
		.passed_us = DAY_US + passed * MINUTE_US,
		.awake_us = DAY_US + awake * MINUTE_US,
	};
}

static void tell(const struct watch_note *notes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add_format(&told, "%s %d-%d %s%d; ", gap_kind_name(notes[i].kind),
			(int)((notes[i].from_us - NINE) / MINUTE_US),
			(int)((notes[i].until_us - NINE) / MINUTE_US), notes[i].why,
			(int)(notes[i].pause_us / MINUTE_US));
}

static void look(struct instant begun, struct instant ended)
{
	struct watch_note notes[WATCH_NOTES];
	size_t count;
	watch_look(&watch, &begun, &ended, ALLOWED, notes, &count);
	tell(notes, count);
}

static void look_at(int minute)
{
	look(instant(minute, minute, minute), instant(minute, minute, minute));
}

static void close_at(int minute)
{
	struct watch_note notes[WATCH_NOTES];
	struct instant now = instant(minute, minute, minute);
	size_t count;
	watch_close(&watch, &now, ALLOWED, notes, &count);
	tell(notes, count);
}

static void expect(const char *want)
{
	ck_assert_str_eq(buf_cstr(&told), want);
}

START_TEST(a_heartbeat_comes_every_six_hours)
{
	for (int minute = 0; minute <= 13 * 60; minute += 10)
		look_at(minute);
	expect("watched 0-360 10; watched 360-720 10; ");
}
END_TEST

START_TEST(a_pause_as_long_as_is_allowed_is_watching_and_a_longer_one_is_not)
{
	look_at(0);
	look_at(15);
	look_at(31);
	close_at(40);
	expect("watched 0-15 15; away 15-31 the service was held up0; ");
}
END_TEST

START_TEST(an_outage_says_what_failed)
{
	look_at(0);
	look_at(5);
	watch_failed(&watch, NINE + 7 * MINUTE_US, STR("connection refused"));
	watch_failed(&watch, NINE + 60 * MINUTE_US, STR("login refused"));
	look_at(120);
	expect("watched 0-5 5; away 5-120 login refused0; ");
}
END_TEST

START_TEST(a_failure_that_is_over_soon_is_none)
{
	look_at(0);
	watch_failed(&watch, NINE + 2 * MINUTE_US, STR("connection refused"));
	look_at(10);
	look_at(30);
	expect("watched 0-10 10; away 10-30 the service was held up0; ");
}
END_TEST

START_TEST(what_fails_from_the_beginning_was_never_watched)
{
	watch_failed(&watch, NINE, STR("login refused"));
	close_at(600);
	look_at(700);
	look_at(710);
	close_at(710);
	expect("watched 700-710 10; ");
}
END_TEST

START_TEST(a_first_look_of_hours_is_watching)
{
	look(instant(0, 0, 0), instant(120, 120, 120));
	close_at(125);
	expect("watched 0-120 0; ");
}
END_TEST

START_TEST(a_machine_that_sleeps_does_not_watch)
{
	look_at(0);
	look_at(10);
	watch_failed(&watch, NINE + 609 * MINUTE_US, STR("no network"));
	look(instant(610, 610, 11), instant(610, 610, 11));
	expect("watched 0-10 10; away 10-610 the machine slept0; ");
}
END_TEST

START_TEST(a_clock_set_forward_is_no_outage)
{
	look_at(0);
	look_at(10);
	look(instant(192, 12, 12), instant(192, 12, 12));
	look(instant(200, 20, 20), instant(200, 20, 20));
	struct watch_note notes[WATCH_NOTES];
	struct instant now = instant(201, 21, 21);
	size_t count;
	watch_close(&watch, &now, ALLOWED, notes, &count);
	tell(notes, count);
	expect("watched 0-10 10; watched 190-200 8; ");
}
END_TEST

START_TEST(a_clock_set_back_is_no_outage)
{
	look_at(0);
	look_at(10);
	look(instant(-168, 12, 12), instant(-168, 12, 12));
	look(instant(-160, 20, 20), instant(-160, 20, 20));
	ck_assert_int_eq(watch.from_us, NINE - 170 * MINUTE_US);
	expect("watched 0-10 10; ");
}
END_TEST

START_TEST(a_clock_set_during_an_outage_does_not_change_its_length)
{
	look_at(0);
	look_at(10);
	look(instant(1000, 70, 70), instant(1000, 70, 70));
	expect("watched 0-10 10; away 940-1000 the service was held up0; ");
}
END_TEST

START_TEST(a_clock_set_during_a_look_begins_a_new_stretch)
{
	look_at(0);
	look_at(5);
	look(instant(10, 10, 10), instant(130, 11, 11));
	ck_assert_int_eq(watch.from_us, NINE + 129 * MINUTE_US);
	expect("watched 0-10 5; ");
}
END_TEST

/* As it is read back: the clocks that count began anew. */
static void remember(int from, int until)
{
	watch = (struct watch){
		.known = true,
		.from_us = NINE + from * MINUTE_US,
		.seen.at_us = NINE + until * MINUTE_US,
	};
}

START_TEST(a_restart_goes_on_where_it_was)
{
	remember(0, 10);
	look_at(20);
	close_at(21);
	expect("watched 0-20 10; ");
}
END_TEST

START_TEST(time_without_the_service_is_an_outage)
{
	remember(0, 10);
	watch_failed(&watch, NINE + 599 * MINUTE_US, STR("connection refused"));
	look_at(600);
	expect("watched 0-10 0; away 10-600 the service did not run0; ");
}
END_TEST

START_TEST(a_clock_set_back_between_two_runs_is_no_outage)
{
	remember(0, 100);
	look_at(20);
	ck_assert_int_eq(watch.from_us, NINE + 20 * MINUTE_US);
	expect("watched 0-100 0; ");
}
END_TEST

START_TEST(an_outage_at_the_end_is_told_once)
{
	look_at(0);
	look_at(10);
	watch_failed(&watch, NINE + 12 * MINUTE_US, STR("connection refused"));
	close_at(60);
	expect("watched 0-10 10; away 10-60 connection refused0; ");
	watch.seen.passed_us = watch.seen.awake_us = 0;
	look_at(65);
	ck_assert_int_eq(watch.from_us, NINE + 60 * MINUTE_US);
	expect("watched 0-10 10; away 10-60 connection refused0; ");
}
END_TEST

Suite *watch_suite(void)
{
	Suite *s = suite_create("watch");
	TCase *t = tcase_create("watch");
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, a_heartbeat_comes_every_six_hours);
	tcase_add_test(t, a_pause_as_long_as_is_allowed_is_watching_and_a_longer_one_is_not);
	tcase_add_test(t, an_outage_says_what_failed);
	tcase_add_test(t, a_failure_that_is_over_soon_is_none);
	tcase_add_test(t, what_fails_from_the_beginning_was_never_watched);
	tcase_add_test(t, a_first_look_of_hours_is_watching);
	tcase_add_test(t, a_machine_that_sleeps_does_not_watch);
	tcase_add_test(t, a_clock_set_forward_is_no_outage);
	tcase_add_test(t, a_clock_set_back_is_no_outage);
	tcase_add_test(t, a_clock_set_during_an_outage_does_not_change_its_length);
	tcase_add_test(t, a_clock_set_during_a_look_begins_a_new_stretch);
	tcase_add_test(t, a_restart_goes_on_where_it_was);
	tcase_add_test(t, time_without_the_service_is_an_outage);
	tcase_add_test(t, a_clock_set_back_between_two_runs_is_no_outage);
	tcase_add_test(t, an_outage_at_the_end_is_told_once);
	suite_add_tcase(s, t);
	return s;
}
