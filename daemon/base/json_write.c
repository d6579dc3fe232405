/* JSON written as a stream: safe to print on a terminal, the same bytes for the same values. */
#include "base/json.h"
#include "base/utf8.h"

#include <inttypes.h>

void json_begin(struct json_writer *w, struct buf *out)
{
	*w = (struct json_writer){.out = out};
}

static void add_escape(struct buf *out, int32_t c)
{
	switch (c) {
	case '"':
		buf_add_cstr(out, "\\\"");
		return;
	case '\\':
		buf_add_cstr(out, "\\\\");
		return;
	case '\n':
		buf_add_cstr(out, "\\n");
		return;
	case '\r':
		buf_add_cstr(out, "\\r");
		return;
	case '\t':
		buf_add_cstr(out, "\\t");
		return;
	default:
		break;
	}
	unsigned point = (unsigned)c;
	if (point < 0x10000)
		buf_add_format(out, "\\u%04x", point);
	else
		buf_add_format(out, "\\u%04x\\u%04x", 0xd800 + ((point - 0x10000) >> 10),
			0xdc00 + (point & 0x3ff));
}

/* Control and bidi characters are escaped beyond what JSON asks: the reader gets the same
   string, a terminal on the way is not written to. */
static void add_string(struct buf *out, struct str s)
{
	size_t good = 0, at = 0;
	buf_add_char(out, '"');
	while (at < s.len) {
		size_t start = at;
		char first = s.ptr[at];
		if (first >= ' ' && first < 0x7f && first != '"' && first != '\\') {
			at++;
			continue;
		}
		int32_t c = utf8_next(s, &at);
		bool invalid = c == 0xfffd && at - start == 1;
		if (!invalid && c != '"' && c != '\\' && !utf8_is_control(c))
			continue;
		buf_add_str(out, str_slice(s, good, start));
		if (invalid)
			buf_add_cstr(out, "\xef\xbf\xbd");
		else
			add_escape(out, c);
		good = at;
	}
	buf_add_str(out, str_slice(s, good, at));
	buf_add_char(out, '"');
}

static void before_value(struct json_writer *w, const char *key)
{
	if (w->comma)
		buf_add_char(w->out, ',');
	w->comma = true;
	if (key) {
		add_string(w->out, str_from(key));
		buf_add_char(w->out, ':');
	}
}

static void open_with(struct json_writer *w, const char *key, char bracket)
{
	before_value(w, key);
	buf_add_char(w->out, bracket);
	w->comma = false;
}

static void close_with(struct json_writer *w, char bracket)
{
	buf_add_char(w->out, bracket);
	w->comma = true;
}

void json_object(struct json_writer *w, const char *key)
{
	open_with(w, key, '{');
}

void json_object_end(struct json_writer *w)
{
	close_with(w, '}');
}

void json_array(struct json_writer *w, const char *key)
{
	open_with(w, key, '[');
}

void json_array_end(struct json_writer *w)
{
	close_with(w, ']');
}

void json_str(struct json_writer *w, const char *key, struct str value)
{
	before_value(w, key);
	if (value.ptr)
		add_string(w->out, value);
	else
		buf_add_cstr(w->out, "null");
}

void json_cstr(struct json_writer *w, const char *key, const char *value)
{
	json_str(w, key, str_from(value));
}

void json_int(struct json_writer *w, const char *key, int64_t value)
{
	before_value(w, key);
	buf_add_format(w->out, "%" PRId64, value);
}

void json_tenths(struct json_writer *w, const char *key, int64_t tenths)
{
	before_value(w, key);
	uint64_t size = tenths < 0 ? 0 - (uint64_t)tenths : (uint64_t)tenths;
	buf_add_format(w->out, "%s%" PRIu64 ".%u", tenths < 0 ? "-" : "", size / 10,
		(unsigned)(size % 10));
}

void json_bool(struct json_writer *w, const char *key, bool value)
{
	before_value(w, key);
	buf_add_cstr(w->out, value ? "true" : "false");
}

void json_null(struct json_writer *w, const char *key)
{
	before_value(w, key);
	buf_add_cstr(w->out, "null");
}
