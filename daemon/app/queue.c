/* What one account has sent and is not committed yet, in the order in which it came. */
#include "queue.h"

#include "archive/blob.h"
#include "base/limits.h"
#include <stdlib.h>

static void item_free(struct item *item)
{
	blob_writer_close(item->large);
	reading_finish(&item->reading);
	arena_finish(&item->arena);
	free(item);
}

struct item *queue_add(struct queue *q, enum item_kind kind)
{
	struct item *item = calloc(1, sizeof(*item));
	if (!item)
		return NULL;
	item->kind = kind;
	item->ready = kind == ITEM_POSITION;
	reading_init(&item->reading);
	*(q->first ? &q->last->next : &q->first) = item;
	q->last = item;
	q->count++;
	return item;
}

void queue_drop(struct queue *q, size_t count)
{
	while (count-- && q->first) {
		struct item *item = q->first;
		q->first = item->next;
		q->count--;
		q->owed_bytes -= item->owed_bytes;
		item_free(item);
	}
}

void queue_drop_pieces(struct queue *q)
{
	blob_writer_close(q->large);
	q->large = NULL;
	buf_finish(&q->start);
}

void queue_finish(struct queue *q)
{
	queue_drop(q, q->count);
	queue_drop_pieces(q);
}

int queue_add_piece(struct queue *q, struct archive *archive, struct str piece, struct error *err)
{
	if (!q->large && blob_writer_open(archive, &q->large, err) < 0)
		return -1;
	size_t room = q->start.len < LIMIT_PARSE ? LIMIT_PARSE - q->start.len : 0;
	buf_add_str(&q->start, str_slice(piece, 0, room));
	return q->start.failed ? error_memory(err) : blob_writer_add(q->large, piece, err);
}

int queue_take_pieces(struct queue *q, struct item *item, struct error *err)
{
	if (!q->large)
		return error_set(err, ERROR_INPUT, "a message in pieces without its pieces");
	item->raw.octets = arena_str(&item->arena, buf_str(&q->start));
	if (!item->raw.octets.ptr)
		return error_memory(err);
	if (blob_writer_end(q->large, NULL, &item->raw.size_bytes, err) < 0)
		return -1;
	item->large = q->large;
	q->large = NULL;
	queue_drop_pieces(q);
	return 0;
}
