/* Anchors as records, and back. */
#include "archive/anchor.h"

#include "base/clock.h"
#include <inttypes.h>
#include <stdio.h>

int anchor_write(const struct anchor *a, struct record *out, struct error *err)
{
	char records[24], at[TIME_TEXT_SIZE];
	out->type = RECORD_ANCHOR;
	snprintf(records, sizeof(records), "%" PRIu64, a->records);
	time_format(a->at_us, 0, true, at);
	if (record_add(out, "checkpoint", str_from(records)) < 0 ||
		record_add(out, "kind", a->kind) < 0 || record_add(out, "source", a->source) < 0 ||
		(a->has_time && record_add(out, "time", str_from(at)) < 0) ||
		(a->signer.len && record_add(out, "signer", a->signer) < 0))
		return error_memory(err);
	return 0;
}

int anchor_read(const struct record *r, struct anchor *out, struct error *err)
{
	struct str at = record_get(r, "time", 0);
	struct anchor a = {
		.kind = record_get(r, "kind", 0),
		.source = record_get(r, "source", 0),
		.signer = record_get(r, "signer", 0),
		.has_time = at.ptr != NULL,
	};
	int offset_min;
	if (!str_to_u64(record_get(r, "checkpoint", 0), INT64_MAX, &a.records) || !a.kind.len ||
		(a.has_time && !time_parse(at, &a.at_us, &offset_min)))
		return error_set(err, ERROR_INTEGRITY, "record %" PRIu64 " is no anchor", r->seq);
	*out = a;
	return 0;
}
