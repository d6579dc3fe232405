/* The words of a message, put together piece by piece with whose they are. */
#ifndef OVERSTEP_DAEMON_CHAT_CHAT_TEXT_H
#define OVERSTEP_DAEMON_CHAT_CHAT_TEXT_H

#include "model/text.h"

/* Zero is empty. */
struct chat_text {
	struct buf bytes;
	struct span *spans;
	size_t count, cap;
	bool cut;
	bool failed; /* out of memory */
};

void chat_text_finish(struct chat_text *t);
/* Appends words, bytes repaired; over LIMIT_TEXT they are cut, which is noted. */
void chat_text_add(struct chat_text *t, struct str words, enum span_kind kind);
/* Appends lines: those that begin with "> " (or with '>' alone, when `tight`) are quoted. */
void chat_text_add_lines(struct chat_text *t, struct str lines, bool tight);
/* The end of a line, of the kind of what stands before it. */
void chat_text_next_line(struct chat_text *t);
/* The same, if something stands there whose line is not ended. */
void chat_text_new_line(struct chat_text *t);
/* Moves it into out, without white space at the end. 0, or -1 out of memory. */
int chat_text_move(struct chat_text *t, struct text *out);

#endif
