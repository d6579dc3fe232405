/* What a command changes can be part of a sequence: they are looked for again. */
#include "follow.h"

#include "base/clock.h"
#include "index/index.h"

int follow_sequences(struct invocation *in, const struct strs *clients, bool forget,
	struct sequences_outcome *out, struct error *err)
{
	struct sequences_plan plan = {
		.book = in->book,
		.clients = clients,
		.now_us = clock_now_us(NULL),
		.forget = forget,
	};
	return index_last_seen(in->store->index, &plan.read_until_us, err) < 0
		? -1
		: store_sequences(in->store, &plan, out, err);
}
