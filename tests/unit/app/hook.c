/* The command of on_finding hears of each new finding once, and of nothing else. */
#include "hook.h"
#include "app_test.h"
#include "base/file.h"
#include "config/config.h"
#include "model/record.h"
#include "spawner.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

#define NOW_US (INT64_C(1767643200) * SECOND_US)
#define FINDINGS_MOST 100

/* A stored message of a client's with findings of these rules. */
struct told {
	struct finding findings[FINDINGS_MOST];
	struct reading reading;
	struct raw raw;
	struct entry entry;
	uint64_t seq;
};

static void init_told(struct told *t)
{
	memset(t, 0, sizeof(*t));
	t->seq = 42;
	t->reading.clocks.used = CLOCK_INTERNAL;
	t->reading.clocks.at_us[CLOCK_INTERNAL] = NOW_US - HOUR_US;
	t->reading.judgement.author = STR("acme");
	t->reading.judgement.has_mine = true;
	t->reading.judgement.mine.period = PERIOD_NIGHT;
	t->reading.judgement.findings = t->findings;
	t->entry = (struct entry){.raw = &t->raw, .reading = &t->reading};
}

static struct finding *add_finding(struct told *t, const char *rule, enum sign sign, int severity)
{
	struct finding *f = &t->findings[t->reading.judgement.finding_count++];
	*f = (struct finding){
		.rule = str_from(rule),
		.sign = sign,
		.severity = severity,
		.text = STR("words of jane@acme.example"),
		.why = STR("her reasons"),
	};
	return f;
}

/* Who starts it has the configuration that the test tells of. */
static struct config config;
static const struct rulebook book = {.config = &config};
static struct spawner spawner = {.book = &book, .fd = -1};

static void tell(struct hook *h, const struct strs *command, struct told *t)
{
	config.on_finding = *command;
	const struct batch batch = {.entries = &t->entry, .entry_count = 1, .seqs = &t->seq};
	hook_tell(h, command, &batch, NOW_US);
}

/* sh -c SCRIPT, which finds the test's folder in $0 */
static struct strs shell(const char *script, struct str words[4])
{
	words[0] = STR("/bin/sh");
	words[1] = STR("-c");
	words[2] = str_from(script);
	words[3] = str_from(folder);
	return (struct strs){words, 4};
}

static void wait_until_done(struct hook *h)
{
	const struct timespec pause = {.tv_nsec = 10000000};
	for (int i = 0; i < 1000 && h->pending; i++) {
		hook_turn(h);
		nanosleep(&pause, NULL);
	}
}

static void check_file(const char *name, const char *want)
{
	struct buf text = {0};
	char *path = file_join(folder, name);
	file_read(path, 100000, &text, NULL);
	ck_assert_str_eq(buf_cstr(&text), want);
	buf_finish(&text);
	free(path);
}

START_TEST(a_finding_is_told_with_its_facts_and_no_words_of_the_mail)
{
	struct str words[4];
	struct strs command = shell("cat >> \"$0\"/heard", words);
	struct hook h = {.spawner = &spawner};
	static struct told t;
	init_told(&t);
	add_finding(&t, "urgency/now", SIGN_URGENCY, 3);
	add_finding(&t, "urgency/now", SIGN_URGENCY, 3); /* twice in one message */
	add_finding(&t, "insult/mild", SIGN_INSULT, 2);
	add_finding(&t, "threat/new", SIGN_THREAT, 4)->status = RULE_SHADOW;
	add_finding(&t, "urgency/tonight", SIGN_URGENCY, 3)->consent = STR("launch week");
	tell(&h, &command, &t);
	hook_finish(&h, true);
	check_file("heard",
		"{\"schema\":1,\"client\":\"acme\",\"rule\":\"urgency/now\",\"sign\":\"urgency\","
		"\"severity\":3,\"evidence\":\"E-000042\",\"period\":\"night\"}\n"
		"{\"schema\":1,\"client\":\"acme\",\"rule\":\"insult/mild\",\"sign\":\"insult\","
		"\"severity\":2,\"evidence\":\"E-000042\",\"period\":\"night\"}\n");
	ck_assert(!h.failure_told);
}
END_TEST

START_TEST(what_is_no_news_is_not_told)
{
	struct str words[4];
	struct strs command = shell("cat >> \"$0\"/heard", words), none = {0};
	struct hook h = {.spawner = &spawner};
	static struct told t;
	init_told(&t);
	add_finding(&t, "urgency/now", SIGN_URGENCY, 3);
	t.reading.clocks.at_us[CLOCK_INTERNAL] = NOW_US - 3 * DAY_US - 1;
	tell(&h, &command, &t); /* old */
	t.reading.clocks.at_us[CLOCK_INTERNAL] = NOW_US;
	t.seq = 0;
	tell(&h, &command, &t); /* stored already */
	t.seq = 42;
	t.reading.judgement.author = (struct str){0};
	tell(&h, &command, &t); /* my own words */
	t.reading.judgement.author = STR("acme");
	tell(&h, &none, &t); /* nobody wants to hear */
	ck_assert_int_eq(h.process.pid, 0);
	hook_finish(&h, true);
	check_file("heard", "");
}
END_TEST

