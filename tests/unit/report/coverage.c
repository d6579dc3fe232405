/* Looks at accounts, folded into what was missed and what not. */
#include "report/coverage.h"

#include "base/clock.h"
#include "report/words.h"
#include "suites.h"
#include <string.h>

#define AT(hour) ((hour)*HOUR_US)
#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const struct {
	const char *name;
	struct gap gaps[7];
	const char *configured[3];
	const char *want; /* of the first day of 1970 */
} rows[] = {
	{"nothing is recorded", {{.account = {NULL, 0}}}, {"a"}, ""},
	{"heartbeats of one account are one stretch",
		{{.kind = GAP_WATCHED, .account = {"a", 1}, .until_us = AT(6)},
			{.kind = GAP_WATCHED,
				.account = {"a", 1},
				.from_us = AT(6),
				.until_us = AT(24)}},
		{"a"}, "nothing missed 1970-01-01 00:00 to 1970-01-02 00:00\n"},
	{"an outage interrupts it",
		{{.kind = GAP_WATCHED, .account = {"a", 1}, .until_us = AT(6)},
			{.kind = GAP_AWAY,
				.account = {"a", 1},
				.from_us = AT(6),
				.until_us = AT(8),
				.why = {"connection refused", 18}},
			{.kind = GAP_WATCHED,
				.account = {"a", 1},
				.from_us = AT(8),
				.until_us = AT(24)}},
		{"a"},
		"nothing missed 1970-01-01 00:00-06:00\n"
		"not watching 1970-01-01 06:00-08:00 (a: connection refused)\n"
		"nothing missed 1970-01-01 08:00 to 1970-01-02 00:00\n"},
	{"what is not recorded is said",
		{{.kind = GAP_WATCHED, .account = {"a", 1}, .from_us = AT(3), .until_us = AT(6)},
			{.kind = GAP_WATCHED,
				.account = {"a", 1},
				.from_us = AT(8),
				.until_us = AT(12)}},
		{"a"},
		"not recorded whether anything was missed 1970-01-01 00:00-03:00\n"
		"nothing missed 1970-01-01 03:00-06:00\n"
		"not recorded whether anything was missed 1970-01-01 06:00-08:00\n"
		"nothing missed 1970-01-01 08:00-12:00\n"
		"not recorded whether anything was missed 1970-01-01 12:00 to 1970-01-02 00:00\n"},
	{"two accounts must both be watched, the second from its first record on",
		{{.kind = GAP_WATCHED, .account = {"a", 1}, .until_us = AT(24)},
			{.kind = GAP_WATCHED,
				.account = {"b", 1},
				.from_us = AT(6),
				.until_us = AT(9)},
			{.kind = GAP_AWAY,
				.account = {"b", 1},
				.from_us = AT(9),
				.until_us = AT(12),
				.why = {"login refused", 13}},
			{.kind = GAP_WATCHED,
				.account = {"b", 1},
				.from_us = AT(12),
				.until_us = AT(18)}},
		{"a", "b"},
		"nothing missed 1970-01-01 00:00-09:00\n"
		"not watching 1970-01-01 09:00-12:00 (b: login refused)\n"
		"nothing missed 1970-01-01 12:00-18:00\n"
		"not recorded whether anything was missed 1970-01-01 18:00 to 1970-01-02 00:00\n"},
	{"an account that is gone is not missed",
		{{.kind = GAP_WATCHED, .account = {"a", 1}, .until_us = AT(24)},
			{.kind = GAP_WATCHED,
				.account = {"b", 1},
				.from_us = AT(6),
				.until_us = AT(9)}},
		{"a"}, "nothing missed 1970-01-01 00:00 to 1970-01-02 00:00\n"},
	{"what vanished from a folder is one line, what could not be had each its own",
		{{.kind = GAP_WATCHED, .account = {"a", 1}, .until_us = AT(24)},
			{.kind = GAP_VANISHED,
				.account = {"a", 1},
				.folder = {"INBOX", 5},
				.from_us = AT(1),
				.until_us = AT(1)},
			{.kind = GAP_VANISHED,
				.account = {"a", 1},
				.folder = {"INBOX", 5},
				.from_us = AT(2),
				.until_us = AT(2)},
			{.kind = GAP_MOVED,
				.account = {"a", 1},
				.folder = {"INBOX", 5},
				.why = {"Archive", 7},
				.from_us = AT(2),
				.until_us = AT(2)},
			{.kind = GAP_RENUMBERED,
				.account = {"a", 1},
				.folder = {"INBOX", 5},
				.from_us = AT(3),
				.until_us = AT(3)},
			{.kind = GAP_RESTORED,
				.account = {"a", 1},
				.folder = {"INBOX", 5},
				.from_us = AT(3),
				.until_us = AT(3)},
			{.kind = GAP_UNREAD,
				.account = {"a", 1},
				.folder = {"INBOX", 5},
				.from_us = AT(4),
				.until_us = AT(4),
				.why = {"poison", 6}}},
		{"a"},
		"nothing missed 1970-01-01 00:00 to 1970-01-02 00:00\n"
		"2 archived messages are gone from their folder: 'INBOX' of a, noted 1970-01-01 01:00\n"
		"1 archived message was moved to 'Archive': from 'INBOX' of a, noted 1970-01-01 "
		"02:00\n"
		"messages have other numbers on the server: in 'INBOX' of a, noted 1970-01-01 03:00\n"
		"the server put the folder back to an earlier state: 'INBOX' of a, noted 1970-01-01 "
		"03:00\n"
		"a message could not be had: in 'INBOX' of a, noted 1970-01-01 04:00 (poison)\n"},
};

START_TEST(looks_become_lines)
{
	struct arena arena = {0};
	struct error err = {0};
	struct str names[3];
	struct strs configured = {names, 0};
	struct coverage_line *lines;
	struct buf got = {0};
	size_t gaps = 0, count;
	while (gaps < COUNT(rows[_i].gaps) && rows[_i].gaps[gaps].account.ptr)
		gaps++;
	while (configured.count < 3 && rows[_i].configured[configured.count]) {
		names[configured.count] = str_from(rows[_i].configured[configured.count]);
		configured.count++;
	}
	ck_assert_int_eq(coverage_fold(rows[_i].gaps, gaps, &configured, 0, AT(24), &arena, &lines,
				 &count, &err),
		0);
	for (size_t i = 0; i < count; i++) {
		coverage_say(&(const struct pen){.out = &got}, &lines[i]);
		buf_add_char(&got, '\n');
	}
	ck_assert_msg(!strcmp(buf_cstr(&got), rows[_i].want), "%s: got\n%s", rows[_i].name,
		buf_cstr(&got));
	buf_finish(&got);
	arena_finish(&arena);
}
END_TEST

Suite *coverage_suite(void)
{
	Suite *s = suite_create("coverage");
	TCase *t = tcase_create("coverage");
	tcase_add_loop_test(t, looks_become_lines, 0, COUNT(rows));
	suite_add_tcase(s, t);
	return s;
}
