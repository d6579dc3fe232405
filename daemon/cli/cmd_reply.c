/* overstep reply: a polite answer that sets a boundary, to read, to copy or among the drafts. */
#include "app/store.h"
#include "assess.h"
#include "find.h"
#include "message_output.h"
#include "model/record.h"
#include "reply.h"

/* Does it tell of another rule that could be answered, the first time? */
static bool is_other(const struct reply_subject *s, size_t at, const struct reply *r)
{
	struct str rule = s->findings[at].finding.rule;
	bool other = reply_counts(&s->findings[at]) && !str_eq(rule, r->finding->finding.rule);
	for (size_t i = 0; i < at && other; i++)
		other = !reply_counts(&s->findings[i]) ||
			!str_eq(rule, s->findings[i].finding.rule);
	return other;
}

static void write_others(
	const struct reply_subject *s, const struct reply *r, struct json_writer *w)
{
	json_array(w, "others");
	for (size_t i = 0; i < s->finding_count; i++) {
		const struct finding *f = &s->findings[i].finding;
		if (!is_other(s, i, r))
			continue;
		json_object(w, NULL);
		json_str(w, "rule", f->rule);
		json_cstr(w, "sign", sign_name(f->sign));
		json_int(w, "severity", f->severity);
		json_object_end(w);
	}
	json_array_end(w);
}

static int write_json(struct invocation *in, const struct reply_subject *s, const struct reply *r,
	const struct reply_draft *draft, struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], of[EVIDENCE_NAME_SIZE];
	struct json_line line;
	struct json_writer *w = json_item(&line);
	const struct finding *f = &r->finding->finding;
	evidence_name(s->seq, id);
	evidence_name(s->message->seq, of);
	json_cstr(w, "id", id);
	json_cstr(w, "message", of);
	json_str(w, "client", s->client);
	json_str(w, "rule", f->rule);
	json_cstr(w, "sign", sign_name(f->sign));
	json_int(w, "severity", f->severity);
	json_str(w, "lang", r->lang);
	json_cstr(w, "lang_why", r->lang_why);
	json_str(w, "to", r->to);
	json_str(w, "subject", r->subject);
	json_str(w, "text", r->text);
	write_others(s, r, w);
	if (draft) {
		json_object(w, "draft");
		json_str(w, "account", draft->account);
		json_str(w, "folder", draft->folder);
		json_str(w, "message_id", draft->message_id);
		json_bool(w, "made", draft->made);
		json_object_end(w);
	} else {
		json_null(w, "draft");
	}
	return json_item_end(in, &line, err);
}

/* Beside the words, so that these can go through a pipe as they are. */
static void tell_choice(const struct reply_subject *s, const struct reply *r)
{
	const struct finding *f = &r->finding->finding;
	fprintf(stderr, "to %.*s (%s), in '%.*s': %s\n", STR_ARG(f->rule),
		severity_name(f->severity), STR_ARG(r->lang), r->lang_why);
	for (size_t i = 0; i < s->finding_count; i++) {
		const struct finding *other = &s->findings[i].finding;
		if (is_other(s, i, r))
			fprintf(stderr, "also found: --rule %.*s (%s)\n", STR_ARG(other->rule),
				severity_name(other->severity));
	}
	fputc('\n', stderr);
}

static void tell_draft(struct invocation *in, const struct reply *r, const struct reply_draft *d)
{
	print(in, "%s '", d->made ? "put among the drafts in" : "is among the drafts already, in");
	print_visible(in, d->folder, false);
	print(in, "' of %.*s: ", STR_ARG(d->account));
	print_visible(in, r->subject, false);
	print(in, "\n");
}

