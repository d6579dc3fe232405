/* Reading the command line, and telling people what it can hold. */
#include "options.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum color_wish { WISH_AUTO, WISH_ALWAYS, WISH_NEVER };

const struct command_option options_of_all[] = {
	{"config", "FILE", "the configuration to use"},
	{"json", NULL, "JSON Lines instead of text"},
	{"color", "auto|always|never", "colours; auto: on a terminal without NO_COLOR"},
	{"no-pager", NULL, "do not page long output"},
	{"utc", NULL, "times in UTC instead of my zone"},
	{"help", NULL, "tell this, or of the command"},
	{"version", NULL, "tell the version"},
	{NULL, NULL, NULL},
};

const struct exit_code exit_codes[] = {
	{0, "done, found", true},
	{1, "nothing found, or an example of a rule failed", false},
	{2, "usage, bad rule, bad query", true},
	{3, "integrity: something is altered", false},
	{4, "login refused", true},
	{75, "temporary: network, lock, a refused certificate", true},
	{78, "configuration", true},
	{0, NULL, false},
};

/* An option as it stands on the command line: its row, and its value. */
struct match {
	const struct command_option *row;
	const char *value; /* "" for a switch */
};

static size_t count_options(const struct command_option *rows)
{
	size_t count = 0;
	while (rows && rows[count].name)
		count++;
	return count;
}

const struct command_option *options_row(
	const struct command_option *rows, const char *name, size_t len)
{
	for (size_t i = 0; rows && rows[i].name; i++)
		if (strlen(rows[i].name) == len && !strncmp(rows[i].name, name, len))
			return &rows[i];
	return NULL;
}

/* argv[*at] is "--name", "--name=value", or "--name" with the value behind it. 1 found (and *at
   moved to the last word taken), 0 not in this table, -1. */
static int match_option(const struct command_option *rows, int argc, char **argv, int *at,
	struct match *out, struct error *err)
{
	const char *name = argv[*at] + 2, *equals = strchr(name, '=');
	size_t len = equals ? (size_t)(equals - name) : strlen(name);
	const struct command_option *row = options_row(rows, name, len);
	if (!row)
		return 0;
	out->row = row;
	out->value = equals ? equals + 1 : "";
	if (!row->argument)
		return equals
			? error_set(err, ERROR_USAGE, "option '--%s' takes no value", row->name)
			: 1;
	if (!equals && *at + 1 >= argc)
		return error_set(err, ERROR_USAGE, "option '--%s' needs a value: %s", row->name,
			row->argument);
	if (!equals)
		out->value = argv[++*at];
	return 1;
}

static int set_color(const char *value, enum color_wish *wish, struct error *err)
{
	static const char *const words[] = {"auto", "always", "never"};
	for (int i = 0; i < 3; i++)
		if (!strcmp(value, words[i])) {
			*wish = (enum color_wish)i;
			return 0;
		}
	return error_set(err, ERROR_USAGE,
		"unknown colour setting '%s', expected auto, always or never", value);
}

static int set_global(const struct match *m, struct invocation *in, struct asked *asked,
	enum color_wish *wish, struct error *err)
{
	const char *name = m->row->name;
	if (!strcmp(name, "config"))
		in->config = m->value;
	else if (!strcmp(name, "json"))
		in->json = true;
	else if (!strcmp(name, "no-pager"))
		in->no_pager = true;
	else if (!strcmp(name, "utc"))
		in->utc = true;
	else if (!strcmp(name, "help"))
		asked->help = true;
	else if (!strcmp(name, "version"))
		asked->version = true;
	else
		return set_color(m->value, wish, err);
	return 0;
}

static int unknown_option(const struct invocation *in, const char *word, struct error *err)
{
	const char *names[OPTIONS_MAX + 8], *name = word + 2;
	size_t count = 0;
	for (size_t i = 0; in->command && in->command->options && in->command->options[i].name; i++)
		names[count++] = in->command->options[i].name;
	for (size_t i = 0; options_of_all[i].name; i++)
		names[count++] = options_of_all[i].name;
	const char *near = did_you_mean(str_from(name), names, count);
	if (near)
		return error_set(
			err, ERROR_USAGE, "unknown option '%s' (did you mean '--%s'?)", word, near);
	return error_set(err, ERROR_USAGE, "unknown option '%s', see 'overstep help%s%s'", word,
		in->command ? " " : "", in->command ? in->command->name : "");
}

static int set_command(struct invocation *in, const char *name, struct error *err)
{
	in->command = command_find(name);
	if (in->command)
		return 0;
	const char *names[64];
	size_t count = 0;
	for (; count < command_count && count < 64; count++)
		names[count] = commands[count]->name;
	const char *near = did_you_mean(str_from(name), names, count);
	if (near)
		return error_set(
			err, ERROR_USAGE, "unknown command '%s' (did you mean '%s'?)", name, near);
	return error_set(err, ERROR_USAGE, "unknown command '%s', see 'overstep --help'", name);
}

