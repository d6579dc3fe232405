/* overstep attach: screenshots, recordings and other files into the evidence. */
#include "base/file.h"
#include "base/limits.h"
#include "supply.h"
#include <stdint.h>
#include <string.h>

static int add_file(
	struct invocation *in, const struct supply *s, const char *path, struct error *err)
{
	struct buf octets = {0};
	const char *slash = strrchr(path, '/');
	int result = file_read(path, LIMIT_ATTACHED, &octets, err);
	/* an empty file has octets all the same: none */
	if (!result)
		result = supply_add(in, s, str_from(slash ? slash + 1 : path),
			octets.len ? buf_str(&octets) : STR(""), err);
	buf_finish(&octets);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	struct arena arena = {0};
	struct supply s = {.note = str_from(option(in, "note"))};
	int result = supply_read(in, &arena, &s, err);
	for (size_t i = 0; i < in->argument_count && !result; i++)
		result = add_file(in, &s, in->arguments[i], err);
	arena_finish(&arena);
	return result;
}

static const struct command_option options[] = {
	{"client", "C", "whose it is"},
	{"at", "TIME", "when it was: 2026-03-09T14:30, or a day"},
	{"note", "TEXT", "what it shows"},
	{0},
};

const struct command command_attach = {
	.name = "attach",
	.usage = "--client C --at TIME [--note TEXT] FILE...",
	.summary = "Add files that are no mail to the evidence",
	.help = "Screenshots, recordings, letters. Each becomes a record, labelled as supplied by the\n"
		"owner, with a time as stated by the owner: it proves that you had it when it was\n"
		"added, not more. 'overstep notes' lists them; reports and bundles hold them.\n\n"
		"  overstep attach --client acme --at 2026-03-09T14:30 --note 'the chat' chat.png",
	.needs = NEEDS_WRITE,
	.options = options,
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
