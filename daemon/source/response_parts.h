/* The parts of the response filter, by what a line is made of. Each function for a byte returns 0,
   or -1 with f->reason. */
#ifndef OVERSTEP_SOURCE_RESPONSE_PARTS_H
#define OVERSTEP_SOURCE_RESPONSE_PARTS_H

#include "response_filter.h"

/* response_text.c: free text and codes. c is the space or LF behind what was shown of the line. */
void text_begin(struct response_filter *f, struct buf *out, char c);
/* One byte in a state from FILTER_PLUS to FILTER_TEXT. */
int text_byte(struct response_filter *f, struct buf *out, char c);

/* response_fetch.c: what a FETCH answer says of a message, item by item: those that were asked for,
   and no others. The head of the line is in f->word, and nothing of it is shown yet. */
void fetch_begin(struct response_filter *f);
/* One byte in a state from FILTER_FETCH to FILTER_SKIP. */
int fetch_byte(struct response_filter *f, struct buf *out, char c);

/* response_tree.c: one byte in FILTER_TREE or FILTER_LITERAL_HEAD. */
int tree_byte(struct response_filter *f, struct buf *out, char c);
/* A byte within quotes. */
void filter_quoted_byte(struct response_filter *f, char c);
/* Is the number that c may go on with one of 32 bits still? */
bool filter_number_fits(struct response_filter *f, char c);

/* response_filter.c: what is the same everywhere in a line. Always -1. */
int filter_give_up(struct response_filter *f, const char *reason);
/* The line is over; shown: something of it was. */
void filter_end_line(struct response_filter *f, struct buf *out, bool shown);
bool filter_digit(char c);
void filter_number_start(struct response_filter *f);
/* One more digit of a number of at most 32 bits; false when it is larger. */
bool filter_number_digit(struct response_filter *f, char c);
/* The first byte of what is not shown up to the end of the line. */
int filter_drop_byte(struct response_filter *f, struct buf *out, char c);
/* A brace at the end of what is not shown sets f->literal_left. */
int filter_brace(struct response_filter *f, char c);
/* The line ended in such a brace; behind: the state when its octets are over. */
int filter_drop_literal(struct response_filter *f, enum filter_state behind);

#endif
