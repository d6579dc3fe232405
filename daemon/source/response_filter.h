/* What a mail server may say to the IMAP library: a byte-wise filter between the stream and it.
 */
#ifndef OVERSTEP_RESPONSE_FILTER_H
#define OVERSTEP_RESPONSE_FILTER_H

#include "base/str.h"

/* The longest response code kept ([CAPABILITY ...]); a longer one becomes plain text. */
#define FILTER_CODE_SIZE 4096
#define FILTER_GOODBYE_SIZE 200

enum filter_state {
	FILTER_HEAD,         /* the first words of a line, until they say what it is */
	FILTER_PLUS,         /* behind the + of a continuation request */
	FILTER_TEXT_START,   /* behind OK, NO, BAD, PREAUTH, +: a code or text */
	FILTER_CODE,         /* within [ ] */
	FILTER_TEXT,         /* free text */
	FILTER_WORDS,        /* CAPABILITY: words */
	FILTER_NUMBERS,      /* SEARCH: numbers */
	FILTER_TRIM,         /* complete; whatever else the line has is dropped */
	FILTER_GOODBYE,      /* BYE: kept, not shown */
	FILTER_TREE,         /* FETCH, LIST, FLAGS: parentheses, strings, literals */
	FILTER_FETCH,        /* before the list of a FETCH: response_fetch.c up to FILTER_SKIP */
	FILTER_ITEM,         /* the name of an item */
	FILTER_SKIP_NAME,    /* the rest of one that is not known */
	FILTER_SECTION,      /* behind BODY[, up to its value */
	FILTER_SIZE,         /* the value of RFC822.SIZE */
	FILTER_DATE,         /* of INTERNALDATE */
	FILTER_SKIP,         /* of an item that is not known */
	FILTER_LITERAL_HEAD, /* {123} of a tree */
	FILTER_LITERAL,      /* its octets */
	FILTER_DROP,         /* a line the library must not see */
	FILTER_DROP_LITERAL,
};

/* Zero-initialised: waiting for the greeting. */
struct response_filter {
	enum filter_state state;
	uint32_t tag;         /* of the command under way; 0: none yet */
	uint64_t literal_cap; /* largest literal that this command may bring */
	size_t command_bytes; /* outside of literals */
	size_t line_bytes;
	char word[FILTER_CODE_SIZE]; /* the head, or the code */
	size_t word_len;
	bool carriage; /* the last byte was CR */
	bool gap;      /* a space is due before the next word */
	bool quoted;
	bool escaped;
	bool in_number;
	bool is_fetch;  /* numbers of the tree are read by the library */
	unsigned items; /* of a FETCH, that were shown */
	char item[32];  /* its name, or its value */
	size_t item_len;
	bool bracket; /* within the [ ] of a name */
	unsigned depth;
	unsigned digits;
	uint64_t number;
	uint64_t literal_left;
	enum filter_state behind;          /* a literal that is not shown */
	bool searched;                     /* the command has been told what was found */
	bool gone;                         /* the server said BYE; nothing of it is shown */
	char goodbye[FILTER_GOODBYE_SIZE]; /* its words */
	size_t goodbye_len;
	const char *reason; /* not NULL: the answers cannot be trusted any more, for ever */
};

/* A command is about to be sent: its tag, and the largest literal it may bring. Counts start anew.
 */
void filter_command(struct response_filter *f, uint32_t tag, uint64_t literal_cap);

/* Appends to *out what the library may see of `in`. 0, or -1 with f->reason. Feeding whole or byte
   by byte gives the same. Source: RFC 3501 section 9, imap.md. */
int filter_feed(struct response_filter *f, struct str in, struct buf *out);

#endif
