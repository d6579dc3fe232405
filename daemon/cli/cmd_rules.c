/* overstep rules: which there are and how they do, one in plain words, a new one. */
#include "app/rulebook.h"
#include "app/store.h"
#include "config/config.h"
#include "rules_command.h"
#include <stdlib.h>
#include <string.h>

static int by_name(const void *name, const void *item)
{
	return str_cmp(*(const struct str *)name, ((const struct rule_known *)item)->view.name);
}

struct rule_known *rules_find(const struct rules_known *k, struct str name)
{
	return k->count ? bsearch(&name, k->rules, k->count, sizeof(*k->rules), by_name) : NULL;
}

static void note_facts(struct rules_known *k, const struct rule_facts *facts)
{
	struct rule_known *rule = rules_find(k, facts->name);
	if (rule)
		rule->facts = facts;
}

/* Each with its place; one that is none in force has no facts and is dropped. */
static int collect(const struct ruleset *set, struct rules_known *k, struct error *err)
{
	size_t sequences, kept = 0;
	struct rule_view *views;
	const struct sequence_rule *const *all = ruleset_sequences(set, &sequences);
	if (ruleset_views(set, &k->arena, &views, &k->count, err) < 0)
		return -1;
	k->rules = arena_array(&k->arena, k->count, sizeof(*k->rules));
	if (!k->rules)
		return error_memory(err);
	for (size_t i = 0; i < k->count; i++)
		k->rules[i].view = views[i];
	for (size_t i = 0; i < ruleset_count(set); i++)
		note_facts(k, ruleset_rule(set, i));
	for (size_t i = 0; i < sequences; i++)
		note_facts(k, &all[i]->facts);
	for (size_t i = 0; i < k->count; i++)
		if (k->rules[i].facts)
			k->rules[kept++] = k->rules[i];
	k->count = kept;
	return 0;
}

static int note_counts(struct index *index, struct rules_known *k, struct error *err)
{
	struct rule_count *counts;
	size_t count;
	if (index_rule_counts(index, &k->arena, &counts, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct rule_known *rule = rules_find(k, counts[i].rule);
		if (rule)
			rule->count = counts[i];
	}
	k->has_counts = true;
	return 0;
}

int rules_know(struct invocation *in, struct rules_known *out, struct error *err)
{
	struct error why = {0};
	*out = (struct rules_known){0};
	int result = collect(in->book->rules, out, err);
	/* before the first message there is no archive; and rules are there without it, too */
	if (!result && in->book->config && needs_open_archive(in, &why) < 0 &&
		why.kind != ERROR_NOT_FOUND)
		fprintf(stderr, "overstep: hits are not counted: %s\n", why.text);
	if (!result && in->store)
		result = note_counts(in->store->index, out, err);
	if (result < 0)
		rules_known_finish(out);
	return result;
}

void rules_known_finish(struct rules_known *k)
{
	arena_finish(&k->arena);
	*k = (struct rules_known){0};
}

static int with_known(struct invocation *in,
	int (*run)(struct invocation *in, const struct rules_known *k, struct error *err),
	struct error *err)
{
	struct rules_known known;
	if (rules_know(in, &known, err) < 0)
		return -1;
	int code = run(in, &known, err);
	rules_known_finish(&known);
	return code;
}

static int list(struct invocation *in, struct error *err)
{
	return with_known(in, rules_list, err);
}

static int show(struct invocation *in, struct error *err)
{
	return with_known(in, rules_show, err);
}

/* least, most: arguments behind the word. options: those that are its own. */
static const struct subcommand {
	const char *name;
	int (*run)(struct invocation *in, struct error *err);
	size_t least, most;
	const char *argument;
	const char *options[10];
} parts[] = {
	{"list", list, 0, 1, "[GLOB]", {"sign", "lang", "doubtful"}},
	{"show", show, 1, 1, "NAME", {"shadow"}},
	{"new", rules_new, 1, 1, "NAME",
		{"file", "sign", "lang", "title", "severity", "says", "yes", "no", "from"}},
};

static bool is_own(const struct subcommand *p, const char *name)
{
	for (size_t i = 0; i < 10 && p->options[i]; i++)
		if (!strcmp(p->options[i], name))
			return true;
	return false;
}

static int refuse_others(const struct invocation *in, const struct subcommand *p, struct error *err)
{
	size_t arguments = in->argument_count - 1;
	for (const struct command_option *o = in->command->options; o->name; o++)
		if (has_option(in, o->name) && !is_own(p, o->name))
			return error_set(err, ERROR_USAGE, "option '--%s' is not of 'rules %s'",
				o->name, p->name);
	if (arguments < p->least || arguments > p->most)
		return error_set(
			err, ERROR_USAGE, "expected 'overstep rules %s %s'", p->name, p->argument);
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	const char *names[sizeof(parts) / sizeof(parts[0])];
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		names[i] = parts[i].name;
		if (strcmp(in->arguments[0], parts[i].name))
			continue;
		if (refuse_others(in, &parts[i], err) < 0 ||
			needs_open_rules(in, &(struct rulebook_plan){0}, err) < 0)
			return -1;
		return parts[i].run(in, err);
	}
	const char *near =
		did_you_mean(str_from(in->arguments[0]), names, sizeof(names) / sizeof(names[0]));
	return near
		? error_set(err, ERROR_USAGE, "unknown word '%s' behind rules (did you mean '%s'?)",
			  in->arguments[0], near)
		: error_set(err, ERROR_USAGE,
			  "unknown word '%s' behind rules, expected list, show or new",
			  in->arguments[0]);
}

static const struct command_option options[] = {
	{"sign", "SIGN", "list: only of that sign; new: the sign it stands for"},
	{"lang", "L", "list: only of that pack; new: the language of its words"},
	{"doubtful", NULL, "list: only those that are proposed for shadow"},
	{"shadow", NULL, "show: its lines with 'status shadow', for a file of one's own"},
	{"file", "FILE", "new: into a new file, in the folder that the configuration names"},
	{"title", "TEXT", "new: what is said, neutrally"},
	{"severity", "1-4", "new: 1 note, 2 minor, 3 serious, 4 grave"},
	{"from", "client|me", "new: whose words"},
	{"says", "TEXT", "new: phrases between bars"},
	{"yes", "TEXT", "new: a message that it has to find"},
	{"no", "TEXT", "new: an innocent one that it must not find"},
	{0},
};

const struct command command_rules = {
	.name = "rules",
	.usage = "list|show|new [R]",
	.summary = "List rules with what they found, show one in plain words, begin a new one",
	.help = "  overstep rules list\n"
		"  overstep rules list 'urgency/*' --lang en\n"
		"  overstep rules show urgency/now\n"
		"  overstep rules new mine/by-breakfast --sign urgency --says 'by breakfast' \\\n"
		"    --yes 'I need it by breakfast.' --no 'See you at breakfast.' --file own.rules\n\n"
		"HITS are messages with a finding in force. Marks are yours (overstep mark): 'wrong' "
		"says that the\nrule erred; 'agreed' and 'right' are true hits. TRUE is their share of "
		"those marked. A rule is\nproposed for shadow when that share is surely below 70 % "
		"(Wilson's upper bound at 95 %), of five\nmarks or more, and a tenth of its hits or more "
		"are wrong. It is never moved by itself.\n\n"
		"'new' writes what is stated into a rule, leaves the rest to be filled in, and never "
		"writes over a\nfile. Ends with 1 when there is no such rule.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.least = 1,
	.most = 2,
	.run = run,
};
