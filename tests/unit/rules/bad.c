/* Every rule file of tests/bad/rules is left out, or only warned of, with exactly the words of its
 * .want beside it. GOLDEN=write in the environment writes these anew, to be looked at. */
#include "base/file.h"
#include "judge/sequence.h"
#include "rules_test.h"
#include <string.h>

#define FOLDER TESTS_DIR "/bad/rules"

static void read_into(const char *name, struct buf *out)
{
	struct error err = {0};
	char *path = file_join(FOLDER, name);
	ck_assert_msg(file_read(path, 1 << 20, out, &err) == 0, "%s: %s", path, err.text);
	free(path);
}

static void write_on_request(const char *name, const struct buf *bytes)
{
	struct error err = {0};
	const char *mode = getenv("GOLDEN");
	char *path = file_join(FOLDER, name);
	if (mode && !strcmp(mode, "write"))
		ck_assert_int_eq(file_write_atomic(path, buf_str(bytes), 0644, &err), 0);
	free(path);
}

static void check_file(const char *name)
{
	struct buf bytes = {0}, want = {0}, want_name = {0}, printed = {0};
	struct str stem = str_slice(str_from(name), 0, str_from(name).len - 6);
	buf_add_format(&want_name, "%.*s.want", STR_ARG(stem));
	read_into(name, &bytes);
	struct rule_file file = {.name = str_from(name), .bytes = buf_str(&bytes)};
	static const char *const packs[] = {"de", "en", "es", "fr", "sv"};
	static const struct client clients[] = {{.id = {"acme", 4}}, {.id = {"globex", 6}}};
	struct ruleset_options options = {.packs = packs,
		.pack_count = 5,
		.clients = clients,
		.client_count = 2,
		.remarks = true,
		.judge_sequences = sequences_judge};
	size_t left_out = 0;
	struct ruleset *set = load_files(&file, 1, &options, &printed, &left_out);
	write_on_request(buf_cstr(&want_name), &printed);
	read_into(buf_cstr(&want_name), &want);
	ck_assert_str_eq(buf_cstr(&printed), buf_cstr(&want));
	bool warning_only = str_starts(stem, STR("warning"));
	ck_assert_uint_eq(left_out, warning_only ? 0 : 1);
	ruleset_free(set);
	buf_finish(&bytes);
	buf_finish(&want);
	buf_finish(&want_name);
	buf_finish(&printed);
}

START_TEST(every_mistake_is_told_at_its_place)
{
	struct error err = {0};
	char **names;
	size_t count;
	ck_assert_msg(file_list(FOLDER, ".rules", &names, &count, &err) == 0, "%s", err.text);
	ck_assert_uint_ge(count, 30);
	for (size_t i = 0; i < count; i++)
		check_file(names[i]);
	file_list_free(names, count);
}
END_TEST

Suite *bad_suite(void)
{
	Suite *suite = suite_create("rules: mistakes");
	TCase *tests = tcase_create("files");
	tcase_add_test(tests, every_mistake_is_told_at_its_place);
	suite_add_tcase(suite, tests);
	return suite;
}
