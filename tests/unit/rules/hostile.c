/* Rule files that nobody means well, or that no person wrote: each is named, bounded, and left out,
 * while the rules of other files stay. */
#include "base/limits.h"
#include "rules_test.h"
#include <string.h>

#define GOOD "rule a/good\n  title T\n  sign insult\n  says idiot\n  yes idiot\n  no x\n"

/* A shipped file with one good rule beside the hostile one. */
struct outcome {
	struct ruleset *set;
	struct buf printed;
	size_t left_out;
};

static void load_beside_good(struct str bytes, bool remarks, struct outcome *out)
{
	const struct rule_file files[] = {
		{STR("en/good.rules"), STR(GOOD), STR("en")},
		{STR("bad.rules"), bytes, {NULL, 0}},
	};
	const struct ruleset_options options = {.remarks = remarks};
	*out = (struct outcome){0};
	out->set = load_files(files, 2, &options, &out->printed, &out->left_out);
}

static void outcome_finish(struct outcome *o)
{
	ruleset_free(o->set);
	buf_finish(&o->printed);
}

/* The file is left out with these words, and no more than `most` bytes are said of it; the good
   rule is in force. */
static void expect_left_out(struct str bytes, const char *words, size_t most)
{
	struct outcome o;
	size_t at;
	load_beside_good(bytes, true, &o);
	ck_assert_uint_eq(o.left_out, 1);
	ck_assert_uint_eq(ruleset_count(o.set), 1);
	ck_assert(str_eq(ruleset_rule(o.set, 0)->name, STR("a/good")));
	ck_assert_msg(str_find(buf_str(&o.printed), str_from(words), &at), "no '%s' in %.*s", words,
		(int)(o.printed.len < 2000 ? o.printed.len : 2000), buf_cstr(&o.printed));
	ck_assert_msg(o.printed.len <= most, "%zu bytes", o.printed.len);
	outcome_finish(&o);
}

static void add_rules(struct buf *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add_format(out,
			"rule mine/r%zu\n  title T\n  sign insult\n  says idiot number %zu\n"
			"  yes You idiot number %zu.\n  no You friend.\n",
			i, i, i);
}

START_TEST(ten_thousand_rules_are_loaded_and_all_of_them_are_heard)
{
	struct buf rules = {0};
	struct outcome o;
	struct text text;
	struct hits hits;
	struct error err = {0};
	add_rules(&rules, 10000);
	load_beside_good(buf_str(&rules), true, &o);
	ck_assert_uint_eq(o.left_out, 0);
	ck_assert_uint_eq(ruleset_count(o.set), 10001);
	text_init(&text);
	hits_init(&hits);
	ck_assert(text_plain(&text, STR("No idiot number 9999, nor idiot number 0.")) == 0);
	const struct match_input in = {.text = &text};
	ck_assert(ruleset_match(o.set, &in, &hits, &err) == 0);
	ck_assert_uint_eq(hits.count, 4); /* each of a/good, too */
	hits_finish(&hits);
	text_finish(&text);
	outcome_finish(&o);
	buf_finish(&rules);
}
END_TEST

START_TEST(one_failing_example_among_ten_thousand_rules_leaves_them_out)
{
	struct buf rules = {0};
	add_rules(&rules, 9999);
	buf_add_cstr(&rules,
		"rule mine/last\n  title T\n  sign insult\n  says fool\n  yes clown\n"
		"  no x\n");
	expect_left_out(buf_str(&rules),
		"bad.rules:59999:7: error: rule 'mine/last' does not match its 'yes'\n", 2000000);
	buf_finish(&rules);
}
END_TEST

START_TEST(more_rules_than_are_allowed_are_refused)
{
	struct buf rules = {0};
	for (size_t i = 0; i <= LIMIT_RULES; i++)
		buf_add_format(&rules, "rule mine/r%zu\n", i);
	expect_left_out(buf_str(&rules), "error: over 50000 rules in one file\n", 200000);
	buf_finish(&rules);
}
END_TEST

START_TEST(a_line_of_a_megabyte_is_refused_and_the_rest_is_read)
{
	struct buf rules = {0};
	buf_add_cstr(&rules, GOOD "rule a/x\n  title T\n  says ");
	for (size_t i = 0; i < MIB / 8; i++)
		buf_add_cstr(&rules, "x | y | ");
	buf_add_cstr(&rules, "\n  sgin insult\n");
	expect_left_out(buf_str(&rules),
		"bad.rules:9:1: error: line of 1048583 bytes, at most 65536\n", 2000);
	expect_left_out(buf_str(&rules),
		"bad.rules:10:3: error: unknown field 'sgin' (did you mean 'sign'?)\n", 2000);
	buf_finish(&rules);
}
END_TEST

