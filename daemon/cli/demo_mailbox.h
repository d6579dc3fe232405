/* The sample mailbox of `overstep demo`: who writes to whom, when, and the mails that come of it.
 */
#ifndef OVERSTEP_DAEMON_CLI_DEMO_MAILBOX_H
#define OVERSTEP_DAEMON_CLI_DEMO_MAILBOX_H

#include "base/clock.h"
#include "base/str.h"

/* Everybody of the story; all are invented, on domains that cannot exist. */
enum demo_person { NOBODY, ADA, CARL, MAJA, NORA, THEO, LUMEN_NEWS, CAMILLE, BARGAINS, IDA };

enum demo_language { DEMO_ENGLISH, DEMO_SWEDISH, DEMO_FRENCH };

struct demo_person_facts {
	const char *name;
	const char *address;
	enum demo_language language; /* of their mail program's "wrote:" line */
	const char *signature;       /* NULL: none */
};
extern const struct demo_person_facts demo_people[];

/* How the mail is built around the words. */
enum demo_form {
	LETTER_PLAIN,
	LETTER_ALTERNATIVE, /* text and HTML */
	LETTER_HTML,        /* HTML only */
	LETTER_ATTACHED,    /* text, and a small table beside it */
};

struct demo_letter {
	const char *name; /* what an answer calls it */
	const char *sent; /* RFC 3339, in the writer's zone */
	enum demo_person from, to, cc;
	const char *answers; /* the name of an earlier letter, which is quoted; NULL: none */
	const char *subject; /* NULL: that of the letter answered */
	enum demo_form form;
	const char *headers; /* further header lines; NULL: none */
	const char *text;
};

/* In the order of their arrival. */
extern const struct demo_letter demo_letters[];
extern const size_t demo_letter_count;
/* The configuration that goes with them, as a file's text. */
extern const char demo_config[];

/* Written by me: it stands in Sent, not in INBOX. */
bool demo_letter_is_mine(const struct demo_letter *l);
/* When the mailbox got it. */
int64_t demo_letter_at_us(const struct demo_letter *l);
/* Appends the mail's octets (RFC 5322, CRLF), the same at every call. */
void demo_letter_write(const struct demo_letter *l, struct buf *octets);

#endif
