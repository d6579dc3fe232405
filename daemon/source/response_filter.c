/* Lets through the answers of an IMAP server that the library can read safely, and nothing else.
 *
 * libetpan crashes on single lines ([ALERT] without text, [BADCHARSET (x)] twice, deep
 * parentheses), keeps every untagged line in memory and lets numbers wrap. So each line is told by
 * its first words: known ones pass with their shape checked, response codes that are not needed
 * become plain text, other lines are dropped with their literals, and what cannot be honest ends
 * the connection.
 */
#include "response_filter.h"

#include "base/limits.h"
#include "response_parts.h"
#include "response_words.h"
#include <string.h>

#define HEAD_SIZE 64 /* "* 4294967295 EXPUNGE" is 20 */
/* A literal of a line that nobody asked for, whatever the command is. */
#define DROPPED_LITERAL (64 * KIB)

void filter_command(struct response_filter *f, uint32_t tag, uint64_t literal_cap)
{
	f->tag = tag;
	f->literal_cap = literal_cap;
	f->command_bytes = 0;
	f->searched = false;
}

int filter_give_up(struct response_filter *f, const char *reason)
{
	f->reason = reason;
	return -1;
}

bool filter_digit(char c)
{
	return c >= '0' && c <= '9';
}

void filter_end_line(struct response_filter *f, struct buf *out, bool shown)
{
	if (shown)
		buf_add(out, "\r\n", 2);
	f->state = FILTER_HEAD;
	f->word_len = 0;
	f->line_bytes = 0;
	f->quoted = false;
	f->escaped = false;
	f->in_number = false;
	f->depth = 0;
	f->digits = 0;
	f->number = 0;
}

bool filter_number_digit(struct response_filter *f, char c)
{
	f->number = f->number * 10 + (uint64_t)(c - '0');
	f->digits++;
	return f->number <= UINT32_MAX && f->digits <= LIMIT_IMAP_LITERAL_DIGITS;
}

void filter_number_start(struct response_filter *f)
{
	f->number = 0;
	f->digits = 0;
}

/* The library leaks a BYE in the greeting and reads past it elsewhere; its words are all that is
   needed of it. */
static int on_goodbye(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n') {
		f->gone = true;
		filter_end_line(f, out, false);
	} else if (f->goodbye_len < sizeof(f->goodbye)) {
		f->goodbye[f->goodbye_len++] = c;
	}
	return 0;
}

/* The line is known: shows its head and goes on by its shape. c is the space or LF behind it. */
static void begin_line(struct response_filter *f, struct buf *out, enum line_shape shape, char c)
{
	static const enum filter_state next[] = {
		[LINE_STATUS] = FILTER_TEXT_START,
		[LINE_TREE] = FILTER_TREE,
		[LINE_FETCH] = FILTER_FETCH,
		[LINE_WORDS] = FILTER_WORDS,
		[LINE_NUMBERS] = FILTER_NUMBERS,
		[LINE_BARE] = FILTER_TRIM,
		[LINE_GOODBYE] = FILTER_GOODBYE,
	};
	f->is_fetch = shape == LINE_FETCH;
	f->gap = shape == LINE_WORDS || shape == LINE_NUMBERS;
	f->searched |= shape == LINE_NUMBERS;
	filter_number_start(f);
	f->state = next[shape];
	if (shape == LINE_FETCH && c != '\n') {
		fetch_begin(f);
		return;
	}
	if (shape == LINE_GOODBYE) {
		if (c == '\n')
			(void)on_goodbye(f, out, c);
		return;
	}
	buf_add(out, f->word, f->word_len);
	if (shape == LINE_STATUS)
		text_begin(f, out, c);
	else if (c == '\n')
		filter_end_line(f, out, true);
	else if (shape == LINE_TREE)
		buf_add_char(out, ' ');
}

int filter_drop_literal(struct response_filter *f, enum filter_state behind)
{
	uint64_t cap = f->literal_cap > DROPPED_LITERAL ? f->literal_cap : DROPPED_LITERAL;
	if (f->literal_left > cap)
		return filter_give_up(f, "a literal too large");
	f->behind = behind;
	f->state = FILTER_DROP_LITERAL;
	return 0;
}

/* f->digits counts those of a brace that may be the last thing of the line, in_number is true
   within it. */
int filter_brace(struct response_filter *f, char c)
{
	f->literal_left = 0;
	if (c == '{') {
		f->in_number = true;
		filter_number_start(f);
	} else if (f->in_number && filter_digit(c)) {
		if (!filter_number_digit(f, c))
			return filter_give_up(f, "a literal too large");
	} else {
		if (f->in_number && c == '}' && f->digits > 0)
			f->literal_left = f->number;
		f->in_number = false;
	}
	return 0;
}

/* A line that is not shown may still end in {123} and octets. */
static int on_drop(struct response_filter *f, struct buf *out, char c)
{
	if (c != '\n')
		return filter_brace(f, c);
	if (f->literal_left > 0)
		return filter_drop_literal(f, FILTER_DROP);
	filter_end_line(f, out, false);
	return 0;
}

int filter_drop_byte(struct response_filter *f, struct buf *out, char c)
{
	filter_number_start(f);
	f->literal_left = 0;
	f->in_number = false;
	f->state = FILTER_DROP;
	return on_drop(f, out, c);
}

/* Nothing of this line is shown; its head, which may hold a literal's brace, is gone through too.
 */
