/* Whole rounds against a private Dovecot: what is given, in which order, and what stays untouched.
 */
#include "suites.h"

#include "account.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "scratch.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int imap_port, imaps_port;
static uid_t owner;
static gid_t owner_group;

/* Runs in the parent of all tests, so that one Dovecot serves them; each test has a user. */
#define USERS                                                                                         \
	"--user alice --user batch --user large --user since --user again --user search --user sent " \
	"--user many --user flags --user idle --user bytes --user tls --user name --user writers"

static void start_dovecot(void)
{
	scratch_run("'%s/imap/dovecot' start '%s' " USERS " > '%s'", TESTS_DIR,
		scratch_path("dovecot"), scratch_path("dovecot.variables"));
	FILE *variables = fopen(scratch_path("dovecot.variables"), "r");
	char line[512];
	while (fgets(line, sizeof(line), variables)) {
		sscanf(line, "IMAP_PORT=%d", &imap_port);
		sscanf(line, "IMAPS_PORT=%d", &imaps_port);
	}
	fclose(variables);
	struct stat st;
	stat(scratch_path("dovecot/mail/alice"), &st);
	owner = st.st_uid;
	owner_group = st.st_gid;
}

static void stop_dovecot(void)
{
	scratch_run("'%s/imap/dovecot' stop '%s'", TESTS_DIR, scratch_path("dovecot"));
}

/* Puts a mail into a Maildir as an MTA does; folder is "" or ".Name". */
static void deliver(const char *user, const char *folder, struct str octets, int64_t at_us)
{
	static unsigned number;
	const char *base = scratch_path("dovecot/mail/%s/%s", user, folder);
	if (!file_is_folder(base)) {
		scratch_run("mkdir -p '%s/cur' '%s/new' '%s/tmp'", base, base, base);
		scratch_run("chown -R %u:%u '%s'", owner, owner_group, base);
	}
	const char *path = scratch_path("dovecot/mail/%s/%s/new/1700000000.M%uP%d.test,S=%zu,W=%zu",
		user, folder, ++number, getpid(), octets.len, octets.len);
	struct error err = {0};
	ck_assert_msg(file_write_atomic(path, octets, 0600, &err) == 0, "%s", err.text);
	if (at_us) {
		struct timespec times[2] = {
			{.tv_sec = at_us / SECOND_US}, {.tv_sec = at_us / SECOND_US}};
		ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
	}
	ck_assert_int_eq(chown(path, owner, owner_group), 0);
}

static void deliver_text(const char *user, const char *folder, const char *text)
{
	deliver(user, folder, str_from(text), 0);
}

static void init(struct account *a, const char *user)
{
	account_init(a, imaps_port, "dovecot/certificates");
	a->plan.user = str_from(user);
}

static void expect_run(struct account *a, int result, const char *want)
{
	ck_assert_msg(result == 0, "%s", a->err.text);
	if (want)
		ck_assert_str_eq(buf_cstr(&a->given), want);
}

START_TEST(new_mail_comes_once)
{
	struct account a;
	init(&a, "alice");
	deliver_text("alice", "", "A: 1\r\n\r\n");
	deliver_text("alice", "", "A: 2\r\n\r\n");
	expect_run(&a, account_run(&a),
		"folder INBOX: 2 messages\nmessage INBOX 1 'A: 1\\x0d\\x0a\\x0d\\x0a'\n"
		"message INBOX 2 'A: 2\\x0d\\x0a\\x0d\\x0a'\nposition INBOX 3 complete\n");
	account_remember(&a);
	expect_run(&a, account_again(&a), "folder INBOX: 2 messages\n");
	deliver_text("alice", "", "A: 3\r\n\r\n");
	expect_run(&a, account_again(&a),
		"folder INBOX: 3 messages\nmessage INBOX 3 'A: 3\\x0d\\x0a\\x0d\\x0a'\n"
		"position INBOX 4 complete\n");
	account_finish(&a);
}
END_TEST

