/* What a client's history is asked with. */
#ifndef OVERSTEP_DAEMON_INDEX_HISTORY_H
#define OVERSTEP_DAEMON_INDEX_HISTORY_H

#include "database.h"

/* A mail with two clients is of both, but its words are those of the one who wrote it; mine are
   said to all of them. */
#define OWN_WORDS "(m.outgoing OR j.author = p.client)"

#define CLIENT_MESSAGES                                                                            \
	" FROM peer p JOIN message m ON m.seq = p.seq JOIN judgement j ON j.seq = p.seq"

/* Only a chat's messages come from an export that is kept. */
#define IN_CHAT "(m.file IS NOT NULL AND m.file ->> 'export_sha256' IS NOT NULL)"

/* With the client as ?1; sqlite3_finalize it. */
int history_prepare(
	struct index *x, const char *sql, struct str client, sqlite3_stmt **out, struct error *err);
/* Sets walk and findings; both live as long as arena and index. */
int history_findings(struct index *x, struct str client, struct arena *arena,
	struct risk_history *out, struct error *err);

#endif
