/* JSON read into a tree: one pass over a copy of the text, in which strings are decoded in place.
 */
#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "json_tree.h"
#include <stdlib.h>
#include <string.h>

/* What is read so far of arrays and objects that are still open: each is the end of `open`. */
struct reading {
	char *at;
	const char *start, *end; /* a NUL stands at the end */
	struct str source;       /* as it was before strings were decoded */
	struct arena *arena;
	struct json_member *open;
	size_t open_count, open_cap;
	unsigned depth;
	struct error *err;
};

#define TEXT_OF(number) #number
#define DEPTH_TEXT(number) TEXT_OF(number)
#define DEPTH DEPTH_TEXT(LIMIT_JSON_DEPTH)

/* RFC 8259. Each reads what begins at r->at. */
static int read_value(struct reading *r, struct json_value *out);

static int bad(const struct reading *r, const char *what)
{
	size_t at = (size_t)(r->at - r->start), line_start = 0;
	unsigned line = 1;
	for (size_t i = 0; i < at; i++)
		if (r->source.ptr[i] == '\n') {
			line++;
			line_start = i + 1;
		}
	return error_at(
		r->err, ERROR_INPUT, NULL, line, (unsigned)(at - line_start) + 1, "json%s", what);
}

static void skip_space(struct reading *r)
{
	while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
		r->at++;
}

static int read_word(
	struct reading *r, struct str word, enum json_type type, struct json_value *out)
{
	if (!str_starts((struct str){r->at, (size_t)(r->end - r->at)}, word))
		return bad(r, ": a value was expected");
	r->at += word.len;
	out->type = type;
	return 0;
}

static bool skip_digits(struct reading *r)
{
	const char *first = r->at;
	while (*r->at >= '0' && *r->at <= '9')
		r->at++;
	return r->at > first;
}

/* What makes a number one that is not whole; 1 there is such, 0, -1. */
static int skip_fraction(struct reading *r)
{
	const char *first = r->at;
	if (*r->at == '.') {
		r->at++;
		if (!skip_digits(r))
			return bad(r, ": a digit was expected");
	}
	if (*r->at == 'e' || *r->at == 'E') {
		r->at++;
		r->at += *r->at == '+' || *r->at == '-';
		if (!skip_digits(r))
			return bad(r, ": a digit was expected");
	}
	return r->at > first;
}

static int read_number(struct reading *r, struct json_value *out)
{
	bool negative = *r->at == '-';
	uint64_t value;
	r->at += negative;
	const char *first = r->at;
	if (!skip_digits(r) || (*first == '0' && r->at > first + 1))
		return bad(r, ": a number was expected");
	struct str digits = {first, (size_t)(r->at - first)};
	int fraction = skip_fraction(r);
	if (fraction) {
		out->type = JSON_FRACTION;
		return fraction < 0 ? -1 : 0;
	}
	if (!str_to_u64(digits, (uint64_t)INT64_MAX + negative, &value))
		return bad(r, ": a number is too large");
	out->type = JSON_INTEGER;
	out->integer = negative ? (int64_t)(0 - value) : (int64_t)value;
	return 0;
}

/* Four hexadecimal digits, or -1. */
static int32_t read_hex(struct reading *r)
{
	int32_t value = 0;
	for (unsigned i = 0; i < 4; i++) {
		int digit = hex_value(*r->at);
		if (digit < 0)
			return -1;
		value = value << 4 | digit;
		r->at++;
	}
	return value;
}

/* Behind "\u": a character, of two halves where it is beyond the first 65,536. */
static int read_code_point(struct reading *r, char **to)
{
	int32_t code = read_hex(r);
	if (code >= 0xd800 && code <= 0xdbff && r->at[0] == '\\' && r->at[1] == 'u') {
		r->at += 2;
		int32_t second = read_hex(r);
		bool pair = second >= 0xdc00 && second <= 0xdfff;
		code = pair ? 0x10000 + ((code - 0xd800) << 10 | (second - 0xdc00)) : -1;
	}
	if (code < 0 || (code >= 0xd800 && code <= 0xdfff))
		return bad(r, ": an escape that is no character");
	char bytes[4];
	size_t size = utf8_encode(code, bytes);
	memcpy(*to, bytes, size);
	*to += size;
	return 0;
}

static int read_escape(struct reading *r, char **to)
{
	static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	r->at++;
	if (*r->at == 'u') {
		r->at++;
		return read_code_point(r, to);
	}
	const char *name = *r->at ? strchr(names, *r->at) : NULL;
	if (!name)
		return bad(r, ": an unknown escape");
	*(*to)++ = meanings[name - names];
	r->at++;
	return 0;
}

/* A character is never shorter than its escape was, so it finds room where that stood. The NUL
   takes the place of the closing quote, or of an escape's rest. */
static int read_string(struct reading *r, struct str *out)
{
	char *first = ++r->at, *to = first;
	for (;;) {
		char *plain = r->at;
		while ((unsigned char)*r->at >= ' ' && *r->at != '"' && *r->at != '\\')
			r->at++;
		size_t len = (size_t)(r->at - plain);
		if (to < plain)
			memmove(to, plain, len);
		to += len;
		if (*r->at == '"')
			break;
		if (*r->at != '\\')
			return bad(r,
				r->at == r->end ? ": a string is not closed"
						: ": a control character in a string");
		if (read_escape(r, &to) < 0)
			return -1;
	}
	r->at++;
	*to = '\0';
	*out = (struct str){first, (size_t)(to - first)};
	return 0;
}

