/* Loads rule files into a rule set: reads, compiles, tries examples, settles names. */
#include "load.h"
#include "base/limits.h"
#include "examples.h"
#include "except.h"
#include "remark.h"
#include "sequence.h"
#include <stdlib.h>

/* The set keeps its own copy of the files: rules borrow from them. */
static int copy_file(struct loading *l, const struct rule_file *file, struct rule_file *out)
{
	struct arena *arena = &l->set->arena;
	out->name = arena_str(arena, file->name);
	out->bytes = arena_str(arena, file->bytes);
	if (!out->name.ptr || !out->bytes.ptr)
		return error_memory(l->err);
	if (!file->pack.ptr)
		return 0;
	out->pack = arena_str(arena, file->pack);
	return out->pack.ptr ? 0 : error_memory(l->err);
}

/* A draft to a rule. Its examples are tried only when nothing else is wrong with it. */
static int load_rule(struct loading *l, struct candidate *c, const struct draft *d)
{
	struct rule *rule = &c->rules[c->count++];
	size_t errors = l->diags->errors;
	rule->file = c->script.file;
	rule_check(&c->script, d, rule);
	if (str_eq(d->name, STR(EXCLUDED_RULE)))
		complain(&c->script, DIAG_ERROR, &d->at,
			"name '" EXCLUDED_RULE "' belongs to the contract's phrases");
	if (rule_compile(&c->script, d, rule, l->err) < 0)
		return -1;
	rule->broken = l->diags->errors > errors;
	if (l->options->skip_examples || rule->broken)
		return 0;
	return examples_check(l->set->work, &c->script, rule, &l->set->failed_examples, l->err);
}

static int load_sequence(struct loading *l, struct candidate *c, const struct draft *d)
{
	struct sequence_rule *sequence = &c->sequences[c->sequence_count++];
	size_t errors = l->diags->errors;
	if (sequence_compile(&c->script, d, sequence, l->err) < 0)
		return -1;
	if (l->options->skip_examples || !l->options->judge_sequences || l->diags->errors > errors)
		return 0;
	return sequence_examples_check(&c->script, d, sequence, &l->set->failed_examples, l->err);
}

static int load_except(struct loading *l, struct candidate *c, const struct draft *d)
{
	return except_read(&c->script, d, &c->consents[c->consent_count++], l->err);
}

static int (*const load_block[BLOCK_COUNT])(
	struct loading *l, struct candidate *c, const struct draft *d) = {
	[BLOCK_RULE] = load_rule,
	[BLOCK_SEQUENCE] = load_sequence,
	[BLOCK_EXCEPT] = load_except,
};

static void check_number(
	struct loading *l, const struct candidate *c, size_t number, size_t most, const char *what)
{
	if (number > most)
		diags_add(l->diags, DIAG_ERROR, c->script.name, 0, 0, (struct str){NULL, 0},
			"over %zu %s in all files", most, what);
}

static int load_file(struct loading *l, size_t index)
{
	struct candidate *c = &l->candidates[index];
	size_t errors = l->diags->errors;
	c->script.file = &l->files[index];
	c->script.options = l->options;
	c->script.name = arena_cstr(&l->set->arena, l->files[index].name);
	c->script.arena = &l->set->arena;
	c->script.words = &l->words;
	c->script.diags = l->diags;
	c->script.errors_before = errors;
	if (!c->script.name)
		return error_memory(l->err);
	if (script_read(&c->script, l->err) < 0)
		return -1;
	size_t blocks = c->script.draft_count;
	c->rules = arena_array(&l->set->arena, blocks, sizeof(*c->rules));
	c->sequences = arena_array(&l->set->arena, blocks, sizeof(*c->sequences));
	c->consents = arena_array(&l->set->arena, blocks, sizeof(*c->consents));
	if (!c->rules || !c->sequences || !c->consents)
		return error_memory(l->err);
	for (const struct draft *d = c->script.drafts; d; d = d->next) {
		if (script_is_hopeless(&c->script, &d->at))
			break;
		if (load_block[d->block](l, c, d) < 0)
			return -1;
	}
	l->rule_count += c->count;
	l->sequence_count += c->sequence_count;
	l->consent_count += c->consent_count;
	check_number(l, c, l->rule_count, LIMIT_RULES, "rules");
	check_number(l, c, l->sequence_count, LIMIT_SEQUENCES, "sequences");
	check_number(l, c, l->consent_count, LIMIT_EXCEPTS, "except blocks");
	c->left_out = l->diags->errors > errors;
	return 0;
}

