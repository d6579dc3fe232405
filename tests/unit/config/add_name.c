/* A chat's name put into a configuration that a person wrote. */
#include "config_test.h"

static const struct {
	const char *name;
	size_t client;
	const char *in;
	const char *want; /* NULL: it fails */
	unsigned line;
} cases[] = {
	{"behind the last name", 0, "clients = ( { id = \"a\"; names = [ \"x\" ]; } );",
		"clients = ( { id = \"a\"; names = [ \"x\", \"N\" ]; } );", 1},
	{"into an empty list", 0, "clients = ( { names = [ ]; } );",
		"clients = ( { names = [ \"N\" ]; } );", 1},
	{"into a list of the other kind", 0, "clients = ( { names = (\"x\"); } );",
		"clients = ( { names = (\"x\", \"N\"); } );", 1},
	{"behind a comma", 0, "clients = ( { names = [ \"x\", ]; } );",
		"clients = ( { names = [ \"x\", \"N\" ]; } );", 1},
	{"before a comment with brackets", 0,
		"clients = (\n{ names = [ \"a]\" // ] one\n /* two ] */ ] }\n);",
		"clients = (\n{ names = [ \"a]\", \"N\" // ] one\n /* two ] */ ] }\n);", 2},
	{"as a list of its own", 1, "clients = ( { id = \"a\"; },\n  { id = \"b\"; } );",
		"clients = ( { id = \"a\"; },\n  { id = \"b\"; names = [ \"N\" ]; } );", 2},
	{"where the only setting has no end", 0, "clients = ( { id = \"a\" } );",
		"clients = ( { names = [ \"N\" ]; id = \"a\" } );", 1},
	{"where settings end with commas", 0, "clients = ( { id = \"a\", name = \"A\" } );",
		"clients = ( { id = \"a\", names = [ \"N\" ]; name = \"A\" } );", 1},
	{"behind a setting that is a group", 0, "clients = ( { contract: { names = [ ]; };\n} );",
		"clients = ( { contract: { names = [ ]; }; names = [ \"N\" ];\n} );", 1},
	{"into an empty group", 0, "clients = ( { } );", "clients = ( { names = [ \"N\" ]; } );",
		1},
	{"to me", CONFIG_ME, "clients = ( );\nme: {\n  name = \"A\"; # I\n};",
		"clients = ( );\nme: {\n  name = \"A\"; names = [ \"N\" ]; # I\n};", 3},
	{"to me who is not there", CONFIG_ME, "clients = ( );", NULL, 0},
	{"to a client who is not there", 1, "clients = ( { id = \"a\"; } );", NULL, 0},
	{"where there are no clients", 0, "me: { };", NULL, 0},
	{"where the names are no list", 0, "clients = ( { names = \"x\"; a = [ 1 ]; } );", NULL, 0},
	{"into a broken one", 0, "clients = ( { names = [ \"a", NULL, 0},
};

START_TEST(a_name_is_added_and_the_rest_stays)
{
	struct buf out = {0};
	struct error err = {0};
	unsigned line = 0;
	int result = config_add_name(
		"test.conf", str_from(cases[_i].in), cases[_i].client, STR("N"), &out, &line, &err);
	if (cases[_i].want) {
		ck_assert_msg(result == 0, "%s: %s", cases[_i].name, err.text);
		ck_assert_msg(str_eq(buf_str(&out), str_from(cases[_i].want)), "%s:\n%s",
			cases[_i].name, buf_cstr(&out));
		ck_assert_uint_eq(line, cases[_i].line);
	} else {
		ck_assert_msg(result == -1, "%s:\n%s", cases[_i].name, buf_cstr(&out));
		ck_assert_int_eq(err.kind, ERROR_CONFIG);
		ck_assert_uint_eq(out.len, 0);
	}
	buf_finish(&out);
}
END_TEST

START_TEST(what_is_written_is_what_is_read)
{
	static const char whole[] =
		"me: { addresses = [ \"anna@studio.example\" ]; time_zone = \"UTC\";\n"
		"  hours = [ \"mon-fri 09:00-17:00\" ]; };\n"
		"clients = ( { id = \"acme\"; addresses = [ \"@acme.example\" ] } );\n";
	static const char *const names[] = {
		"Jane D.", "\"}; x = {", "\\", "\\\"", "// no", "\\x41", "Zo\u00eb \u2603", "%s"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct buf out = {0};
		struct error err = {0};
		unsigned line;
		ck_assert_int_eq(config_add_name("test.conf", str_from(whole), 0,
					 str_from(names[i]), &out, &line, &err),
			0);
		struct config *config = config_of(buf_cstr(&out));
		ck_assert_uint_eq(config->clients[0].names.count, 1);
		ck_assert_msg(str_eq(config->clients[0].names.items[0], str_from(names[i])), "%s",
			names[i]);
		config_free(config);
		buf_finish(&out);
	}
}
END_TEST

Suite *add_name_suite(void)
{
	Suite *suite = suite_create("add name");
	TCase *tests = tcase_create("texts");
	tcase_add_loop_test(
		tests, a_name_is_added_and_the_rest_stays, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tests, what_is_written_is_what_is_read);
	suite_add_tcase(suite, tests);
	return suite;
}
