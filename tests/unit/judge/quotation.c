/* What is a changed quotation, and what is not. */
#include "judge/quotation.h"

#include "suites.h"
#include "unit.h"
#include <string.h>

#define MINE                                                                                       \
	"Hello Jane,\n\nthe page costs 900 EUR and is ready on Friday. I do not work\n"            \
	"on weekends, as we agreed in March. See https://studio.example/terms\n\nBest,\nAnna\n"

static const struct {
	const char *name, *theirs;
	const char *want; /* "their words | my words" of each difference, a line each; NULL: not
			     compared */
} rows[] = {
	{"the same words",
		"> "
		"the page costs 900 EUR and is ready on Friday. I do not work\n"
		"> on weekends, as we agreed in March.\n",
		""},
	{"wrapped elsewhere",
		"> the page costs 900 EUR\n> and is ready on Friday. I do\n> not work on weekends, as we\n",
		""},
	{"in capitals, with other quotation marks and dashes",
		">> THE PAGE costs \xe2\x80\x9c"
		"900\xe2\x80\x9d EUR \xe2\x80\x93 and is ready on Friday!\n",
		""},
	{"another amount", "> the page costs 700 EUR and is ready on Friday.\n",
		"the page costs 700 EUR and is|the page costs 900 EUR and is\n"},
	{"a word taken out", "> and is ready on Friday. I do work on weekends, as we agreed\n",
		"Friday. I do work on weekends,|Friday. I do not work on weekends,\n"},
	{"words put in", "> the page costs 900 EUR including all changes and is ready on Friday.\n",
		"costs 900 EUR including all changes and is ready|costs 900 EUR and is ready\n"},
	{"lines left out", "> Hello Jane,\n>\n> on weekends, as we agreed in March.\n", ""},
	{"a link rewritten",
		"> on weekends, as we agreed in March. See https://safelinks.example/?url=x\n", ""},
	{"an attribution above it",
		"On Mon, 2 Mar 2026 Anna wrote:\n> the page costs 900 EUR and is ready on Friday. I do not "
		"work\n> on weekends, as we agreed in March.\n",
		""},
	{"somebody else's words",
		"> We would like another logo by tomorrow, and cheaper, please.\n", NULL},
	{"a few words alone", "> I do not\n", NULL},
};

static void make(struct text *t, const char *bytes, enum span_kind kind)
{
	text_init(t);
	ck_assert_int_eq(text_plain(t, str_from(bytes)), 0);
	t->spans[0].kind = kind;
	t->spans[0].part = 0;
}

START_TEST(changed_words_are_told_from_changed_form)
{
	struct text theirs, mine;
	struct quote_differences d = {0};
	struct buf have = {0};
	make(&theirs, rows[_i].theirs, SPAN_QUOTED);
	make(&mine, MINE, SPAN_NEW);
	ck_assert_int_eq(quote_compare(&theirs, &mine, &d, NULL), 0);
	ck_assert_msg(d.compared == (rows[_i].want != NULL), "%s", rows[_i].name);
	for (size_t i = 0; i < d.count; i++)
		buf_add_format(
			&have, "%.*s|%.*s\n", STR_ARG(d.items[i].theirs), STR_ARG(d.items[i].mine));
	if (rows[_i].want)
		ck_assert_msg(str_eq(buf_str(&have), str_from(rows[_i].want)), "%s:\n%.*s",
			rows[_i].name, STR_ARG(buf_str(&have)));
	buf_finish(&have);
	quote_differences_finish(&d);
	text_finish(&theirs);
	text_finish(&mine);
}
END_TEST

START_TEST(ranges_point_at_the_words)
{
	struct text theirs, mine;
	struct quote_differences d = {0};
	make(&theirs, "> the page costs 700 EUR and is ready on Friday.\n", SPAN_QUOTED);
	make(&mine, MINE, SPAN_NEW);
	ck_assert_int_eq(quote_compare(&theirs, &mine, &d, NULL), 0);
	ck_assert_uint_eq(d.count, 1);
	ck_assert(str_eq(str_slice(theirs.bytes, d.items[0].theirs_start, d.items[0].theirs_end),
		STR("700")));
	ck_assert(str_eq(
		str_slice(mine.bytes, d.items[0].mine_start, d.items[0].mine_end), STR("900")));
	quote_differences_finish(&d);
	text_finish(&theirs);
	text_finish(&mine);
}
END_TEST

Suite *quotation_suite(void)
{
	Suite *s = suite_create("quotations");
	TCase *t = tcase_create("quotations");
	tcase_add_loop_test(
		t, changed_words_are_told_from_changed_form, 0, sizeof(rows) / sizeof(*rows));
	tcase_add_test(t, ranges_point_at_the_words);
	suite_add_tcase(s, t);
	return s;
}
