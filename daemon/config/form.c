/* The form of a configuration, checked on its tokens: libconfig would say no more than "syntax
 * error", and only the line. */
#include "form.h"

#define SETTINGS_MOST 1000 /* of one group: each is compared with those before it */

struct form {
	struct scan *scan;
	struct diags *diags;
	size_t at;
};

static bool take_value(struct form *f);

static bool refuse(struct form *f, const char *problem, const char *expected)
{
	const struct token *t = scan_token(f->scan, f->at);
	if (!t->line)
		/* the end of the file: told of what is before it */
		t = scan_token(f->scan, f->scan->count - 1);
	diags_add(f->diags, DIAG_ERROR, f->scan->name, t->line, t->column,
		scan_line(f->scan, t->line), "%s '%.*s', expected %s", problem, STR_ARG(t->text),
		expected);
	f->scan->broken = true;
	return false;
}

static char first_char(const struct form *f)
{
	struct str text = scan_token(f->scan, f->at)->text;
	return text.len ? text.ptr[0] : '\0';
}

static bool is_letter(char c)
{
	char lower = (char)(c | 0x20);
	return (lower >= 'a' && lower <= 'z') || c == '*';
}

static bool take_sign(struct form *f, char a, char b)
{
	char c = first_char(f);
	if (!c || (c != a && c != b))
		return false;
	f->at++;
	return true;
}

/* Was a setting of that name in this group before? */
static bool is_double(const struct form *f, size_t first)
{
	struct str name = scan_token(f->scan, f->at)->text;
	for (size_t at = first; at < f->at; at = scan_next(f->scan, at + 2))
		if (str_eq(scan_token(f->scan, at)->text, name))
			return true;
	return false;
}

/* Settings up to the group's closing bracket, or the end of the file. */
static bool take_settings(struct form *f)
{
	size_t first = f->at;
	for (unsigned count = 0; first_char(f) && first_char(f) != '}'; count++) {
		if (!is_letter(first_char(f)))
			return refuse(f, "unexpected", "the name of a setting");
		if (count == SETTINGS_MOST)
			return refuse(f, "one setting too many:", "at most 1000");
		if (is_double(f, first))
			return refuse(f, "second", "each setting once");
		f->at++;
		if (!take_sign(f, '=', ':'))
			return refuse(f, "unexpected", "'=' behind the setting's name");
		if (!take_value(f))
			return false;
		take_sign(f, ';', ',');
	}
	return true;
}

/* Items up to the closing bracket of a list. */
static bool take_items(struct form *f, char closing)
{
	while (first_char(f) != closing) {
		if (!take_value(f))
			return false;
		if (!take_sign(f, ',', ',') && first_char(f) != closing)
			return refuse(f, "unexpected", "',' between the items of a list");
	}
	return true;
}

static bool take_word(struct form *f)
{
	struct str word = scan_token(f->scan, f->at)->text;
	bool flag = str_eq_nocase(word, STR("true")) || str_eq_nocase(word, STR("false"));
	if (is_letter(word.ptr[0]) && !flag)
		return refuse(f, "unexpected", "a value, and texts in quotes");
	f->at++;
	return true;
}

/* Word processors and web pages make these of straight ones. */
static bool is_other_quote(const struct form *f)
{
	static const char *const quotes[] = {"\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb",
		"\u2018", "\u2019", "\u201a", "'"};
	struct str text = scan_token(f->scan, f->at)->text;
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++)
		if (str_starts(text, str_from(quotes[i])))
			return true;
	return false;
}

static bool take_value(struct form *f)
{
	char c = first_char(f);
	if (c == '"') {
		while (first_char(f) == '"')
			f->at++;
		return true;
	}
	if (take_sign(f, '{', '{'))
		return take_settings(f) && take_sign(f, '}', '}');
	if (take_sign(f, '(', '('))
		return take_items(f, ')') && take_sign(f, ')', ')');
	if (take_sign(f, '[', '['))
		return take_items(f, ']') && take_sign(f, ']', ']');
	if (is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.')
		return take_word(f);
	return refuse(f, "unexpected", is_other_quote(f) ? "straight quotes: \"...\"" : "a value");
}

void form_check(struct scan *scan, struct diags *diags)
{
	struct form f = {.scan = scan, .diags = diags};
	if (take_settings(&f) && first_char(&f))
		refuse(&f, "unexpected", "the name of a setting");
}
