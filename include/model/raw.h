/* A message as a source hands it over: octets and where they stood, nothing looked at yet. */
#ifndef OVERSTEP_MODEL_RAW_H
#define OVERSTEP_MODEL_RAW_H

#include "base/str.h"

/* Where a message stood. Strings belong to whoever made the struct. */
struct place {
	struct str account;
	struct str folder; /* decoded, UTF-8 */
	uint32_t uidvalidity;
	uint32_t uid;
};

enum raw_state {
	RAW_WHOLE,     /* octets is the message in CRLF form */
	RAW_TOO_LARGE, /* over max_size: octets is the header only, size_bytes the server's word */
	RAW_POISON,    /* could not be fetched: octets may be empty */
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
