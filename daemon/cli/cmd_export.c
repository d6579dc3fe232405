/* overstep export: messages as a bundle that proves itself. */
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "archive/archive.h"
#include "archive/bundle.h"
#include "archive/checkpoint.h"
#include "config/config.h"
#include "export_sequences.h"
#include "find.h"
#include "output.h"
#include "which_client.h"
#include <stdint.h>
#include <stdlib.h>

/* What the bundle's index wants to know of each message. */
struct describing {
	struct invocation *in;
	struct arena arena;
	struct indexed_message message;
	bool loaded;
	struct progress progress;
};

static void forget(struct describing *d)
{
	if (d->loaded)
		indexed_message_finish(&d->message);
	d->loaded = false;
	arena_finish(&d->arena);
}

static int describe(void *context, uint64_t seq, struct bundle_words *out, struct error *err)
{
	struct describing *d = context;
	forget(d);
	int result = index_message(d->in->store->index, seq, &d->arena, &d->message, err);
	if (result < 0)
		return -1;
	d->loaded = result == 1;
	*out = (struct bundle_words){0};
	if (d->loaded)
		*out = (struct bundle_words){
			.message_id = d->message.facts.message_id,
			.subject = d->message.facts.subject,
		};
	return 0;
}

static void tell(void *context, size_t done, size_t total)
{
	struct describing *d = context;
	progress_tell(&d->progress, "exporting", done, total);
}

/* The query as it is recorded: what was typed, and the client. */
static int make_query(struct invocation *in, struct buf *text, struct error *err)
{
	const char *client = option(in, "client");
	if (!client && !in->argument_count)
		return error_set(
			err, ERROR_USAGE, "nothing to export, expected a query or --client C");
	if (client) {
		struct arena arena = {0};
		struct str id;
		int result = client_named(in, str_from(client), &arena, &id, err);
		if (!result)
			buf_add_format(text, "client:%.*s", STR_ARG(id));
		arena_finish(&arena);
		if (result < 0)
			return -1;
	}
	for (size_t i = 0; i < in->argument_count; i++)
		buf_add_format(text, "%s%s", text->len ? " " : "", in->arguments[i]);
	return text->failed ? error_memory(err) : 0;
}

