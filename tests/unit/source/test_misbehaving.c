/* Servers that err, lie, fall silent or attack: what is given, and what a person is told.
 */
#include "suites.h"

#include "account.h"
#include "base/clock.h"
#include "base/limits.h"
#include "script.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void init(struct account *a)
{
	account_init(a, 0, "certificates");
}

/* Starts a server with these replies, runs one round against it, and stops it. */
#define RUN(account, ...)                                                                          \
	do {                                                                                       \
		static const struct reply replies[] = {__VA_ARGS__};                               \
		const struct script script = {replies, COUNT(replies), (account)->plan.starttls};  \
		run(account, &script);                                                             \
	} while (0)

static void run(struct account *a, const struct script *script)
{
	struct server server = script_start(script);
	a->plan.port = server.port;
	(void)account_run(a);
	server_stop(&server);
}

static void expect_given(struct account *a, const char *want)
{
	ck_assert_msg(a->err.kind == ERROR_NONE, "%s", a->err.text);
	ck_assert_str_eq(buf_cstr(&a->given), want);
	account_finish(a);
}

static void expect_error(struct account *a, enum error_kind kind, const char *text)
{
	ck_assert_msg(a->err.kind == kind, "kind %d: '%s' after '%s'", a->err.kind, a->err.text,
		buf_cstr(&a->given));
	ck_assert_msg(strstr(a->err.text, text), "%s", a->err.text);
	account_finish(a);
}

#define THREE                                                                                      \
	"folder INBOX: 3 messages\n"                                                               \
	"message INBOX 1 'one\\x0d\\x0a'\nmessage INBOX 2 'two\\x0d\\x0a'\n"                       \
	"message INBOX 3 'six\\x0d\\x0a'\nposition INBOX 4 complete\n"

START_TEST(an_honest_server_gives_its_messages)
{
	struct account a;
	init(&a);
	RUN(&a, {"NOTHING", "", 0, 0});
	/* 16:00 at -0800 is midnight in Greenwich */
	ck_assert_int_eq(a.internal_at_us, date_to_days((struct date){2026, 1, 1}) * DAY_US);
	expect_given(&a, THREE);
}
END_TEST

static const struct {
	const char *name;
	struct reply reply;
	enum error_kind kind;
	const char *text;
} failures[] = {
	{"a refused login", {"AUTHENTICATE", "%T NO [AUTHENTICATIONFAILED] \x1b[31mno\r\n", 0, 0},
		ERROR_LOGIN,
		"login as 'alice' refused by 'localhost': AUTHENTICATIONFAILED "
		"(check user and password)"},
	{"a refused login that repeats what it was told",
		{"AUTHENTICATE", "%T NO [REFERRAL AGFsaWNlAHNlY3JldA==] AGFsaWNlAHNlY3JldA==\r\n",
			0, 0},
		ERROR_LOGIN,
		"login as 'alice' refused by 'localhost': without a known code (check user and "
		"password)"},
	{"a goodbye that repeats it",
		{"AUTHENTICATE", "* BYE what is AGFsaWNlAHNlY3JldA==?\r\n%CUT", 0, 0},
		ERROR_TEMPORARY, "'localhost' ended the session"},
	{"a refused login and a goodbye at once",
		{"AUTHENTICATE", "%T NO [AUTHENTICATIONFAILED] no\r\n* BYE too many tries\r\n%CUT",
			0, 0},
		ERROR_LOGIN, "AUTHENTICATIONFAILED"},
	{"a login that cannot be tried now",
		{"AUTHENTICATE", "%T NO [UNAVAILABLE] later\r\n", 0, 0}, ERROR_TEMPORARY,
		"UNAVAILABLE"},
	{"a goodbye instead of a greeting", {"", "* BYE too many connections\r\n%CUT", 0, 0},
		ERROR_TEMPORARY, "too many connections"},
	{"a goodbye in the middle", {"UID SEARCH", "* BYE shutting down\r\n%CUT", 0, 0},
		ERROR_TEMPORARY, "ended the session: 'shutting down'"},
	{"a login before we said who we are", {"", "* PREAUTH hello root\r\n", 0, 0},
		ERROR_TEMPORARY, "logs in before it was told who we are"},
	{"silence instead of a greeting", {"", "%HANG", 0, 0}, ERROR_TEMPORARY,
		"'localhost': no answer in time while reading"},
	{"silence after a command", {"EXAMINE", "* 3 EXISTS\r\n%HANG", 0, 0}, ERROR_TEMPORARY,
		"no answer in time"},
	{"silence within a literal",
		{"UID FETCH 1,2,3 (UID BODY", "* 1 FETCH (UID 1 BODY[] {5}\r\non%HANG", 0, 0},
		ERROR_TEMPORARY, "no answer in time"},
	{"a cut within a literal",
		{"UID FETCH 1,2,3 (UID BODY", "* 1 FETCH (UID 1 BODY[] {5}\r\non%CUT", 0, 0},
		ERROR_TEMPORARY, "'localhost' closed the connection"},
	{"a greeting that is none", {"", "220 mail ESMTP\r\n", 0, 0}, ERROR_TEMPORARY,
		"does not keep to IMAP"},
	{"a foreign tag", {"LIST", "99 OK done\r\n", 0, 0}, ERROR_TEMPORARY,
		"does not keep to IMAP: an answer to a command that was not sent"},
	{"a literal larger than was asked for",
		{"UID FETCH 1,2,3 (UID BODY", "* 1 FETCH (UID 1 BODY[] {99999999}\r\n", 0, 0},
		ERROR_TEMPORARY, "a literal too large"},
	{"no list of folders", {"LIST", "%T NO not today\r\n", 0, 0}, ERROR_TEMPORARY,
		"cannot list folders: 'localhost' says 'not today'"},
	{"no search", {"UID SEARCH", "%T NO not today\r\n", 0, 0}, ERROR_TEMPORARY,
		"cannot search: 'localhost' says 'not today'"},
	{"a command that the server does not know", {"CAPABILITY", "%T BAD what?\r\n", 0, 0},
		ERROR_TEMPORARY, "cannot learn what the server can do"},
	{"no way to log in",
		{"CAPABILITY", "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n%T OK x\r\n", 0, 0},
		ERROR_CONFIG, "takes no password"},
};

