/* Text with names in braces. */
#include "base/slots.h"
#include "expect.h"
#include "suites.h"

static const struct slot slots[] = {
	{"name", {"Jane. Doe", 9}}, {"hours", {NULL, 0}}, {"last_day", {"", 0}}};

START_TEST(a_sentence_is_filled_or_left_out)
{
	static const struct {
		const char *text, *want; /* want NULL: nothing is left */
	} rows[] = {
		{"Thank you.", "Thank you."},
		{"Hello {name}, hello.", "Hello Jane. Doe, hello."},
		{"One. My hours are {hours}. Two.", "One. Two."},
		{"Is it {hours}? {name}! {hours} at 9.30 it ends", "Jane. Doe!"},
		{"First line {name}\n\nat {hours}\nThird.  Fourth.",
			"First line Jane. Doe\n\n\nThird.  Fourth."},
		{"{other} {} { {name", "{other} {} { {name"},
		{"{last_day}.", "."},
		{"{hours}", NULL},
		{"", NULL},
	};
	struct buf out = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		buf_clear(&out);
		buf_add_cstr(&out, "x ");
		ck_assert(slots_fill(slots, COUNT(slots), str_from(rows[i].text), &out) ==
			(rows[i].want != NULL));
		expect_str(str_slice(buf_str(&out), 2, out.len), str_from(rows[i].want));
	}
	buf_finish(&out);
}
END_TEST

START_TEST(a_name_is_letters_between_braces)
{
	struct str name;
	ck_assert(slot_at(STR("{last_day} x"), &name));
	expect_str(name, STR("last_day"));
	ck_assert(!slot_at(STR("{}"), &name) && !slot_at(STR("{a b}"), &name));
	ck_assert(!slot_at(STR("{a"), &name) && !slot_at(STR("x{a}"), &name) &&
		!slot_at((struct str){0}, &name));
}
END_TEST

Suite *slots_suite(void)
{
	Suite *suite = suite_create("text with names in braces");
	TCase *all = tcase_create("slots");
	tcase_add_test(all, a_sentence_is_filled_or_left_out);
	tcase_add_test(all, a_name_is_letters_between_braces);
	suite_add_tcase(suite, all);
	return suite;
}
