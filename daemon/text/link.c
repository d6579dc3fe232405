/* Unwraps the links of Microsoft's Safe Links: https://<region>.safelinks.protection.outlook.com/.
 */
#include "link.h"

#include <string.h>

static const struct str scheme = STR("https://");
static const struct str host = STR(".safelinks.protection.outlook.com/");

/* Where the link begins whose host is at `at`: "https://emea01"; at when it does not begin so. */
static size_t link_start(struct str line, size_t at)
{
	size_t start = at;
	while (start > 0 &&
		(line.ptr[start - 1] == '-' ||
			(line.ptr[start - 1] >= 'a' && line.ptr[start - 1] <= 'z') ||
			(line.ptr[start - 1] >= '0' && line.ptr[start - 1] <= '9')))
		start--;
	bool fits = start < at && str_ends(str_slice(line, 0, start), scheme);
	return fits ? start - scheme.len : at;
}

/* What stands behind a link belongs to the sentence. */
static size_t link_end(struct str line, size_t at)
{
	size_t end = at;
	while (end < line.len && (unsigned char)line.ptr[end] > ' ' &&
		!strchr("<>\"()[]{}|\\^`", line.ptr[end]) && (unsigned char)line.ptr[end] < 0x7f)
		end++;
	while (end > at && strchr(".,;:!?'*_", line.ptr[end - 1]))
		end--;
	return end;
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	const char *found = c ? strchr(digits, c) : NULL;
	return !found ? -1 : (int)(found - digits) - (found - digits > 15 ? 6 : 0);
}

/* RFC 3986, 2.1; false for a % without its digits. */
static bool percent_decode(struct str value, struct buf *out)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		if (c == '%') {
			int high = i + 2 < value.len ? digit(value.ptr[i + 1]) : -1;
			int low = high < 0 ? -1 : digit(value.ptr[i + 2]);
			if (low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		}
		buf_add_char(out, c);
	}
	return true;
}

/* The value of url= among "?url=...&data=...". */
static bool find_target(struct str query, struct str *value)
{
	struct str field;
	size_t mark;
	if (!str_find(query, STR("?"), &mark))
		return false;
	query = str_slice(query, mark + 1, query.len);
	while (str_split(&query, '&', &field)) {
		if (str_starts(field, STR("amp;")))
			field = str_slice(field, 4, field.len);
		if (str_starts(field, STR("url="))) {
			*value = str_slice(field, 4, field.len);
			return true;
		}
	}
	return false;
}

/* A target is a stranger's text: one that would break the line or hide in it stays wrapped. */
static bool is_web_address(struct str target)
{
	for (size_t i = 0; i < target.len; i++)
		if (target.ptr[i] <= ' ' || target.ptr[i] > '~')
			return false;
	return str_starts_nocase(target, STR("http://")) || str_starts_nocase(target, scheme);
}

bool link_unwrap(struct str line, size_t *start, size_t *end, struct buf *target)
{
	for (size_t from = 0, found; str_find(str_slice(line, from, line.len), host, &found);
		from += found + host.len) {
		struct str value;
		size_t at = from + found, behind = at + host.len;
		*start = link_start(line, at);
		*end = link_end(line, behind);
		buf_clear(target);
		if (*start < at && find_target(str_slice(line, behind, *end), &value) &&
			percent_decode(value, target) && is_web_address(buf_str(target)))
			return true;
	}
	return false;
}
