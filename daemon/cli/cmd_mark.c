/* overstep mark: what I say of a message or a finding; appended, never rewritten. */
#include "app/store.h"
#include "find.h"
#include "follow.h"
#include "message_output.h"
#include "rule_trust.h"
#include <stdlib.h>
#include <string.h>

struct marking {
	enum mark mark;
	const char *kind; /* of an agreement */
	const char *note;
	struct str rule; /* absent: the message itself */
};

/* A mark cannot be taken off, so a slip of the pen must not become one. */
static int read_kind(const char *word, const char **kind, struct error *err)
{
	*kind = word;
	for (size_t i = 0; word && i < AGREEMENT_KINDS; i++)
		if (!strcmp(word, agreement_kinds[i]))
			return 0;
	if (!word)
		return 0;
	const char *near = did_you_mean(str_from(word), agreement_kinds, AGREEMENT_KINDS);
	return near
		? error_set(err, ERROR_USAGE, "unknown kind of agreement '%s' (did you mean '%s'?)",
			  word, near)
		: error_set(err, ERROR_USAGE,
			  "unknown kind of agreement '%s', expected scope, price or hours", word);
}

static int read_marking(struct invocation *in, struct marking *out, struct error *err)
{
	static const struct {
		const char *name;
		enum mark mark;
	} choices[] = {{"wrong", MARK_WRONG}, {"agreed", MARK_AGREED}, {"right", MARK_RIGHT},
		{"agreement", MARK_AGREEMENT}};
	size_t given = 0;
	*out = (struct marking){.mark = MARK_NOTE, .note = option(in, "note")};
	for (size_t i = 0; i < 4; i++)
		if (has_option(in, choices[i].name)) {
			out->mark = choices[i].mark;
			given++;
		}
	if (given > 1)
		return error_set(err, ERROR_USAGE,
			"expected one of --wrong, --agreed, --right and --agreement");
	if (out->note && !str_trim(str_from(out->note)).len)
		return error_set(err, ERROR_USAGE, "an empty note, expected words");
	if (!given && !out->note)
		return error_set(err, ERROR_USAGE,
			"nothing to mark, expected --wrong, --agreed, --right, --agreement KIND or "
			"--note TEXT");
	return read_kind(option(in, "agreement"), &out->kind, err);
}

/* What is to be marked: a message, or what a sequence found. */
struct target {
	uint64_t seq;
	bool sequence;
	const struct indexed_finding *findings;
	size_t finding_count;
	struct strs clients;
};

static bool has_rule(const struct target *t, struct str rule)
{
	for (size_t i = 0; i < t->finding_count; i++)
		if (str_eq(t->findings[i].finding.rule, rule))
			return true;
	return false;
}

/* The only rule that has findings here; absent when there are several or none. */
static struct str only_rule(const struct target *t)
{
	for (size_t i = 1; i < t->finding_count; i++)
		if (!str_eq(t->findings[i].finding.rule, t->findings[0].finding.rule))
			return (struct str){0};
	return t->finding_count ? t->findings[0].finding.rule : (struct str){0};
}

/* wrong, agreed and right are said of a finding; a note may be, an agreement is of the message. */
static int find_rule(
	struct invocation *in, const struct target *t, struct marking *marking, struct error *err)
{
	struct str named = str_from(option(in, "rule"));
	bool of_finding = marking->mark != MARK_AGREEMENT && marking->mark != MARK_NOTE;
	if (t->sequence && marking->mark == MARK_AGREEMENT)
		return error_set(err, ERROR_USAGE,
			"an agreement is of a message, expected one of this sequence's");
	if (named.ptr && marking->mark == MARK_AGREEMENT)
		return error_set(
			err, ERROR_USAGE, "an agreement is of the message, without --rule");
	if (!named.ptr && !of_finding && !t->sequence)
		return 0;
	if (!t->finding_count)
		return error_set(err, ERROR_USAGE, "this message has no findings to mark");
	marking->rule = named.ptr ? named : only_rule(t);
	if (marking->rule.ptr && has_rule(t, marking->rule))
		return 0;
	if (!in->json)
		for (size_t i = 0; i < t->finding_count; i++)
			print_finding(in, &t->findings[i], false);
	if (named.ptr)
		return error_set(err, ERROR_USAGE, "no finding of rule '%.*s' in %s",
			STR_ARG(named), t->sequence ? "this record" : "this message");
	return error_set(err, ERROR_USAGE, "several findings, say which with --rule");
}

static int fill_record(
	struct record *record, uint64_t seq, const struct marking *marking, struct error *err)
{
	char of[EVIDENCE_NAME_SIZE];
	evidence_name(seq, of);
	record->type = RECORD_MARK;
	if (record_add(record, "of", str_from(of)) < 0 ||
		record_add(record, "mark", str_from(mark_name(marking->mark))) < 0 ||
		(marking->rule.ptr && record_add(record, "rule", marking->rule) < 0) ||
		(marking->kind && record_add(record, "kind", str_from(marking->kind)) < 0))
		return error_memory(err);
	return 0;
}

static int append(struct invocation *in, uint64_t seq, const struct marking *marking,
	uint64_t *made, struct error *err)
{
	struct record record;
	struct buf blob = {0};
	record_init(&record);
	if (marking->note) {
		struct json_writer w;
		json_begin(&w, &blob);
		json_object(&w, NULL);
		json_cstr(&w, "note", marking->note);
		json_object_end(&w);
	}
	int result = blob.failed ? error_memory(err) : fill_record(&record, seq, marking, err);
	if (!result)
		result = store_append(
			in->store, &record, marking->note ? buf_str(&blob) : (struct str){0}, err);
	*made = record.seq;
	record_finish(&record);
	buf_finish(&blob);
	return result;
}

