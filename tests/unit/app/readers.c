/* Readers answer in the order of asking, and a message that kills them is not lost. */
#include "app/readers.h"
#include "app_test.h"
#include "base/limits.h"
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct rulebook *book;
static struct readers *readers;

static void make(void)
{
	struct error err = {0};
	make_folder();
	book = make_book(plain_config);
	ck_assert_int_eq(readers_new(book, 2, &readers, &err), 0);
}

static void drop(void)
{
	readers_free(readers);
	rulebook_free(book);
	drop_folder();
}

/* Asks for a judgement of each mail. */
static void ask(const struct buf *mails, size_t count, struct question *questions)
{
	static const struct known unknown;
	static struct raw raws[64];
	struct error err = {0};
	for (size_t i = 0; i < count; i++) {
		raws[i] = raw_of(&mails[i], "studio", (uint32_t)i + 1);
		questions[i] = (struct question){
			.raw = &raws[i], .known = &unknown, .depth = READ_JUDGEMENT};
		reading_init(&questions[i].answer);
	}
	ck_assert_msg(readers_ask(readers, questions, count, &err) == 0, "%s", err.text);
	ck_assert_uint_eq(readers_pending(readers), 0);
}

START_TEST(each_message_gets_its_own_answer)
{
	struct buf mails[40];
	struct question questions[40];
	for (size_t i = 0; i < 40; i++) {
		char words[64];
		/* long ones between short ones: two readers overtake each other */
		snprintf(words, sizeof(words), "Number %zu, right now.", i);
		mails[i] = mail_from(i % 3 ? "Jane <jane@acme.example>" : "x@other.example", words);
		for (size_t k = 0; i % 5 == 0 && k < 20000; k++)
			buf_add_cstr(&mails[i], "More words.\r\n");
	}
	ask(mails, 40, questions);
	for (size_t i = 0; i < 40; i++) {
		const struct reading *r = &questions[i].answer;
		char words[64];
		size_t at;
		snprintf(words, sizeof(words), "Number %zu, right now.", i);
		ck_assert_int_eq(r->concerns, i % 3 != 0);
		if (r->concerns) {
			ck_assert(str_find(r->facts.text.bytes, str_from(words), &at));
			ck_assert(str_eq(r->clients[0], STR("acme")));
			ck_assert_uint_ge(r->judgement.finding_count, 1);
		}
		reading_finish(&questions[i].answer);
		buf_finish(&mails[i]);
	}
}
END_TEST

/* The judgement that a reader makes of the facts that another has read. */
static void judge_again(const struct reading *r, struct buf *out)
{
	struct buf facts = {0};
	struct error err = {0};
	facts_write(&r->facts, &facts);
	const struct raw raw = {.octets = buf_str(&facts), .size_bytes = facts.len};
	const struct known known = {
		.stored = true,
		.direction = r->direction,
		.clients = r->clients,
		.client_count = r->client_count,
		.author = r->judgement.author,
		.clocks = &r->clocks,
	};
	struct question q = {.raw = &raw, .known = &known, .depth = READ_AGAIN};
	reading_init(&q.answer);
	ck_assert_msg(readers_ask(readers, &q, 1, &err) == 0, "%s", err.text);
	ck_assert_uint_eq(q.answer.facts.text.bytes.len, 0); /* they are known */
	judgement_write_json(&q.answer.judgement, out);
	reading_finish(&q.answer);
	buf_finish(&facts);
}

START_TEST(from_its_facts_a_message_is_judged_as_from_its_octets)
{
	static const char *const senders[] = {"Jane <jane@acme.example>", "anna@studio.example",
		"x@other.example, ada@x.example"};
	for (size_t i = 0; i < 3; i++) {
		struct buf mail = mail_from(senders[i], "Send it right now.\r\n> right now\r\n");
		struct buf once = {0}, again = {0};
		struct question question;
		buf_add_cstr(&mail, "--\r\nJane, right now\r\n");
		ask(&mail, 1, &question);
		if (question.answer.concerns) {
			judgement_write_json(&question.answer.judgement, &once);
			judge_again(&question.answer, &again);
			ck_assert_str_eq(buf_cstr(&again), buf_cstr(&once));
		}
		ck_assert(i > 0 || question.answer.judgement.finding_count > 0);
		reading_finish(&question.answer);
		buf_finish(&mail);
		buf_finish(&once);
		buf_finish(&again);
	}
}
END_TEST

/* Rules at an address that nobody may touch: whoever judges a message dies. Strangers' mail is not
   judged. */