/* Moves what is in force into the set; the rest is given back by loading_finish. */
static int take_rules(struct loading *l)
{
	struct ruleset *set = l->set;
	set->rules = arena_array(&set->arena, l->rule_count, sizeof(*set->rules));
	set->sequences = arena_array(&set->arena, l->sequence_count, sizeof(*set->sequences));
	set->consents = arena_array(&set->arena, l->consent_count, sizeof(*set->consents));
	if (!set->rules || !set->sequences || !set->consents)
		return error_memory(l->err);
	for (size_t i = 0; i < l->count; i++) {
		struct candidate *c = &l->candidates[i];
		for (size_t k = 0; k < c->consent_count && !c->left_out; k++)
			set->consents[set->consent_count++] = c->consents[k];
		struct rule *rule = c->rules;
		struct sequence_rule *sequence = c->sequences;
		for (struct draft *d = c->script.drafts; d && !c->left_out; d = d->next) {
			if (d->block == BLOCK_SEQUENCE && !d->replaced)
				set->sequences[set->sequence_count++] = sequence;
			if (d->block == BLOCK_RULE && !d->replaced) {
				set->rules[set->count++] = *rule;
				*rule = (struct rule){0};
			}
			sequence += d->block == BLOCK_SEQUENCE;
			rule += d->block == BLOCK_RULE;
		}
	}
	return 0;
}

/* On the user's files that are well; the shipped ones are not theirs to change. */
static int remark(struct loading *l)
{
	struct remarked *files = arena_array(&l->set->arena, l->count, sizeof(*files));
	struct remark_work done = {0};
	if (!files)
		return error_memory(l->err);
	for (size_t i = 0; i < l->count; i++) {
		const struct candidate *c = &l->candidates[i];
		files[i] = (struct remarked){&c->script, c->rules, c->count};
		if (!l->files[i].pack.ptr &&
			remark_rules(&files[i], l->set->work, &done, l->err) < 0)
			return -1;
	}
	return remark_phrases(files, l->count, l->err);
}

static int settle(struct loading *l, size_t *left_out)
{
	if (names_settle(l) < 0)
		return -1;
	if (l->diags->failed)
		return error_memory(l->err);
	if (l->options->remarks && remark(l) < 0)
		return -1;
	if (take_rules(l) < 0)
		return -1;
	if (prefilter_new(l->set->rules, l->set->count, &l->set->prefilter) < 0)
		return error_memory(l->err);
	l->set->files = arena_array(&l->set->arena, l->count, sizeof(*l->set->files));
	if (!l->set->files)
		return error_memory(l->err);
	for (size_t i = 0; i < l->count; i++)
		if (!l->candidates[i].left_out)
			l->set->files[l->set->file_count++] = l->files[i];
	*left_out = l->count - l->set->file_count;
	return 0;
}

static int load_clients(struct loading *l)
{
	struct ruleset *set = l->set;
	const struct ruleset_options *o = l->options;
	set->clients = arena_array(&set->arena, o->client_count, sizeof(*set->clients));
	if (!set->clients)
		return error_memory(l->err);
	for (size_t i = 0; i < o->client_count; i++) {
		const struct contract *contract = &o->clients[i].contract;
		if (contract->includes.count + contract->excludes.count == 0)
			continue;
		if (contract_phrases_init(&set->clients[set->client_count++], &o->clients[i],
			    &set->arena, l->diags, l->err) < 0)
			return -1;
	}
	return 0;
}

static int loading_init(struct loading *l, const struct rule_file *files)
{
	struct arena *arena;
	l->set = calloc(1, sizeof(*l->set));
	if (!l->set)
		return error_memory(l->err);
	arena = &l->set->arena;
	l->set->work = calloc(1, sizeof(*l->set->work));
	l->files = arena_array(arena, l->count, sizeof(*l->files));
	l->candidates = arena_array(arena, l->count, sizeof(*l->candidates));
	if (!l->set->work || !l->files || !l->candidates) {
		l->count = 0;
		return error_memory(l->err);
	}
	for (size_t i = 0; i < l->count; i++)
		if (copy_file(l, &files[i], &l->files[i]) < 0)
			return -1;
	return scanner_new(!l->options->no_jit, &l->set->work->scanner, l->err);
}

static void loading_finish(struct loading *l)
{
	for (size_t i = 0; l->set && i < l->count; i++)
		for (size_t k = 0; k < l->candidates[i].count; k++)
			rule_finish(&l->candidates[i].rules[k]);
	capture_words_finish(&l->words);
}

int ruleset_load(const struct rule_file *files, size_t count, const struct ruleset_options *options,
	struct ruleset **out, size_t *left_out, struct diags *diags, struct error *err)
{
	struct loading l = {.options = options, .diags = diags, .err = err, .count = count};
	size_t out_count = 0;
	int rc = loading_init(&l, files);
	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = load_file(&l, i);
	if (rc == 0)
		rc = load_clients(&l);
	if (rc == 0)
		rc = settle(&l, &out_count);
	loading_finish(&l);
	if (rc < 0) {
		ruleset_free(l.set);
		return -1;
	}
	*out = l.set;
	*left_out = out_count;
	return 0;
}
