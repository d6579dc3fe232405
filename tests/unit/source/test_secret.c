/* Where passwords are read from, and what is refused. */
#include "suites.h"

#include "base/crypto.h"
#include "scratch.h"
#include "source/source.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *write_file(const char *name, const char *text, mode_t mode)
{
	const char *path = scratch_path("%s", name);
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	chmod(path, mode);
	return path;
}

static void expect(struct str file, const struct strs *command, struct str credential,
	const char *want, enum error_kind kind, const char *text)
{
	struct buf secret = {0};
	struct error err = {0};
	int result = secret_read(file, command, credential, &secret, &err);
	if (want) {
		ck_assert_msg(result == 0, "%s", err.text);
		ck_assert_str_eq(buf_cstr(&secret), want);
	} else {
		ck_assert_int_eq(result, -1);
		ck_assert_int_eq(err.kind, kind);
		ck_assert_msg(strstr(err.text, text), "%s", err.text);
		ck_assert_ptr_null(secret.ptr);
	}
	buf_wipe(&secret);
}

static void expect_file(const char *path, const char *want, enum error_kind kind, const char *text)
{
	expect(str_from(path), NULL, (struct str){0}, want, kind, text);
}

static void expect_command(
	const char *shell, const char *want, enum error_kind kind, const char *text)
{
	struct str argv[] = {STR("sh"), STR("-c"), str_from(shell)};
	struct strs command = {argv, 3};
	expect((struct str){0}, &command, (struct str){0}, want, kind, text);
}

START_TEST(the_first_line_of_a_private_file_is_the_secret)
{
	expect_file(write_file("one", "pa ss\n", 0600), "pa ss", 0, NULL);
	expect_file(write_file("two", "pass\r\nuser: anna\n", 0400), "pass", 0, NULL);
	expect_file(write_file("bare", "pass", 0600), "pass", 0, NULL);
}
END_TEST

START_TEST(a_file_that_others_can_use_is_refused)
{
	static const mode_t modes[] = {0640, 0604, 0620, 0601, 0666};
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		expect_file(
			write_file("open", "pass\n", modes[i]), NULL, ERROR_CONFIG, "chmod 600");
	expect_file(write_file("open", "pass\n", 0640), NULL, ERROR_CONFIG, "has mode 0640");
}
END_TEST

START_TEST(missing_empty_and_endless_files_are_refused)
{
	expect_file(scratch_path("nowhere"), NULL, ERROR_CONFIG, "No such file");
	expect_file(scratch_folder(), NULL, ERROR_CONFIG, "is not a file");
	expect_file("/dev/zero", NULL, ERROR_CONFIG, "is not a file");
	expect_file(write_file("empty", "\n", 0600), NULL, ERROR_CONFIG, "no secret from");
	static char large[20000];
	memset(large, 'x', sizeof(large) - 1);
	expect_file(write_file("large", large, 0600), NULL, ERROR_CONFIG, "too long");
}
END_TEST

START_TEST(a_command_gives_the_secret)
{
	expect_command("echo pass; echo user: anna", "pass", 0, NULL);
	expect_command("exec printf pass", "pass", 0, NULL);
}
END_TEST

START_TEST(a_command_runs_without_a_shell_of_ours)
{
	struct str argv[] = {STR("echo"), STR("$HOME; `id`")};
	struct strs command = {argv, 2};
	expect((struct str){0}, &command, (struct str){0}, "$HOME; `id`", 0, NULL);
}
END_TEST

START_TEST(a_command_inherits_nothing)
{
	/* the descriptors of Check's own files are closed; 3 is the folder that ls reads */
	expect_command("ls /proc/self/fd | tr '\\n' ' '", "0 1 2 3 ", 0, NULL);
	expect_command("cat; echo end", "end", 0, NULL);
}
END_TEST

START_TEST(a_command_that_fails_is_told)
{
	expect_command("echo pass; exit 3", NULL, ERROR_TEMPORARY, "failed with exit code 3");
	expect_command("kill -9 $$", NULL, ERROR_TEMPORARY, "ended by signal 9");
	expect_command("true", NULL, ERROR_TEMPORARY, "no secret from");
	expect_command("yes", NULL, ERROR_CONFIG, "too long");
	struct str argv[] = {STR("/nonexistent/pass")};
	struct strs command = {argv, 1};
	expect((struct str){0}, &command, (struct str){0}, NULL, ERROR_TEMPORARY, "cannot be run");
}
END_TEST

START_TEST(a_credential_of_systemd_gives_the_secret)
{
	setenv("CREDENTIALS_DIRECTORY", scratch_folder(), 1);
	write_file("imap.studio", "pass\n", 0440);
	expect((struct str){0}, NULL, STR("imap.studio"), "pass", 0, NULL);
	expect((struct str){0}, NULL, STR("imap.other"), NULL, ERROR_CONFIG, "in the unit?");
	expect((struct str){0}, NULL, STR("../etc/passwd"), NULL, ERROR_CONFIG,
		"cannot be the name");
	unsetenv("CREDENTIALS_DIRECTORY");
	expect((struct str){0}, NULL, STR("imap.studio"), NULL, ERROR_CONFIG, "LoadCredential=");
}
END_TEST

START_TEST(no_place_at_all_is_an_error)
{
	expect((struct str){0}, NULL, (struct str){0}, NULL, ERROR_CONFIG, "no secret");
}
END_TEST

Suite *secret_suite(void)
{
	Suite *suite = suite_create("secrets");
	TCase *tests = tcase_create("places");
	tcase_add_test(tests, the_first_line_of_a_private_file_is_the_secret);
	tcase_add_test(tests, a_file_that_others_can_use_is_refused);
	tcase_add_test(tests, missing_empty_and_endless_files_are_refused);
	tcase_add_test(tests, a_command_gives_the_secret);
	tcase_add_test(tests, a_command_runs_without_a_shell_of_ours);
	tcase_add_test(tests, a_command_inherits_nothing);
	tcase_add_test(tests, a_command_that_fails_is_told);
	tcase_add_test(tests, a_credential_of_systemd_gives_the_secret);
	tcase_add_test(tests, no_place_at_all_is_an_error);
	suite_add_tcase(suite, tests);
	return suite;
}
