/* Calendar files: the days that they give, and what is refused with its line. */
#include "base/clock.h"
#include "base/file.h"
#include "ics.h"
#include "suites.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EVENT(lines)                                                                               \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" lines "END:VEVENT\r\nEND:VCALENDAR\r\n"

/* The days of 2020 to 2032 as text: "2026-12-24 Name; ". */
static void days_text(struct days_off *d, struct buf *out)
{
	days_off_sort(d);
	int64_t last = date_to_days((struct date){2032, 12, 31});
	for (int64_t day = date_to_days((struct date){2020, 1, 1}); day <= last; day++) {
		const char *name = days_off_find(d, day);
		struct date date = date_from_days(day);
		if (name)
			buf_add_format(
				out, "%d-%02d-%02d %s; ", date.year, date.month, date.day, name);
	}
}

static const struct {
	const char *name;
	const char *in;
	const char *want;
} good[] = {
	{"one day", EVENT("DTSTART;VALUE=DATE:20261224\r\nSUMMARY:Closed\r\n"),
		"2026-12-24 Closed; "},
	{"the end is the day after",
		EVENT("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Rest\r\n"),
		"2026-12-24 Rest; 2026-12-25 Rest; 2026-12-26 Rest; "},
	{"an end on the same day is one day",
		EVENT("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261224\r\nSUMMARY:Rest\r\n"),
		"2026-12-24 Rest; "},
	{"a duration", EVENT("DURATION:P2D\r\nDTSTART:20261231\r\nSUMMARY:Turn\r\n"),
		"2026-12-31 Turn; 2027-01-01 Turn; "},
	{"a week", EVENT("DTSTART:20320101\r\nDURATION:P1W\r\n"),
		"2032-01-01 Holiday; 2032-01-02 Holiday; 2032-01-03 Holiday; 2032-01-04 Holiday; "
		"2032-01-05 Holiday; 2032-01-06 Holiday; 2032-01-07 Holiday; "},
	{"LF alone, lower case, no final line end",
		"begin:vcalendar\nbegin:vevent\ndtstart:20260101\nsummary:x\nend:vevent\nend:vcalendar",
		"2026-01-01 x; "},
	{"a byte order mark and blank lines",
		"\xef\xbb\xbf" EVENT("\r\nDTSTART:20260101\r\nSUMMARY:x\r\n") "\r\n",
		"2026-01-01 x; "},
	{"folded lines, also inside a character and a name",
		EVENT("DTSTA\r\n RT:2026\r\n 0101\r\nSUMMARY:Tr\xc3\r\n \xa4ning\r\n\t dag\r\n"),
		"2026-01-01 Tr\xc3\xa4ning dag; "},
	{"escapes and control characters",
		EVENT("DTSTART:20260101\r\nSUMMARY:a\\, b\\; c\\\\ d\\ne\x1b[1m\r\n"),
		"2026-01-01 a, b; c\\ d e [1m; "},
	{"quoted parameters with a colon",
		EVENT("DTSTART;X-A=\"b:c;d\";VALUE=DATE:20260101\r\nSUMMARY;LANGUAGE=sv:x\r\n"),
		"2026-01-01 x; "},
	{"events with a time are passed over",
		EVENT("DTSTART;TZID=Europe/Stockholm:20260101T090000\r\nDURATION:PT1H\r\n"), ""},
	{"cancelled events are passed over", EVENT("DTSTART:20260101\r\nSTATUS:CANCELLED\r\n"), ""},
	{"other components and alarms do not count",
		"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
		"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
		"BEGIN:VTODO\r\nDTSTART:20260301\r\nRRULE:FREQ=DAILY\r\nEND:VTODO\r\n"
		"BEGIN:VEVENT\r\nDTSTART:20260101\r\nSUMMARY:x\r\nBEGIN:VALARM\r\nSUMMARY:alarm\r\n"
		"DURATION:bad\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"2026-01-01 x; "},
	{"two events, the first names a day that both have",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\nSUMMARY:a\nEND:VEVENT\n"
		"BEGIN:VEVENT\nDTSTART:20260101\nDTEND:20260103\nSUMMARY:b\nEND:VEVENT\nEND:VCALENDAR\n",
		"2026-01-01 a; 2026-01-02 b; "},
	{"an empty calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", ""},
	{"every year with COUNT",
		EVENT("DTSTART:20260501\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nSUMMARY:May\r\n"),
		"2026-05-01 May; 2027-05-01 May; 2028-05-01 May; "},
	{"COUNT counts from the beginning, also before the calendar's years",
		EVENT("DTSTART:19010501\r\nRRULE:FREQ=YEARLY;COUNT=121\r\nSUMMARY:May\r\n"),
		"2020-05-01 May; 2021-05-01 May; "},
	{"UNTIL is included",
		EVENT("DTSTART:20260501\r\nRRULE:FREQ=YEARLY;UNTIL=20270501\r\nSUMMARY:May\r\n"),
		"2026-05-01 May; 2027-05-01 May; "},
	{"UNTIL with a time",
		EVENT("DTSTART:20260501\r\nRRULE:FREQ=YEARLY;UNTIL=20270430T220000Z\r\nSUMMARY:May\r\n"),
		"2026-05-01 May; "},
	{"INTERVAL", EVENT("DTSTART:20200501\r\nRRULE:FREQ=YEARLY;INTERVAL=6\r\nSUMMARY:May\r\n"),
		"2020-05-01 May; 2026-05-01 May; 2032-05-01 May; "},
	{"29 February comes in leap years only",
		EVENT("DTSTART:20240229\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Leap\r\n"),
		"2024-02-29 Leap; 2028-02-29 Leap; 2032-02-29 Leap; "},
	{"the fourth Thursday of November",
		EVENT("DTSTART:20291122\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\nSUMMARY:T\r\n"),
		"2029-11-22 T; 2030-11-28 T; 2031-11-27 T; 2032-11-25 T; "},
	{"the last Monday of May",
		EVENT("DTSTART:20300101\r\nRRULE:FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5\r\nSUMMARY:M\r\n"),
		"2030-05-27 M; 2031-05-26 M; 2032-05-31 M; "},
	{"the Saturday between two days",
		EVENT("DTSTART:20300622\r\nRRULE:FREQ=YEARLY;BYMONTH=6;BYDAY=SA;"
		      "BYMONTHDAY=20,21,22,23,24,25,26;WKST=MO\r\nSUMMARY:M\r\n"),
		"2030-06-22 M; 2031-06-21 M; 2032-06-26 M; "},
	{"the last day of two months",
		EVENT("DTSTART:20310101\r\nRRULE:FREQ=YEARLY;BYMONTH=2,12;BYMONTHDAY=-1\r\n"
		      "SUMMARY:L\r\n"),
		"2031-02-28 L; 2031-12-31 L; 2032-02-29 L; 2032-12-31 L; "},
	{"the second Monday of the year",
		EVENT("DTSTART:20310101\r\nRRULE:FREQ=YEARLY;BYDAY=2MO\r\nSUMMARY:S\r\n"),
		"2031-01-13 S; 2032-01-12 S; "},
	{"EXDATE takes an occurrence out, COUNT still counts it",
		EVENT("EXDATE;VALUE=DATE:20270501,20290501\r\nDTSTART:20260501\r\n"
		      "RRULE:FREQ=YEARLY;COUNT=3\r\nSUMMARY:May\r\n"),
		"2026-05-01 May; 2028-05-01 May; "},
};

START_TEST(calendars_give_these_days)
{
	struct days_off days = {0};
	struct error err = {0};
	struct buf got = {0};
	ck_assert_msg(ics_read(str_from(good[_i].in), "x.ics", &days, &err) == 0, "%s: %s",
		good[_i].name, err.text);
	days_text(&days, &got);
	ck_assert_msg(str_eq(buf_str(&got), str_from(good[_i].want)), "%s: '%s', want '%s'",
		good[_i].name, buf_cstr(&got), good[_i].want);
	buf_finish(&got);
	days_off_finish(&days);
}
END_TEST

static const struct {
	const char *name;
	const char *in;
	unsigned line;
	const char *want;
} bad[] = {
	{"nothing", "", 1, "the file ends early, expected END:VCALENDAR"},
	{"no calendar", "hello\n", 1, "unexpected 'hello', expected NAME:VALUE"},
	{"a web page", "<!DOCTYPE html>\n<a href=\"http://x.example\">\n", 1,
		"unexpected '<!DOCTYPE html>', expected NAME:VALUE"},
	{"a card", "BEGIN:VCARD\nEND:VCARD\n", 1, "unexpected 'BEGIN:VCARD', expected VCALENDAR"},
	{"a property outside", "END:VCALENDAR\n", 1, "unexpected 'END', expected BEGIN:VCALENDAR"},
	{"cut", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n", 4,
		"the file ends early, expected END:VCALENDAR"},
	{"a weekly rule", EVENT("SUMMARY:a\r\n  folded\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\n"), 6,
		"RRULE part 'FREQ=WEEKLY' is not understood, expected FREQ=YEARLY"},
	{"a part that we do not know", EVENT("RRULE:FREQ=YEARLY;BYWEEKNO=20\r\n"), 4,
		"RRULE part 'BYWEEKNO=20' is not understood, expected FREQ=YEARLY with INTERVAL, "
		"COUNT, UNTIL, BYMONTH, BYMONTHDAY or BYDAY"},
	{"no frequency", EVENT("RRULE:COUNT=2\r\n"), 4, "RRULE has no FREQ, expected FREQ=YEARLY"},
	{"an empty rule", EVENT("RRULE:\r\n"), 4, "RRULE has no FREQ, expected FREQ=YEARLY"},
	{"a part twice", EVENT("RRULE:FREQ=YEARLY;COUNT=1;COUNT=2\r\n"), 4,
		"RRULE part 'COUNT' comes twice"},
	{"INTERVAL 0", EVENT("RRULE:FREQ=YEARLY;INTERVAL=0\r\n"), 4,
		"RRULE part 'INTERVAL=0' is not understood, expected a number of years"},
	{"month 13", EVENT("RRULE:FREQ=YEARLY;BYMONTH=1,13\r\n"), 4,
		"RRULE part 'BYMONTH=1,13' is not understood, expected months from 1 to 12"},
	{"weekday XX", EVENT("RRULE:FREQ=YEARLY;BYDAY=2XX\r\n"), 4,
		"RRULE part 'BYDAY=2XX' is not understood, expected weekdays such as MO, 2MO or -1FR"},
	{"an empty part", EVENT("RRULE:FREQ=YEARLY;;COUNT=1\r\n"), 4,
		"RRULE part '' is not understood, expected FREQ=YEARLY with INTERVAL, COUNT, UNTIL, "
		"BYMONTH, BYMONTHDAY or BYDAY"},
	{"two rules", EVENT("RRULE:FREQ=YEARLY\r\nRRULE:FREQ=YEARLY\r\n"), 5,
		"a second RRULE in one event"},
	{"no start", EVENT("SUMMARY:x\r\n"), 3, "an event without DTSTART"},
	{"no date", EVENT("DTSTART:20260230\r\n"), 4,
		"DTSTART '20260230' is not understood, expected a date such as 20261224"},
	{"a date with dashes", EVENT("DTSTART:2026-02-03\r\n"), 4,
		"DTSTART '2026-02-03' is not understood, expected a date such as 20261224"},
	{"an end before the start", EVENT("DTSTART:20260102\r\nDTEND:20260101\r\n"), 3,
		"an event of -1 days, expected 1 to 366 (DTEND is the day after)"},
	{"an event of years", EVENT("DTSTART:20260102\r\nDTEND:20290101\r\n"), 3,
		"an event of 1095 days, expected 1 to 366 (DTEND is the day after)"},
	{"a duration in months", EVENT("DTSTART:20260102\r\nDURATION:P1M\r\n"), 5,
		"DURATION 'P1M' is not understood, expected days such as P1D"},
	{"more dates", EVENT("DTSTART:20260102\r\nRDATE:20260103\r\n"), 5,
		"RDATE is not understood, expected one event for each"},
	{"a moved occurrence", EVENT("RECURRENCE-ID:20260103\r\n"), 4,
		"RECURRENCE-ID is not understood, expected one event for each"},
};

START_TEST(what_cannot_be_followed_is_refused_with_its_line)
{
	struct days_off days = {0};
	struct error err = {0};
	ck_assert_msg(ics_read(str_from(bad[_i].in), "x.ics", &days, &err) == -1, "%s was read",
		bad[_i].name);
	ck_assert_int_eq(err.kind, ERROR_CONFIG);
	ck_assert_str_eq(err.file, "x.ics");
	ck_assert_str_eq(err.text, bad[_i].want);
	ck_assert_uint_eq(err.line, bad[_i].line);
	days_off_finish(&days);
}
END_TEST

START_TEST(a_flood_of_events_or_days_is_refused)
{
	struct buf text = {0};
	struct days_off days = {0};
	struct error err = {0};
	buf_add_cstr(&text, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < 5001; i++)
		buf_add_cstr(&text, "BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n");
	ck_assert_int_eq(ics_read(buf_str(&text), "x.ics", &days, &err), -1);
	ck_assert_str_eq(err.text, "more than 5000 events");
	days_off_finish(&days);
	buf_clear(&text);
	buf_add_cstr(&text, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < 100; i++)
		buf_add_cstr(&text,
			"BEGIN:VEVENT\nDTSTART:19000101\nDTEND:19010101\n"
			"RRULE:FREQ=YEARLY\nEND:VEVENT\n");
	err = (struct error){0};
	ck_assert_int_eq(ics_read(buf_str(&text), "x.ics", &days, &err), -1);
	ck_assert_str_eq(err.text, "more than 200000 days off");
	days_off_finish(&days);
	buf_finish(&text);
}
END_TEST

Suite *ics_suite(void)
{
	Suite *suite = suite_create("ics");
	TCase *cases = tcase_create("calendars");
	tcase_set_timeout(cases, 60);
	tcase_add_loop_test(
		cases, calendars_give_these_days, 0, (int)(sizeof(good) / sizeof(good[0])));
	tcase_add_loop_test(cases, what_cannot_be_followed_is_refused_with_its_line, 0,
		(int)(sizeof(bad) / sizeof(bad[0])));
	tcase_add_test(cases, a_flood_of_events_or_days_is_refused);
	suite_add_tcase(suite, cases);
	return suite;
}
