/* What sequences found in the messages of a bundle. */
#include "export_sequences.h"

#include "app/store.h"
#include "index/index.h"
#include "which_client.h"
#include <stdlib.h>
#include <string.h>

static int by_number(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
	return (a > b) - (a < b);
}

/* The bundle as it grows; messages are sorted. */
struct bundled {
	struct invocation *in;
	uint64_t *messages;
	size_t message_count;
	uint64_t **seqs;
	size_t *count;
};

static bool holds(const struct bundled *b, const struct sequence_finding *f)
{
	for (size_t i = 0; i < f->member_count; i++)
		if (!bsearch(&f->members[i], b->messages, b->message_count, sizeof(*b->messages),
			    by_number))
			return false;
	return true;
}

static int add_client(struct bundled *b, struct str client, struct arena *arena, struct error *err)
{
	struct indexed_sequence *all;
	size_t n;
	if (index_sequences(b->in->store->index, client, arena, &all, &n, err) < 0)
		return -1;
	uint64_t *room = realloc(*b->seqs, (*b->count + 2 * n + 1) * sizeof(*room));
	if (!room)
		return error_memory(err);
	*b->seqs = room;
	for (size_t i = 0; i < n; i++) {
		if (!holds(b, &all[i].found))
			continue;
		room[(*b->count)++] = all[i].seq;
		room[(*b->count)++] = all[i].rules_seq;
	}
	return 0;
}

static int find_clients(
	struct invocation *in, struct arena *arena, struct strs *out, struct error *err)
{
	const char *named = option(in, "client");
	if (!named)
		return index_clients(in->store->index, arena, out, err);
	out->items = arena_array(arena, 1, sizeof(*out->items));
	out->count = 1;
	return out->items ? client_named(in, str_from(named), arena, &out->items[0], err)
			  : error_memory(err);
}

int export_sequences(struct invocation *in, const uint64_t *messages, size_t message_count,
	uint64_t **seqs, size_t *count, struct error *err)
{
	struct arena arena = {0};
	struct strs clients = {0};
	struct bundled b = {.in = in,
		.messages = arena_array(&arena, message_count, sizeof(*messages)),
		.message_count = message_count,
		.seqs = seqs,
		.count = count};
	int result = b.messages ? find_clients(in, &arena, &clients, err) : error_memory(err);
	if (!result && message_count) {
		memcpy(b.messages, messages, message_count * sizeof(*messages));
		qsort(b.messages, message_count, sizeof(*messages), by_number);
	}
	for (size_t i = 0; i < clients.count && !result; i++)
		result = add_client(&b, clients.items[i], &arena, err);
	arena_finish(&arena);
	return result;
}
