/* Two verdicts on a message, beside each other. */
#include "backtest_count.h"

#include "base/array.h"
#include <stdlib.h>

/* What is shown of the line before and behind a finding's words. */
#define AROUND_BYTES 40

void backtest_finish(struct backtest *b)
{
	for (size_t i = 0; i < b->rule_count; i++) {
		free(b->rules[i].clients);
		free(b->rules[i].samples);
	}
	free(b->rules);
	free(b->clients);
	arena_finish(&b->arena);
	*b = (struct backtest){0};
}

static struct backtest_count *count_of(struct backtest *b, struct backtest_count **counts,
	size_t *count, size_t *cap, struct str client)
{
	for (size_t i = 0; i < *count; i++)
		if (str_eq((*counts)[i].client, client))
			return &(*counts)[i];
	struct str id = arena_str(&b->arena, client);
	if (!id.ptr || array_room(counts, *count, cap, sizeof(**counts)) < 0)
		return NULL;
	(*counts)[*count] = (struct backtest_count){.client = id};
	return &(*counts)[(*count)++];
}

static struct backtest_rule *rule_of(struct backtest *b, const struct finding *f)
{
	for (size_t i = 0; i < b->rule_count; i++)
		if (str_eq(b->rules[i].rule, f->rule))
			return &b->rules[i];
	struct str name = arena_str(&b->arena, f->rule);
	if (!name.ptr || array_room(&b->rules, b->rule_count, &b->rule_cap, sizeof(*b->rules)) < 0)
		return NULL;
	b->rules[b->rule_count] = (struct backtest_rule){.rule = name, .sign = f->sign};
	return &b->rules[b->rule_count++];
}

enum difference { GAINED, LOST, CHANGED };

static void add(struct backtest_count *c, enum difference d)
{
	c->gained += d == GAINED;
	c->lost += d == LOST;
	c->changed += d == CHANGED;
}

static int note(struct backtest *b, const struct backtest_message *m, const struct finding *f,
	enum difference d, struct backtest_rule **rule, struct error *err)
{
	*rule = rule_of(b, f);
	struct backtest_count *of_rule = !*rule
		? NULL
		: count_of(b, &(*rule)->clients, &(*rule)->client_count, &(*rule)->client_cap,
			  m->client);
	struct backtest_count *of_client =
		count_of(b, &b->clients, &b->client_count, &b->client_cap, m->client);
	if (!of_rule || !of_client)
		return error_memory(err);
	add(&(*rule)->all, d);
	add(of_rule, d);
	add(of_client, d);
	return 0;
}

/* The part of a line before a place, and behind one: AROUND_BYTES at most, whole words. */
static struct str line_before(struct str text, size_t at)
{
	size_t start = at;
	while (start > 0 && text.ptr[start - 1] != '\n' && at - start < AROUND_BYTES)
		start--;
	if (start > 0 && text.ptr[start - 1] != '\n')
		while (start < at && text.ptr[start] != ' ')
			start++;
	return str_slice(text, start, at);
}

static struct str line_behind(struct str text, size_t at)
{
	size_t end = at;
	while (end < text.len && text.ptr[end] != '\n' && end - at < AROUND_BYTES)
		end++;
	if (end < text.len && text.ptr[end] != '\n')
		while (end > at && text.ptr[end] != ' ')
			end--;
	return str_slice(text, at, end);
}

static int fill_around(struct backtest *b, const struct backtest_message *m,
	const struct finding *f, struct backtest_sample *out, struct error *err)
{
	struct facts facts;
	facts_init(&facts);
	int result = facts_read(m->facts, &facts, err);
	if (!result) {
		out->before = arena_str(&b->arena, line_before(facts.text.bytes, f->start));
		out->behind = arena_str(&b->arena, line_behind(facts.text.bytes, f->end));
		if (!out->before.ptr || !out->behind.ptr)
			result = error_memory(err);
	}
	facts_finish(&facts);
	return result;
}

static int add_sample(struct backtest *b, struct backtest_rule *rule,
	const struct backtest_message *m, const struct finding *f, bool lost, struct error *err)
{
	struct backtest_sample sample = {
		.lost = lost,
		.evidence = m->evidence,
		.at_us = m->at_us,
		.client = arena_str(&b->arena, m->client),
		.words = arena_str(&b->arena, f->text),
	};
	if (!sample.client.ptr || !sample.words.ptr ||
		array_room(&rule->samples, rule->sample_count, &rule->sample_cap,
			sizeof(*rule->samples)) < 0)
		return error_memory(err);
	if (f->has_range && m->facts.ptr && fill_around(b, m, f, &sample, err) < 0)
		return -1;
	rule->samples[rule->sample_count++] = sample;
	return 0;
}

