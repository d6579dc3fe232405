/* Members of the service's group, who may not open its archive: what they may have it run. */
#include "guest.h"

#include "app/guest.h"
#include "app/rulebook.h"
#include "base/arena.h"
#include "config/config.h"
#include "options.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* It reads, or looks for mail; a new option of a command is nobody's before it stands here. */
struct guest_command {
	const char *name;
	const char *options[8];
};

static const struct guest_command rows[] = {
	{"clients", {"at"}},
	{"digest", {"out", "at", "lang"}},
	{"inbox", {"now", "at"}},
	{"poll", {"wait"}},
	{"reply", {"rule", "lang", "at"}},
	{"report", {"client", "html", "csv", "all", "at", "lang", "now", "for-others"}},
	{"risk", {"at", "all"}},
	{"search", {"newest", "limit"}},
	{"show", {"raw", "why"}},
	{"status", {NULL}},
};

/* These name a file, and "-" is the output. */
static const char *const file_options[] = {"html", "csv", "out"};

static const struct guest_command *find_row(const struct command *command)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].name, command->name))
			return &rows[i];
	return NULL;
}

static bool has_word(const char *const *words, size_t most, const char *wanted)
{
	for (size_t i = 0; i < most && words[i]; i++)
		if (!strcmp(words[i], wanted))
			return true;
	return false;
}

static int check_option(
	const struct guest_command *row, const char *name, const char *value, struct error *err)
{
	if (!has_word(row->options, sizeof(row->options) / sizeof(row->options[0]), name))
		return error_set(err, ERROR_USAGE,
			"option '--%s' is for the archive's owner: ask as that user", name);
	if (has_word(file_options, sizeof(file_options) / sizeof(file_options[0]), name) &&
		strcmp(value, "-") != 0)
		return error_set(err, ERROR_USAGE,
			"the service writes no files for others, expected '--%s - > %s'", name,
			value);
	return 0;
}

static int check(const struct invocation *in, struct error *err)
{
	const struct guest_command *row = find_row(in->command);
	if (!row)
		return error_set(err, ERROR_USAGE,
			"'%s' is for the archive's owner: ask as that user", in->command->name);
	for (size_t i = 0; in->command->options && in->command->options[i].name; i++)
		if (in->values[i] &&
			check_option(row, in->command->options[i].name, in->values[i], err) < 0)
			return -1;
	return 0;
}

int guest_check(const char *const *words, size_t count, struct error *err)
{
	struct invocation in = {0};
	struct asked asked = {0};
	char **arguments = calloc(count + 2, sizeof(*arguments));
	if (!arguments)
		return error_memory(err);
	arguments[0] = (char *)(uintptr_t) "overstep";
	for (size_t i = 0; i < count; i++)
		arguments[i + 1] = (char *)(uintptr_t)words[i];
	int result = options_read((int)count + 1, arguments, &in, &asked, err);
	if (!result && (in.config || asked.help || asked.version))
		result = error_set(err, ERROR_USAGE, "a request for no command");
	if (!result)
		result = check(&in, err);
	free(arguments);
	return result;
}

bool guest_may_ask(const struct invocation *in)
{
	return find_row(in->command) != NULL;
}

bool guest_must_ask(const struct invocation *in)
{
	char *folder = guest_may_ask(in) ? str_dup(in->book->config->archive) : NULL;
	bool denied = folder && access(folder, R_OK | X_OK) < 0 && errno == EACCES;
	free(folder);
	return denied;
}

/* The same call in words that mean the same wherever they are read. */
static size_t write_words(
	const struct invocation *in, struct arena *arena, const char **words, size_t room)
{
	size_t count = 0;
	words[count++] = in->color ? "--color=always" : "--color=never";
	if (in->json)
		words[count++] = "--json";
	if (in->utc)
		words[count++] = "--utc";
	words[count++] = in->command->name;
	for (size_t i = 0; in->command->options && in->command->options[i].name; i++) {
		const struct command_option *option = &in->command->options[i];
		if (in->values[i])
			words[count++] = arena_format(arena, "--%s%s%s", option->name,
				option->argument ? "=" : "", in->values[i])
						 .ptr;
	}
	words[count++] = "--";
	for (size_t i = 0; i < in->argument_count && count < room; i++)
		words[count++] = in->arguments[i];
	return count;
}

int guest_run(struct invocation *in, struct error *err)
{
	if (check(in, err) < 0)
		return -1;
	struct arena arena = {0};
	size_t room = in->argument_count + OPTIONS_MAX + 8;
	const char **words = arena_array(&arena, room, sizeof(*words));
	const char *archive = arena_str(&arena, in->book->config->archive).ptr;
	int result = words && archive ? 0 : error_memory(err);
	if (!result) {
		const struct guest_request request = {
			.folder = GUEST_FOLDER,
			.archive = archive,
			.words = words,
			.word_count = write_words(in, &arena, words, room),
		};
		for (size_t i = 0; i < request.word_count && !result; i++)
			result = words[i] ? 0 : error_memory(err);
		if (!result)
			result = guest_ask(&request, in->out, err);
	}
	arena_finish(&arena);
	return result;
}
