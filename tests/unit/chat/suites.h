/* The suites of the chat room, and what they share. */
#ifndef TESTS_CHAT_SUITES_H
#define TESTS_CHAT_SUITES_H

#include "base/clock.h"
#include "chat/chat.h"
#include "chat/chat_survey.h"
#include <check.h>

Suite *suite_cases(void);
Suite *suite_hostile(void);
Suite *suite_order(void);
Suite *suite_pieces(void);
Suite *suite_samples(void);
Suite *suite_zip(void);

/* One line of what a message is: its kind and marks, when, who, and its words with whose they are.
       said 2026-01-16T22:09Z Jana: good morning
       media(edited) 2026-01-16T22:09:01Z Jana <U1> #7 re 6: [automatic IMG-1.jpg] look
       unread: why */
void show_message(const struct chat_message *m, struct buf *out);
/* What a survey found, but for what follows from the messages: order of dates, lines of other form.
 */
void show_survey(const struct chat_survey *s, struct buf *out);

/* Files in memory; items and octets are borrowed. */
struct memory_files {
	struct chat_files files;
	const struct str *octets;
	size_t loaded, reached; /* the last one, and how far it was read */
};
void memory_files_init(struct memory_files *f, struct str name, const struct chat_file *items,
	const struct str *octets, size_t count);

/* Declarations in a zone of the system ("": none); close the zone. */
struct chat_declared declare(const char *zone, enum chat_order order);

/* Goes through all messages: they lie in their files one behind the other, and each can be read
   again from its octets alone. Appends what they are to out (may be NULL), a line each; how many.
 */
size_t read_all(enum chat_format format, struct chat_files *files,
	const struct chat_declared *declared, struct buf *out);

#endif
