/* What the rules cost and find on texts, through their index and rule by rule.
 *
 *   bench_match patterns RULES...                    the regexes that are looked for, a line each
 *   bench_match time index|each SECONDS TEXTS RULES...   a row: how long, how much, what was found
 *   bench_match same TEXTS RULES...                  whether both ways find the same, code 1: no
 * TEXTS: each ends with a NUL. Examples are not tried.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "capture.h"
#include "set.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXTS_BYTES_MAX (1024 * MIB)
#define SHOWN_DIFFERENCES 10

typedef int match_fn(
	const struct ruleset *, const struct match_input *, struct hits *, struct error *);

/* The rule set, and what its loading took. */
struct loaded {
	struct ruleset *set;
	double seconds;
	long bytes; /* resident */
};

static double seconds_since(int64_t then_us)
{
	return (double)(clock_monotonic_us() - then_us) / 1e6;
}

static long resident_bytes(void)
{
	long all = 0, resident = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (f && fscanf(f, "%ld %ld", &all, &resident) != 2)
		resident = 0;
	if (f)
		fclose(f);
	return resident * sysconf(_SC_PAGESIZE);
}

/* A rule set with mistakes would be measured without them. */
static int load_rules(char **paths, size_t count, struct loaded *out, struct error *err)
{
	struct rule_file *files = calloc(count + 1, sizeof(*files));
	struct buf *bytes = calloc(count + 1, sizeof(*bytes));
	struct ruleset_options options = {.skip_examples = true};
	struct diags diags = {0};
	size_t left_out = 0;
	int rc = files && bytes ? 0 : error_memory(err);
	for (size_t i = 0; rc == 0 && i < count; i++) {
		rc = file_read(paths[i], LIMIT_RULE_FILE, &bytes[i], err);
		files[i] =
			(struct rule_file){.name = str_from(paths[i]), .bytes = buf_str(&bytes[i])};
	}
	long before = resident_bytes();
	int64_t then_us = clock_monotonic_us();
	if (rc == 0)
		rc = ruleset_load(files, count, &options, &out->set, &left_out, &diags, err);
	out->seconds = seconds_since(then_us);
	out->bytes = resident_bytes() - before;
	if (rc == 0 && left_out > 0) {
		diags_tell(&diags, stderr);
		rc = error_set(
			err, ERROR_USAGE, "%zu of %zu rule files have mistakes", left_out, count);
	}
	for (size_t i = 0; bytes && i < count; i++)
		buf_finish(&bytes[i]);
	diags_finish(&diags);
	free(bytes);
	free(files);
	return rc;
}

static bool next_text(struct str *rest, struct str *text)
{
	return str_split(rest, '\0', text);
}

static int match_one(match_fn *match, const struct ruleset *set, struct str bytes, bool near,
	struct hits *out, struct error *err)
{
	struct text text;
	text_init(&text);
	struct match_input in = {.text = &text,
		.has_moment = true,
		.day = 20516, /* 2026-03-04 */
		.want_near_misses = near};
	int rc = text_plain(&text, bytes) < 0 ? error_memory(err) : match(set, &in, out, err);
	text_finish(&text);
	return rc;
}

/* Every regex that a rule looks for, as PCRE2 gets it. */
static void print_patterns(const struct ruleset *set)
{
	struct capture_words words = {0};
	for (size_t i = 0; i < set->count; i++) {
		const struct rule *rule = &set->rules[i];
		for (size_t k = 0; k < rule->match.count; k++) {
			const struct value *written = rule->match.items[k].written;
			struct rewritten regex = {0};
			struct buf whole = {0};
			if (written->says)
				phrases_to_regex(written->text, &regex.text);
			else
				regex_rewrite(written->text, &regex);
			captures_define(&words, buf_str(&regex.text), rule->facts.lang, &whole);
			printf("%.*s%.*s\n", STR_ARG(buf_str(&whole)),
				STR_ARG(buf_str(&regex.text)));
			rewritten_finish(&regex);
			buf_finish(&whole);
		}
	}
	capture_words_finish(&words);
}

/* Looks at the texts in their order until there is no more of them or no more time. */
static int print_time(match_fn *match, const struct loaded *loaded, double most_seconds,
	struct str texts, struct error *err)
{
	struct str text;
	size_t count = 0, bytes = 0, found = 0;
	double seconds = 0;
	int64_t then_us = clock_monotonic_us();
	for (; seconds < most_seconds && next_text(&texts, &text); count++) {
		struct hits hits;
		hits_init(&hits);
		int rc = match_one(match, loaded->set, text, false, &hits, err);
		bytes += text.len;
		found += hits.count;
		hits_finish(&hits);
		if (rc < 0)
			return -1;
		seconds = seconds_since(then_us);
	}
	printf("{\"load_seconds\":%.6f,\"load_bytes\":%ld,\"rules\":%zu,\"texts\":%zu,\"bytes\":%zu,"
	       "\"seconds\":%.6f,\"found\":%zu}\n",
		loaded->seconds, loaded->bytes, ruleset_count(loaded->set), count, bytes, seconds,
		found);
	return 0;
}

