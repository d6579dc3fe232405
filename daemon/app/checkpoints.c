/* When the log is committed to: once an hour at most, where something is new. */
#include "checkpoints.h"

#include "app/events.h"
#include "app/store.h"
#include "archive/archive.h"
#include "archive/checkpoint.h"
#include <stdlib.h>

#define EVERY_US HOUR_US
/* A first run fetches for a while: what it brings belongs under the first checkpoint. */
#define FIRST_US MINUTE_US

/* Since when the newest checkpoint holds, by its last record: 1 and *at_us, 0 there is none, -1. */
static int newest_at(struct store *s, int64_t *at_us, struct error *err)
{
	struct stored_checkpoint newest = {0};
	struct record record;
	record_init(&record);
	int result = archive_checkpoint_at(s->archive, UINT64_MAX, &newest, err);
	if (result > 0)
		result = archive_record_at(s->archive, newest.checkpoint.records, &record, err);
	if (result > 0)
		*at_us = record.stored_at_us;
	stored_checkpoint_finish(&newest);
	record_finish(&record);
	return result;
}

/* How long until one is due; 0 or less: now. */
static int time_left(struct store *s, const struct clock *clock, bool first, bool ending,
	int64_t *out, struct error *err)
{
	int64_t at_us = 0;
	int known = newest_at(s, &at_us, err);
	if (known < 0)
		return -1;
	int64_t passed = clock_now_us(clock) - at_us;
	if (!known)
		*out = first && !ending ? FIRST_US : 0;
	else /* a clock that was set back is no reason to wait for it */
		*out = passed < 0 ? 0 : EVERY_US - passed;
	return 0;
}

static int make(struct checkpoints *c, struct store *s, struct error *err)
{
	struct error why = {0};
	int made = store_checkpoint(s, &why);
	if (made >= 0) {
		c->told = false;
		return 0;
	}
	if (why.kind != ERROR_CONFIG && why.kind != ERROR_NOT_FOUND) {
		*err = why;
		return -1;
	}
	if (!c->told)
		log_event(&event_cannot_sign, LOG_FIELDS(log_cstr("reason", why.text)));
	c->told = true;
	return 0;
}

int checkpoints_turn(struct checkpoints *c, struct store *s, const struct clock *clock, bool ending,
	struct error *err)
{
	int64_t now = clock_monotonic_us(), left;
	if (now < c->due_us && !ending)
		return 0;
	if (time_left(s, clock, !c->due_us, ending, &left, err) < 0)
		return -1;
	if (left > 0) {
		c->due_us = now + (left < EVERY_US ? left : EVERY_US);
		return 0;
	}
	c->due_us = now + EVERY_US;
	return make(c, s, err);
}
