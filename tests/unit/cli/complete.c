/* What is wanted where the cursor is, and which argument a usage line means. */
#include "complete.h"
#include "suites.h"
#include <string.h>

#define WORDS_MOST 8

/* line: words separated by blanks, the last (perhaps empty) under the cursor. */
static const struct {
	const char *line;
	enum spot_kind kind;
	const char *wanted;
	const char *lead;
	const char *word;
} lines[] = {
	{"", SPOT_COMMAND, "", "", ""},
	{"se", SPOT_COMMAND, "", "", "se"},
	{"--", SPOT_OPTION, "", "", "--"},
	{"--json se", SPOT_COMMAND, "", "", "se"},
	{"--config ", SPOT_VALUE, "FILE", "", ""},
	{"--config=/etc/o", SPOT_VALUE, "FILE", "--config=", "/etc/o"},
	{"--config x ri", SPOT_COMMAND, "", "", "ri"},
	{"--color ", SPOT_VALUE, "auto|always|never", "", ""},
	{"risk ", SPOT_VALUE, "CLIENT", "", ""},
	{"risk ac", SPOT_VALUE, "CLIENT", "", "ac"},
	{"risk acme ", SPOT_NOTHING, "", "", ""},
	{"risk --at now ac", SPOT_VALUE, "CLIENT", "", "ac"},
	{"risk --at=now ac", SPOT_VALUE, "CLIENT", "", "ac"},
	{"risk --at ", SPOT_VALUE, "TIME", "", ""},
	{"risk --a", SPOT_OPTION, "", "", "--a"},
	{"risk -", SPOT_OPTION, "", "", "-"},
	{"risk --json=", SPOT_NOTHING, "", "", ""},
	{"risk --unknown ac", SPOT_VALUE, "CLIENT", "", "ac"},
	{"report --client ", SPOT_VALUE, "C", "", ""},
	{"report --client=ac", SPOT_VALUE, "C", "--client=", "ac"},
	{"mark ", SPOT_VALUE, "ID", "", ""},
	{"mark E-1 --rule ", SPOT_VALUE, "R", "", ""},
	{"mark E-1 --agreement ", SPOT_VALUE, "KIND", "", ""},
	{"try --from ", SPOT_VALUE, "client|me", "", ""},
	{"try --rule u", SPOT_VALUE, "R", "", "u"},
	{"backtest --rules ", SPOT_VALUE, "FILE|DIR", "", ""},
	{"backtest --rule u", SPOT_VALUE, "GLOB", "", "u"},
	{"backtest cl", SPOT_VALUE, "QUERY", "", "cl"},
	{"rules ", SPOT_VALUE, "list|show|new", "", ""},
	{"rules show u", SPOT_VALUE, "R", "", "u"},
	{"rules list --sign t", SPOT_VALUE, "SIGN", "", "t"},
	{"search client:ac", SPOT_VALUE, "QUERY", "", "client:ac"},
	{"search client:acme si", SPOT_VALUE, "QUERY", "", "si"},
	{"search -- --x", SPOT_VALUE, "QUERY", "", "--x"},
	{"frobnicate ", SPOT_NOTHING, "", "", ""},
	{"status ", SPOT_NOTHING, "", "", ""},
};

static void check_str(struct str got, const char *want)
{
	ck_assert_msg(str_eq(got, str_from(want)) || (!got.len && !*want), "'%.*s', not '%s'",
		STR_ARG(got), want);
}

/* copy lends the words. */
static struct spot spot_of(const char *line, char copy[128])
{
	char *words[WORDS_MOST], *rest = strcpy(copy, line);
	size_t count = 0;
	struct spot spot;
	for (char *word; (word = strsep(&rest, " "));)
		words[count++] = word;
	complete_spot(words, count, &spot);
	return spot;
}

START_TEST(what_is_wanted_at_the_cursor_is_known)
{
	char copy[128];
	struct spot spot = spot_of(lines[_i].line, copy);
	ck_assert_msg(spot.kind == lines[_i].kind, "%s: %d", lines[_i].line, (int)spot.kind);
	check_str(spot.wanted, lines[_i].wanted);
	if (spot.kind != SPOT_NOTHING) {
		check_str(spot.lead, lines[_i].lead);
		check_str(spot.word, lines[_i].word);
	}
}
END_TEST

