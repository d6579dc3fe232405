/* overstep export: messages as a bundle that proves itself. */
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "archive/archive.h"
#include "archive/bundle.h"
#include "archive/checkpoint.h"
#include "config/config.h"
#include "export.h"
#include "export_sequences.h"
#include "find.h"
#include "output.h"
#include "which_client.h"
#include <stdint.h>
#include <stdlib.h>

/* What goes into the bundle, as it is found. */
struct exporting {
	struct invocation *in;
	struct buf query;            /* as it is looked for */
	struct buf filter;           /* as it is recorded */
	struct str client;           /* in the arena; absent: a query alone */
	struct redaction *redaction; /* NULL: nothing is covered */
	struct seqs messages, withheld, exhibits, records;
	struct buf page, twin;
	struct arena arena, words; /* words: of one message */
	struct indexed_message message;
	bool loaded;
	struct progress progress;
};

static void forget(struct exporting *x)
{
	if (x->loaded)
		indexed_message_finish(&x->message);
	x->loaded = false;
	arena_finish(&x->words);
	buf_clear(&x->twin);
}

static void finish(struct exporting *x)
{
	forget(x);
	redaction_free(x->redaction);
	buf_finish(&x->query);
	buf_finish(&x->filter);
	free(x->messages.items);
	free(x->withheld.items);
	free(x->exhibits.items);
	free(x->records.items);
	buf_finish(&x->page);
	buf_finish(&x->twin);
	arena_finish(&x->arena);
}

/* What the bundle's index wants to know of a message, and its copy when words are covered. */
static int describe(void *context, uint64_t seq, struct bundle_words *out, struct error *err)
{
	struct exporting *x = context;
	const struct facts *f = &x->message.facts;
	forget(x);
	int result = index_message(x->in->store->index, seq, &x->words, &x->message, err);
	x->loaded = result == 1;
	*out = (struct bundle_words){0};
	if (result <= 0)
		return result;
	bool withheld = seqs_hold(&x->withheld, seq);
	struct redaction *covers = withheld ? x->redaction : NULL;
	if (export_covered(covers, f->message_id, &x->words, &out->message_id, err) < 0 ||
		export_covered(covers, f->subject, &x->words, &out->subject, err) < 0 ||
		(withheld && export_twin(covers, &x->message, &x->twin, err) < 0))
		return -1;
	if (withheld)
		out->twin = buf_str(&x->twin);
	return 0;
}

static void tell(void *context, size_t done, size_t total)
{
	struct exporting *x = context;
	progress_tell(&x->progress, "exporting", done, total);
}

static void add_term(struct buf *query, const char *before, struct str words, const char *after)
{
	buf_add_format(query, "%s%s%.*s%s", query->len ? " " : "", before, STR_ARG(words), after);
}

/* The query as it is recorded: what was typed, and the client. */
static int make_query(struct exporting *x, struct error *err)
{
	struct invocation *in = x->in;
	const char *client = option(in, "client"), *about = option(in, "about");
	struct buf typed = {0};
	if (!client && !about && !in->argument_count)
		return error_set(err, ERROR_USAGE,
			"nothing to export, expected a query, --client C or --about TOPIC");
	if (client && client_named(in, str_from(client), &x->arena, &x->client, err) < 0)
		return -1;
	if (client)
		add_term(&x->query, "client:", x->client, "");
	find_text(in, 0, &typed);
	/* an "or" of the query must not reach beyond the client */
	if (typed.len)
		add_term(&x->query, client || about ? "(" : "", buf_str(&typed),
			client || about ? ")" : "");
	if (about)
		add_term(&x->query, "(", str_from(about), ")");
	x->query.failed |= typed.failed;
	buf_finish(&typed);
	return x->query.failed ? error_memory(err) : 0;
}

static int make_redaction(struct exporting *x, struct error *err)
{
	struct str patterns[OPTIONS_GIVEN_MAX];
	const char *pattern;
	size_t count = 0;
	while ((pattern = option_again(x->in, "redact", count)))
		patterns[count++] = str_from(pattern);
	if (!count)
		return 0;
	if (has_option(x->in, "with-findings"))
		return error_set(err, ERROR_USAGE,
			"--redact and --with-findings together, expected one of them: findings "
			"quote the words that they found");
	return redaction_new(patterns, count, &x->redaction, err);
}

/* What was typed, and what was done to it; without the words that are covered. */
static int make_filter(struct exporting *x, struct error *err)
{
	buf_add_str(&x->filter, buf_str(&x->query));
	if (has_option(x->in, "about"))
		buf_add_cstr(
			&x->filter, ", with the threads of these and their clients' agreements");
	if (x->redaction) {
		struct str plain;
		if (export_covered(x->redaction, buf_str(&x->filter), &x->arena, &plain, err) < 0)
			return -1;
		buf_clear(&x->filter);
		buf_add_str(&x->filter, plain);
		buf_add_cstr(&x->filter, ", with words covered");
	}
	return x->filter.failed ? error_memory(err) : 0;
}

