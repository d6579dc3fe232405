/* The index finds what trying rule by rule finds, on made-up rules and made-up texts. */
#include "rules_test.h"
#include "set.h"
#include <stdio.h>

#define RULE_SETS 60
#define RULES_OF_A_SET 40
#define TEXTS 60

/* A fixed sequence, so that a failure can be had again (splitmix64). */
struct dice {
	uint64_t state;
};

static uint64_t roll(struct dice *d, uint64_t sides)
{
	uint64_t z = (d->state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (z ^ (z >> 31)) % sides;
}

/* Few, so that texts hit rules; of several lengths, scripts and cases. */
static const char *const words[] = {"kan", "kanske", "du", "snart", "Ärligt", "ärlig", "SNÄLLA",
	"now", "not", "a", "é", "œuvre", "ŒUVRE", "straße", "ẞ", "x1", "10", "I", "can't", "don’t",
	"K", "ſo", "ﬁne", "Å", "ÿ", "Ÿ", "ελπίς", "ΕΛΠΊΣ", "²", "_", "-"};
#define WORDS (sizeof(words) / sizeof(*words))
/* Of texts alone; rules have the classes that find them. */
static const char *const named[] = {"fredag", "by Friday", "14 mars", "2026-03-04", "3/14",
	"500 kr", "$3k", "1.200,50 €", "demain", "in drei Tagen"};
#define NAMED (sizeof(named) / sizeof(*named))
static const char *const classes[] = {"{day}", "{amount}"};

static const char *const gaps[] = {" ", " ", " ", "  ", "\n", "\n\n", " \n ", "\t", ". ", ", ", "",
	"\xC2\xAD", "\xE2\x80\x8B", "\xC2\xA0"};
#define GAPS (sizeof(gaps) / sizeof(*gaps))

static const char *pick(struct dice *d, const char *const *from, size_t count)
{
	return from[roll(d, count)];
}

static void make_regex(struct dice *d, int depth, struct buf *out)
{
	static const char *const atoms[] = {"\\b", "\\w", ".", "[a-k]", "[snx]", "[^k]", "\\s", " ",
		" ", "\\d", "^", "$", "\\B", "\\x{e9}", "\\p{L}", "(?i)", "[é ]", "\\x41"};
	static const char *const repeats[] = {
		"?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}", "??", "+?", "*+"};
	static const char *const groups[] = {"(?:", "(", "(?=", "(?!", "(?>", "(?-i:", "(?<n>"};
	uint64_t pieces = 1 + roll(d, 4);
	for (uint64_t i = 0; i < pieces; i++) {
		uint64_t kind = roll(d, 10);
		bool repeatable = true;
		if (kind < 5) {
			bool class = roll(d, 32) == 0;
			buf_add_cstr(out, class ? pick(d, classes, 2) : pick(d, words, WORDS));
		} else if (kind < 8 || depth == 0) {
			buf_add_cstr(out, pick(d, atoms, sizeof(atoms) / sizeof(*atoms)));
			repeatable = false;
		} else {
			buf_add_cstr(out, pick(d, groups, sizeof(groups) / sizeof(*groups)));
			make_regex(d, depth - 1, out);
			while (roll(d, 3) == 0) {
				buf_add_char(out, '|');
				make_regex(d, depth - 1, out);
			}
			buf_add_char(out, ')');
		}
		if (repeatable && roll(d, 4) == 0)
			buf_add_cstr(out, pick(d, repeats, sizeof(repeats) / sizeof(*repeats)));
		if (roll(d, 3) == 0)
			buf_add_char(out, ' ');
	}
}

static void make_phrases(struct dice *d, struct buf *out)
{
	uint64_t phrases = 1 + roll(d, 3);
	for (uint64_t i = 0; i < phrases; i++) {
		uint64_t count = 1 + roll(d, 3);
		buf_add_cstr(out, i > 0 ? " | " : "");
		for (uint64_t k = 0; k < count; k++) {
			bool class = roll(d, 32) == 0;
			buf_add_cstr(out, k > 0 ? " " : "");
			buf_add_cstr(out, class ? pick(d, classes, 2) : pick(d, words, WORDS));
		}
	}
}

static void make_rule(struct dice *d, size_t number, struct buf *out)
{
	static const char *const languages[] = {"de", "en", "es", "fr", "sv"};
	buf_add_format(out, "rule a/r%zu\n  title T\n  sign insult\n  lang %s\n  yes x\n  no x\n",
		number, pick(d, languages, 5));
	for (uint64_t i = 0, lines = 1 + roll(d, 2); i < lines; i++) {
		if (roll(d, 2)) {
			buf_add_cstr(out, "  says ");
			make_phrases(d, out);
		} else {
			buf_add_cstr(out, "  match ");
			make_regex(d, 2, out);
		}
		buf_add_char(out, '\n');
	}
	if (roll(d, 4) == 0) {
		buf_add_cstr(out, "  unless says ");
		make_phrases(d, out);
		buf_add_char(out, '\n');
	}
}

/* Sometimes much longer than one window could be, with few words that rules have. */
static void make_text(struct dice *d, struct text *text)
{
	struct buf bytes = {0};
	uint64_t count = roll(d, 40), filler = roll(d, 20) == 0 ? 400 : 0;
	for (uint64_t i = 0; i < count + filler; i++) {
		const char *word = roll(d, 8) ? pick(d, words, WORDS) : pick(d, named, NAMED);
		bool fill = i >= count && roll(d, 20) > 0;
		buf_add_cstr(&bytes, fill ? "filling" : word);
		buf_add_cstr(&bytes, pick(d, gaps, GAPS));
	}
	ck_assert(text_plain(text, buf_str(&bytes)) == 0);
	buf_finish(&bytes);
}

static bool reached_limit(const struct hits *hits, const struct rule_facts *rule)
{
	for (size_t i = 0; i < hits->unexamined_count; i++)
		if (hits->unexamined[i].rule == rule)
			return true;
	return false;
}

/* What was found, but by rules that reached a limit in either way of looking: the index looks at
   less, so it reaches fewer. */
static void print_result(
	const struct text *text, const struct hits *hits, const struct hits *other, struct buf *out)
{
	for (size_t i = 0; i < hits->count; i++) {
		const struct hit *h = &hits->items[i];
		if (!reached_limit(hits, h->rule) && !reached_limit(other, h->rule))
			buf_add_format(out, "%.*s '%.*s' %lld '%.*s' %lld '%.*s'; ",
				STR_ARG(h->rule->name),
				STR_ARG(str_slice(text->bytes, h->start, h->end)),
				(long long)h->captured.hundredths, STR_ARG(h->captured.amount),
				(long long)h->captured.day, STR_ARG(h->captured.day_words));
	}
	for (size_t i = 0; i < hits->near_count; i++) {
		const struct near_miss *n = &hits->near[i];
		if (!reached_limit(hits, n->rule) && !reached_limit(other, n->rule))
			buf_add_format(out, "near %.*s %zu-%zu; ", STR_ARG(n->rule->name), n->start,
				n->end);
	}
}

/* Returns how many hits there were, so that the test can tell that it looked at something. */
static size_t compare_on_text(struct dice *d, const struct ruleset *set, const char *rules)
{
	struct text text;
	struct hits fast, slow;
	struct buf got = {0}, want = {0};
	struct error err = {0};
	text_init(&text);
	hits_init(&fast);
	hits_init(&slow);
	make_text(d, &text);
	struct match_input in = {
		.text = &text, .has_moment = true, .day = 20516, .want_near_misses = true};
	ck_assert(ruleset_match(set, &in, &fast, &err) == 0);
	ck_assert(ruleset_match_one_by_one(set, &in, &slow, &err) == 0);
	print_result(&text, &fast, &slow, &got);
	print_result(&text, &slow, &fast, &want);
	/* Check's own messages are too short for this */
	if (!str_eq(buf_str(&got), buf_str(&want)))
		fprintf(stderr, "%s\ntext: '%.*s'\nindex: %s\nrule by rule: %s\n", rules,
			STR_ARG(text.bytes), buf_cstr(&got), buf_cstr(&want));
	ck_assert(str_eq(buf_str(&got), buf_str(&want)));
	size_t count = slow.count;
	hits_finish(&fast);
	hits_finish(&slow);
	text_finish(&text);
	buf_finish(&got);
	buf_finish(&want);
	return count;
}

/* Regexes that the lint refuses are left out: the file is made again without them. */
static struct ruleset *make_set(struct dice *d, struct buf *rules)
{
	struct ruleset_options options = {.skip_examples = true, .no_jit = roll(d, 2)};
	struct ruleset *set;
	struct rule_file files[RULES_OF_A_SET];
	struct buf printed = {0};
	size_t ends[RULES_OF_A_SET], left_out;
	for (size_t i = 0; i < RULES_OF_A_SET; i++) {
		make_rule(d, i, rules);
		ends[i] = rules->len;
	}
	for (size_t i = 0; i < RULES_OF_A_SET; i++)
		files[i] = (struct rule_file){.name = STR("a.rules"),
			.bytes = str_slice(buf_str(rules), i > 0 ? ends[i - 1] : 0, ends[i])};
	set = load_files(files, RULES_OF_A_SET, &options, &printed, &left_out);
	buf_finish(&printed);
	return set;
}

START_TEST(the_index_finds_what_rule_by_rule_finds)
{
	struct dice dice = {(uint64_t)_i};
	struct buf rules = {0};
	size_t hits = 0;
	struct ruleset *set = make_set(&dice, &rules);
	ck_assert_uint_gt(ruleset_count(set), RULES_OF_A_SET / 2);
	for (int i = 0; i < TEXTS; i++)
		hits += compare_on_text(&dice, set, buf_cstr(&rules));
	ck_assert_uint_gt(hits, 10);
	ruleset_free(set);
	buf_finish(&rules);
}
END_TEST

Suite *soundness_suite(void)
{
	Suite *suite = suite_create("rules: soundness of the index");
	TCase *tests = tcase_create("made-up rules");
	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, the_index_finds_what_rule_by_rule_finds, 0, RULE_SETS);
	suite_add_tcase(suite, tests);
	return suite;
}
