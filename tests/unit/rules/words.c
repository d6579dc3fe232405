/* The tables of tests/cases/rules: amounts and days as people write them, and what they mean. */
#include "base/clock.h"
#include "base/file.h"
#include "rules_test.h"

#define FOLDER TESTS_DIR "/cases/rules"
#define COLUMNS 4

/* Columns are parted by two blanks or more. */
static size_t split_row(struct str line, struct str *columns)
{
	size_t count = 0, at;
	while (line.len > 0 && count < COLUMNS) {
		bool more = str_find(line, STR("  "), &at);
		columns[count++] = str_slice(line, 0, more ? at : line.len);
		line = str_trim(str_slice(line, more ? at : line.len, line.len));
	}
	return count;
}

static struct ruleset *set_of(struct str lang, const char *class)
{
	struct buf rules = {0}, printed = {0};
	size_t left_out;
	buf_add_format(&rules,
		"rule test/x\n  title T\n  sign insult\n  match x %s x\n  yes x\n  no x\n", class);
	if (!str_eq(lang, STR("-")))
		buf_add_format(&rules, "  lang %.*s\n", STR_ARG(lang));
	struct rule_file file = {.name = STR("table"), .bytes = buf_str(&rules)};
	const struct ruleset_options options = {.skip_examples = true};
	struct ruleset *set = load_files(&file, 1, &options, &printed, &left_out);
	buf_finish(&rules);
	buf_finish(&printed);
	return set;
}

static void add_amount(const struct captured *c, struct buf *out)
{
	if (c->has_value)
		buf_add_format(out, "%lld.%02d", (long long)(c->hundredths / 100),
			(int)(c->hundredths % 100));
	else
		buf_add_cstr(out, "?");
	buf_add_format(out, " %s", c->currency[0] ? c->currency : "?");
}

static void add_day(const struct captured *c, struct buf *out)
{
	struct date d = date_from_days(c->day);
	if (c->has_day)
		buf_add_format(out, "%04d-%02d-%02d", d.year, d.month, d.day);
	else
		buf_add_cstr(out, "?");
}

/* "LANG  DAY|-  WORDS  WANT": want is a date, a sum with its currency, "?" for a day that cannot be
   told, or "none" where the words are no amount or day. */
static void check_row(const char *class, struct str line, struct buf *failures)
{
	struct str columns[COLUMNS];
	struct buf bytes = {0}, got = {0};
	struct text text;
	struct hits hits;
	struct error err = {0};
	struct date today;
	ck_assert_msg(split_row(line, columns) == COLUMNS, "row '%.*s'", STR_ARG(line));
	struct ruleset *set = set_of(columns[0], class);
	text_init(&text);
	hits_init(&hits);
	buf_add_format(&bytes, "x %.*s x", STR_ARG(columns[2]));
	ck_assert(text_plain(&text, buf_str(&bytes)) == 0);
	struct match_input in = {.text = &text, .has_moment = date_parse(columns[1], &today)};
	if (in.has_moment)
		in.day = date_to_days(today);
	ck_assert(ruleset_match(set, &in, &hits, &err) == 0);
	if (hits.count == 0)
		buf_add_cstr(&got, "none");
	else if (hits.items[0].captured.amount.ptr)
		add_amount(&hits.items[0].captured, &got);
	else
		add_day(&hits.items[0].captured, &got);
	if (!str_eq(buf_str(&got), columns[3]))
		buf_add_format(failures, "%.*s, but got %s\n", STR_ARG(line), buf_cstr(&got));
	hits_finish(&hits);
	text_finish(&text);
	ruleset_free(set);
	buf_finish(&bytes);
	buf_finish(&got);
}

static void check_table(const char *name, const char *class)
{
	struct buf bytes = {0}, failures = {0};
	struct error err = {0};
	char *path = file_join(FOLDER, name);
	ck_assert_msg(file_read(path, 1 << 20, &bytes, &err) == 0, "%s", err.text);
	struct str rest = buf_str(&bytes), line;
	size_t rows = 0;
	while (str_line(&rest, &line)) {
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		check_row(class, line, &failures);
		rows++;
	}
	ck_assert_str_eq(buf_cstr(&failures), "");
	ck_assert_uint_ge(rows, 40);
	buf_finish(&failures);
	buf_finish(&bytes);
	free(path);
}

START_TEST(amounts_are_worth_what_the_table_says)
{
	check_table("amounts.table", "{amount}");
}
END_TEST

START_TEST(days_are_those_that_the_table_says)
{
	check_table("days.table", "{day}");
}
END_TEST

Suite *words_suite(void)
{
	Suite *suite = suite_create("rules: amounts and days");
	TCase *tests = tcase_create("tables");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, amounts_are_worth_what_the_table_says);
	tcase_add_test(tests, days_are_those_that_the_table_says);
	suite_add_tcase(suite, tests);
	return suite;
}
