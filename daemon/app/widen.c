/* A client was added: archived messages that are its too get a peer record. */
#include "widen.h"

#include "archive/archive.h"
#include "base/limits.h"
#include "index/index.h"
#include <stdlib.h>

#define WINDOW_MESSAGES 64
#define WINDOW_BYTES (8 * MIB)

struct widening {
	struct store *store;
	struct stored_message items[WINDOW_MESSAGES];
	struct stored_message *messages[WINDOW_MESSAGES];
	size_t count;
	uint64_t next; /* record */
	const struct store_progress *progress;
};

static bool holds_line(struct str text, struct str wanted)
{
	struct str line;
	while (str_line(&text, &line))
		if (str_eq(line, wanted))
			return true;
	return false;
}

/* Does `new` name an address, a user of a platform or a name in chats that `old` does not? (terms.c
   writes them.) */
static bool names_more(struct str old, struct str new)
{
	struct str line;
	while (str_line(&new, &line))
		if ((str_starts(line, STR("address: ")) || str_starts(line, STR("platform: ")) ||
			    str_starts(line, STR("chat-name: "))) &&
			!holds_line(old, line))
			return true;
	return false;
}

/* The terms that were in force last: 1, 0 when there are none, -1. */
static int load_last_terms(struct store *s, struct buf *out, struct error *err)
{
	uint64_t seq;
	struct record record;
	int result = index_newest(s->index, RECORD_CALENDAR, &seq, err);
	if (result <= 0)
		return result;
	record_init(&record);
	result = archive_record_at(s->archive, seq, &record, err);
	if (result > 0)
		result = record.has_blob ? archive_blob(s->archive, &record.blob, out, err) : 0;
	record_finish(&record);
	return result;
}

/* The next messages of the log; 1 some, 0 the end, -1. */
static int load_window(struct widening *w, struct error *err)
{
	size_t bytes = 0;
	struct record record;
	record_init(&record);
	int more = 1;
	for (w->count = 0; more > 0 && w->count < WINDOW_MESSAGES && bytes < WINDOW_BYTES;) {
		more = archive_record_at(w->store->archive, w->next, &record, err);
		if (more <= 0)
			break;
		w->next = record.seq + 1;
		if (record.type != RECORD_MESSAGE)
			continue;
		struct stored_message *item = &w->items[w->count];
		if (stored_message_load(w->store, record.seq, item, err) < 0)
			more = -1;
		/* whose it is, is to be found out as if it had just come */
		item->known = (struct known){0};
		bytes += item->octets.len;
		w->messages[w->count++] = item;
	}
	record_finish(&record);
	return more < 0 ? -1 : w->count > 0;
}

static bool is_peer(const struct indexed_message *m, struct str client)
{
	for (size_t i = 0; i < m->clients.count; i++)
		if (str_eq(m->clients.items[i], client))
			return true;
	return false;
}

static int append_peers(struct store *s, const struct stored_message *item, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	struct record record;
	record_init(&record);
	int result = index_message(s->index, item->record.seq, &arena, &m, err);
	if (result == 1) {
		result = 0;
		for (size_t i = 0; i < item->reading.client_count && !result; i++) {
			struct str client = item->reading.clients[i];
			if (is_peer(&m, client))
				continue;
			result = archive_peer_record(
				s->archive, item->record.seq, client, &record, err);
			if (!result)
				result = archive_append(s->archive, &record, (struct str){0}, err);
		}
		indexed_message_finish(&m);
	}
	record_finish(&record);
	arena_finish(&arena);
	return result;
}

static int widen_window(struct widening *w, struct error *err)
{
	struct store *s = w->store;
	if (stored_messages_read(s, w->messages, w->count, READ_PARTIES, err) < 0 ||
		archive_begin(s->archive, err) < 0)
		return -1;
	for (size_t i = 0; i < w->count; i++)
		if (append_peers(s, w->messages[i], err) < 0) {
			archive_rollback(s->archive);
			return -1;
		}
	if (archive_commit(s->archive, err) < 0) {
		archive_rollback(s->archive);
		return -1;
	}
	if (w->progress)
		w->progress->tell(w->progress->context, "looking whose mail it is", w->next - 1,
			archive_last(s->archive));
	return store_catch_up(s, w->progress, err);
}

static int widen(struct store *s, const struct store_progress *progress, struct error *err)
{
	struct widening *w = calloc(1, sizeof(*w));
	if (!w)
		return error_memory(err);
	*w = (struct widening){.store = s, .next = 1, .progress = progress};
	int more;
	while ((more = load_window(w, err)) > 0)
		if ((more = widen_window(w, err)) < 0)
			break;
	for (size_t i = 0; i < WINDOW_MESSAGES; i++)
		stored_message_finish(&w->items[i]);
	free(w);
	return more;
}

int store_widen(
	struct store *s, struct str terms, const struct store_progress *progress, struct error *err)
{
	struct buf old = {0};
	int result = load_last_terms(s, &old, err);
	if (result > 0)
		result = names_more(buf_str(&old), terms) ? widen(s, progress, err) : 0;
	buf_finish(&old);
	return result;
}
