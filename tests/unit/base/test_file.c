/* Files, folders and paths, in a folder of their own. */
#include "base/file.h"
#include "expect.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void enter(void)
{
	snprintf(folder, sizeof(folder), "/tmp/overstep-unit-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int remove_all(const char *path)
{
	char command[256];
	snprintf(command, sizeof(command), "rm -rf '%s'", path);
	return system(command);
}

static void leave(void)
{
	ck_assert_int_eq(remove_all(folder), 0);
}

static mode_t mode_of(const char *path)
{
	struct stat status;
	ck_assert_int_eq(stat(path, &status), 0);
	return status.st_mode & 07777;
}

START_TEST(what_is_written_is_read_back_and_replaced_whole)
{
	struct error err;
	struct buf got = {0};
	char *path = file_join(folder, "proof");
	umask(077);
	ck_assert_int_eq(file_write_atomic(path, STR("first\0one"), 0644, &err), 0);
	ck_assert_int_eq(file_write_atomic(path, STR("second"), 0640, &err), 0);
	ck_assert_int_eq(mode_of(path), 0640);
	buf_add_cstr(&got, "before ");
	ck_assert_int_eq(file_read(path, 100, &got, &err), 0);
	expect_str(buf_str(&got), STR("before second"));
	char **names;
	size_t count;
	ck_assert_int_eq(file_list(folder, "", &names, &count, &err), 0);
	ck_assert_uint_eq(count, 1);
	file_list_free(names, count);
	buf_finish(&got);
	free(path);
}
END_TEST

START_TEST(a_failed_write_leaves_nothing_behind)
{
	struct error err;
	char *path = file_join(folder, "sub");
	ck_assert_int_eq(file_make_folder(path, 0700, &err), 0);
	ck_assert_int_eq(file_write_atomic(path, STR("x"), 0600, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_SYSTEM);
	ck_assert(str_starts(str_from(err.text), STR("cannot replace '")));
	/* only the folder itself may be there: not even a hidden file, so it can be removed */
	ck_assert_int_eq(rmdir(path), 0);
	ck_assert_int_eq(rmdir(folder), 0);
	ck_assert_int_eq(file_write_atomic(path, STR("x"), 0600, &err), -1);
	ck_assert(str_starts(str_from(err.text), STR("cannot create '")));
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	free(path);
}
END_TEST

START_TEST(what_is_no_file_is_not_replaced_by_one)
{
	struct error err;
	struct stat info;
	char *path = file_join(folder, "pipe");
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(file_write_atomic(path, STR("x"), 0600, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "is no file"));
	ck_assert_int_eq(lstat(path, &info), 0);
	ck_assert(S_ISFIFO(info.st_mode));
	free(path);
}
END_TEST

START_TEST(what_comes_in_pieces_is_there_when_it_is_whole)
{
	struct error err;
	struct file_out *out;
	struct buf got = {0};
	char *path = file_join(folder, "pieces");
	ck_assert_int_eq(file_out_begin(path, 0600, &out, &err), 0);
	ck_assert_int_eq(file_out_write(out, STR("one "), &err), 0);
	ck_assert_int_eq(file_out_write(out, STR("two"), &err), 0);
	ck_assert(!file_exists(path));
	ck_assert_int_eq(file_out_end(out, &err), 0);
	ck_assert_int_eq(file_out_begin(path, 0600, &out, &err), 0);
	ck_assert_int_eq(file_out_write(out, STR("half"), &err), 0);
	file_out_drop(out);
	ck_assert_int_eq(file_read(path, 100, &got, &err), 0);
	expect_str(buf_str(&got), STR("one two"));
	/* what was dropped left nothing, not even a hidden file */
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(rmdir(folder), 0);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	buf_finish(&got);
	free(path);
}
END_TEST

START_TEST(reading_is_bounded_to_the_byte_and_leaves_the_buffer_as_it_was)
{
	struct error err;
	struct buf got = {0};
	char *path = file_join(folder, "ten");
	ck_assert_int_eq(file_write_atomic(path, STR("0123456789"), 0600, &err), 0);
	buf_add_cstr(&got, "kept");
	ck_assert_int_eq(file_read(path, 9, &got, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_LIMIT);
	expect_str(buf_str(&got), STR("kept"));
	ck_assert_int_eq(file_read(path, 10, &got, &err), 0);
	expect_str(buf_str(&got), STR("kept0123456789"));
	ck_assert_int_eq(file_read("/dev/zero", 100000, &got, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_LIMIT);
	ck_assert_int_eq(file_read("/dev/null", 0, &got, &err), 0);
	buf_finish(&got);
	free(path);
}
END_TEST

START_TEST(a_missing_file_is_not_found_and_a_folder_cannot_be_read)
{
	struct error err;
	struct buf got = {0};
	char *missing = file_join(folder, "missing"), want[256];
	ck_assert_int_eq(file_read(missing, 100, &got, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_NOT_FOUND);
	snprintf(want, sizeof(want), "cannot open '%s': No such file or directory", missing);
	ck_assert_str_eq(err.text, want);
	ck_assert_int_eq(file_read(folder, 100, &got, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_SYSTEM);
	ck_assert(!file_exists(missing) && file_exists(folder));
	ck_assert(file_is_folder(folder) && !file_is_folder("/dev/null"));
	buf_finish(&got);
	free(missing);
}
END_TEST

START_TEST(a_pipe_is_read_to_its_end_and_written_in_one_piece)
{
	struct error err;
	struct buf got = {0};
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(file_write_all(ends[1], "abc", 3, &err), 0);
	close(ends[1]);
	ck_assert_int_eq(file_read_fd(ends[0], "pipe", 100, &got, &err), 0);
	expect_str(buf_str(&got), STR("abc"));
	close(ends[0]);
	ck_assert_int_eq(file_write_all(ends[0], "abc", 3, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_SYSTEM);
	buf_finish(&got);
}
END_TEST

START_TEST(folders_are_made_with_their_parents_and_the_mode_of_the_last)
{
	struct error err;
	char *deep = file_join(folder, "a//b/c/"), *file = file_join(folder, "file");
	umask(077);
	ck_assert_int_eq(file_make_folder(deep, 0750, &err), 0);
	ck_assert_int_eq(mode_of(deep), 0750);
	ck_assert_int_eq(file_make_folder(deep, 0700, &err), 0);
	ck_assert_int_eq(mode_of(deep), 0750);
	ck_assert_int_eq(file_write_atomic(file, STR(""), 0600, &err), 0);
	ck_assert_int_eq(file_make_folder(file, 0700, &err), -1);
	ck_assert(str_ends(str_from(err.text), STR("File exists")));
	ck_assert_int_eq(file_make_folder("/", 0700, &err), 0);
	free(file);
	free(deep);
}
END_TEST

START_TEST(a_listing_is_sorted_by_bytes_and_without_hidden_names)
{
	static const char *const made[] = {"b.rules", "\xc3\xa9.rules", "a.rules", "B.rules",
		".c.rules", "c.rules~", ".rules"};
	static const char *const want[] = {"B.rules", "a.rules", "b.rules", "\xc3\xa9.rules"};
	struct error err;
	char **names = NULL;
	size_t count = 0;
	for (size_t i = 0; i < COUNT(made); i++) {
		char *path = file_join(folder, made[i]);
		ck_assert_int_eq(file_write_atomic(path, STR(""), 0600, &err), 0);
		free(path);
	}
	ck_assert_int_eq(file_list(folder, ".rules", &names, &count, &err), 0);
	ck_assert_uint_eq(count, COUNT(want));
	for (size_t i = 0; i < count; i++)
		ck_assert_str_eq(names[i], want[i]);
	file_list_free(names, count);
	ck_assert_int_eq(file_list("/nowhere", "", &names, &count, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_NOT_FOUND);
}
END_TEST

START_TEST(paths_are_joined_and_taken_apart)
{
	static const struct {
		const char *folder, *name, *want;
	} joins[] = {
		{"/etc", "x.conf", "/etc/x.conf"},
		{"/etc/", "x.conf", "/etc/x.conf"},
		{"/etc", "/x.conf", "/x.conf"},
		{"", "x.conf", "x.conf"},
		{".", "a/b", "./a/b"},
		{"/etc", "~/x", "/home/anna/x"},
		{"/etc", "~x", "/etc/~x"},
	};
	static const struct {
		const char *path, *want;
	} folders[] = {
		{"/a/b", "/a"},
		{"/a", "/"},
		{"a", "."},
		{"a/b/", "a"},
		{"a//b", "a"},
		{"/", "/"},
		{"//a", "/"},
	};
	ck_assert_int_eq(setenv("HOME", "/home/anna", 1), 0);
	for (size_t i = 0; i < COUNT(joins); i++) {
		char *got = file_join(joins[i].folder, joins[i].name);
		ck_assert_str_eq(got, joins[i].want);
		free(got);
	}
	for (size_t i = 0; i < COUNT(folders); i++) {
		char *got = file_folder(folders[i].path);
		ck_assert_str_eq(got, folders[i].want);
		free(got);
	}
}
END_TEST

Suite *file_suite(void)
{
	Suite *suite = suite_create("files");
	TCase *all = tcase_create("file and folder");
	tcase_add_checked_fixture(all, enter, leave);
	tcase_add_test(all, what_is_written_is_read_back_and_replaced_whole);
	tcase_add_test(all, a_failed_write_leaves_nothing_behind);
	tcase_add_test(all, what_is_no_file_is_not_replaced_by_one);
	tcase_add_test(all, what_comes_in_pieces_is_there_when_it_is_whole);
	tcase_add_test(all, reading_is_bounded_to_the_byte_and_leaves_the_buffer_as_it_was);
	tcase_add_test(all, a_missing_file_is_not_found_and_a_folder_cannot_be_read);
	tcase_add_test(all, a_pipe_is_read_to_its_end_and_written_in_one_piece);
	tcase_add_test(all, folders_are_made_with_their_parents_and_the_mode_of_the_last);
	tcase_add_test(all, a_listing_is_sorted_by_bytes_and_without_hidden_names);
	tcase_add_test(all, paths_are_joined_and_taken_apart);
	suite_add_tcase(suite, all);
	return suite;
}
