/* Tests of mail in files: what is read, what is passed over, what is new in a second round. */
#include "source/files.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "scratch.h"
#include "suites.h"

#include <string.h>

#define MAIL "From: a@x.example\nSubject: one\n\nHello\n"
#define MAIL_CRLF "From: a@x.example\r\nSubject: one\r\n\r\nHello\r\n"
#define SEPARATOR "From a Mon Jan  5 10:04:00 2026\n"

static const struct source_watcher nobody;

/* A folder of the test's own. */
static const char *fresh(void)
{
	static unsigned count;
	const char *path = scratch_path("files%u", ++count);
	scratch_run("rm -rf '%s' && mkdir -p '%s'", path, path);
	return path;
}

static struct source *opened(const char *path, enum mail_format format, bool growing)
{
	const struct files_plan plan = {
		.account = STR("old"),
		.path = str_from(path),
		.format = format,
		.max_size_bytes = 20 * MIB,
		.growing = growing,
		.wake_fd = -1,
	};
	struct error err = {0};
	struct source *s = NULL;
	ck_assert_msg(source_open_files(&plan, &nobody, &s, &err) == 0, "%s", err.text);
	return s;
}

/* A round: "FOLDER NUMBER START+BYTES ENDS SIZE;" of each mail, "PATH text;" of what is passed
   over. */
static const char *round_of(struct source *s, struct buf *out)
{
	struct source_item item;
	struct error err = {0};
	uint64_t pieces = 0;
	int more;
	buf_clear(out);
	while ((more = source_next(s, &item, &err)) > 0) {
		const struct file_place *f = &item.raw.place.file;
		if (item.event == SOURCE_PIECE) {
			pieces += item.piece.len;
		} else if (item.event == SOURCE_MESSAGE) {
			ck_assert(place_in_file(&item.raw.place));
			if (item.in_pieces)
				ck_assert_uint_eq(item.raw.size_bytes, pieces);
			buf_add_format(out, "%.*s %llu %llu+%llu %s %llu%s;",
				STR_ARG(item.raw.place.folder), (unsigned long long)f->number,
				(unsigned long long)f->start, (unsigned long long)f->size_bytes,
				line_ends_name(f->line_ends),
				(unsigned long long)item.raw.size_bytes,
				item.raw.state == RAW_TOO_LARGE ? " too large"
					: item.in_pieces        ? " in pieces"
								: "");
			pieces = 0;
		} else {
			ck_assert_int_eq(item.event, SOURCE_FOLDER);
			buf_add_format(out, "%.*s %.*s;", STR_ARG(item.folder), STR_ARG(item.text));
		}
	}
	ck_assert_msg(more == 0, "%s", err.text);
	return buf_cstr(out);
}

static const char *again(struct source *s, struct buf *out)
{
	struct error err = {0};
	ck_assert_int_eq(source_again(s, &err), 0);
	return round_of(s, out);
}

static void put(const char *path, const char *name, const char *text)
{
	struct error err = {0};
	char *whole = file_join(path, name);
	ck_assert_msg(file_write_atomic(whole, str_from(text), 0600, &err) == 0, "%s", err.text);
	free(whole);
}

START_TEST(a_maildir_is_read_with_its_subfolders)
{
	const char *path = fresh();
	struct buf got = {0};
	scratch_run("cd '%s' && mkdir -p cur new tmp .Sent.A\\&-B/cur .Sent.A\\&-B/new", path);
	put(path, "cur/1:2,S", MAIL);
	put(path, "new/2", MAIL_CRLF);
	put(path, "tmp/3", MAIL);
	put(path, "dovecot.index.log", MAIL);
	put(path, ".Sent.A&-B/cur/4:2,", MAIL);
	struct source *s = opened(path, MAIL_AUTO, true);
	ck_assert_str_eq(round_of(s, &got),
		"Sent/A&B 1 0+38 lf 42;INBOX 1 0+38 lf 42;INBOX 1 0+42 crlf 42;");
	/* read by a mail program, and one more */
	scratch_run("cd '%s' && mv new/2 cur/2:2,S", path);
	ck_assert_str_eq(again(s, &got), "");
	put(path, "new/5", MAIL MAIL);
	ck_assert_str_eq(again(s, &got), "INBOX 1 0+76 lf 84;");
	source_close(s);
	buf_finish(&got);
}
END_TEST

