/* Gaps as rows: found by time, and what is archived of a folder beside what is gone from it. */
#include "index_test.h"

static struct made_index made;

static void begin(void)
{
	made = (struct made_index){0};
	make_index(&made);
}

static void end(void)
{
	drop_index(&made);
}

static const struct given jane = {.clients = "acme",
	.at = "2026-01-05T10:00:00Z",
	.folder = "INBOX",
	.from = "jane@acme.example"};

static struct gap span(enum gap_kind kind, const char *from, const char *until)
{
	return (struct gap){
		.kind = kind,
		.account = STR("studio"),
		.from_us = at_of(from),
		.until_us = at_of(until),
		.why = STR("connection refused"),
	};
}

START_TEST(gaps_are_found_by_their_time)
{
	const struct gap one = span(GAP_WATCHED, "2026-01-05T10:00:00Z", "2026-01-05T16:00:00Z");
	const struct gap two = span(GAP_AWAY, "2026-01-05T16:00:00Z", "2026-01-05T18:00:00Z");
	struct arena arena = {0};
	struct error err = {0};
	struct gap *all;
	size_t count;
	int64_t until_us = 0;
	ck_assert_int_eq(index_watched_until(made.index, STR("studio"), &until_us, &err), 0);
	uint64_t second = add_gap(&made, &two), first = add_gap(&made, &one);
	ck_assert_int_eq(index_gaps(made.index, (struct str){0}, at_of("2026-01-05T00:00:00Z"),
				 at_of("2026-01-06T00:00:00Z"), &arena, &all, &count, &err),
		0);
	ck_assert_uint_eq(count, 2);
	ck_assert_uint_eq(all[0].seq, first);
	ck_assert_int_eq(all[0].kind, GAP_WATCHED);
	ck_assert_uint_eq(all[1].seq, second);
	ck_assert(str_eq(all[1].why, STR("connection refused")));
	ck_assert(!all[1].folder.ptr);
	ck_assert_int_eq(index_gaps(made.index, (struct str){0}, at_of("2026-01-05T17:00:00Z"),
				 at_of("2026-01-06T00:00:00Z"), &arena, &all, &count, &err),
		0);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(index_watched_until(made.index, STR("studio"), &until_us, &err), 1);
	ck_assert_int_eq(until_us, two.until_us);
	ck_assert_int_eq(index_watched_until(made.index, STR("other"), &until_us, &err), 0);
	arena_finish(&arena);
}
END_TEST

START_TEST(what_vanished_is_in_its_folder_no_longer)
{
	struct arena arena = {0};
	struct error err = {0};
	struct indexed_place *all;
	size_t count;
	uint64_t one = add_message(&made, &jane), two = add_message(&made, &jane);
	const struct place from = {.account = STR("studio"),
		.folder = STR("INBOX"),
		.uidvalidity = 1,
		.uid = (uint32_t)one};
	const struct gap gone = {
		.kind = GAP_VANISHED,
		.account = STR("studio"),
		.folder = STR("INBOX"),
		.uidvalidity = 1,
		.uid = (uint32_t)one,
		.of = one,
	};
	ck_assert_int_eq(
		index_places(made.index, &from, (uint32_t)two, &arena, &all, &count, &err), 0);
	ck_assert_uint_eq(count, 1);
	ck_assert_uint_eq(all[0].seq, one);
	add_gap(&made, &gone);
	ck_assert_int_eq(
		index_places(made.index, &from, (uint32_t)two + 1, &arena, &all, &count, &err), 0);
	ck_assert_uint_eq(count, 1);
	ck_assert_uint_eq(all[0].seq, two);
	arena_finish(&arena);
}
END_TEST

START_TEST(a_gap_that_is_none_is_refused)
{
	ck_assert_int_eq(add_bad(&made, RECORD_GAP, NULL, NULL, NULL), ERROR_INTEGRITY);
}
END_TEST

Suite *gap_suite(void)
{
	Suite *s = suite_create("gap");
	TCase *t = tcase_create("gap");
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, gaps_are_found_by_their_time);
	tcase_add_test(t, what_vanished_is_in_its_folder_no_longer);
	tcase_add_test(t, a_gap_that_is_none_is_refused);
	suite_add_tcase(s, t);
	return s;
}
