/* The line to a mail server: socket, TLS once started, response filter, one deadline a command.
 */
#ifndef OVERSTEP_SOURCE_STREAM_H
#define OVERSTEP_SOURCE_STREAM_H

#include "base/error.h"
#include "base/str.h"
#include <libetpan/libetpan.h>

struct stream;

struct stream_plan {
	struct str host;
	int port;
	struct str ca_file;
	int64_t timeout_us;
	int wake_fd;
	bool unfiltered; /* not IMAP: answers pass as they are, up to LIMIT_SMTP_ANSWER a command */
};

/* Connects; no TLS yet. Strings of the plan are borrowed for the stream's life. */
int stream_open(const struct stream_plan *plan, struct stream **out, struct error *err);
/* From here on TLS. Fails also when plain octets have arrived behind the answer to STARTTLS. */
int stream_start_tls(struct stream *s, struct error *err);
/* The library's view of the stream; freed with mailstream_close, which frees *s too. NULL: out of
   memory (s is still the caller's). */
mailstream *stream_library(struct stream *s);
void stream_free(struct stream *s);

/* A command is about to be sent: its tag, how many octets it asks for (the deadline grows with
   them), and the largest literal its answer may hold. */
void stream_command(struct stream *s, uint32_t tag, uint64_t asked_bytes, uint64_t literal_cap);
/* Has the command brought a SEARCH answer, if an empty one? */
bool stream_searched(const struct stream *s);
/* Straight to the server, past every buffer: for secrets. 0, or -1 with stream_error. */
int stream_write(struct stream *s, struct str octets);
/* Until the next command the server may repeat a secret that it was told: no error quotes it. */
void stream_keep_quiet(struct stream *s);
/* Waits until there is a whole line to read, at most until deadline_us. 1, 0 at the deadline (which
   leaves the stream usable), -1 with stream_error. */
int stream_wait_line(struct stream *s, int64_t deadline_us);

/* Why the stream cannot be used any more; kind ERROR_NONE while it can. */
const struct error *stream_error(const struct stream *s);

#endif
