/* A look through a mailbox that fetches nothing: which folders it goes into, and what it counts.
 */
#include "suites.h"

#include "account.h"
#include "base/clock.h"
#include "script.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define EXAMINED                                                                                   \
	"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n%T OK [READ-ONLY] done\r\n"

/* What is told, a line each. */
static int on_watched(
	void *context, struct str folder, bool missing, uint32_t messages, struct error *err)
{
	(void)err;
	buf_add_format(context, "watched %.*s %s%u\n", STR_ARG(folder), missing ? "missing " : "",
		messages);
	return 0;
}

static int on_unwatched(void *context, struct str folder, size_t group, uint32_t from, uint32_t to,
	struct error *err)
{
	(void)err;
	buf_add_format(context, "unwatched %.*s: group %zu from %u to %u\n", STR_ARG(folder), group,
		from, to);
	return 0;
}

static int on_passed_over(void *context, size_t folders, struct error *err)
{
	(void)err;
	buf_add_format(context, "passed over %zu\n", folders);
	return 0;
}

static struct str acme[] = {{"@acme.example", 13}}, kana[] = {{"ぁ@acme.example", 16}};
static const struct strs groups[] = {{acme, 1}, {kana, 1}, {NULL, 0}};

static void look(const struct reply *replies, size_t count, int64_t time_us, const char *want)
{
	const struct script script = {.replies = replies, .count = count};
	struct server server = script_start(&script);
	struct account a;
	account_init(&a, server.port, "certificates");
	const struct source_probe probe = {
		.context = &a.given,
		.groups = groups,
		.group_count = COUNT(groups),
		.deadline_us = clock_monotonic_us() + time_us,
		.watched = on_watched,
		.unwatched = on_unwatched,
		.passed_over = on_passed_over,
	};
	ck_assert_msg(account_open(&a) == 0, "%s", a.err.text);
	ck_assert_msg(source_look(a.source, &probe, &a.err) == 0, "%s", a.err.text);
	ck_assert_str_eq(buf_cstr(&a.given), want);
	account_finish(&a);
	server_stop(&server);
}

START_TEST(mail_of_a_group_is_counted_where_nobody_watches)
{
	static const struct reply replies[] = {
		{"LIST",
			"* LIST () \"/\" INBOX\r\n* LIST (\\Noselect) \"/\" Above\r\n"
			"* LIST () \"/\" Clients\r\n* LIST () \"/\" Gone\r\n"
			"* LIST (\\Drafts) \"/\" Unfinished\r\n* LIST () \"/\" Trash\r\n"
			"* LIST () \"/\" Papierkorb\r\n%T OK done\r\n",
			0, 0},
		{"EXAMINE Gone", "%T NO it was there a moment ago\r\n", 0, 0},
		{"EXAMINE Clients", EXAMINED, 0, 0},
		{"EXAMINE INBOX", EXAMINED, 0, 0},
		/* all of the group's, then those that it sent; a second group cannot be asked for
		 */
		{"UID SEARCH", "* SEARCH 1 2 3\r\n%T OK done\r\n", 0, 1},
		{"UID SEARCH", "* SEARCH 2\r\n%T OK done\r\n", 0, 1},
		{"UID SEARCH", "%T NO once too often\r\n", 0, 0},
	};
	look(replies, COUNT(replies), HOUR_US,
		"watched INBOX 3\nunwatched Clients: group 0 from 1 to 2\n");
}
END_TEST

START_TEST(beside_a_folder_of_all_mail_nothing_is_searched)
{
	static const struct reply replies[] = {
		{"LIST", "* LIST (\\All) \"/\" INBOX\r\n* LIST () \"/\" Clients\r\n%T OK done\r\n",
			0, 0},
		{"EXAMINE INBOX", EXAMINED, 0, 0},
		{"EXAMINE", "%T NO not this one\r\n", 0, 0},
		{"UID SEARCH", "%T NO not at all\r\n", 0, 0},
	};
	look(replies, COUNT(replies), HOUR_US, "watched INBOX 3\n");
}
END_TEST

START_TEST(folders_beyond_the_deadline_are_counted_and_not_opened)
{
	static const struct reply replies[] = {
		{"LIST",
			"* LIST () \"/\" INBOX\r\n* LIST () \"/\" One\r\n* LIST () \"/\" Two\r\n"
			"%T OK done\r\n",
			0, 0},
		{"EXAMINE INBOX", "%T NO not there\r\n", 0, 0},
		{"UID SEARCH", "%T NO not at all\r\n", 0, 0},
	};
	look(replies, COUNT(replies), -SECOND_US, "watched INBOX missing 0\npassed over 2\n");
}
END_TEST

Suite *look_suite(void)
{
	Suite *suite = suite_create("look");
	TCase *tests = tcase_create("look");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, mail_of_a_group_is_counted_where_nobody_watches);
	tcase_add_test(tests, beside_a_folder_of_all_mail_nothing_is_searched);
	tcase_add_test(tests, folders_beyond_the_deadline_are_counted_and_not_opened);
	suite_add_tcase(suite, tests);
	return suite;
}
