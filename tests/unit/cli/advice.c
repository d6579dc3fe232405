/* What the doctor thinks of modes, disks, zones, lingering, commands and troubles. */
#include "advice.h"
#include "base/clock.h"
#include "suites.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB_BYTES UINT64_C(1048576)

static char folder[64];

static void make_folder(void)
{
	snprintf(folder, sizeof(folder), "/tmp/overstep-cli-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void drop_folder(void)
{
	rmdir(folder);
}

static void check(struct advice *a, enum advice_level level, const char *text, const char *mend)
{
	ck_assert_str_eq(advice_level_name(a->level), advice_level_name(level));
	ck_assert_str_eq(buf_cstr(&a->text), text);
	ck_assert_str_eq(buf_cstr(&a->mend), mend);
	advice_finish(a);
}

static const char *put(const char *name, mode_t mode)
{
	static char path[128];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	int fd = open(path, O_CREAT | O_WRONLY, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fchmod(fd, mode), 0);
	close(fd);
	return path;
}

static const struct {
	const char *name;
	mode_t mode;
	bool read;
	enum advice_level level;
	const char *text; /* behind the quoted path */
	const char *mend; /* before it */
} modes[] = {
	{"a private file is well", 0600, true, ADVICE_OK, "is mode 600", NULL},
	{"one that others can read is a warning", 0640, true, ADVICE_WARNING,
		"can be read by others", "chmod 600"},
	{"unless that is no harm", 0644, false, ADVICE_OK, "is mode 644", NULL},
	{"one that others can write to is wrong", 0602, false, ADVICE_WRONG,
		"can be changed by others", "chmod 600"},
	{"a group is others too", 0620, true, ADVICE_WRONG, "can be changed by others",
		"chmod 600"},
};

START_TEST(a_file_is_judged_by_what_others_may_do_with_it)
{
	struct advice a = {0};
	char text[256], mend[256] = "";
	const char *path = put("file", modes[_i].mode);
	advise_on_mode(&a, path, modes[_i].read);
	snprintf(text, sizeof(text), "'%s' %s", path, modes[_i].text);
	if (modes[_i].mend)
		snprintf(mend, sizeof(mend), "%s '%s'", modes[_i].mend, path);
	if (a.level == ADVICE_WRONG)
		ck_assert_int_eq(a.kind, ERROR_CONFIG);
	check(&a, modes[_i].level, text, mend);
	unlink(path);
}
END_TEST

START_TEST(a_folder_is_mended_as_a_folder_and_a_missing_one_is_told)
{
	struct advice a = {0};
	char mend[128];
	ck_assert_int_eq(chmod(folder, 0755), 0);
	advise_on_mode(&a, folder, true);
	ck_assert_int_eq(a.level, ADVICE_WARNING);
	snprintf(mend, sizeof(mend), "chmod 700 '%s'", folder);
	ck_assert_str_eq(buf_cstr(&a.mend), mend);
	advice_finish(&a);
	a = (struct advice){0};
	advise_on_mode(&a, "/nonexistent/overstep", true);
	check(&a, ADVICE_WRONG, "cannot look at '/nonexistent/overstep'",
		"check that it is there and yours");
}
END_TEST

START_TEST(a_disk_is_told_in_sizes_that_people_read)
{
	static const struct {
		uint64_t bytes;
		enum advice_level level;
		const char *text;
	} rows[] = {
		{99 * MIB_BYTES, ADVICE_WRONG, "99 MiB free"},
		{100 * MIB_BYTES, ADVICE_WARNING, "100 MiB free"},
		{1023 * MIB_BYTES, ADVICE_WARNING, "1023 MiB free"},
		{1024 * MIB_BYTES, ADVICE_OK, "1.0 GiB free"},
		{80000 * MIB_BYTES, ADVICE_OK, "78.1 GiB free"},
		{0, ADVICE_WRONG, "0 MiB free"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct advice a = {0};
		advise_on_space(&a, rows[i].bytes);
		if (rows[i].level == ADVICE_WRONG)
			ck_assert_int_eq(a.kind, ERROR_TEMPORARY);
		check(&a, rows[i].level, rows[i].text,
			rows[i].level ? "make room: without it nothing more is stored" : "");
	}
}
END_TEST

START_TEST(zone_data_grows_old)
{
	struct advice a = {0};
	advise_on_zone(&a, STR("Europe/Stockholm"), "2025b", 2027);
	check(&a, ADVICE_OK, "Europe/Stockholm, tzdata 2025b", "");
	a = (struct advice){0};
	advise_on_zone(&a, STR("Europe/Stockholm"), "2025b", 2028);
	check(&a, ADVICE_WARNING, "Europe/Stockholm, tzdata 2025b",
		"update the package tzdata: rules of summer time change");
	a = (struct advice){0};
	advise_on_zone(&a, STR("UTC"), "unknown", 2026);
	check(&a, ADVICE_WARNING, "UTC, tzdata unknown",
		"install the package tzdata whole: how old its rules are cannot be told");
}
END_TEST

START_TEST(a_person_s_service_ends_at_logout_unless_it_lingers)
{
	struct advice a = {0};
	struct lingering l = {.user = "anna", .is_person = true, .folder = folder};
	advise_on_lingering(&a, &l);
	check(&a, ADVICE_OK, "no systemd here: whoever starts overstepd keeps it running", "");
	l.has_systemd = true;
	a = (struct advice){0};
	advise_on_lingering(&a, &l);
	check(&a, ADVICE_WARNING, "the service of 'anna' ends at logout",
		"loginctl enable-linger anna");
	const char *path = put("anna", 0644);
	a = (struct advice){0};
	advise_on_lingering(&a, &l);
	check(&a, ADVICE_OK, "the service of 'anna' goes on after logout", "");
	unlink(path);
	l = (struct lingering){.user = "overstep", .has_systemd = true, .folder = folder};
	a = (struct advice){0};
	advise_on_lingering(&a, &l);
	check(&a, ADVICE_OK, "'overstep' is a user of the system's, it needs none", "");
}
END_TEST

START_TEST(a_command_is_found_as_the_shell_would)
{
	char path[256];
	put("tool", 0755);
	snprintf(path, sizeof(path), "/nonexistent:%s", folder);
	struct advice a = {0};
	advise_on_command(&a, "tool", path);
	check(&a, ADVICE_OK, "'tool' is there", "");
	/* a file that cannot be run is none */
	const char *whole = put("tool", 0644);
	a = (struct advice){0};
	advise_on_command(&a, "tool", path);
	check(&a, ADVICE_WARNING, "'tool' cannot be run",
		"install it, or give its whole path in on_finding");
	unlink(whole);
	a = (struct advice){0};
	advise_on_command(&a, "/bin/sh", NULL);
	check(&a, ADVICE_OK, "'/bin/sh' is there", "");
	a = (struct advice){0};
	advise_on_command(&a, "sh", NULL);
	ck_assert_int_eq(a.level, ADVICE_WARNING);
	advice_finish(&a);
}
END_TEST

START_TEST(each_trouble_has_its_own_mend_and_keeps_its_kind)
{
	static const struct {
		enum error_kind kind;
		const char *text;
		const char *mend; /* its beginning */
	} rows[] = {
		{ERROR_LOGIN, "login refused", "check user and secret"},
		{ERROR_TEMPORARY, "certificate of 'x' refused", "use the host name"},
		{ERROR_TEMPORARY, "connection refused", "check host, port and tls"},
		{ERROR_TEMPORARY, "secret command 'pass' failed with exit code 1",
			"run it by hand"},
		{ERROR_CONFIG, "no secret", "mend the account"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct advice a = {0};
		struct error why = {0};
		error_set(&why, rows[i].kind, "%s", rows[i].text);
		advise_on_trouble(&a, &why);
		ck_assert_int_eq(a.level, ADVICE_WRONG);
		ck_assert_int_eq(a.kind, rows[i].kind);
		ck_assert_str_eq(buf_cstr(&a.text), rows[i].text);
		ck_assert_msg(str_starts(buf_str(&a.mend), str_from(rows[i].mend)), "%s",
			buf_cstr(&a.mend));
		advice_finish(&a);
	}
}
END_TEST

Suite *advice_suite(void)
{
	Suite *suite = suite_create("cli: advice");
	TCase *tests = tcase_create("advice");
	tcase_add_checked_fixture(tests, make_folder, drop_folder);
	tcase_add_loop_test(tests, a_file_is_judged_by_what_others_may_do_with_it, 0,
		(int)(sizeof(modes) / sizeof(modes[0])));
	tcase_add_test(tests, a_folder_is_mended_as_a_folder_and_a_missing_one_is_told);
	tcase_add_test(tests, a_disk_is_told_in_sizes_that_people_read);
	tcase_add_test(tests, zone_data_grows_old);
	tcase_add_test(tests, a_person_s_service_ends_at_logout_unless_it_lingers);
	tcase_add_test(tests, a_command_is_found_as_the_shell_would);
	tcase_add_test(tests, each_trouble_has_its_own_mend_and_keeps_its_kind);
	suite_add_tcase(suite, tests);
	return suite;
}
