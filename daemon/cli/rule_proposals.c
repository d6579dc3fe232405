/* Tells of the rules that are proposed for shadow, and how to act on it. */
#include "rule_proposals.h"

#include "app/rulebook.h"
#include "base/json.h"
#include "rule_trust.h"
#include "rules/ruleset.h"

static bool is_live(const struct ruleset *set, struct str name)
{
	size_t count;
	const struct sequence_rule *const *sequences = ruleset_sequences(set, &count);
	for (size_t i = 0; i < ruleset_count(set); i++)
		if (str_eq(ruleset_rule(set, i)->name, name))
			return ruleset_rule(set, i)->status == RULE_LIVE;
	for (size_t i = 0; i < count; i++)
		if (str_eq(sequences[i]->facts.name, name))
			return sequences[i]->facts.status == RULE_LIVE;
	return false;
}

static void keep_live(struct rule_proposals *p, const struct ruleset *set)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->count; i++)
		if (is_live(set, p->rules[i].rule))
			p->rules[kept++] = p->rules[i];
	p->count = kept;
}

static int keep_in_force(struct invocation *in, struct rule_proposals *p, struct error *err)
{
	const struct rulebook_plan plan = {.config = in->config};
	struct rulebook *book = NULL;
	struct diags diags = {0};
	int result = 0;
	if (in->book->rules)
		keep_live(p, in->book->rules);
	else if ((result = rulebook_load(&plan, &book, &diags, err)) == 0)
		keep_live(p, book->rules);
	rulebook_free(book);
	diags_finish(&diags);
	return result;
}

int rule_proposals_look(
	struct invocation *in, struct index *index, struct rule_proposals *out, struct error *err)
{
	struct rule_count *counts;
	size_t count, kept = 0;
	*out = (struct rule_proposals){0};
	int result = index_rule_counts(index, &out->arena, &counts, &count, err);
	for (size_t i = 0; !result && i < count; i++)
		if (rule_is_doubtful(&counts[i]))
			counts[kept++] = counts[i];
	if (!result) {
		out->rules = counts;
		out->count = kept;
	}
	return kept ? keep_in_force(in, out, err) : result;
}

void rule_proposals_finish(struct rule_proposals *p)
{
	arena_finish(&p->arena);
	*p = (struct rule_proposals){0};
}

void rule_proposals_show(struct invocation *in, const struct rule_proposals *p, const char *label)
{
	for (size_t i = 0; i < p->count; i++) {
		struct buf doubt = {0};
		rule_doubt_add(&p->rules[i], &doubt);
		print(in, "%s%s\n", label, buf_cstr(&doubt));
		buf_finish(&doubt);
	}
}

void rule_proposals_write(const struct rule_proposals *p, struct json_writer *w)
{
	json_array(w, "proposed_shadow");
	for (size_t i = 0; i < p->count; i++) {
		json_object(w, NULL);
		json_str(w, "rule", p->rules[i].rule);
		json_int(w, "hits", (int64_t)p->rules[i].hits);
		json_int(w, "wrong", (int64_t)p->rules[i].wrong);
		json_object_end(w);
	}
	json_array_end(w);
}
