/* Settings in words: what each expects, for those who made a mistake and those who read of it. */
#include "base/limits.h"
#include "settings.h"

const char *value_kind_name(const struct setting *s)
{
	static const char *const names[] = {
		[VALUE_TEXT] = "a text in quotes",
		[VALUE_TEXTS] = "a list of texts: [ \"...\" ]",
		[VALUE_NUMBER] = "a whole number",
		[VALUE_FLAG] = "true or false",
		[VALUE_SECONDS] = "a duration such as \"60 s\", \"2 min\" or \"60 d\"",
		[VALUE_BYTES] = "a size such as \"64 MiB\"",
		[VALUE_DATE] = "a day such as \"2026-01-15\"",
		[VALUE_WORD] = "one of its words in quotes",
		[VALUE_PATH] = "a path in quotes",
		[VALUE_PATHS] = "a list of paths: [ \"...\" ]",
		[VALUE_GROUP] = "a group: { ... }",
		[VALUE_CLIENTS] = "a list of groups: ( { ... } )",
		[VALUE_ACCOUNTS] = "a list of groups: ( { ... } )",
	};
	return names[s->kind];
}

void value_words(const struct setting *s, struct buf *out)
{
	for (size_t i = 0; s->words[i]; i++)
		buf_add_format(out, "%s\"%s\"", i ? " or " : "", s->words[i]);
}

/* "5 s", "1 d", "64 MiB": in the largest unit that leaves no rest. */
static void add_amount(struct buf *out, const struct setting *row, int64_t value)
{
	static const struct {
		enum value_kind kind;
		int64_t size;
		const char *name;
	} units[] = {
		{VALUE_SECONDS, 86400, " d"},
		{VALUE_SECONDS, 3600, " h"},
		{VALUE_SECONDS, 60, " min"},
		{VALUE_SECONDS, 1, " s"},
		{VALUE_BYTES, (int64_t)MIB, " MiB"},
		{VALUE_BYTES, (int64_t)KIB, " KiB"},
	};
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (row->kind == units[i].kind && value % units[i].size == 0) {
			buf_add_format(
				out, "%lld%s", (long long)(value / units[i].size), units[i].name);
			return;
		}
	buf_add_format(out, "%lld", (long long)value);
}

void value_range(const struct setting *s, struct buf *out)
{
	add_amount(out, s, s->least);
	buf_add_cstr(out, " to ");
	add_amount(out, s, s->most);
}

/* As it would be written in the file. */
static void add_fallback(const struct setting *s, struct buf *out)
{
	struct str rest = str_from(s->fallback), text;
	if (s->kind != VALUE_TEXTS) {
		buf_add_str(out, rest);
		return;
	}
	buf_add_cstr(out, "[");
	for (const char *before = " \""; str_line(&rest, &text); before = ", \"") {
		buf_add_cstr(out, before);
		for (size_t i = 0; i < text.len; i++)
			buf_add_format(out, text.ptr[i] == '\\' ? "\\%c" : "%c", text.ptr[i]);
		buf_add_cstr(out, "\"");
	}
	buf_add_cstr(out, " ]");
}

static void describe(const struct setting *table, unsigned depth,
	void (*tell)(void *context, const struct setting_help *s), void *context)
{
	for (const struct setting *s = table; s->name; s++) {
		struct buf words = {0}, range = {0}, fallback = {0};
		if (s->words)
			value_words(s, &words);
		else
			buf_add_cstr(&words, value_kind_name(s));
		if (s->least || s->most)
			value_range(s, &range);
		if (s->fallback)
			add_fallback(s, &fallback);
		const struct setting_help help = {
			.name = s->name,
			.depth = depth,
			.required = s->required,
			.group = s->table != NULL,
			.help = s->help,
			.expected = buf_cstr(&words),
			.range = range.len ? buf_cstr(&range) : NULL,
			.fallback = s->fallback ? buf_cstr(&fallback) : NULL,
		};
		tell(context, &help);
		buf_finish(&words);
		buf_finish(&range);
		buf_finish(&fallback);
		if (s->table)
			describe(s->table, depth + 1, tell, context);
	}
}

void config_describe(void (*tell)(void *context, const struct setting_help *s), void *context)
{
	describe(root_settings, 0, tell, context);
}
