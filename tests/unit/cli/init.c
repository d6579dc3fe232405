/* What `init` knows and makes by itself: providers, zones, ids, lists, the configuration's text. */
#include "init.h"

#include "app/rulebook.h"
#include "base/file.h"
#include "source/provider.h"
#include "suites.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

START_TEST(large_providers_are_known_by_their_domains)
{
	static const struct {
		const char *domain, *host;
		int port;
		bool token;
	} rows[] = {
		{"gmail.com", "imap.gmail.com", 993, false},
		{"GoogleMail.com", "imap.gmail.com", 993, false},
		{"outlook.com", "outlook.office365.com", 993, true},
		{"hotmail.com", "outlook.office365.com", 993, true},
		{"office365.com", "outlook.office365.com", 993, true},
		{"icloud.com", "imap.mail.me.com", 993, false},
		{"fastmail.com", "imap.fastmail.com", 993, false},
		{"yahoo.com", "imap.mail.yahoo.com", 993, false},
		{"gmx.de", "imap.gmx.net", 993, false},
		{"gmx.com", "imap.gmx.com", 993, false},
		{"posteo.de", "posteo.de", 993, false},
		{"mailbox.org", "imap.mailbox.org", 993, false},
		{"proton.me", "127.0.0.1", 1143, false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct provider *p = provider_of_domain(str_from(rows[i].domain));
		ck_assert_msg(p != NULL, "%s", rows[i].domain);
		ck_assert_str_eq(p->host, rows[i].host);
		ck_assert_int_eq(p->port, rows[i].port);
		ck_assert_int_eq(p->token, rows[i].token);
		ck_assert_int_eq(p->starttls, p->port == 1143);
		ck_assert(p->hint[0] != '\0');
		ck_assert_str_eq(provider_of_host(str_from(p->host))->host, p->host);
	}
	ck_assert_ptr_null(provider_of_domain(STR("mail.com")));
	ck_assert_ptr_null(provider_of_domain(STR("acme.example")));
	ck_assert_ptr_null(provider_of_domain(STR("gmail.com outlook.com")));
	ck_assert_ptr_null(provider_of_domain((struct str){0}));
	ck_assert_ptr_null(provider_of_host(STR("imap.acme.example")));
}
END_TEST

START_TEST(a_zone_is_guessed_from_the_environment)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
		{"Europe/Stockholm", "Europe/Stockholm"},
		{":Europe/Paris", "Europe/Paris"},
		{"/usr/share/zoneinfo/America/New_York", "America/New_York"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = {0};
		zone_guess(str_from(rows[i].in), &out);
		ck_assert_str_eq(buf_cstr(&out), rows[i].want);
		buf_finish(&out);
	}
	struct buf out = {0};
	zone_guess(STR("CET-1CEST,M3.5.0,M10.5.0"), &out);
	ck_assert_uint_gt(out.len, 0);
	ck_assert_ptr_null(strchr(buf_cstr(&out), ','));
	buf_finish(&out);
}
END_TEST

START_TEST(a_zone_tells_its_country)
{
	char folder[] = "/tmp/overstep-zone.XXXXXX", path[64], code[3] = "x";
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/zone.tab", folder);
	struct error err = {0};
	ck_assert_int_eq(file_write_atomic(path,
				 STR("# code\tplace\tzone\n"
				     "SE\t+5920+01803\tEurope/Stockholm\n"
				     "US\t+404251-0740023\tAmerica/New_York\tEastern (most areas)\n"
				     "XXX\tp\tEurope/Nowhere\nbroken\n"),
				 0600, &err),
		0);
	zone_country(folder, STR("Europe/Stockholm"), code);
	ck_assert_str_eq(code, "SE");
	zone_country(folder, STR("America/New_York"), code);
	ck_assert_str_eq(code, "US");
	zone_country(folder, STR("Europe/Nowhere"), code);
	ck_assert_str_eq(code, "");
	zone_country(folder, STR("UTC"), code);
	ck_assert_str_eq(code, "");
	remove(path);
	zone_country(folder, STR("Europe/Stockholm"), code);
	ck_assert_str_eq(code, "");
	remove(folder);
}
END_TEST

START_TEST(ids_are_made_from_names)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
		{"Acme GmbH", "acme-gmbh"},
		{"  Café Ölhaus & Söhne ", "cafe-olhaus-sohne"},
		{"Nora's Books", "noras-books"},
		{"株式会社", "client"},
		{"", "client"},
		{"3M", "3m"},
		{"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = {0};
		client_id_from(str_from(rows[i].in), &out);
		ck_assert_str_eq(buf_cstr(&out), rows[i].want);
		buf_finish(&out);
	}
}
END_TEST

