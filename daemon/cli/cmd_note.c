/* overstep note: a phone call or a meeting, in the owner's words. */
#include "base/limits.h"
#include "supply.h"
#include <stdint.h>

static int run(struct invocation *in, struct error *err)
{
	struct arena arena = {0};
	struct buf text = {0};
	struct supply s = {0};
	int result = supply_read(in, &arena, &s, err);
	for (size_t i = 0; i < in->argument_count; i++)
		buf_add_format(&text, "%s%s", i ? " " : "", in->arguments[i]);
	s.note = buf_str(&text);
	if (!result && !str_trim(s.note).len)
		result = error_set(err, ERROR_USAGE, "an empty note, expected words");
	if (!result && s.note.len > LIMIT_NOTE)
		result = error_set(err, ERROR_LIMIT,
			"a note of %zu bytes, at most %zu are kept: attach a file", s.note.len,
			LIMIT_NOTE);
	if (!result)
		result = supply_add(in, &s, (struct str){0}, s.note, err);
	buf_finish(&text);
	arena_finish(&arena);
	return result;
}

static const struct command_option options[] = {
	{"client", "C", "whose it is"},
	{"at", "TIME", "when it was: 2026-03-09T14:30, or a day"},
	{0},
};

const struct command command_note = {
	.name = "note",
	.usage = "--client C --at TIME TEXT",
	.summary = "Add a note of a call or a meeting to the evidence",
	.help = "Labelled as supplied by the owner, with a time as stated by the owner.\n\n"
		"  overstep note --client acme --at 2026-03-09T14:30 'Jane called: the blog, too'",
	.needs = NEEDS_WRITE,
	.options = options,
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
