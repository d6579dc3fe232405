/* The table of commands: `overstep --help` shows it in this order. */
#include "command.h"

#include <string.h>

const struct command *const commands[] = {
	&command_demo,
	&command_init,
	&command_import,
	&command_check,
	&command_try,
	&command_clients,
	&command_inbox,
	&command_risk,
	&command_search,
	&command_show,
	&command_reply,
	&command_mark,
	&command_note,
	&command_attach,
	&command_notes,
	&command_quotes,
	&command_report,
	&command_digest,
	&command_serve,
	&command_export,
	&command_verify,
	&command_erase,
	&command_key,
	&command_rules,
	&command_backtest,
	&command_replay,
	&command_rejudge,
	&command_reindex,
	&command_status,
	&command_poll,
	&command_reload,
	&command_doctor,
	&command_completion,
	&command_help,
};
const size_t command_count = sizeof(commands) / sizeof(commands[0]);

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}
