/* Rule sets: names, origins, what is left out, hashes, bytes and back. */
#include "rules_test.h"

#define RULE(name, words)                                                                          \
	"rule " name "\n  title T\n  sign insult\n  says " words "\n  yes " words "\n  no x\n"

static struct ruleset *load_two(
	const char *shipped, const char *users, struct buf *printed, size_t *left_out)
{
	struct rule_file files[] = {
		{STR("en/a.rules"), str_from(shipped), STR("en")},
		{STR("mine.rules"), str_from(users), {NULL, 0}},
	};
	struct ruleset_options options = {0};
	return load_files(files, 2, &options, printed, left_out);
}

static void check_hits(const struct ruleset *set, const char *message, const char *want)
{
	struct text text;
	struct hits hits;
	struct buf got = {0};
	struct error err = {0};
	text_init(&text);
	hits_init(&hits);
	ck_assert(text_plain(&text, str_from(message)) == 0);
	struct match_input in = {.text = &text};
	ck_assert(ruleset_match(set, &in, &hits, &err) == 0);
	hits_print(&text, &hits, &got);
	ck_assert_str_eq(buf_cstr(&got), want);
	hits_finish(&hits);
	text_finish(&text);
	buf_finish(&got);
}

START_TEST(a_users_rule_replaces_a_shipped_one)
{
	struct buf printed = {0};
	size_t left_out;
	struct ruleset *set = load_two(RULE("a/x", "idiot") RULE("a/y", "fool"),
		RULE("a/x", "moron"), &printed, &left_out);
	ck_assert_str_eq(buf_cstr(&printed), "");
	ck_assert_uint_eq(left_out, 0);
	ck_assert_uint_eq(ruleset_count(set), 2);
	check_hits(set, "idiot fool moron", "a/y 'fool'; a/x 'moron'");
	ck_assert(str_eq(ruleset_rule(set, 0)->lang, STR("en")));
	ck_assert_ptr_null(ruleset_rule(set, 1)->lang.ptr);
	ruleset_free(set);
	buf_finish(&printed);
}
END_TEST

START_TEST(a_rule_on_trial_replaces_shipped_and_users_rules)
{
	struct buf printed = {0};
	size_t left_out;
	const struct rule_file files[] = {
		{STR("en/a.rules"), STR(RULE("a/x", "idiot") RULE("a/y", "fool")), STR("en")},
		{STR("mine.rules"), STR(RULE("a/x", "moron") RULE("a/z", "clown")), {NULL, 0}},
		{STR("new.rules"), STR(RULE("a/y", "dunce") RULE("a/z", "dolt")), {NULL, 0}},
	};
	const struct ruleset_options options = {.on_trial = 1};
	struct ruleset *set = load_files(files, 3, &options, &printed, &left_out);
	ck_assert_str_eq(buf_cstr(&printed), "");
	check_hits(
		set, "idiot fool moron clown dunce dolt", "a/x 'moron'; a/y 'dunce'; a/z 'dolt'");
	ruleset_free(set);
	buf_finish(&printed);
}
END_TEST

START_TEST(a_bad_file_is_left_out_and_the_shipped_rule_stays)
{
	struct buf printed = {0};
	size_t left_out;
	struct ruleset *set = load_two(RULE("a/x", "idiot"),
		RULE("a/x", "moron") "rule a/z\n  titel Z\n", &printed, &left_out);
	ck_assert_uint_eq(left_out, 1);
	check_hits(set, "idiot moron", "a/x 'idiot'");
	ruleset_free(set);
	buf_finish(&printed);
}
END_TEST

START_TEST(that_a_rule_replaces_a_shipped_one_is_remarked_on_request)
{
	struct rule_file files[] = {
		{STR("en/a.rules"), STR(RULE("a/x", "idiot")), STR("en")},
		{STR("mine.rules"), STR("\n" RULE("a/x", "moron") RULE("a/y", "fool")), {NULL, 0}},
	};
	struct ruleset_options options = {.remarks = true};
	struct buf printed = {0};
	size_t left_out;
	struct ruleset *set = load_files(files, 2, &options, &printed, &left_out);
	ck_assert_str_eq(buf_cstr(&printed),
		"mine.rules:2:6: warning: replaces the shipped rule of this name\n"
		"    rule a/x\n"
		"         ^\n"
		"1 warning in 1 file\n");
	ck_assert_uint_eq(left_out, 0);
	check_hits(set, "idiot moron", "a/x 'moron'");
	ruleset_free(set);
	buf_finish(&printed);
}
END_TEST

START_TEST(two_rules_of_one_origin_may_not_share_a_name)
{
	struct rule_file files[] = {
		{STR("a.rules"), STR(RULE("a/x", "idiot")), {NULL, 0}},
		{STR("b.rules"), STR("\n" RULE("a/x", "fool")), {NULL, 0}},
	};
	struct ruleset_options options = {0};
	struct buf printed = {0};
	size_t left_out;
	struct ruleset *set = load_files(files, 2, &options, &printed, &left_out);
	ck_assert_str_eq(buf_cstr(&printed),
		"b.rules:2:6: error: second rule 'a/x', the first is in a.rules:1\n"
		"    rule a/x\n"
		"         ^\n"
		"1 error in 1 file\n");
	ck_assert_uint_eq(left_out, 1);
	check_hits(set, "idiot fool", "a/x 'idiot'");
	ruleset_free(set);
	buf_finish(&printed);
}
END_TEST