START_TEST(a_server_that_fails_is_told_in_one_line)
{
	struct account a;
	init(&a);
	a.plan.timeout_us = SECOND_US / 2;
	const struct script script = {&failures[_i].reply, 1, false};
	run(&a, &script);
	ck_assert_ptr_null(strstr(a.err.text, "AGFsaWNlAHNlY3JldA=="));
	expect_error(&a, failures[_i].kind, failures[_i].text);
}
END_TEST

START_TEST(drops_that_keep_coming_do_not_move_the_deadline)
{
	struct account a;
	init(&a);
	a.plan.timeout_us = SECOND_US / 2;
	/* the line never ends; every octet comes in time for a deadline of its own */
	RUN(&a, {"LIST", "* OK still there\r\n* OK still there\r\n* OK st%HANG", 0, 0});
	expect_error(&a, ERROR_TEMPORARY, "no answer in time");
}
END_TEST

START_TEST(a_stop_ends_a_command)
{
	struct account a;
	int wake[2];
	init(&a);
	ck_assert_int_eq(pipe(wake), 0);
	a.plan.wake_fd = wake[0];
	a.plan.timeout_us = 60 * SECOND_US;
	ck_assert_int_eq(write(wake[1], "", 1), 1);
	RUN(&a, {"", "%HANG", 0, 0});
	ck_assert_str_eq(a.err.text, "stopped");
	expect_error(&a, ERROR_TEMPORARY, "stopped");
}
END_TEST

START_TEST(starttls_forgets_what_was_said_before)
{
	struct account a;
	init(&a);
	a.plan.starttls = true;
	RUN(&a, {"", "* OK [CAPABILITY IMAP4rev1 AUTH=XNONE LOGINDISABLED] hi\r\n", 0, 0},
		{"STARTTLS", "%T OK go\r\n%TLS", 0, 0});
	expect_given(&a, THREE);
}
END_TEST

static const struct {
	const char *name;
	struct reply reply;
	const char *text;
} starttls_failures[] = {
	{"plain octets behind the answer",
		{"STARTTLS", "%T OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", 0, 0},
		"sent more before TLS than it was asked for"},
	{"a login in the clear", {"", "* PREAUTH hi\r\n", 0, 0}, "logs in before"},
	{"no STARTTLS", {"STARTTLS", "%T NO never\r\n", 0, 0}, "no STARTTLS"},
	{"STARTTLS unknown", {"STARTTLS", "%T BAD what\r\n", 0, 0}, "no STARTTLS"},
	{"plain text instead of TLS", {"STARTTLS", "%T OK go\r\n", 0, 0}, "does not speak TLS"},
};

