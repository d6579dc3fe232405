/* overstep verify: is the evidence what it was when it was stored? */
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "archive/archive.h"
#include "archive/bundle_verify.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "config/config.h"
#include "find.h"
#include "output.h"
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Notes are shown once all is read: a progress bar stands where they would. */
struct hearing {
	struct invocation *in;
	struct progress progress;
	uint64_t *altered; /* the records that were named so */
	size_t count, cap;
	struct error failed;
};

static const char *const state_names[] = {
	[VERIFY_ALTERED] = "altered",
	[VERIFY_CANNOT_TELL] = "cannot tell",
};

static void hear_json(struct hearing *h, const struct verify_note *note)
{
	struct json_line line;
	struct json_writer *w = json_item(&line);
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(note->evidence, name);
	json_cstr(w, "state", state_names[note->state]);
	json_cstr(w, "part", note->part);
	json_cstr(w, "evidence", note->evidence ? name : NULL);
	json_str(w, "text", note->text);
	if (json_item_end(h->in, &line, NULL) < 0)
		error_memory(&h->failed);
}

static void hear(void *context, const struct verify_note *note)
{
	struct hearing *h = context;
	progress_finish(&h->progress);
	if (note->state == VERIFY_ALTERED && note->evidence) {
		if (array_room(&h->altered, h->count, &h->cap, sizeof(*h->altered)) < 0)
			error_memory(&h->failed);
		else
			h->altered[h->count++] = note->evidence;
	}
	if (h->in->json) {
		hear_json(h, note);
		return;
	}
	print_colored(h->in, note->state == VERIFY_ALTERED ? COLOR_RED : COLOR_YELLOW, "%s",
		state_names[note->state]);
	print(h->in, ": ");
	print_visible(h->in, note->text, false);
	print(h->in, "\n");
}

static void tell(void *context, const char *what, uint64_t done, uint64_t all)
{
	struct hearing *h = context;
	progress_tell(&h->progress, what, done, all);
}

static int sum_up_json(struct invocation *in, const struct verify_summary *s, struct error *err)
{
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_cstr(w, "state", s->altered ? "altered" : "valid");
	json_int(w, "records", (int64_t)s->records);
	json_int(w, "messages", (int64_t)s->messages);
	json_int(w, "erased", (int64_t)s->erased);
	json_int(w, "octet_strings", (int64_t)s->octet_strings);
	json_int(w, "octet_bytes", (int64_t)s->octet_bytes);
	json_int(w, "checkpoints", (int64_t)s->checkpoints);
	json_int(w, "covered", (int64_t)s->covered);
	json_int(w, "anchored", (int64_t)s->anchored);
	json_int(w, "altered", (int64_t)s->altered);
	json_int(w, "cannot_tell", (int64_t)s->cannot_tell);
	return json_item_end(in, &line, err);
}

static void sum_up(struct invocation *in, const struct verify_summary *s, const char *whose)
{
	print(in,
		"%" PRIu64 " records read, %" PRIu64 " of them messages, and %" PRIu64
		" stored octet strings\n",
		s->records, s->messages, s->octet_strings);
	if (s->erased)
		print(in, "%" PRIu64 " erased\n", s->erased);
	if (s->covered)
		print(in,
			"%" PRIu64 " %s by %s key; the newest that holds covers E-%06" PRIu64 "\n",
			s->checkpoints, s->checkpoints == 1 ? "checkpoint" : "checkpoints", whose,
			s->covered);
	if (s->anchored) {
		char at[TIME_TEXT_SIZE];
		format_time(in, s->anchored_at_us, at);
		print(in, "a time stamp of %s covers E-%06" PRIu64 "\n", at, s->anchored);
	}
	if (s->altered)
		print_colored(in, COLOR_RED, "altered: %" PRIu64 " %s\n", s->altered,
			s->altered == 1 ? "place" : "places");
	else
		print_colored(in, COLOR_GREEN, "nothing is altered%s\n",
			s->cannot_tell ? ", as far as can be told" : "");
}

/* SQLite's own check holds the archive while it reads it: not below a running service. */
static bool may_hold(struct invocation *in, const char *folder)
{
	struct buf answer = {0};
	struct error err = {0};
	bool runs =
		control_ask(folder, "status", &answer, &err) == 0 || err.kind != ERROR_NOT_FOUND;
	buf_finish(&answer);
	return !runs || has_option(in, "structure");
}

/* The authorities that are believed: those named here, else those of the configuration. */
static int read_roots(struct invocation *in, struct buf *out, struct error *err)
{
	const char *named = option(in, "roots");
	char *path = NULL;
	if (!named && (!in->book || !in->book->config->anchor_ca_file.ptr))
		return 0;
	path = str_dup(named ? str_from(named) : in->book->config->anchor_ca_file);
	int result = path ? file_read(path, LIMIT_ROOTS, out, err) : error_memory(err);
	free(path);
	return result;
}

