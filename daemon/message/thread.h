/* Message-ID, In-Reply-To and References: what a conversation hangs together by. */
#ifndef OVERSTEP_MESSAGE_THREAD_H
#define OVERSTEP_MESSAGE_THREAD_H

#include "model/message.h"

/* The first id of a raw value without its < >; absent when there is none. -1: out of memory. */
int thread_id(struct arena *a, struct str raw_value, struct str *out);

/* All ids; of more than LIMIT_REFERENCES the newest, which stand last. */
int thread_references(struct arena *a, struct str raw_value, struct message *out);

#endif
