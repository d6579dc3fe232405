/* overstep completion: scripts for shells, and what they ask while somebody types. */
#include "complete.h"
#include "options.h"
#include "output.h"
#include <stdint.h>
#include <string.h>

static void add_options(const struct command_option *rows, struct candidates *c)
{
	for (; rows && rows->name; rows++) {
		struct buf name = {0};
		buf_add_format(&name, "--%s", rows->name);
		candidates_add(c, buf_str(&name), str_from(rows->help));
		buf_finish(&name);
	}
}

/* `candidates WORD...`, the last of them under the cursor: 0, or 1 when a file name fits. */
static int print_candidates(struct invocation *in, struct error *err)
{
	struct spot spot;
	struct buf lines = {0};
	complete_spot(in->arguments + 1, in->argument_count - 1, &spot);
	struct candidates c = {.out = &lines, .lead = spot.lead, .word = spot.word};
	if (spot.config)
		in->config = spot.config;
	if (spot.kind == SPOT_COMMAND)
		complete_values(in, STR("COMMAND"), &c);
	else if (spot.kind == SPOT_VALUE)
		complete_values(in, spot.wanted, &c);
	else if (spot.kind == SPOT_OPTION)
		add_options(spot.command ? spot.command->options : NULL, &c);
	if (spot.kind == SPOT_OPTION)
		add_options(options_of_all, &c);
	int result = lines.failed ? error_memory(err) : !lines.len && c.files;
	print_str(in, buf_str(&lines));
	buf_finish(&lines);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	static const struct {
		const char *shell;
		const char *script;
	} scripts[] = {
		{"bash", completion_bash},
		{"zsh", completion_zsh},
		{"fish", completion_fish},
	};
	if (!strcmp(in->arguments[0], "candidates"))
		return print_candidates(in, err);
	if (in->argument_count > 1)
		return error_set(err, ERROR_USAGE, "unexpected '%s', usage: overstep %s %s",
			in->arguments[1], in->command->name, in->command->usage);
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (!strcmp(in->arguments[0], scripts[i].shell)) {
			print(in, "%s", scripts[i].script);
			return 0;
		}
	return error_set(err, ERROR_USAGE, "unknown shell '%s', expected bash, zsh or fish",
		in->arguments[0]);
}

const struct command command_completion = {
	.name = "completion",
	.usage = "bash|zsh|fish",
	.summary = "Print the script by which a shell completes commands, clients and evidence",
	.help = "Completes commands, options, rule names, clients, accounts, fields of a query and "
		"evidence numbers.\n\n"
		"  bash  eval \"$(overstep completion bash)\"            in ~/.bashrc\n"
		"  zsh   overstep completion zsh > ~/.zfunc/_overstep  with ~/.zfunc in $fpath\n"
		"  fish  overstep completion fish > ~/.config/fish/completions/overstep.fish",
	.needs = NEEDS_NOTHING,
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
