/* Configuration, rules and calendars are loaded together, or it is said what is missing. */
#include "app/rulebook.h"
#include "app_test.h"
#include "config/config.h"
#include "rules/ruleset.h"
#include "worktime/worktime.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ME                                                                                         \
	"me: { addresses = [ \"anna@studio.example\" ]; time_zone = \"Europe/Stockholm\";"         \
	" hours = [ \"mon-fri 09:00-17:00\" ]; };\n"

/* What is said while a book is loaded; *book is NULL when it is refused. */
static struct buf load(const char *config, struct rulebook **book, struct error *err)
{
	struct diags diags = {0};
	struct buf said = {0};
	char *path = put_file("test.conf", config);
	const struct rulebook_plan plan = {.config = path};
	*book = NULL;
	ck_assert_int_eq(rulebook_load(&plan, book, &diags, err), *book ? 0 : -1);
	diags_print(&diags, &said);
	diags_finish(&diags);
	free(path);
	return said;
}

static void check_said(struct buf *said, const char *part)
{
	ck_assert_msg(strstr(buf_cstr(said), part), "'%s' is not in: %s", part, buf_cstr(said));
	buf_finish(said);
}

START_TEST(all_packs_are_loaded_when_none_is_stated)
{
	struct rulebook *all, *one, *none;
	struct error err = {0};
	struct buf said = load(ME, &all, &err);
	buf_finish(&said);
	said = load(ME "languages = [ \"sv\" ];", &one, &err);
	buf_finish(&said);
	said = load(ME "languages = [ ];", &none, &err);
	buf_finish(&said);
	ck_assert_uint_gt(ruleset_count(one->rules), 0);
	ck_assert_uint_gt(ruleset_count(all->rules), ruleset_count(one->rules));
	ck_assert_uint_eq(ruleset_count(none->rules), 0);
	rulebook_free(all);
	rulebook_free(one);
	rulebook_free(none);
}
END_TEST

START_TEST(a_pack_that_does_not_exist_is_said)
{
	struct rulebook *book;
	struct error err = {0};
	struct buf said = load(ME "languages = [ \"tlh\" ];", &book, &err);
	ck_assert_ptr_nonnull(book);
	check_said(&said, "tlh");
	rulebook_free(book);
}
END_TEST

#define GOOD                                                                                       \
	"rule a/good\n  title T\n  sign urgency\n  severity 1\n  says now\n  yes now\n  no then\n"
#define BAD "rule a/bad\n  title T\n  sign urgency\n  severity 1\n  says now\n  yes then\n  no x\n"

START_TEST(a_rule_file_in_error_is_left_out_and_said)
{
	struct rulebook *book;
	struct error err = {0};
	char *good = put_file("good.rules", GOOD), *bad = put_file("bad.rules", BAD);
	struct buf said =
		load(ME "languages = [ ]; rules = [ \"good.rules\", \"bad.rules\" ];", &book, &err);
	ck_assert_ptr_nonnull(book);
	ck_assert_uint_eq(book->files_left_out, 1);
	ck_assert_uint_eq(ruleset_count(book->rules), 1);
	check_said(&said, "bad.rules:6:");
	rulebook_free(book);
	free(good);
	free(bad);
}
END_TEST

START_TEST(a_rule_file_that_cannot_be_read_is_counted_with_those_left_out)
{
	struct rulebook *book;
	struct error err = {0};
	char *good = put_file("good.rules", GOOD), *sub = put_file("folder.rules", "");
	ck_assert(unlink(sub) == 0 && mkdir(sub, 0700) == 0);
	struct buf said = load(ME "languages = [ ]; rules = [ \".\" ];", &book, &err);
	ck_assert_ptr_nonnull(book);
	ck_assert_uint_eq(book->files_left_out, 1);
	ck_assert_uint_eq(ruleset_count(book->rules), 1);
	check_said(&said, "folder.rules");
	rulebook_free(book);
	free(sub);
	free(good);
}
END_TEST

START_TEST(a_folder_of_rules_is_read_in_order)
{
	struct rulebook *book;
	struct error err = {0};
	char *good = put_file("good.rules", GOOD), *other = put_file("notes.txt", "no rules");
	struct buf said = load(ME "languages = [ ]; rules = [ \".\" ];", &book, &err);
	ck_assert_str_eq(buf_cstr(&said), "");
	ck_assert_ptr_nonnull(book);
	ck_assert_uint_eq(ruleset_count(book->rules), 1);
	buf_finish(&said);
	rulebook_free(book);
	free(good);
	free(other);
}
END_TEST

