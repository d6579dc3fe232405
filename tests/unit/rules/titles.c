/* Titles in the languages of the pages: read without their rules, found by what a record says. */
#include "rules/titles.h"
#include "rules_test.h"

#define FIELDS "  sign insult\n  says fool\n  yes fool\n  no x\n"
#define RECORDED_SEQUENCE "Urges again (needs 3 of urgency/* within 12 h)"

static const struct rule_file files[] = {
	{STR("en/a.rules"),
		STR("rule a/x\n  title Calls names\n  title-sv Kallar\n        öknamn\n" FIELDS
		    "sequence a/s\n  title Urges again\n  title-fr Relance\n  needs nothing known\n"),
		STR("en")},
	{STR("mine.rules"),
		STR("rule a/x\n  title Swears\n  title-sv Svär\n" FIELDS
		    "rule a/broken\n  title No "
		    "words\n  title-fr Sans mots\nrule a/untold\n  sign insult\n"),
		{NULL, 0}},
};

static const struct {
	const char *name, *rule, *reason, *sv, *fr; /* NULL: not translated; sv "": not found */
} rows[] = {
	{"a rule by its title, which may go on", "a/x", "Calls names", "Kallar öknamn", NULL},
	{"one of the same name by its own", "a/x", "Swears", "Svär", NULL},
	{"but not by another title", "a/x", "Calls a name", "", NULL},
	{"nor by the beginning of one", "a/x", "Calls names (loudly)", "", NULL},
	{"a sequence with what it looks for behind its title", "a/s", RECORDED_SEQUENCE, NULL,
		"Relance"},
	{"but not without", "a/s", "Urges again", "", NULL},
	{"a rule that is not in force", "a/broken", "No words", NULL, "Sans mots"},
	{"one without a title", "a/untold", "", "", NULL},
	{"one that is not there", "a/z", "Calls names", "", NULL},
	{"the contract's, which no file names", "scope-creep/excluded",
		"Asks for what the contract excludes", "Ber om det som avtalet undantar",
		"Demande ce que le contrat exclut"},
};

static void check_title(struct str got, const char *want)
{
	ck_assert_msg(want ? str_eq(got, str_from(want)) : !got.ptr, "'%.*s', expected '%s'",
		STR_ARG(got), want ? want : "none");
}

START_TEST(titles_are_found_by_name_and_by_what_was_recorded)
{
	struct error err = {0};
	struct rule_titles *t = NULL;
	ck_assert_int_eq(rule_titles_read(files, 2, &t, &err), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct rule_title *title =
			rule_titles_find(t, str_from(rows[i].rule), str_from(rows[i].reason));
		bool wanted = !rows[i].sv || *rows[i].sv;
		ck_assert_msg((title != NULL) == wanted, "%s", rows[i].name);
		if (!title)
			continue;
		check_title(title->in[TONGUE_SV], rows[i].sv);
		check_title(title->in[TONGUE_FR], rows[i].fr);
		ck_assert(!title->in[TONGUE_EN].ptr);
	}
	rule_titles_free(t);
}
END_TEST

/* The hash of the only rule of a file. */
static void hash_of(const char *text, char out[SHA256_HEX_SIZE])
{
	static const struct ruleset_options options = {0};
	const struct rule_file file = {.name = STR("mine.rules"), .bytes = str_from(text)};
	struct buf printed = {0};
	size_t left_out;
	struct ruleset *set = load_files(&file, 1, &options, &printed, &left_out);
	ck_assert_str_eq(buf_cstr(&printed), "");
	for (size_t i = 0; i < SHA256_HEX_SIZE; i++)
		out[i] = ruleset_rule(set, 0)->hash[i];
	ruleset_free(set);
}

START_TEST(a_translation_makes_no_other_rule)
{
	char plain[SHA256_HEX_SIZE], translated[SHA256_HEX_SIZE], another[SHA256_HEX_SIZE];
	hash_of("rule a/x\n  title Calls names\n" FIELDS, plain);
	hash_of("rule a/x\n  title-sv Kallar\n        öknamn\n  title Calls names\n  title-fr X\n" FIELDS,
		translated);
	hash_of("rule a/x\n  title Swears\n" FIELDS, another);
	ck_assert_str_eq(plain, translated);
	ck_assert_str_ne(plain, another);
}
END_TEST

Suite *titles_suite(void)
{
	Suite *suite = suite_create("rules: titles in the languages of the pages");
	TCase *tests = tcase_create("titles");
	tcase_add_test(tests, titles_are_found_by_name_and_by_what_was_recorded);
	tcase_add_test(tests, a_translation_makes_no_other_rule);
	suite_add_tcase(suite, tests);
	return suite;
}
