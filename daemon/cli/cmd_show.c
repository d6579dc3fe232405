/* overstep show: one message, its words marked, why, and its proof. */
#include "app/readers.h"
#include "app/store.h"
#include "archive/archive.h"
#include "archive/blob.h"
#include "base/clock.h"
#include "find.h"
#include "message_output.h"
#include "model/platform.h"
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

static int write_json(struct invocation *in, const struct indexed_message *m, struct error *err)
{
	struct json_line line;
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
	return json_item_end(in, &line, err);
}

static void show_line(struct invocation *in, const char *name, struct str value)
{
	if (!value.len)
		return;
	print_colored(in, COLOR_DIM, "%-9s ", name);
	print_visible(in, value, false);
	print(in, "\n");
}

static void show_head(struct invocation *in, const struct indexed_message *m)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	evidence_name(m->seq, id);
	format_time(in, m->clocks.at_us[m->clocks.used], at);
	print_colored(in, COLOR_BOLD, "%s", id);
	print(in, "  %.*s, %s\n", STR_ARG(m->client),
		m->direction == DIRECTION_OUT ? "from me" : "to me");
	show_line(in, "from", m->facts.from);
	show_line(in, "to", m->facts.to);
	show_line(in, "cc", m->facts.cc);
	show_line(in, "subject", m->facts.subject);
	show_line(in, "received", str_from(at));
	show_line(in, "moment", str_from(m->judgement.has_mine ? m->judgement.mine.why : NULL));
	show_line(in, "automatic", m->facts.automatic);
	for (size_t i = 0; i < m->facts.attachment_count; i++) {
		const struct attachment *a = &m->facts.attachments[i];
		show_line(in, "attached", a->name.len ? a->name : a->type);
	}
	for (size_t i = 0; i < m->tags.count; i++)
		show_line(in, "marked", m->tags.items[i]);
}

static void show_clocks(struct invocation *in, const struct indexed_message *m)
{
	static const char *const meaning[] = {
		[CLOCK_RECEIVED] = "written by the receiving server",
		[CLOCK_INTERNAL] = "the mailbox's own (INTERNALDATE)",
		[CLOCK_DATE] = "as the sender claims",
		[CLOCK_SEEN] = "first seen by overstep",
	};
	print(in, "\nclocks, %s, %s is used:\n", m->clocks.agreed ? "agreed" : "disputed",
		clock_kind_name(m->clocks.used));
	for (int k = 0; k < 4; k++) {
		char at[TIME_TEXT_SIZE] = "-";
		if (m->clocks.has[k])
			format_time(in, m->clocks.at_us[k], at);
		print(in, "  %-9s %-25s  %s\n", clock_kind_name((enum clock_kind)k), at,
			meaning[k]);
	}
	if (m->judgement.has_theirs)
		print(in, "  in the client's own zone: %s, %.*s\n",
			m->judgement.theirs_working ? "working" : "outside",
			STR_ARG(m->judgement.theirs_why));
}

/* A platform signs all that it sends; whoever writes in its name cannot. */
static void show_doubt(struct invocation *in, const struct indexed_message *m)
{
	size_t open;
	struct str mail = m->facts.from;
	if (str_rfind_char(mail, '<', &open) && str_ends(mail, STR(">")))
		mail = str_slice(mail, open + 1, mail.len - 1);
	const struct platform *platform = platform_of_mail(mail);
	bool waits = m->facts.is_signed && !m->dkim_result.ptr;
	if (!platform || waits ||
		(str_eq(m->dkim_result, STR("pass")) &&
			platform_has_domain(platform, m->dkim_domain)))
		return;
	print(in, "  doubtful  it claims to be of %.*s, and has no good signature of %.*s\n",
		STR_ARG(platform->name), STR_ARG(platform->domain));
}

static void show_sum(struct invocation *in, const char *name, const struct sha256 *sum)
{
	char hex[SHA256_HEX_SIZE];
	sha256_hex(sum, hex);
	print(in, "  %-9s %s", name, hex);
}

