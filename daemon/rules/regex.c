/* Looks through a regex that a person wrote: what is refused although PCRE2 would take it, and
 * where a blank may be a line end. */
#include "base/limits.h"
#include "rule.h"
#include <string.h>

/* What runs code, has no bound, or depends on where a search happened to begin. */
static const struct {
	const char *start;
	const char *why;
} refused_groups[] = {
	{"(*", "verb '(*...)' is not allowed in a pattern"},
	{"(?C", "callout '(?C' is not allowed in a pattern"},
	{"(?R", "recursion '(?R' is not allowed in a pattern"},
	{"(?&", "recursion '(?&' is not allowed in a pattern"},
	{"(?P>", "recursion '(?P>' is not allowed in a pattern"},
	{"(?+", "recursion '(?+' is not allowed in a pattern"},
	{"\\K", "'\\K' is not allowed in a pattern"},
	{"\\G", "'\\G' is not allowed in a pattern"},
	{"\\g<", "recursion '\\g<' is not allowed in a pattern"},
	{"\\g'", "recursion '\\g'' is not allowed in a pattern"},
};

static const char *refusal_at(struct str rest)
{
	for (size_t i = 0; i < sizeof(refused_groups) / sizeof(*refused_groups); i++)
		if (str_starts(rest, str_from(refused_groups[i].start)))
			return refused_groups[i].why;
	/* (?1 and (?-1 call a group; (?-i turns an option off */
	if (str_starts(rest, STR("(?"))) {
		size_t digit = rest.len > 2 && rest.ptr[2] == '-' ? 3 : 2;
		if (digit < rest.len && rest.ptr[digit] >= '0' && rest.ptr[digit] <= '9')
			return "recursion '(?1' is not allowed in a pattern";
	}
	return NULL;
}

/* Behind the class that begins at `at` ("[...]"), in which nothing is a group. */
static size_t skip_class(struct str s, size_t at)
{
	at++;
	if (at < s.len && s.ptr[at] == '^')
		at++;
	if (at < s.len && s.ptr[at] == ']')
		at++;
	while (at < s.len && s.ptr[at] != ']') {
		size_t close;
		if (s.ptr[at] == '\\')
			at += 2;
		else if (str_starts(str_slice(s, at, s.len), STR("[:")) &&
			str_find(str_slice(s, at, s.len), STR(":]"), &close))
			at += close + 2;
		else
			at++;
	}
	return at + 1;
}

/* Behind what begins at `at`: a quoted run, an escape, a class, or one byte. */
static size_t skip_item(struct str regex, size_t at)
{
	struct str rest = str_slice(regex, at, regex.len);
	size_t end;
	if (str_starts(rest, STR("\\Q")))
		return at + (str_find(rest, STR("\\E"), &end) ? end + 2 : rest.len);
	if (rest.ptr[0] == '\\')
		return rest.len > 1 ? at + 2 : regex.len;
	if (rest.ptr[0] == '[')
		return skip_class(regex, at);
	return at + 1;
}

const char *regex_refusal(struct str regex, size_t *at)
{
	size_t i = 0;
	while (i < regex.len) {
		*at = i;
		const char *why = refusal_at(str_slice(regex, i, regex.len));
		if (why)
			return why;
		i = skip_item(regex, i);
	}
	return NULL;
}

/* "(?x)" and the like, under which blanks mean nothing. */
static bool is_extended(struct str rest)
{
	if (!str_starts(rest, STR("(?")))
		return false;
	size_t i = 2;
	while (i < rest.len && strchr("ismnJU-^", rest.ptr[i]))
		i++;
	return i < rest.len && rest.ptr[i] == 'x';
}

void regex_widen_blanks(struct str regex, struct buf *out)
{
	size_t i = 0;
	while (i < regex.len) {
		if (is_extended(str_slice(regex, i, regex.len))) {
			buf_clear(out);
			buf_add_str(out, regex);
			return;
		}
		size_t next = skip_item(regex, i);
		if (next > regex.len)
			next = regex.len;
		if (regex.ptr[i] == ' ')
			buf_add_cstr(out, "[ \\n]");
		else
			buf_add_str(out, str_slice(regex, i, next));
		i = next;
	}
}
