/* overstep export: messages as a bundle that proves itself. */
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "archive/archive.h"
#include "archive/bundle.h"
#include "archive/checkpoint.h"
#include "config/config.h"
#include "export.h"
#include "output.h"
#include "report_make.h"
#include <stdint.h>
#include <stdlib.h>

/* The bundle as it is written. */
struct exporting {
	struct invocation *in;
	struct selection chosen;
	struct buf page, twin;
	struct arena words; /* of one message */
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
	selection_finish(&x->chosen);
	buf_finish(&x->page);
	buf_finish(&x->twin);
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
	bool withheld = seqs_hold(&x->chosen.withheld, seq);
	bool blank = seqs_hold(&x->chosen.doubtful, seq);
	struct redaction *covers = withheld ? x->chosen.redaction : NULL;
	if (export_agreement_words(x->in, seq, TONGUE_EN, &x->words, &out->agreement, err) < 0 ||
		(!blank &&
			(export_covered(covers, f->message_id, &x->words, &out->message_id, err) <
					0 ||
				export_covered(covers, f->subject, &x->words, &out->subject, err) <
					0)) ||
		(withheld && export_twin(covers, &x->message, blank, &x->twin, err) < 0))
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

/* Who exported what is in the log. */
static int record_export(struct exporting *x, struct error *err)
{
	char number[32];
	struct record record;
	record_init(&record);
	record.type = RECORD_EXPORT;
	snprintf(number, sizeof(number), "%zu", x->chosen.messages.count);
	int result = record_add(&record, "filter", buf_str(&x->chosen.filter)) < 0 ||
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

static int write_bundle(struct exporting *x, struct error *err)
{
	struct invocation *in = x->in;
	struct log_key key = {0};
	struct str owner;
	if (export_page_write(&x->chosen, &x->page, err) < 0 ||
		export_covered(x->chosen.redaction, in->book->config->me.name, &x->chosen.arena,
			&owner, err) < 0)
		return -1;
	const struct bundle_extra extra = {STR("data/report.html"), buf_str(&x->page)};
	bool signs = log_key_open(in->store->archive, NULL, &key, NULL) == 0;
	const struct bundle_request request = {
		.seqs = x->chosen.records.items,
		.count = x->chosen.records.count,
		.filter = buf_str(&x->chosen.filter),
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
	size_t messages = x->chosen.messages.count;
	if (in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_cstr(w, "out", folder);
		json_int(w, "messages", (int64_t)messages);
		json_int(w, "redacted", (int64_t)x->chosen.withheld.count);
		json_int(w, "supplied", (int64_t)x->chosen.exhibits.count);
		return json_item_end(in, &line, err);
	}
	print(in, "%zu %s in '%s'; its README.txt tells how to check it by hand\n", messages,
		messages == 1 ? "message" : "messages", folder);
	if (x->chosen.exhibits.count)
		print(in, "with %zu of what you attached or noted\n", x->chosen.exhibits.count);
	if (x->chosen.redaction)
		print(in, "of %zu there is a redacted copy in its data/redacted\n",
			x->chosen.withheld.count);
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	struct exporting x = {.in = in};
	int result = option(in, "out")
		? report_tongue(in, &x.chosen.tongue, err)
		: error_set(err, ERROR_USAGE, "where to? expected --out DIR");
	if (!result)
		result = selection_make(in, &x.chosen, err);
	if (!result)
		result = bystanders_tell(in, x.chosen.client, &x.chosen.messages, err);
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
		"what was written on it (words or a query), with its threads and what was "
		"agreed with these clients"},
	{"redact", "PATTERN",
		"cover these words, or a /regex/: a redacted copy stands for each message that "
		"holds them; may be given again"},
	{"out", "DIR", "the bundle's folder, which must not exist yet"},
	{"lang", "L", "its page in English (en), Swedish (sv) or French (fr); else in me.language"},
	{"with-findings", NULL, "the findings and the rules behind them too"},
	{0},
};

const struct command command_export = {
	.name = "export",
	.usage = "QUERY|--client C|--about TOPIC --out DIR [--redact PATTERN]... [--lang L] "
		 "[--with-findings]",
	.summary = "Write messages as a bundle that can be checked without overstep",
	.help = "  overstep export --client acme --out acme-2026\n"
		"  overstep export 'client:acme sign:late-payment' --out unpaid\n"
		"  overstep export --client acme --about 'blog page' --redact 'Jane Roe' --out blog\n\n"
		"What you attached or noted is part of it when the same query finds it: by client, time "
		"and\nwords; fields that only mail has, such as from:, find none of it.\n"
		"Whoever is named in the messages besides you and their client is listed before it is\n"
		"written. Words are covered inside longer words too, in any case and encoding; a "
		"message\nof which not all can be read for certain is covered as a whole. What is "
		"inside of\nattachments such as PDF is not looked at, and of a message that has any "
		"this is said.\n\n"
		"The risk figure is never part of it. A findings record may name messages of other "
		"clients\nby number; without --with-findings nothing of another client is shown.",
	.needs = NEEDS_WRITE,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
