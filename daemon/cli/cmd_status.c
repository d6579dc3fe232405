/* overstep status: what is watched, how it goes, and what is stored. */
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/json.h"
#include "config/config.h"
#include "output.h"
#include "rules/ruleset.h"
#include "status_evidence.h"
#include <stdlib.h>

/* What can be told with the service and without it. */
struct status {
	struct arena arena;
	char *folder;
	bool running;
	struct json_document *service; /* its own words */
	struct position_row *positions;
	size_t position_count;
	uint64_t records;
	bool has_archive;
	struct status_evidence evidence;
};

static int ask_service(struct status *s, struct error *err)
{
	struct buf answer = {0};
	struct error why = {0};
	int result = control_ask(s->folder, "status", &answer, &why);
	if (!result)
		result = json_parse(buf_str(&answer), &s->service, err);
	else if (why.kind == ERROR_NOT_FOUND)
		result = 0;
	else
		*err = why;
	s->running = s->service != NULL;
	buf_finish(&answer);
	return result;
}

static int look_at_archive(struct invocation *in, struct status *s, struct error *err)
{
	struct archive *archive = NULL;
	struct error why = {0};
	if (archive_open(s->folder, ARCHIVE_READ, NULL, &archive, &why) < 0) {
		if (why.kind == ERROR_NOT_FOUND)
			return 0;
		*err = why;
		return -1;
	}
	s->has_archive = true;
	s->records = archive_last(archive);
	int result = archive_positions(archive, &s->arena, &s->positions, &s->position_count, err);
	if (!result)
		result = status_evidence_look(
			in, archive, s->service ? json_root(s->service) : NULL, &s->evidence, err);
	archive_close(archive);
	return result;
}

/* A time of the service's in my zone. */
static struct str local_time(struct invocation *in, const struct json_value *v, char *out)
{
	int64_t at_us;
	int offset_min;
	if (!time_parse(json_to_str(v), &at_us, &offset_min))
		return (struct str){0};
	format_time(in, at_us, out);
	return str_from(out);
}

