/* One connection to an IMAP server: logged in, asking, and telling what went wrong in words.
 */
#ifndef OVERSTEP_SOURCE_IMAP_SESSION_H
#define OVERSTEP_SOURCE_IMAP_SESSION_H

#include "source/source.h"
#include "stream.h"

struct imap_session {
	const struct imap_plan *plan;
	struct stream_plan stream_plan;
	struct stream *stream;                 /* owned by imap once that is connected */
	mailimap *imap;                        /* NULL when closed */
	struct buf capabilities;               /* " IMAP4rev1 IDLE ": each word between spaces */
	uint32_t exists, uidnext, uidvalidity; /* of the open folder; 0: not said */
};

/* Connects, starts TLS, logs in. *s is zero-initialised; session_close it in any case. */
int session_open(
	struct imap_session *s, const struct imap_plan *plan, struct str secret, struct error *err);
/* Says LOGOUT when nothing went wrong, waits for nothing. */
void session_close(struct imap_session *s);
bool session_can(const struct imap_session *s, const char *capability);

/* Readies stream and filter for the next command. */
void session_expect(struct imap_session *s, uint64_t asked_bytes, uint64_t literal_cap);
/* Sends a command line (without tag and CRLF) and reads all answers: a MAILIMAP_ code. */
int session_command(
	struct imap_session *s, const char *line, uint64_t asked_bytes, uint64_t literal_cap);
/* The words of the last tagged answer, safe to show; into a buffer of the caller's. */
void session_words(const struct imap_session *s, struct buf *out);
/* Turns a code into an error: the stream's own reason when it has one, else the server's words
   behind `doing` ("cannot open folder 'x'"). Returns -1. */
int session_error(struct imap_session *s, int code, struct error *err, const char *doing);
/* Is the connection still good after that code (the server just said NO)? */
bool session_refused(const struct imap_session *s, int code);

/* EXAMINE: fills exists, uidnext, uidvalidity. A MAILIMAP_ code. */
int session_examine(struct imap_session *s, struct str wire_name);
int session_noop(struct imap_session *s, struct error *err);

/* imap_login.c: ERROR_LOGIN when the server refuses, ERROR_CONFIG when it cannot be tried. */
int session_login(struct imap_session *s, struct str secret, struct error *err);
/* imap_idle.c: waits for news in the open folder: 1, 0 at the deadline, -1. */
int session_idle(struct imap_session *s, int64_t deadline_us, struct error *err);
/* Our own commands: the tag and a line to the server; a line from it (borrowed until the next). */
int session_say(struct imap_session *s, const char *line, struct error *err);
int session_hear(struct imap_session *s, struct str *line, struct error *err);
/* A quoted string (RFC 3501 section 4.3); the text has no line end and no NUL. */
void imap_add_quoted(struct buf *out, struct str s);
/* The tag of the command under way, as text. */
struct str session_tag(const struct imap_session *s, char out[16]);

#endif
