/* Reads one Received field (RFC 5321, 4.4), or as much of it as is there. */
#include "received.h"

#include "charset.h"
#include "headers.h"
#include "message/message_parse.h"

#define TRIES 4 /* a comment behind the date may hold a ';' too */

static const struct str clauses[] = {
	STR("from"), STR("by"), STR("via"), STR("with"), STR("id"), STR("for")};

static bool white(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next word of s at *at, comments whole; absent at the end. */
static struct str next_word(struct str s, size_t *at)
{
	size_t depth = 0;
	while (*at < s.len && white(s.ptr[*at]))
		(*at)++;
	size_t start = *at;
	for (; *at < s.len && (depth > 0 || !white(s.ptr[*at])); (*at)++) {
		if (s.ptr[*at] == '(')
			depth++;
		else if (s.ptr[*at] == ')' && depth > 0)
			depth--;
	}
	return str_slice(s, start, *at);
}

static bool is_clause(struct str word)
{
	for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++)
		if (str_eq_nocase(word, clauses[i]))
			return true;
	return false;
}

/* What follows the clause `name`, up to the next clause; absent when there is none. */
static struct str clause(struct str s, struct str name)
{
	size_t at = 0, start = 0, end = 0;
	bool found = false;
	for (;;) {
		struct str word = next_word(s, &at);
		if (word.len == 0 || (found && is_clause(word)))
			break;
		if (found)
			end = at;
		else if (str_eq_nocase(word, name)) {
			found = true;
			start = end = at;
		}
	}
	return found ? str_trim(str_slice(s, start, end)) : (struct str){0};
}

static int keep(struct arena *a, struct str raw, struct str *out)
{
	struct buf unfolded = {0}, text = {0};
	header_unfold(raw, &unfolded);
	charset_to_utf8((struct str){0}, buf_str(&unfolded), &text);
	int result = unfolded.failed || text.failed ? -1 : 0;
	if (!result && text.len > 0) {
		*out = arena_str(a, buf_str(&text));
		result = out->ptr ? 0 : -1;
	}
	buf_finish(&unfolded);
	buf_finish(&text);
	return result;
}

int received_parse(struct arena *a, struct str raw_value, struct hop *out)
{
	struct str words = raw_value;
	size_t at;
	int offset;
	*out = (struct hop){0};
	for (int i = 0; i < TRIES && str_rfind_char(words, ';', &at) && !out->has_at; i++) {
		out->has_at = date_header_parse(
			str_slice(raw_value, at + 1, raw_value.len), &out->at_us, &offset);
		words = str_slice(words, 0, at);
	}
	struct str by = clause(words, STR("by"));
	size_t end = 0;
	if (keep(a, clause(words, STR("from")), &out->from) < 0)
		return -1;
	return keep(a, next_word(by, &end), &out->by);
}