/* What only imported messages have: the file, and what it was there. */
static void show_file(struct invocation *in, const struct file_place *f)
{
	print(in, "  file      ");
	print_visible(in, f->name, false);
	print(in, ", %.*s, message %llu", STR_ARG(f->format), (unsigned long long)f->number);
	if (f->size_bytes)
		print(in, ", bytes %llu to %llu", (unsigned long long)f->start,
			(unsigned long long)(f->start + f->size_bytes));
	print(in, "\n");
	show_sum(in, "found as", &f->sum);
	print(in, ", line ends %s\n", line_ends_name(f->line_ends));
	if (!f->has_export)
		return;
	show_sum(in, "export", &f->export);
	print(in, "\n            edits and deletions before the export cannot be known\n");
	if (f->zone.len || f->locale.len)
		print(in, "  read by   zone %.*s, locale %.*s\n",
			STR_ARG(f->zone.len ? f->zone : STR("-")),
			STR_ARG(f->locale.len ? f->locale : STR("-")));
}

static void show_place(struct invocation *in, const struct place *p)
{
	print(in, "  place     %.*s ", STR_ARG(p->account));
	print_visible(in, p->folder, false);
	if (!place_in_file(p))
		print(in, ", UIDVALIDITY %u, UID %u", p->uidvalidity, p->uid);
	print(in, "\n");
	if (place_in_file(p))
		show_file(in, &p->file);
}

static void show_proof(struct invocation *in, const struct indexed_message *m)
{
	char id[EVIDENCE_NAME_SIZE], sum[SHA256_HEX_SIZE], findings[EVIDENCE_NAME_SIZE],
		rules[EVIDENCE_NAME_SIZE];
	sha256_hex(&m->sum, sum);
	evidence_name(m->seq, id);
	evidence_name(m->findings_seq, findings);
	evidence_name(m->rules_seq, rules);
	print(in, "\nproof:\n  sha256    %s, %llu bytes\n", sum, (unsigned long long)m->size_bytes);
	show_place(in, &m->place);
	print(in, "  number    %llu of %.*s's messages\n", (unsigned long long)m->peer_number,
		STR_ARG(m->client));
	if (m->judged)
		print(in, "  judged    in %s, by the rules of %s\n", findings, rules);
	if (m->dkim_result.ptr) {
		print(in, "  dkim      ");
		print_visible(in, m->dkim_result, false);
		if (m->dkim_domain.len)
			print(in, " (");
		print_visible(in, m->dkim_domain, false);
		print(in, "%s, in E-%06llu\n", m->dkim_domain.len ? ")" : "",
			(unsigned long long)m->dkim_seq);
	}
	show_doubt(in, m);
	print(in, "  check     overstep show %s --raw | sha256sum\n", id);
}

void message_show(struct invocation *in, const struct indexed_message *m, bool why)
{
	show_head(in, m);
	print(in, "\n");
	print_marked_text(in, &m->facts.text, m->findings, m->finding_count);
	print(in, "\n");
	for (size_t i = 0; i < m->finding_count; i++)
		print_finding(in, &m->findings[i], why);
	for (size_t i = 0; why && i < m->marker_count; i++)
		print_marker(in, &m->markers[i]);
	if (!m->judged)
		print(in, "not judged yet\n");
	else if (m->judgement.examined != EXAMINED_YES)
		print(in, "not examined: %.*s\n", STR_ARG(m->judgement.not_examined));
	else if (m->direction == DIRECTION_IN && !m->judgement.author.ptr)
		print(in, "no client wrote this: nothing is looked for in it\n");
	else if (!m->finding_count)
		print(in, "examined, nothing found\n");
	if (!why)
		return;
	show_clocks(in, m);
	show_proof(in, m);
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
		result = write_json(in, &m, err);
	else
		message_show(in, &m, has_option(in, "why"));
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