static int say(struct invocation *in, uint64_t seq, const struct marking *marking, uint64_t made,
	struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], record[EVIDENCE_NAME_SIZE];
	evidence_name(seq, id);
	evidence_name(made, record);
	if (in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_cstr(w, "id", id);
		json_cstr(w, "record", record);
		json_cstr(w, "mark", mark_name(marking->mark));
		json_str(w, "rule", marking->rule);
		return json_item_end(in, &line, err);
	}
	if (marking->mark == MARK_NOTE)
		print(in, "note added to %s", id);
	else
		print(in, "%s marked %s", id, mark_name(marking->mark));
	if (marking->kind)
		print(in, " (%s)", marking->kind);
	if (marking->rule.ptr)
		print(in, ": %.*s", STR_ARG(marking->rule));
	print(in, ", in record %s%s\n", record,
		marking->mark == MARK_WRONG || marking->mark == MARK_AGREED
			? "; --right takes it back"
			: "");
	return 0;
}

/* What is marked wrong or agreed is part of no sequence. With other rules on disk than those in
   force it is the service that looks. */
static int follow(struct invocation *in, const struct target *t, const struct marking *marking,
	struct error *err)
{
	struct sequences_outcome outcome;
	bool of_member = marking->rule.ptr && !t->sequence;
	int known = of_member ? store_terms_known(in->store, in->book, err) : 0;
	return known <= 0 ? known : follow_sequences(in, &t->clients, false, &outcome, err);
}

/* A rule that weighs; what the clock finds has none. */
static bool is_of_live_rule(const struct target *t, struct str rule)
{
	for (size_t i = 0; i < t->finding_count; i++) {
		const struct finding *f = &t->findings[i].finding;
		if (str_eq(f->rule, rule))
			return f->rule_hash.ptr && f->status == RULE_LIVE;
	}
	return false;
}

/* One mark more, and its rule may be proposed for shadow. */
static int say_doubt(struct invocation *in, const struct target *t, const struct marking *marking,
	struct error *err)
{
	struct arena arena = {0};
	struct rule_count *counts;
	size_t count = 0;
	if (in->json || marking->mark != MARK_WRONG || !is_of_live_rule(t, marking->rule))
		return 0;
	int result = index_rule_counts(in->store->index, &arena, &counts, &count, err);
	for (size_t i = 0; i < count; i++) {
		struct buf doubt = {0};
		if (!str_eq(counts[i].rule, marking->rule) || !rule_is_doubtful(&counts[i]))
			continue;
		rule_doubt_add(&counts[i], &doubt);
		print(in, "%s\n", buf_cstr(&doubt));
		buf_finish(&doubt);
	}
	arena_finish(&arena);
	return result;
}

static int mark(
	struct invocation *in, const struct target *t, struct marking *marking, struct error *err)
{
	uint64_t made;
	if (find_rule(in, t, marking, err) < 0 || append(in, t->seq, marking, &made, err) < 0 ||
		follow(in, t, marking, err) < 0)
		return -1;
	if (say(in, t->seq, marking, made, err) < 0)
		return -1;
	return say_doubt(in, t, marking, err);
}

static int mark_sequence(struct invocation *in, const struct indexed_sequence *s,
	struct marking *marking, struct error *err)
{
	const struct indexed_finding finding = {s->found.finding, s->mark, s->note};
	const struct target t = {
		.seq = s->seq, .sequence = true, .findings = &finding, .finding_count = 1};
	char by[EVIDENCE_NAME_SIZE];
	evidence_name(s->withdrawn, by);
	return s->withdrawn ? error_set(err, ERROR_USAGE, "it was withdrawn by %s", by)
			    : mark(in, &t, marking, err);
}

static int mark_message(
	struct invocation *in, struct arena *arena, struct marking *marking, struct error *err)
{
	struct indexed_message m;
	if (find_message(in, in->arguments[0], arena, &m, err) < 0)
		return -1;
	const struct target t = {
		.seq = m.seq,
		.findings = m.findings,
		.finding_count = m.finding_count,
		.clients = m.clients,
	};
	int result = mark(in, &t, marking, err);
	indexed_message_finish(&m);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	struct arena arena = {0};
	struct indexed_sequence s;
	struct marking marking;
	if (read_marking(in, &marking, err) < 0)
		return -1;
	int result = find_sequence(in, in->arguments[0], &arena, &s, err);
	if (result >= 0)
		result = result ? mark_sequence(in, &s, &marking, err)
				: mark_message(in, &arena, &marking, err);
	arena_finish(&arena);
	return result;
}

static const struct command_option options[] = {
	{"rule", "R", "of which finding, when there are several"},
	{"wrong", NULL, "the rule erred: the finding leaves the risk"},
	{"agreed", NULL, "a true hit that I had consented to: it leaves the risk"},
	{"right", NULL, "a true hit: takes the two above back"},
	{"agreement", "KIND", "this message fixes: scope, price or hours"},
	{"note", "TEXT", "a note, alone or with one of the above"},
	{0},
};

const struct command command_mark = {
	.name = "mark",
	.usage = "ID [--rule R] --wrong|--agreed|--right|--agreement KIND|--note TEXT",
	.summary = "Say what you think of a finding or a message",
	.help = "  overstep mark E-000042 --wrong\n"
		"  overstep mark E-000042 --rule urgency/now --agreed --note 'launch week'\n"
		"  overstep mark E-000007 --agreement price\n\n"
		"Marks are records of their own: nothing is rewritten, and they survive judging again.",
	.needs = NEEDS_WRITE,
	.with_rules = true,
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
