/* The part of `overstep status` on how good the evidence is: anchored, watched, past its time. */
#ifndef OVERSTEP_DAEMON_CLI_STATUS_EVIDENCE_H
#define OVERSTEP_DAEMON_CLI_STATUS_EVIDENCE_H

#include "command.h"
#include "report/coverage.h"
#include "rule_proposals.h"

struct archive;
struct json_value;
struct json_writer;

/* Zero-initialised: nothing is known. */
struct status_evidence {
	struct arena arena;
	uint64_t anchored; /* records that somebody else has witnessed */
	int64_t anchored_at_us;
	bool unanchored; /* there are others */
	int64_t unanchored_since_us;
	struct str trouble;          /* of the last try; borrowed */
	struct coverage_line *lines; /* of the last week */
	size_t line_count;
	uint64_t unread;  /* messages that could not be had, and are tried again */
	uint64_t expired; /* those past their client's retention */
	struct rule_proposals proposals;
};

/* service: what it answered, NULL when it does not run. The index as it is: nothing is folded. */
int status_evidence_look(struct invocation *in, struct archive *archive,
	const struct json_value *service, struct status_evidence *out, struct error *err);
void status_evidence_show(struct invocation *in, const struct status_evidence *e);
void status_evidence_write(
	struct invocation *in, const struct status_evidence *e, struct json_writer *w);
void status_evidence_finish(struct status_evidence *e);

#endif
