/* Borrowed text: compared, cut and searched. */
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool same(const char *a, const char *b, size_t len)
{
	return len == 0 || memcmp(a, b, len) == 0;
}

static bool same_nocase(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

struct str str_from(const char *terminated)
{
	return (struct str){terminated, terminated ? strlen(terminated) : 0};
}

bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && same(a.ptr, b.ptr, a.len);
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.len == b.len && same_nocase(a.ptr, b.ptr, a.len);
}

int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int str_cmp(struct str a, struct str b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared > 0 ? memcmp(a.ptr, b.ptr, shared) : 0;
	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && same(s.ptr, prefix.ptr, prefix.len);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
	return s.len >= prefix.len && same_nocase(s.ptr, prefix.ptr, prefix.len);
}

bool str_ends(struct str s, struct str suffix)
{
	return str_eq(
		str_slice(s, s.len - (suffix.len < s.len ? suffix.len : s.len), s.len), suffix);
}

struct str str_trim(struct str s)
{
	size_t start = 0, end = s.len;
	while (start < end && is_space(s.ptr[start]))
		start++;
	while (end > start && is_space(s.ptr[end - 1]))
		end--;
	return str_slice(s, start, end);
}

struct str str_slice(struct str s, size_t start, size_t end)
{
	if (!s.ptr)
		return s;
	if (end > s.len)
		end = s.len;
	if (start > end)
		start = end;
	return (struct str){s.ptr + start, end - start};
}

bool str_find(struct str s, struct str needle, size_t *at)
{
	if (needle.len > s.len)
		return false;
	if (needle.len == 0) {
		*at = 0;
		return true;
	}
	const char *hit = memmem(s.ptr, s.len, needle.ptr, needle.len);
	if (!hit)
		return false;
	*at = (size_t)(hit - s.ptr);
	return true;
}

bool str_find_nocase(struct str s, struct str needle, size_t *at)
{
	for (size_t i = 0; i + needle.len <= s.len; i++) {
		if (needle.len == 0 || same_nocase(s.ptr + i, needle.ptr, needle.len)) {
			*at = i;
			return true;
		}
	}
	return false;
}

bool str_rfind_char(struct str s, char c, size_t *at)
{
	for (size_t i = s.len; i-- > 0;) {
		if (s.ptr[i] == c) {
			*at = i;
			return true;
		}
	}
	return false;
}

bool str_split(struct str *rest, char separator, struct str *part)
{
	if (rest->len == 0)
		return false;
	const char *hit = memchr(rest->ptr, separator, rest->len);
	size_t end = hit ? (size_t)(hit - rest->ptr) : rest->len;
	*part = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end + 1, rest->len);
	return true;
}

bool str_line(struct str *rest, struct str *line)
{
	if (!str_split(rest, '\n', line))
		return false;
	if (line->len > 0 && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

bool str_to_u64(struct str s, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		uint64_t digit = (uint64_t)(s.ptr[i] - '0');
		if (digit > max || value > (max - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (s.len == 0)
		return false;
	*out = value;
	return true;
}

char *str_dup(struct str s)
{
	char *copy = malloc(s.len + 1);
	if (!copy)
		return NULL;
	if (s.len > 0)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}
