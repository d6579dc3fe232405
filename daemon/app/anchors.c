/* When others are asked to witness the newest checkpoint, and what becomes of their answers. */
#include "anchors.h"

#include "anchor_desk.h"
#include "app/events.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "archive/anchor.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/json.h"
#include "channel.h"
#include "config/config.h"
#include "index/index.h"
#include "keeper_state.h"
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>

#define LOOK_US (10 * MINUTE_US)
#define RETRY_US (5 * MINUTE_US)
#define RETRY_MOST_US (6 * HOUR_US)
#define DRAIN_MS 35000

static bool is_configured(const struct config *c)
{
	return anchor_witnesses(c) > 0;
}

size_t anchors_poll(const struct anchors *a, struct pollfd *out, size_t room)
{
	if (!a->process.pid || !room)
		return 0;
	out[0] = (struct pollfd){.fd = channel_fd(a->process.channel), .events = POLLIN};
	return 1;
}

void anchors_end(struct anchors *a)
{
	process_end(&a->process);
	stored_checkpoint_finish(&a->asked);
	a->asked = (struct stored_checkpoint){0};
}

/* What the archive knows from before. */
static int look_back(struct keeper *k, struct error *err)
{
	struct anchors *a = &k->anchors;
	struct record record;
	struct anchor anchor;
	uint64_t seq;
	record_init(&record);
	int found = index_newest(k->store->index, RECORD_ANCHOR, &seq, err);
	if (found > 0)
		found = archive_record_at(k->store->archive, seq, &record, err);
	if (found > 0 && record.seq == seq && anchor_read(&record, &anchor, NULL) == 0) {
		a->records = anchor.records;
		a->at_us = record.stored_at_us;
	}
	a->known = found >= 0;
	record_finish(&record);
	return found < 0 ? -1 : 0;
}

static int ask_witness(struct keeper *k, struct error *err)
{
	struct anchors *a = &k->anchors;
	const struct spawn_order order = {
		.kind = SPAWN_ANCHOR,
		.number = (uint32_t)a->witness,
		.text = buf_str(&a->asked.body),
	};
	return spawner_start(&k->spawner, &order, &a->process, err);
}

static int begin_round(struct keeper *k, struct error *err)
{
	k->anchors.stamps = 0;
	k->anchors.vouched = false;
	k->anchors.witness = 0;
	return ask_witness(k, err);
}

static int begin_if_due(struct keeper *k, struct error *err)
{
	struct anchors *a = &k->anchors;
	int64_t now = clock_monotonic_us();
	if (now < a->due_us)
		return 0;
	a->due_us = now + LOOK_US;
	if (!a->known && look_back(k, err) < 0)
		return -1;
	int64_t passed_us = clock_now_us(k->plan->clock) - a->at_us;
	if (a->records && passed_us >= 0 && passed_us < k->book->config->anchor_every_s * SECOND_US)
		return 0;
	stored_checkpoint_finish(&a->asked);
	a->asked = (struct stored_checkpoint){0};
	int found = archive_checkpoint_at(k->store->archive, UINT64_MAX, &a->asked, err);
	if (found <= 0 || a->asked.checkpoint.records <= a->records)
		return found < 0 ? -1 : 0;
	return begin_round(k, err);
}

static void note_failure(struct anchors *a, struct str source, struct str text)
{
	/* once for a spell of them */
	if (!a->failures && !a->trouble[0])
		log_event(&event_anchor_failed,
			LOG_FIELDS(log_text("source", source), log_text("reason", text)));
	snprintf(a->trouble, sizeof(a->trouble), "%.*s", STR_ARG(text));
}