START_TEST(starttls_is_never_left_out)
{
	struct account a;
	init(&a);
	a.plan.starttls = true;
	a.plan.timeout_us = SECOND_US / 2;
	const struct script script = {&starttls_failures[_i].reply, 1, true};
	run(&a, &script);
	expect_error(&a, ERROR_TEMPORARY, starttls_failures[_i].text);
}
END_TEST

START_TEST(a_message_that_is_not_understood_is_told_alone)
{
	struct account a;
	init(&a);
	RUN(&a,
		{"UID FETCH 1,2,3 (UID BODY",
			"* 1 FETCH (UID 1 BODY[] {5}\r\none\r\n)\r\n* 2 FETCH (UID 2 BODY[] junk)\r\n",
			0, 0},
		{"UID FETCH 2 (UID BODY", "* 2 FETCH (UID 2 BODY[] junk)\r\n", 0, 0});
	expect_given(&a,
		"folder INBOX: 3 messages\nmessage INBOX 1 'one\\x0d\\x0a'\npoison INBOX 2\nposition INBOX 3 complete\n"
		"message INBOX 3 'six\\x0d\\x0a'\nposition INBOX 4 complete\n");
}
END_TEST

START_TEST(sizes_that_are_not_understood_are_asked_for_one_by_one)
{
	struct account a;
	init(&a);
	RUN(&a, {"UID FETCH 1,2,3 (UID RFC822", "* 2 FETCH (UID 2 X (\r\n", 0, 0},
		{"UID FETCH 1 (UID RFC822", "* 1 FETCH (UID 1 RFC822.SIZE 5)\r\n%T OK x\r\n", 0, 0},
		{"UID FETCH 2 (UID RFC822", "* 2 FETCH (UID 2 X (\r\n", 0, 0},
		{"UID FETCH 3 (UID RFC822", "* 3 FETCH (UID 3 RFC822.SIZE 5)\r\n%T OK x\r\n", 0,
			0});
	expect_given(&a,
		"folder INBOX: 3 messages\nmessage INBOX 1 'one\\x0d\\x0a'\n"
		"position INBOX 2 complete\npoison INBOX 2\nposition INBOX 3 complete\n"
		"message INBOX 3 'six\\x0d\\x0a'\nposition INBOX 4 complete\n");
}
END_TEST

START_TEST(a_folder_full_of_nonsense_ends_the_round)
{
	struct account a;
	init(&a);
	RUN(&a, {"EXAMINE", "* 90 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n%T OK x\r\n", 0, 0},
		{"UID SEARCH",
			"* SEARCH 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24\r\n"
			"%T OK x\r\n",
			0, 0},
		{"UID FETCH", "* 1 FETCH (UID junk)\r\n", 0, 0});
	expect_error(
		&a, ERROR_TEMPORARY, "cannot fetch: the answer of 'localhost' is not understood");
}
END_TEST

START_TEST(a_message_that_the_server_cannot_give_is_told)
{
	struct account a;
	init(&a);
	RUN(&a,
		{"UID FETCH 1,2,3 (UID BODY",
			"* 1 FETCH (UID 1 BODY[] {5}\r\none\r\n)\r\n* 3 FETCH (UID 3 BODY[] {5}\r\nsix\r\n)"
			"\r\n%T NO some could not be read\r\n",
			0, 0},
		{"UID FETCH 2 (UID BODY", "%T NO input/output error\r\n", 0, 0});
	expect_given(&a,
		"folder INBOX: 3 messages\nmessage INBOX 1 'one\\x0d\\x0a'\npoison INBOX 2\nposition INBOX 3 complete\n"
		"message INBOX 3 'six\\x0d\\x0a'\nposition INBOX 4 complete\n");
}
END_TEST