static void make_rules_deadly(struct ruleset **kept)
{
	void *nowhere = mmap(NULL, 65536, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(nowhere, MAP_FAILED);
	*kept = book->rules;
	book->rules = nowhere;
}

START_TEST(a_message_that_kills_two_readers_is_kept_unexamined)
{
	struct ruleset *rules;
	struct question questions[5];
	make_rules_deadly(&rules);
	struct buf mails[5] = {
		mail_from("Jane <jane@acme.example>", "deadly"),
		mail_from("x@other.example", "harmless"),
		mail_from("BO@beta.example", "deadly too"),
		mail_from("x@other.example", "harmless"),
		mail_from("x@other.example", "harmless"),
	};
	ask(mails, 5, questions);
	static const char *const want[] = {"acme", NULL, "beta", NULL, NULL};
	for (size_t i = 0; i < 5; i++) {
		const struct reading *r = &questions[i].answer;
		ck_assert_int_eq(r->concerns, want[i] != NULL);
		if (want[i]) {
			ck_assert_int_eq(r->facts.examined, EXAMINED_READER_DIED);
			ck_assert_int_eq(r->judgement.examined, EXAMINED_READER_DIED);
			ck_assert_uint_eq(r->client_count, 1);
			ck_assert(str_eq(r->clients[0], str_from(want[i])));
			ck_assert(r->clocks.used == CLOCK_INTERNAL && r->clocks.has[CLOCK_SEEN]);
		} else {
			ck_assert_int_eq(r->facts.examined, EXAMINED_YES);
		}
		reading_finish(&questions[i].answer);
		buf_finish(&mails[i]);
	}
	book->rules = rules;
}
END_TEST

START_TEST(a_stored_message_that_kills_readers_keeps_its_people)
{
	struct ruleset *rules;
	const struct str clients[] = {STR("beta"), STR("acme")};
	const struct known known = {
		.stored = true, .direction = DIRECTION_OUT, .clients = clients, .client_count = 2};
	struct error err = {0};
	make_rules_deadly(&rules);
	struct buf mail = mail_from("x@other.example", "deadly");
	const struct raw raw = raw_of(&mail, "studio", 1);
	struct question q = {.raw = &raw, .known = &known, .depth = READ_JUDGEMENT};
	reading_init(&q.answer);
	ck_assert_int_eq(readers_ask(readers, &q, 1, &err), 0);
	ck_assert_int_eq(q.answer.facts.examined, EXAMINED_READER_DIED);
	ck_assert_int_eq(q.answer.direction, DIRECTION_OUT);
	ck_assert_uint_eq(q.answer.client_count, 2);
	ck_assert(str_eq(q.answer.clients[0], STR("beta")));
	reading_finish(&q.answer);
	buf_finish(&mail);
	book->rules = rules;
}
END_TEST

/* The numbers of our children that are readers. */
static size_t find_readers(pid_t *out, size_t room)
{
	size_t count = 0;
	char path[64], name[64];
	int pid, parent;
	for (pid_t candidate = getpid() + 1; candidate < getpid() + 5000 && count < room;
		candidate++) {
		snprintf(path, sizeof(path), "/proc/%d/stat", (int)candidate);
		FILE *stat = fopen(path, "r");
		if (!stat)
			continue;
		if (fscanf(stat, "%d (%63[^)]) %*c %d", &pid, name, &parent) == 3 &&
			parent == getpid() && !strcmp(name, "overstep-reader"))
			out[count++] = candidate;
		fclose(stat);
	}
	return count;
}

START_TEST(readers_that_were_killed_are_started_again)
{
	struct buf mail = mail_from("Jane <jane@acme.example>", "Right now.");
	struct question q;
	for (int round = 0; round < 3; round++) {
		pid_t pids[4];
		ask(&mail, 1, &q);
		ck_assert_int_eq(q.answer.judgement.examined, EXAMINED_YES);
		ck_assert(q.answer.concerns);
		reading_finish(&q.answer);
		size_t count = find_readers(pids, 4);
		ck_assert_uint_ge(count, 1);
		for (size_t i = 0; i < count; i++)
			kill(pids[i], SIGKILL);
	}
	buf_finish(&mail);
}
END_TEST

START_TEST(of_a_very_large_mail_the_start_is_examined_and_the_rest_said)
{
	struct buf mail = mail_from("Jane <jane@acme.example>", "Right now.");
	struct question q;
	while (mail.len < LIMIT_PARSE + MIB)
		buf_add_cstr(&mail, "A line that makes it larger than what is parsed.\r\n");
	ask(&mail, 1, &q);
	ck_assert(q.answer.concerns);
	ck_assert_int_ne(q.answer.judgement.examined, EXAMINED_YES);
	reading_finish(&q.answer);
	buf_finish(&mail);
}
END_TEST

Suite *readers_suite(void)
{
	Suite *suite = suite_create("app: readers");
	TCase *tests = tcase_create("readers");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, each_message_gets_its_own_answer);
	tcase_add_test(tests, from_its_facts_a_message_is_judged_as_from_its_octets);
	tcase_add_test(tests, a_message_that_kills_two_readers_is_kept_unexamined);
	tcase_add_test(tests, a_stored_message_that_kills_readers_keeps_its_people);
	tcase_add_test(tests, readers_that_were_killed_are_started_again);
	tcase_add_test(tests, of_a_very_large_mail_the_start_is_examined_and_the_rest_said);
	suite_add_tcase(suite, tests);
	return suite;
}
