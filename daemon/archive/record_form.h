/* The written form of records, shared by the codec and by what fills records. */
#ifndef ARCHIVE_RECORD_FORM_H
#define ARCHIVE_RECORD_FORM_H

#include "model/record.h"

/* A value as one line of printable ASCII: every other byte, a backslash, and a space at either end
   become \xHH. Reads back exactly. */
void value_write(struct buf *out, struct str value);
/* The way back, appended to *out; false when it is not that form. */
bool value_read(struct str written, struct buf *out);

/* A word of a value that is a list of words: bytes outside printable ASCII, space, backslash and %
   become %HH as in a URL; "-" stands for the empty word. Reads back exactly. */
void word_write(struct buf *out, struct str word);
bool word_read(struct str written, struct arena *arena, struct str *out);

/* "data/messages/000004.eml": named from numbers only, never from what came in. */
#define BLOB_PATH_SIZE 64
void record_blob_path(enum record_type type, uint64_t seq, char out[BLOB_PATH_SIZE]);
/* "data/redacted/000004.txt": a message's copy with words covered */
void record_twin_path(uint64_t seq, char out[BLOB_PATH_SIZE]);
/* "data/records/000004.txt" */
void record_text_path(uint64_t seq, char out[BLOB_PATH_SIZE]);

/* "acme 2" */
void peer_write(struct buf *out, const struct peer *peer);
bool peer_read(struct str written, struct arena *arena, struct peer *out);

/* The lines of a place: `imap:`, or of a message in a file `file:` (account, format, folder, name,
   number, start, octets there), `found:` (line ends and SHA-256 as it stood there) and, of a chat's
   export, `export:` (SHA-256 of the file, zone, locale). 0, or -1 without memory. */
int place_add(struct record *r, const struct place *place);
/* The way back: NULL, or the key of the line that cannot be read. Strings in r->arena. */
const char *place_get(struct record *r, struct place *out);

/* A clock's time as records and bundles write it; false, and nothing written, when the message has
   no such clock or its year is outside 1 to 9999. */
bool clock_write(struct buf *out, const struct clocks *clocks, enum clock_kind kind);

#endif