START_TEST(of_many_messages_the_newest_come_first_then_the_rest_in_order)
{
	struct account a;
	struct buf want = {0};
	init(&a, "batch");
	buf_add_cstr(&want, "folder INBOX: 450 messages\n");
	for (int i = 0; i < 450; i++)
		deliver_text("batch", "", "A: b\r\n\r\n");
	for (int i = 0; i < 450; i++) {
		int uid = i < LIMIT_IMAP_BATCH ? 450 - LIMIT_IMAP_BATCH + i + 1
					       : i - LIMIT_IMAP_BATCH + 1;
		buf_add_format(&want, "message INBOX %d 'A: b\\x0d\\x0a\\x0d\\x0a'\n", uid);
		if (i == 2 * LIMIT_IMAP_BATCH - 1)
			buf_add_format(&want, "position INBOX %d complete\n", uid + 1);
	}
	buf_add_cstr(&want, "position INBOX 451 complete\n");
	expect_run(&a, account_run(&a), buf_cstr(&want));
	buf_finish(&want);
	account_finish(&a);
}
END_TEST

/* A mail of about `size` octets in CRLF form. */
static void make_mail(struct buf *out, size_t size)
{
	buf_add_cstr(out, "From: b@b.example\r\nSubject: large\r\n\r\n");
	for (unsigned line = 0; out->len < size; line++)
		buf_add_format(out, "%-74u\r\n", line * 2654435761U);
}

START_TEST(a_large_mail_comes_in_pieces_and_one_too_large_as_its_header)
{
	struct account a;
	struct buf mail = {0}, want = {0};
	init(&a, "large");
	make_mail(&mail, 6 * MIB + 17);
	deliver("large", "", buf_str(&mail), 0);
	for (int i = 0; i < 6; i++)
		buf_add_format(&want, "piece %zu\n", (size_t)MIB);
	buf_add_format(&want, "piece %zu\npieced INBOX 1 of %zu\n", mail.len - 6 * MIB, mail.len);
	expect_run(&a, account_run(&a), NULL);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&a.given), buf_cstr(&want)));
	ck_assert_uint_eq(a.pieces.len, mail.len);
	ck_assert_mem_eq(a.pieces.ptr, mail.ptr, mail.len);

	a.plan.max_size_bytes = 6 * MIB;
	expect_run(&a, account_again(&a), NULL);
	buf_clear(&want);
	buf_add_format(&want,
		"folder INBOX: 1 messages\nlarge INBOX 1 of %zu 'From: b@b.example\\x0d\\x0a"
		"Subject: large\\x0d\\x0a\\x0d\\x0a'\nposition INBOX 2 complete\n",
		mail.len);
	ck_assert_str_eq(buf_cstr(&a.given), buf_cstr(&want));
	account_finish(&a);
	buf_finish(&mail);
	buf_finish(&want);
}
END_TEST

START_TEST(a_mail_of_exactly_some_pieces_ends)
{
	struct account a;
	struct buf mail = {0};
	init(&a, "large");
	a.folders[0] = STR("Exact");
	make_mail(&mail, 5 * MIB);
	mail.len = 5 * MIB - 2;
	buf_add_cstr(&mail, "\r\n");
	deliver("large", ".Exact", buf_str(&mail), 0);
	expect_run(&a, account_run(&a), NULL);
	ck_assert_uint_eq(a.pieces.len, mail.len);
	ck_assert_ptr_nonnull(
		strstr(buf_cstr(&a.given), "piece 1048576\npieced Exact 1 of 5242880\n"));
	account_finish(&a);
	buf_finish(&mail);
}
END_TEST

static int64_t noon(int year, int month, int day)
{
	return date_to_days((struct date){year, month, day}) * DAY_US + 12 * HOUR_US;
}