static int keep(struct keeper *k, const struct frame *frame, const struct json_value *head,
	struct error *err)
{
	struct anchors *a = &k->anchors;
	struct record record;
	const struct json_value *at = json_get(head, "at_s");
	int64_t at_s = json_to_int(at, 0);
	struct anchor anchor = {
		.records = a->asked.checkpoint.records,
		.kind = json_to_str(json_get(head, "kind")),
		.source = json_to_str(json_get(head, "source")),
		.signer = json_to_str(json_get(head, "signer")),
		.has_time = at != NULL,
	};
	/* RFC 3339 ends with the year 9999, and the desk has read what a stranger sent */
	if (at_s < 0 || at_s > INT64_C(253402300799)) {
		note_failure(a, anchor.source, STR("its time stamp names no time"));
		return 0;
	}
	anchor.at_us = at_s * SECOND_US;
	record_init(&record);
	int result = anchor_write(&anchor, &record, err);
	if (!result)
		result = store_append(k->store, &record,
			frame->payload.len ? frame->payload : (struct str){0}, err);
	if (!result) {
		a->stamps++;
		a->records = anchor.records;
		a->at_us = record.stored_at_us;
	}
	record_finish(&record);
	if (json_to_bool(json_get(head, "vouched"), false))
		a->vouched = true;
	else if (!result)
		note_failure(a, anchor.source,
			STR("nobody vouches for who signed its time stamp, which is kept all the "
			    "same: set anchor.ca_file"));
	return result;
}

static void end_round(struct anchors *a)
{
	if (a->stamps) {
		a->failures = 0;
		if (a->vouched)
			a->trouble[0] = '\0';
	} else {
		int64_t wait_us = RETRY_US;
		for (unsigned i = 0; i < a->failures && wait_us < RETRY_MOST_US; i++)
			wait_us *= 2;
		a->failures++;
		a->due_us = clock_monotonic_us() + wait_us;
	}
	anchors_end(a);
}

/* The next one is asked, or all were. */
static int end_witness(struct keeper *k, struct error *err)
{
	struct anchors *a = &k->anchors;
	process_end(&a->process);
	if (++a->witness < anchor_witnesses(k->book->config))
		return ask_witness(k, err);
	end_round(a);
	return 0;
}

static int take(struct keeper *k, const struct frame *frame, struct error *err)
{
	struct json_document *head = NULL;
	int result = 0;
	if (json_parse(frame->head, &head, err) < 0)
		return -1;
	if (str_eq(str_from(frame->verb), STR("stamp")))
		result = keep(k, frame, json_root(head), err);
	else if (str_eq(str_from(frame->verb), STR("failed")))
		note_failure(&k->anchors, json_to_str(json_get(json_root(head), "source")),
			json_to_str(json_get(json_root(head), "text")));
	else
		result = end_witness(k, err);
	json_free(head);
	return result;
}

int anchors_turn(struct keeper *k, struct error *err)
{
	struct anchors *a = &k->anchors;
	struct error lost = {0};
	struct frame frame;
	if (!is_configured(k->book->config))
		return 0;
	if (!a->process.pid)
		return begin_if_due(k, err);
	int more = channel_next(a->process.channel, &frame, &lost);
	if (more > 0)
		return take(k, &frame, err);
	if (more < 0) {
		note_failure(a, STR("overstep-anchor"), STR("its process ended unexpectedly"));
		return end_witness(k, err);
	}
	return 0;
}

int anchors_drain(struct keeper *k, struct error *err)
{
	struct pollfd fd;
	/* there may be a checkpoint now that was not there when it was last looked for */
	if (!k->anchors.failures)
		k->anchors.due_us = 0;
	if (anchors_turn(k, err) < 0)
		return -1;
	while (!k->stopping && anchors_poll(&k->anchors, &fd, 1) && keeper_wait(k, &fd, DRAIN_MS))
		if (anchors_turn(k, err) < 0)
			return -1;
	return 0;
}

void anchors_write(const struct keeper *k, struct json_writer *w)
{
	const struct anchors *a = &k->anchors;
	char at[TIME_TEXT_SIZE];
	time_format(a->at_us, 0, true, at);
	json_object(w, "anchored");
	json_bool(w, "configured", is_configured(k->book->config));
	json_int(w, "records", (int64_t)a->records);
	json_cstr(w, "at", a->records ? at : NULL);
	json_cstr(w, "trouble", a->trouble[0] ? a->trouble : NULL);
	json_object_end(w);
}
