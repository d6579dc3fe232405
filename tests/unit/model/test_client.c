/* Which address belongs to whom. */
#include "expect.h"
#include "model/client.h"
#include "suites.h"

static const struct {
	const char *address, *pattern;
	bool fits;
} rows[] = {
	{"jane@acme.example", "jane@acme.example", true},
	{"Jane@ACME.example", "jane@acme.Example", true},
	{"jane+news@acme.example", "jane@acme.example", true},
	{"jane+news@acme.example", "jane+news@acme.example", true},
	{"jane@acme.example", "jane+news@acme.example", false},
	{"jane+other@acme.example", "jane+news@acme.example", false},
	{"+jane@acme.example", "@acme.example", true},
	{"+jane@acme.example", "jane@acme.example", false},
	{"bob@acme.example", "jane@acme.example", false},
	{"bob@acme.example", "@acme.example", true},
	{"bob@mail.acme.example", "@acme.example", false},
	{"bob@notacme.example", "@acme.example", false},
	{"bob@acme.example.evil.example", "@acme.example", false},
	{"\"a@acme.example\"@evil.example", "@acme.example", false},
	{"\"a@evil.example\"@acme.example", "@acme.example", true},
	{"@acme.example", "@acme.example", false},
	{"bob@", "@", false},
	{"bob", "@acme.example", false},
	{"", "@acme.example", false},
	{"bob@acme.example", "acme.example", false},
	{"bob@acme.example", "", false},
	{"jane.doe@gmail.com", "janedoe@gmail.com", true},
	{"JaneDoe+x@googlemail.com", "jane.doe@gmail.com", true},
	{"jane.doe@gmail.com", "j.anedoe@gmail.com", true},
	{"jane.do@gmail.com", "jane.doe@gmail.com", false},
	{"jane.doe@gmail.com", "jane.do@gmail.com", false},
	{"jane@me.com", "jane@icloud.com", true},
	{"jane.doe@me.com", "janedoe@icloud.com", false},
	{"jane@pm.me", "jane@protonmail.com", true},
	{"jane@gmail.com", "jane@icloud.com", false},
	{"jane.doe@acme.example", "janedoe@acme.example", false},
	{"jane@googlemail.com", "@gmail.com", false},
};

START_TEST(an_address_fits_itself_and_its_domain_and_nothing_else)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str pattern = str_from(rows[i].pattern);
		struct strs patterns = {&pattern, 1};
		ck_assert_msg(address_fits(str_from(rows[i].address), &patterns) == rows[i].fits,
			"'%s' and '%s'", rows[i].address, rows[i].pattern);
	}
}
END_TEST

START_TEST(one_pattern_of_several_is_enough)
{
	struct str items[] = {STR("x@acme.example"), STR("@other.example")};
	struct strs patterns = {items, 2}, none = {NULL, 0};
	ck_assert(address_fits(STR("y@other.example"), &patterns));
	ck_assert(!address_fits(STR("y@acme.example"), &patterns));
	ck_assert(!address_fits(STR("x@acme.example"), &none));
}
END_TEST

static const struct {
	const char *name;
	const char *entry;
	bool fits;
} people[] = {
	{"Jane D.", "Jane D.", true},
	{"jane d.", "JANE D.", true},
	{" Jane\u00a0D. ", "Jane D.", true},
	{"~ Jane D.", "Jane D.", true},
	{"~\u202fJane D.", "Jane D.", true},
	{"Ze\u0301 \u00d6berg", "z\u00e9 \u00f6BERG", true},
	{"\u202aJane\u200e\tD.\u202c", "Jane D.", true},
	{"\x1b[2JJane", "[2JJane", true},
	{"\u202e\x1b", "Jane", false},
	{"\u202e\x1b", "\u202e\x1b", false},
	{"Jane", "Jane D.", false},
	{"Jane D.", "Jane", false},
	{"Janet", "Jane", false},
	{"+49 170 5550101", "+491705550101", true},
	{"\u202a+49\u00a0170\u00a05550101\u202c", "+49 (170) 555-0101", true},
	{"+49 170 5550102", "+49 170 5550101", false},
	{"0170 5550101", "+49 170 5550101", false},
	{"12", "1 2", false},
	{"U024BE7LH", "u024be7lh", true},
	{"", "Jane", false},
	{"~", "~", false},
	{"", "", false},
};

START_TEST(a_person_of_a_chat_is_told_by_name_or_telephone_number)
{
	for (size_t i = 0; i < COUNT(people); i++) {
		struct str entry = str_from(people[i].entry);
		struct strs entries = {&entry, 1};
		ck_assert_msg(person_fits(str_from(people[i].name), &entries) == people[i].fits,
			"'%s' and '%s'", people[i].name, people[i].entry);
	}
}
END_TEST

Suite *client_suite(void)
{
	Suite *suite = suite_create("addresses");
	TCase *all = tcase_create("client");
	tcase_add_test(all, an_address_fits_itself_and_its_domain_and_nothing_else);
	tcase_add_test(all, one_pattern_of_several_is_enough);
	tcase_add_test(all, a_person_of_a_chat_is_told_by_name_or_telephone_number);
	suite_add_tcase(suite, all);
	return suite;
}