START_TEST(a_first_sync_goes_back_as_far_as_since)
{
	struct account a;
	init(&a, "since");
	deliver("since", "", STR("A: old\r\n\r\n"), noon(2025, 12, 30));
	deliver("since", "", STR("A: new\r\n\r\n"), noon(2026, 1, 2));
	a.plan.has_since = true;
	a.plan.since = (struct date){2026, 1, 1};
	expect_run(&a, account_run(&a),
		"folder INBOX: 2 messages\nmessage INBOX 2 'A: new\\x0d\\x0a\\x0d\\x0a'\n"
		"position INBOX 3 complete\n");
	ck_assert_int_eq(a.internal_at_us, noon(2026, 1, 2));
	/* what comes later counts whatever its date */
	account_remember(&a);
	deliver("since", "", STR("A: moved\r\n\r\n"), noon(2024, 1, 1));
	expect_run(&a, account_again(&a),
		"folder INBOX: 3 messages\nmessage INBOX 3 'A: moved\\x0d\\x0a\\x0d\\x0a'\n"
		"position INBOX 4 complete\n");
	account_finish(&a);
}
END_TEST

START_TEST(a_new_uidvalidity_means_all_messages_again)
{
	struct account a;
	init(&a, "again");
	deliver_text("again", "", "A: 1\r\n\r\n");
	expect_run(&a, account_run(&a), NULL);
	account_remember(&a);
	source_close(a.source);
	a.source = NULL;
	uint32_t before = a.uidvalidity;
	scratch_run("cd '%s' && rm -f dovecot-uidlist dovecot-uidvalidity* dovecot.index*",
		scratch_path("dovecot/mail/again"));
	sleep(1); /* Dovecot makes it from the second */
	expect_run(&a, account_run(&a), NULL);
	ck_assert_uint_ne(a.uidvalidity, before);
	struct buf want = {0};
	buf_add_format(&want,
		"folder INBOX: UIDVALIDITY changed from %u to %u: all messages again, 1 messages\n"
		"message INBOX 1 'A: 1\\x0d\\x0a\\x0d\\x0a'\nposition INBOX 2 complete\n",
		before, a.uidvalidity);
	ck_assert_str_eq(buf_cstr(&a.given), buf_cstr(&want));
	buf_finish(&want);
	account_finish(&a);
}
END_TEST

START_TEST(an_address_watched_from_now_on_is_looked_for_in_old_mail)
{
	struct account a;
	static const char *const mails[] = {
		"From: Old <old@old.example>\r\n\r\n",
		"From: Jane <JANE@acme.example>\r\n\r\n",
		"From: me@studio.example\r\nCc: jane+invoices@acme.example\r\n\r\n",
		"From: nobody@nowhere.example\r\nSubject: jane@acme.example\r\n\r\n",
		"From: list@lists.example\r\nReply-To: jane@acme.example\r\n\r\n",
		"From: x@zed.example\r\n\r\n",
		"From: marketing@acme.example\r\n\r\n",
		"To: jane@acme.example\r\n\r\n",
	};
	init(&a, "search");
	for (size_t i = 0; i < sizeof(mails) / sizeof(mails[0]); i++)
		deliver_text("search", "", mails[i]);
	a.watched[0] = STR("old@old.example");
	a.plan.watched.count = 1;
	expect_run(&a, account_run(&a), NULL);
	ck_assert_uint_eq(a.messages, 8);
	account_remember(&a);

	a.watched[1] = STR("@zed.example");
	a.watched[2] = STR("jane@acme.example");
	a.plan.watched.count = 3;
	a.archived[0] = 8;
	deliver_text("search", "", "From: new@new.example\r\n\r\n");
	expect_run(&a, account_again(&a),
		"folder INBOX: 9 messages\n"
		"message INBOX 9 'From: new@new.example\\x0d\\x0a\\x0d\\x0a'\nposition INBOX 10\n"
		"message INBOX 2 'From: Jane <JANE@acme.example>\\x0d\\x0a\\x0d\\x0a'\n"
		"message INBOX 3 'From: me@studio.example\\x0d\\x0aCc: jane+invoices@acme.example"
		"\\x0d\\x0a\\x0d\\x0a'\n"
		"message INBOX 5 'From: list@lists.example\\x0d\\x0aReply-To: jane@acme.example"
		"\\x0d\\x0a\\x0d\\x0a'\n"
		"message INBOX 6 'From: x@zed.example\\x0d\\x0a\\x0d\\x0a'\n"
		"position INBOX 10 complete\n");
	account_remember(&a);
	expect_run(&a, account_again(&a), "folder INBOX: 9 messages\n");

	/* an address that is not watched any more is told too: it may come back */
	a.plan.watched.count = 1;
	expect_run(&a, account_again(&a), "folder INBOX: 9 messages\nposition INBOX 10 complete\n");
	account_finish(&a);
}
END_TEST

