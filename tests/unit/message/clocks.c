/* Which clock is used, and when clocks agree. */
#include "base/clock.h"
#include "message/message_parse.h"
#include "suites.h"

#include <string.h>

/* Minutes since an hour; NONE where the clock is absent. */
#define NONE -1

static const struct row {
	const char *name;
	int minutes[4]; /* received, internal, date, seen */
	enum clock_kind used;
	bool agreed;
} rows[] = {
	{"all within 15 minutes agree", {10, 15, 0, 40}, CLOCK_RECEIVED, true},
	{"exactly 15 minutes apart is within", {15, 0, 0, NONE}, CLOCK_RECEIVED, true},
	{"16 minutes apart is disputed", {16, 0, 0, NONE}, CLOCK_RECEIVED, false},
	{"a date alone agrees with itself", {NONE, NONE, 0, 900}, CLOCK_DATE, true},
	{"internal is used before the date", {NONE, 5, 0, NONE}, CLOCK_INTERNAL, true},
	{"internal that a migration reset disputes", {1, 600, 0, NONE}, CLOCK_RECEIVED, false},
	{"seen never disputes", {0, 0, 0, 6000}, CLOCK_RECEIVED, true},
	{"seen is used when nothing else is there, and agrees with nothing", {NONE, NONE, NONE, 5},
		CLOCK_SEEN, false},
	{"no clock at all", {NONE, NONE, NONE, NONE}, CLOCK_SEEN, false},
};

START_TEST(the_first_present_clock_is_used_and_those_near_agree)
{
	const struct row *row = &rows[_i];
	struct clocks c = {0};
	for (int kind = 0; kind < 4; kind++) {
		c.has[kind] = row->minutes[kind] != NONE;
		c.at_us[kind] = row->minutes[kind] * MINUTE_US;
	}
	clocks_settle(&c);
	ck_assert_msg(c.used == row->used, "%s: used %s", row->name, clock_kind_name(c.used));
	ck_assert_msg(c.agreed == row->agreed, "%s", row->name);
}
END_TEST

START_TEST(clocks_of_the_source_come_with_the_message)
{
	struct error err = {0};
	struct message m;
	const struct raw raw = {
		.octets = STR("Received: from a by b; Mon, 2 Mar 2026 08:05:00 +0000\r\n"
			      "Date: Mon, 2 Mar 2026 09:00:00 +0100\r\n\r\nHello\r\n"),
		.has_internal = true,
		.internal_at_us = INT64_C(1772438820000000), /* 08:07 */
		.seen_at_us = INT64_C(1772500000000000),
	};
	message_init(&m);
	ck_assert_int_eq(message_parse(&raw, &m, &err), 0);
	ck_assert_int_eq(m.clocks.at_us[CLOCK_RECEIVED] / SECOND_US, 1772438700);
	ck_assert_int_eq(m.clocks.at_us[CLOCK_DATE] / SECOND_US, 1772438400);
	ck_assert_int_eq(m.clocks.date_offset_min, 60);
	ck_assert(m.clocks.has[CLOCK_SEEN] && m.clocks.has[CLOCK_INTERNAL]);
	ck_assert(m.clocks.used == CLOCK_RECEIVED && m.clocks.agreed);
	message_finish(&m);
}
END_TEST

Suite *clocks_suite(void)
{
	Suite *s = suite_create("message: clocks");
	TCase *c = tcase_create("clocks");
	tcase_add_loop_test(c, the_first_present_clock_is_used_and_those_near_agree, 0,
		sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(c, clocks_of_the_source_come_with_the_message);
	suite_add_tcase(s, c);
	return s;
}