START_TEST(a_folder_is_looked_through_and_told_what_is_passed_over)
{
	const char *path = fresh();
	struct buf got = {0};
	scratch_run("cd '%s' && mkdir -p a/b && mkfifo a/pipe && ln -s /etc/passwd a/link &&"
		    " ln -s / a/b/root && : > empty && ln -s '%s' ../to-files",
		path, path);
	put(path, "a/x.eml", MAIL);
	put(path, "a/Inbox", SEPARATOR MAIL "\n" SEPARATOR MAIL);
	put(path, "a/Inbox.msf", "// index of a mail program");
	put(path, "notes.txt", "Buy milk.\n");
	struct source *s = opened(path, MAIL_AUTO, false);
	const char *text = round_of(s, &got);
	ck_assert_ptr_nonnull(strstr(text, "a/pipe passed over: is no file;"));
	ck_assert_ptr_nonnull(strstr(text, "a/link passed over: a symbolic link is not followed;"));
	ck_assert_ptr_nonnull(
		strstr(text, "a/b/root passed over: a symbolic link is not followed;"));
	ck_assert_ptr_nonnull(strstr(text,
		"a 1 32+38 lf 42;a 2 103+38 lf 42;a 1 0+38 lf 42;"
		"notes.txt passed over: it begins neither as a mail nor "
		"as an mbox;"));
	source_close(s);
	buf_finish(&got);
}
END_TEST

START_TEST(an_mbox_that_grows_gives_what_is_new_and_one_that_changed_all)
{
	const char *path = fresh();
	struct buf got = {0};
	put(path, "Inbox", SEPARATOR MAIL "\n" SEPARATOR MAIL "\n");
	struct source *s =
		opened(scratch_path("%s/Inbox", strrchr(path, '/') + 1), MAIL_MBOX, false);
	ck_assert_str_eq(round_of(s, &got), "Inbox 1 32+38 lf 42;Inbox 2 103+38 lf 42;");
	ck_assert_str_eq(again(s, &got), "");
	scratch_run("cd '%s' && printf '%s' >> Inbox", path,
		"From a Mon Jan  5 10:04:00 2026\\nA: 1\\n\\n\\n");
	ck_assert_str_eq(again(s, &got), "Inbox 3 174+6 lf 8;");
	/* expunged in place */
	scratch_run("cd '%s' && printf '%s' > Inbox", path,
		"From a Mon Jan  5 10:04:00 2026\\nA: 2\\n\\n\\n");
	ck_assert_str_eq(again(s, &got), "Inbox 1 32+6 lf 8;");
	source_close(s);
	buf_finish(&got);
}
END_TEST

START_TEST(a_file_that_is_being_written_waits)
{
	const char *path = fresh();
	struct buf got = {0};
	put(path, "x.eml", MAIL);
	struct source *s = opened(path, MAIL_EML, true);
	ck_assert_str_eq(round_of(s, &got), "");
	/* as it was at the last look: nobody writes to it */
	ck_assert_int_eq(strncmp(again(s, &got), "files", 5), 0);
	put(path, "y.eml", MAIL);
	ck_assert_str_eq(again(s, &got), "");
	scratch_run("touch -d '1 minute ago' '%s/y.eml'", path);
	ck_assert_int_eq(strncmp(again(s, &got), "files", 5), 0);
	source_close(s);
	buf_finish(&got);
}
END_TEST

START_TEST(large_mails_come_in_pieces_and_too_large_ones_as_their_header)
{
	const char *path = fresh();
	struct buf got = {0};
	scratch_run(
		"cd '%s' && { printf '%s'; yes 0123456789 2> /dev/null | head -c %d; } > a.eml &&"
		" { printf '%s'; yes 0123456789 2> /dev/null | head -c %d; } > b.eml &&"
		" { printf 'A: 1\\n\\n'; head -c 3000000 /dev/zero; } > c.eml",
		path, "From: a@x.example\\n\\n", 11 * 500000, "From: a@x.example\\n\\n",
		11 * 2000000);
	struct source *s = opened(path, MAIL_EML, false);
	ck_assert_ptr_nonnull(strstr(round_of(s, &got), " 1 0+5500019 lf 6000021 in pieces;"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&got), " 1 0+22000019 lf 24000021 too large;"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&got), " 1 0+3000006 lf 3000008;"));
	source_close(s);
	buf_finish(&got);
}
END_TEST

START_TEST(what_is_not_there_is_an_error)
{
	const struct files_plan missing = {.path = STR("/nowhere/at/all"), .wake_fd = -1};
	const struct files_plan device = {.path = STR("/dev/null"), .wake_fd = -1};
	struct error err = {0};
	struct source *s = NULL;
	ck_assert_int_eq(source_open_files(&missing, &nobody, &s, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_NOT_FOUND);
	ck_assert_int_eq(source_open_files(&device, &nobody, &s, &err), -1);
	ck_assert_str_eq(err.text, "'/dev/null' is neither file nor folder");
}
END_TEST

Suite *files_suite(void)
{
	Suite *suite = suite_create("files");
	TCase *tests = tcase_create("files");
	tcase_add_test(tests, a_maildir_is_read_with_its_subfolders);
	tcase_add_test(tests, a_folder_is_looked_through_and_told_what_is_passed_over);
	tcase_add_test(tests, an_mbox_that_grows_gives_what_is_new_and_one_that_changed_all);
	tcase_add_test(tests, a_file_that_is_being_written_waits);
	tcase_add_test(tests, large_mails_come_in_pieces_and_too_large_ones_as_their_header);
	tcase_add_test(tests, what_is_not_there_is_an_error);
	suite_add_tcase(suite, tests);
	return suite;
}