START_TEST(sent_mail_is_found_by_its_use)
{
	struct account a;
	init(&a, "sent");
	deliver_text("sent", ".Sent Items", "A: sent\r\n\r\n");
	a.folders[0] = STR("\\Sent");
	a.folders[1] = STR("\\Archive");
	a.plan.folders.count = 2;
	expect_run(&a, account_run(&a),
		"folder Sent Items: 1 messages\nmessage Sent Items 1 'A: sent\\x0d\\x0a\\x0d\\x0a'\n"
		"position Sent Items 2 complete\n"
		"folder \\Archive: missing: the server has no such folder\n");
	account_finish(&a);
}
END_TEST

START_TEST(folders_come_by_name_and_glob_in_any_script)
{
	struct account a;
	init(&a, "many");
	deliver_text("many", ".Clients.Acme", "A: acme\r\n\r\n");
	deliver_text("many", ".Clients.Zed", "A: zed\r\n\r\n");
	deliver_text("many", ".Entw&APw-rfe &- mehr", "A: draft\r\n\r\n");
	deliver_text("many", ".Other", "A: other\r\n\r\n");
	a.folders[0] = STR("Entwürfe & mehr");
	a.folders[1] = STR("Clients/*");
	a.folders[2] = STR("Nowhere");
	a.plan.folders.count = 3;
	ck_assert_msg(account_run(&a) == 0, "%s", a.err.text);
	const char *given = buf_cstr(&a.given);
	ck_assert_ptr_nonnull(strstr(given, "message Entwürfe & mehr 1 'A: draft"));
	ck_assert_ptr_nonnull(strstr(given, "message Clients/Acme 1 'A: acme"));
	ck_assert_ptr_nonnull(strstr(given, "message Clients/Zed 1 'A: zed"));
	ck_assert_ptr_nonnull(strstr(given, "folder Nowhere: missing: "));
	ck_assert_ptr_null(strstr(given, "A: other"));
	account_finish(&a);
}
END_TEST

START_TEST(a_wrong_password_is_told)
{
	struct account a;
	init(&a, "nobody");
	ck_assert_int_eq(account_run(&a), -1);
	ck_assert_int_eq(a.err.kind, ERROR_LOGIN);
	ck_assert_msg(strstr(a.err.text,
			      "login as 'nobody' refused by 'localhost': "
			      "AUTHENTICATIONFAILED (check user and password)"),
		"%s", a.err.text);
	account_finish(&a);
}
END_TEST

START_TEST(starttls_works_as_well)
{
	struct account a;
	init(&a, "tls");
	a.plan.port = imap_port;
	a.plan.starttls = true;
	deliver_text("tls", "", "A: tls\r\n\r\n");
	expect_run(&a, account_run(&a), NULL);
	ck_assert_uint_eq(a.messages, 1);
	struct str capabilities = source_capabilities(a.source);
	size_t at;
	ck_assert(str_starts(capabilities, STR("IMAP4rev1 ")));
	ck_assert(str_find(capabilities, STR(" IDLE "), &at));
	account_finish(&a);
}
END_TEST

