/* Parentheses, strings and literals of an answer, as FETCH, LIST and FLAGS have them. */
#include "response_parts.h"

#include "base/limits.h"

void filter_quoted_byte(struct response_filter *f, char c)
{
	if (f->escaped)
		f->escaped = false;
	else if (c == '\\')
		f->escaped = true;
	else if (c == '"')
		f->quoted = false;
}

static int tree_quoted(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n')
		return filter_give_up(f, "a string that its line ends");
	filter_quoted_byte(f, c);
	buf_add_char(out, c);
	return 0;
}

bool filter_number_fits(struct response_filter *f, char c)
{
	if (!filter_digit(c)) {
		f->in_number = false;
		return true;
	}
	if (!f->in_number)
		filter_number_start(f);
	f->in_number = true;
	return filter_number_digit(f, c);
}

static int on_tree(struct response_filter *f, struct buf *out, char c)
{
	if (f->quoted)
		return tree_quoted(f, out, c);
	if (f->is_fetch && !filter_number_fits(f, c))
		return filter_give_up(f, "a number over 32 bits");
	switch (c) {
	case '\n':
		filter_end_line(f, out, true);
		return 0;
	case ' ':
		if (f->is_fetch && f->depth == 0)
			return 0; /* behind the end, see fill_gap */
		if (f->is_fetch && f->depth == 1) {
			f->item_len = 0;
			f->state = FILTER_ITEM;
			return 0;
		}
		break;
	case '"':
		f->quoted = true;
		break;
	case '(':
		if (++f->depth > LIMIT_IMAP_DEPTH)
			return filter_give_up(f, "parentheses too deep");
		break;
	case ')':
		if (f->depth == 0)
			return filter_give_up(f, "a parenthesis too many");
		f->depth--;
		break;
	case '{':
		filter_number_start(f);
		f->state = FILTER_LITERAL_HEAD;
		return 0;
	default:
		break;
	}
	buf_add_char(out, c);
	return 0;
}

static int on_literal_head(struct response_filter *f, struct buf *out, char c)
{
	if (filter_digit(c) && f->number != UINT64_MAX) {
		if (!filter_number_digit(f, c))
			return filter_give_up(f, "a literal too large");
		return 0;
	}
	if (c == '}' && f->digits > 0) {
		f->literal_left = f->number;
		f->digits = 0;
		f->number = UINT64_MAX; /* nothing but the end of the line may follow */
		return 0;
	}
	if (c != '\n' || f->number != UINT64_MAX)
		return filter_give_up(f, "a malformed literal");
	if (f->literal_left > f->literal_cap)
		return filter_give_up(f, "a literal too large");
	buf_add_format(out, "{%llu}\r\n", (unsigned long long)f->literal_left);
	f->in_number = false;
	f->state = f->literal_left ? FILTER_LITERAL : FILTER_TREE;
	return 0;
}

int tree_byte(struct response_filter *f, struct buf *out, char c)
{
	return f->state == FILTER_LITERAL_HEAD ? on_literal_head(f, out, c) : on_tree(f, out, c);
}
