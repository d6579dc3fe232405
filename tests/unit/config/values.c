/* What a configuration says, and what it is when it says nothing. */
#include "config_test.h"

#define ME                                                                                         \
	"me: { addresses = [ \"anna@studio.example\" ]; time_zone = \"Europe/Stockholm\";"         \
	" hours = [ \"mon-fri 09:00-17:00\" ]; };"

static void check_text(struct str got, const char *want)
{
	ck_assert_msg(str_eq(got, str_from(want)), "'%.*s' is not '%s'", STR_ARG(got), want);
}

START_TEST(what_is_not_stated_has_its_default)
{
	struct config *c = config_of(ME "accounts = ( { name = \"a\"; host = \"h.example\";"
					" user = \"u\"; credential = \"c\"; } );"
					"clients = ( { id = \"acme\";"
					" addresses = [ \"@acme.example\" ]; } );");
	const struct account *a = &c->accounts[0];
	const struct client *client = &c->clients[0];
	ck_assert(!c->languages_stated);
	ck_assert_int_eq(c->half_life_s, 60 * 86400);
	check_text(c->me.night, "22:00-07:00");
	ck_assert_int_eq(a->type, ACCOUNT_IMAP);
	ck_assert_int_eq(a->port, 993);
	ck_assert_int_eq(a->tls, TLS_IMPLICIT);
	ck_assert_int_eq(a->auth, AUTH_PASSWORD);
	ck_assert_uint_eq(a->folders.count, 2);
	check_text(a->folders.items[0], "INBOX");
	check_text(a->folders.items[1], "\\Sent");
	ck_assert_int_eq(a->poll_s, 120);
	ck_assert(a->idle);
	ck_assert_int_eq(a->timeout_s, 60);
	ck_assert(!a->has_since);
	ck_assert_uint_eq(a->max_size_bytes, 64u << 20);
	check_text(client->name, "acme");
	ck_assert_uint_eq(client->office_hours.count, 1);
	ck_assert(!client->has_hours_told && !client->contract.present && !client->hold);
	ck_assert_int_eq(client->retention_s, 0);
	config_free(c);
}
END_TEST

START_TEST(what_is_stated_is_kept)
{
	struct config *c = config_of(ME
		"archive = \"a\\\"b\"; languages = [ ]; rules = [ ];"
		"accounts = ( { name = \"a\"; host = \"h.example\"; tls = \"starttls\";"
		" user = \"u\"; auth = \"oauthbearer\"; token_command = [ \"t\", \"x y\" ];"
		" folders = [ \"Kunden/*\" ]; poll = \"1 h\"; idle = false; timeout = \"5 s\";"
		" since = \"2024-01-01\"; max_size = \"1 MiB\"; } );"
		"clients = ( { id = \"acme\"; name = \"Acme GmbH\"; addresses = [ \"@a.example\" ];"
		" time_zone = \"America/New_York\"; office_hours = ( \"mon 09:00-10:00\" );"
		" hours = [ \"fri 10:00-12:00\" ]; hours_told = \"2026-01-15\";"
		" contract: { signed = \"2026-01-14\"; includes = [ \"logo\" ]; payment_days = 30;"
		" notice_days = 31; revisions = 2; rate = \"80 EUR/h\"; };"
		" retention = \"3 y\"; hold = true; } );"
		"risk: { half_life = \"30 d\"; }; on_finding = [ \"notify-send\", \"overstep\" ];");
	const struct account *a = &c->accounts[0];
	const struct client *client = &c->clients[0];
	check_text(c->archive, "/folder/a\"b");
	ck_assert(c->languages_stated);
	ck_assert_uint_eq(c->languages.count, 0);
	ck_assert_int_eq(a->port, 143);
	ck_assert_int_eq(a->auth, AUTH_OAUTHBEARER);
	check_text(a->secret.command.items[1], "x y");
	check_text(a->folders.items[0], "Kunden/*");
	ck_assert_int_eq(a->poll_s, 3600);
	ck_assert(!a->idle);
	ck_assert(a->has_since && a->since.year == 2024);
	ck_assert_uint_eq(a->max_size_bytes, 1u << 20);
	check_text(client->office_hours.items[0], "mon 09:00-10:00");
	ck_assert(client->has_hours_told && client->hours_told.day == 15);
	ck_assert(client->contract.present && client->contract.has_signed);
	ck_assert_int_eq(client->contract.notice_days, 31);
	check_text(client->contract.rate, "80 EUR/h");
	ck_assert_int_eq(client->retention_s, INT64_C(3) * 365 * 86400);
	ck_assert(client->hold);
	ck_assert_int_eq(c->half_life_s, 30 * 86400);
	ck_assert_uint_eq(c->on_finding.count, 2);
	ck_assert_ptr_eq(config_client(c, STR("acme")), client);
	ck_assert_ptr_null(config_client(c, STR("other")));
	config_free(c);
}
END_TEST

/* libconfig allows all of these; places are found all the same. */
START_TEST(punctuation_may_be_sparse_or_rich)
{
	struct buf said = mistakes_of(
		"me = { addresses : [ \"a@a.example\" ], time_zone = \"Europe/Stockholm\"\n"
		"hours = [ \"mon 09:00-10:00\" ] } clients = ( { id = \"x\" addresses = [ \"@x\" ]\n"
		"  ,hold = 1 } ),");
	ck_assert_str_eq(buf_cstr(&said),
		"test.conf:3:11: error: wrong type of 'hold', expected true or false\n"
		"      ,hold = 1 } ),\n"
		"              ^\n"
		"1 error in 1 file\n");
	buf_finish(&said);
}
END_TEST

static void tell_setting(void *context, const struct setting_help *s)
{
	ck_assert_msg(s->help[0], "%s has no help", s->name);
	buf_add_format(context, "%u %s%s: %s; %s; %s\n", s->depth, s->name, s->required ? "!" : "",
		s->expected, s->range ? s->range : "-", s->fallback ? s->fallback : "-");
}

START_TEST(settings_describe_themselves)
{
	static const char *const lines[] = {
		"\n1 time_zone!: a text in quotes; -; -\n",
		"\n1 half_life: a duration such as \"60 s\", \"2 min\" or \"60 d\"; 1 d to 3650 d; 60 ",
		"\n1 tls: \"implicit\" or \"starttls\"; -; implicit\n",
		"\n1 folders: a list of texts: [ \"...\" ]; -; [ \"INBOX\", \"\\\\Sent\" ]\n",
		"\n1 port: a whole number; 1 to 65535; -\n",
		"\n1 max_size: a size such as \"64 MiB\"; 1 KiB to ",
		"\n2 notice_days: a whole number; 0 to 1000; -\n",
	};
	struct buf out = {0};
	size_t at;
	config_describe(tell_setting, &out);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		ck_assert_msg(str_find(buf_str(&out), str_from(lines[i]), &at), "no line is %s",
			lines[i]);
	buf_finish(&out);
}
END_TEST

Suite *values_suite(void)
{
	Suite *suite = suite_create("config: values");
	TCase *tests = tcase_create("values");
	tcase_add_test(tests, what_is_not_stated_has_its_default);
	tcase_add_test(tests, what_is_stated_is_kept);
	tcase_add_test(tests, punctuation_may_be_sparse_or_rich);
	tcase_add_test(tests, settings_describe_themselves);
	suite_add_tcase(suite, tests);
	return suite;
}
