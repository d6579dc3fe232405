/* A parsed message as text, to compare with what a test wants. */
#ifndef TESTS_MESSAGE_DUMP_H
#define TESTS_MESSAGE_DUMP_H

#include "model/message.h"

/* Ranges of octets are told as lines, so that LF and CRLF forms of a mail give the same text. */
void message_dump(const struct message *m, struct str octets, struct buf *out);

/* "Jane Doe <jane@acme.example>, ..." */
void addresses_dump(const struct addresses *list, struct buf *out);

#endif
