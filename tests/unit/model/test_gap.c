/* Gaps come back from their records, and what is none is refused. */
#include "base/clock.h"
#include "expect.h"
#include "model/gap.h"
#include "suites.h"

START_TEST(every_kind_comes_back_as_it_went_in)
{
	static const struct gap given[] = {
		{.kind = GAP_UNREAD,
			.account = {"studio", 6},
			.folder = {"INBOX", 5},
			.uidvalidity = 17,
			.uid = 4294967295,
			.why = {"poison", 6}},
		{.kind = GAP_WATCHED,
			.account = {"studio", 6},
			.from_us = 1772600000 * SECOND_US,
			.until_us = 1772621600 * SECOND_US,
			.pause_s = 150},
		{.kind = GAP_AWAY,
			.account = {"studio", 6},
			.from_us = 1772600000 * SECOND_US,
			.until_us = 1772621600 * SECOND_US,
			.why = {"connection refused", 18}},
		{.kind = GAP_RENUMBERED,
			.account = {"studio", 6},
			.folder = {"INBOX", 5},
			.uidvalidity_before = 17,
			.uidvalidity = 18},
		{.kind = GAP_VANISHED,
			.account = {"studio", 6},
			.folder = {"INBOX", 5},
			.uidvalidity = 18,
			.uid = 3,
			.of = 42},
		{.kind = GAP_MOVED,
			.account = {"studio", 6},
			.folder = {"INBOX", 5},
			.uidvalidity = 18,
			.uid = 4,
			.of = 42,
			.why = {"Archive", 7}},
		{.kind = GAP_RESTORED,
			.account = {"studio", 6},
			.folder = {"INBOX", 5},
			.uidvalidity = 18,
			.uid = 5},
		{.kind = GAP_SETTLED,
			.account = {"studio", 6},
			.folder = {"INBOX", 5},
			.uidvalidity = 18,
			.uid = 5,
			.of = 42,
			.why = {"it could be had later", 21}},
	};
	for (size_t i = 0; i < COUNT(given); i++) {
		struct record r;
		struct gap g;
		struct error err = {0};
		record_init(&r);
		ck_assert_int_eq(gap_write(&given[i], &r, &err), 0);
		r.stored_at_us = 5 * SECOND_US + 1;
		ck_assert_msg(gap_read(&r, &g, &err) == 0, "%s", err.text);
		bool span = given[i].until_us != 0;
		ck_assert_int_eq(g.kind, given[i].kind);
		expect_same(g.account, given[i].account);
		expect_same(g.folder, given[i].folder);
		expect_same(g.why, given[i].why);
		ck_assert_uint_eq(g.uidvalidity, given[i].uidvalidity);
		ck_assert_uint_eq(g.uidvalidity_before, given[i].uidvalidity_before);
		ck_assert_uint_eq(g.uid, given[i].uid);
		ck_assert_uint_eq(g.of, given[i].of);
		ck_assert_int_eq(g.pause_s, given[i].pause_s);
		ck_assert_int_eq(g.from_us, span ? given[i].from_us : 5 * SECOND_US);
		ck_assert_int_eq(g.until_us, span ? given[i].until_us : 5 * SECOND_US);
		record_finish(&r);
	}
}
END_TEST

START_TEST(what_is_no_gap_is_refused)
{
	static const char *const wrong[][8] = {
		{"folder", "INBOX", "uid", "1 2", "why", "no account"},
		{"account", "a", "folder", "INBOX", "uid", "1"},
		{"account", "a", "folder", "INBOX", "uid", "1 4294967296"},
		{"account", "a", "what", "unheard-of", "folder", "INBOX", "uid", "1 2"},
		{"account", "a", "what", "away", "from", "2026-03-04T00:00:00Z"},
		{"account", "a", "what", "vanished", "folder", "INBOX", "uid", "1 2"},
		{"account", "a", "what", "renumbered", "uidvalidity", "1 2"},
	};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct record r;
		struct gap g;
		struct error err = {0};
		record_init(&r);
		for (size_t k = 0; k < 8 && wrong[i][k]; k += 2)
			ck_assert_int_eq(record_add(&r, wrong[i][k], str_from(wrong[i][k + 1])), 0);
		ck_assert_msg(gap_read(&r, &g, &err) < 0, "row %zu", i);
		ck_assert_int_eq(err.kind, ERROR_INTEGRITY);
		record_finish(&r);
	}
}
END_TEST

Suite *gap_suite(void)
{
	Suite *s = suite_create("gap");
	TCase *t = tcase_create("gap");
	tcase_add_test(t, every_kind_comes_back_as_it_went_in);
	tcase_add_test(t, what_is_no_gap_is_refused);
	suite_add_tcase(s, t);
	return s;
}
