/* overstep check: lints configuration and rules, and runs every rule's examples. */
#include "app/rulebook.h"
#include "base/arena.h"
#include "base/array.h"
#include "base/file.h"
#include "base/limits.h"
#include "command.h"
#include "config/config.h"
#include "judge/sequence.h"
#include "output.h"
#include "rules/rule_view.h"
#include <stdint.h>
#include <stdlib.h>

static int write_diags(struct invocation *in, struct error *err)
{
	diags_sort(&in->diags);
	for (size_t i = 0; i < in->diags.count; i++) {
		const struct diag *d = &in->diags.items[i];
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_cstr(w, "file", d->file);
		json_int(w, "line", d->line);
		json_int(w, "column", d->column);
		json_cstr(w, "level", d->level == DIAG_ERROR ? "error" : "warning");
		json_cstr(w, "text", d->text);
		if (json_item_end(in, &line, err) < 0)
			return -1;
	}
	return 0;
}

static int show_diags(struct invocation *in, struct error *err)
{
	struct buf text = {0};
	if (in->json)
		return write_diags(in, err);
	if (in->diags.count)
		diags_print(&in->diags, &text);
	print_str(in, buf_str(&text));
	buf_finish(&text);
	return 0;
}

/* What the arguments name: rule files, and those of folders. */
struct checked {
	struct arena arena;
	struct rule_file *files;
	size_t count, cap;
};

static void checked_finish(struct checked *c)
{
	free(c->files);
	arena_finish(&c->arena);
}

static int read_file(struct checked *c, const char *path, struct error *err)
{
	struct buf bytes = {0};
	if (file_read(path, LIMIT_RULE_FILE, &bytes, err) < 0) {
		err->kind = ERROR_USAGE;
		return -1;
	}
	int result = array_room(&c->files, c->count, &c->cap, sizeof(*c->files));
	if (!result) {
		struct rule_file *file = &c->files[c->count++];
		*file = (struct rule_file){
			.name = arena_str(&c->arena, str_from(path)),
			.bytes = arena_str(&c->arena, buf_str(&bytes)),
		};
		result = file->name.ptr && file->bytes.ptr ? 0 : -1;
	}
	buf_finish(&bytes);
	return result < 0 ? error_memory(err) : 0;
}

static int read_folder(struct checked *c, const char *folder, struct error *err)
{
	char **names = NULL;
	size_t count = 0;
	int result = file_list(folder, ".rules", &names, &count, err);
	if (!result && !count)
		result = error_set(err, ERROR_USAGE, "no *.rules in '%s'", folder);
	for (size_t i = 0; i < count && !result; i++) {
		char *path = file_join(folder, names[i]);
		result = path ? read_file(c, path, err) : error_memory(err);
		free(path);
	}
	file_list_free(names, count);
	return result;
}

static int read_files(const struct invocation *in, struct checked *c, struct error *err)
{
	for (size_t i = 0; i < in->argument_count; i++) {
		const char *path = in->arguments[i];
		int result =
			file_is_folder(path) ? read_folder(c, path, err) : read_file(c, path, err);
		if (result < 0)
			return -1;
	}
	return 0;
}

/* "76 rules, 11 sequences: every example holds" */
static void say_all_is_well(struct invocation *in, const struct ruleset *rules)
{
	size_t count = ruleset_count(rules), sequences;
	ruleset_sequences(rules, &sequences);
	if (count || !sequences)
		print(in, "%zu %s", count, count == 1 ? "rule" : "rules");
	if (sequences)
		print(in, "%s%zu %s", count ? ", " : "", sequences,
			sequences == 1 ? "sequence" : "sequences");
	print(in, ": every example holds\n");
}

/* "mine.rules: 3 rules" for each of several files. */
static int say_files(struct invocation *in, const struct ruleset *rules, const struct checked *c,
	struct error *err)
{
	struct arena arena = {0};
	struct rule_view *views;
	size_t count;
	int result = ruleset_views(rules, &arena, &views, &count, err);
	for (size_t i = 0; i < c->count && c->count > 1 && !result; i++) {
		size_t own = 0;
		for (size_t k = 0; k < count; k++)
			own += str_eq(views[k].file, c->files[i].name);
		print_visible(in, c->files[i].name, false);
		print(in, ": %zu %s\n", own, own == 1 ? "rule" : "rules");
	}
	arena_finish(&arena);
	return result;
}

static int check_files(struct invocation *in, struct error *err)
{
	size_t left_out = 0;
	struct checked checked = {0};
	struct ruleset *rules = NULL;
	struct ruleset_options options = {.remarks = true, .judge_sequences = sequences_judge};
	char *shipped = rulebook_shipped_folder(), **packs = NULL;
	int code = read_files(in, &checked, err);
	if (!code)
		code = rulebook_packs(shipped, &packs, &options.pack_count, err);
	options.packs = (const char *const *)packs;
	if (!code)
		code = ruleset_load(
			checked.files, checked.count, &options, &rules, &left_out, &in->diags, err);
	if (!code)
		code = show_diags(in, err);
	if (!code)
		code = rules_exit_code(rules, &in->diags);
	if (!code && !in->json)
		code = say_files(in, rules, &checked, err);
	if (!code && !in->json)
		say_all_is_well(in, rules);
	ruleset_free(rules);
	file_list_free(packs, options.pack_count);
	free(shipped);
	checked_finish(&checked);
	return code;
}

static int check_all(struct invocation *in, struct error *err)
{
	const struct rulebook_plan plan = {.config = in->config, .remarks = true};
	struct error why = {0};
	int result = rulebook_load(&plan, &in->book, &in->diags, &why);
	if (show_diags(in, err) < 0)
		return -1;
	if (result < 0) {
		/* the mistakes were shown, their number with them */
		if (why.kind == ERROR_CONFIG && in->diags.errors)
			return error_exit_code(&why);
		*err = why;
		return -1;
	}
	int code = rules_exit_code(in->book->rules, &in->diags);
	if (code || in->json)
		return code;
	print(in, "%s: %zu %s, %zu %s, ", in->book->config_path, in->book->config->account_count,
		in->book->config->account_count == 1 ? "account" : "accounts",
		in->book->config->client_count,
		in->book->config->client_count == 1 ? "client" : "clients");
	say_all_is_well(in, in->book->rules);
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	return in->argument_count ? check_files(in, err) : check_all(in, err);
}

const struct command command_check = {
	.name = "check",
	.usage = "[FILE.rules|DIR ...]",
	.summary = "Look for mistakes in the configuration and the rules, and run every example",
	.help = "Without a file: the configuration and all rules it uses. With files or "
		"folders: their\nrules alone.\n\n"
		"  overstep check\n"
		"  overstep check rules.d/mine.rules\n"
		"  overstep check rules.d\n\n"
		"Ends with 0 when all is well, 1 when an example of a rule fails, 2 for broken rules, "
		"78 for the\nconfiguration.",
	.needs = NEEDS_NOTHING,
	.most = SIZE_MAX,
	.run = run,
};