static int drop_line(struct response_filter *f, struct buf *out, char c)
{
	if (f->word_len == 0)
		return filter_drop_byte(f, out, c);
	(void)filter_drop_byte(f, out, f->word[0]);
	for (size_t i = 1; i < f->word_len; i++)
		if (on_drop(f, out, f->word[i]) < 0)
			return -1;
	return on_drop(f, out, c);
}

/* Looks at the head, which ends before c (a space or LF). */
static int head_word(struct response_filter *f, struct buf *out, char c)
{
	enum line_shape shape =
		line_shape_of((struct str){f->word, f->word_len}, f->tag, &f->reason);
	switch (shape) {
	case LINE_BROKEN:
		return -1;
	case LINE_UNFINISHED:
		if (c == ' ')
			f->word[f->word_len++] = c;
		else if (f->word[0] != '*')
			return filter_give_up(f, "an answer without OK, NO or BAD");
		else
			filter_end_line(f, out, false);
		return 0;
	case LINE_UNKNOWN:
		return drop_line(f, out, c);
	default:
		begin_line(f, out, shape, c);
		return 0;
	}
}

static int on_head(struct response_filter *f, struct buf *out, char c)
{
	if (f->word_len == 0 && c == '+') {
		buf_add_char(out, '+');
		f->state = FILTER_PLUS;
		return 0;
	}
	if (c == ' ' || c == '\n')
		return head_word(f, out, c);
	if (f->word_len == HEAD_SIZE) {
		if (f->word[0] != '*')
			return filter_give_up(f, "an answer to a command that was not sent");
		return drop_line(f, out, c);
	}
	f->word[f->word_len++] = c;
	return 0;
}

/* One space before what follows, none at the end of the line: servers that leave one there exist,
   and the library does not understand them. */
static void fill_gap(struct response_filter *f, struct buf *out)
{
	if (f->gap)
		buf_add_char(out, ' ');
	f->gap = false;
}

static int on_words(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n') {
		filter_end_line(f, out, true);
	} else if (c == ' ') {
		f->gap = true;
	} else {
		fill_gap(f, out);
		buf_add_char(out, response_word_char(c) ? c : '-');
	}
	return 0;
}

static int on_numbers(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n') {
		filter_end_line(f, out, true);
		return 0;
	}
	if (c == ' ') {
		f->gap = true;
		filter_number_start(f);
		return 0;
	}
	if (!filter_digit(c))
		return filter_give_up(f, "a SEARCH answer that is not a list of numbers");
	if (!filter_number_digit(f, c))
		return filter_give_up(f, "a number over 32 bits");
	fill_gap(f, out);
	buf_add_char(out, c);
	return 0;
}

static int on_trim(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n')
		filter_end_line(f, out, true);
	return 0;
}

static int (*const handlers[])(struct response_filter *, struct buf *, char) = {
	[FILTER_HEAD] = on_head,
	[FILTER_PLUS] = text_byte,
	[FILTER_TEXT_START] = text_byte,
	[FILTER_CODE] = text_byte,
	[FILTER_TEXT] = text_byte,
	[FILTER_WORDS] = on_words,
	[FILTER_NUMBERS] = on_numbers,
	[FILTER_TRIM] = on_trim,
	[FILTER_GOODBYE] = on_goodbye,
	[FILTER_TREE] = tree_byte,
	[FILTER_FETCH] = fetch_byte,
	[FILTER_ITEM] = fetch_byte,
	[FILTER_SKIP_NAME] = fetch_byte,
	[FILTER_SECTION] = fetch_byte,
	[FILTER_SIZE] = fetch_byte,
	[FILTER_DATE] = fetch_byte,
	[FILTER_SKIP] = fetch_byte,
	[FILTER_LITERAL_HEAD] = tree_byte,
	[FILTER_DROP] = on_drop,
};

/* One byte outside of literals. Line ends become CRLF here, so that the library and this filter
   never disagree on where a line ends. */
static int line_byte(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\0')
		return filter_give_up(f, "a NUL");
	if (++f->command_bytes > LIMIT_IMAP_COMMAND)
		return filter_give_up(f, "too much for one command");
	if (++f->line_bytes > LIMIT_IMAP_LINE)
		return filter_give_up(f, "a line too long");
	if (f->carriage && c != '\n')
		return filter_give_up(f, "a CR within a line");
	f->carriage = c == '\r';
	return f->carriage ? 0 : handlers[f->state](f, out, c);
}

/* Octets of a literal, as many as there are; how many were taken. */
static size_t literal_bytes(struct response_filter *f, struct str in, struct buf *out)
{
	size_t taken = in.len < f->literal_left ? in.len : (size_t)f->literal_left;
	bool shown = f->state == FILTER_LITERAL;
	if (shown)
		buf_add(out, in.ptr, taken);
	else
		f->command_bytes += taken; /* a flood of what nobody asked for */
	f->literal_left -= taken;
	if (f->literal_left == 0)
		f->state = shown ? FILTER_TREE : f->behind;
	return taken;
}

int filter_feed(struct response_filter *f, struct str in, struct buf *out)
{
	size_t at = 0;
	while (at < in.len && !f->reason) {
		if (f->state == FILTER_LITERAL || f->state == FILTER_DROP_LITERAL)
			at += literal_bytes(f, str_slice(in, at, in.len), out);
		else
			(void)line_byte(f, out, in.ptr[at++]);
	}
	return f->reason ? -1 : 0;
}
