/* Is a message small enough in every way for the MIME parser? Looked at before it is let near. */
#ifndef OVERSTEP_MESSAGE_SCAN_H
#define OVERSTEP_MESSAGE_SCAN_H

#include "model/message.h"

#define WORDS_SIZE sizeof(((struct message *)0)->not_examined)

/* Walks header blocks and boundary lines as the MIME parser would (imap.md, MIME). EXAMINED_YES, or
   why not, with the words for a person. Linear in the octets, no memory but a content type's. */
enum examined scan(struct str octets, char words[WORDS_SIZE]);

/* A MIME boundary line: "--boundary" and white space, or "--boundary--" which also sets *closes. */
bool boundary_line(struct str line, struct str boundary, bool *closes);

#endif
