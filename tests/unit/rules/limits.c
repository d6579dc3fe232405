/* What bounds a search: hostile patterns and texts end as "not examined", honest ones do not. */
#include "base/limits.h"
#include "judge/sequence.h"
#include "rules_test.h"

#define RULE_OF(regex)                                                                             \
	"rule a/x\n  title T\n  sign insult\n  match " regex                                       \
	"\n  yes zzz aab\n  no x\nrule a/y\n  title T\n  sign insult\n  says idiot\n  yes idiot\n" \
	"  no x\n"

static struct ruleset *load_hostile(const char *rules, bool no_jit)
{
	struct rule_file file = {.name = STR("test.rules"), .bytes = str_from(rules)};
	struct ruleset_options options = {.skip_examples = true, .no_jit = no_jit};
	struct buf printed = {0};
	size_t left_out = 0;
	struct ruleset *set = load_files(&file, 1, &options, &printed, &left_out);
	ck_assert_uint_eq(left_out, 0);
	buf_finish(&printed);
	return set;
}

static void match(const struct ruleset *set, struct str bytes, struct hits *hits)
{
	struct text text;
	struct error err = {0};
	text_init(&text);
	hits_init(hits);
	ck_assert(text_plain(&text, bytes) == 0);
	struct match_input in = {.text = &text};
	ck_assert(ruleset_match(set, &in, hits, &err) == 0);
	text_finish(&text);
}

static void fill(struct buf *out, const char *piece, size_t bytes)
{
	while (out->len < bytes)
		buf_add_cstr(out, piece);
}

START_TEST(a_hostile_pattern_is_not_examined_and_the_next_rule_is)
{
	static const char *const rules[] = {
		RULE_OF("(?:a|a)*(?:a|a)*(?:a|a)*c"),
		RULE_OF("(a+)+$ zzz"),
		RULE_OF("(?:(?:a|aa)+)+c"),
	};
	for (size_t i = 0; i < 2 * sizeof(rules) / sizeof(*rules); i++) {
		struct ruleset *set = load_hostile(rules[i / 2], i % 2 == 1);
		struct buf text = {0};
		struct hits hits;
		fill(&text, "a", LIMIT_MATCH_SLICE);
		buf_add_cstr(&text, " idiot c zzz");
		match(set, buf_str(&text), &hits);
		ck_assert_uint_eq(hits.unexamined_count, 1);
		ck_assert(str_eq(hits.unexamined[0].rule->name, STR("a/x")));
		ck_assert(hits.unexamined[0].why[0] != '\0');
		ck_assert_uint_eq(hits.count, 1);
		ck_assert(str_eq(hits.items[0].rule->name, STR("a/y")));
		hits_finish(&hits);
		buf_finish(&text);
		ruleset_free(set);
	}
}
END_TEST

START_TEST(all_of_a_long_text_is_looked_at)
{
	struct ruleset *set = load_text(RULE_OF("zzz[ b]+aab"));
	struct buf text = {0};
	struct hits hits;
	size_t want = 0;
	/* one match in each place around the borders of slices, and one over a border */
	for (size_t at = 1; at < 5; at++) {
		for (size_t offset = 0; offset < 3; offset++) {
			fill(&text, "é ", at * LIMIT_MATCH_SLICE - 8 + offset * 16);
			buf_add_cstr(&text, "zzz ");
			fill(&text, "b", text.len + offset * 1000);
			buf_add_cstr(&text, "aab ");
			want++;
		}
	}
	match(set, buf_str(&text), &hits);
	ck_assert_uint_eq(hits.unexamined_count, 0);
	ck_assert_uint_eq(hits.count, want);
	hits_finish(&hits);
	buf_finish(&text);
	ruleset_free(set);
}
END_TEST

/* A run of `filler` octets that ends with the rule's words, a quotation, and a short run. */
static void match_short_run_behind(const struct ruleset *set, size_t filler)
{
	struct buf bytes = {0};
	struct hits hits;
	struct error err = {0};
	fill(&bytes, "b", filler);
	buf_add_cstr(&bytes, " you or the\n");
	size_t quoted = bytes.len;
	buf_add_cstr(&bytes, "> quoted\n");
	size_t last = bytes.len;
	buf_add_cstr(&bytes, "we");
	struct span spans[] = {
		{.end = quoted, .kind = SPAN_NEW},
		{.start = quoted, .end = last, .kind = SPAN_QUOTED},
		{.start = last, .end = bytes.len, .kind = SPAN_NEW},
	};
	const struct text text = {.bytes = buf_str(&bytes), .spans = spans, .span_count = 3};
	const struct match_input in = {.text = &text};
	hits_init(&hits);
	ck_assert(ruleset_match(set, &in, &hits, &err) == 0);
	ck_assert_uint_eq(hits.count, 1);
	hits_finish(&hits);
	buf_finish(&bytes);
}

/* The rule needs two words. Where the other stood in the run before lies beyond the end of this
   one; the sanitizer sees it when that is looked at. */
