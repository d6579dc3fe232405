/* Tests of opening: what is made, what is refused, and what the tables refuse. */
#include "scratch.h"
#include "suites.h"
#include <sys/stat.h>
#include <unistd.h>

static unsigned mode_of(const char *path)
{
	struct stat status;
	ck_assert_int_eq(lstat(path, &status), 0);
	return status.st_mode & 07777;
}

static enum error_kind refused(enum archive_mode mode, struct error *err)
{
	struct archive *a = NULL;
	*err = (struct error){0};
	ck_assert_int_eq(archive_open(scratch, mode, &stood, &a, err), -1);
	ck_assert_ptr_null(a);
	return err->kind;
}

START_TEST(a_new_archive_is_private)
{
	char folder[128];
	struct archive *a = NULL;
	struct error err = {0};
	umask(0);
	snprintf(folder, sizeof(folder), "%s", scratch_path("one/two"));
	ck_assert_int_eq(archive_open(folder, ARCHIVE_CREATE, &stood, &a, &err), 0);
	ck_assert_uint_eq(mode_of(folder), 0700);
	ck_assert_uint_eq(mode_of(scratch_path("one/two/archive.db")), 0600);
	ck_assert_uint_eq(archive_last(a), 0);
	/* the journal holds mail, too */
	begin(a);
	add_message(a, "acme", "x");
	ck_assert_uint_eq(mode_of(scratch_path("one/two/archive.db-journal")), 0600);
	commit(a);
	archive_close(a);
}
END_TEST

START_TEST(an_open_folder_is_shut_when_it_is_ours)
{
	ck_assert_int_eq(chmod(scratch, 0755), 0);
	archive_close(opened(ARCHIVE_CREATE));
	ck_assert_uint_eq(mode_of(scratch), 0700);
	ck_assert_int_eq(chmod(scratch, 0755), 0);
	ck_assert_int_eq(chmod(scratch_path("archive.db"), 0644), 0);
	archive_close(opened(ARCHIVE_CREATE));
	ck_assert_uint_eq(mode_of(scratch), 0700);
	ck_assert_uint_eq(mode_of(scratch_path("archive.db")), 0600);
}
END_TEST

START_TEST(an_open_folder_of_other_things_is_left_alone)
{
	struct error err;
	ck_assert_int_eq(chmod(scratch, 0755), 0);
	ck_assert_int_eq(mkdir(scratch_path("letters"), 0755), 0);
	ck_assert_int_eq(refused(ARCHIVE_CREATE, &err), ERROR_CONFIG);
	ck_assert_uint_eq(mode_of(scratch), 0755);
	ck_assert_int_ne(access(scratch_path("archive.db"), F_OK), 0);
}
END_TEST

START_TEST(the_settings_are_those_of_the_evidence)
{
	static const struct {
		const char *sql, *want;
	} settings[] = {
		{"PRAGMA journal_mode", "delete"},
		{"PRAGMA synchronous", "3"},
		{"PRAGMA foreign_keys", "1"},
		{"PRAGMA recursive_triggers", "1"},
		{"PRAGMA trusted_schema", "0"},
		{"PRAGMA cell_size_check", "1"},
		{"PRAGMA mmap_size", "0"},
		{"PRAGMA secure_delete", "1"},
		{"PRAGMA application_id", "1870033780"},
		{"PRAGMA user_version", "3"},
		{"PRAGMA query_only", "0"},
		{"SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema"
		 " WHERE type = 'table' ORDER BY name)",
			"blob checkpoint position record whereabouts"},
		{"SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0"
		 " AND name NOT LIKE 'sqlite%'",
			"0"},
	};
	struct archive *a = opened(ARCHIVE_CREATE);
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		sqlite3_stmt *s = NULL;
		ck_assert_int_eq(
			sqlite3_prepare_v2(a->db, settings[i].sql, -1, &s, NULL), SQLITE_OK);
		ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
		ck_assert_msg(
			strcmp((const char *)sqlite3_column_text(s, 0), settings[i].want) == 0,
			"%s is %s", settings[i].sql, sqlite3_column_text(s, 0));
		sqlite3_finalize(s);
	}
	int defensive = 0;
	sqlite3_db_config(a->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
	ck_assert_int_eq(defensive, 1);
	archive_close(a);
}
END_TEST

START_TEST(no_archive_is_said_to_be_none)
{
	struct error err;
	ck_assert_int_eq(refused(ARCHIVE_READ, &err), ERROR_NOT_FOUND);
	ck_assert_int_eq(refused(ARCHIVE_WRITE, &err), ERROR_NOT_FOUND);
	ck_assert_int_eq(rmdir(scratch), 0);
	ck_assert_int_eq(refused(ARCHIVE_READ, &err), ERROR_NOT_FOUND);
	ck_assert_int_ne(access(scratch, F_OK), 0);
}
END_TEST

