/* overstep help: what a command does, or what the settings are. */
#include "base/str.h"
#include "config/config.h"
#include "options.h"
#include "output.h"
#include <string.h>

static const char exit_codes[] = "0   done, found\n"
				 "1   nothing found, or an example of a rule failed\n"
				 "2   usage, bad rule, bad query\n"
				 "3   integrity: something is altered\n"
				 "4   login refused\n"
				 "75  temporary: network, lock, a refused certificate\n"
				 "78  configuration\n";

static int run(struct invocation *in, struct error *err)
{
	if (!in->argument_count) {
		help_overview(in->out);
		return 0;
	}
	const char *topic = in->arguments[0];
	const struct command *c = command_find(topic);
	struct buf text = {0};
	if (c)
		help_command(c, in->out);
	else if (!strcmp(topic, "exit-codes"))
		print(in, "%s", exit_codes);
	else if (!strcmp(topic, "configuration"))
		config_describe(&text);
	else
		return error_set(
			err, ERROR_USAGE, "nothing is known of '%s', see 'overstep --help'", topic);
	print_str(in, buf_str(&text));
	buf_finish(&text);
	return 0;
}

const struct command command_help = {
	.name = "help",
	.usage = "[COMMAND|configuration|exit-codes]",
	.summary = "Tell more of a command, of the settings, or of the exit codes",
	.needs = NEEDS_NOTHING,
	.most = 1,
	.run = run,
};