int backtest_add(struct backtest *b, size_t samples, const struct backtest_message *m,
	const struct finding *f, bool lost, struct error *err)
{
	struct backtest_rule *rule;
	if (note(b, m, f, lost ? LOST : GAINED, &rule, err) < 0)
		return -1;
	size_t *sampled = lost ? &rule->samples_lost : &rule->samples_gained;
	if (*sampled >= samples)
		return 0;
	++*sampled;
	return add_sample(b, rule, m, f, lost, err);
}

/* Findings in order of place, what has none last. */
struct findings {
	const struct finding *items;
	size_t count;
};

static bool same_place(const struct finding *a, const struct finding *b)
{
	return a->has_range == b->has_range && a->start == b->start && a->end == b->end &&
		str_eq(a->rule, b->rule);
}

static bool same_weight(const struct finding *a, const struct finding *b)
{
	return a->severity == b->severity && a->status == b->status && a->sign == b->sign &&
		str_eq(a->consent, b->consent);
}

/* *from: where to look, moved on as the places do. */
static const struct finding *find_same(
	const struct findings *in, size_t *from, const struct finding *f)
{
	while (*from < in->count && in->items[*from].has_range && f->has_range &&
		in->items[*from].start < f->start)
		++*from;
	for (size_t i = *from; i < in->count; i++) {
		if (same_place(&in->items[i], f))
			return &in->items[i];
		if (in->items[i].has_range && f->has_range && in->items[i].start > f->start)
			break;
	}
	return NULL;
}

/* Two lists beside each other; all but these begins at zero. */
struct comparison {
	struct findings before, after;
	bool backwards; /* through with `after`: what is left of `before` is lost */
	size_t next, from;
};

/* false when there is no more. */
static bool next_difference(
	struct comparison *c, enum difference *kind, const struct finding **finding)
{
	while (!c->backwards && c->next < c->after.count) {
		const struct finding *f = &c->after.items[c->next++];
		const struct finding *old = find_same(&c->before, &c->from, f);
		if (old && same_weight(old, f))
			continue;
		*kind = old ? CHANGED : GAINED;
		*finding = f;
		return true;
	}
	if (!c->backwards)
		c->next = c->from = 0;
	c->backwards = true;
	while (c->next < c->before.count) {
		const struct finding *f = &c->before.items[c->next++];
		if (find_same(&c->after, &c->from, f))
			continue;
		*kind = LOST;
		*finding = f;
		return true;
	}
	return false;
}

void judgements_compare(
	const struct judgement *before, const struct judgement *after, struct backtest_count *out)
{
	struct comparison c = {.before = {before->findings, before->finding_count},
		.after = {after->findings, after->finding_count}};
	const struct finding *f;
	enum difference d;
	while (next_difference(&c, &d, &f))
		add(out, d);
}

static int compare_lists(struct backtest *b, size_t samples, const struct backtest_message *m,
	struct findings before, struct findings after, struct error *err)
{
	struct comparison c = {.before = before, .after = after};
	struct backtest_rule *rule;
	const struct finding *f;
	enum difference d;
	while (next_difference(&c, &d, &f)) {
		int result = d == CHANGED ? note(b, m, f, CHANGED, &rule, err)
					  : backtest_add(b, samples, m, f, d == LOST, err);
		if (result < 0)
			return -1;
	}
	return 0;
}

int backtest_compare(struct backtest *b, size_t samples, const struct backtest_message *m,
	const struct judgement *before, const struct judgement *after, struct error *err)
{
	const struct findings warnings[] = {
		{before->findings, before->finding_count}, {after->findings, after->finding_count}};
	const struct findings markers[] = {
		{before->markers, before->marker_count}, {after->markers, after->marker_count}};
	if (compare_lists(b, samples, m, warnings[0], warnings[1], err) < 0)
		return -1;
	return compare_lists(b, samples, m, markers[0], markers[1], err);
}

static int by_rule(const void *a, const void *b)
{
	return str_cmp(
		((const struct backtest_rule *)a)->rule, ((const struct backtest_rule *)b)->rule);
}

static int by_client(const void *a, const void *b)
{
	return str_cmp(((const struct backtest_count *)a)->client,
		((const struct backtest_count *)b)->client);
}

static void sort_counts(struct backtest_count *counts, size_t count)
{
	if (count > 1)
		qsort(counts, count, sizeof(*counts), by_client);
}

void backtest_sort(struct backtest *b)
{
	if (b->rule_count > 1)
		qsort(b->rules, b->rule_count, sizeof(*b->rules), by_rule);
	sort_counts(b->clients, b->client_count);
	for (size_t i = 0; i < b->rule_count; i++)
		sort_counts(b->rules[i].clients, b->rules[i].client_count);
}