START_TEST(a_message_that_was_deleted_meanwhile_is_no_loss)
{
	struct account a;
	init(&a);
	RUN(&a,
		{"UID FETCH 1,2,3 (UID BODY",
			"* 1 FETCH (UID 1 BODY[] {5}\r\none\r\n)\r\n* 3 FETCH (UID 3 BODY[] {5}\r\nsix\r\n)"
			"\r\n%T OK x\r\n",
			0, 0},
		{"UID FETCH 2", "* 2 EXPUNGE\r\n%T OK x\r\n", 0, 0});
	expect_given(&a,
		"folder INBOX: 3 messages\nmessage INBOX 1 'one\\x0d\\x0a'\n"
		"message INBOX 3 'six\\x0d\\x0a'\nposition INBOX 4 complete\n");
}
END_TEST

START_TEST(a_message_left_out_once_is_asked_for_again)
{
	struct account a;
	init(&a);
	RUN(&a,
		{"UID FETCH 1,2,3 (UID BODY",
			"* 1 FETCH (UID 1 BODY[] NIL)\r\n* 3 FETCH (BODY[] {5}\r\nsix\r\n UID 3)\r\n"
			"%T OK x\r\n",
			0, 0});
	expect_given(&a,
		"folder INBOX: 3 messages\nmessage INBOX 1 'one\\x0d\\x0a'\n"
		"position INBOX 2 complete\nmessage INBOX 2 'two\\x0d\\x0a'\n"
		"position INBOX 3 complete\nmessage INBOX 3 'six\\x0d\\x0a'\n"
		"position INBOX 4 complete\n");
}
END_TEST

START_TEST(a_size_left_out_once_is_asked_for_again)
{
	struct account a;
	init(&a);
	RUN(&a,
		{"UID FETCH 1,2,3 (UID RFC822.SIZE",
			"* 1 FETCH (UID 1 RFC822.SIZE 5)\r\n* 3 FETCH (UID 3 RFC822.SIZE 5)\r\n"
			"%T OK x\r\n",
			0, 0});
	expect_given(&a,
		"folder INBOX: 3 messages\nmessage INBOX 1 'one\\x0d\\x0a'\n"
		"position INBOX 2 complete\nmessage INBOX 2 'two\\x0d\\x0a'\n"
		"message INBOX 3 'six\\x0d\\x0a'\nposition INBOX 4 complete\n");
}
END_TEST

START_TEST(what_was_deleted_before_its_size_is_passed_over)
{
	struct account a;
	init(&a);
	RUN(&a,
		{"UID FETCH 1,2,3 (UID RFC822.SIZE",
			"* 1 FETCH (UID 1 RFC822.SIZE 5)\r\n* 3 FETCH (UID 3 RFC822.SIZE 5)\r\n"
			"%T OK x\r\n",
			0, 0},
		{"UID FETCH 2", "%T OK x\r\n", 0, 0});
	expect_given(&a,
		"folder INBOX: 3 messages\nmessage INBOX 1 'one\\x0d\\x0a'\n"
		"position INBOX 2 complete\nmessage INBOX 3 'six\\x0d\\x0a'\n"
		"position INBOX 4 complete\n");
}
END_TEST

START_TEST(only_what_was_asked_for_counts)
{
	struct account a;
	init(&a);
	RUN(&a, {"UID SEARCH", "* SEARCH 3 1 2 2 0 9\r\n%T OK x\r\n", 0, 0},
		{"UID FETCH 1,2,3 (UID BODY",
			"* 9 FETCH (UID 9 BODY[] {5}\r\nXXX\r\n)\r\n* 2 FETCH (FLAGS (\\Seen))\r\n"
			"* 1 FETCH (UID 1 BODY[] \"one\")\r\n* 1 FETCH (UID 1 BODY[] {3}\r\nXXX)\r\n"
			"* 8 FETCH (BODY[] {3}\r\nXXX)\r\n* 2 FETCH (UID 2 FLAGS () BODY[] {0}\r\n)\r\n"
			"* 4 EXISTS\r\n* 3 FETCH (UID 3 BODY[] {5}\r\nsix\r\n)\r\n%T OK x\r\n",
			0, 0});
	expect_given(&a,
		"folder INBOX: 3 messages\nmessage INBOX 1 'one'\npoison INBOX 2\n"
		"message INBOX 3 'six\\x0d\\x0a'\nposition INBOX 4 complete\n");
}
END_TEST

START_TEST(a_folder_without_uidvalidity_is_left_out)
{
	struct account a;
	init(&a);
	RUN(&a, {"EXAMINE", "* 3 EXISTS\r\n%T OK x\r\n", 0, 0});
	expect_given(&a, "folder INBOX: missing: it has no UIDVALIDITY\n");
}
END_TEST

