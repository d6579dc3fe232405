/* One mail out of a file: hashed as it stood there, brought into CRLF form. */
#ifndef OVERSTEP_SOURCE_FILE_MAIL_H
#define OVERSTEP_SOURCE_FILE_MAIL_H

#include "base/error.h"
#include "model/raw.h"

/* Zero-initialised is none. */
struct file_mail {
	struct sha256_stream *sum; /* of the octets as they stood */
	uint64_t found_bytes;      /* of these */
	uint64_t size_bytes;       /* in CRLF form */
	uint64_t crlf, lf;         /* line ends as they stood */
	bool ended_cr;             /* the last octet so far was a CR */
	struct buf octets;         /* in CRLF form, but for what was taken */
	struct buf start; /* the first LIMIT_HEADER_BLOCK of a mail whose octets are taken */
};

void file_mail_finish(struct file_mail *m);
int file_mail_begin(struct file_mail *m, struct error *err);
/* The next octets: as they stood, and what of them belongs to the mail (less, when the file quotes
   something). Fails: ERROR_MEMORY. */
int file_mail_add(struct file_mail *m, struct str found, struct str own, struct error *err);
/* Takes all octets that are there, borrowed until the next add: the mail comes in pieces. */
int file_mail_take(struct file_mail *m, struct str *out, struct error *err);
/* All is added: what the record says of it. */
int file_mail_end(struct file_mail *m, struct file_place *out, struct error *err);

#endif