static int find_messages(struct exporting *x, struct error *err)
{
	struct query *q = NULL;
	struct buf scope = {0};
	int result = find_parse(x->in, buf_str(&x->query), &q, err);
	if (!result)
		result = find_all(x->in, q, &x->messages.items, &x->messages.count, err);
	x->messages.cap = x->messages.count;
	query_free(q);
	if (!result && !x->messages.count) {
		hint_at_nothing(x->in, buf_str(&x->query));
		return error_set(err, ERROR_NOT_FOUND, "no messages to export");
	}
	seqs_sort(&x->messages);
	if (!result && has_option(x->in, "about")) {
		if (x->client.ptr)
			buf_add_format(&scope, "client:\"%.*s\"", STR_ARG(x->client));
		result = scope.failed
			? error_memory(err)
			: threads_follow(x->in, buf_str(&scope), x->client, &x->messages, err);
	}
	buf_finish(&scope);
	return result;
}

/* Who exported what is in the log. */
static int record_export(struct exporting *x, struct error *err)
{
	char number[32];
	struct record record;
	record_init(&record);
	record.type = RECORD_EXPORT;
	snprintf(number, sizeof(number), "%zu", x->messages.count);
	int result = record_add(&record, "filter", buf_str(&x->filter)) < 0 ||
			record_add(&record, "messages", str_from(number)) < 0
		? error_memory(err)
		: store_append(x->in->store, &record, (struct str){0}, err);
	record_finish(&record);
	return result;
}

/* The checkpoint by the running service, whose credential the key may be. */
static int ask_service_to_sign(struct invocation *in, struct error *err)
{
	struct buf answer = {0};
	struct json_document *d = NULL;
	char *folder = str_dup(in->book->config->archive);
	int result = folder ? control_ask(folder, "checkpoint", &answer, err) : error_memory(err);
	if (!result)
		result = json_parse(buf_str(&answer), &d, err);
	struct str trouble = {0};
	if (!result)
		trouble = json_to_str(json_get(json_root(d), "error"));
	if (trouble.len)
		result = error_set(err, ERROR_CONFIG, "%.*s", STR_ARG(trouble));
	json_free(d);
	buf_finish(&answer);
	free(folder);
	return result;
}

/* A checkpoint covers what is exported. */
static int sign_log(struct invocation *in, struct error *err)
{
	struct error why = {0};
	if (store_checkpoint(in->store, err) >= 0)
		return 0;
	if (err->kind != ERROR_CONFIG)
		return -1;
	return ask_service_to_sign(in, &why) < 0 ? -1 : 0;
}

/* What is recorded of a message goes with it: its signatures, which quote it, and the findings when
   they are asked for. */
static int add_companions(struct exporting *x, uint64_t seq, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	bool findings = has_option(x->in, "with-findings");
	int result = index_message(x->in->store->index, seq, &arena, &m, err);
	if (!result)
		error_set(err, ERROR_TEMPORARY,
			"E-%06llu is not in the index: is it being made anew?",
			(unsigned long long)seq);
	if (result <= 0) {
		arena_finish(&arena);
		return -1;
	}
	const uint64_t companions[] = {
		seqs_hold(&x->withheld, seq) ? 0 : m.dkim_seq,
		findings ? m.findings_seq : 0,
		findings ? m.rules_seq : 0,
	};
	result = seqs_add(&x->records, seq, err);
	for (size_t i = 0; i < 3 && !result; i++)
		if (companions[i])
			result = seqs_add(&x->records, companions[i], err);
	indexed_message_finish(&m);
	arena_finish(&arena);
	return result;
}

/* What the owner supplied goes with all messages of a client, not with a query's. */
static int find_exhibits(struct exporting *x, struct error *err)
{
	struct arena arena = {0};
	struct indexed_exhibit *all = NULL;
	size_t count = 0;
	int result = index_exhibits(
		x->in->store->index, x->client, (struct str){0}, &arena, &all, &count, err);
	for (size_t i = 0; i < count && !result; i++) {
		char name[EVIDENCE_NAME_SIZE];
		evidence_name(all[i].seq, name);
		int holds =
			x->redaction ? export_exhibit_holds(x->in, x->redaction, &all[i], err) : 0;
		if (holds > 0)
			fprintf(stderr,
				"%s is left out: it holds what is to be covered, and cannot be "
				"changed\n",
				name);
		result = holds ? (holds < 0 ? -1 : 0) : seqs_add(&x->exhibits, all[i].seq, err);
		if (!result && !holds)
			result = seqs_add(&x->records, all[i].seq, err);
	}
	seqs_sort(&x->exhibits);
	arena_finish(&arena);
	return result;
}