static int answer(struct invocation *in, const struct reply_subject *s, struct arena *arena,
	struct error *err)
{
	const struct indexed_finding *finding = NULL;
	struct reply reply;
	struct reply_draft draft = {0};
	int64_t now_us;
	bool drafting = has_option(in, "draft");
	if (assess_time(in, option(in, "at"), &now_us, err) < 0 ||
		reply_choose(s, str_from(option(in, "rule")), &finding, err) < 0 ||
		reply_write(in, s, finding, str_from(option(in, "lang")), now_us, arena, &reply,
			err) < 0 ||
		(drafting && reply_put_draft(in, s, &reply, now_us, arena, &draft, err) < 0))
		return -1;
	if (in->json)
		return write_json(in, s, &reply, drafting ? &draft : NULL, err);
	tell_choice(s, &reply);
	if (drafting)
		tell_draft(in, &reply, &draft);
	else
		print_visible(in, reply.text, true);
	return 0;
}

static int answer_message(struct invocation *in, const struct indexed_message *m,
	struct arena *arena, struct error *err)
{
	const struct reply_subject subject = {
		.seq = m->seq,
		.client = m->client,
		.message = m,
		.findings = m->findings,
		.finding_count = m->finding_count,
	};
	if (m->direction == DIRECTION_OUT)
		return error_set(err, ERROR_USAGE, "it is a message of yours, expected a client's");
	return answer(in, &subject, arena, err);
}

/* The last message of the client's that it is made of. What never came has none of them. */
static int answer_sequence(struct invocation *in, const struct indexed_sequence *s,
	struct arena *arena, struct error *err)
{
	const struct indexed_finding finding = {s->found.finding, s->mark, s->note};
	for (size_t i = s->found.member_count; i-- > 0;) {
		struct indexed_message m;
		int found = index_message(in->store->index, s->found.members[i], arena, &m, err);
		if (found < 0)
			return -1;
		const struct reply_subject subject = {
			.seq = s->seq,
			.client = s->client,
			.message = &m,
			.findings = &finding,
			.finding_count = 1,
		};
		bool theirs = found && m.direction == DIRECTION_IN;
		int result = theirs ? answer(in, &subject, arena, err) : 0;
		if (found)
			indexed_message_finish(&m);
		if (theirs)
			return result;
	}
	return error_set(err, ERROR_NOT_FOUND,
		"no message of the client's belongs to it: answer with 'overstep reply' to another");
}

static int run(struct invocation *in, struct error *err)
{
	struct arena arena = {0};
	struct indexed_sequence s;
	struct indexed_message m;
	int result = find_sequence(in, in->arguments[0], &arena, &s, err);
	if (result > 0) {
		result = answer_sequence(in, &s, &arena, err);
	} else if (!result) {
		result = find_message(in, in->arguments[0], &arena, &m, err);
		if (!result) {
			result = answer_message(in, &m, &arena, err);
			indexed_message_finish(&m);
		}
	}
	arena_finish(&arena);
	return result;
}

static const struct command_option options[] = {
	{"rule", "R", "to which finding, when there are several; else to the gravest"},
	{"lang", "L", "in which language: en, sv, fr, de or es"},
	{"draft", NULL, "put it among the drafts of the account that the message came from"},
	{"at", "TIME", "as if it were written at that day or time"},
	{0},
};

const struct command command_reply = {
	.name = "reply",
	.usage = "ID [--rule R] [--lang L] [--draft] [--at TIME]",
	.summary = "Print a polite answer that sets a boundary, or put it among the drafts",
	.help = "The words are those of 'reply' in the rule, with what is known filled in: my hours, "
		"their next\nopening, what was asked for, the day. The language is that of the rule, "
		"else of what else was\nfound in the message, else the first of 'languages', else "
		"English.\n\n"
		"  overstep reply E-000042\n"
		"  overstep reply E-000042 --rule scope-creep/add-on --lang sv\n"
		"  overstep reply E-000042 --draft\n\n"
		"--draft sends nothing: it puts a mail into the account's folder for drafts, once for the "
		"same\nwords. What is sent from there is seen in the folder of sent mail, and counts then. "
		"Ends with 1\nwhen nothing in the message asks for a reply, or its rule has none.",
	.needs = NEEDS_ARCHIVE,
	.with_rules = true,
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
