/* The fixed words that a regex is known to need. */
#include "literal.h"
#include "phrase.h"
#include "rules_test.h"

/* The best set: words with < and > for \b, and the bound of what stands before. */
static void print_best(const struct literals *l, struct buf *out)
{
	if (l->count == 0) {
		buf_add_cstr(out, "always");
		return;
	}
	for (size_t i = 0; i < l->sets[0].count; i++) {
		const struct literal *word = &l->sets[0].items[i];
		buf_add_format(out, "%s%s%.*s%s", i > 0 ? "|" : "", word->word_start ? "<" : "",
			STR_ARG(word->text), word->word_end ? ">" : "");
	}
	if (l->sets[0].prefix == SIZE_MAX)
		buf_add_cstr(out, " +many");
	else if (l->sets[0].prefix > 0)
		buf_add_format(out, " +%zu", l->sets[0].prefix);
}

START_TEST(a_regex_tells_the_words_that_it_needs)
{
	static const struct {
		const char *regex, *want;
	} rows[] = {
		{"idiot", "idiot"},
		{"\\bidiot\\b", "<idiot>"},
		{"IDIOT|Fool", "fool|idiot"},
		{"(?:can|could) you", "can you|could you"},
		{"you (?:just )?add", "you add|you just add"},
		{"[ab]cd", "acd|bcd"},
		{"[a-z]later", "later +4"},
		{".{0,3}later", "later +12"},
		{"\\w+ later", " later +many"},
		{"colou?r", "color|colour"},
		{"more|more (?:often|so)", "more"},
		{"\\bmore\\b|more|\\bmore often", "more"},
		{"\\bmore\\b|\\bmore often|moreover", "<more>|moreover"},
		{"(?:foo|bar)+bazaar", "bazaar +many"},
		{"x{3}later", "later +3"},
		{"later(?=\\.)", "later"},
		{"(?<!not )later", "later"},
		{"Élan", "élan"},
		{"œuvre", "uvre +4"},
		{"dire" PHRASE_GAP "now", "dire now"},
		{"a", "always"},
		{"\\d+", "always"},
		{"foo|\\d", "always"},
		{"(?:foo)?", "always"},
		{"(foo)\\1", "always"},
		{"(?x) f o o", "always"},
		{"\\Qfoo\\E", "always"},
		{"fo{,2}o", "always"},
		{"(?i)foo(?-i:BAR)", "foobar"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena arena = {0};
		struct literals literals;
		struct buf got = {0};
		ck_assert(literals_read(str_from(rows[i].regex), &arena, &literals) == 0);
		print_best(&literals, &got);
		ck_assert_msg(str_eq(buf_str(&got), str_from(rows[i].want)), "%s: %s, want %s",
			rows[i].regex, buf_cstr(&got), rows[i].want);
		buf_finish(&got);
		arena_finish(&arena);
	}
}
END_TEST

START_TEST(the_fold_leads_back_to_its_source)
{
	struct literal_text t = {0};
	struct str source = STR("A  É\n\n \tB×ß c");
	ck_assert(literal_fold(source, &t) == 0);
	ck_assert_str_eq(buf_cstr(&t.bytes), "a é b×ß c");
	ck_assert_uint_eq(literal_first(&t, 0), 0);
	ck_assert_uint_eq(literal_first(&t, 1), 1);
	ck_assert_uint_eq(literal_first(&t, 2), 3);
	ck_assert_uint_eq(literal_first(&t, 4), 5);
	ck_assert_uint_eq(literal_first(&t, 5), 9);
	ck_assert_uint_eq(t.paragraph_count, 1);
	ck_assert_uint_eq(t.paragraphs[0], 5);
	literal_text_finish(&t);
}
END_TEST

Suite *literal_suite(void)
{
	Suite *suite = suite_create("rules: fixed words");
	TCase *tests = tcase_create("reader");
	tcase_add_test(tests, a_regex_tells_the_words_that_it_needs);
	tcase_add_test(tests, the_fold_leads_back_to_its_source);
	suite_add_tcase(suite, tests);
	return suite;
}