static int take_option(int argc, char **argv, int *at, struct invocation *in, struct asked *asked,
	enum color_wish *wish, struct error *err)
{
	struct match m;
	const struct command_option *own = in->command ? in->command->options : NULL;
	int found = match_option(own, argc, argv, at, &m, err);
	if (found < 0)
		return -1;
	if (found) {
		assert(m.row - own < OPTIONS_MAX);
		in->values[m.row - own] = m.value;
		if (in->given_count == OPTIONS_GIVEN_MAX)
			return error_set(err, ERROR_USAGE, "too many options, at most %d are read",
				OPTIONS_GIVEN_MAX);
		in->given[in->given_count].row = (size_t)(m.row - own);
		in->given[in->given_count++].value = m.value;
		return 0;
	}
	found = match_option(options_of_all, argc, argv, at, &m, err);
	if (found < 0)
		return -1;
	return found ? set_global(&m, in, asked, wish, err) : unknown_option(in, argv[*at], err);
}

static int check_count(const struct invocation *in, struct error *err)
{
	const struct command *c = in->command;
	if (in->argument_count < c->least)
		return error_set(err, ERROR_USAGE, "usage: overstep %s %s", c->name, c->usage);
	if (in->argument_count > c->most)
		return error_set(err, ERROR_USAGE, "unexpected '%s', usage: overstep %s %s",
			in->arguments[c->most], c->name, c->usage);
	return 0;
}

int options_read(
	int argc, char **argv, struct invocation *in, struct asked *asked, struct error *err)
{
	enum color_wish wish = WISH_AUTO;
	bool only_arguments = false;
	/* arguments are moved to the front of argv, where options stood */
	in->arguments = argv;
	in->argument_count = 0;
	for (int i = 1; i < argc; i++) {
		bool is_option = !only_arguments && !strncmp(argv[i], "--", 2);
		if (is_option && !argv[i][2]) {
			only_arguments = true;
		} else if (is_option) {
			if (take_option(argc, argv, &i, in, asked, &wish, err) < 0)
				return -1;
		} else if (!in->command) {
			if (set_command(in, argv[i], err) < 0)
				return -1;
		} else {
			in->arguments[in->argument_count++] = argv[i];
		}
	}
	const char *no_color = getenv("NO_COLOR");
	in->color = wish == WISH_ALWAYS ||
		(wish == WISH_AUTO && isatty(STDOUT_FILENO) && !(no_color && *no_color));
	if (asked->help || asked->version)
		return 0;
	if (!in->command)
		return error_set(err, ERROR_USAGE, "no command given, see 'overstep --help'");
	return check_count(in, err);
}

static size_t row_of(const struct invocation *in, const char *name)
{
	const struct command_option *row = options_row(in->command->options, name, strlen(name));
	assert(row);
	return (size_t)(row - in->command->options);
}

const char *option(const struct invocation *in, const char *name)
{
	return in->values[row_of(in, name)];
}

const char *option_again(const struct invocation *in, const char *name, size_t n)
{
	size_t row = row_of(in, name);
	for (size_t i = 0; i < in->given_count; i++)
		if (in->given[i].row == row && !n--)
			return in->given[i].value;
	return NULL;
}

bool has_option(const struct invocation *in, const char *name)
{
	return option(in, name) != NULL;
}

#define HELP_WIDTH 80  /* of the narrowest terminal that people have */
#define HELP_INDENT 29 /* where the words on an option begin */

static void help_wrapped(struct str words, FILE *out)
{
	struct str word;
	size_t column = HELP_INDENT;
	while (str_split(&words, ' ', &word)) {
		bool first = column == HELP_INDENT;
		if (!first && column + 1 + word.len > HELP_WIDTH) {
			fprintf(out, "\n%*s", HELP_INDENT, "");
			column = HELP_INDENT;
			first = true;
		}
		fprintf(out, "%s%.*s", first ? "" : " ", STR_ARG(word));
		column += word.len + !first;
	}
	fprintf(out, "\n");
}

void help_options(const struct command_option *rows, FILE *out)
{
	for (size_t i = 0; i < count_options(rows); i++) {
		char name[64];
		snprintf(name, sizeof(name), "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
			rows[i].argument ? rows[i].argument : "");
		fprintf(out, "  %-26s ", name);
		help_wrapped(str_from(rows[i].help), out);
	}
}

void help_overview(FILE *out)
{
	fprintf(out,
		"overstep tells when a client crosses the line, and lets you prove it.\n\n"
		"usage: overstep [OPTIONS] COMMAND ...\n\n");
	for (size_t i = 0; i < command_count; i++)
		fprintf(out, "  %-10s  %s\n", commands[i]->name, commands[i]->summary);
	fprintf(out, "\noptions:\n");
	help_options(options_of_all, out);
	fprintf(out, "\n'overstep help COMMAND' tells more. Begin with 'overstep demo'.\n");
}

void help_command(const struct command *c, FILE *out)
{
	fprintf(out, "usage: overstep %s%s%s\n\n%s.\n", c->name, *c->usage ? " " : "", c->usage,
		c->summary);
	if (c->options) {
		fprintf(out, "\noptions:\n");
		help_options(c->options, out);
	}
	if (c->help)
		fprintf(out, "\n%s\n", c->help);
}
