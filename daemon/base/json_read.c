/* JSON (RFC 8259) read into values: strict, bounded in depth, every string valid UTF-8. */
#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "json_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Up to here comparing all keys with each other costs less than sorting them. */
#define KEYS_COMPARED 16

struct parser {
	struct str text;
	size_t at;
	struct arena *arena;
	/* items of the lists that are open, the innermost last */
	struct json_value *open;
	size_t open_count, open_cap;
	struct error *err;
};

static int fail_at(struct parser *p, size_t at, const char *problem)
{
	unsigned line = 1;
	size_t line_start = 0;
	for (size_t i = 0; i < at; i++)
		if (p->text.ptr[i] == '\n') {
			line++;
			line_start = i + 1;
		}
	return error_at(p->err, ERROR_INPUT, NULL, line, (unsigned)(at - line_start + 1), "json%s",
		problem);
}

static int fail(struct parser *p, const char *problem)
{
	return fail_at(p, p->at, problem);
}

/* The byte at the parser's place; 0 at the end, and a NUL is as wrong as an end. */
static char peek(const struct parser *p)
{
	return p->at < p->text.len ? p->text.ptr[p->at] : '\0';
}

static bool take(struct parser *p, char c)
{
	bool there = p->at < p->text.len && p->text.ptr[p->at] == c;
	p->at += there;
	return there;
}

