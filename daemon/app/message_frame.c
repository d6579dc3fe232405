/* A message as its fetcher hands it over: a frame's head and octets become an item of the queue. */
#include "message_frame.h"

#include "base/limits.h"
#include "index/index.h"

uint32_t frame_number(const struct json_value *head, const char *key)
{
	int64_t value = json_to_int(json_get(head, key), 0);
	return value > 0 && value <= UINT32_MAX ? (uint32_t)value : 0;
}

/* A message in a file has its place there; any other one a folder's numbers. Of whatever name, but
   so that its record can be written. */
static bool has_place(const struct json_value *head, struct item *item)
{
	const struct json_value *file = json_get(head, "file");
	struct place *place = &item->raw.place;
	if (!place->folder.len || place->folder.len > FOLDER_NAME_MOST)
		return false;
	if (!file)
		return place->uid && place->uidvalidity;
	return file_place_read(file, &item->arena, &place->file) == 0 &&
		place->file.name.len <= FOLDER_NAME_MOST;
}

static int take_octets(const struct message_frame *frame, struct queue *q, struct item *item,
	const char **wrong, struct error *err)
{
	if (json_to_bool(json_get(frame->head, "pieces"), false)) {
		if (q->large)
			return queue_take_pieces(q, item, err);
		*wrong = "a message in pieces without its pieces";
		return 0;
	}
	/* pieces of what then could not be fetched to its end */
	queue_drop_pieces(q);
	item->raw.octets = arena_str(&item->arena, frame->payload);
	if (!item->raw.octets.ptr)
		return error_memory(err);
	item->owed_bytes = frame->payload.len;
	q->owed_bytes += frame->payload.len;
	/* one that keeps to its word waits when the bound is passed */
	if (q->owed_bytes > LIMIT_QUEUE_BYTES + LIMIT_FRAME)
		*wrong = "more than it may before it is acknowledged";
	/* of a whole message the octets count, not the server's word */
	if (item->raw.state == RAW_WHOLE)
		item->raw.size_bytes = frame->payload.len;
	return 0;
}

int message_frame_take(const struct message_frame *frame, struct queue *q, struct item *item,
	const char **wrong, struct error *err)
{
	const struct json_value *head = frame->head, *internal = json_get(head, "internal");
	int64_t state = json_to_int(json_get(head, "state"), -1);
	int64_t size = json_to_int(json_get(head, "size"), -1);
	item->raw = (struct raw){
		.place =
			{
				.account = frame->account,
				.folder = arena_str(
					&item->arena, json_to_str(json_get(head, "folder"))),
				.uidvalidity = frame_number(head, "uidvalidity"),
				.uid = frame_number(head, "uid"),
			},
		.has_internal = internal != NULL,
		.internal_at_us = json_to_int(internal, 0),
		.seen_at_us = frame->seen_at_us,
		.size_bytes = (uint64_t)size,
	};
	*wrong = NULL;
	if (!item->raw.place.folder.ptr)
		return error_memory(err);
	if (state < RAW_WHOLE || state > RAW_GONE || size < 0 || !has_place(head, item)) {
		*wrong = "a message without its place";
		return 0;
	}
	item->raw.state = (enum raw_state)state;
	return take_octets(frame, q, item, wrong, err);
}

int item_is_archived(const struct item *item, struct index *index, struct error *err)
{
	struct sha256 sum;
	uint64_t seq;
	if (!place_in_file(&item->raw.place) || item->large)
		return 0;
	return sha256_of(item->raw.octets, &sum, err) < 0
		? -1
		: index_find_octets(index, (struct str){0}, &sum, &seq, err);
}
