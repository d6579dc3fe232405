/* Which file is read, what its paths are relative to, and the files that it names. */
#include "config_test.h"

#include "base/file.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ME                                                                                         \
	"me: { addresses = [ \"anna@studio.example\" ]; time_zone = \"Europe/Stockholm\";"         \
	" hours = [ \"mon-fri 09:00-17:00\" ]; };\n"

static char folder[64];

static void make_folder(void)
{
	strcpy(folder, "/tmp/overstep-config-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void drop_folder(void)
{
	static const char *const names[] = {
		"overstep/overstep.conf", "overstep", "x.conf", "link.conf", "secret", "days.ics"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *path = file_join(folder, names[i]);
		remove(path);
		free(path);
	}
	rmdir(folder);
}

static char *put(const char *name, const char *text, mode_t mode)
{
	struct error err = {0};
	char *path = file_join(folder, name);
	ck_assert_msg(file_write_atomic(path, str_from(text), mode, &err) == 0, "%s", err.text);
	return path;
}

/* The environment of config_find, fixed. */
static const char *own, *config_home, *home;

static char *environment(const char *name)
{
	const char *value = !strcmp(name, "OVERSTEP_CONFIG") ? own
		: !strcmp(name, "XDG_CONFIG_HOME")           ? config_home
		: !strcmp(name, "HOME")                      ? home
							     : NULL;
	return (char *)(uintptr_t)value;
}

static void check_found(const char *given, const char *want)
{
	struct error err = {0};
	char *path = NULL;
	ck_assert_msg(config_find(given, environment, &path, &err) == 0, "%s", err.text);
	ck_assert_str_eq(path, want);
	free(path);
}

START_TEST(the_named_file_goes_before_the_environment_and_home)
{
	struct error err = {0};
	char *path = NULL, *below = file_join(folder, "overstep");
	own = "/own.conf";
	check_found("given.conf", "given.conf");
	check_found(NULL, "/own.conf");
	own = "";
	config_home = folder;
	home = "/nowhere";
	ck_assert_int_eq(config_find(NULL, environment, &path, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_CONFIG);
	ck_assert_ptr_nonnull(strstr(err.text, folder));
	ck_assert_int_eq(mkdir(below, 0700), 0);
	char *placed = put("overstep/overstep.conf", ME, 0600);
	check_found(NULL, placed);
	free(placed);
	free(below);
}
END_TEST

static struct config *load(const char *path)
{
	struct config *config = NULL;
	struct diags diags = {0};
	struct buf said = {0};
	struct error err = {0};
	int result = config_load(path, &config_test_checks, &config, &diags, &err);
	diags_print(&diags, &said);
	ck_assert_msg(result == 0, "%s\n%s", err.text, buf_cstr(&said));
	buf_finish(&said);
	diags_finish(&diags);
	return config;
}

START_TEST(paths_are_relative_to_the_file_that_a_link_leads_to)
{
	char *days = put("days.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", 0600);
	char *path = put("x.conf",
		"archive = \"~/evidence\"; rules = [ \"x.conf\" ];\n"
		"me: { addresses = [ \"a@a.example\" ]; time_zone = \"Europe/Stockholm\";"
		" hours = [ \"mon 09:00-10:00\" ]; holidays = [ \"SE\", \"days.ics\" ]; };",
		0600);
	char *link_path = file_join(folder, "link.conf"),
	     *home_folder = file_join("/", "~/evidence");
	ck_assert_int_eq(symlink(path, link_path), 0);
	struct config *c = load(link_path);
	char *real = realpath(path, NULL);
	ck_assert(str_eq(c->path, str_from(real)));
	ck_assert(str_eq(c->rules.items[0], str_from(real)));
	ck_assert(str_eq(c->me.holidays.items[1], str_from(days)));
	ck_assert(str_eq(c->me.holidays.items[0], STR("SE")));
	ck_assert(str_eq(c->archive, str_from(home_folder)));
	config_free(c);
	free(real);
	free(home_folder);
	free(link_path);
	free(path);
	free(days);
}
END_TEST

START_TEST(a_secret_that_others_can_read_is_refused)
{
	struct config *config = NULL;
	struct diags diags = {0};
	struct error err = {0};
	char *secret = put("secret", "hush", 0640);
	char *path = put("x.conf",
		ME "accounts = ( { name = \"a\"; host = \"h.example\"; user = \"u\";\n"
		   "               password_file = \"secret\"; } );",
		0600);
	ck_assert_int_eq(config_load(path, &config_test_checks, &config, &diags, &err), -1);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_uint_eq(diags.items[0].line, 3);
	ck_assert_uint_eq(diags.items[0].column, 32);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "others can read the secret file"));
	diags_finish(&diags);
	ck_assert_int_eq(chmod(secret, 0600), 0);
	struct config *c = load(path);
	ck_assert(str_eq(c->accounts[0].secret.file, str_from(secret)));
	config_free(c);
	free(secret);
	free(path);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_is_a_mistake_of_configuration)
{
	struct config *config = NULL;
	struct diags diags = {0};
	struct error err = {0};
	ck_assert_int_eq(config_load("/nowhere/x.conf", NULL, &config, &diags, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_CONFIG);
	ck_assert_int_eq(config_load(folder, NULL, &config, &diags, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_CONFIG);
	ck_assert_ptr_null(config);
	diags_finish(&diags);
}
END_TEST

Suite *files_suite(void)
{
	Suite *suite = suite_create("config: files");
	TCase *tests = tcase_create("files");
	tcase_add_checked_fixture(tests, make_folder, drop_folder);
	tcase_add_test(tests, the_named_file_goes_before_the_environment_and_home);
	tcase_add_test(tests, paths_are_relative_to_the_file_that_a_link_leads_to);
	tcase_add_test(tests, a_secret_that_others_can_read_is_refused);
	tcase_add_test(tests, a_file_that_cannot_be_read_is_a_mistake_of_configuration);
	suite_add_tcase(suite, tests);
	return suite;
}