START_TEST(a_file_over_the_limit_is_refused_whole)
{
	struct buf rules = {0};
	while (rules.len <= LIMIT_RULE_FILE)
		buf_add_cstr(
			&rules, "# nothing but comments, again and again and again and again\n");
	expect_left_out(buf_str(&rules), " bytes, at most 8388608\n", 1000);
	buf_finish(&rules);
}
END_TEST

static void repeat(struct buf *out, const char *bytes, size_t len, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add(out, bytes, len);
}

/* However many mistakes there are, as many are told as a person reads. */
START_TEST(a_file_of_mistakes_alone_is_given_up_in_time)
{
	static const struct {
		const char *line;
		size_t len;
	} lines[] = {
		{"x\n", 2},
		{"\0\n", 2},
		{"\xFF\n", 2},
		{"rule\n", 5},
		{"rule a/b\n", 9},
		{"  title\nrule Q\n", 15},
		{"\xEF\xBB\xBF\n", 4},
		{"except x\n", 9},
	};
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct buf rules = {0};
		repeat(&rules, lines[i].line, lines[i].len, 300000);
		expect_left_out(buf_str(&rules),
			"error: 1000 mistakes, the rest of the file is passed over\n", 500000);
		buf_finish(&rules);
	}
}
END_TEST

START_TEST(bytes_that_are_no_text_are_named)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *words;
	} rows[] = {
		{"\xFF\xFEr\0u\0", 6, "bad.rules:1:1: error: file in UTF-16, expected UTF-8\n"},
		{"\xFE\xFF\0r", 4, "file in UTF-16, expected UTF-8\n"},
		{"rule a/\0\n", 9, "bad.rules:1:8: error: NUL byte, expected text in UTF-8\n"},
		{"rule a/\xE4\n", 9, "bad.rules:1:8: error: byte 0xE4 is no UTF-8\n"},
		{"rule a/\xC3", 8, "bad.rules:1:8: error: byte 0xC3 is no UTF-8\n"},
		{"rule a/\xED\xA0\x80\n", 11, "byte 0xED is no UTF-8\n"},
		{"rule a/\xC0\xAF\n", 10, "byte 0xC0 is no UTF-8\n"},
		{"rule a/\xF4\x90\x80\x80\n", 12, "byte 0xF4 is no UTF-8\n"},
		{"\n\xEF\xBB\xBFrule a/x\n", 13,
			"bad.rules:2:1: error: byte order mark behind the beginning of the file\n"},
		{"rule a/\xE2\x80\xAEx\n", 12, "bad name 'a/\\u202ex', expected"},
		{"rule a/x\rrule a/y\r", 18,
			"'rule' behind the name, expected the end of the line\n"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect_left_out((struct str){rows[i].bytes, rows[i].len}, rows[i].words, 3000);
}
END_TEST

START_TEST(a_byte_order_mark_and_crlf_are_no_mistake)
{
	static const char file[] =
		"\xEF\xBB\xBFrule mine/x\r\n  title T\r\n  sign insult\r\n  says fool |\r\n"
		"      clown\r\n  yes A fool.\r\n  yes A clown.\r\n  no x\r\n\x1A";
	struct outcome o;
	load_beside_good((struct str){file, sizeof(file) - 2}, false, &o);
	ck_assert_str_eq(buf_cstr(&o.printed), "");
	ck_assert_uint_eq(ruleset_count(o.set), 2);
	outcome_finish(&o);
}
END_TEST

/* A rule with more and more of one field. */
static void add_many(struct buf *out, const char *field, size_t times)
{
	buf_add_cstr(out, "rule mine/x\n  title T\n  sign insult\n");
	for (size_t i = 0; i < times; i++)
		buf_add_format(out, "  %s idiot\n", field);
	buf_add_cstr(out, "  no x\n");
}

START_TEST(a_field_too_often_is_refused)
{
	static const char *const fields[] = {"says", "match", "all", "unless", "yes", "client"};
	char words[80];
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		struct buf rules = {0};
		add_many(&rules, fields[i], 100000);
		snprintf(words, sizeof(words), "bad.rules:1004:3: error: over 1000 times '%s'\n",
			fields[i]);
		expect_left_out(buf_str(&rules), words, 500000);
		buf_finish(&rules);
	}
}
END_TEST

