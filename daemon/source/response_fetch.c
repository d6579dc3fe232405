/* Takes a FETCH answer apart and shows the library the items that are asked for, well-formed.
 *
 * Servers send more than was asked for (flags, structures, items of their own), dates that are none
 * and sizes beyond 32 bits; the library gives the whole answer up for each of them, and with it the
 * mail. An item that is not known is passed over with its value, whatever that holds.
 */
#include "response_parts.h"

#include "base/limits.h"
#include <string.h>

#define ITEM_SIZE 32 /* octets of a name: "RFC822.SIZE" */
#define DATE_FORM "dd-aaa-dddd dd:dd:dd +dddd"

static void shown(struct response_filter *f, struct buf *out, const char *name, size_t len)
{
	if (!f->items++) {
		buf_add(out, f->word, f->word_len);
		buf_add(out, " (", 2);
	} else {
		buf_add_char(out, ' ');
	}
	buf_add(out, name, len);
}

static bool item_is(const struct response_filter *f, const char *name)
{
	return str_eq_nocase((struct str){f->item, f->item_len}, str_from(name));
}

static void next_item(struct response_filter *f)
{
	f->item_len = 0;
	f->in_number = false;
	f->state = FILTER_ITEM;
}

/* Not as an item can be: the line is cut off here, and the library does not understand it. */
static int misunderstood(struct response_filter *f, struct buf *out, char c)
{
	if (!f->items)
		shown(f, out, "", 0);
	buf_add(out, "\r\n", 2);
	f->depth = 0;
	f->quoted = false;
	return filter_drop_byte(f, out, c);
}

static int on_fetch(struct response_filter *f, struct buf *out, char c)
{
	if (c == ' ')
		return 0;
	f->depth = 1;
	if (c != '(')
		return misunderstood(f, out, c);
	next_item(f);
	return 0;
}

/* The end of the list. Without an item the library would not understand the line. */
static int end_list(struct response_filter *f, struct buf *out)
{
	f->depth = 0;
	if (!f->items)
		return filter_drop_byte(f, out, ')');
	buf_add_char(out, ')');
	f->state = FILTER_TRIM;
	return 0;
}

static int end_name(struct response_filter *f, struct buf *out)
{
	static const struct {
		const char *name;
		enum filter_state state;
	} known[] = {
		{"UID", FILTER_TREE},
		{"RFC822.SIZE", FILTER_SIZE},
		{"INTERNALDATE", FILTER_DATE},
	};
	f->state = FILTER_SKIP;
	f->literal_left = 0;
	f->in_number = false;
	f->digits = 0;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (item_is(f, known[i].name))
			f->state = known[i].state;
	if (f->state == FILTER_TREE) {
		shown(f, out, f->item, f->item_len);
		buf_add_char(out, ' ');
	}
	f->number = 0;
	f->item_len = 0;
	return 0;
}

static int on_item(struct response_filter *f, struct buf *out, char c)
{
	if (c == ' ')
		return f->item_len ? end_name(f, out) : 0;
	if (c == ')' && !f->item_len)
		return end_list(f, out);
	if (c == '[' && item_is(f, "BODY")) {
		shown(f, out, "BODY[", 5);
		f->bracket = true;
		f->digits = 0;
		f->number = 0;
		f->state = FILTER_SECTION;
		return 0;
	}
	if (c == '[' || f->item_len == ITEM_SIZE) {
		f->bracket = c == '[';
		f->item_len = 0;
		f->state = FILTER_SKIP_NAME;
		return 0;
	}
	if (memchr("()\"{\n", c, 5))
		return misunderstood(f, out, c);
	f->item[f->item_len++] = c;
	return 0;
}

/* The rest of a name that is not known, in which there may be a section with spaces. */
static int on_skip_name(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n' || (c == ')' && !f->bracket))
		return misunderstood(f, out, c);
	if (c == '[' || c == ']')
		f->bracket = c == '[';
	else if (c == ' ' && !f->bracket)
		return end_name(f, out);
	return 0;
}