static const struct {
	const char *name;
	const char *script;
} failing[] = {
	{"a command that fails", "exit 3"},
	{"a command that is killed", "kill -9 $$"},
	{"a command that does not end", "sleep 100"},
};

START_TEST(a_command_that_fails_is_noticed_and_the_next_one_runs)
{
	struct str words[4];
	char script[200];
	snprintf(script, sizeof(script), "grep -q urgency && { %s; }; echo ran >> \"$0\"/heard",
		failing[_i].script);
	struct strs command = shell(script, words);
	struct hook h = {.spawner = &spawner};
	spawner.hook_limit_us = SECOND_US;
	static struct told t;
	init_told(&t);
	add_finding(&t, "urgency/now", SIGN_URGENCY, 3);
	tell(&h, &command, &t);
	/* what is handed over last works again, so the failure has to be seen before */
	wait_until_done(&h);
	ck_assert_msg(h.failure_told, "%s", failing[_i].name);
	t.reading.judgement.finding_count = 0;
	add_finding(&t, "insult/mild", SIGN_INSULT, 2);
	tell(&h, &command, &t);
	hook_finish(&h, true);
	ck_assert(!h.failure_told);
	check_file("heard", "ran\n");
}
END_TEST

START_TEST(a_command_that_is_not_there_is_noticed)
{
	struct str words[] = {STR("/nonexistent/command")};
	struct strs command = {words, 1};
	struct hook h = {.spawner = &spawner};
	static struct told t;
	init_told(&t);
	add_finding(&t, "urgency/now", SIGN_URGENCY, 3);
	tell(&h, &command, &t);
	hook_finish(&h, true);
	ck_assert(h.failure_told);
}
END_TEST

START_TEST(the_command_has_none_of_our_descriptors_and_plain_signals)
{
	struct str words[4];
	/* the shell keeps some of its own from 10 on */
	struct strs command = shell("for fd in 0 1 2 3 4 5 6 7 8 9; do"
				    "  [ ! -e /proc/$$/fd/$fd ] || echo $fd >> \"$0\"/heard;"
				    "done; kill -PIPE $$",
		words);
	struct hook h = {.spawner = &spawner};
	static struct told t;
	init_told(&t);
	add_finding(&t, "urgency/now", SIGN_URGENCY, 3);
	tell(&h, &command, &t);
	hook_finish(&h, true);
	check_file("heard", "0\n1\n2\n");
	/* SIGPIPE is not ignored by it as it is by us */
	ck_assert(h.failure_told);
}
END_TEST

START_TEST(another_command_takes_the_place_of_the_first_one)
{
	struct str words[4], others[4];
	struct strs first = shell("echo first >> \"$0\"/heard", words);
	struct strs second = shell("echo second >> \"$0\"/heard", others);
	struct hook h = {.spawner = &spawner};
	static struct told t;
	init_told(&t);
	add_finding(&t, "urgency/now", SIGN_URGENCY, 3);
	tell(&h, &first, &t);
	wait_until_done(&h);
	pid_t before = h.process.pid;
	tell(&h, &first, &t);
	ck_assert_int_eq(h.process.pid, before);
	wait_until_done(&h);
	tell(&h, &second, &t);
	hook_finish(&h, true);
	check_file("heard", "first\nfirst\nsecond\n");
}
END_TEST

START_TEST(more_than_anybody_reads_is_not_told)
{
	struct str words[4];
	struct strs command = shell("echo >> \"$0\"/heard", words);
	struct hook h = {.spawner = &spawner};
	static struct told t;
	static char names[FINDINGS_MOST][32];
	init_told(&t);
	for (int i = 0; i < FINDINGS_MOST; i++) {
		snprintf(names[i], sizeof(names[i]), "urgency/%d", i);
		add_finding(&t, names[i], SIGN_URGENCY, 1);
	}
	tell(&h, &command, &t);
	ck_assert_uint_eq(h.pending, 50);
	ck_assert(h.loss_told);
	hook_finish(&h, true);
	char lines[51];
	memset(lines, '\n', 50);
	lines[50] = '\0';
	check_file("heard", lines);
}
END_TEST

Suite *hook_suite(void)
{
	Suite *suite = suite_create("app: hook");
	TCase *tests = tcase_create("hook");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, make_folder, drop_folder);
	tcase_add_test(tests, a_finding_is_told_with_its_facts_and_no_words_of_the_mail);
	tcase_add_test(tests, what_is_no_news_is_not_told);
	tcase_add_loop_test(tests, a_command_that_fails_is_noticed_and_the_next_one_runs, 0,
		(int)(sizeof(failing) / sizeof(failing[0])));
	tcase_add_test(tests, a_command_that_is_not_there_is_noticed);
	tcase_add_test(tests, the_command_has_none_of_our_descriptors_and_plain_signals);
	tcase_add_test(tests, another_command_takes_the_place_of_the_first_one);
	tcase_add_test(tests, more_than_anybody_reads_is_not_told);
	suite_add_tcase(suite, tests);
	return suite;
}
