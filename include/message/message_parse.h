/* From a mail's octets to a struct message, within bounds; and the small scan that finds whose mail
 * it is. */
#ifndef OVERSTEP_MESSAGE_MESSAGE_PARSE_H
#define OVERSTEP_MESSAGE_MESSAGE_PARSE_H

#include "base/error.h"
#include "model/client.h"
#include "model/message.h"
#include "model/platform.h"
#include "model/raw.h"

/* GMime's one-time start; call once in each process that parses. */
void message_library_start(void);

/* Parses. A bound that was reached is no failure: out->examined says which, headers are as far as
   they could be read, parts are empty. The clocks received and date are set here; internal and seen
   are taken from raw, then used and agreed are worked out (clocks_settle). out must be
   message_init'ed. Fails: ERROR_MEMORY only. */
int message_parse(const struct raw *raw, struct message *out, struct error *err);

/* contract.md, Time: received, else internal, else date, else seen; agreed within 15 minutes. */
void clocks_settle(struct clocks *c);

/* Header scan of our own, before MIME: every address of From, Sender, Reply-To, To, Cc, Bcc,
   X-Original-From, X-Original-Sender, Resent-*, Delivered-To of the header block, within
   LIMIT_HEADER_BLOCK, LIMIT_HEADERS and LIMIT_ADDRESSES. Never fails on bad bytes. */
struct parties {
	struct arena arena;
	struct addresses
		from; /* From, Sender, and who stands behind a From that a list has rewritten */
	struct addresses others;
	size_t original_count;           /* the first of from: who stands behind a rewritten one */
	size_t author_count;             /* those and From, or Sender where neither is there */
	const struct platform *platform; /* that sent it, or NULL */
	struct str speaker;              /* for whom; absent: the form of its mail is not known, */
	struct str told;                 /* but From's name and the subject may name somebody */
	bool cut;                        /* a bound was reached: there may be more */
	struct str unread; /* ... in this part of the octets, or behind LIMIT_HEADER_BLOCK */
};
void parties_init(struct parties *p);
void parties_finish(struct parties *p);
int parties_scan(struct str octets, struct parties *out, struct error *err);

/* Who wrote it and to whom, from parties: the clients concerned and the direction. A client whose
   address stands somewhere in `unread` is concerned, and one who is named in mail of a platform
   that does not speak for anybody in a known form.
   members: client_count flags, true where that client is a party. */
struct involvement {
	bool any;
	enum direction direction; /* out when I wrote it, and in otherwise */
	size_t client;  /* index of the primary client: the sender's, else the first configured that
			   is a party */
	bool by_client; /* `client` wrote it, not I or somebody else */
	bool *members;  /* caller's array of client_count */
};
void parties_involve(const struct parties *p, const struct me *me, const struct client *clients,
	size_t client_count, struct involvement *out);

/* RFC 5322 section 3.3 with the obsolete forms of 4.3; comments and odd zones as real mail has
   them. Out: us UTC, and the offset as written (minutes; -0000 and unknown names are 0). */
bool date_header_parse(struct str value, int64_t *at_us, int *offset_min);

/* RFC 2047 in a header value, word by word; malformed text is kept. Appends UTF-8. */
void header_decode(struct str raw_value, struct buf *out);

#endif
