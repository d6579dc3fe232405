/* Clients put into a configuration that a person wrote. */
#include "config_test.h"

static const struct {
	const char *name;
	const char *in;
	const char *want; /* NULL: it fails */
} cases[] = {
	{"into an empty list", "clients = ( );\n", "clients = (\nNEW\n);\n"},
	{"into one of two lines", "clients = (\n);\nrisk: {};", "clients = (\nNEW\n);\nrisk: {};"},
	{"behind the last", "clients = ( { id = \"a\"; } );",
		"clients = ( { id = \"a\"; },\nNEW\n);"},
	{"behind a comment", "clients = (\n  { id = \"a (b)\"; } // the ) first\n  // one )\n);\n",
		"clients = (\n  { id = \"a (b)\"; }, // the ) first\nNEW\n  // one )\n);\n"},
	{"into nested lists", "clients: ( { a = ( 1, ( 2 ) ); }, { b = [ \")\" ]; }\n)",
		"clients: ( { a = ( 1, ( 2 ) ); }, { b = [ \")\" ]; },\nNEW\n)"},
	{"not into a group's own", "me: { clients = ( ); };",
		"me: { clients = ( ); };\nclients = (\nNEW\n);\n"},
	{"where there is none", "me: { };\n", "me: { };\n\nclients = (\nNEW\n);\n"},
	{"into an empty file", "", "\nclients = (\nNEW\n);\n"},
	{"into a broken one", "clients = ( \"a", NULL},
	{"into an open list", "clients = ( { ", NULL},
};

START_TEST(clients_are_added_and_the_rest_stays)
{
	struct buf out = {0};
	struct error err = {0};
	int result =
		config_add_clients("test.conf", str_from(cases[_i].in), STR("NEW"), &out, &err);
	if (cases[_i].want) {
		ck_assert_msg(result == 0, "%s: %s", cases[_i].name, err.text);
		ck_assert_msg(str_eq(buf_str(&out), str_from(cases[_i].want)), "%s:\n%s",
			cases[_i].name, buf_cstr(&out));
	} else {
		ck_assert_int_eq(result, -1);
		ck_assert_int_eq(err.kind, ERROR_CONFIG);
	}
	buf_finish(&out);
}
END_TEST

Suite *add_clients_suite(void)
{
	Suite *suite = suite_create("add clients");
	TCase *tests = tcase_create("texts");
	tcase_add_loop_test(
		tests, clients_are_added_and_the_rest_stays, 0, sizeof(cases) / sizeof(cases[0]));
	suite_add_tcase(suite, tests);
	return suite;
}
