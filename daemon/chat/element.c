/* Walks over tags and their attributes. */
#include "element.h"

#include "base/utf8.h"

#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind the '>' of the tag at `at`; one within quotes does not end it. 0: it does not end. */
static size_t tag_end(struct str octets, size_t at)
{
	char quote = 0;
	for (; at < octets.len; at++) {
		char c = octets.ptr[at];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return at + 1;
	}
	return 0;
}

/* Behind what begins with "<!" or "<?" at `at`. 0: it does not end. */
static size_t declaration_end(struct str octets, size_t at)
{
	struct str rest = str_slice(octets, at, octets.len);
	size_t found;
	if (!str_starts(rest, STR("<!--")))
		return tag_end(octets, at);
	return str_find(rest, STR("-->"), &found) ? at + found + 3 : 0;
}

int element_next(struct str octets, size_t *at, struct element *out)
{
	while (*at < octets.len) {
		const char *open = memchr(octets.ptr + *at, '<', octets.len - *at);
		if (!open)
			break;
		size_t start = (size_t)(open - octets.ptr);
		char c = start + 1 < octets.len ? open[1] : '\0';
		bool passed = c == '!' || c == '?' || c == '/';
		size_t end = passed ? declaration_end(octets, start) : tag_end(octets, start);
		if (!end) {
			*out = (struct element){.start = start, .end = octets.len};
			return -1;
		}
		*at = end;
		if (passed)
			continue;
		bool empty = end - start > 2 && octets.ptr[end - 2] == '/';
		struct str inside = str_slice(octets, start + 1, end - 1 - empty);
		size_t name = 0;
		while (name < inside.len && !is_space(inside.ptr[name]))
			name++;
		*out = (struct element){.name = str_slice(inside, 0, name),
			.attributes = str_slice(inside, name, inside.len),
			.start = start,
			.end = end,
			.empty = empty};
		return 1;
	}
	return 0;
}

size_t element_end(struct str octets, size_t at, struct str name)
{
	while (at < octets.len) {
		struct str rest = str_slice(octets, at, octets.len);
		size_t found;
		if (!str_find(rest, STR("</"), &found))
			return 0;
		size_t end = at + found + 2 + name.len;
		if (str_starts(str_slice(rest, found + 2, rest.len), name) && end < octets.len &&
			octets.ptr[end] == '>')
			return end + 1;
		at += found + 2;
	}
	return 0;
}

/* Takes `name="value"` off the front. false: there is no further one. */
static bool take_attribute(struct str *rest, struct str *name, struct str *value)
{
	size_t at = 0, end;
	while (at < rest->len && is_space(rest->ptr[at]))
		at++;
	size_t start = at;
	while (at < rest->len && rest->ptr[at] != '=' && !is_space(rest->ptr[at]))
		at++;
	*name = str_slice(*rest, start, at);
	while (at < rest->len && (is_space(rest->ptr[at]) || rest->ptr[at] == '='))
		at++;
	if (at >= rest->len || (rest->ptr[at] != '"' && rest->ptr[at] != '\''))
		return false;
	struct str quote = str_slice(*rest, at, at + 1);
	struct str behind = str_slice(*rest, at + 1, rest->len);
	if (!str_find(behind, quote, &end))
		return false;
	*value = str_slice(behind, 0, end);
	*rest = str_slice(behind, end + 1, behind.len);
	return true;
}

bool element_attribute(const struct element *e, struct str name, struct str *out)
{
	struct str rest = e->attributes, found, value;
	while (take_attribute(&rest, &found, &value))
		if (str_eq(found, name)) {
			*out = value;
			return true;
		}
	return false;
}

/* "#128512" or "#x1F600"; -1: none of them. */
static int32_t numbered(struct str reference)
{
	bool hexadecimal = str_starts(reference, STR("#x"));
	struct str digits = str_slice(reference, hexadecimal ? 2 : 1, reference.len);
	int32_t value = 0;
	if (!str_starts(reference, STR("#")) || !digits.len || digits.len > 8)
		return -1;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = hex_value(digits.ptr[i]);
		if (digit < 0 || (!hexadecimal && digit > 9))
			return -1;
		value = value * (hexadecimal ? 16 : 10) + digit;
		if (value > 0x10FFFF)
			return -1;
	}
	return value;
}

/* What a reference means, `high` the half of a pair before it or 0. -1: none is known. */
static int32_t meaning(struct str reference, int32_t high)
{
	static const struct {
		struct str name;
		char c;
	} known[] = {{STR("lt"), '<'}, {STR("gt"), '>'}, {STR("amp"), '&'}, {STR("quot"), '"'},
		{STR("apos"), '\''}};
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(reference, known[i].name))
			return known[i].c;
	int32_t value = numbered(reference);
	if (high && value >= 0xDC00 && value <= 0xDFFF)
		return 0x10000 + ((high - 0xD800) << 10) + (value - 0xDC00);
	return value;
}

static void add_code_point(struct buf *out, int32_t c)
{
	char octets[4];
	bool none = c == 0 || (c >= 0xD800 && c <= 0xDFFF);
	buf_add(out, octets, utf8_encode(none ? 0xFFFD : c, octets));
}

void element_add_value(struct str written, struct buf *out)
{
	int32_t high = 0; /* the first half of a pair: what comes next decides */
	for (size_t at = 0, semicolon; at < written.len;) {
		/* the longest is "#x10FFFF;" with a few zeros */
		struct str rest = str_slice(written, at + 1, at + 12);
		bool reference = written.ptr[at] == '&' && str_find(rest, STR(";"), &semicolon);
		int32_t c = reference ? meaning(str_slice(rest, 0, semicolon), high) : -1;
		bool paired = high && c > 0xFFFF;
		if (high && !paired)
			add_code_point(out, high);
		high = c >= 0xD800 && c <= 0xDBFF ? c : 0;
		if (c < 0)
			buf_add_char(out, written.ptr[at]);
		else if (!high)
			add_code_point(out, c);
		at += c < 0 ? 1 : semicolon + 2;
	}
	if (high)
		add_code_point(out, high);
}
