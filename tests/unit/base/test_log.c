/* Events as lines on stderr and as entries of a journal; what must never stand in either. */
#include "base/log.h"
#include "expect.h"
#include "journal.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const struct log_kind synced = {
	LOG_LEVEL_INFO, "synced", "0123456789abcdef0123456789abcdef"};
static const struct log_kind hidden = {
	LOG_LEVEL_DEBUG, "hidden", "1123456789abcdef0123456789abcdef"};
static const struct log_kind bad = {LOG_LEVEL_ERROR, "bad", "2123456789abcdef0123456789abcdef"};

/* Runs with stderr in a pipe; each test is a process of its own. */
static int ends[2];

static void catch_stderr(void)
{
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	close(ends[1]);
}

static struct str caught(char *room, size_t size)
{
	close(STDERR_FILENO);
	size_t len = 0;
	for (ssize_t got; (got = read(ends[0], room + len, size - len)) > 0;)
		len += (size_t)got;
	return (struct str){room, len};
}

START_TEST(an_event_is_one_line_of_named_fields)
{
	char room[8192];
	log_setup(LOG_LEVEL_INFO, NULL);
	log_event(&synced,
		LOG_FIELDS(log_cstr("account", "stu\ndio\x1b"), log_number("stored", UINT64_MAX),
			log_cstr("reason", "no answer"), log_text("none", (struct str){0})));
	log_event(&hidden, NULL);
	log_setup(LOG_LEVEL_DEBUG, NULL);
	log_event(&hidden, NULL);
	expect_str(caught(room, sizeof(room)),
		STR("synced account=stu?dio? stored=18446744073709551615 reason=\"no answer\" none=\"\"\n"
		    "hidden\n"));
}
END_TEST

START_TEST(what_looks_like_an_address_is_not_shown)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
		{"login as 'anna@studio.example' refused", "login as '(address)' refused"},
		{"anna@studio.example", "(address)"},
		{"to <anna@studio.example>, bo@x.example", "to <(address)>, (address)"},
		{"\"Anna\"@studio.example", "\"Anna\"(address)"},
		{"ärger@straße.example\n@", "(address)?(address)"},
		{"no answer in time", "no answer in time"},
	};
	log_setup(LOG_LEVEL_INFO, NULL);
	struct buf want = {0};
	char room[8192];
	for (size_t i = 0; i < COUNT(rows); i++) {
		log_event(&bad, LOG_FIELDS(log_cstr("why", rows[i].in)));
		const char *quote = strchr(rows[i].want, ' ') ? "\"" : "";
		buf_add_format(&want, "bad why=%s%s%s\n", quote, rows[i].want, quote);
	}
	expect_str(caught(room, sizeof(room)), buf_str(&want));
	buf_finish(&want);
}
END_TEST

START_TEST(a_value_that_is_too_long_is_cut_and_the_line_still_ends)
{
	char room[8192], field[5000];
	memset(field, 'f', sizeof(field));
	field[sizeof(field) - 1] = '\0';
	log_setup(LOG_LEVEL_INFO, NULL);
	log_event(&synced,
		LOG_FIELDS(
			log_cstr("one", field), log_cstr("two", field), log_cstr("three", field)));
	log_event(&bad, NULL);
	struct str got = caught(room, sizeof(room));
	ck_assert(str_starts(got, STR("synced one=fff")) && str_ends(got, STR("fff\nbad\n")));
	ck_assert_uint_lt(got.len, 2060);
}
END_TEST

START_TEST(a_character_is_never_cut_in_two)
{
	char room[8192], field[4002] = "x";
	for (size_t i = 1; i + 2 < sizeof(field); i += 2)
		memcpy(field + i, "\xc3\xb6", 2);
	log_setup(LOG_LEVEL_INFO, NULL);
	log_event(
		&bad, LOG_FIELDS(log_cstr("a", field), log_cstr("b", field), log_cstr("c", field)));
	struct str got = caught(room, sizeof(room));
	for (size_t i = 0; i + 1 < got.len; i++)
		if (got.ptr[i] == '\xc3')
			ck_assert_int_eq(got.ptr[i + 1], '\xb6');
}
END_TEST

/* A journal of our own: its socket, and the folder it is in. */
static int journal;
static char folder[] = "/tmp/overstep-log-XXXXXX", path[64];