/* Who exported what is in the log. */
static int record_export(struct invocation *in, struct str filter, size_t count, struct error *err)
{
	char number[32];
	struct record record;
	record_init(&record);
	record.type = RECORD_EXPORT;
	snprintf(number, sizeof(number), "%zu", count);
	int result = record_add(&record, "filter", filter) < 0 ||
			record_add(&record, "messages", str_from(number)) < 0
		? error_memory(err)
		: store_append(in->store, &record, (struct str){0}, err);
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

/* What is recorded of each message goes with it: its signatures, and the findings when they are
   asked for. */
static int add_companions(struct invocation *in, uint64_t **seqs, size_t *count, struct error *err)
{
	bool findings = has_option(in, "with-findings");
	size_t messages = *count;
	uint64_t *all = calloc(messages * 4 + 1, sizeof(*all));
	if (!all)
		return error_memory(err);
	size_t n = 0;
	int result = 0;
	for (size_t i = 0; i < messages && !result; i++) {
		struct arena arena = {0};
		struct indexed_message m;
		result = index_message(in->store->index, (*seqs)[i], &arena, &m, err);
		if (!result)
			error_set(err, ERROR_TEMPORARY,
				"E-%06llu is not in the index: is it being made anew?",
				(unsigned long long)(*seqs)[i]);
		result = result == 1 ? 0 : -1;
		if (!result) {
			all[n++] = m.seq;
			if (m.dkim_seq)
				all[n++] = m.dkim_seq;
			if (findings && m.findings_seq)
				all[n++] = m.findings_seq;
			if (findings && m.rules_seq)
				all[n++] = m.rules_seq;
			indexed_message_finish(&m);
		}
		arena_finish(&arena);
	}
	if (!result && findings)
		result = export_sequences(in, *seqs, messages, &all, &n, err);
	if (result < 0) {
		free(all);
		return -1;
	}
	free(*seqs);
	*seqs = all;
	*count = n;
	return 0;
}

/* What the owner supplied goes with all messages of a client, not with a query's. */
static int add_exhibits(struct invocation *in, uint64_t **seqs, size_t *count, struct error *err)
{
	struct arena arena = {0};
	struct str client = {0};
	struct indexed_exhibit *all = NULL;
	size_t exhibits = 0;
	int result = client_named(in, str_from(option(in, "client")), &arena, &client, err);
	if (!result)
		result = index_exhibits(
			in->store->index, client, (struct str){0}, &arena, &all, &exhibits, err);
	uint64_t *wider = result ? NULL : realloc(*seqs, (*count + exhibits + 1) * sizeof(**seqs));
	if (!result && !wider)
		result = error_memory(err);
	if (wider)
		*seqs = wider;
	for (size_t i = 0; i < exhibits && !result; i++)
		(*seqs)[(*count)++] = all[i].seq;
	arena_finish(&arena);
	return result;
}

static int write_bundle(struct invocation *in, const uint64_t *seqs, size_t count,
	struct str filter, struct error *err)
{
	struct describing d = {.in = in};
	progress_init(&d.progress);
	struct log_key key = {0};
	bool signs = log_key_open(in->store->archive, NULL, &key, NULL) == 0;
	const struct bundle_request request = {
		.seqs = seqs,
		.count = count,
		.filter = filter,
		.owner = in->book->config->me.name,
		.version = STR(OVERSTEP_VERSION),
		.key = signs ? &key : NULL,
		.describe = describe,
		.progress = tell,
		.context = &d,
	};
	int result = bundle_write(in->store->archive, &request, option(in, "out"), err);
	log_key_close(&key);
	progress_finish(&d.progress);
	forget(&d);
	return result;
}

static int say(struct invocation *in, size_t messages, struct error *err)
{
	const char *folder = option(in, "out");
	if (in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_cstr(w, "out", folder);
		json_int(w, "messages", (int64_t)messages);
		return json_item_end(in, &line, err);
	}
	print(in, "%zu %s in '%s'; its README.txt tells how to check it by hand\n", messages,
		messages == 1 ? "message" : "messages", folder);
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	struct buf text = {0};
	struct query *q = NULL;
	uint64_t *seqs = NULL;
	size_t count = 0, messages = 0;
	int result = option(in, "out")
		? make_query(in, &text, err)
		: error_set(err, ERROR_USAGE, "where to? expected --out DIR");
	if (!result)
		result = find_parse(in, buf_str(&text), &q, err);
	if (!result)
		result = find_all(in, q, &seqs, &count, err);
	messages = count;
	if (!result && !count) {
		hint_at_nothing(in, buf_str(&text));
		result = error_set(err, ERROR_NOT_FOUND, "no messages to export");
	}
	if (!result)
		result = add_companions(in, &seqs, &count, err);
	if (!result && option(in, "client") && !in->argument_count)
		result = add_exhibits(in, &seqs, &count, err);
	if (!result)
		result = record_export(in, buf_str(&text), messages, err);
	if (!result)
		result = sign_log(in, err);
	if (!result)
		result = write_bundle(in, seqs, count, buf_str(&text), err);
	if (!result)
		result = say(in, messages, err);
	query_free(q);
	free(seqs);
	buf_finish(&text);
	return result;
}

static const struct command_option options[] = {
	{"client", "C", "all messages of this client"},
	{"out", "DIR", "the bundle's folder, which must not exist yet"},
	{"with-findings", NULL, "the findings and the rules behind them too"},
	{0},
};

const struct command command_export = {
	.name = "export",
	.usage = "QUERY|--client C --out DIR [--with-findings]",
	.summary = "Write messages as a bundle that can be checked without overstep",
	.help = "  overstep export --client acme --out acme-2026\n"
		"  overstep export 'client:acme sign:late-payment' --out unpaid\n\n"
		"The risk figure is never part of it. A findings record may name messages of other "
		"clients\nby number; without --with-findings nothing of another client is shown.",
	.needs = NEEDS_WRITE,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
