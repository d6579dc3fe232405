/* Every configuration of tests/bad/config is refused with exactly the words of its .want. */
#include "config_test.h"

#include "base/file.h"

#define FOLDER TESTS_DIR "/bad/config"

static void read_into(const char *name, struct buf *out)
{
	struct error err = {0};
	char *path = file_join(FOLDER, name);
	ck_assert_msg(file_read(path, 1 << 20, out, &err) == 0, "%s: %s", path, err.text);
	free(path);
}

static void check_file(const char *name)
{
	struct buf bytes = {0}, want = {0}, want_name = {0}, said = {0};
	struct str stem = str_slice(str_from(name), 0, str_from(name).len - 5);
	struct diags diags = {0};
	struct error err = {0};
	struct config *config = NULL;
	buf_add_format(&want_name, "%.*s.want", STR_ARG(stem));
	read_into(name, &bytes);
	read_into(buf_cstr(&want_name), &want);
	int result = config_parse(
		name, "/folder", buf_str(&bytes), &config_test_checks, &config, &diags, &err);
	diags_print(&diags, &said);
	ck_assert_str_eq(buf_cstr(&said), buf_cstr(&want));
	/* warnings alone do not refuse it; what is refused is not half made */
	ck_assert_int_eq(result, diags.errors ? -1 : 0);
	ck_assert_int_eq(config == NULL, diags.errors > 0);
	ck_assert_int_eq(err.kind, diags.errors ? ERROR_CONFIG : ERROR_NONE);
	config_free(config);
	diags_finish(&diags);
	buf_finish(&bytes);
	buf_finish(&want);
	buf_finish(&want_name);
	buf_finish(&said);
}

START_TEST(every_mistake_is_told_at_its_place)
{
	struct error err = {0};
	char **names;
	size_t count;
	ck_assert_msg(file_list(FOLDER, ".conf", &names, &count, &err) == 0, "%s", err.text);
	ck_assert_uint_ge(count, 20);
	for (size_t i = 0; i < count; i++)
		check_file(names[i]);
	file_list_free(names, count);
}
END_TEST

START_TEST(a_flood_of_mistakes_is_cut)
{
	struct buf text = {0};
	for (int i = 0; i < 100000; i++)
		buf_add_cstr(&text, "\"\"");
	struct buf said = mistakes_of(buf_cstr(&text));
	ck_assert_uint_lt(said.len, 100000);
	buf_finish(&said);
	buf_finish(&text);
}
END_TEST

Suite *bad_suite(void)
{
	Suite *suite = suite_create("config: mistakes");
	TCase *tests = tcase_create("files");
	tcase_add_test(tests, every_mistake_is_told_at_its_place);
	tcase_add_test(tests, a_flood_of_mistakes_is_cut);
	suite_add_tcase(suite, tests);
	return suite;
}
