/* A message as a source hands it over: octets and where they stood, nothing looked at yet. */
#ifndef OVERSTEP_MODEL_RAW_H
#define OVERSTEP_MODEL_RAW_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/str.h"

struct json_value;
struct json_writer;

/* How the lines of an imported message ended where it stood; of mail the archive keeps CRLF. */
enum line_ends { LINE_ENDS_CRLF, LINE_ENDS_LF, LINE_ENDS_MIXED, LINE_ENDS_COUNT };
const char *line_ends_name(enum line_ends e);
bool line_ends_parse(struct str name, enum line_ends *out);

/* Where an imported message stood in a file, and what that file is. */
struct file_place {
	struct str format;   /* "mbox"; absent: it was fetched from a server */
	struct str name;     /* of the file, as it was given */
	uint64_t number;     /* of the message in the file, from 1 */
	uint64_t start;      /* the message's first octet in the file */
	uint64_t size_bytes; /* its octets there; 0: it has no octets of its own in the file */
	enum line_ends line_ends;
	struct sha256 sum; /* of those octets, as they stood */
	bool has_export;
	struct sha256 export;    /* of the whole file, which the archive holds: chat exports */
	struct str zone, locale; /* by which its times were read; absent: the file tells itself */
	struct str author;       /* of a chat: as the export names who wrote it */
	/* Of a chat, not recorded: how many messages of the same octets, and of the same speech,
	   the conversation had by then, itself included. */
	uint64_t occurrence, speech_occurrence;
	bool has_speech; /* when it has a date */
	struct sha256 speech;
};

/* {"name","format","number","start","bytes","line_ends","sha256","export_sha256","zone","locale","author"}:
   what the file does not have is null. Fails: -1 when it is not that form, or out of memory. */
void file_place_write(struct json_writer *w, const char *key, const struct file_place *f);
int file_place_read(const struct json_value *v, struct arena *arena, struct file_place *out);

/* Where a message stood. Strings belong to whoever made the struct. */
struct place {
	struct str account;
	struct str folder;    /* decoded, UTF-8 */
	uint32_t uidvalidity; /* 0 and 0: in a file */
	uint32_t uid;
	struct file_place file;
};
bool place_in_file(const struct place *p);

enum raw_state {
	RAW_WHOLE,     /* octets is the message in CRLF form */
	RAW_TOO_LARGE, /* over max_size: octets is the header only, size_bytes the server's word */
	RAW_POISON,    /* could not be fetched: octets may be empty */
	RAW_GONE,      /* was that, and is at its source no longer */
};

struct raw {
	struct place place;
	enum raw_state state;
	bool has_internal;
	int64_t internal_at_us; /* INTERNALDATE */
	int64_t seen_at_us;     /* when we first had it */
	uint64_t size_bytes;    /* RFC822.SIZE, or octets.len */
	struct str octets;
};

#endif