START_TEST(failed_examples_are_counted)
{
	struct rule_file file = {.name = STR("a.rules"),
		.bytes = STR("rule a/x\n  title T\n  sign insult\n  says idiot\n"
			     "  yes fool\n  no idiot\n  no x\n")};
	struct ruleset_options options = {0};
	struct buf printed = {0};
	size_t left_out;
	struct ruleset *set = load_files(&file, 1, &options, &printed, &left_out);
	ck_assert_uint_eq(ruleset_failed_examples(set), 2);
	ck_assert_uint_eq(ruleset_count(set), 0);
	ruleset_free(set);
	options.skip_examples = true;
	buf_clear(&printed);
	set = load_files(&file, 1, &options, &printed, &left_out);
	ck_assert_uint_eq(ruleset_count(set), 1);
	ruleset_free(set);
	buf_finish(&printed);
}
END_TEST

START_TEST(a_set_as_bytes_is_the_same_set)
{
	struct rule_file files[] = {
		{STR("en/a b pack x.rules"), STR(RULE("a/x", "idiot")), STR("en")},
		{STR("mine.rules"), STR("# ## file x pack - bytes 3\n" RULE("a/y", "fool")),
			{NULL, 0}},
		{STR("empty.rules"), STR(""), {NULL, 0}},
		{STR("bad.rules"), STR("rule b/z\n"), {NULL, 0}},
	};
	struct ruleset_options options = {0};
	struct buf printed = {0}, bytes = {0};
	size_t left_out, count;
	struct error err = {0};
	struct ruleset *set = load_files(files, 4, &options, &printed, &left_out);
	ruleset_write(set, &bytes);
	struct rule_file *back;
	ck_assert_msg(ruleset_unpack(buf_str(&bytes), &back, &count, &err) == 0, "%s", err.text);
	ck_assert_uint_eq(count, 3);
	for (size_t i = 0; i < count; i++) {
		ck_assert(str_eq(back[i].name, files[i].name));
		ck_assert(str_eq(back[i].bytes, files[i].bytes));
		ck_assert(str_eq(back[i].pack, files[i].pack));
	}
	for (size_t cut = 1; cut < bytes.len; cut++) {
		struct rule_file *none = NULL;
		if (ruleset_unpack(str_slice(buf_str(&bytes), 0, cut), &none, &count, &err) == 0)
			ck_assert_uint_lt(count, 3);
		free(none);
	}
	free(back);
	ruleset_free(set);
	buf_finish(&bytes);
	buf_finish(&printed);
}
END_TEST

START_TEST(the_hash_is_of_what_the_rule_says)
{
	static const char crlf[] = "rule a/x\r\n  title T  \r\n\r\n  sign insult\r\n# here\r\n"
				   "  says idiot\r\n  yes idiot\r\n  no x";
	static const char *const same[] = {
		RULE("a/x", "idiot"),
		"# a comment\n\n" RULE("a/x", "idiot") "\n# the end",
		crlf,
	};
	struct ruleset *first = load_text(same[0]);
	for (size_t i = 1; i < sizeof(same) / sizeof(*same); i++) {
		struct ruleset *other = load_text(same[i]);
		ck_assert_str_eq(ruleset_rule(first, 0)->hash, ruleset_rule(other, 0)->hash);
		ruleset_free(other);
	}
	struct ruleset *changed = load_text(RULE("a/x", "Idiot"));
	ck_assert_str_ne(ruleset_rule(first, 0)->hash, ruleset_rule(changed, 0)->hash);
	ruleset_free(changed);
	ruleset_free(first);
}
END_TEST

START_TEST(an_empty_set_finds_nothing)
{
	struct ruleset_options options = {0};
	struct buf printed = {0};
	size_t left_out;
	struct ruleset *set = load_files(NULL, 0, &options, &printed, &left_out);
	check_hits(set, "idiot", "");
	check_hits(set, "", "");
	ruleset_free(set);
	buf_finish(&printed);
}
END_TEST

Suite *set_suite(void)
{
	Suite *suite = suite_create("rules: sets");
	TCase *tests = tcase_create("load");
	tcase_add_test(tests, a_users_rule_replaces_a_shipped_one);
	tcase_add_test(tests, a_rule_on_trial_replaces_shipped_and_users_rules);
	tcase_add_test(tests, that_a_rule_replaces_a_shipped_one_is_remarked_on_request);
	tcase_add_test(tests, a_bad_file_is_left_out_and_the_shipped_rule_stays);
	tcase_add_test(tests, two_rules_of_one_origin_may_not_share_a_name);
	tcase_add_test(tests, failed_examples_are_counted);
	tcase_add_test(tests, a_set_as_bytes_is_the_same_set);
	tcase_add_test(tests, the_hash_is_of_what_the_rule_says);
	tcase_add_test(tests, an_empty_set_finds_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}
