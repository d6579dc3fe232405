/* overstep show: one message, its words marked, why, and its proof. */
#include "app/readers.h"
#include "app/store.h"
#include "archive/archive.h"
#include "archive/blob.h"
#include "find.h"
#include "message_facts.h"
#include "message_output.h"
#include "report/words.h"
#include "show.h"
#include <stdlib.h>
#include <string.h>

/* The exact octets, to be hashed or opened elsewhere. */
static int write_raw(struct invocation *in, const struct indexed_message *m, struct error *err)
{
	struct blob_reader *reader = NULL;
	struct str piece;
	int result = blob_reader_open(in->store->archive, &m->sum, &reader, err);
	if (result == 0)
		return error_set(err, ERROR_INTEGRITY, "the octets of this message are missing");
	while (result > 0 && (result = blob_reader_next(reader, &piece, err)) > 0)
		print_str(in, piece);
	blob_reader_close(reader);
	return result;
}

static void write_name(struct json_writer *w, const char *key, uint64_t seq)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, name);
	json_cstr(w, key, seq ? name : NULL);
}

/* The message is `of` or `now` of each. */
static void write_differences(
	struct json_writer *w, const struct indexed_difference *all, size_t count)
{
	json_array(w, "differences");
	for (size_t i = 0; i < count; i++) {
		char sum[SHA256_HEX_SIZE];
		sha256_hex(&all[i].export, sum);
		json_object(w, NULL);
		write_name(w, "record", all[i].seq);
		json_cstr(w, "what", all[i].now ? "changed" : "vanished");
		write_name(w, "of", all[i].of);
		write_name(w, "now", all[i].now);
		json_cstr(w, "export_sha256", sum);
		write_name(w, "export", all[i].export_seq);
		json_str(w, "name", all[i].export_name);
		json_object_end(w);
	}
	json_array_end(w);
}

static int write_json(struct invocation *in, const struct indexed_message *m, struct arena *arena,
	struct error *err)
{
	struct json_line line;
	struct indexed_difference *differences = NULL;
	size_t count = 0;
	if (index_differences(in->store->index, m->seq, arena, &differences, &count, err) < 0)
		return -1;
	struct json_writer *w = json_item(&line);
	message_write_json(in, m, w);
	json_str(w, "text", m->facts.text.bytes);
	json_array(w, "spans");
	for (size_t i = 0; i < m->facts.text.span_count; i++) {
		const struct span *s = &m->facts.text.spans[i];
		json_object(w, NULL);
		json_int(w, "start", (int64_t)s->start);
		json_int(w, "end", (int64_t)s->end);
		json_cstr(w, "kind", span_kind_name(s->kind));
		json_bool(w, "unsure", s->unsure);
		json_bool(w, "hidden", s->hidden);
		json_object_end(w);
	}
	json_array_end(w);
	write_differences(w, differences, count);
	return json_item_end(in, &line, err);
}

static void show_head(
	struct invocation *in, const struct indexed_message *m, const struct message_facts *facts)
{
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(m->seq, id);
	print_colored(in, COLOR_BOLD, "%s", id);
	print(in, "  %.*s, %s\n", STR_ARG(m->client),
		m->direction == DIRECTION_OUT ? "from me" : "to me");
	for (size_t i = 0; i < facts->count; i++) {
		const struct message_fact *f = &facts->lines[i];
		if (f->group != FACTS_HEAD)
			continue;
		print_colored(in, COLOR_DIM, "%-9.*s ", STR_ARG(f->name));
		print_visible(in, f->value, false);
		print(in, "\n");
	}
}

static void show_clock(struct invocation *in, const struct message_fact *f)
{
	if (f->note.len)
		print(in, "  %-9.*s %-25.*s  %.*s\n", STR_ARG(f->name), STR_ARG(f->value),
			STR_ARG(f->note));
	else
		print(in, "  %.*s: %.*s\n", STR_ARG(f->name), STR_ARG(f->value));
}

static void show_proof(struct invocation *in, const struct message_fact *f)
{
	print(in, "  %-9.*s ", STR_ARG(f->name));
	print_visible(in, f->value, false);
	print(in, "\n");
	if (f->note.len)
		print(in, "            %.*s\n", STR_ARG(f->note));
}

static void show_why(
	struct invocation *in, const struct indexed_message *m, const struct message_facts *facts)
{
	print(in, "\nclocks, %s, %s is used:\n", m->clocks.agreed ? "agreed" : "disputed",
		clock_kind_name(m->clocks.used));
	for (size_t i = 0; i < facts->count; i++)
		if (facts->lines[i].group == FACTS_CLOCKS)
			show_clock(in, &facts->lines[i]);
	print(in, "\nproof:\n");
	for (size_t i = 0; i < facts->count; i++)
		if (facts->lines[i].group == FACTS_PROOF)
			show_proof(in, &facts->lines[i]);
}

int message_show(
	struct invocation *in, const struct indexed_message *m, bool why, struct error *err)
{
	struct message_facts facts = {0};
	int result = message_facts_make(in, TONGUE_EN, m, &facts, err);
	struct buf verdict = {0};
	message_verdict(m, &(const struct pen){.out = &verdict, .tongue = TONGUE_EN});
	if (!result) {
		show_head(in, m, &facts);
		print(in, "\n");
		print_marked_text(in, &m->facts.text, m->findings, m->finding_count);
		print(in, "\n");
		for (size_t i = 0; i < m->finding_count; i++)
			print_finding(in, &m->findings[i], why);
		for (size_t i = 0; why && i < m->marker_count; i++)
			print_marker(in, &m->markers[i]);
		if (verdict.len)
			print(in, "%.*s\n", STR_ARG(buf_str(&verdict)));
		if (why)
			show_why(in, m, &facts);
	}
	buf_finish(&verdict);
	message_facts_finish(&facts);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	struct indexed_sequence s;
	int found = find_sequence(in, in->arguments[0], &arena, &s, err);
	if (found) {
		if (found > 0 && has_option(in, "raw"))
			found = error_set(err, ERROR_USAGE,
				"a sequence has no octets of its own, expected one of its messages");
		else if (found > 0)
			found = sequence_show(in, &s, err);
		arena_finish(&arena);
		return found;
	}
	if (find_message(in, in->arguments[0], &arena, &m, err) < 0) {
		arena_finish(&arena);
		return -1;
	}
	int result = 0;
	if (has_option(in, "raw"))
		result = write_raw(in, &m, err);
	else if (in->json)
		result = write_json(in, &m, &arena, err);
	else
		result = message_show(in, &m, has_option(in, "why"), err);
	indexed_message_finish(&m);
	arena_finish(&arena);
	return result;
}

static const struct command_option options[] = {
	{"raw", NULL, "the exact octets, nothing else"},
	{"why", NULL, "each finding's reason, the four clocks, and the proof"},
	{0},
};

const struct command command_show = {
	.name = "show",
	.usage = "ID [--raw] [--why]",
	.summary = "Show one message with its words marked, why, and its proof",
	.help = "  overstep show E-000042 --why\n"
		"  overstep show E-000042 --raw | sha256sum\n\n"
		"The number of what a sequence found shows the messages that it is made of.",
	.needs = NEEDS_ARCHIVE,
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
