/* The index's file: private, made anew when it is broken or another version's, and the same again.
 */
#include "index_test.h"

#include "base/file.h"
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct made_index made;

static void make(void)
{
	make_index(&made);
}

static void drop(void)
{
	drop_index(&made);
}

static uint64_t last(void)
{
	uint64_t seq;
	struct error err = {0};
	ck_assert_msg(index_last(made.index, &seq, &err) == 0, "%s", err.text);
	return seq;
}

static void add_one(void)
{
	add_message(&made, &(struct given){"acme", .at = "2026-01-05T10:00:00Z"});
}

static const char *path(void)
{
	static char path[128];
	snprintf(path, sizeof(path), "%s/index.db", made.folder);
	return path;
}

START_TEST(only_i_can_read_it)
{
	struct stat info;
	add_one();
	static const char *const endings[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < 3; i++) {
		char name[160];
		snprintf(name, sizeof(name), "%s%s", path(), endings[i]);
		ck_assert_int_eq(stat(name, &info), 0);
		ck_assert_uint_eq(info.st_mode & 0777, 0600);
	}
}
END_TEST

START_TEST(what_was_folded_is_there_after_opening_again)
{
	add_one();
	open_again(&made);
	ck_assert_uint_eq(last(), 1);
}
END_TEST

static void execute(const char *sql)
{
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(path(), &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

START_TEST(another_version_is_made_anew)
{
	add_one();
	index_close(made.index);
	made.index = NULL;
	execute("PRAGMA user_version = 99");
	open_again(&made);
	ck_assert_uint_eq(last(), 0);
	add_one();
}
END_TEST

START_TEST(somebody_elses_database_is_made_anew)
{
	index_close(made.index);
	made.index = NULL;
	ck_assert_int_eq(remove(path()), 0);
	execute("CREATE TABLE message(x); PRAGMA user_version = 1");
	open_again(&made);
	add_one();
	ck_assert_uint_eq(last(), 1);
}
END_TEST

START_TEST(tables_without_our_mark_are_made_anew)
{
	index_close(made.index);
	made.index = NULL;
	ck_assert_int_eq(remove(path()), 0);
	execute("CREATE TABLE message(x)");
	open_again(&made);
	add_one();
}
END_TEST

START_TEST(a_file_that_is_no_database_is_made_anew)
{
	struct error err = {0};
	add_one();
	index_close(made.index);
	made.index = NULL;
	struct buf noise = {0};
	for (int i = 0; i < 5000; i++)
		buf_add_cstr(&noise, "noise ");
	ck_assert_int_eq(file_write_atomic(path(), buf_str(&noise), 0600, &err), 0);
	buf_finish(&noise);
	open_again(&made);
	ck_assert_uint_eq(last(), 0);
	add_one();
}
END_TEST

START_TEST(a_link_in_its_place_is_refused)
{
	struct index *index = NULL;
	struct error err = {0};
	index_close(made.index);
	made.index = NULL;
	ck_assert_int_eq(remove(path()), 0);
	ck_assert_int_eq(symlink("/tmp/overstep-elsewhere", path()), 0);
	ck_assert_int_eq(index_open(made.folder, &index, &err), -1);
	ck_assert_ptr_null(index);
	ck_assert(!file_exists("/tmp/overstep-elsewhere"));
}
END_TEST

Suite *open_suite(void)
{
	Suite *suite = suite_create("index: file");
	TCase *tests = tcase_create("file");
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, only_i_can_read_it);
	tcase_add_test(tests, what_was_folded_is_there_after_opening_again);
	tcase_add_test(tests, another_version_is_made_anew);
	tcase_add_test(tests, somebody_elses_database_is_made_anew);
	tcase_add_test(tests, tables_without_our_mark_are_made_anew);
	tcase_add_test(tests, a_file_that_is_no_database_is_made_anew);
	tcase_add_test(tests, a_link_in_its_place_is_refused);
	suite_add_tcase(suite, tests);
	return suite;
}