START_TEST(an_empty_file_is_an_archive_not_yet_made)
{
	struct error err;
	ck_assert_int_eq(shell(scratch, "touch archive.db").status, 0);
	ck_assert_int_eq(refused(ARCHIVE_READ, &err), ERROR_NOT_FOUND);
	ck_assert_int_eq(refused(ARCHIVE_WRITE, &err), ERROR_NOT_FOUND);
	archive_close(opened(ARCHIVE_CREATE));
	archive_close(opened(ARCHIVE_READ));
}
END_TEST

START_TEST(a_database_of_something_else_is_left_as_it_is)
{
	struct error err;
	ck_assert_int_eq(
		raw_sql("PRAGMA journal_mode = WAL; CREATE TABLE letters(text);"), SQLITE_OK);
	for (int mode = ARCHIVE_READ; mode <= ARCHIVE_CREATE; mode++)
		ck_assert_int_eq(refused((enum archive_mode)mode, &err), ERROR_INTEGRITY);
	ck_assert_ptr_nonnull(strstr(err.text, "something else"));
	struct output out = shell(scratch, "sqlite3 archive.db 'PRAGMA journal_mode' .schema");
	ck_assert_str_eq(out.text, "wal\nCREATE TABLE letters(text);\n");
}
END_TEST

START_TEST(an_archive_of_a_newer_version_is_left_as_it_is)
{
	struct error err;
	archive_close(opened(ARCHIVE_CREATE));
	ck_assert_int_eq(raw_sql("PRAGMA user_version = 4"), SQLITE_OK);
	for (int mode = ARCHIVE_READ; mode <= ARCHIVE_CREATE; mode++) {
		ck_assert_int_eq(refused((enum archive_mode)mode, &err), ERROR_INTEGRITY);
		ck_assert_ptr_nonnull(strstr(err.text, "newer version"));
	}
}
END_TEST

START_TEST(what_is_no_database_is_said_to_be_none)
{
	struct error err;
	ck_assert_int_eq(shell(scratch, "seq 10000 > archive.db").status, 0);
	ck_assert_int_eq(refused(ARCHIVE_WRITE, &err), ERROR_INTEGRITY);
	ck_assert_int_eq(shell(scratch, "rm archive.db; mkdir archive.db").status, 0);
	ck_assert_int_eq(refused(ARCHIVE_CREATE, &err), ERROR_INTEGRITY);
}
END_TEST

START_TEST(a_link_in_the_archives_place_is_not_followed)
{
	struct error err;
	archive_close(opened(ARCHIVE_CREATE));
	ck_assert_int_eq(
		shell(scratch, "mkdir real && mv archive.db real/ && ln -s real/archive.db .")
			.status,
		0);
	for (int mode = ARCHIVE_READ; mode <= ARCHIVE_CREATE; mode++) {
		ck_assert_int_eq(refused((enum archive_mode)mode, &err), ERROR_INTEGRITY);
		ck_assert_ptr_nonnull(strstr(err.text, "symbolic link"));
	}
	/* a link to nowhere makes nothing there */
	ck_assert_int_eq(shell(scratch, "ln -sf real/elsewhere.db archive.db").status, 0);
	ck_assert_int_eq(refused(ARCHIVE_CREATE, &err), ERROR_INTEGRITY);
	ck_assert_int_ne(access(scratch_path("real/elsewhere.db"), F_OK), 0);
}
END_TEST

START_TEST(a_folder_behind_a_link_is_found)
{
	struct archive *a = NULL;
	struct error err = {0};
	ck_assert_int_eq(shell(scratch, "mkdir -m 700 real && ln -s real link").status, 0);
	ck_assert_int_eq(archive_open(scratch_path("link"), ARCHIVE_CREATE, &stood, &a, &err), 0);
	archive_close(a);
	ck_assert_int_eq(access(scratch_path("real/archive.db"), F_OK), 0);
}
END_TEST

