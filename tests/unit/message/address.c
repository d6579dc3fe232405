/* Address lists, proper and as found. */
#include "address.h"
#include "base/limits.h"
#include "dump.h"
#include "suites.h"

static const struct row {
	const char *name;
	const char *in;
	const char *want;
} rows[] = {
	{"a bare address", "jane@acme.example", "<jane@acme.example>"},
	{"a name and an address", "Jane Doe <jane@acme.example>", "Jane Doe <jane@acme.example>"},
	{"a quoted name", "\"Doe, Jane\" <jane@acme.example>", "Doe, Jane <jane@acme.example>"},
	{"quotes within quotes", "\"Jane \\\"JD\\\" Doe\" <j@a.example>",
		"Jane \"JD\" Doe <j@a.example>"},
	{"an encoded name", "=?utf-8?q?J=C3=A4ne?= <j@a.example>", "J\xc3\xa4ne <j@a.example>"},
	{"an encoded name in quotes", "\"=?utf-8?q?J=C3=A4ne?=\" <j@a.example>",
		"J\xc3\xa4ne <j@a.example>"},
	{"a comma inside an encoded word", "=?utf-8?q?Doe,_Jane?= <j@a.example>",
		"Doe, Jane <j@a.example>"},
	{"an encoded word that hides an address is a name",
		"=?utf-8?q?x_<jane@acme.example>?=", "x <jane@acme.example>"},
	{"the domain in lower case, the local part not", "Jane.D@ACME.Example",
		"<Jane.D@acme.example>"},
	{"a comment is a name", "jane@acme.example (Jane Doe)", "Jane Doe <jane@acme.example>"},
	{"comments nest", "jane@acme.example (Jane (from ACME) Doe)",
		"Jane (from ACME) Doe <jane@acme.example>"},
	{"a comment in the address", "jane(x)@(y)acme.example", "y <jane@acme.example>"},
	{"white space around the at sign", "jane @ acme . example", "<jane@acme.example>"},
	{"a quoted local part", "\"jane doe\"@acme.example", "<\"jane doe\"@acme.example>"},
	{"a quoted local part with an at sign", "<\"a@b\"@acme.example>", "<\"a@b\"@acme.example>"},
	{"a route is dropped", "<@a.example,@b.example:jane@acme.example>", "<jane@acme.example>"},
	{"a group's members stay", "Team: a@x.example, B <b@x.example>;, c@x.example",
		"<a@x.example>, B <b@x.example>, <c@x.example>"},
	{"an empty group is nobody", "undisclosed-recipients:;", ""},
	{"a domain literal", "jane@[IPv6:2001:db8::1]", "<jane@[ipv6:2001:db8::1]>"},
	{"an international domain is left as it is",
		"jane@b\xc3\xbc"
		"cher.example",
		"<jane@b\xc3\xbc"
		"cher.example>"},
	{"semicolons between entries", "a@x.example; b@x.example", "<a@x.example>, <b@x.example>"},
	{"an unquoted comma in a name", "Doe, Jane <j@a.example>", "Doe, Jane <j@a.example>"},
	{"a local user", "root, jane@acme.example", "<root>, <jane@acme.example>"},
	{"a name alone", "Jane Doe", "Jane Doe"},
	{"words before a bare address", "Jane Doe jane@acme.example", "<jane@acme.example>"},
	{"words behind a bare address", "jane@acme.example and more", "<jane@acme.example>"},
	{"a missing comma", "A <a@x.example> B <b@x.example>", "A <a@x.example>, B <b@x.example>"},
	{"words behind the brackets", "A <a@x.example> junk, b@x.example",
		"A <a@x.example>, <b@x.example>"},
	{"a comment behind the brackets", "<a@x.example> (A)", "A <a@x.example>"},
	{"a missing bracket", "A <a@x.example, b@x.example", "A <a@x.example>, <b@x.example>"},
	{"doubled brackets", "<<a@x.example>>", "<a@x.example>"},
	{"empty brackets", "MAILER-DAEMON <>", "MAILER-DAEMON"},
	{"empty entries", ",, a@x.example,,", "<a@x.example>"},
	{"folds", "Jane\r\n Doe <jane@\r\n\tacme.example>", "Jane Doe <jane@acme.example>"},
	{"an open quote", "\"Jane <jane@acme.example>", "Jane <jane@acme.example>"},
	{"an open comment", "jane@acme.example (Jane", "Jane <jane@acme.example>"},
	{"a mailto", "<mailto:jane@acme.example>", "<jane@acme.example>"},
	{"8 bit in a name", "J\xe4ne <j@a.example>", "J\xc3\xa4ne <j@a.example>"},
	{"a domain without a local part", "<@acme.example>, @acme.example", ""},
	{"nothing", "", ""},
};

START_TEST(an_address_list_is_read_entry_by_entry)
{
	const struct row *row = &rows[_i];
	struct arena arena = {0};
	struct addresses list = {0};
	struct buf out = {0};
	ck_assert_int_eq(addresses_parse(&arena, str_from(row->in), &list), 0);
	addresses_dump(&list, &out);
	ck_assert_msg(str_eq(buf_str(&out), str_from(row->want)), "%s: got '%s', wanted '%s'",
		row->name, buf_cstr(&out), row->want);
	buf_finish(&out);
	arena_finish(&arena);
}
END_TEST

START_TEST(a_list_ends_at_its_limit)
{
	struct arena arena = {0};
	struct addresses list = {0};
	struct buf many = {0};
	for (int i = 0; i < 3000; i++)
		buf_add_format(&many, "a%d@x.example,", i);
	ck_assert_int_eq(addresses_parse(&arena, buf_str(&many), &list), 0);
	ck_assert_int_eq(addresses_parse(&arena, STR("b@x.example"), &list), 0);
	ck_assert_uint_eq(list.count, LIMIT_ADDRESSES);
	buf_finish(&many);
	arena_finish(&arena);
}
END_TEST

Suite *address_suite(void)
{
	Suite *s = suite_create("message: addresses");
	TCase *c = tcase_create("addresses");
	tcase_add_loop_test(
		c, an_address_list_is_read_entry_by_entry, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(c, a_list_ends_at_its_limit);
	suite_add_tcase(s, c);
	return s;
}
