/* overstep check: lints configuration and rules, and runs every rule's examples. */
#include "app/rulebook.h"
#include "base/file.h"
#include "base/limits.h"
#include "command.h"
#include "config/config.h"
#include "judge/sequence.h"
#include "output.h"
#include "rules/ruleset.h"
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

static int read_files(
	struct invocation *in, struct rule_file *files, struct buf *bytes, struct error *err)
{
	for (size_t i = 0; i < in->argument_count; i++) {
		if (file_read(in->arguments[i], LIMIT_RULE_FILE, &bytes[i], err) < 0) {
			err->kind = ERROR_USAGE;
			return -1;
		}
		files[i] = (struct rule_file){
			.name = str_from(in->arguments[i]), .bytes = buf_str(&bytes[i])};
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

static int check_files(struct invocation *in, struct error *err)
{
	size_t count = in->argument_count, left_out = 0;
	struct rule_file *files = calloc(count, sizeof(*files));
	struct buf *bytes = calloc(count, sizeof(*bytes));
	struct ruleset *rules = NULL;
	struct ruleset_options options = {.remarks = true, .judge_sequences = sequences_judge};
	char *shipped = rulebook_shipped_folder(), **packs = NULL;
	int code = files && bytes ? read_files(in, files, bytes, err) : error_memory(err);
	if (!code)
		code = rulebook_packs(shipped, &packs, &options.pack_count, err);
	options.packs = (const char *const *)packs;
	if (!code)
		code = ruleset_load(files, count, &options, &rules, &left_out, &in->diags, err);
	if (!code)
		code = show_diags(in, err);
	if (!code)
		code = rules_exit_code(rules, &in->diags);
	if (!code && !in->json)
		say_all_is_well(in, rules);
	for (size_t i = 0; bytes && i < count; i++)
		buf_finish(&bytes[i]);
	ruleset_free(rules);
	file_list_free(packs, options.pack_count);
	free(shipped);
	free(files);
	free(bytes);
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
	.usage = "[FILE.rules ...]",
	.summary = "Look for mistakes in the configuration and the rules, and run every example",
	.help = "Without a file: the configuration and all rules it uses. With files: these rule files "
		"alone.\n\n"
		"  overstep check\n"
		"  overstep check rules.d/mine.rules\n\n"
		"Ends with 0 when all is well, 1 when an example of a rule fails, 2 for broken rules, "
		"78 for the\nconfiguration.",
	.needs = NEEDS_NOTHING,
	.most = SIZE_MAX,
	.run = run,
};
