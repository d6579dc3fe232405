/* The target of a request taken apart: its path, and the fields of a form. */
#include "target.h"

#include "base/limits.h"
#include "base/utf8.h"
#include <string.h>

/* Undoes percent-encoding. false: it is none, or what it stands for is no text of one line. */
static bool decode(struct str s, bool plus_is_blank, struct arena *arena, struct str *out)
{
	char *bytes = arena_alloc(arena, s.len + 1);
	size_t len = 0;
	if (!bytes)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '%') {
			int high = i + 2 < s.len ? hex_value(s.ptr[i + 1]) : -1;
			int low = i + 2 < s.len ? hex_value(s.ptr[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus_is_blank) {
			c = ' ';
		}
		if ((unsigned char)c < ' ' || c == 0x7f)
			return false;
		bytes[len++] = c;
	}
	*out = (struct str){bytes, len};
	return utf8_valid(*out);
}

/* Parts are looked at before they are decoded, so that an encoded stroke parts nothing. */
static bool read_path(struct str path, struct arena *arena, struct str *out)
{
	struct str rest = str_slice(path, 1, path.len), part, decoded;
	if (!str_starts(path, STR("/")) || (path.len > 1 && str_ends(path, STR("/"))))
		return false;
	while (str_split(&rest, '/', &part))
		if (!part.len || !decode(part, false, arena, &decoded) ||
			str_eq(decoded, STR(".")) || str_eq(decoded, STR("..")) ||
			memchr(decoded.ptr, '/', decoded.len) ||
			memchr(decoded.ptr, '\\', decoded.len))
			return false;
	return decode(path, false, arena, out);
}

static bool read_fields(struct str query, struct arena *arena, struct serve_request *out)
{
	struct serve_field *fields = arena_array(arena, LIMIT_SERVE_FIELDS, sizeof(*fields));
	struct str field;
	if (!fields)
		return false;
	out->fields = fields;
	while (str_split(&query, '&', &field)) {
		const char *equals = field.len ? memchr(field.ptr, '=', field.len) : NULL;
		size_t name_len = equals ? (size_t)(equals - field.ptr) : field.len;
		if (out->field_count == LIMIT_SERVE_FIELDS)
			return false;
		struct serve_field *f = &fields[out->field_count++];
		if (!decode(str_slice(field, 0, name_len), true, arena, &f->name) ||
			!decode(str_slice(field, name_len + 1, field.len), true, arena, &f->value))
			return false;
	}
	return true;
}

unsigned target_read(struct str target, struct arena *arena, struct serve_request *out)
{
	if (target.len > LIMIT_SERVE_TARGET)
		return 414;
	const char *mark = target.len ? memchr(target.ptr, '?', target.len) : NULL;
	size_t path_len = mark ? (size_t)(mark - target.ptr) : target.len;
	struct serve_request request = {0};
	if (!read_path(str_slice(target, 0, path_len), arena, &request.path) ||
		!read_fields(str_slice(target, path_len + 1, target.len), arena, &request))
		return 400;
	*out = request;
	return 200;
}

struct str serve_field(const struct serve_request *r, const char *name)
{
	for (size_t i = 0; i < r->field_count; i++)
		if (str_eq(r->fields[i].name, str_from(name)))
			return r->fields[i].value;
	return (struct str){0};
}