static int check_archive(struct invocation *in, struct verify_plan *plan,
	struct verify_summary *out, struct error *err)
{
	struct archive *a = NULL;
	char *folder = str_dup(in->book->config->archive);
	int result = folder ? archive_open(folder, ARCHIVE_READ, NULL, &a, err) : error_memory(err);
	if (!result && !archive_last(a))
		result = error_set(err, ERROR_NOT_FOUND, "the archive in '%s' is empty", folder);
	if (!result)
		plan->structure = may_hold(in, folder);
	if (!result)
		result = archive_verify(a, plan, out, err);
	archive_close(a);
	free(folder);
	return result;
}

/* What the whole says of one record. */
static int tell_one(
	struct hearing *h, const struct verify_summary *s, uint64_t seq, struct error *err)
{
	char id[EVIDENCE_NAME_SIZE];
	const char *state = "valid", *word = "whole";
	evidence_name(seq, id);
	if (seq >= s->doubted_from && seq <= s->doubted_to) {
		state = "cannot tell";
		word = "in doubt: a checkpoint behind it does not hold";
	}
	for (size_t i = 0; i < h->count; i++)
		if (h->altered[i] == seq)
			state = word = "altered";
	if (seq > s->records)
		return error_set(err, ERROR_NOT_FOUND,
			"there is no %s: the log ends at E-%06" PRIu64, id, s->records);
	if (h->in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_cstr(w, "id", id);
		json_cstr(w, "state", state);
		json_bool(w, "covered", seq <= s->covered);
		json_bool(w, "anchored", seq <= s->anchored);
		return json_item_end(h->in, &line, err);
	}
	print_colored(
		h->in, strcmp(state, "valid") ? COLOR_RED : COLOR_GREEN, "%s is %s", id, word);
	print(h->in, "; %s by a checkpoint, %s by a time stamp\n",
		seq <= s->covered ? "covered" : "not covered yet",
		seq <= s->anchored ? "witnessed" : "not witnessed yet");
	return 0;
}

static int tell_each(struct hearing *h, const struct verify_summary *s, struct error *err)
{
	int result = 0;
	for (size_t i = 0; i < h->in->argument_count && !result; i++) {
		uint64_t seq;
		result = find_number(h->in->arguments[i], &seq, err);
		if (!result)
			result = tell_one(h, s, seq, err);
	}
	return result;
}

/* A folder of that name comes before a number. */
static const char *bundle_of(const struct invocation *in)
{
	uint64_t seq;
	if (in->argument_count == 1 &&
		(file_is_folder(in->arguments[0]) ||
			!evidence_parse(str_from(in->arguments[0]), &seq)))
		return in->arguments[0];
	return NULL;
}

static int run(struct invocation *in, struct error *err)
{
	struct hearing h = {.in = in};
	struct verify_plan plan = {.listener = {.note = hear, .progress = tell, .context = &h}};
	struct buf roots = {0};
	struct verify_summary summary = {0};
	const char *bundle = bundle_of(in);
	int result = bundle ? 0 : needs_open_book(in, err);
	if (!result)
		result = read_roots(in, &roots, err);
	if (roots.len)
		plan.roots_pem = buf_str(&roots);
	progress_init(&h.progress);
	if (!result)
		result = bundle ? bundle_verify(bundle, &plan, &summary, err)
				: check_archive(in, &plan, &summary, err);
	progress_finish(&h.progress);
	buf_finish(&roots);
	if (!result && h.failed.kind) {
		*err = h.failed;
		result = -1;
	}
	if (!result && in->json)
		result = sum_up_json(in, &summary, err);
	else if (!result)
		sum_up(in, &summary, bundle ? "its own" : "this archive's own");
	if (!result && !bundle)
		result = tell_each(&h, &summary, err);
	free(h.altered);
	if (result < 0)
		return -1;
	return summary.altered ? error_exit_code(&(struct error){.kind = ERROR_INTEGRITY}) : 0;
}

static const struct command_option options[] = {
	{"roots", "FILE",
		"the authorities whose time stamps are believed (PEM); else those of the "
		"configuration, else the system's"},
	{"structure", NULL,
		"SQLite's own check of the file too, though the service runs and has to wait"},
	{0},
};

const struct command command_verify = {
	.name = "verify",
	.usage = "[--roots FILE] [--structure] [DIR|ID...]",
	.summary = "Check that the evidence is what it was when it was stored",
	.help = "Reads every record and every stored octet again and compares them with their\n"
		"hashes, the log, its numbering, and the signed checkpoints. Ends with 3 when\n"
		"something is altered; what cannot be told from the archive alone is said, and is\n"
		"no failure. DIR is a bundle that 'export' wrote, and needs no configuration.\n\n"
		"  overstep verify\n"
		"  overstep verify E-000042\n"
		"  overstep verify acme-2026\n"
		"  overstep --json verify | grep altered",
	.needs = NEEDS_NOTHING,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
