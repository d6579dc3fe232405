/* Anchors: each is on a checkpoint that is there, and by somebody. */
#include "verify_run.h"

#include "archive/anchor.h"
#include "base/timestamp.h"
#include <inttypes.h>

/* Does its checkpoint fit the log? A stamp on one that does not says nothing of the log. */
static bool holds(const struct verify_run *v, uint64_t records)
{
	for (size_t i = v->held_count; i-- > 0 && v->held[i] >= records;)
		if (v->held[i] == records)
			return true;
	return false;
}

static void check_stamp(struct verify_run *v, const struct record *record,
	const struct anchor *anchor, struct str body, struct str proof)
{
	struct timestamp stamp;
	struct error why = {0};
	int fits = timestamp_check(body, (struct str){0}, proof, v->plan->roots_pem, &stamp, &why);
	if (fits < 0)
		verify_tell(v, VERIFY_ALTERED, "anchor", record->seq, "E-%06" PRIu64 ": %s",
			record->seq, why.text);
	else if (!fits)
		verify_tell(v, VERIFY_CANNOT_TELL, "anchor", record->seq,
			"E-%06" PRIu64 " is a time stamp by '%s', for whom nobody vouches here: "
			"name its authority's certificate by 'ca_file'",
			record->seq, stamp.name);
	else if (stamp.at_us / 1000000 != anchor->at_us / 1000000)
		verify_tell(v, VERIFY_ALTERED, "anchor", record->seq,
			"E-%06" PRIu64 " states another time than its stamp", record->seq);
	else if (holds(v, anchor->records) && anchor->records >= v->summary.anchored) {
		v->summary.anchored = anchor->records;
		v->summary.anchored_at_us = stamp.at_us;
	}
}

int verify_anchor(struct verify_run *v, struct record *record, struct error *err)
{
	struct anchor anchor;
	struct stored_checkpoint c = {0};
	struct buf proof = {0};
	struct error why = {0};
	if (anchor_read(record, &anchor, &why) < 0) {
		verify_tell(v, VERIFY_ALTERED, "anchor", record->seq, "%s", why.text);
		return 0;
	}
	int found = archive_checkpoint_at(v->archive, anchor.records, &c, &why);
	if (found > 0 && c.checkpoint.records != anchor.records)
		found = 0;
	if (!found)
		verify_tell(v, VERIFY_ALTERED, "checkpoint", record->seq,
			"E-%06" PRIu64 " anchors a checkpoint of %" PRIu64 " records that is gone",
			record->seq, anchor.records);
	else if (anchor.records >= record->seq)
		verify_tell(v, VERIFY_ALTERED, "anchor", record->seq,
			"E-%06" PRIu64 " anchors a checkpoint that comes later", record->seq);
	else if (!record->has_blob && str_eq(anchor.kind, STR(ANCHOR_RFC3161)))
		verify_tell(v, VERIFY_ALTERED, "anchor", record->seq,
			"E-%06" PRIu64 " is an anchor without its time stamp", record->seq);
	if (found > 0 && record->has_blob && str_eq(anchor.kind, STR(ANCHOR_RFC3161)))
		found = archive_blob(v->archive, &record->blob, &proof, &why);
	if (found > 0 && proof.len)
		check_stamp(v, record, &anchor, buf_str(&c.body), buf_str(&proof));
	stored_checkpoint_finish(&c);
	buf_finish(&proof);
	/* what is altered is told with the checkpoints and the octets */
	if (found < 0 && why.kind != ERROR_INTEGRITY) {
		*err = why;
		return -1;
	}
	return 0;
}
