/* What a FETCH answer says of a message, item by item: those that were asked for, and no others. */
#ifndef OVERSTEP_SOURCE_RESPONSE_FETCH_H
#define OVERSTEP_SOURCE_RESPONSE_FETCH_H

#include "response_filter.h"

/* The head of the line is in f->word, and nothing of it is shown yet. */
void fetch_begin(struct response_filter *f);
/* One byte in a state from FILTER_FETCH to FILTER_SKIP: 0, or -1 with f->reason. */
int fetch_byte(struct response_filter *f, struct buf *out, char c);

/* response_filter.c: what is the same elsewhere in a line. As fetch_byte. */
int filter_give_up(struct response_filter *f, const char *reason);
/* The first byte of what is not shown up to the end of the line. */
int filter_drop_byte(struct response_filter *f, struct buf *out, char c);
/* A byte within quotes. */
void filter_quoted_byte(struct response_filter *f, char c);
/* Is the number that c may go on with one of 32 bits still? */
bool filter_number_fits(struct response_filter *f, char c);
/* A brace at the end of what is not shown sets f->literal_left. */
int filter_brace(struct response_filter *f, char c);
/* The line ended in such a brace; behind: the state when its octets are over. */
int filter_drop_literal(struct response_filter *f, enum filter_state behind);

#endif