START_TEST(numbers_and_ranges_are_picked)
{
	static const struct {
		const char *in, *want; /* of five; NULL: a mistake */
	} rows[] = {
		{"", "....."},
		{"1", "x...."},
		{"1,3-5", "x.xxx"},
		{" 2  4,5 ", ".x.xx"},
		{"3-3, 3", "..x.."},
		{"0", NULL},
		{"6", NULL},
		{"4-6", NULL},
		{"4-2", NULL},
		{"-2", NULL},
		{"2-", NULL},
		{"one", NULL},
		{"1x", NULL},
		{"99999999999999999999", NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool chosen[5];
		char got[6] = ".....";
		struct error err = {0};
		int result = pick_numbers(str_from(rows[i].in), 5, chosen, &err);
		ck_assert_msg(result == (rows[i].want ? 0 : -1), "%s", rows[i].in);
		if (!rows[i].want)
			continue;
		for (int n = 0; n < 5; n++)
			if (chosen[n])
				got[n] = 'x';
		ck_assert_str_eq(got, rows[i].want);
	}
}
END_TEST

static const struct {
	const char *in, *want; /* "id|name|address,address;", or a mistake behind '!' */
} lists[] = {
	{"", ""},
	{"acme=@acme.example", "acme|acme|@acme.example;"},
	{"acme:Acme GmbH=@acme.example, jane@x.example; nora=n@lumen.example;",
		"acme|Acme GmbH|@acme.example,jane@x.example;nora|nora|n@lumen.example;"},
	{"acme", "!no addresses for 'acme', expected such as acme=@acme.example"},
	{"acme=", "!no addresses for 'acme', expected such as acme=@acme.example"},
	{"acme=jane",
		"!bad address 'jane', expected jane@acme.example, or @acme.example for all of a "
		"domain"},
	{"acme=a@b\"c",
		"!bad address 'a@b\"c', expected jane@acme.example, or @acme.example for all "
		"of a domain"},
	{"Acme GmbH=@acme.example",
		"!bad name 'Acme GmbH' of a client, expected small letters, digits and '-'"},
	{"=@acme.example", "!bad name '' of a client, expected small letters, digits and '-'"},
	{"a=@a.example; a=@b.example", "!a second client 'a'"},
	{"a:One=@a.example; b:one=@b.example", "!a second client named 'one'"},
};

START_TEST(clients_are_read_from_an_option)
{
	struct init i = {0};
	struct error err = {0};
	struct buf got = {0};
	if (pick_clients(&i, str_from(lists[_i].in), &err) < 0)
		buf_add_format(&got, "!%s", err.text);
	for (size_t n = 0; n < i.client_count; n++) {
		const struct client *c = &i.clients[n];
		buf_add_format(&got, "%.*s|%.*s|", STR_ARG(c->id), STR_ARG(c->name));
		for (size_t k = 0; k < c->addresses.count; k++)
			buf_add_format(
				&got, "%s%.*s", k ? "," : "", STR_ARG(c->addresses.items[k]));
		buf_add_char(&got, ';');
	}
	if (err.kind)
		ck_assert_str_eq(err.text, lists[_i].want + 1);
	else
		ck_assert_str_eq(buf_cstr(&got), lists[_i].want);
	buf_finish(&got);
	arena_finish(&i.dialogue.arena);
}
END_TEST

START_TEST(one_name_for_two_addresses_is_one_client)
{
	struct init i = {0};
	struct error err = {0};
	ck_assert_int_eq(
		init_add_client(&i, STR("acme"), STR("Acme"), STR("@acme.example"), &err), 0);
	ck_assert_int_eq(init_add_client(&i, STR("x"), STR("ACME"), STR("j@gmail.com"), &err), 0);
	ck_assert_int_eq(
		init_add_client(&i, STR("acme"), STR("Acme US"), STR("@acme.test"), &err), 0);
	ck_assert_uint_eq(i.client_count, 2);
	ck_assert_uint_eq(i.clients[0].addresses.count, 2);
	ck_assert(str_eq(i.clients[1].id, STR("acme-2")));
	arena_finish(&i.dialogue.arena);
}
END_TEST

/* What was typed stands in the configuration as it was typed, whatever signs are in it. */
START_TEST(the_configuration_says_what_was_answered)
{
	struct str mine[] = {STR("a@b.example")}, hours[] = {STR("mon-fri 09:00-17:00")};
	struct str folders[] = {STR("INBOX"), STR("\\Sent")}, codes[] = {STR("SE")};
	struct str command[] = {STR("pass"), STR("show \"x\\y\"")};
	struct init i = {
		.archive = STR("/tmp/a \"b\""),
		.me = {.name = STR("Anna \"Nan\" \\ Lind"),
			.addresses = {mine, 1},
			.time_zone = STR("Europe/Stockholm"),
			.hours = {hours, 1},
			.holidays = {codes, 1}},
		.account = {.name = STR("studio"),
			.host = STR("h.example"),
			.port = 143,
			.tls = TLS_STARTTLS,
			.user = STR("u\\v"),
			.secret = {.command = {command, 2}},
			.folders = {folders, 2},
			.since = {2025, 11, 25}},
	};
	struct buf text = {0}, said = {0};
	struct diags diags = {0};
	struct config *c = NULL;
	struct error err = {0};
	ck_assert_int_eq(
		init_add_client(&i, STR("acme"), STR("A \"q\""), STR("@a.example"), &err), 0);
	ck_assert_int_eq(
		init_add_client(&i, STR("nora"), STR("Nora"), STR("n@b.example"), &err), 0);
	i.clients[0].has_hours_told = true;
	i.clients[0].hours_told = (struct date){2026, 1, 15};
	init_config_text(&i, (struct str){0}, &text);
	int result =
		config_parse("x.conf", "/f", buf_str(&text), rulebook_checks(), &c, &diags, &err);
	diags_print(&diags, &said);
	ck_assert_msg(result == 0 && diags.count == 0, "%s\n%s", buf_cstr(&said), buf_cstr(&text));
	ck_assert(str_eq(c->archive, i.archive));
	ck_assert(str_eq(c->me.name, i.me.name));
	ck_assert(str_eq(c->me.hours.items[0], hours[0]));
	ck_assert(str_eq(c->me.holidays.items[0], codes[0]));
	ck_assert(str_eq(c->accounts[0].user, i.account.user));
	ck_assert_int_eq(c->accounts[0].port, 143);
	ck_assert_int_eq(c->accounts[0].tls, TLS_STARTTLS);
	ck_assert(str_eq(c->accounts[0].secret.command.items[1], command[1]));
	ck_assert(str_eq(c->accounts[0].folders.items[1], folders[1]));
	ck_assert(c->accounts[0].has_since);
	ck_assert_int_eq(date_cmp(c->accounts[0].since, i.account.since), 0);
	ck_assert_uint_eq(c->client_count, 2);
	ck_assert(str_eq(c->clients[0].name, i.clients[0].name));
	ck_assert(c->clients[0].has_hours_told && !c->clients[1].has_hours_told);
	config_free(c);

	/* the same with a token, and as little else as there can be */
	i.account.auth = AUTH_XOAUTH2;
	i.archive = i.me.name = (struct str){0};
	i.me.holidays.count = i.client_count = 0;
	buf_clear(&text);
	init_config_text(&i, (struct str){0}, &text);
	result = config_parse("x.conf", "/f", buf_str(&text), rulebook_checks(), &c, &diags, &err);
	ck_assert_msg(result == 0 && diags.count == 0, "%s\n%s", err.text, buf_cstr(&text));
	ck_assert_int_eq(c->accounts[0].auth, AUTH_XOAUTH2);
	ck_assert(str_eq(c->accounts[0].secret.command.items[0], command[0]));
	ck_assert_uint_eq(c->client_count, 0);
	config_free(c);
	diags_finish(&diags);
	buf_finish(&said);
	buf_finish(&text);
	arena_finish(&i.dialogue.arena);
}
END_TEST

Suite *init_suite(void)
{
	Suite *suite = suite_create("init");
	TCase *tests = tcase_create("parts");
	tcase_add_test(tests, large_providers_are_known_by_their_domains);
	tcase_add_test(tests, a_zone_is_guessed_from_the_environment);
	tcase_add_test(tests, a_zone_tells_its_country);
	tcase_add_test(tests, ids_are_made_from_names);
	tcase_add_test(tests, numbers_and_ranges_are_picked);
	tcase_add_loop_test(
		tests, clients_are_read_from_an_option, 0, sizeof(lists) / sizeof(lists[0]));
	tcase_add_test(tests, one_name_for_two_addresses_is_one_client);
	tcase_add_test(tests, the_configuration_says_what_was_answered);
	suite_add_tcase(suite, tests);
	return suite;
}