static bool reached_limit(const struct hits *hits, const struct rule_facts *rule)
{
	for (size_t i = 0; i < hits->unexamined_count; i++)
		if (hits->unexamined[i].rule == rule)
			return true;
	return false;
}

/* What was found and nearly found, but by rules that reached a limit in either way of looking: the
   index looks at less, so it reaches fewer. */
static void print_found(const struct hits *hits, const struct hits *other, struct buf *out)
{
	for (size_t i = 0; i < hits->count; i++) {
		const struct hit *h = &hits->items[i];
		const struct captured *c = &h->captured;
		if (!reached_limit(hits, h->rule) && !reached_limit(other, h->rule))
			buf_add_format(out, " %.*s %zu-%zu %.*s=%lld %.*s=%lld",
				STR_ARG(h->rule->name), h->start, h->end, STR_ARG(c->amount),
				(long long)c->hundredths, STR_ARG(c->day_words), (long long)c->day);
	}
	for (size_t i = 0; i < hits->near_count; i++) {
		const struct near_miss *n = &hits->near[i];
		if (!reached_limit(hits, n->rule) && !reached_limit(other, n->rule))
			buf_add_format(out, " near %.*s %zu-%zu %.*s", STR_ARG(n->rule->name),
				n->start, n->end, STR_ARG(n->held_back_by));
	}
}

struct tally {
	size_t texts, bytes, found, near, limits, different;
};

static int compare(const struct ruleset *set, struct str text, struct tally *t, struct error *err)
{
	struct hits index, each;
	struct buf got = {0}, want = {0};
	hits_init(&index);
	hits_init(&each);
	int rc = match_one(ruleset_match, set, text, true, &index, err);
	if (rc == 0)
		rc = match_one(ruleset_match_one_by_one, set, text, true, &each, err);
	print_found(&index, &each, &got);
	print_found(&each, &index, &want);
	if (rc == 0 && (got.failed || want.failed))
		rc = error_memory(err);
	t->bytes += text.len;
	t->found += each.count;
	t->near += each.near_count;
	t->limits += each.unexamined_count;
	if (rc == 0 && !str_eq(buf_str(&got), buf_str(&want)) && t->different++ < SHOWN_DIFFERENCES)
		printf("text %zu\n  index:       %s\n  rule by rule:%s\n", t->texts, buf_cstr(&got),
			buf_cstr(&want));
	t->texts++;
	buf_finish(&got);
	buf_finish(&want);
	hits_finish(&index);
	hits_finish(&each);
	return rc;
}

/* 0 the same, 1 not. */
static int print_same(const struct ruleset *set, struct str texts, struct error *err)
{
	struct tally t = {0};
	struct str text;
	while (next_text(&texts, &text))
		if (compare(set, text, &t, err) < 0)
			return -1;
	printf("%zu rules, %zu texts, %zu bytes: %zu found, %zu near, %zu at a limit; %zu texts "
	       "different\n",
		ruleset_count(set), t.texts, t.bytes, t.found, t.near, t.limits, t.different);
	return t.different > 0;
}

static int run(int argc, char **argv, struct error *err)
{
	struct loaded loaded = {0};
	struct buf texts = {0};
	bool patterns = argc > 2 && strcmp(argv[1], "patterns") == 0;
	bool same = argc > 3 && strcmp(argv[1], "same") == 0;
	bool timed = argc > 5 && strcmp(argv[1], "time") == 0;
	int first = patterns ? 2 : same ? 3 : 5;
	if (!patterns && !same && !timed)
		return error_set(err, ERROR_USAGE, "expected what match.c says at its top");
	int rc = load_rules(argv + first, (size_t)(argc - first), &loaded, err);
	if (rc == 0 && !patterns)
		rc = file_read(argv[first - 1], TEXTS_BYTES_MAX, &texts, err);
	if (rc == 0 && patterns)
		print_patterns(loaded.set);
	else if (rc == 0 && same)
		rc = print_same(loaded.set, buf_str(&texts), err);
	else if (rc == 0)
		rc = print_time(
			strcmp(argv[2], "each") == 0 ? ruleset_match_one_by_one : ruleset_match,
			&loaded, strtod(argv[3], NULL), buf_str(&texts), err);
	buf_finish(&texts);
	ruleset_free(loaded.set);
	return rc;
}

int main(int argc, char **argv)
{
	struct error err = {0};
	int rc = run(argc, argv, &err);
	if (rc < 0)
		fprintf(stderr, "bench_match: %s\n", err.text);
	return rc < 0 ? 2 : rc;
}
