/* The configuration's tokens with their places, read before libconfig, which keeps none of them. */
#include "scan.h"

#include "base/array.h"
#include "base/utf8.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 32 /* an honest file has 4 levels; libconfig recurses */

struct place {
	size_t at;
	unsigned line;
	unsigned column;
};

struct walk {
	struct scan *scan;
	struct diags *diags;
	struct place place;
	size_t open[DEPTH_MAX]; /* tokens: brackets without their end so far */
	unsigned depth;
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
	if (at_end(w))
		return;
	unsigned char c = (unsigned char)w->scan->bytes.ptr[w->place.at++];
	if (c == '\n') {
		w->place.line++;
		w->place.column = 1;
	} else {
		/* a character counts at its last byte */
		w->place.column += ((unsigned char)peek(w, 0) & 0xc0) != 0x80;
	}
}

static void complain(struct walk *w, const struct place *at, const char *text)
{
	diags_add(w->diags, DIAG_ERROR, w->scan->name, at->line, at->column,
		scan_line(w->scan, at->line), "%s", text);
	if (w->diags->errors >= SCAN_MISTAKES) {
		w->scan->broken = true;
		w->place.at = w->scan->bytes.len;
	}
}

/* The same of what makes the rest of the file unreadable. */
static void give_up(struct walk *w, const struct place *at, const char *text)
{
	complain(w, at, text);
	w->scan->broken = true;
	w->place.at = w->scan->bytes.len;
}

/* The text from `start` to where the walk stands. */
static struct str text_since(const struct walk *w, const struct place *start)
{
	return str_slice(w->scan->bytes, start->at, w->place.at);
}

