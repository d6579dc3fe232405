/* A message as its fetcher hands it over: a frame's head and octets become an item of the queue. */
#ifndef OVERSTEP_DAEMON_APP_MESSAGE_FRAME_H
#define OVERSTEP_DAEMON_APP_MESSAGE_FRAME_H

#include "base/json.h"
#include "queue.h"

#define FOLDER_NAME_MOST 4096 /* octets; Dovecot's own bound, and that of a path */

struct index;

/* All borrowed for the call. */
struct message_frame {
	const struct json_value *head; /* fetcher.h, `message` */
	struct str payload;
	struct str account; /* must live as long as the item */
	int64_t seen_at_us;
};

/* The head's number of that key, 0 when it has none of 32 bits. */
uint32_t frame_number(const struct json_value *head, const char *key);
/* Fills the item, which is the last of q, and takes pieces that came before it. *wrong: what the
   fetcher should not have sent; NULL, it keeps to the form. Fails: ERROR_MEMORY, as
   blob_writer_end.
 */
int message_frame_take(const struct message_frame *frame, struct queue *q, struct item *item,
	const char **wrong, struct error *err);
/* Files are read anew after each start, and most of what is in them is here: 1, 0 (or not from a
   file, or in pieces), -1. */
int item_is_archived(const struct item *item, struct index *index, struct error *err);

#endif