static void make_journal(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/socket", folder);
	strcpy(address.sun_path, path);
	journal = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	ck_assert_int_eq(bind(journal, (struct sockaddr *)&address, sizeof(address)), 0);
	catch_stderr();
}

static void drop_journal(void)
{
	unlink(path);
	rmdir(folder);
}

START_TEST(the_journal_gets_fields_of_its_own)
{
	char room[8192], none[64];
	log_setup(LOG_LEVEL_INFO, path);
	log_event(&bad,
		LOG_FIELDS(log_cstr("account", "studio"), log_number("retry_s", 60),
			log_cstr("reason", "as a@b.example\nPRIORITY=0")));
	ssize_t len = recv(journal, room, sizeof(room), 0);
	ck_assert_int_gt(len, 0);
	expect_str(((struct str){room, (size_t)len}),
		STR("PRIORITY=3\nSYSLOG_IDENTIFIER=overstepd\n"
		    "MESSAGE_ID=2123456789abcdef0123456789abcdef\n"
		    "OVERSTEP_ACCOUNT=studio\nOVERSTEP_RETRY_S=60\n"
		    "OVERSTEP_REASON=as (address)?PRIORITY=0\n"
		    "MESSAGE=bad account=studio retry_s=60 reason=\"as (address)?PRIORITY=0\"\n"));
	ck_assert_uint_eq(caught(none, sizeof(none)).len, 0);
}
END_TEST

START_TEST(an_event_with_too_many_fields_still_reaches_the_journal)
{
	char room[20000], field[1000];
	struct log_field fields[21] = {0};
	memset(field, 'f', sizeof(field));
	for (size_t i = 0; i < 20; i++)
		fields[i] = log_text("rule", (struct str){field, sizeof(field)});
	log_setup(LOG_LEVEL_INFO, path);
	log_event(&synced, fields);
	ssize_t len = recv(journal, room, sizeof(room), 0);
	struct str got = {room, (size_t)len};
	size_t at;
	ck_assert_int_gt(len, 0);
	ck_assert(str_find(got, STR("\nMESSAGE=synced rule=fff"), &at) && str_ends(got, STR("\n")));
}
END_TEST

START_TEST(without_its_journal_a_line_says_how_grave_it_is)
{
	char room[8192];
	unlink(path);
	log_setup(LOG_LEVEL_DEBUG, path);
	log_event(&bad, LOG_FIELDS(log_cstr("why", "x")));
	log_event(&hidden, NULL);
	expect_str(caught(room, sizeof(room)), STR("<3>bad why=x\n<7>hidden\n"));
}
END_TEST

START_TEST(the_journal_is_used_only_when_stderr_leads_there)
{
	struct stat status;
	char stream[64];
	ck_assert_int_eq(fstat(STDERR_FILENO, &status), 0);
	snprintf(stream, sizeof(stream), "%llu:%llu", (unsigned long long)status.st_dev,
		(unsigned long long)status.st_ino);
	ck_assert_str_eq(log_journal(stream), JOURNAL_SOCKET);
	ck_assert_ptr_null(log_journal(NULL));
	ck_assert_ptr_null(log_journal(""));
	ck_assert_ptr_null(log_journal("8:1"));
	strcat(stream, "0");
	ck_assert_ptr_null(log_journal(stream));
}
END_TEST

Suite *log_suite(void)
{
	Suite *suite = suite_create("log");
	TCase *lines = tcase_create("lines"), *entries = tcase_create("journal");
	tcase_add_checked_fixture(lines, catch_stderr, NULL);
	tcase_add_test(lines, an_event_is_one_line_of_named_fields);
	tcase_add_test(lines, what_looks_like_an_address_is_not_shown);
	tcase_add_test(lines, a_value_that_is_too_long_is_cut_and_the_line_still_ends);
	tcase_add_test(lines, a_character_is_never_cut_in_two);
	tcase_add_checked_fixture(entries, make_journal, drop_journal);
	tcase_add_test(entries, the_journal_gets_fields_of_its_own);
	tcase_add_test(entries, an_event_with_too_many_fields_still_reaches_the_journal);
	tcase_add_test(entries, without_its_journal_a_line_says_how_grave_it_is);
	tcase_add_test(entries, the_journal_is_used_only_when_stderr_leads_there);
	suite_add_tcase(suite, lines);
	suite_add_tcase(suite, entries);
	return suite;
}