static void add_token(struct walk *w, const struct place *start, bool told)
{
	struct scan *s = w->scan;
	if (array_room(&s->tokens, s->count, &s->cap, sizeof(*s->tokens)) < 0) {
		w->failed = true;
		return;
	}
	s->tokens[s->count++] = (struct token){
		.line = start->line,
		.column = start->column,
		.text = text_since(w, start),
		.told = told,
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
		give_up(w, &start, "comment without its end, expected '*/'");
}

static void take_string(struct walk *w)
{
	struct place start = w->place;
	bool told = w->after_string;
	if (told) {
		complain(w, &start, "two strings side by side, expected ',' between them");
		w->scan->tokens[w->scan->count - 1].told = true;
	}
	step(w);
	while (peek(w, 0) && !strchr("\"\n", peek(w, 0))) {
		/* what is behind a backslash does not end the string */
		if (peek(w, 0) == '\\' && peek(w, 1) && peek(w, 1) != '\n')
			step(w);
		step(w);
	}
	if (peek(w, 0) != '"') {
		/* libconfig would go on to the next quote, wherever it is; no setting needs that */
		give_up(w, &start, "string without its end, expected '\"' on the same line");
		return;
	}
	step(w);
	if (!utf8_valid(text_since(w, &start))) {
		complain(w, &start, "text that is not UTF-8");
		told = true;
	}
	add_token(w, &start, told);
	w->after_string = true;
}

static bool is_digit(char c, bool hex)
{
	char lower = (char)(c | 0x20);
	return (c >= '0' && c <= '9') || (hex && lower >= 'a' && lower <= 'f');
}

static bool is_word(char c)
{
	char lower = (char)(c | 0x20);
	return (lower >= 'a' && lower <= 'z') || is_digit(c, false) || strchr("_-+*.", c) ||
		(unsigned char)c >= 0x80;
}

static bool fits(struct str digits, bool hex, uint64_t most)
{
	uint64_t value = 0, base = hex ? 16 : 10;
	for (size_t i = 0; i < digits.len; i++) {
		unsigned char c = (unsigned char)digits.ptr[i];
		unsigned digit = c <= '9' ? c - 0x30U : (c | 0x20U) - 0x61U + 10;
		if (value > (most - digit) / base)
			return false;
		value = value * base + digit;
	}
	return true;
}

/* Does libconfig keep the value of this word, when it is an integer? */
static bool keeps_value(struct str word)
{
	bool minus = str_starts(word, STR("-"));
	size_t sign = minus || str_starts(word, STR("+")), end = 0;
	bool hex = str_starts_nocase(word, STR("0x"));
	struct str digits = str_slice(word, hex ? 2 : sign, word.len);
	while (end < digits.len && is_digit(digits.ptr[end], hex))
		end++;
	struct str tail = str_slice(digits, end, digits.len);
	bool wide = str_eq(tail, STR("L")) || str_eq(tail, STR("LL"));
	if (tail.len && !wide)
		return true;
	uint64_t most = (wide ? (uint64_t)INT64_MAX : INT32_MAX) + minus;
	return fits(str_slice(digits, 0, end), hex, most);
}

static void take_word(struct walk *w)
{
	struct place start = w->place;
	while (!at_end(w) && is_word(peek(w, 0)))
		step(w);
	bool told = !keeps_value(text_since(w, &start));
	if (told)
		complain(w, &start, "integer out of range, it would not keep its value");
	add_token(w, &start, told);
	w->after_string = false;
}

static void take_bracket(struct walk *w, char c)
{
	static const char opening[] = "{([", closing[] = "})]";
	if (strchr(opening, c)) {
		if (w->depth == DEPTH_MAX)
			give_up(w, &w->place, "nested too deep, at most 32 levels are read");
		else
			w->open[w->depth++] = w->scan->count;
		return;
	}
	const char *pair = strchr(closing, c);
	char expected = pair ? opening[pair - closing] : '\0';
	if (!expected)
		return;
	const struct token *open = w->depth ? &w->scan->tokens[w->open[w->depth - 1]] : NULL;
	if (open && open->text.ptr[0] == expected) {
		w->depth--;
		return;
	}
	char text[80] = "bracket that closes none, expected one that is open";
	if (open)
		snprintf(text, sizeof(text),
			"'%c' of line %u is not closed, expected '%c' before this '%c'",
			open->text.ptr[0], open->line,
			closing[strchr(opening, open->text.ptr[0]) - opening], c);
	give_up(w, &w->place, text);
}

/* Anything else: a bracket, '=', ';'. */
static void take_sign(struct walk *w)
{
	struct place start = w->place;
	char c = peek(w, 0);
	if (c == '@')
		give_up(w, &start, "@include is not supported, expected one file");
	else
		take_bracket(w, c);
	if (w->scan->broken)
		return;
	step(w);
	add_token(w, &start, false);
	w->after_string = false;
}

static void take_one(struct walk *w)
{
	char c = peek(w, 0);
	if (c == '#' || (c == '/' && (peek(w, 1) == '/' || peek(w, 1) == '*')))
		skip_comment(w);
	else if (c == '"')
		take_string(w);
	else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')
		step(w);
	else if (is_word(c))
		take_word(w);
	else
		take_sign(w);
}

/* libconfig would take it for the end of the file. */
static void refuse_nul(struct walk *w)
{
	size_t at;
	if (!str_find(w->scan->bytes, (struct str){"", 1}, &at))
		return;
	while (w->place.at < at)
		step(w);
	give_up(w, &w->place, "a NUL byte, expected text");
}

/* Told at the opening: the end of the file says nothing of where it is missing. */
static void complain_of_open(struct walk *w)
{
	for (unsigned i = 0; i < w->depth && !w->scan->broken; i++) {
		const struct token *t = &w->scan->tokens[w->open[i]];
		diags_add(w->diags, DIAG_ERROR, w->scan->name, t->line, t->column,
			scan_line(w->scan, t->line), "'%.*s' without its end", STR_ARG(t->text));
	}
	w->scan->broken |= w->depth > 0;
}

int scan_config(const char *name, struct str bytes, struct scan *out, struct diags *diags,
	struct error *err)
{
	*out = (struct scan){.bytes = bytes, .name = name};
	struct walk w = {.scan = out, .diags = diags, .place = {.line = 1, .column = 1}};
	refuse_nul(&w);
	while (!at_end(&w) && !w.failed)
		take_one(&w);
	if (w.failed) {
		scan_finish(out);
		return error_memory(err);
	}
	complain_of_open(&w);
	return 0;
}

void scan_finish(struct scan *s)
{
	free(s->tokens);
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

const struct token *scan_token(const struct scan *s, size_t at)
{
	static const struct token none = {.text = {"", 0}};
	return at < s->count ? &s->tokens[at] : &none;
}

static bool is_one_of(const struct scan *s, size_t at, const char *signs)
{
	const struct token *t = scan_token(s, at);
	return t->text.len == 1 && strchr(signs, t->text.ptr[0]);
}

static bool is_string(const struct scan *s, size_t at)
{
	return str_starts(scan_token(s, at)->text, STR("\""));
}

size_t scan_next(const struct scan *s, size_t value)
{
	unsigned depth = 0;
	size_t at = value;
	do {
		depth += is_one_of(s, at, "{([");
		depth -= is_one_of(s, at, "})]");
		at++;
	} while (depth && at < s->count);
	/* glued strings are one value */
	while (is_string(s, value) && is_string(s, at))
		at++;
	while (is_one_of(s, at, ",;"))
		at++;
	return at;
}

size_t scan_element(const struct scan *s, size_t open, size_t n)
{
	size_t at = open + 1;
	while (n--)
		at = scan_next(s, at);
	return at;
}

size_t scan_member(const struct scan *s, size_t open, const char *name)
{
	for (size_t at = open + 1; at + 2 < s->count && !is_one_of(s, at, "}");
		at = scan_next(s, at + 2))
		if (str_eq(scan_token(s, at)->text, str_from(name)))
			return at + 2;
	return SCAN_NOWHERE;
}
