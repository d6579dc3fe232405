/* Looks through a regex for what overstep refuses although PCRE2 would take it. */
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

const char *pattern_refusal(struct str regex, size_t *at)
{
	size_t i = 0;
	while (i < regex.len) {
		struct str rest = str_slice(regex, i, regex.len);
		size_t end;
		*at = i;
		const char *why = refusal_at(rest);
		if (why)
			return why;
		if (str_starts(rest, STR("\\Q")))
			i += str_find(rest, STR("\\E"), &end) ? end + 2 : rest.len;
		else if (rest.ptr[0] == '\\')
			i += 2;
		else if (rest.ptr[0] == '[')
			i = skip_class(regex, i);
		else
			i++;
	}
	return NULL;
}
