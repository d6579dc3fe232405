/* Walks down JSON along the paths asked for, and steps over everything else. */
#include "json_split.h"

#include <string.h>

static const char cut_off[] = "the file ends within it";

void json_split_begin(struct json_split *s, struct str octets, const char *const *wanted)
{
	/* some programs write a byte order mark */
	*s = (struct json_split){.octets = octets,
		.wanted = wanted,
		.at = str_starts(octets, STR("\xEF\xBB\xBF")) ? 3 : 0};
}

static void skip_space(struct json_split *s)
{
	while (s->at < s->octets.len && strchr(" \t\r\n", s->octets.ptr[s->at]) &&
		s->octets.ptr[s->at])
		s->at++;
}

/* The octet at s->at, or 0 at the end. */
static char peek(const struct json_split *s)
{
	return s->at < s->octets.len ? s->octets.ptr[s->at] : '\0';
}

/* Behind the string that begins at `at`; 0: it does not end. */
static size_t string_end(struct str octets, size_t at)
{
	for (at++; at < octets.len; at++) {
		if (octets.ptr[at] == '"')
			return at + 1;
		if (octets.ptr[at] == '\\')
			at++;
	}
	return 0;
}

/* Behind the value that begins at `at`; 0: the octets end before it does. */
static size_t value_end(struct str octets, size_t at)
{
	size_t open = 0;
	for (size_t start = at; at < octets.len;) {
		char c = octets.ptr[at];
		if (c == '"') {
			at = string_end(octets, at);
			if (!at || !open)
				return at;
		} else if (c == '{' || c == '[') {
			open++;
			at++;
		} else if (c == '}' || c == ']') {
			if (open <= 1)
				return open ? at + 1 : at;
			open--;
			at++;
		} else if (!open && strchr(", \t\r\n", c) && at > start) {
			return at;
		} else {
			at++;
		}
	}
	return open ? 0 : at;
}

/* Which path asked for is this one? Its index, or -1; *below: one begins with it. */
static int path_wanted(const struct json_split *s, bool *below)
{
	*below = false;
	for (size_t i = 0; s->wanted[i]; i++) {
		struct str wanted = str_from(s->wanted[i]);
		struct str path = {s->path, s->path_len};
		if (str_eq(wanted, path))
			return (int)i;
		*below |= str_starts(wanted, path) &&
			(path.len == 0 || wanted.ptr[path.len] == '.' ||
				wanted.ptr[path.len] == '[');
	}
	return -1;
}

/* Adds to the path what is below the level: ".key", "key" at the top, or "[]". A key that is too
   long, or would read as a path, is no key asked for; what we go below is far shorter than the room
   for it. */
static void path_set(struct json_split *s, const struct json_level *level, struct str key)
{
	struct str dot = level->path_len && level->object ? STR(".") : STR("");
	bool is_path = level->object && key.len &&
		(memchr(key.ptr, '.', key.len) || memchr(key.ptr, '[', key.len));
	s->path_len = level->path_len;
	if (is_path || s->path_len + dot.len + key.len > sizeof(s->path))
		key = STR("?");
	memcpy(s->path + s->path_len, dot.ptr, dot.len);
	memcpy(s->path + s->path_len + dot.len, key.ptr, key.len);
	s->path_len += dot.len + key.len;
}

/* To the next value of the innermost level, its path set. 1; 0: the level is closed; -1. */
static int level_next(struct json_split *s, struct json_level *level, const char **why)
{
	char closing = level->object ? '}' : ']';
	skip_space(s);
	if (peek(s) == closing) {
		s->at++;
		s->depth--;
		return 0;
	}
	if (s->at == s->octets.len) {
		*why = "the file ends before its list does";
		return -1;
	}
	/* where it is missing, what follows is looked at none the less */
	if (level->begun && peek(s) == ',') {
		s->at++;
		skip_space(s);
	}
	level->begun = true;
	if (!level->object) {
		path_set(s, level, STR("[]"));
		return 1;
	}
	size_t start = s->at, end = peek(s) == '"' ? string_end(s->octets, start) : 0;
	s->at = end;
	if (end)
		skip_space(s);
	if (!end || peek(s) != ':') {
		/* with the octet before it, so that the rest is no value by itself */
		s->at = start - 1;
		*why = "expected a name in quotes and ':'";
		return -1;
	}
	s->at++;
	path_set(s, level, str_slice(s->octets, start + 1, end - 1));
	return 1;
}

/* Into the value at s->at, over it, or out with it. 1: it is one asked for; 0: go on; -1. */
static int value_visit(struct json_split *s, struct json_piece *out, const char **why)
{
	skip_space(s);
	bool below;
	int which = path_wanted(s, &below);
	char c = peek(s);
	if (which < 0 && below && (c == '{' || c == '[') && s->depth < JSON_SPLIT_DEPTH) {
		s->at++;
		s->levels[s->depth++] =
			(struct json_level){.object = c == '{', .path_len = s->path_len};
		return 0;
	}
	size_t start = s->at, end = value_end(s->octets, start);
	out->start = start;
	if (end <= start) {
		*why = s->at < s->octets.len && end ? "expected a value" : cut_off;
		return -1;
	}
	s->at = end;
	if (which < 0)
		return 0;
	*out = (struct json_piece){(size_t)which, start, end};
	return 1;
}

/* Behind the end there is nothing but white space. What else there is, is told of with the end, so
   that it is no value by itself. */
static int rest_check(struct json_split *s, struct json_piece *out, const char **why)
{
	size_t end = s->at;
	if (s->depth > 0)
		return 0;
	skip_space(s);
	if (s->at == s->octets.len)
		return 0;
	*out = (struct json_piece){.start = end - 1, .end = s->octets.len};
	*why = "expected nothing behind the end of the JSON";
	s->at = s->octets.len;
	return -1;
}

int json_split_next(struct json_split *s, struct json_piece *out, const char **why)
{
	bool begun = s->depth > 0;
	while (!s->finished) {
		int result = 1;
		if (begun) {
			result = level_next(s, &s->levels[s->depth - 1], why);
			out->start = s->at;
		}
		if (result > 0)
			result = value_visit(s, out, why);
		begun = true;
		s->finished = result < 0 || s->depth == 0;
		if (result < 0)
			out->end = s->at = s->octets.len;
		if (result != 0)
			return result;
	}
	return rest_check(s, out, why);
}
