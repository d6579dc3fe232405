/* A body on its way to spans: lines that are judged whole, and the ranges they were read from. */
#ifndef OVERSTEP_TEXT_LINES_H
#define OVERSTEP_TEXT_LINES_H

#include "base/error.h"
#include "model/text.h"

/* What the markup says of a line; plain text has none. */
enum hint {
	HINT_NONE,
	HINT_INDENT,    /* a <blockquote> that may be a quote or a mere indent */
	HINT_QUOTE_BOX, /* a mailer's box around attribution and quote; answers may stand in it */
	HINT_ATTRIBUTION,
	HINT_FORWARDED,
	HINT_SIGNATURE,
	HINT_REST_QUOTED, /* here the earlier message begins, up to the end */
};

struct line {
	size_t start; /* half-open, bytes of lines.text, without the LF */
	size_t end;
	size_t words;                    /* where the words begin, behind the quote marks */
	size_t folded_start, folded_end; /* the words in lines.folded, trimmed */
	bool perhaps_mark; /* its mark may be the writer's own: it must not stand alone */
	unsigned depth;    /* quote marks, or quoting <blockquote>s around it */
	unsigned box;      /* which HINT_QUOTE_BOX, from 1 */
	enum hint hint;
	bool ruled;            /* a horizontal rule or a top border stands above it */
	unsigned header;       /* whose label it begins with: 1 << enum header_kind, or 0 */
	unsigned attribution;  /* an attribution of so many lines begins here */
	bool attribution_sure; /* one that a machine wrote, whatever follows it */
	enum span_kind kind;
	bool unsure;
};

/* Bytes in a row that came from one range of the part's content. Runs cover the text. */
struct run {
	size_t start, end;
	size_t part_start, part_end;
	bool hidden;
};

/* Zero-initialised is empty. Every line in text ends in LF. */
struct lines {
	struct buf text;
	struct buf folded;
	struct line *items;
	size_t count, cap;
	struct run *runs;
	size_t run_count, run_cap;
	size_t doubtful; /* lines whose mark may be the writer's own */
	bool failed;     /* out of memory: check once at the end */
	bool cut;        /* LIMIT_TEXT or LIMIT_TEXT_LINES */
	bool lost;       /* from line lost_at on, what surrounds the lines is not known */
	size_t lost_at;
};

void lines_finish(struct lines *l);

/* Adds words to the line being written. */
void lines_add(struct lines *l, struct str words, size_t part_start, size_t part_end, bool hidden);
/* Ends the line being written; `as` gives what the reader knows of it, and may be NULL. */
void lines_end(struct lines *l, const struct line *as);
/* Nothing more is taken in: a bound was reached. */
bool lines_full(const struct lines *l);

/* After the last line: quote marks are counted and each line's words folded. */
void lines_prepare(struct lines *l);

struct str line_words(const struct lines *l, size_t i);  /* folded, trimmed */
struct str line_source(const struct lines *l, size_t i); /* as written, without the LF */
bool line_blank(const struct lines *l, size_t i);
/* The first line from i on that is not blank, or l->count. */
size_t line_next(const struct lines *l, size_t i);

#endif
