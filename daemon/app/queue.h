/* What one account has sent and is not committed yet, in the order in which it came. */
#ifndef OVERSTEP_DAEMON_APP_QUEUE_H
#define OVERSTEP_DAEMON_APP_QUEUE_H

#include "app/pipeline.h"
#include "app/store.h"
#include "base/error.h"

enum item_kind { ITEM_MESSAGE, ITEM_POSITION };

struct archive;
struct blob_writer;

/* A message waits until it is read; a position is ready, but not before what came before it. */
struct item {
	struct item *next;
	enum item_kind kind;
	struct arena arena; /* strings and octets below */
	bool ready;
	struct raw raw;
	struct blob_writer *large; /* a message that came in pieces: its octets; else NULL */
	struct str gap;            /* why nothing can be stored of it; absent: it can */
	uint64_t settles;          /* the record that says that it could not be had; 0: none does */
	uint64_t owed_bytes;       /* to be acknowledged to the fetcher */
	struct reading reading;
	struct entry_position position;
};

/* Zero-initialised is empty. */
struct queue {
	struct item *first, *last;
	size_t count;
	uint64_t owed_bytes;       /* of all items */
	struct blob_writer *large; /* of the message whose pieces are coming, else NULL */
	struct buf start;          /* its first octets, for the readers */
};

void queue_finish(struct queue *q);
/* Forgets the pieces of a message that will not come whole. */
void queue_drop_pieces(struct queue *q);
/* Appends an empty item; NULL when out of memory. */
struct item *queue_add(struct queue *q, enum item_kind kind);
/* Takes the first `count` items off and frees them. */
void queue_drop(struct queue *q, size_t count);

/* A piece of a large message: only its start stays in memory. Fails as blob_writer_add. */
int queue_add_piece(struct queue *q, struct archive *archive, struct str piece, struct error *err);
/* The pieces become the item's: `large`, and their start as raw.octets. */
int queue_take_pieces(struct queue *q, struct item *item, struct error *err);

#endif
