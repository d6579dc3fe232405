/* A message of the archive on its way back through the readers: reindex, rejudge. */
#include "app/chat_reading.h"
#include "app/readers.h"
#include "app/store.h"
#include "archive/archive.h"
#include "archive/blob.h"
#include "base/limits.h"
#include <stdlib.h>

void stored_message_finish(struct stored_message *m)
{
	record_finish(&m->record);
	buf_finish(&m->octets);
	reading_finish(&m->reading);
	*m = (struct stored_message){0};
}

static int load_octets(struct store *s, struct stored_message *m, struct error *err)
{
	struct blob_reader *reader = NULL;
	struct str piece;
	int result = blob_reader_open(s->archive, &m->record.blob, &reader, err);
	if (!result)
		return error_set(err, ERROR_INTEGRITY, "its octets are missing");
	while (result > 0 && m->octets.len < LIMIT_PARSE &&
		(result = blob_reader_next(reader, &piece, err)) > 0)
		buf_add_str(&m->octets, str_slice(piece, 0, LIMIT_PARSE - m->octets.len));
	blob_reader_close(reader);
	if (result < 0)
		return -1;
	return m->octets.failed ? error_memory(err) : 0;
}

/* What a source handed over, as far as the record tells. */
static enum raw_state state_of(const struct stored_message *m)
{
	if (m->entry.examined == EXAMINED_POISON)
		return RAW_POISON;
	/* only the header was fetched of what is larger than its octets */
	return m->entry.size_bytes > m->octets.len && m->octets.len < LIMIT_PARSE ? RAW_TOO_LARGE
										  : RAW_WHOLE;
}

static void fill(struct stored_message *m)
{
	const struct message_entry *e = &m->entry;
	m->raw = (struct raw){
		.state = state_of(m),
		.place = e->place,
		.has_internal = e->clocks.has[CLOCK_INTERNAL],
		.internal_at_us = e->clocks.at_us[CLOCK_INTERNAL],
		.seen_at_us = e->clocks.at_us[CLOCK_SEEN],
		.size_bytes = e->size_bytes,
		.octets = buf_str(&m->octets),
	};
	m->known = (struct known){
		.stored = true,
		.direction = e->direction,
		.clients = e->clients,
		.client_count = e->client_count,
		.clocks = chat_reading_is(&m->raw) ? &e->clocks : NULL,
	};
}

int stored_message_load(
	struct store *s, uint64_t seq, struct stored_message *out, struct error *err)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, name);
	stored_message_finish(out);
	record_init(&out->record);
	reading_init(&out->reading);
	int result = archive_record_at(s->archive, seq, &out->record, err);
	if (result >= 0 &&
		(!result || out->record.seq != seq || out->record.type != RECORD_MESSAGE))
		return error_set(err, ERROR_NOT_FOUND, "%s is no message of this archive", name);
	if (result < 0 || archive_message_entry(&out->record, &out->entry, err) < 0 ||
		load_octets(s, out, err) < 0)
		return error_prefix(err, "%s", name);
	fill(out);
	return 0;
}

int stored_messages_read(struct store *s, struct stored_message *const *messages, size_t count,
	enum reading_depth depth, struct error *err)
{
	struct question *questions = calloc(count + 1, sizeof(*questions));
	if (!questions)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		questions[i] = (struct question){
			.raw = &messages[i]->raw, .known = &messages[i]->known, .depth = depth};
		reading_init(&questions[i].answer);
	}
	int result = readers_ask(s->readers, questions, count, err);
	for (size_t i = 0; i < count; i++) {
		reading_finish(&messages[i]->reading);
		messages[i]->reading = questions[i].answer;
	}
	free(questions);
	return result;
}
