/* Rules as they were written: found in their files again, read line by line, moved to shadow. */
#include "rules/rule_view.h"
#include "rules_test.h"

#define FIELDS(words) "  title T\n  sign insult\n  says " words "\n  yes " words "\n  no x\n"

static const struct rule_file files[] = {
	{STR("en/a.rules"),
		STR("# a head\n\nrule a/x\n" FIELDS("idiot") "\n# of the next\nrule a/y\n" FIELDS(
			"fool") "# the end\n"),
		STR("en")},
	{STR("mine.rules"),
		STR("\xEF\xBB\xBFrule a/x\r\n  title T\r\n  sign insult\r\n  says moron |\r\n"
		    "        dolt\r\n  unless says my\r\n\r\n  status live\r\n  yes moron\r\n"
		    "  no x\r\n\r\n"),
		{NULL, 0}},
};

static struct ruleset *load_both(void)
{
	static const struct ruleset_options options = {0};
	struct buf printed = {0};
	size_t left_out;
	struct ruleset *set = load_files(files, 2, &options, &printed, &left_out);
	ck_assert_str_eq(buf_cstr(&printed), "");
	return set;
}

static void check_view(const struct rule_view *v, const char *name, const char *file, unsigned line)
{
	ck_assert(str_eq(v->name, str_from(name)));
	ck_assert(str_eq(v->file, str_from(file)));
	ck_assert_uint_eq(v->line, line);
}

START_TEST(each_rule_in_force_is_found_at_its_place)
{
	struct ruleset *set = load_both();
	struct arena arena = {0};
	struct rule_view *views;
	size_t count;
	struct error err = {0};
	ck_assert_int_eq(ruleset_views(set, &arena, &views, &count, &err), 0);
	ck_assert_uint_eq(count, 2);
	/* the user's stands for the shipped one */
	check_view(&views[0], "a/x", "mine.rules", 1);
	ck_assert_ptr_null(views[0].pack.ptr);
	check_view(&views[1], "a/y", "en/a.rules", 11);
	ck_assert(str_eq(views[1].text, STR("rule a/y\n" FIELDS("fool"))));
	arena_finish(&arena);
	ruleset_free(set);
}
END_TEST

START_TEST(its_fields_are_told_in_the_language_s_order_with_what_they_hold)
{
	struct ruleset *set = load_both();
	struct arena arena = {0};
	struct rule_view *views;
	size_t count;
	struct error err = {0};
	struct buf got = {0};
	ck_assert_int_eq(ruleset_views(set, &arena, &views, &count, &err), 0);
	ck_assert_int_eq(ruleset_view_read(set, &arena, &views[0], &err), 0);
	for (size_t i = 0; i < views[0].line_count; i++) {
		const struct rule_line *l = &views[0].lines[i];
		buf_add_format(&got, "%.*s%s=%.*s; ", STR_ARG(l->field), l->says ? "(says)" : "",
			STR_ARG(l->text));
	}
	ck_assert_str_eq(buf_cstr(&got),
		"title=T; sign=insult; says(says)=moron | dolt; unless(says)=my; status=live; "
		"yes=moron; no=x; ");
	ck_assert_uint_eq(views[0].patterns, 1);
	ck_assert_uint_eq(views[0].indexed, 1);
	buf_finish(&got);
	arena_finish(&arena);
	ruleset_free(set);
}
END_TEST

START_TEST(in_shadow_it_is_the_same_rule_with_one_status)
{
	struct ruleset *set = load_both();
	struct arena arena = {0};
	struct rule_view *views;
	size_t count;
	struct error err = {0};
	struct buf lines = {0};
	ck_assert_int_eq(ruleset_views(set, &arena, &views, &count, &err), 0);
	rule_view_shadow(&views[0], &lines);
	struct ruleset *shadow = load_text(buf_cstr(&lines));
	ck_assert_uint_eq(ruleset_count(shadow), 1);
	ck_assert_int_eq(ruleset_rule(shadow, 0)->status, RULE_SHADOW);
	ck_assert(str_eq(ruleset_rule(shadow, 0)->name, STR("a/x")));
	ruleset_free(shadow);
	buf_finish(&lines);
	arena_finish(&arena);
	ruleset_free(set);
}
END_TEST

Suite *view_suite(void)
{
	Suite *suite = suite_create("rules: as they were written");
	TCase *tests = tcase_create("view");
	tcase_add_test(tests, each_rule_in_force_is_found_at_its_place);
	tcase_add_test(tests, its_fields_are_told_in_the_language_s_order_with_what_they_hold);
	tcase_add_test(tests, in_shadow_it_is_the_same_rule_with_one_status);
	suite_add_tcase(suite, tests);
	return suite;
}
