/* What is wanted where the cursor is, read from the tables that the command line is read by. */
#include "complete.h"

#include "base/utf8.h"
#include "options.h"
#include <string.h>

static const struct command_option *option_of(const struct command *command, const char *word)
{
	const char *name = word + 2;
	size_t len = strcspn(name, "=");
	const struct command_option *row =
		options_row(command ? command->options : NULL, name, len);
	return row ? row : options_row(options_of_all, name, len);
}

/* The value of an option that stands as "--name=value" or as the word behind. */
static void note_value(struct spot *p, const struct command_option *row, const char *value)
{
	if (!strcmp(row->name, "config"))
		p->config = value;
}

static void want(struct spot *p, const char *wanted, struct str word)
{
	p->kind = SPOT_VALUE;
	p->wanted = str_from(wanted);
	p->word = word;
}

/* The word under the cursor begins with a dash. */
static void spot_option(struct spot *p, const char *word)
{
	const char *equals = strchr(word, '=');
	if (!equals) {
		p->kind = SPOT_OPTION;
		p->word = str_from(word);
		return;
	}
	const struct command_option *row = option_of(p->command, word);
	if (!row || !row->argument)
		return;
	p->lead = (struct str){word, (size_t)(equals + 1 - word)};
	want(p, row->argument, str_from(equals + 1));
}

void complete_spot(char *const *words, size_t count, struct spot *out)
{
	size_t arguments = 0;
	bool only_arguments = false;
	*out = (struct spot){.kind = SPOT_NOTHING};
	if (!count)
		return;
	const char *last = words[count - 1];
	for (size_t i = 0; i + 1 < count; i++) {
		const char *word = words[i];
		if (!only_arguments && !strcmp(word, "--")) {
			only_arguments = true;
		} else if (!only_arguments && !strncmp(word, "--", 2)) {
			const struct command_option *row = option_of(out->command, word);
			const char *equals = strchr(word, '=');
			if (!row || !row->argument)
				continue;
			if (!equals && i + 2 == count) {
				want(out, row->argument, str_from(last));
				return;
			}
			note_value(out, row, equals ? equals + 1 : words[++i]);
		} else if (!out->command) {
			out->command = command_find(word);
			if (!out->command)
				return;
		} else {
			arguments++;
		}
	}
	if (!only_arguments && last[0] == '-') {
		spot_option(out, last);
	} else if (!out->command) {
		out->kind = SPOT_COMMAND;
		out->word = str_from(last);
	} else {
		out->wanted = complete_argument(out->command->usage, arguments);
		out->word = str_from(last);
		out->kind = out->wanted.len ? SPOT_VALUE : SPOT_NOTHING;
	}
}

static struct str without_brackets(struct str s)
{
	while (s.len && s.ptr[0] == '[')
		s = str_slice(s, 1, s.len);
	while (s.len && s.ptr[s.len - 1] == ']')
		s = str_slice(s, 0, s.len - 1);
	return s;
}

/* "[--client C]", "QUERY|--client C": what stands behind such a word is the option's. Of
   "QUERY|--x" the part before the option is an argument. */
struct str complete_argument(const char *usage, size_t n)
{
	struct str rest = str_from(usage), token, found = {0};
	bool of_option = false;
	while (str_split(&rest, ' ', &token)) {
		size_t at;
		bool closed = str_ends(token, STR("]"));
		struct str bare = without_brackets(token);
		bool is_value = of_option && token.ptr[0] != '[' && bare.ptr[0] != '-';
		bool has_option = str_find(bare, STR("--"), &at);
		if (is_value) {
			/* "KIND|--note" has the next one's value behind it */
			of_option = has_option && !closed;
			continue;
		}
		of_option = has_option && !closed;
		if (has_option)
			bare = at ? str_slice(bare, 0, at - 1) : (struct str){0};
		if (!bare.len)
			continue;
		if (str_eq(bare, STR("...")))
			return found; /* as many as one likes */
		found = bare;
		if (!n--)
			return found;
	}
	/* a query may be several words */
	return str_eq(found, STR("QUERY")) ? found : (struct str){0};
}

void candidates_add(struct candidates *c, struct str candidate, struct str what)
{
	if (!str_starts(candidate, c->word))
		return;
	for (size_t i = 0; i < candidate.len; i++)
		if ((unsigned char)candidate.ptr[i] <= ' ')
			return; /* no word of a command line */
	buf_add_str(c->out, c->lead);
	utf8_add_visible(c->out, candidate, false);
	buf_add_char(c->out, '\t');
	utf8_add_visible(c->out, what, false);
	buf_add_char(c->out, '\n');
}