/* With the settings of an archive that is open, and with those of any other program. */
static const struct {
	const char *name, *sql;
	bool recursive; /* needs recursive_triggers, which only we set */
} forbidden[] = {
	{"deleting a record", "DELETE FROM record WHERE seq = 1", false},
	{"changing a record", "UPDATE record SET body = 'x' WHERE seq = 1", false},
	{"erasing without saying so", "UPDATE record SET body = NULL WHERE seq = 1", false},
	{"changing a hash", "UPDATE record SET hash = zeroblob(32)", false},
	{"renumbering", "UPDATE record SET seq = seq + 100", false},
	{"replacing a record", "REPLACE INTO record VALUES (1, zeroblob(32), 'x')", false},
	{"leaving a number out", "INSERT INTO record VALUES (9, zeroblob(32), 'x')", false},
	{"the same hash twice", "INSERT INTO record SELECT max(seq) + 1, hash, body FROM record",
		false},
	{"a hash that is none", "INSERT INTO record VALUES (3, x'00', 'x')", false},
	{"deleting octets", "DELETE FROM blob", false},
	{"changing octets", "UPDATE blob SET data = x'00', size = 1", false},
	{"replacing octets", "REPLACE INTO blob SELECT sha256, 1, x'00' FROM blob", true},
	{"deleting a checkpoint", "DELETE FROM checkpoint", false},
	{"changing a checkpoint", "UPDATE checkpoint SET sig = x''", false},
	{"replacing a checkpoint", "REPLACE INTO checkpoint VALUES (1, 'y', x'')", true},
	{"text where octets belong", "INSERT INTO checkpoint VALUES (3, 'x', 'x')", false},
	{"an account without name", "INSERT INTO position VALUES (NULL, 'INBOX', 1, 1, '')", false},
};

START_TEST(the_tables_only_grow)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	begin(a);
	add_message(a, "acme", "first");
	add_message(a, "acme", "second");
	commit(a);
	ck_assert_int_eq(raw_sql("INSERT INTO checkpoint VALUES (1, 'x', x'00')"), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(a->db, forbidden[_i].sql, NULL, NULL, NULL) != SQLITE_OK,
		"%s is possible", forbidden[_i].name);
	if (!forbidden[_i].recursive)
		ck_assert_msg(raw_sql(forbidden[_i].sql) != SQLITE_OK,
			"%s is possible for another program", forbidden[_i].name);
	struct record r;
	struct error err = {0};
	record_init(&r);
	ck_assert_int_eq(archive_record_at(a, 1, &r, &err), 1);
	ck_assert_int_eq(archive_has_blob(a, &r.blob), true);
	ck_assert_uint_eq(archive_last(a), 2);
	record_finish(&r);
	archive_close(a);
}
END_TEST

START_TEST(erasing_is_possible_behind_its_record_only)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct buf log = {0}, body = {0};
	struct record r;
	record_init(&r);
	begin(a);
	add_message(a, "acme", "first");
	add_message(a, "acme", "second");
	r.type = RECORD_ERASURE;
	ck_assert_int_eq(record_add(&r, "of", STR("E-000001")), 0);
	ck_assert_int_eq(archive_append(a, &r, (struct str){0}, &err), 0);
	ck_assert_int_eq(sqlite3_exec(a->db,
				 "UPDATE record SET body = NULL WHERE seq = 1;"
				 "DELETE FROM blob WHERE data = CAST('first' AS BLOB)",
				 NULL, NULL, NULL),
		SQLITE_OK);
	commit(a);
	begin(a);
	ck_assert_uint_eq(add_message(a, "acme", "third"), 4);
	commit(a);
	ck_assert_int_ne(raw_sql("UPDATE record SET body = NULL WHERE seq = 2"), SQLITE_OK);
	/* readers pass over what is gone, the log keeps its hash */
	ck_assert_int_eq(archive_record_at(a, 1, &r, &err), 1);
	ck_assert_uint_eq(r.seq, 2);
	ck_assert_int_eq(archive_record_body(a, 1, &body, &err), 0);
	ck_assert_int_eq(archive_log(a, &log, &err), 0);
	ck_assert_uint_eq(log.len, 4 * 65);
	record_finish(&r);
	buf_finish(&log);
	buf_finish(&body);
	archive_close(a);
}
END_TEST

Suite *schema_suite(void)
{
	const TTest *const tests[] = {
		a_new_archive_is_private,
		an_open_folder_is_shut_when_it_is_ours,
		an_open_folder_of_other_things_is_left_alone,
		the_settings_are_those_of_the_evidence,
		no_archive_is_said_to_be_none,
		an_empty_file_is_an_archive_not_yet_made,
		a_database_of_something_else_is_left_as_it_is,
		an_archive_of_a_newer_version_is_left_as_it_is,
		what_is_no_database_is_said_to_be_none,
		a_link_in_the_archives_place_is_not_followed,
		a_folder_behind_a_link_is_found,
		erasing_is_possible_behind_its_record_only,
	};
	Suite *suite = scratch_suite("schema", tests, sizeof(tests) / sizeof(*tests));
	TCase *grows = tcase_create("grows");
	tcase_add_checked_fixture(grows, scratch_make, scratch_remove);
	tcase_add_loop_test(grows, the_tables_only_grow, 0, sizeof(forbidden) / sizeof(*forbidden));
	suite_add_tcase(suite, grows);
	return suite;
}
