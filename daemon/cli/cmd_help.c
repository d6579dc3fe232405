/* overstep help: what a command does, and what settings, rules, queries and exit codes mean. */
#include "config/config.h"
#include "index/index.h"
#include "options.h"
#include "output.h"
#include "rules/ruleset.h"
#include <string.h>

static void tell_setting(void *context, const struct setting_help *s)
{
	struct invocation *in = context;
	print(in, "%*s%s: %s, expected %s%s%s", (int)(2 * s->depth), "", s->name, s->help,
		s->expected, s->range ? ", " : "", s->range ? s->range : "");
	print(in, s->required ? " (required)" : "");
	if (s->fallback)
		print(in, " (default %s)", s->fallback);
	print(in, "\n");
}

static void tell_configuration(struct invocation *in)
{
	config_describe(tell_setting, in);
}

static void tell_query_fields(struct invocation *in)
{
	const struct query_field *field;
	for (size_t i = 0; (field = query_field(i)); i++) {
		char term[40];
		snprintf(term, sizeof(term), "%s:%s", field->name, field->example);
		print(in, "%-20s  %s\n", term, field->help);
	}
	print(in, "%-20s  %s\n", "invoice, \"next week\"", "words of subject, text or names");
}

static void tell_rule_fields(struct invocation *in)
{
	struct rule_field field;
	for (size_t i = 0; rule_field(i, &field); i++)
		print(in, "%s: %s, expected %s\n", field.name, field.help, field.value);
}

static void tell_exit_codes(struct invocation *in)
{
	for (const struct exit_code *row = exit_codes; row->meaning; row++)
		print(in, "%-2d  %s\n", row->code, row->meaning);
}

static const struct {
	const char *name;
	void (*tell)(struct invocation *in);
} topics[] = {
	{"configuration", tell_configuration},
	{"rule-fields", tell_rule_fields},
	{"query-fields", tell_query_fields},
	{"exit-codes", tell_exit_codes},
};

static int run(struct invocation *in, struct error *err)
{
	if (!in->argument_count) {
		help_overview(in->out);
		return 0;
	}
	const char *asked = in->arguments[0];
	const struct command *c = command_find(asked);
	for (size_t i = 0; !c && i < sizeof(topics) / sizeof(topics[0]); i++)
		if (!strcmp(asked, topics[i].name)) {
			topics[i].tell(in);
			return 0;
		}
	if (!c)
		return error_set(
			err, ERROR_USAGE, "nothing is known of '%s', see 'overstep --help'", asked);
	help_command(c, in->out);
	return 0;
}

const struct command command_help = {
	.name = "help",
	.usage = "[COMMAND|configuration|rule-fields|query-fields|exit-codes]",
	.summary = "Tell more of a command, of settings, rules, queries or exit codes",
	.help = "The manual tells more: overstep(1), overstepd(8), overstep.conf(5), "
		"overstep-rules(5),\noverstep-query(7).",
	.needs = NEEDS_NOTHING,
	.most = 1,
	.run = run,
};