START_TEST(a_folder_that_cannot_be_opened_is_told)
{
	struct account a;
	init(&a);
	RUN(&a, {"EXAMINE", "%T NO [NOPERM] not \x07yours\r\n", 0, 0});
	expect_given(&a, "folder INBOX: missing: (NOPERM) not \\x07yours\n");
}
END_TEST

START_TEST(sent_is_guessed_where_the_server_does_not_say)
{
	struct account a;
	init(&a);
	a.folders[0] = STR("\\Sent");
	RUN(&a,
		{"LIST",
			"* LIST () \"/\" INBOX\r\n* LIST (\\HasNoChildren) \"/\" \"Entw&APw-rfe\"\r\n"
			"* LIST () \"/\" {13}\r\nSent Messages\r\n%T OK x\r\n",
			0, 0},
		{"EXAMINE \"Sent Messages\"", "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n%T OK x\r\n",
			0, 0});
	expect_given(&a, "folder Sent Messages: 0 messages\nposition Sent Messages 1 complete\n");
}
END_TEST

static const struct {
	const char *name;
	enum imap_auth auth;
	struct reply replies[4];
	enum error_kind kind;
	const char *text;
} logins[] = {
	{"LOGIN where there is no AUTH=PLAIN", IMAP_AUTH_PASSWORD,
		{{"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n%T OK x\r\n", 0, 0},
			{"LOGIN \"alice\" \"secret\"", "%T OK x\r\n", 0, 0}},
		ERROR_NONE, NULL},
	{"PLAIN without SASL-IR", IMAP_AUTH_PASSWORD,
		{{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN LOGINDISABLED\r\n%T OK x\r\n", 0,
			 0},
			{"AUTHENTICATE PLAIN", "+ \r\n", 0, 0},
			{"AGFsaWNlAHNlY3JldA==", "* OK wait\r\n%T OK x\r\n", 0, 0}},
		ERROR_NONE, NULL},
	{"XOAUTH2", IMAP_AUTH_XOAUTH2,
		{{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR\r\n%T OK x\r\n", 0, 0},
			{"AUTHENTICATE XOAUTH2 dXNlcj1hbGljZQFhdXRoPUJlYXJlciBzZWNyZXQBAQ==",
				"%T OK x\r\n", 0, 0}},
		ERROR_NONE, NULL},
	{"XOAUTH2 refused with a challenge", IMAP_AUTH_XOAUTH2,
		{{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR\r\n%T OK x\r\n", 0, 0},
			{"AUTHENTICATE XOAUTH2 ", "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n", 0, 0},
			{"(empty)", "%T NO expired\r\n", 0, 0}},
		ERROR_LOGIN, "without a known code (check user and token)"},
	{"OAUTHBEARER refused with a challenge", IMAP_AUTH_OAUTHBEARER,
		{{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=OAUTHBEARER SASL-IR\r\n%T OK x\r\n", 0,
			 0},
			{"AUTHENTICATE OAUTHBEARER ", "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n", 0, 0},
			{"AQ==", "%T NO expired\r\n", 0, 0}},
		ERROR_LOGIN, "without a known code (check user and token)"},
	{"a password challenged for ever", IMAP_AUTH_PASSWORD,
		{{"AUTHENTICATE PLAIN ", "+ \r\n", 0, 0}, {"*", "%T BAD cancelled\r\n", 0, 0}},
		ERROR_LOGIN, "without a known code"},
	{"XOAUTH2 where there is none", IMAP_AUTH_XOAUTH2, {{"NOTHING", "", 0, 0}}, ERROR_CONFIG,
		"'localhost' does not offer XOAUTH2 (check auth)"},
};

START_TEST(logins_go_as_the_server_offers)
{
	struct account a;
	init(&a);
	a.plan.auth = logins[_i].auth;
	struct script script = {logins[_i].replies, 0, false};
	while (script.count < 4 && logins[_i].replies[script.count].command)
		script.count++;
	run(&a, &script);
	if (logins[_i].text)
		expect_error(&a, logins[_i].kind, logins[_i].text);
	else
		expect_given(&a, THREE);
}
END_TEST

START_TEST(oauthbearer_names_host_and_port)
{
	struct account a;
	init(&a);
	a.plan.auth = IMAP_AUTH_OAUTHBEARER;
	a.plan.user = STR("a,b=c");
	/* "n,a=a=2Cb=3Dc,^Ahost=localhost^Aport=" and on; the port is not known beforehand */
	RUN(&a,
		{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=OAUTHBEARER SASL-IR\r\n%T OK x\r\n", 0,
			0},
		{"AUTHENTICATE OAUTHBEARER bixhPWE9MkNiPTNEYywBaG9zdD1sb2NhbGhvc3QBcG9ydD",
			"%T OK x\r\n", 0, 0});
	expect_given(&a, THREE);
}
END_TEST

START_TEST(secrets_with_line_ends_are_never_sent)
{
	struct account a;
	init(&a);
	a.plan.port = 1;
	a.plan.user = STR("alice\r\n1 LOGOUT");
	ck_assert_int_eq(account_run(&a), -1);
	expect_error(&a, ERROR_CONFIG, "line end or NUL in user or password");
}
END_TEST

START_TEST(large_folders_are_searched_in_steps_from_the_newest)
{
	struct account a;
	init(&a);
	RUN(&a,
		{"EXAMINE",
			"* 45000 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 90000] x\r\n%T OK x\r\n",
			0, 0},
		{"UID SEARCH 25001:45000 UID 1:89999", "* SEARCH 3\r\n%T OK x\r\n", 0, 0},
		{"UID SEARCH 5001:25000 UID 1:89999", "* SEARCH 2\r\n%T OK x\r\n", 0, 0},
		{"UID SEARCH 1:5000 UID 1:89999", "* SEARCH 1 2\r\n%T OK x\r\n", 0, 0},
		{"UID SEARCH", "%T NO not these\r\n", 0, 0});
	expect_given(&a,
		"folder INBOX: 45000 messages\n"
		"message INBOX 1 'one\\x0d\\x0a'\nmessage INBOX 2 'two\\x0d\\x0a'\n"
		"message INBOX 3 'six\\x0d\\x0a'\nposition INBOX 90000 complete\n");
}
END_TEST

START_TEST(the_last_message_of_a_range_without_end_is_not_news)
{
	struct account a;
	init(&a);
	a.before = (struct folder_state){.known = true, .uidvalidity = 7, .next_uid = 4};
	RUN(&a, {"EXAMINE", "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n%T OK x\r\n", 0, 0},
		{"UID SEARCH UID 4:*", "* SEARCH 3\r\n%T OK x\r\n", 0, 0});
	expect_given(&a, "folder INBOX: 3 messages\n");
}
END_TEST

START_TEST(answers_without_words_are_understood)
{
	struct account a;
	init(&a);
	RUN(&a, {"", "* OK\r\n", 0, 0},
		{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR \r\n%T OK\r\n", 0, 0},
		{"AUTHENTICATE", "%T OK\r\n", 0, 0},
		{"EXAMINE",
			"* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 4] \r\n%T OK "
			"[READ-ONLY]\r\n",
			0, 0},
		{"UID SEARCH", "* SEARCH 1 2 3 \r\n%T OK \r\n", 0, 0});
	expect_given(&a, THREE);
}
END_TEST

START_TEST(the_last_of_all_uids_does_not_wrap)
{
	struct account a;
	init(&a);
	RUN(&a, {"EXAMINE", "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n%T OK x\r\n", 0, 0},
		{"UID SEARCH UID 1:*", "* SEARCH 4294967295\r\n%T OK x\r\n", 0, 0},
		{"UID FETCH 4294967295 (UID RFC822.SIZE",
			"* 1 FETCH (UID 4294967295 RFC822.SIZE 5)\r\n%T OK x\r\n", 0, 0},
		{"UID FETCH 4294967295 (UID BODY.PEEK[])",
			"* 1 FETCH (UID 4294967295 BODY[] {5}\r\nend\r\n)\r\n%T OK x\r\n", 0, 0});
	expect_given(&a,
		"folder INBOX: 1 messages\nmessage INBOX 4294967295 'end\\x0d\\x0a'\n"
		"position INBOX 4294967295 complete\n");
}
END_TEST

START_TEST(a_large_message_that_vanishes_makes_its_pieces_void)
{
	struct account a;
	init(&a);
	RUN(&a, {"UID SEARCH", "* SEARCH 2\r\n%T OK x\r\n", 0, 0},
		{"UID FETCH 2 (UID RFC822.SIZE",
			"* 2 FETCH (UID 2 RFC822.SIZE 9000000)\r\n%T OK x\r\n", 0, 0},
		{"UID FETCH 2 (UID BODY.PEEK[]<0.1048576>)", "%T OK x\r\n", 0, 0});
	expect_given(&a, "folder INBOX: 3 messages\npoison INBOX 2\nposition INBOX 4 complete\n");
}
END_TEST

/* A folder that is read below 4, and asked what of that is still there. */
static void init_census(struct account *a)
{
	init(a);
	a->before = (struct folder_state){
		.known = true, .uidvalidity = 7, .next_uid = 4, .census = true};
}

START_TEST(a_census_tells_what_is_there_below_what_was_read)
{
	struct account a;
	init_census(&a);
	RUN(&a,
		{"EXAMINE",
			"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n%T OK x\r\n",
			0, 0},
		{"UID SEARCH UID 1:*", "* SEARCH 1 3 9\r\n%T OK x\r\n", 0, 0});
	expect_given(&a, "folder INBOX: 3 messages\ncensus INBOX 1-4: 1,3\n");
}
END_TEST

START_TEST(a_folder_that_cannot_be_read_whole_has_no_census)
{
	struct account a;
	init_census(&a);
	RUN(&a,
		{"EXAMINE",
			"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n%T OK x\r\n",
			0, 0},
		{"UID SEARCH UID 1:*", "* SEARCH 1 3\r\n%T OK x\r\n", 0, 0});
	expect_given(&a, "folder INBOX: 3 messages\ncensus INBOX 0-0: \n");
}
END_TEST

START_TEST(a_folder_that_shrank_to_nothing_is_told)
{
	struct account a;
	init_census(&a);
	RUN(&a,
		{"EXAMINE",
			"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n%T OK x\r\n",
			0, 0},
		{"UID SEARCH", "* SEARCH\r\n%T OK x\r\n", 0, 0});
	expect_given(&a, "folder INBOX: 0 messages\ncensus INBOX 1-4: \n");
}
END_TEST

START_TEST(a_folder_that_is_numbered_anew_has_no_census)
{
	struct account a;
	init_census(&a);
	RUN(&a, {"EXAMINE", "* 0 EXISTS\r\n* OK [UIDVALIDITY 8] x\r\n%T OK x\r\n", 0, 0});
	expect_given(&a,
		"folder INBOX: UIDVALIDITY changed from 7 to 8: all messages again, 0 messages\n"
		"position INBOX 1 complete\n");
}
END_TEST

/* One wait for news after a round; what it returned. */
static int wait_for_news(const struct script *script, int64_t timeout_us, struct account *a)
{
	struct server server = script_start(script);
	a->plan.port = server.port;
	ck_assert_int_eq(account_run(a), 0);
	int news = source_wait(a->source, timeout_us, &a->err);
	server_stop(&server);
	account_finish(a);
	return news;
}

static const struct {
	const char *name;
	const char *idle, *done;
	int news;
} waits[] = {
	{"news before the go-ahead", "* 4 EXISTS\r\n+ idling\r\n", "%T OK x\r\n", 1},
	{"news together with the go-ahead", "+ idling\r\n* 4 EXISTS\r\n", "%T OK x\r\n", 1},
	{"news behind small talk",
		"+ idling\r\n* OK Still here\r\n* 3 EXISTS\r\n* 1 RECENT\r\n* 4 EXISTS\r\n",
		"%T OK x\r\n", 1},
	{"a message fewer, a message more", "+ idling\r\n* 2 EXPUNGE\r\n* 3 EXISTS\r\n",
		"%T OK x\r\n", 1},
	{"small talk only", "+ idling\r\n* OK Still here\r\n* 3 EXISTS\r\n", "%T OK x\r\n", 0},
	{"news at the very end", "+ idling\r\n", "* 4 EXISTS\r\n%T OK x\r\n", 1},
	{"an end that the server makes", "+ idling\r\n%T OK enough\r\n", "", 1},
	{"refusal", "%T NO idle is off\r\n", "", 0},
	{"refusal behind news", "* 4 EXISTS\r\n%T NO idle is off\r\n", "", 1},
	{"silence when it should end", "+ idling\r\n", "%HANG", -1},
	{"a cut", "+ idling\r\n%CUT", "", -1},
};

START_TEST(idle_hears_every_line)
{
	struct account a;
	struct reply replies[] = {{"IDLE", waits[_i].idle, 0, 0}, {"DONE", waits[_i].done, 0, 0}};
	const struct script script = {replies, 2, false};
	init(&a);
	a.plan.timeout_us = SECOND_US / 2;
	ck_assert_msg(wait_for_news(&script, SECOND_US / 3, &a) == waits[_i].news, "%s: %s",
		waits[_i].name, a.err.text);
}
END_TEST

START_TEST(without_idle_only_the_clock_ends_the_wait)
{
	struct account a;
	static const struct reply replies[] = {
		{"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n%T OK x\r\n", 0, 0}};
	const struct script script = {replies, 1, false};
	init(&a);
	ck_assert_int_eq(wait_for_news(&script, SECOND_US / 20, &a), 0);
}
END_TEST

START_TEST(what_came_between_round_and_wait_is_news)
{
	struct account a;
	static const struct reply replies[] = {
		{"EXAMINE",
			"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n%T OK x\r\n",
			0, 1},
		{"EXAMINE",
			"* 4 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 5] x\r\n%T OK x\r\n",
			0, 0}};
	const struct script script = {replies, 2, false};
	init(&a);
	ck_assert_int_eq(wait_for_news(&script, 60 * SECOND_US, &a), 1);
}
END_TEST

Suite *misbehaving_suite(void)
{
	Suite *suite = suite_create("misbehaving servers");
	TCase *tests = tcase_create("scripts");
	tcase_set_timeout(tests, 30);
	tcase_add_test(tests, an_honest_server_gives_its_messages);
	tcase_add_loop_test(
		tests, a_server_that_fails_is_told_in_one_line, 0, (int)COUNT(failures));
	tcase_add_test(tests, drops_that_keep_coming_do_not_move_the_deadline);
	tcase_add_test(tests, a_stop_ends_a_command);
	tcase_add_test(tests, starttls_forgets_what_was_said_before);
	tcase_add_loop_test(tests, starttls_is_never_left_out, 0, (int)COUNT(starttls_failures));
	tcase_add_test(tests, a_message_that_is_not_understood_is_told_alone);
	tcase_add_test(tests, sizes_that_are_not_understood_are_asked_for_one_by_one);
	tcase_add_test(tests, a_folder_full_of_nonsense_ends_the_round);
	tcase_add_test(tests, a_message_that_the_server_cannot_give_is_told);
	tcase_add_test(tests, a_message_that_was_deleted_meanwhile_is_no_loss);
	tcase_add_test(tests, a_message_left_out_once_is_asked_for_again);
	tcase_add_test(tests, a_size_left_out_once_is_asked_for_again);
	tcase_add_test(tests, what_was_deleted_before_its_size_is_passed_over);
	tcase_add_test(tests, only_what_was_asked_for_counts);
	tcase_add_test(tests, a_folder_without_uidvalidity_is_left_out);
	tcase_add_test(tests, a_folder_that_cannot_be_opened_is_told);
	tcase_add_test(tests, sent_is_guessed_where_the_server_does_not_say);
	tcase_add_loop_test(tests, logins_go_as_the_server_offers, 0, (int)COUNT(logins));
	tcase_add_test(tests, oauthbearer_names_host_and_port);
	tcase_add_test(tests, secrets_with_line_ends_are_never_sent);
	tcase_add_test(tests, large_folders_are_searched_in_steps_from_the_newest);
	tcase_add_test(tests, the_last_message_of_a_range_without_end_is_not_news);
	tcase_add_test(tests, answers_without_words_are_understood);
	tcase_add_test(tests, the_last_of_all_uids_does_not_wrap);
	tcase_add_test(tests, a_large_message_that_vanishes_makes_its_pieces_void);
	tcase_add_test(tests, a_census_tells_what_is_there_below_what_was_read);
	tcase_add_test(tests, a_folder_that_cannot_be_read_whole_has_no_census);
	tcase_add_test(tests, a_folder_that_shrank_to_nothing_is_told);
	tcase_add_test(tests, a_folder_that_is_numbered_anew_has_no_census);
	tcase_add_loop_test(tests, idle_hears_every_line, 0, (int)COUNT(waits));
	tcase_add_test(tests, without_idle_only_the_clock_ends_the_wait);
	tcase_add_test(tests, what_came_between_round_and_wait_is_news);
	suite_add_tcase(suite, tests);
	return suite;
}
