/* The configuration's tokens with their places, read before libconfig, which keeps none of them. */
#include "scan.h"

#include "base/array.h"
#include "base/utf8.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct place {
	size_t at;
	unsigned line;
	size_t line_start;
};

struct walk {
	struct scan *scan;
	struct diags *diags;
	struct place place;
	bool after_string; /* the last token was a string: another one would be glued to it */
	bool failed;
};

static char peek(const struct walk *w, size_t ahead)
{
	size_t at = w->place.at + ahead;
	return at < w->scan->bytes.len ? w->scan->bytes.ptr[at] : '\0';
}

static bool at_end(const struct walk *w)
{
	return w->place.at >= w->scan->bytes.len;
}

static void step(struct walk *w)
{
	if (w->scan->bytes.ptr[w->place.at++] == '\n') {
		w->place.line++;
		w->place.line_start = w->place.at;
	}
}

static unsigned column_of(const struct scan *s, const struct place *p)
{
	return (unsigned)utf8_length(str_slice(s->bytes, p->line_start, p->at)) + 1;
}

static void complain(struct walk *w, const struct place *at, const char *text)
{
	diags_add(w->diags, DIAG_ERROR, w->scan->name, at->line, column_of(w->scan, at),
		scan_line(w->scan, at->line), "%s", text);
}

static void add_token(struct walk *w, const struct place *at, struct str text, bool is_string)
{
	struct scan *s = w->scan;
	if (array_room(&s->tokens, s->count, &s->cap, sizeof(*s->tokens)) < 0) {
		w->failed = true;
		return;
	}
	s->tokens[s->count++] = (struct token){
		.line = at->line,
		.column = column_of(s, at),
		.text = text,
		.is_string = is_string,
	};
}

static void skip_comment(struct walk *w)
{
	struct place start = w->place;
	bool block = peek(w, 0) == '/' && peek(w, 1) == '*';
	if (block) {
		step(w);
		step(w);
	}
	while (!at_end(w)) {
		if (!block && peek(w, 0) == '\n')
			return;
		if (block && peek(w, 0) == '*' && peek(w, 1) == '/') {
			step(w);
			step(w);
			return;
		}
		step(w);
	}
	if (block)
		complain(w, &start, "comment without its end, expected '*/'");
}

/* libconfig's escapes: \\ \" \f \n \r \t and \xHH; another backslash stands for itself. */
static void take_escape(struct walk *w, struct buf *out)
{
	static const char from[] = "\\\"fnrt", to[] = "\\\"\f\n\r\t";
	const char *known = peek(w, 1) ? strchr(from, peek(w, 1)) : NULL;
	if (known) {
		buf_add_char(out, to[known - from]);
		step(w);
	} else {
		buf_add_char(out, '\\');
	}
	step(w);
}

/* Strings lie one behind the other in a buffer that may move: until the end they are offsets. */
static void take_string(struct walk *w)
{
	struct place start = w->place;
	struct buf *strings = &w->scan->strings;
	size_t from = strings->len;
	if (w->after_string)
		complain(w, &start, "two strings side by side, expected ',' between them");
	step(w);
	while (!at_end(w) && peek(w, 0) != '"') {
		if (peek(w, 0) == '\\') {
			take_escape(w, strings);
			continue;
		}
		buf_add_char(strings, peek(w, 0));
		step(w);
	}
	if (at_end(w)) {
		complain(w, &start, "string without its end, expected '\"'");
		return;
	}
	step(w);
	add_token(
		w, &start, (struct str){(const char *)(uintptr_t)from, strings->len - from}, true);
	w->after_string = true;
}

static bool fits(struct str digits, bool hex, bool wide)
{
	uint64_t value = 0, most = wide ? INT64_MAX : hex ? UINT32_MAX : INT32_MAX;
	for (size_t i = 0; i < digits.len; i++) {
		unsigned char c = (unsigned char)digits.ptr[i];
		unsigned digit = c <= '9' ? c - 0x30U : (c | 0x20U) - 0x61U + 10;
		if (value > (most - digit) / (hex ? 16 : 10))
			return false;
		value = value * (hex ? 16 : 10) + digit;
	}
	return true;
}