/* The names of all files of a Maildir folder, which hold the flags. */
static void list_names(const char *folder, struct buf *out)
{
	char **names;
	size_t count;
	ck_assert_int_eq(file_list(folder, "", &names, &count, NULL), 0);
	for (size_t i = 0; i < count; i++)
		buf_add_format(out, "%s\n", names[i]);
	file_list_free(names, count);
}

START_TEST(flags_stay_as_they_were)
{
	struct account a;
	struct buf before = {0}, after = {0};
	char cur[512];
	snprintf(cur, sizeof(cur), "%s", scratch_path("dovecot/mail/flags/cur"));
	init(&a, "flags");
	deliver_text("flags", "", "A: unread\r\n\r\n");
	deliver_text("flags", "", "A: read\r\n\r\n");
	scratch_run(
		"cd '%s/../new' && set -- * && mv \"$1\" \"../cur/$1:2,\" && mv \"$2\" \"../cur/$2:2,S\"",
		cur);
	list_names(cur, &before);
	expect_run(&a, account_run(&a), NULL);
	ck_assert_uint_eq(a.messages, 2);
	account_finish(&a);
	list_names(cur, &after);
	ck_assert_str_eq(buf_cstr(&after), buf_cstr(&before));
	buf_finish(&before);
	buf_finish(&after);
}
END_TEST

START_TEST(octets_are_those_of_the_server)
{
	struct account a;
	struct buf mail = {0};
	init(&a, "bytes");
	buf_add_cstr(&mail,
		"Subject: \xff\xfe\x01 {5}\r\n\r\n) OK\r\n7 OK done\r\n* BYE\r\n.\r\n\r\n \t\r\n");
	for (int c = 1; c < 256; c++)
		if (c != '\r' && c != '\n')
			buf_add_char(&mail, (char)c);
	buf_add_cstr(&mail, "\r\nno line end");
	deliver("bytes", "", buf_str(&mail), 0);
	ck_assert_int_eq(account_open(&a), 0);
	struct source_item item;
	int given;
	bool seen = false;
	while ((given = source_next(a.source, &item, &a.err)) > 0) {
		if (item.event != SOURCE_MESSAGE)
			continue;
		seen = true;
		ck_assert_uint_eq(item.raw.octets.len, mail.len);
		ck_assert_mem_eq(item.raw.octets.ptr, mail.ptr, mail.len);
		ck_assert_uint_eq(item.raw.size_bytes, mail.len);
	}
	ck_assert_int_eq(given, 0);
	ck_assert(seen);
	account_finish(&a);
	buf_finish(&mail);
}
END_TEST

START_TEST(idle_tells_of_news)
{
	struct account a;
	init(&a, "idle");
	expect_run(&a, account_run(&a), NULL);
	account_remember(&a);
	ck_assert_int_eq(source_wait(a.source, SECOND_US / 10, &a.err), 0);
	pid_t postman = fork();
	if (postman == 0) {
		usleep(200000);
		deliver_text("idle", "", "A: news\r\n\r\n");
		_exit(0);
	}
	ck_assert_msg(source_wait(a.source, 20 * SECOND_US, &a.err) == 1, "%s", a.err.text);
	waitpid(postman, NULL, 0);
	expect_run(&a, account_again(&a),
		"folder INBOX: 1 messages\nmessage INBOX 1 'A: news\\x0d\\x0a\\x0d\\x0a'\n"
		"position INBOX 2 complete\n");
	account_finish(&a);
}
END_TEST

START_TEST(a_stop_ends_the_wait)
{
	struct account a;
	int wake[2];
	init(&a, "idle");
	ck_assert_int_eq(pipe(wake), 0);
	a.plan.wake_fd = wake[0];
	expect_run(&a, account_run(&a), NULL);
	ck_assert_int_eq(write(wake[1], "", 1), 1);
	ck_assert_int_eq(source_wait(a.source, 60 * SECOND_US, &a.err), -1);
	ck_assert_str_eq(a.err.text, "stopped");
	account_finish(&a);
}
END_TEST

