/* Words and lists as scdoc(5) wants them. */
#include "scdoc.h"

#include "base/str.h"
#include <stdbool.h>
#include <string.h>

static void put_text(FILE *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr("\\_*+#-;[]|`<>.~", text.ptr[i]))
			putc('\\', out);
		putc(text.ptr[i], out);
	}
}

/* Between fences only this is special. */
static void put_literal(FILE *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\\')
			putc('\\', out);
		putc(text.ptr[i], out);
	}
}

void scdoc_text(FILE *out, const char *text)
{
	put_text(out, str_from(text));
}

void scdoc_sentence(FILE *out, const char *text)
{
	struct str rest = str_from(text);
	char first = rest.len ? rest.ptr[0] : '\0';
	/* a word of the language it tells of stays as it is: archive.db, --fetch */
	if (first >= 'a' && first <= 'z') {
		putc(first - 'a' + 'A', out);
		rest = str_slice(rest, 1, rest.len);
	}
	put_text(out, rest);
	if (!str_ends(rest, STR(".")))
		putc('.', out);
}

void scdoc_indent(FILE *out, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		putc('\t', out);
}

void scdoc_option(
	FILE *out, unsigned depth, const char *name, const char *argument, const char *help)
{
	scdoc_indent(out, depth);
	fputs("*\\-\\-", out);
	scdoc_text(out, name);
	fputs("*", out);
	if (argument) {
		fputs(" _", out);
		scdoc_text(out, argument);
		fputs("_", out);
	}
	putc('\n', out);
	scdoc_indent(out, depth + 1);
	scdoc_sentence(out, help);
	fputs("\n\n", out);
}

static bool is_literal(struct str line)
{
	return str_starts(line, STR("  "));
}

static void put_fence(FILE *out, unsigned depth)
{
	scdoc_indent(out, depth);
	fputs("```\n", out);
}

void scdoc_paragraphs(FILE *out, unsigned depth, const char *text)
{
	struct str rest = str_from(text), line;
	bool literal = false;
	while (str_line(&rest, &line)) {
		if (literal && !is_literal(line)) {
			put_fence(out, depth);
			putc('\n', out);
			literal = false;
		} else if (!literal && is_literal(line)) {
			putc('\n', out);
			put_fence(out, depth);
			literal = true;
		}
		if (!line.len) {
			putc('\n', out);
			continue;
		}
		scdoc_indent(out, depth);
		if (literal)
			put_literal(out, str_slice(line, 2, line.len));
		else
			put_text(out, line);
		putc('\n', out);
	}
	if (literal)
		put_fence(out, depth);
	putc('\n', out);
}