static bool is_digit(char c, bool hex)
{
	char lower = (char)(c | 0x20);
	return (c >= '0' && c <= '9') || (hex && lower >= 'a' && lower <= 'f');
}

static bool is_word(char c)
{
	char lower = (char)(c | 0x20);
	return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
		c == '*' || c == '.' || (unsigned char)c >= 0x80;
}

/* A word that begins with a digit: an integer, or a number with a point. */
static void check_number(struct walk *w, const struct place *at, struct str word)
{
	size_t end = 0;
	bool hex = word.len > 2 && word.ptr[0] == '0' && (word.ptr[1] | 0x20) == 'x';
	struct str digits = str_slice(word, hex ? 2 : 0, word.len);
	while (end < digits.len && is_digit(digits.ptr[end], hex))
		end++;
	struct str tail = str_slice(digits, end, digits.len);
	bool wide = str_eq_nocase(tail, STR("L")) || str_eq_nocase(tail, STR("LL"));
	if ((!tail.len || wide) && !fits(str_slice(digits, 0, end), hex, wide))
		complain(w, at, "integer out of range, it would not keep its value");
}

static void take_word(struct walk *w)
{
	struct place start = w->place;
	while (!at_end(w) && is_word(peek(w, 0)))
		step(w);
	struct str word = str_slice(w->scan->bytes, start.at, w->place.at);
	add_token(w, &start, word, false);
	if (word.ptr[0] >= '0' && word.ptr[0] <= '9')
		check_number(w, &start, word);
	w->after_string = false;
}

static void take_one(struct walk *w)
{
	char c = peek(w, 0);
	bool comment = c == '#' || (c == '/' && (peek(w, 1) == '/' || peek(w, 1) == '*'));
	if (comment) {
		skip_comment(w);
	} else if (c == '"') {
		take_string(w);
	} else if (is_word(c)) {
		take_word(w);
	} else {
		if (c == '@')
			complain(w, &w->place, "@include is not supported, expected one file");
		if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
			add_token(w, &w->place,
				str_slice(w->scan->bytes, w->place.at, w->place.at + 1), false);
			w->after_string = false;
		}
		step(w);
	}
}

int scan_config(const char *name, struct str bytes, struct scan *out, struct diags *diags,
	struct error *err)
{
	*out = (struct scan){.bytes = bytes, .name = name};
	struct walk w = {.scan = out, .diags = diags, .place = {.line = 1}};
	while (!at_end(&w) && !w.failed)
		take_one(&w);
	if (w.failed || out->strings.failed) {
		scan_finish(out);
		return error_memory(err);
	}
	for (size_t i = 0; i < out->count; i++)
		if (out->tokens[i].is_string) {
			size_t from = (size_t)(uintptr_t)out->tokens[i].text.ptr;
			out->tokens[i].text.ptr = out->strings.ptr ? out->strings.ptr + from : "";
		}
	return 0;
}

void scan_finish(struct scan *s)
{
	free(s->tokens);
	buf_finish(&s->strings);
	*s = (struct scan){0};
}

struct str scan_line(const struct scan *s, unsigned line)
{
	struct str rest = s->bytes, text;
	for (unsigned i = 1; str_line(&rest, &text); i++)
		if (i == line)
			return text;
	return (struct str){0};
}

unsigned scan_name_column(const struct scan *s, unsigned line, const char *name)
{
	for (size_t i = 0; i + 1 < s->count; i++) {
		const struct token *t = &s->tokens[i], *next = &s->tokens[i + 1];
		if (t->line == line && !t->is_string && str_eq(t->text, str_from(name)) &&
			!next->is_string &&
			(str_eq(next->text, STR("=")) || str_eq(next->text, STR(":"))))
			return t->column;
	}
	return 0;
}

const struct token *scan_string(const struct scan *s, unsigned line, struct str value)
{
	const struct token *found = NULL;
	for (size_t i = 0; i < s->count; i++) {
		const struct token *t = &s->tokens[i];
		if (t->line > line)
			break;
		if (t->is_string && str_eq(t->text, value))
			found = t;
	}
	return found;
}
