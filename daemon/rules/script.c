/* Complaints about a rule file, at the place of the offending word. */
#include "script.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <stdio.h>

#define BRIEF_BYTES 60

const char *const field_names[FIELD_COUNT] = {
	[FIELD_TITLE] = "title",
	[FIELD_TITLE_EN] = "title-en",
	[FIELD_TITLE_SV] = "title-sv",
	[FIELD_TITLE_FR] = "title-fr",
	[FIELD_SIGN] = "sign",
	[FIELD_SEVERITY] = "severity",
	[FIELD_LANG] = "lang",
	[FIELD_SAYS] = "says",
	[FIELD_MATCH] = "match",
	[FIELD_ALL] = "all",
	[FIELD_UNLESS] = "unless",
	[FIELD_WITHIN] = "within",
	[FIELD_UNLESS_WITHIN] = "unless-within",
	[FIELD_FROM] = "from",
	[FIELD_WHEN] = "when",
	[FIELD_STATUS] = "status",
	[FIELD_YES] = "yes",
	[FIELD_NO] = "no",
	[FIELD_REPLY] = "reply",
	[FIELD_NEEDS] = "needs",
	[FIELD_SILENCE] = "silence",
	[FIELD_DROUGHT] = "drought",
	[FIELD_BROKEN] = "broken",
	[FIELD_CLIENT] = "client",
	[FIELD_SINCE] = "since",
	[FIELD_UNTIL] = "until",
	[FIELD_BECAUSE] = "because",
};

const char *const block_names[BLOCK_COUNT] = {
	[BLOCK_RULE] = "rule",
	[BLOCK_SEQUENCE] = "sequence",
	[BLOCK_EXCEPT] = "except",
};

struct str word_brief(struct str word)
{
	if (word.len <= BRIEF_BYTES)
		return word;
	size_t end = BRIEF_BYTES;
	while (end > 0 && ((unsigned char)word.ptr[end] & 0xC0) == 0x80)
		end--;
	return str_slice(word, 0, end);
}

bool script_is_hopeless(struct script *s, const struct spot *at)
{
	if (!s->hopeless && s->diags->errors - s->errors_before >= LIMIT_RULE_MISTAKES) {
		complain(s, DIAG_ERROR, at, "%d mistakes, the rest of the file is passed over",
			LIMIT_RULE_MISTAKES);
		s->hopeless = true;
	}
	return s->hopeless;
}

struct spot line_spot(unsigned line, struct str source, size_t offset)
{
	struct str before = str_slice(source, 0, offset);
	return (struct spot){line, (unsigned)utf8_length(before) + 1, source};
}

struct spot value_spot(const struct value *v, size_t offset)
{
	struct spot at = v->at;
	size_t start = 0;
	for (const struct continuation *c = v->more; c && c->start <= offset; c = c->next) {
		at = c->at;
		start = c->start;
	}
	at.column += (unsigned)utf8_length(str_slice(v->text, start, offset));
	return at;
}

__attribute__((format(printf, 4, 0))) static void complain_with(const struct script *s,
	enum diag_level level, const struct spot *at, const char *format, va_list arguments)
{
	char text[512];
	size_t told = s->diags->warnings;
	if (level == DIAG_WARNING && told > LIMIT_LINT_WARNINGS)
		return;
	if (level == DIAG_WARNING && told == LIMIT_LINT_WARNINGS)
		snprintf(text, sizeof(text), "over %d warnings, the rest is not told",
			LIMIT_LINT_WARNINGS);
	else
		vsnprintf(text, sizeof(text), format, arguments);
	diags_add(s->diags, level, s->name, at->line, at->column, at->source, "%s", text);
}

void complain(const struct script *s, enum diag_level level, const struct spot *at,
	const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	complain_with(s, level, at, format, arguments);
	va_end(arguments);
}

void complain_in(
	const struct script *s, const struct value *v, size_t offset, const char *format, ...)
{
	struct spot at = value_spot(v, offset);
	va_list arguments;
	va_start(arguments, format);
	complain_with(s, DIAG_ERROR, &at, format, arguments);
	va_end(arguments);
}

void warn_in(const struct script *s, const struct value *v, size_t offset, const char *format, ...)
{
	struct spot at = value_spot(v, offset);
	va_list arguments;
	va_start(arguments, format);
	complain_with(s, DIAG_WARNING, &at, format, arguments);
	va_end(arguments);
}