static int find_records(struct exporting *x, struct error *err)
{
	int result = find_messages(x, err);
	if (!result && x->redaction)
		result = export_withhold(x->in, x->redaction, &x->messages, &x->withheld, err);
	for (size_t i = 0; i < x->messages.count && !result; i++)
		result = add_companions(x, x->messages.items[i], err);
	if (!result && has_option(x->in, "with-findings"))
		result = export_sequences(x->in, x->messages.items, x->messages.count,
			&x->records.items, &x->records.count, err);
	x->records.cap = x->records.count;
	if (!result && x->client.ptr && !x->in->argument_count && !has_option(x->in, "about"))
		result = find_exhibits(x, err);
	return result;
}

static int write_bundle(struct exporting *x, struct error *err)
{
	struct invocation *in = x->in;
	struct log_key key = {0};
	struct str owner;
	const struct export_page page = {.redaction = x->redaction,
		.messages = &x->messages,
		.withheld = &x->withheld,
		.exhibits = &x->exhibits,
		.filter = buf_str(&x->filter)};
	if (export_page_write(in, &page, &x->page, err) < 0 ||
		export_covered(x->redaction, in->book->config->me.name, &x->arena, &owner, err) < 0)
		return -1;
	const struct bundle_extra extra = {STR("data/report.html"), buf_str(&x->page)};
	bool signs = log_key_open(in->store->archive, NULL, &key, NULL) == 0;
	const struct bundle_request request = {
		.seqs = x->records.items,
		.count = x->records.count,
		.filter = buf_str(&x->filter),
		.owner = owner,
		.version = STR(OVERSTEP_VERSION),
		.key = signs ? &key : NULL,
		.extras = &extra,
		.extra_count = 1,
		.describe = describe,
		.progress = tell,
		.context = x,
	};
	progress_init(&x->progress);
	int result = bundle_write(in->store->archive, &request, option(in, "out"), err);
	progress_finish(&x->progress);
	log_key_close(&key);
	return result;
}

static int say(const struct exporting *x, struct error *err)
{
	struct invocation *in = x->in;
	const char *folder = option(in, "out");
	size_t messages = x->messages.count;
	if (in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_cstr(w, "out", folder);
		json_int(w, "messages", (int64_t)messages);
		json_int(w, "redacted", (int64_t)x->withheld.count);
		return json_item_end(in, &line, err);
	}
	print(in, "%zu %s in '%s'; its README.txt tells how to check it by hand\n", messages,
		messages == 1 ? "message" : "messages", folder);
	if (x->redaction)
		print(in, "of %zu there is a redacted copy in its data/redacted\n",
			x->withheld.count);
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	struct exporting x = {.in = in};
	int result = option(in, "out")
		? make_query(&x, err)
		: error_set(err, ERROR_USAGE, "where to? expected --out DIR");
	if (!result)
		result = make_redaction(&x, err);
	if (!result)
		result = make_filter(&x, err);
	if (!result)
		result = find_records(&x, err);
	if (!result)
		result = bystanders_tell(in, x.client, &x.messages, err);
	if (!result)
		result = record_export(&x, err);
	if (!result)
		result = sign_log(in, err);
	if (!result)
		result = write_bundle(&x, err);
	if (!result)
		result = say(&x, err);
	finish(&x);
	return result;
}

static const struct command_option options[] = {
	{"client", "C", "all messages of this client"},
	{"about", "TOPIC",
		"every message on it (a query: words, phrases), those that they answer or that "
		"answer them, and what was marked as agreed with these clients"},
	{"redact", "PATTERN",
		"cover these words, or this /regex/, by a redacted copy in place of each message "
		"that holds them; may be given again"},
	{"out", "DIR", "the bundle's folder, which must not exist yet"},
	{"with-findings", NULL, "the findings and the rules behind them too"},
	{0},
};

const struct command command_export = {
	.name = "export",
	.usage = "QUERY|--client C|--about TOPIC --out DIR [--redact PATTERN]... [--with-findings]",
	.summary = "Write messages as a bundle that can be checked without overstep",
	.help = "  overstep export --client acme --out acme-2026\n"
		"  overstep export 'client:acme sign:late-payment' --out unpaid\n"
		"  overstep export --client acme --about 'blog page' --redact 'Jane Roe' --out blog\n\n"
		"Whoever is named in the messages besides you and their client is listed before it is\n"
		"written. Words are covered inside longer words too, in any case; what is inside of\n"
		"attachments such as PDF is not looked at, and of a message that has any this is "
		"said.\n\n"
		"The risk figure is never part of it. A findings record may name messages of other "
		"clients\nby number; without --with-findings nothing of another client is shown.",
	.needs = NEEDS_WRITE,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
