/* HTML as its reader sees it: a walk that follows no structure, for a search that misses nothing.
 */
#include "text/html_plain.h"

#include "base/utf8.h"
#include "html.h"
#include <string.h>

#define LONGEST_TAG 4096
#define LONGEST_NAME 32 /* "CounterClockwiseContourIntegral" */

/* "&#90;" or "&#x5a;" at s[at]: its length, 0 when it is none. */
static size_t numbered(struct str s, size_t at, int32_t *code_point)
{
	struct str rest = str_slice(s, at, at + sizeof("&#x10ffff;") + 4), digits;
	bool hex = str_starts_nocase(rest, STR("&#x"));
	uint32_t value = 0;
	if (!str_starts(rest, STR("&#")))
		return 0;
	size_t start = hex ? 3 : 2, i = start;
	for (; i < rest.len && value < 0x110000; i++) {
		char c = rest.ptr[i], letter = (char)(c | 0x20);
		bool number = c >= '0' && c <= '9';
		if (!number && !(hex && letter >= 'a' && letter <= 'f'))
			break;
		value = value * (hex ? 16 : 10) + (uint32_t)(number ? c - '0' : letter - 'a' + 10);
	}
	digits = str_slice(rest, start, i);
	if (!digits.len || value == 0 || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 0;
	*code_point = (int32_t)value;
	return i + (i < rest.len && rest.ptr[i] == ';');
}

/* The name behind the '&' at s[at]. */
static struct str name_at(struct str s, size_t at)
{
	size_t end = at + 1;
	for (; end < s.len && end - at <= LONGEST_NAME; end++) {
		char c = s.ptr[end], letter = (char)(c | 0x20);
		if (!(letter >= 'a' && letter <= 'z') && !(end > at + 1 && c >= '0' && c <= '9'))
			break;
	}
	return str_slice(s, at + 1, end);
}

static bool is_whole(struct str s, size_t at, struct str name)
{
	size_t end = at + 1 + name.len;
	return name.len > 1 && end < s.len && s.ptr[end] == ';';
}

/* "&eacute;" at s[at], or the beginning of "&eacutefoo": those of Latin-1 need no end. */
static size_t named(struct str s, size_t at, int32_t *code_point)
{
	struct str name = name_at(s, at);
	if (is_whole(s, at, name) && (*code_point = html_named(name)) > 0)
		return name.len + 2;
	for (size_t len = name.len < 6 ? name.len : 6; len > 1; len--) {
		*code_point = html_named(str_slice(name, 0, len));
		if (*code_point > 0 && *code_point < 0x100)
			return len + 1;
	}
	return 0;
}

/* The tag or comment at s[at]: its length, 0 when it is none. A > in quotes does not end a tag. */
static size_t tag(struct str s, size_t at)
{
	struct str rest = str_slice(s, at, at + LONGEST_TAG);
	size_t end;
	char quote = '\0';
	if (str_starts(rest, STR("<!--")) && str_find(rest, STR("-->"), &end))
		return end + 3;
	if (!str_find(rest, STR(">"), &end))
		return 0;
	for (size_t i = end - 1; i > 0 && !quote; i--)
		if (rest.ptr[i] == '"' || rest.ptr[i] == '\'')
			quote = rest.ptr[i];
	bool within = false;
	for (size_t i = 0; quote && i < rest.len; i++) {
		within ^= rest.ptr[i] == quote;
		if (rest.ptr[i] == '>' && !within)
			return i + 1;
	}
	return end + 1;
}

void html_plain(struct str octets, bool tags, struct buf *out)
{
	for (size_t at = 0; at < octets.len;) {
		char c = octets.ptr[at], encoded[4];
		int32_t code_point;
		size_t len = c == '&' ? numbered(octets, at, &code_point) : 0;
		if (c == '&' && !len)
			len = named(octets, at, &code_point);
		if (len)
			buf_add(out, encoded, utf8_encode(code_point, encoded));
		else if (c == '<' && !tags)
			len = tag(octets, at);
		if (!len) {
			buf_add_char(out, c);
			len = 1;
		}
		at += len;
	}
}

bool html_has_unknown_name(struct str octets)
{
	for (size_t at = 0; at < octets.len; at++) {
		struct str name = {0};
		if (octets.ptr[at] == '&')
			name = name_at(octets, at);
		if (is_whole(octets, at, name) && html_named(name) < 0)
			return true;
	}
	return false;
}
