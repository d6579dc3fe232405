/* Takes message ids out of header values (RFC 5322, 3.6.4), bare ones too. */
#include "thread.h"

#include "base/limits.h"
#include "charset.h"

#include <string.h>

static bool white(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next <id> of s at *at, without < >. */
static bool next_id(struct str s, size_t *at, struct str *id)
{
	const char *open = *at < s.len ? memchr(s.ptr + *at, '<', s.len - *at) : NULL;
	if (!open)
		return false;
	size_t start = (size_t)(open - s.ptr) + 1;
	while (start < s.len && s.ptr[start] == '<')
		start++;
	size_t end = start;
	/* One whose > is missing ends where the next begins. */
	while (end < s.len && s.ptr[end] != '>' && s.ptr[end] != '<')
		end++;
	*id = str_slice(s, start, end);
	*at = end + (end < s.len && s.ptr[end] == '>');
	return true;
}

/* A word with an @, of a header whose writer forgot the < >. */
static bool next_bare(struct str s, size_t *at, struct str *id)
{
	while (*at < s.len) {
		while (*at < s.len && white(s.ptr[*at]))
			(*at)++;
		size_t start = *at;
		while (*at < s.len && !white(s.ptr[*at]))
			(*at)++;
		*id = str_slice(s, start, *at);
		if (id->len > 0 && memchr(id->ptr, '@', id->len))
			return true;
	}
	return false;
}

typedef bool next_fn(struct str s, size_t *at, struct str *id);

static next_fn *reader_for(struct str s)
{
	return s.len > 0 && memchr(s.ptr, '<', s.len) ? next_id : next_bare;
}

/* Without the white space that folding put in. */
static int keep(struct arena *a, struct str id, struct str *out)
{
	struct buf bare = {0}, text = {0};
	for (size_t i = 0; i < id.len; i++)
		if (!white(id.ptr[i]))
			buf_add_char(&bare, id.ptr[i]);
	charset_to_utf8((struct str){0}, buf_str(&bare), &text);
	int result = bare.failed || text.failed ? -1 : 0;
	if (!result && text.len > 0) {
		*out = arena_str(a, buf_str(&text));
		result = out->ptr ? 0 : -1;
	}
	buf_finish(&bare);
	buf_finish(&text);
	return result;
}

int thread_id(struct arena *a, struct str raw_value, struct str *out)
{
	struct str id;
	size_t at = 0;
	if (reader_for(raw_value)(raw_value, &at, &id))
		return keep(a, id, out);
	/* A Message-ID without an @ is one all the same. */
	raw_value = str_trim(raw_value);
	bool lone = raw_value.len > 0 && !memchr(raw_value.ptr, ' ', raw_value.len);
	return lone ? keep(a, raw_value, out) : 0;
}

int thread_references(struct arena *a, struct str raw_value, struct message *out)
{
	next_fn *next = reader_for(raw_value);
	struct str id;
	size_t count = 0, at = 0;
	while (next(raw_value, &at, &id))
		count++;
	if (count == 0)
		return 0;
	size_t skip = count > LIMIT_REFERENCES ? count - LIMIT_REFERENCES : 0;
	out->references = arena_array(a, count - skip, sizeof(*out->references));
	if (!out->references)
		return -1;
	out->reference_count = 0;
	for (at = 0; next(raw_value, &at, &id);) {
		if (skip > 0) {
			skip--;
			continue;
		}
		if (keep(a, id, &out->references[out->reference_count]) < 0)
			return -1;
		if (out->references[out->reference_count].ptr)
			out->reference_count++;
	}
	return 0;
}