START_TEST(a_configuration_in_error_is_refused)
{
	struct rulebook *book;
	struct error err = {0};
	struct buf said = load("me = 5;", &book, &err);
	ck_assert_ptr_null(book);
	ck_assert_int_eq(err.kind, ERROR_CONFIG);
	check_said(&said, "test.conf:1:6: error: wrong type of 'me'");
}
END_TEST

START_TEST(without_a_configuration_there_are_rules_and_no_clock)
{
	struct rulebook *book = NULL;
	struct diags diags = {0};
	struct error err = {0};
	const struct rulebook_plan plan = {.no_config = true};
	ck_assert_int_eq(rulebook_load(&plan, &book, &diags, &err), 0);
	ck_assert_ptr_null(book->config);
	ck_assert_ptr_null(rulebook_hours(book, 0));
	ck_assert_uint_gt(ruleset_count(book->rules), 0);
	diags_finish(&diags);
	rulebook_free(book);
}
END_TEST

START_TEST(hours_agreed_with_a_client_go_before_mine)
{
	struct rulebook *book = make_book(plain_config);
	ck_assert_uint_eq(rulebook_client(book, STR("beta")), 1);
	ck_assert_uint_eq(rulebook_client(book, STR("nobody")), 2);
	ck_assert_ptr_eq(rulebook_hours(book, 0), book->mine);
	ck_assert_ptr_eq(rulebook_hours(book, 1), book->agreed[1]);
	ck_assert_ptr_eq(rulebook_hours(book, 2), book->mine);
	ck_assert_ptr_null(book->theirs[0]);
	ck_assert_ptr_nonnull(book->theirs[1]);
	rulebook_free(book);
}
END_TEST

START_TEST(watched_addresses_are_sorted_and_each_once)
{
	struct rulebook *book = make_book(ME
		"languages = [ ];"
		"clients = ( { id = \"b\"; addresses = [ \"z@b.example\", \"@b.example\" ]; },"
		"            { id = \"a\"; addresses = [ \"@b.example\", \"a@a.example\" ]; } );");
	struct str *watched;
	size_t count;
	struct error err = {0};
	ck_assert_int_eq(rulebook_watched(book, &watched, &count, &err), 0);
	ck_assert_uint_eq(count, 3);
	ck_assert(str_eq(watched[0], STR("@b.example")));
	ck_assert(str_eq(watched[1], STR("a@a.example")));
	ck_assert(str_eq(watched[2], STR("z@b.example")));
	free(watched);
	rulebook_free(book);
}
END_TEST

START_TEST(terms_name_what_is_judged_by)
{
	struct rulebook *book = make_book(plain_config);
	struct buf terms = {0};
	rulebook_terms(book, &terms);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&terms), "time-zone: Europe/Stockholm\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&terms), "[client beta]\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&terms), "hours: mon 10:00-11:00\n"));
	buf_finish(&terms);
	rulebook_free(book);
}
END_TEST

Suite *rulebook_suite(void)
{
	Suite *suite = suite_create("app: rulebook");
	TCase *tests = tcase_create("rulebook");
	tcase_set_timeout(tests, 120);
	tcase_add_checked_fixture(tests, make_folder, drop_folder);
	tcase_add_test(tests, all_packs_are_loaded_when_none_is_stated);
	tcase_add_test(tests, a_pack_that_does_not_exist_is_said);
	tcase_add_test(tests, a_rule_file_in_error_is_left_out_and_said);
	tcase_add_test(tests, a_rule_file_that_cannot_be_read_is_counted_with_those_left_out);
	tcase_add_test(tests, a_folder_of_rules_is_read_in_order);
	tcase_add_test(tests, a_configuration_in_error_is_refused);
	tcase_add_test(tests, without_a_configuration_there_are_rules_and_no_clock);
	tcase_add_test(tests, hours_agreed_with_a_client_go_before_mine);
	tcase_add_test(tests, watched_addresses_are_sorted_and_each_once);
	tcase_add_test(tests, terms_name_what_is_judged_by);
	suite_add_tcase(suite, tests);
	return suite;
}