static void skip_space(struct parser *p)
{
	while (p->at < p->text.len && memchr(" \t\n\r", p->text.ptr[p->at], 4))
		p->at++;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Four hex digits, or -1. */
static int32_t hex4(struct parser *p)
{
	int32_t value = 0;
	for (int i = 0; i < 4; i++, p->at++) {
		char c = peek(p);
		int32_t digit = is_digit(c)    ? c - '0'
			: c >= 'a' && c <= 'f' ? c - 'a' + 10
			: c >= 'A' && c <= 'F' ? c - 'A' + 10
					       : -1;
		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* Behind "\u"; a character beyond the first 65,536 is two of them. -1: half of one, or none. */
static int32_t escaped_character(struct parser *p)
{
	int32_t high = hex4(p);
	if (high < 0xd800 || high > 0xdfff)
		return high;
	if (high > 0xdbff || !take(p, '\\') || !take(p, 'u'))
		return -1;
	int32_t low = hex4(p);
	return low < 0xdc00 || low > 0xdfff ? -1 : 0x10000 + ((high - 0xd800) << 10) + low - 0xdc00;
}

/* Behind a backslash: into out, which has room, for no escape is shorter than what it means. */
static int read_escape(struct parser *p, char *out, size_t *len)
{
	static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	size_t start = p->at - 1;
	const char *name = p->at < p->text.len ? memchr(names, peek(p), sizeof(names) - 1) : NULL;
	if (name) {
		out[(*len)++] = meanings[name - names];
		p->at++;
		return 0;
	}
	int32_t c = take(p, 'u') ? escaped_character(p) : -1;
	if (c < 0)
		return fail_at(p, start, ": an escape that is none");
	*len += utf8_encode(c, out + *len);
	return 0;
}

/* What needs no look of its own: all of most strings. */
static size_t plain_run(const struct parser *p, size_t end)
{
	size_t at = p->at;
	while (at < end && p->text.ptr[at] >= ' ' && p->text.ptr[at] != '\\')
		at++;
	return at - p->at;
}

/* The quote that ends the string, as far as it can be told without reading its escapes. */
static size_t string_end(const struct parser *p)
{
	size_t at = p->at;
	for (;;) {
		const char *quote =
			at < p->text.len ? memchr(p->text.ptr + at, '"', p->text.len - at) : NULL;
		if (!quote)
			return p->text.len;
		at = (size_t)(quote - p->text.ptr);
		size_t slashes = 0;
		while (slashes < at - p->at && quote[-1 - (ptrdiff_t)slashes] == '\\')
			slashes++;
		if (slashes % 2 == 0)
			return at;
		at++;
	}
}

static int read_string(struct parser *p, struct str *out)
{
	size_t start = p->at++, end = string_end(p), len = 0;
	if (end == p->text.len)
		return fail_at(p, start, ": a string without an end");
	char *made = arena_alloc(p->arena, end - p->at + 1);
	if (!made)
		return error_memory(p->err);
	while (p->at < end) {
		size_t run = plain_run(p, end);
		memcpy(made + len, p->text.ptr + p->at, run);
		len += run;
		p->at += run;
		if (p->at == end)
			break;
		size_t first = p->at;
		if (take(p, '\\')) {
			if (read_escape(p, made, &len) < 0)
				return -1;
			continue;
		}
		if ((unsigned char)peek(p) < ' ')
			return fail(p, ": a control character in a string");
		if (utf8_next(p->text, &p->at) == 0xfffd && p->at - first == 1)
			return fail_at(p, first, ": a byte that is no UTF-8");
		memcpy(made + len, p->text.ptr + first, p->at - first);
		len += p->at - first;
	}
	p->at = end + 1;
	made[len] = '\0';
	*out = (struct str){made, len};
	return 0;
}

static bool skip_digits(struct parser *p)
{
	size_t start = p->at;
	while (is_digit(peek(p)))
		p->at++;
	return p->at > start;
}

static int read_number(struct parser *p, struct json_value *out)
{
	size_t start = p->at;
	bool negative = take(p, '-'), whole = true;
	size_t digits = p->at;
	bool good = take(p, '0') || skip_digits(p);
	struct str number = str_slice(p->text, digits, p->at);
	if (good && take(p, '.')) {
		whole = false;
		good = skip_digits(p);
	}
	if (good && (take(p, 'e') || take(p, 'E'))) {
		whole = false;
		if (!take(p, '+'))
			take(p, '-');
		good = skip_digits(p);
	}
	if (!good)
		return fail_at(p, start, ": a number that is none");
	out->kind = whole ? JSON_INTEGER : JSON_REAL;
	uint64_t size = 0;
	if (whole && !str_to_u64(number, (uint64_t)INT64_MAX + negative, &size))
		return fail_at(p, start, ": a number that is too large");
	out->as.integer = negative && size ? -(int64_t)(size - 1) - 1 : (int64_t)size;
	return 0;
}

static int read_word(struct parser *p, struct json_value *out)
{
	static const struct {
		struct str word;
		enum json_kind kind;
	} words[] = {
		{STR("null"), JSON_NULL}, {STR("true"), JSON_TRUE}, {STR("false"), JSON_FALSE}};
	struct str rest = str_slice(p->text, p->at, p->text.len);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts(rest, words[i].word)) {
			p->at += words[i].word.len;
			out->kind = words[i].kind;
			return 0;
		}
	return fail(p, ": expected a value");
}

static int by_key(const void *a, const void *b)
{
	const struct json_value *const *one = a, *const *other = b;
	return str_cmp((*one)->key, (*other)->key);
}

static bool any_twice(const struct json_value *items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(items[i].key, items[k].key))
				return true;
	return false;
}

/* Does a key stand twice among many? 1, 0, -1. */
static int any_twice_of_many(struct parser *p, const struct json_value *items, size_t count)
{
	const struct json_value **sorted = calloc(count, sizeof(*sorted));
	if (!sorted)
		return error_memory(p->err);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &items[i];
	qsort(sorted, count, sizeof(*sorted), by_key);
	bool twice = false;
	for (size_t i = 1; i < count && !twice; i++)
		twice = str_eq(sorted[i]->key, sorted[i - 1]->key);
	free(sorted);
	return twice;
}

/* The open items from `first` on become the list's own array. */
static int close_list(struct parser *p, size_t first, struct json_value *out)
{
	size_t count = p->open_count - first;
	struct json_value *items = arena_array(p->arena, count, sizeof(*items));
	if (!items)
		return error_memory(p->err);
	for (size_t i = 0; i < count; i++)
		items[i] = p->open[first + i];
	p->open_count = first;
	out->as.list.items = items;
	out->as.list.count = count;
	if (out->kind != JSON_OBJECT)
		return 0;
	int twice = count > KEYS_COMPARED ? any_twice_of_many(p, items, count)
					  : any_twice(items, count);
	return twice > 0 ? fail(p, ": an object that has a key twice") : twice;
}

static int read_key(struct parser *p, struct json_value *out)
{
	skip_space(p);
	if (peek(p) != '"')
		return fail(p, ": expected a key in quotes");
	size_t start = p->at;
	if (read_string(p, &out->key) < 0)
		return -1;
	if (memchr(out->key.ptr, '\0', out->key.len))
		return fail_at(p, start, ": a NUL in a key");
	skip_space(p);
	return take(p, ':') ? 0 : fail(p, ": expected ':' behind a key");
}

static int read_value(struct parser *p, unsigned depth, struct json_value *out);

static int read_list(struct parser *p, unsigned depth, struct json_value *out)
{
	if (depth == LIMIT_JSON_DEPTH) {
		char problem[64];
		snprintf(problem, sizeof(problem), " is nested deeper than %d", LIMIT_JSON_DEPTH);
		return fail(p, problem);
	}
	size_t first = p->open_count;
	out->kind = p->text.ptr[p->at++] == '{' ? JSON_OBJECT : JSON_ARRAY;
	char end = out->kind == JSON_OBJECT ? '}' : ']';
	skip_space(p);
	if (take(p, end))
		return close_list(p, first, out);
	for (;;) {
		struct json_value item = {0};
		if ((out->kind == JSON_OBJECT && read_key(p, &item) < 0) ||
			read_value(p, depth + 1, &item) < 0)
			return -1;
		if (array_room(&p->open, p->open_count, &p->open_cap, sizeof(*p->open)) < 0)
			return error_memory(p->err);
		p->open[p->open_count++] = item;
		skip_space(p);
		if (take(p, end))
			return close_list(p, first, out);
		if (!take(p, ','))
			return fail(p, ": expected ',' or the end of a list");
	}
}

/* A value into *out, whose key stays. */
static int read_value(struct parser *p, unsigned depth, struct json_value *out)
{
	skip_space(p);
	char c = peek(p);
	if (c == '{' || c == '[')
		return read_list(p, depth, out);
	if (c == '"') {
		out->kind = JSON_STRING;
		return read_string(p, &out->as.text);
	}
	return c == '-' || is_digit(c) ? read_number(p, out) : read_word(p, out);
}

int json_parse(struct str text, struct json_document **out, struct error *err)
{
	struct json_document *d = calloc(1, sizeof(*d));
	if (!d)
		return error_memory(err);
	struct parser p = {.text = text, .arena = &d->arena, .err = err};
	int result = read_value(&p, 0, &d->root);
	skip_space(&p);
	if (!result && p.at < text.len)
		result = fail(&p, ": something behind its end");
	free(p.open);
	if (result < 0) {
		json_free(d);
		return -1;
	}
	*out = d;
	return 0;
}