START_TEST(a_short_run_of_words_is_searched_within_its_own_bounds)
{
	for (size_t filler = 64; filler < 4 * KIB; filler += 64) {
		struct ruleset *set = load_hostile(RULE_OF("(?:we|you).{0,9}(?:the|and)"), false);
		match_short_run_behind(set, filler);
		ruleset_free(set);
	}
}
END_TEST

START_TEST(too_many_hits_are_said)
{
	struct ruleset *set = load_text(RULE_OF("aab"));
	struct buf text = {0};
	struct hits hits;
	fill(&text, "aab ", 4 * (LIMIT_HITS + 1));
	match(set, buf_str(&text), &hits);
	ck_assert(hits.too_many);
	ck_assert_uint_eq(hits.count, LIMIT_HITS);
	hits_finish(&hits);
	buf_finish(&text);
	ruleset_free(set);
}
END_TEST

START_TEST(without_jit_the_same_is_found)
{
	struct ruleset *with = load_hostile(RULE_OF("(?<=z )aab"), false);
	struct ruleset *without = load_hostile(RULE_OF("(?<=z )aab"), true);
	struct hits a, b;
	match(with, STR("z aab, idiot, x aab"), &a);
	match(without, STR("z aab, idiot, x aab"), &b);
	ck_assert_uint_eq(a.count, 2);
	ck_assert_uint_eq(b.count, 2);
	for (size_t i = 0; i < a.count; i++)
		ck_assert_uint_eq(a.items[i].start, b.items[i].start);
	hits_finish(&a);
	hits_finish(&b);
	ruleset_free(with);
	ruleset_free(without);
}
END_TEST

/* The first searches of a pattern go without JIT code; what they find must not tell. */
START_TEST(the_first_search_finds_as_much_as_a_later_one)
{
	struct ruleset *with = load_hostile(RULE_OF("zz(?:a|b)+c?zzz"), false);
	struct ruleset *without = load_hostile(RULE_OF("zz(?:a|b)+c?zzz"), true);
	struct buf text = {0};
	struct hits hits;
	buf_add_cstr(&text, "zz");
	fill(&text, "ab", 2 * LIMIT_MATCH_STEPS_INTERPRETED);
	buf_add_cstr(&text, "zzz");
	for (int i = 0; i < 3; i++) {
		match(with, buf_str(&text), &hits);
		ck_assert_uint_eq(hits.count, 1);
		ck_assert_uint_eq(hits.unexamined_count, 0);
		hits_finish(&hits);
	}
	match(without, buf_str(&text), &hits);
	ck_assert_uint_eq(hits.unexamined_count, 1);
	hits_finish(&hits);
	buf_finish(&text);
	ruleset_free(with);
	ruleset_free(without);
}
END_TEST

#define SEQUENCE_HEAD "sequence a/%zu\n  title T\n  sign urgency\n  needs 2 of "
#define SEQUENCE_REST " within 1 d\n  yes 09:00 client a; 09:00 client a\n  no 09:00 client a\n"

static void expect_complaint(const struct buf *rules, const char *words)
{
	const struct rule_file file = {.name = STR("test.rules"), .bytes = buf_str(rules)};
	const struct ruleset_options options = {.judge_sequences = sequences_judge};
	struct buf printed = {0};
	size_t left_out, at;
	struct ruleset *set = load_files(&file, 1, &options, &printed, &left_out);
	ck_assert_uint_eq(left_out, 1);
	ck_assert_msg(
		str_find(buf_str(&printed), str_from(words), &at), "%.300s", buf_cstr(&printed));
	ruleset_free(set);
	buf_finish(&printed);
}

START_TEST(sequences_and_the_names_in_a_step_are_bounded)
{
	struct buf rules = {0};
	for (size_t i = 0; i <= LIMIT_SEQUENCES; i++)
		buf_add_format(&rules, SEQUENCE_HEAD "a" SEQUENCE_REST, i);
	expect_complaint(&rules, "over 1000 sequences in all files");
	buf_clear(&rules);
	buf_add_format(&rules, SEQUENCE_HEAD, (size_t)1);
	fill(&rules, "*a", rules.len + LIMIT_SEQUENCE_NAMES + 1);
	buf_add_cstr(&rules, SEQUENCE_REST);
	expect_complaint(&rules, "names of 1002 bytes, at most 1000");
	buf_finish(&rules);
}
END_TEST

Suite *limits_suite(void)
{
	Suite *suite = suite_create("rules: limits");
	TCase *tests = tcase_create("search");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_hostile_pattern_is_not_examined_and_the_next_rule_is);
	tcase_add_test(tests, all_of_a_long_text_is_looked_at);
	tcase_add_test(tests, sequences_and_the_names_in_a_step_are_bounded);
	tcase_add_test(tests, a_short_run_of_words_is_searched_within_its_own_bounds);
	tcase_add_test(tests, too_many_hits_are_said);
	tcase_add_test(tests, without_jit_the_same_is_found);
	tcase_add_test(tests, the_first_search_finds_as_much_as_a_later_one);
	suite_add_tcase(suite, tests);
	return suite;
}