START_TEST(the_configuration_that_is_typed_is_the_one_to_be_asked)
{
	char copy[128];
	struct spot spot;
	ck_assert_str_eq(spot_of("--config /tmp/a.conf risk ", copy).config, "/tmp/a.conf");
	ck_assert_str_eq(spot_of("--config=/tmp/b.conf risk ", copy).config, "/tmp/b.conf");
	ck_assert_ptr_null(spot_of("risk ", copy).config);
	complete_spot(NULL, 0, &spot);
	ck_assert_int_eq(spot.kind, SPOT_NOTHING);
}
END_TEST

START_TEST(arguments_are_told_from_options_in_a_usage_line)
{
	static const struct {
		const char *usage;
		size_t n;
		const char *want;
	} rows[] = {
		{"", 0, ""},
		{"CLIENT [--at TIME]", 0, "CLIENT"},
		{"CLIENT [--at TIME]", 1, ""},
		{"[--client C] [--from client|me] [--lang L] [FILE|-|TEXT]", 0, "FILE|-|TEXT"},
		{"[ACCOUNT] [--wait]", 0, "ACCOUNT"},
		{"[--wait] [ACCOUNT]", 0, "ACCOUNT"},
		{"[FILE.rules ...]", 0, "FILE.rules"},
		{"[FILE.rules ...]", 3, "FILE.rules"},
		{"QUERY", 0, "QUERY"},
		{"QUERY", 2, "QUERY"},
		{"QUERY|--client C --out DIR [--with-findings]", 0, "QUERY"},
		{"QUERY|--client C --out DIR [--with-findings]", 1, "QUERY"},
		{"ID [--rule R] --wrong|--agreed|--agreement KIND|--note TEXT", 0, "ID"},
		{"ID [--rule R] --wrong|--agreed|--agreement KIND|--note TEXT", 1, ""},
		{"[--keep DIR|--mailbox DIR]", 0, ""},
		{"[--at TIME|--now]", 0, ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_str(complete_argument(rows[i].usage, rows[i].n), rows[i].want);
}
END_TEST

START_TEST(a_candidate_fits_what_is_typed_and_is_one_word)
{
	struct buf out = {0};
	struct candidates c = {.out = &out, .lead = STR("--client="), .word = STR("a")};
	candidates_add(&c, STR("acme"), STR("Acme\tGmbH"));
	candidates_add(&c, STR("beta"), STR("Beta"));
	candidates_add(&c, STR("a b"), STR("two words"));
	/* what comes out of a mail cannot steer the terminal */
	candidates_add(&c, STR("ab"), STR("\033[2J"));
	ck_assert(!memchr(out.ptr, '\033', out.len));
	ck_assert(str_starts(buf_str(&out), STR("--client=acme\t")));
	size_t at;
	ck_assert(!str_find(buf_str(&out), STR("beta"), &at));
	ck_assert(!str_find(buf_str(&out), STR("two words"), &at));
	buf_finish(&out);
}
END_TEST

/* A command whose usage line and options do not agree would be completed wrongly. */
START_TEST(every_command_that_takes_arguments_names_them)
{
	for (size_t i = 0; i < command_count; i++) {
		const struct command *c = commands[i];
		struct str first = complete_argument(c->usage, 0);
		ck_assert_msg((c->most > 0) == (first.len > 0), "%s: '%s'", c->name, c->usage);
	}
}
END_TEST

Suite *complete_suite(void)
{
	Suite *suite = suite_create("cli: complete");
	TCase *tests = tcase_create("complete");
	tcase_add_loop_test(tests, what_is_wanted_at_the_cursor_is_known, 0,
		(int)(sizeof(lines) / sizeof(lines[0])));
	tcase_add_test(tests, the_configuration_that_is_typed_is_the_one_to_be_asked);
	tcase_add_test(tests, arguments_are_told_from_options_in_a_usage_line);
	tcase_add_test(tests, a_candidate_fits_what_is_typed_and_is_one_word);
	tcase_add_test(tests, every_command_that_takes_arguments_names_them);
	suite_add_tcase(suite, tests);
	return suite;
}