static int open_add(struct reading *r, const struct json_member *member)
{
	if (array_room(&r->open, r->open_count, &r->open_cap, sizeof(*r->open)) < 0)
		return error_memory(r->err);
	r->open[r->open_count++] = *member;
	return 0;
}

static int close_array(struct reading *r, size_t first, struct json_value *out)
{
	size_t count = r->open_count - first;
	struct json_value *items = arena_array(r->arena, count, sizeof(*items));
	if (!items)
		return error_memory(r->err);
	for (size_t i = 0; i < count; i++)
		items[i] = r->open[first + i].value;
	r->open_count = first;
	*out = (struct json_value){.type = JSON_ARRAY, .count = (uint32_t)count, .items = items};
	return 0;
}

static int by_key(const void *a, const void *b)
{
	const struct json_member *const *left = a, *const *right = b;
	return str_cmp((*left)->key, (*right)->key);
}

static bool has_twins(const struct json_object *object, size_t count)
{
	if (object->sorted) {
		for (size_t i = 1; i < count; i++)
			if (str_eq(object->sorted[i - 1]->key, object->sorted[i]->key))
				return true;
		return false;
	}
	for (size_t i = 1; i < count; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(object->members[i].key, object->members[k].key))
				return true;
	return false;
}

static int sort(struct reading *r, struct json_object *object, size_t count)
{
	object->sorted = arena_array(r->arena, count, sizeof(struct json_member *));
	if (!object->sorted)
		return error_memory(r->err);
	for (size_t i = 0; i < count; i++)
		object->sorted[i] = &object->members[i];
	qsort(object->sorted, count, sizeof(struct json_member *), by_key);
	return 0;
}

static int close_object(struct reading *r, size_t first, struct json_value *out)
{
	size_t count = r->open_count - first, size = count * sizeof(struct json_member);
	struct json_object *object = arena_alloc(r->arena, sizeof(*object) + size);
	if (!object)
		return error_memory(r->err);
	if (count)
		memcpy(object->members, r->open + first, size);
	r->open_count = first;
	if (count > JSON_FEW_MEMBERS && sort(r, object, count) < 0)
		return -1;
	if (has_twins(object, count))
		return bad(r, ": a key stands twice in an object");
	*out = (struct json_value){.type = JSON_OBJECT, .count = (uint32_t)count, .object = object};
	return 0;
}

static int read_key(struct reading *r, struct str *key)
{
	skip_space(r);
	if (*r->at != '"')
		return bad(r, ": a key was expected");
	if (read_string(r, key) < 0)
		return -1;
	if (memchr(key->ptr, '\0', key->len))
		return bad(r, ": a key with a NUL");
	skip_space(r);
	if (*r->at != ':')
		return bad(r, ": a ':' was expected");
	r->at++;
	return 0;
}

/* Items up to the bracket that closes them, onto `open`. */
static int read_items(struct reading *r, bool keys, char close)
{
	for (;;) {
		struct json_member member = {0};
		if ((keys && read_key(r, &member.key) < 0) || read_value(r, &member.value) < 0 ||
			open_add(r, &member) < 0)
			return -1;
		skip_space(r);
		char c = *r->at;
		if (c != ',' && c != close)
			return bad(r, ": a ',' or the closing bracket was expected");
		r->at++;
		if (c == close)
			return 0;
	}
}

static int read_bracket(struct reading *r, struct json_value *out)
{
	bool keys = *r->at == '{';
	char close = keys ? '}' : ']';
	size_t first = r->open_count;
	if (++r->depth > LIMIT_JSON_DEPTH)
		return bad(r, " is nested deeper than " DEPTH);
	r->at++;
	skip_space(r);
	if (*r->at == close)
		r->at++;
	else if (read_items(r, keys, close) < 0)
		return -1;
	r->depth--;
	return keys ? close_object(r, first, out) : close_array(r, first, out);
}

static int read_value(struct reading *r, struct json_value *out)
{
	skip_space(r);
	switch (*r->at) {
	case '{':
	case '[':
		return read_bracket(r, out);
	case '"':
		out->type = JSON_STRING;
		return read_string(r, &out->string);
	case 't':
		return read_word(r, STR("true"), JSON_TRUE, out);
	case 'f':
		return read_word(r, STR("false"), JSON_FALSE, out);
	case 'n':
		return read_word(r, STR("null"), JSON_NULL, out);
	default:
		return read_number(r, out);
	}
}

static int read_text(struct reading *r, struct json_value *root)
{
	if (!utf8_valid(r->source))
		return bad(r, ": bytes that are not UTF-8");
	if (read_value(r, root) < 0)
		return -1;
	skip_space(r);
	return r->at < r->end ? bad(r, ": something stands behind its end") : 0;
}

int json_parse(struct str text, struct json_document **out, struct error *err)
{
	if (text.len > UINT32_MAX)
		return error_set(err, ERROR_LIMIT, "json of %zu bytes, at most %u are read",
			text.len, UINT32_MAX);
	struct json_document *d = calloc(1, sizeof(*d));
	char *copy = d ? arena_cstr(&d->arena, text) : NULL;
	int result = -1;
	if (copy) {
		struct reading r = {
			.at = copy,
			.start = copy,
			.end = copy + text.len,
			.source = text,
			.arena = &d->arena,
			.err = err,
		};
		result = read_text(&r, &d->root);
		free(r.open);
	} else {
		error_memory(err);
	}
	if (result < 0)
		json_free(d);
	else
		*out = d;
	return result;
}
