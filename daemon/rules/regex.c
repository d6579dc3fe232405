/* Looks through a regex that a person wrote: what is refused although PCRE2 would take it, where
 * a blank may be a line end, and what stands for an amount or a day. */
#include "base/limits.h"
#include "capture.h"
#include "rule.h"
#include <stdio.h>
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
	if (rest.ptr[0] == '[')
		return skip_class(regex, at);
	if (rest.ptr[0] != '\\')
		return at + 1;
	if (str_starts(rest, STR("\\Q")))
		return at + (str_find(rest, STR("\\E"), &end) ? end + 2 : rest.len);
	if (rest.len > 2 && rest.ptr[2] == '{' && strchr("pPxkgNo", rest.ptr[1]) &&
		str_find(rest, STR("}"), &end))
		return at + end + 1;
	return rest.len > 1 ? at + 2 : regex.len;
}

/* How many bytes stand there that mean nothing but themselves to all that looks through a regex:
   most of it. */
static size_t plain_run(struct str regex, size_t at)
{
	size_t len = 0;
	while (at + len < regex.len && !strchr(" {\\[(", regex.ptr[at + len]))
		len++;
	return len;
}

static size_t next_item(struct str regex, size_t at)
{
	at = skip_item(regex, at);
	return at + plain_run(regex, at);
}

const char *regex_refusal(struct str regex, size_t *at)
{
	size_t i = plain_run(regex, 0);
	while (i < regex.len) {
		*at = i;
		const char *why = refusal_at(str_slice(regex, i, regex.len));
		if (why)
			return why;
		i = next_item(regex, i);
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

void rewritten_finish(struct rewritten *r)
{
	buf_finish(&r->text);
	buf_finish(&r->origins);
}

/* What was appended to the text came from that byte, each byte from one further when it is a copy.
 */
static void note_origins(struct rewritten *r, size_t from, bool copy)
{
	size_t known = r->origins.len / sizeof(uint32_t), more = r->text.len - known;
	char *to = r->text.failed ? NULL : buf_reserve(&r->origins, more * sizeof(uint32_t));
	for (size_t i = 0; to && i < more; i++) {
		uint32_t origin = (uint32_t)(copy ? from + i : from);
		memcpy(to + i * sizeof(origin), &origin, sizeof(origin));
	}
	r->origins.len += to ? more * sizeof(uint32_t) : 0;
	r->text.failed |= r->origins.failed;
}

size_t rewritten_origin(const struct rewritten *r, size_t at)
{
	uint32_t origin = 0;
	size_t count = r->origins.len / sizeof(origin);
	if (count > 0)
		memcpy(&origin, r->origins.ptr + (at < count ? at : count - 1) * sizeof(origin),
			sizeof(origin));
	return origin;
}

void regex_rewrite(struct str regex, struct rewritten *out)
{
	bool extended = false;
	enum capture class;
	for (size_t i = 0, next; i < regex.len; i = next) {
		struct str rest = str_slice(regex, i, regex.len);
		extended |= is_extended(rest);
		next = i + plain_run(regex, i);
		if (next == i)
			next = skip_item(regex, i);
		if (next > regex.len)
			next = regex.len;
		if (capture_at(rest, &class, &next) > 0) {
			next += i;
			capture_add(class, &out->text);
			note_origins(out, i, false);
		} else if (rest.ptr[0] == ' ' && !extended) {
			buf_add_cstr(&out->text, "[ \\n]");
			note_origins(out, i, false);
		} else {
			buf_add_str(&out->text, str_slice(regex, i, next));
			note_origins(out, i, true);
		}
	}
	uint32_t end = (uint32_t)regex.len;
	buf_add(&out->origins, &end, sizeof(end));
}

static bool has_class(struct str regex)
{
	enum capture class;
	size_t len;
	for (size_t i = plain_run(regex, 0); i < regex.len; i = next_item(regex, i))
		if (capture_at(str_slice(regex, i, regex.len), &class, &len) > 0)
			return true;
	return false;
}

/* "\\1", "\\g1", "\\g{1}", "(?(1)": a group by its number. */
static bool is_counted(struct str rest)
{
	static const char *const heads[] = {"\\g{", "\\g", "(?(", "\\"};
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		size_t len = strlen(heads[i]);
		if (str_starts(rest, str_from(heads[i])))
			return rest.len > len && rest.ptr[len] >= '1' && rest.ptr[len] <= '9';
	}
	return false;
}

bool regex_class_mistake(struct str regex, size_t from, size_t *at, char *out, size_t size)
{
	bool beside_class = has_class(regex);
	enum capture class;
	size_t len;
	for (size_t i = plain_run(regex, 0); i < regex.len; i = next_item(regex, i)) {
		struct str rest = str_slice(regex, i, regex.len);
		int is_class = capture_at(rest, &class, &len);
		*at = i;
		if (is_class < 0 && i >= from) {
			capture_mistake(rest, out, size);
			return true;
		}
		if (beside_class && i >= from && is_counted(rest)) {
			snprintf(out, size,
				"group by its number beside a class, expected one with a name");
			return true;
		}
	}
	return false;
}

/* The hexadecimal digits from `at`, at most `most`; how many there are. */
static size_t read_hex(struct str s, size_t at, size_t most, int32_t *code)
{
	size_t start = at;
	*code = 0;
	for (; at < s.len && at - start < most && hex_value(s.ptr[at]) >= 0; at++)
		*code = *code * 16 + hex_value(s.ptr[at]);
	return at - start;
}

bool regex_code_at(struct str s, int32_t *code, size_t *len)
{
	static const struct str heads[] = {{"\\x{", 3}, {"\\N{U+", 5}};
	size_t digits = str_starts(s, STR("\\x")) ? read_hex(s, 2, 2, code) : 0;
	*len = skip_item(s, 0);
	if (*len > s.len)
		*len = s.len;
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (str_starts(s, heads[i]))
			return read_hex(s, heads[i].len, 6, code) > 0 && *code <= 0x10FFFF;
	if (digits > 0)
		*len = 2 + digits;
	return digits > 0;
}
