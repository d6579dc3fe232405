/* The headers by which automatic mail gives itself away, one a row. */
#include "automatic.h"

/* The first word of a value: "auto-replied; owner-email=..." -> "auto-replied". */
static struct str first_word(struct str value)
{
	size_t end = 0;
	value = str_trim(value);
	while (end < value.len && value.ptr[end] > ' ' && value.ptr[end] != ';' &&
		value.ptr[end] != '(')
		end++;
	return str_slice(value, 0, end);
}

static bool among(struct str value, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(first_word(value), words[i]))
			return true;
	return false;
}

static bool says_something(struct str value)
{
	return first_word(value).len > 0;
}

/* RFC 3834, 5.1 */
static bool other_than_no(struct str value)
{
	return says_something(value) && !str_eq_nocase(first_word(value), STR("no"));
}

static bool to_many(struct str value)
{
	static const struct str words[] = {
		STR("bulk"), STR("list"), STR("junk"), STR("auto_reply"), STR("auto-reply")};
	return among(value, words, sizeof(words) / sizeof(words[0]));
}

/* [MS-OXCMAIL] 2.2.3.2.14 */
static bool other_than_none(struct str value)
{
	return says_something(value) && !str_eq_nocase(first_word(value), STR("none"));
}

/* RFC 5321, 4.5.5: bounces have no one to answer to */
static bool nobody(struct str value)
{
	return str_eq(str_trim(value), STR("<>"));
}

static bool report(struct str value)
{
	return str_starts_nocase(str_trim(value), STR("multipart/report"));
}

bool header_says_automatic(const struct header *h)
{
	static const struct {
		struct str name;
		bool (*says)(struct str value);
	} rows[] = {
		{STR("Auto-Submitted"), other_than_no},
		{STR("Precedence"), to_many},
		{STR("List-Id"), says_something},
		{STR("X-Auto-Response-Suppress"), other_than_none},
		{STR("Return-Path"), nobody},
		{STR("Content-Type"), report},
		{STR("X-Autoreply"), other_than_no},
		{STR("X-Autorespond"), other_than_no},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq_nocase(h->name, rows[i].name))
			return rows[i].says(h->value);
	return false;
}
