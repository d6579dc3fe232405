/* overstep replay: judges a message again by the rules and terms of its time. */
#include "app/readers.h"
#include "app/recall.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "find.h"
#include "output.h"
#include "rules/ruleset.h"
#include "worktime/zone.h"

struct replaying {
	struct invocation *in;
	struct recalled then;
	struct stored_message message;
	struct indexed_message before;
	struct str tzdata, engine; /* now */
	size_t gained, lost;
};

static bool same_finding(const struct finding *a, const struct finding *b)
{
	return str_eq(a->rule, b->rule) && a->has_range == b->has_range && a->start == b->start &&
		a->end == b->end && a->severity == b->severity;
}

static bool has_finding(const struct judgement *j, const struct finding *f)
{
	for (size_t i = 0; i < j->finding_count; i++)
		if (same_finding(&j->findings[i], f))
			return true;
	return false;
}

/* What one of the two has and the other has not, each told with its sign. */
static size_t tell_more(struct invocation *in, const struct judgement *a, const struct judgement *b,
	const char *sign)
{
	size_t count = 0;
	for (size_t i = 0; i < a->finding_count; i++) {
		if (has_finding(b, &a->findings[i]))
			continue;
		count++;
		if (in->json)
			continue;
		print(in, "%s %.*s  '", sign, STR_ARG(a->findings[i].rule));
		print_visible(in, a->findings[i].text, false);
		print(in, "'\n");
	}
	return count;
}

static bool same_words(const struct judgement *a, const struct judgement *b)
{
	struct buf left = {0}, right = {0};
	judgement_write_json(a, &left);
	judgement_write_json(b, &right);
	bool same = !left.failed && !right.failed && str_eq(buf_str(&left), buf_str(&right));
	buf_finish(&left);
	buf_finish(&right);
	return same;
}

static bool tell_version(struct invocation *in, const char *what, struct str then, struct str now)
{
	if (!then.ptr || str_eq(then, now))
		return false;
	if (!in->json)
		print(in, "%s then %.*s, now %.*s\n", what, STR_ARG(then), STR_ARG(now));
	return true;
}

static int tell_json(struct replaying *r, bool same, struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], rules[EVIDENCE_NAME_SIZE], terms[EVIDENCE_NAME_SIZE];
	struct json_line line;
	struct json_writer *w = json_item(&line);
	evidence_name(r->before.seq, id);
	evidence_name(r->then.rules_seq, rules);
	evidence_name(r->then.terms_seq, terms);
	json_cstr(w, "id", id);
	json_bool(w, "same", same);
	json_cstr(w, "rules", rules);
	json_cstr(w, "terms", terms);
	json_int(w, "gained", (int64_t)r->gained);
	json_int(w, "lost", (int64_t)r->lost);
	json_str(w, "program_then", r->then.program);
	json_cstr(w, "program_now", OVERSTEP_VERSION);
	json_str(w, "tzdata_then", r->then.tzdata);
	json_str(w, "tzdata_now", r->tzdata);
	json_str(w, "engine_then", r->then.engine);
	json_str(w, "engine_now", r->engine);
	return json_item_end(r->in, &line, err);
}

static int tell(struct replaying *r, struct error *err)
{
	struct invocation *in = r->in;
	const struct judgement *old = &r->before.judgement, *new = &r->message.reading.judgement;
	bool same = same_words(old, new);
	r->lost = tell_more(in, old, new, "-");
	r->gained = tell_more(in, new, old, "+");
	bool versions = tell_version(in, "program", r->then.program, STR(OVERSTEP_VERSION));
	versions |= tell_version(in, "time zone data", r->then.tzdata, r->tzdata);
	versions |= tell_version(in, "rule engine", r->then.engine, r->engine);
	if (in->json)
		return tell_json(r, same, err) < 0 ? -1 : same ? 0 : 1;
	if (r->then.outside_files)
		print(in,
			"a calendar file of yours is read as it is now: only its name was "
			"recorded\n");
	print(in, "by the rules of E-%06llu and the terms of E-%06llu: ",
		(unsigned long long)r->then.rules_seq, (unsigned long long)r->then.terms_seq);
	if (same)
		print_colored(in, COLOR_GREEN, "the same verdict, %zu finding%s\n",
			new->finding_count, new->finding_count == 1 ? "" : "s");
	else if (r->lost || r->gained)
		print_colored(in, COLOR_RED, "another verdict%s\n",
			versions ? "; see what is not as it was then" : "");
	else
		print_colored(in, COLOR_YELLOW, "the same findings, told in other words%s\n",
			versions ? "; see what is not as it was then" : "");
	return same ? 0 : 1;
}

/* The readers of that time: they hold the rules that were in force. */
static int judge_again(struct replaying *r, struct error *err)
{
	struct readers *readers = NULL;
	struct store as_then = *r->in->store;
	struct stored_message *one[] = {&r->message};
	int result = readers_new(r->then.book, 1, &readers, err);
	as_then.readers = readers;
	if (!result)
		result = stored_message_load(&as_then, r->before.seq, &r->message, err);
	if (!result)
		result = stored_messages_read(&as_then, one, 1, READ_JUDGEMENT, err);
	readers_free(readers);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	struct replaying r = {.in = in};
	struct arena arena = {0};
	char tzdata[TZDATA_VERSION_SIZE], engine[RULESET_ENGINE_SIZE];
	ruleset_engine(engine);
	r.engine = str_from(engine);
	zone_tzdata_version(NULL, tzdata);
	r.tzdata = str_from(tzdata);
	if (find_message(in, in->arguments[0], &arena, &r.before, err) < 0) {
		arena_finish(&arena);
		return -1;
	}
	int result = r.before.judged
		? recall(in->store, r.before.findings_seq, &r.then, err)
		: error_set(err, ERROR_NOT_FOUND, "%s was never judged", in->arguments[0]);
	if (!result)
		result = judge_again(&r, err);
	if (!result)
		result = tell(&r, err);
	stored_message_finish(&r.message);
	recalled_finish(&r.then);
	indexed_message_finish(&r.before);
	arena_finish(&arena);
	return result;
}

const struct command command_replay = {
	.name = "replay",
	.usage = "ID",
	.summary = "Judge a message again by the rules and terms of its time",
	.help = "The rule set, hours, zones and holidays that a verdict rests on are in the evidence\n"
		"log. This applies them again to the stored octets and compares. Ends with 1 when the\n"
		"verdict is another one, and names what is not as it was: program, time zone data,\n"
		"rule engine.\n\n"
		"  overstep replay E-000042",
	.needs = NEEDS_ARCHIVE,
	.least = 1,
	.most = 1,
	.run = run,
};