/* "HEADER.FIELDS (FROM)]<0>", up to the space before the value. */
static int on_section(struct response_filter *f, struct buf *out, char c)
{
	if (memchr("\n\"{}\\", c, 5) || (!f->bracket && !filter_number_fits(f, c)) ||
		(c == '(' && ++f->depth > 2) || (c == ')' && --f->depth < 1))
		return misunderstood(f, out, c);
	if (c == ']')
		f->bracket = false;
	buf_add_char(out, c);
	if (c == ' ' && !f->bracket) {
		f->depth = 1;
		f->state = FILTER_TREE;
	}
	return 0;
}

/* A value that nobody asked for; behind one that was shown it is empty. */
static int on_skip(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n' && f->literal_left > 0 && !f->quoted)
		return filter_drop_literal(f, FILTER_SKIP);
	if (c == '\n')
		return misunderstood(f, out, c);
	if (f->quoted) {
		filter_quoted_byte(f, c);
		return 0;
	}
	if (c == ' ' && f->depth == 1) {
		next_item(f);
		return 0;
	}
	if (c == ')' && f->depth-- == 1)
		return end_list(f, out);
	f->depth += c == '(';
	f->quoted = c == '"';
	return filter_brace(f, c);
}

static int skip_from(struct response_filter *f, struct buf *out, char c)
{
	f->literal_left = 0;
	f->in_number = false;
	f->state = FILTER_SKIP;
	return on_skip(f, out, c);
}

/* A mail of 4 GiB and more is too large in any case. */
static int on_size(struct response_filter *f, struct buf *out, char c)
{
	if (c >= '0' && c <= '9') {
		f->digits++;
		f->number = f->number * 10 + (uint64_t)(c - '0');
		if (f->number > UINT32_MAX)
			f->number = UINT32_MAX;
		return 0;
	}
	if (f->digits && (c == ' ' || c == ')')) {
		shown(f, out, "RFC822.SIZE ", 12);
		buf_add_format(out, "%u", (unsigned)f->number);
	}
	return skip_from(f, out, c);
}

static bool is_date(struct str text)
{
	static const char months[] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
	static const char form[] = DATE_FORM;
	size_t at;
	if (text.len != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool digit = c >= '0' && c <= '9';
		bool fits = form[i] == 'd' ? digit || (i == 0 && c == ' ')
			: form[i] == '+'   ? c == '+' || c == '-'
			: form[i] == 'a'   ? true
					   : c == form[i];
		if (!fits)
			return false;
	}
	return str_find_nocase(str_from(months), str_slice(text, 3, 6), &at) && at % 4 == 0;
}

static int on_date(struct response_filter *f, struct buf *out, char c)
{
	if (!f->quoted && c != '"')
		return skip_from(f, out, c);
	if (!f->quoted || c == '\n') {
		f->quoted = true;
		return c == '\n' ? skip_from(f, out, c) : 0;
	}
	if (c != '"') {
		if (f->item_len < ITEM_SIZE)
			f->item[f->item_len++] = c;
		return 0;
	}
	f->quoted = false;
	if (is_date((struct str){f->item, f->item_len})) {
		shown(f, out, "INTERNALDATE ", 13);
		buf_add_format(out, "\"%.*s\"", (int)f->item_len, f->item);
	}
	f->item_len = 0;
	f->literal_left = 0;
	f->state = FILTER_SKIP;
	return 0;
}

void fetch_begin(struct response_filter *f)
{
	f->items = 0;
	f->item_len = 0;
	f->bracket = false;
	f->literal_left = 0;
	f->state = FILTER_FETCH;
}

int fetch_byte(struct response_filter *f, struct buf *out, char c)
{
	switch (f->state) {
	case FILTER_FETCH:
		return on_fetch(f, out, c);
	case FILTER_ITEM:
		return on_item(f, out, c);
	case FILTER_SKIP_NAME:
		return on_skip_name(f, out, c);
	case FILTER_SECTION:
		return on_section(f, out, c);
	case FILTER_SIZE:
		return on_size(f, out, c);
	case FILTER_DATE:
		return on_date(f, out, c);
	default:
		return on_skip(f, out, c);
	}
}
