/* Which polite words answer a message: chosen by what was found in it, in its language. */
#ifndef OVERSTEP_DAEMON_CLI_REPLY_H
#define OVERSTEP_DAEMON_CLI_REPLY_H

#include "command.h"
#include "index/index.h"

/* What is to be answered. Borrowed. */
struct reply_subject {
	uint64_t seq; /* asked for: a message, or what a sequence found */
	struct str client;
	const struct indexed_message *message; /* the client's; of a sequence its last */
	const struct indexed_finding *findings;
	size_t finding_count;
};

/* Strings in arena, the rulebook or the subject. */
struct reply {
	const struct indexed_finding *finding;
	struct str lang;       /* of the words */
	const char *lang_why;  /* "the rule's language" */
	struct str person, to; /* who wrote it; the name may be absent */
	struct str text;       /* the whole mail: greeting, words, closing */
	struct str subject;
};

/* The finding that is answered: that of the rule, or the gravest that counts. Fails: ERROR_USAGE
   (no such finding), ERROR_NOT_FOUND (none, or none that its rule has words for), ERROR_MEMORY. */
int reply_choose(const struct reply_subject *subject, struct str rule,
	const struct indexed_finding **out, struct error *err);
/* lang: asked for, else absent. Fails as above. */
int reply_write(const struct invocation *in, const struct reply_subject *subject,
	const struct indexed_finding *finding, struct str lang, int64_t now_us, struct arena *arena,
	struct reply *out, struct error *err);
/* Does it count: live, consented to by nobody, marked neither wrong nor agreed? */
bool reply_counts(const struct indexed_finding *f);

/* reply_draft.c: is that the name of a draft that was made here? */
bool reply_is_ours(struct str message_id);
/* reply_draft.c: puts it among the drafts of the account that the message came from. */
struct reply_draft {
	struct str account, folder, message_id; /* in arena */
	bool made;                              /* else it was there */
};
int reply_put_draft(const struct invocation *in, const struct reply_subject *subject,
	const struct reply *reply, int64_t now_us, struct arena *arena, struct reply_draft *out,
	struct error *err);

#endif
