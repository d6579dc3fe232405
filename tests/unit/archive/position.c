/* Tests of positions: found again, replaced, listed in order. */
#include "scratch.h"
#include "suites.h"

START_TEST(a_position_is_found_again_and_replaced)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct arena arena = {0};
	struct position p = {UINT32_MAX, 7, STR("anna@studio.example\n@acme.example\n")}, back;
	ck_assert_int_eq(archive_position(a, STR("studio"), STR("INBOX"), &arena, &back, &err), 0);
	begin(a);
	ck_assert_int_eq(archive_set_position(a, STR("studio"), STR("INBOX"), &p, &err), 0);
	commit(a);
	archive_close(a);
	a = opened(ARCHIVE_WRITE);
	ck_assert_int_eq(archive_position(a, STR("studio"), STR("INBOX"), &arena, &back, &err), 1);
	ck_assert_uint_eq(back.uidvalidity, UINT32_MAX);
	ck_assert_uint_eq(back.next_uid, 7);
	ck_assert(str_eq(back.watched, p.watched));
	p = (struct position){1, UINT32_MAX, {NULL, 0}};
	begin(a);
	ck_assert_int_eq(archive_set_position(a, STR("studio"), STR("INBOX"), &p, &err), 0);
	commit(a);
	ck_assert_int_eq(archive_position(a, STR("studio"), STR("INBOX"), &arena, &back, &err), 1);
	ck_assert_uint_eq(back.next_uid, UINT32_MAX);
	ck_assert_uint_eq(back.watched.len, 0);
	arena_finish(&arena);
	archive_close(a);
}
END_TEST

START_TEST(positions_are_listed_in_order_and_names_are_kept_exactly)
{
	static const struct {
		struct str account, folder;
	} want[] = {
		{STR("a"), STR("INBOX")},
		{STR("a"), STR("Skickat/\xc3\xa4")},
		{STR("b"), STR("")},
		{STR("b"), STR("' OR 1; --\xff")},
	};
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct arena arena = {0};
	struct position_row *rows = NULL;
	size_t count = 7;
	ck_assert_int_eq(archive_positions(a, &arena, &rows, &count, &err), 0);
	ck_assert_uint_eq(count, 0);
	begin(a);
	for (size_t i = 4; i-- > 0;) {
		struct position p = {1, (uint32_t)i, STR("x")};
		ck_assert_int_eq(
			archive_set_position(a, want[i].account, want[i].folder, &p, &err), 0);
	}
	commit(a);
	ck_assert_int_eq(archive_positions(a, &arena, &rows, &count, &err), 0);
	ck_assert_uint_eq(count, 4);
	for (size_t i = 0; i < count; i++) {
		ck_assert(str_eq(rows[i].account, want[i].account));
		ck_assert(str_eq(rows[i].folder, want[i].folder));
		ck_assert_uint_eq(rows[i].position.next_uid, i);
	}
	arena_finish(&arena);
	archive_close(a);
}
END_TEST

START_TEST(a_position_that_cannot_be_one_starts_anew)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct arena arena = {0};
	struct position back;
	ck_assert_int_eq(
		raw_sql("INSERT INTO position VALUES ('a', 'b', 5, 4294967296, 'x')"), SQLITE_OK);
	ck_assert_int_eq(archive_position(a, STR("a"), STR("b"), &arena, &back, &err), 1);
	ck_assert_uint_eq(back.uidvalidity, 0);
	ck_assert_uint_eq(back.next_uid, 0);
	arena_finish(&arena);
	archive_close(a);
}
END_TEST

Suite *position_suite(void)
{
	const TTest *const tests[] = {
		a_position_is_found_again_and_replaced,
		positions_are_listed_in_order_and_names_are_kept_exactly,
		a_position_that_cannot_be_one_starts_anew,
	};
	return scratch_suite("position", tests, sizeof(tests) / sizeof(*tests));
}
