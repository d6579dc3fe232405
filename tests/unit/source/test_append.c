/* A draft put into a mailbox: once, and whatever the server answers. */
#include "suites.h"

#include "account.h"
#include "script.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LISTED                                                                                          \
	{                                                                                               \
		"LIST", "* LIST () \"/\" INBOX\r\n* LIST (\\Drafts) \"/\" \"Not sent\"\r\n%T OK x\r\n", \
			0, 0                                                                            \
	}
#define EXAMINED                                                                                   \
	{                                                                                          \
		"EXAMINE \"Not sent\"",                                                            \
			"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n%T OK [READ-ONLY] x\r\n", 0, 0    \
	}
#define NOTHING                                                                                    \
	{                                                                                          \
		"UID SEARCH UNDELETED HEADER Message-ID \"a@b.example\"",                          \
			"* SEARCH\r\n%T OK x\r\n", 0, 0                                            \
	}
#define APPEND "APPEND \"Not sent\" (\\Seen \\Draft) {24}"

/* What is answered, and what comes of it: 1, 0, or -1 with words of the mistake. */
struct row {
	const char *name;
	struct reply replies[4];
	int want;
	enum error_kind kind;
	const char *says;
};

static const struct row rows[] = {
	{"it is put there",
		{LISTED, EXAMINED, NOTHING,
			{APPEND, "+ go on\r\n%T OK [APPENDUID 7 1] x\r\n", 0, 0}},
		1, ERROR_NONE, NULL},
	{"something else is said before",
		{LISTED, EXAMINED, NOTHING,
			{APPEND, "* 1 EXISTS\r\n+ go on\r\n* 2 EXISTS\r\n%T OK x\r\n", 0, 0}},
		1, ERROR_NONE, NULL},
	{"one of that name is there",
		{LISTED, EXAMINED, {"UID SEARCH", "* SEARCH 4\r\n%T OK x\r\n", 0, 0},
			{APPEND, "%T NO not again\r\n", 0, 0}},
		0, ERROR_NONE, NULL},
	{"it is refused", {LISTED, EXAMINED, NOTHING, {APPEND, "%T NO [OVERQUOTA] full\r\n", 0, 0}},
		-1, ERROR_TEMPORARY, "does not take the draft: 'NO (OVERQUOTA) full'"},
	{"it is refused when it has come",
		{LISTED, EXAMINED, NOTHING, {APPEND, "+ go on\r\n%T BAD it stinks\r\n", 0, 0}}, -1,
		ERROR_TEMPORARY, "does not take the draft: 'BAD it stinks'"},
	{"it is taken before it has come",
		{LISTED, EXAMINED, NOTHING, {APPEND, "%T OK x\r\n", 0, 0}}, -1, ERROR_TEMPORARY,
		"does not take the draft: 'OK x'"},
	{"the line is cut", {LISTED, EXAMINED, NOTHING, {APPEND, "+ go on\r\n%CUT", 0, 0}}, -1,
		ERROR_TEMPORARY, NULL},
	{"what is there cannot be asked",
		{LISTED, EXAMINED, {"UID SEARCH", "%T NO x\r\n", 0, 0},
			{APPEND, "+ go on\r\n%T OK x\r\n", 0, 0}},
		-1, ERROR_TEMPORARY, "cannot look through the drafts"},
	{"the folder cannot be opened", {LISTED, {"EXAMINE", "%T NO x\r\n", 0, 0}}, -1,
		ERROR_NOT_FOUND, "has no folder 'Not sent'"},
	{"there is none", {{"LIST", "* LIST () \"/\" INBOX\r\n%T OK x\r\n", 0, 0}}, -1,
		ERROR_NOT_FOUND, "has no folder for drafts"},
};

START_TEST(a_draft_is_put_there_once_or_it_is_said_why_not)
{
	const struct row *row = &rows[_i];
	size_t count = 0, at;
	while (count < COUNT(row->replies) && row->replies[count].command)
		count++;
	const struct script script = {.replies = row->replies, .count = count};
	struct server server = script_start(&script);
	const struct source_draft draft = {
		STR("a@b.example"), STR("Subject: x\r\n\r\nHello\r\n.\r\n")};
	struct account a;
	struct str folder = {0};
	account_init(&a, server.port, "certificates");
	a.folders[0] = STR("\\Drafts");
	ck_assert_msg(account_open(&a) == 0, "%s", a.err.text);
	int result = source_append(a.source, &draft, &folder, &a.err);
	ck_assert_msg(result == row->want, "%s: %d %s", row->name, result, a.err.text);
	if (result >= 0)
		ck_assert(str_eq(folder, STR("Not sent")));
	else
		ck_assert_msg(a.err.kind == row->kind &&
				(!row->says ||
					str_find(str_from(a.err.text), str_from(row->says), &at)),
			"%s: %d %s", row->name, (int)a.err.kind, a.err.text);
	account_finish(&a);
	server_stop(&server);
}
END_TEST

Suite *append_suite(void)
{
	Suite *suite = suite_create("source: drafts");
	TCase *all = tcase_create("append");
	tcase_add_loop_test(
		all, a_draft_is_put_there_once_or_it_is_said_why_not, 0, (int)COUNT(rows));
	suite_add_tcase(suite, all);
	return suite;
}