static int note_folder(void *context, struct str folder, uint32_t messages, struct error *err)
{
	(void)err;
	buf_add_format(context, "%.*s %u\n", STR_ARG(folder), messages);
	return 0;
}

static int note_from(void *context, struct str field, struct error *err)
{
	(void)err;
	buf_add_format(context, "%.*s\n", STR_ARG(str_trim(field)));
	return 0;
}

START_TEST(who_wrote_is_told_the_newest_first)
{
	struct account a;
	struct buf told = {0};
	init(&a, "writers");
	a.folders[1] = STR("\\Sent");
	a.folders[2] = STR("missing");
	a.plan.folders.count = 3;
	deliver("writers", "", STR("From: old@a.example\r\n\r\nFrom: no@b.example\r\n"),
		1000000000 * SECOND_US);
	deliver_text("writers", "", "Subject: x\r\nFrom: \"Doe, J\"\r\n <j@a.example>\r\n\r\nhi");
	deliver_text("writers", "", "Subject: nobody wrote it\r\n\r\nhi");
	deliver_text("writers", "", "FROM: k@a.example\r\n\r\nhi");
	deliver_text("writers", ".Sent Items", "From: me@a.example\r\n\r\nhi");
	struct source_senders ask = {
		.context = &told,
		.since = {2020, 1, 1},
		.deadline_us = INT64_MAX,
		.folder = note_folder,
		.from = note_from,
	};
	ck_assert_msg(account_open(&a) == 0, "%s", a.err.text);
	ck_assert_msg(source_senders(a.source, &ask, &a.err) == 0, "%s", a.err.text);
	ck_assert_str_eq(buf_cstr(&told),
		"INBOX 3\nFROM: k@a.example\n\nFrom: \"Doe, J\"\r\n <j@a.example>\n"
		"Sent Items 1\nFrom: me@a.example\n");
	buf_clear(&told);
	ask.deadline_us = 0;
	ck_assert_msg(source_senders(a.source, &ask, &a.err) == 0, "%s", a.err.text);
	ck_assert_str_eq(buf_cstr(&told), "INBOX 3\nSent Items 1\n");
	buf_finish(&told);
	account_finish(&a);
}
END_TEST

static bool dovecot_is_here(void)
{
	return system("PATH=$PATH:/usr/sbin; command -v dovecot > /dev/null") == 0;
}

Suite *dovecot_suite(void)
{
	Suite *suite = suite_create("dovecot");
	TCase *tests = tcase_create("rounds");
	suite_add_tcase(suite, tests);
	if (!dovecot_is_here()) {
		puts("skipped: rounds against Dovecot, which is not installed (Debian: dovecot-imapd)");
		return suite;
	}
	tcase_set_timeout(tests, 60);
	tcase_add_unchecked_fixture(tests, start_dovecot, stop_dovecot);
	tcase_add_test(tests, new_mail_comes_once);
	tcase_add_test(tests, of_many_messages_the_newest_come_first_then_the_rest_in_order);
	tcase_add_test(tests, a_large_mail_comes_in_pieces_and_one_too_large_as_its_header);
	tcase_add_test(tests, a_mail_of_exactly_some_pieces_ends);
	tcase_add_test(tests, a_first_sync_goes_back_as_far_as_since);
	tcase_add_test(tests, a_new_uidvalidity_means_all_messages_again);
	tcase_add_test(tests, an_address_watched_from_now_on_is_looked_for_in_old_mail);
	tcase_add_test(tests, sent_mail_is_found_by_its_use);
	tcase_add_test(tests, folders_come_by_name_and_glob_in_any_script);
	tcase_add_test(tests, a_wrong_password_is_told);
	tcase_add_test(tests, starttls_works_as_well);
	tcase_add_test(tests, flags_stay_as_they_were);
	tcase_add_test(tests, octets_are_those_of_the_server);
	tcase_add_test(tests, who_wrote_is_told_the_newest_first);
	tcase_add_test(tests, idle_tells_of_news);
	tcase_add_test(tests, a_stop_ends_the_wait);
	return suite;
}