static void write_account(struct invocation *in, const struct status *s, const struct account *a,
	struct json_writer *w)
{
	const struct json_value *v = control_account(s->service, a->name);
	char at[TIME_TEXT_SIZE];
	json_object(w, NULL);
	json_str(w, "account", a->name);
	json_str(w, "host", a->host);
	json_str(w, "path", a->path);
	json_str(w, "state", v ? json_to_str(json_get(v, "state")) : STR("not running"));
	json_str(w, "last_success", local_time(in, json_get(v, "last_success"), at));
	json_str(w, "next_attempt", local_time(in, json_get(v, "next_attempt"), at));
	json_str(w, "error", json_to_str(json_get(v, "error")));
	json_str(w, "missing", json_to_str(json_get(v, "missing")));
	json_array(w, "notes");
	for (size_t i = 0; i < json_count(json_get(v, "notes")); i++)
		json_str(w, NULL, json_to_str(json_at(json_get(v, "notes"), i)));
	json_array_end(w);
	json_str(w, "progress", json_to_str(json_get(v, "progress")));
	json_array(w, "folders");
	for (size_t i = 0; i < s->position_count; i++) {
		const struct position_row *p = &s->positions[i];
		if (!str_eq(p->account, a->name))
			continue;
		json_object(w, NULL);
		json_str(w, "folder", p->folder);
		json_int(w, "uidvalidity", p->position.uidvalidity);
		json_int(w, "next_uid", p->position.next_uid);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

/* Does the service judge by what the files say now? */
static bool is_in_force(const struct invocation *in, const struct json_value *root)
{
	char sum[SHA256_HEX_SIZE];
	return rulebook_sum(in->book, sum, NULL) < 0 ||
		str_eq(json_to_str(json_get(root, "in_force")), str_from(sum));
}

/* After an upgrade the service is the old program until it is started again. */
static bool is_same_program(const struct json_value *root)
{
	return str_eq(json_to_str(json_get(root, "version")), STR(OVERSTEP_VERSION));
}

static int write_status(struct invocation *in, const struct status *s, struct error *err)
{
	const struct config *config = in->book->config;
	const struct json_value *root = s->service ? json_root(s->service) : NULL;
	struct json_line line;
	struct json_writer *w = json_item(&line);
	char at[TIME_TEXT_SIZE];
	json_bool(w, "running", s->running);
	json_str(w, "since", local_time(in, json_get(root, "since"), at));
	json_str(w, "version", json_to_str(json_get(root, "version")));
	json_str(w, "trouble", json_to_str(json_get(root, "trouble")));
	if (s->running)
		json_bool(w, "in_force", is_in_force(in, root));
	json_str(w, "reload_refused", json_to_str(json_get(root, "reload_refused")));
	json_str(w, "archive", config->archive);
	json_int(w, "records", (int64_t)s->records);
	json_int(w, "clients", (int64_t)config->client_count);
	json_int(w, "rules", (int64_t)ruleset_count(in->book->rules));
	json_int(w, "rule_files_left_out", (int64_t)in->book->files_left_out);
	json_str(w, "without_jit", json_to_str(json_get(root, "without_jit")));
	json_str(w, "without_box", json_to_str(json_get(root, "without_box")));
	if (s->has_archive)
		status_evidence_write(in, &s->evidence, w);
	json_array(w, "accounts");
	for (size_t i = 0; i < config->account_count; i++)
		write_account(in, s, &config->accounts[i], w);
	json_array_end(w);
	return json_item_end(in, &line, err);
}

static void show_positions(struct invocation *in, const struct status *s, const struct account *a)
{
	bool any = false;
	for (size_t i = 0; i < s->position_count; i++) {
		const struct position_row *p = &s->positions[i];
		if (!str_eq(p->account, a->name))
			continue;
		any = true;
		print(in, "    ");
		print_visible(in, p->folder, false);
		print(in, ": read below UID %u (UIDVALIDITY %u)\n", p->position.next_uid,
			p->position.uidvalidity);
	}
	/* of files it is known by what is in them */
	if (!any && a->type == ACCOUNT_IMAP)
		print(in, "    nothing read yet\n");
}

static void show_account(struct invocation *in, const struct status *s, const struct account *a)
{
	const struct json_value *v = control_account(s->service, a->name);
	char at[TIME_TEXT_SIZE];
	struct str why = json_to_str(json_get(v, "error"));
	struct str progress = json_to_str(json_get(v, "progress"));
	print(in, "\n  ");
	print_colored(in, COLOR_BOLD, "%.*s", STR_ARG(a->name));
	if (a->type == ACCOUNT_IMAP)
		print(in, "  %.*s at %.*s", STR_ARG(a->user), STR_ARG(a->host));
	else
		print(in, "  files in %.*s", STR_ARG(a->path));
	if (v)
		print(in, ", %.*s", STR_ARG(json_to_str(json_get(v, "state"))));
	print(in, "\n");
	struct str last = local_time(in, json_get(v, "last_success"), at);
	if (last.ptr)
		print(in, "    last read %.*s\n", STR_ARG(last));
	if (why.len) {
		print(in, "    ");
		print_colored(in, COLOR_RED, "%.*s", STR_ARG(why));
		print(in, "\n");
	}
	struct str missing = json_to_str(json_get(v, "missing"));
	if (missing.len) {
		print(in, "    ");
		print_colored(in, COLOR_YELLOW, "not on the server: %.*s", STR_ARG(missing));
		print(in, "\n");
	}
	for (size_t i = 0; i < json_count(json_get(v, "notes")); i++) {
		struct str note = json_to_str(json_at(json_get(v, "notes"), i));
		print(in, "    ");
		print_colored(in, COLOR_YELLOW, "%.*s", STR_ARG(note));
		print(in, "\n");
	}
	if (progress.len)
		print(in, "    %.*s\n", STR_ARG(progress));
	struct str next = local_time(in, json_get(v, "next_attempt"), at);
	if (next.ptr)
		print(in, "    next attempt %.*s\n", STR_ARG(next));
	show_positions(in, s, a);
}

static void show_status(struct invocation *in, const struct status *s)
{
	const struct config *config = in->book->config;
	const struct json_value *root = s->service ? json_root(s->service) : NULL;
	char at[TIME_TEXT_SIZE];
	struct str trouble = json_to_str(json_get(root, "trouble"));
	if (s->running)
		print(in, "overstepd is running since %.*s\n",
			STR_ARG(local_time(in, json_get(root, "since"), at)));
	else
		print(in, "overstepd is not running: start it, or run 'overstepd --once'\n");
	if (trouble.len)
		print(in, "it cannot store: %.*s\n", STR_ARG(trouble));
	int64_t errors = json_to_int(json_get(root, "errors_on_disk"), 0);
	if (errors > 0)
		print(in,
			"configuration or rules have changed since, with %lld %s: 'overstep check' shows "
			"them\n",
			(long long)errors, errors == 1 ? "error" : "errors");
	else if (s->running && !is_same_program(root))
		print(in,
			"overstepd is still version %.*s, this is %s: 'systemctl --user restart "
			"overstepd'\n",
			STR_ARG(json_to_str(json_get(root, "version"))), OVERSTEP_VERSION);
	else if (s->running && !is_in_force(in, root))
		print(in,
			"configuration or rules have changed since: 'overstep reload' takes them over\n");
	struct str refused = json_to_str(json_get(root, "reload_refused"));
	if (refused.len) {
		print(in, "the last reload was refused, what was in force before still is:\n");
		print_visible(in, refused, true);
	}
	if (s->has_archive)
		print(in, "archive   %.*s, %llu records\n", STR_ARG(config->archive),
			(unsigned long long)s->records);
	else
		print(in, "archive   %.*s, not made yet\n", STR_ARG(config->archive));
	print(in, "rules     %zu in force, %zu %s left out\n", ruleset_count(in->book->rules),
		in->book->files_left_out, in->book->files_left_out == 1 ? "file" : "files");
	struct str without_jit = json_to_str(json_get(root, "without_jit"));
	if (without_jit.len)
		print(in, "          matched without JIT: %.*s\n", STR_ARG(without_jit));
	struct str without_box = json_to_str(json_get(root, "without_box"));
	if (without_box.len)
		print(in, "box       not whole: %.*s\n", STR_ARG(without_box));
	print(in, "clients   %zu\n", config->client_count);
	if (s->has_archive)
		status_evidence_show(in, &s->evidence);
	for (size_t i = 0; i < config->account_count; i++)
		show_account(in, s, &config->accounts[i]);
}

static int run(struct invocation *in, struct error *err)
{
	struct status s = {.folder = str_dup(in->book->config->archive)};
	int result = s.folder ? ask_service(&s, err) : error_memory(err);
	if (!result)
		result = look_at_archive(in, &s, err);
	if (!result && in->json)
		result = write_status(in, &s, err);
	else if (!result)
		show_status(in, &s);
	status_evidence_finish(&s.evidence);
	json_free(s.service);
	free(s.folder);
	arena_finish(&s.arena);
	return result;
}

const struct command command_status = {
	.name = "status",
	.usage = "",
	.summary = "Show what is watched, how it goes, and what is stored",
	.needs = NEEDS_CONFIG,
	.with_rules = true,
	.most = 0,
	.run = run,
};
