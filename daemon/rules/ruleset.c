/* A loaded rule set: what is in it, and one message against all of it. */
#include "set.h"
#include <stdlib.h>

void ruleset_free(struct ruleset *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		rule_finish(&r->rules[i]);
	for (size_t i = 0; i < r->client_count; i++)
		contract_phrases_finish(&r->clients[i]);
	prefilter_free(r->prefilter);
	if (r->work) {
		scanner_free(r->work->scanner);
		subjects_finish(&r->work->subjects);
		windows_finish(&r->work->windows);
	}
	free(r->work);
	arena_finish(&r->arena);
	free(r);
}

size_t ruleset_count(const struct ruleset *r)
{
	return r->count;
}

const struct rule_facts *ruleset_rule(const struct ruleset *r, size_t index)
{
	return index < r->count ? &r->rules[index].facts : NULL;
}

const struct sequence_rule *const *ruleset_sequences(const struct ruleset *r, size_t *count)
{
	*count = r->sequence_count;
	return r->sequences;
}

const struct consent *ruleset_consents(const struct ruleset *r, size_t *count)
{
	*count = r->consent_count;
	return r->consents;
}

size_t ruleset_failed_examples(const struct ruleset *r)
{
	return r->failed_examples;
}

static const struct contract_phrases *phrases_of(
	const struct ruleset *r, const struct client *client)
{
	for (size_t i = 0; client && i < r->client_count; i++)
		if (str_eq(r->clients[i].client, client->id))
			return &r->clients[i];
	return NULL;
}

static int compare_hits(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return str_cmp(x->rule->name, y->rule->name);
}

static int compare_near(const void *a, const void *b)
{
	const struct near_miss *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return str_cmp(x->rule->name, y->rule->name);
}

static int compare_windows(const void *a, const void *b)
{
	const struct window *x = a, *y = b;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->pattern != y->pattern)
		return x->pattern < y->pattern ? -1 : 1;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

/* The windows of the rules that the prefilter finds worth trying, by rule. */
static int find_windows(const struct ruleset *r, struct windows *windows)
{
	const struct subjects *subjects = &r->work->subjects;
	for (uint32_t i = 0; i < subjects->count; i++)
		if (prefilter_run(r->prefilter, subject_text(&subjects->items[i]), i, windows) < 0)
			return -1;
	if (windows->count > 1)
		qsort(windows->items, windows->count, sizeof(*windows->items), compare_windows);
	return 0;
}

static int all_windows(const struct ruleset *r, struct windows *windows)
{
	for (size_t i = 0; i < r->count; i++)
		if (windows_add_all(windows, &r->work->subjects, &r->rules[i], (uint32_t)i) < 0)
			return -1;
	return 0;
}

/* Tries each rule that has windows. */
static int match_windows(const struct ruleset *r, const struct windows *windows,
	const struct match_input *in, struct hits *out, struct error *err)
{
	size_t end;
	for (size_t i = 0; i < windows->count && !out->too_many; i = end) {
		const struct rule *rule = &r->rules[windows->items[i].rule];
		for (end = i + 1; end < windows->count; end++)
			if (windows->items[end].rule != windows->items[i].rule)
				break;
		if (in->lang.ptr && rule->pack.ptr && !str_eq(in->lang, rule->pack))
			continue;
		if (rule_match(r->work, rule, &windows->items[i], end - i, in, out, err) < 0)
			return -1;
	}
	return 0;
}

static int match_with(int (*find)(const struct ruleset *, struct windows *),
	const struct ruleset *r, const struct match_input *in, struct hits *out, struct error *err)
{
	const struct contract_phrases *phrases = phrases_of(r, in->client);
	struct windows *windows = &r->work->windows;
	windows->count = 0;
	r->work->contract = phrases;
	if (subjects_load(&r->work->subjects, in->text) < 0 || find(r, windows) < 0)
		return error_memory(err);
	if (match_windows(r, windows, in, out, err) < 0)
		return -1;
	if (phrases && contract_phrases_match(phrases, r->work, in, out, err) < 0)
		return -1;
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), compare_hits);
	if (out->near_count > 1)
		qsort(out->near, out->near_count, sizeof(*out->near), compare_near);
	return 0;
}

int ruleset_match(
	const struct ruleset *r, const struct match_input *in, struct hits *out, struct error *err)
{
	return match_with(find_windows, r, in, out, err);
}

int ruleset_match_one_by_one(
	const struct ruleset *r, const struct match_input *in, struct hits *out, struct error *err)
{
	return match_with(all_windows, r, in, out, err);
}