START_TEST(too_many_exceptions_are_refused)
{
	struct buf rules = {0};
	for (size_t i = 0; i <= LIMIT_EXCEPTS; i++)
		buf_add_format(&rules, "except a/b%zu\n  because x\n", i);
	expect_left_out(buf_str(&rules), "error: over 1000 except blocks in all files\n", 5000);
	buf_finish(&rules);
}
END_TEST

/* So many phrases that each has a warning, and exceptions without a rule. */
START_TEST(as_many_warnings_are_told_as_a_person_reads)
{
	struct buf rules = {0};
	struct outcome o;
	size_t at;
	for (size_t i = 0; i < 300; i++) {
		buf_add_format(&rules,
			"except none/r%zu\n  because x\nrule mine/r%zu\n  title T\n"
			"  sign insult\n  severity 2\n",
			i, i);
		for (int k = 0; k < 30; k++)
			buf_add_cstr(&rules, "  says fool | one fool | two fools | fools\n");
		buf_add_cstr(&rules, "  yes A fool.\n  no x\n");
	}
	load_beside_good(buf_str(&rules), true, &o);
	ck_assert_uint_eq(o.left_out, 0);
	ck_assert_uint_eq(ruleset_count(o.set), 301);
	ck_assert(str_find(
		buf_str(&o.printed), STR("over 1000 warnings, the rest is not told\n"), &at));
	ck_assert(str_find(buf_str(&o.printed), STR("\n1001 warnings in 1 file\n"), &at));
	outcome_finish(&o);
	buf_finish(&rules);
}
END_TEST

START_TEST(phrases_without_end_are_compared_in_time)
{
	struct buf rules = {0};
	struct outcome o;
	for (size_t i = 0; i < 200; i++) {
		buf_add_format(&rules, "rule mine/r%zu\n  title T\n  sign insult\n", i);
		for (int k = 0; k < 80; k++)
			buf_add_format(&rules,
				"  says a%d | b%d | c%d | a b c d e f g h i j k l m %d\n", k, k, k,
				k);
		buf_add_cstr(&rules, "  all x\n  yes a1 x\n  no x\n");
	}
	load_beside_good(buf_str(&rules), true, &o);
	ck_assert_uint_eq(o.left_out, 0);
	outcome_finish(&o);
	buf_finish(&rules);
}
END_TEST

START_TEST(patterns_up_to_their_limits_are_read_in_time)
{
	struct buf rules = {0};
	buf_add_cstr(&rules, "rule mine/x\n  title T\n  sign insult\n");
	for (int i = 0; i < 12; i++) {
		buf_add_cstr(&rules, "  match ");
		while (rules.len % 4096 < 4000)
			buf_add_cstr(&rules, "(?:\\w+ ?)*(a|b){1,99}");
		buf_add_char(&rules, '\n');
	}
	buf_add_cstr(&rules, "  yes x\n  no y\n");
	expect_left_out(buf_str(&rules), "error: ", 20000);
	buf_finish(&rules);
}
END_TEST

Suite *hostile_suite(void)
{
	Suite *suite = suite_create("rules: hostile files");
	TCase *tests = tcase_create("files");
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, ten_thousand_rules_are_loaded_and_all_of_them_are_heard);
	tcase_add_test(tests, one_failing_example_among_ten_thousand_rules_leaves_them_out);
	tcase_add_test(tests, more_rules_than_are_allowed_are_refused);
	tcase_add_test(tests, a_line_of_a_megabyte_is_refused_and_the_rest_is_read);
	tcase_add_test(tests, a_file_over_the_limit_is_refused_whole);
	tcase_add_test(tests, a_file_of_mistakes_alone_is_given_up_in_time);
	tcase_add_test(tests, bytes_that_are_no_text_are_named);
	tcase_add_test(tests, a_byte_order_mark_and_crlf_are_no_mistake);
	tcase_add_test(tests, a_field_too_often_is_refused);
	tcase_add_test(tests, too_many_exceptions_are_refused);
	tcase_add_test(tests, as_many_warnings_are_told_as_a_person_reads);
	tcase_add_test(tests, phrases_without_end_are_compared_in_time);
	tcase_add_test(tests, patterns_up_to_their_limits_are_read_in_time);
	suite_add_tcase(suite, tests);
	return suite;
}
