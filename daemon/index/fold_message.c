/* The rows of a message: itself, what it says, and its words. */
#include "base/json.h"
#include "database.h"
#include "model/speech.h"

static void bind_clocks(sqlite3_stmt *s, int at, const struct clocks *c)
{
	for (int k = 0; k < 4; k++) {
		if (c->has[k])
			sqlite3_bind_int64(s, at + k, c->at_us[k]);
		else
			sqlite3_bind_null(s, at + k);
	}
	sqlite3_bind_int(s, at + 4, c->date_offset_min);
	sqlite3_bind_int(s, at + 5, (int)c->used);
	sqlite3_bind_int(s, at + 6, c->agreed);
	sqlite3_bind_int64(s, at + 7, c->at_us[c->used]);
}

/* Of a message in a file its place there; *json must live until the statement ran. */
static void bind_file(sqlite3_stmt *s, int at, const struct place *place, struct buf *json)
{
	struct json_writer w;
	if (!place_in_file(place))
		return;
	json_begin(&w, json);
	file_place_write(&w, NULL, &place->file);
	bind_str(s, at, buf_str(json));
}

/* Of a line of a chat that was read and has a date; *sum must live until the statement ran. */
static int bind_speech(
	sqlite3_stmt *s, int at, const struct folding *f, struct sha256 *sum, struct error *err)
{
	const struct message_entry *e = f->entry;
	const struct speech speech = {
		.at_us = e->clocks.at_us[CLOCK_DATE],
		.outgoing = e->direction == DIRECTION_OUT,
		.deleted = f->facts->deleted,
		.text = &f->facts->text,
	};
	bool read = f->facts->examined == EXAMINED_YES || f->facts->examined == EXAMINED_TEXT_CUT;
	if (!e->place.file.has_export || !e->clocks.has[CLOCK_DATE] || !read)
		return 0;
	if (speech_sum(&speech, sum, err) < 0)
		return -1;
	sqlite3_bind_blob(s, at, sum->octet, SHA256_SIZE, SQLITE_STATIC);
	return 0;
}

static struct str recipients_of(const struct facts *f, struct buf *out)
{
	buf_add_str(out, f->to);
	if (f->cc.len)
		buf_add_format(out, ", %.*s", STR_ARG(f->cc));
	return buf_str(out);
}

/* As the view `said` has them. */
static struct str people_of(const struct facts *f, struct buf *out)
{
	buf_add_str(out, f->from);
	buf_add_char(out, '\n');
	return recipients_of(f, out);
}

static int add_message(struct index *x, const struct folding *f, uint64_t number, struct error *err)
{
	static const char sql[] =
		"INSERT INTO message(seq, client, outgoing, account, folder, uidvalidity, uid,"
		" octets, size, received, internal, date, seen, date_offset, clock, agreed, at, peer,"
		" sender, recipients, subject, message_id, attachments, automatic, signed, file, speech)"
		" VALUES"
		"(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,"
		"?24,?25,?26,?27)";
	const struct message_entry *e = f->entry;
	sqlite3_stmt **slot = &x->s.add_message;
	if (index_statement(x, slot, sql, err) < 0)
		return -1;
	sqlite3_stmt *s = *slot;
	struct buf recipients = {0}, file = {0};
	struct sha256 speech;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)f->record->seq);
	bind_str(s, 2, e->clients[0]);
	sqlite3_bind_int(s, 3, e->direction == DIRECTION_OUT);
	bind_str(s, 4, e->place.account);
	bind_str(s, 5, e->place.folder);
	sqlite3_bind_int64(s, 6, e->place.uidvalidity);
	sqlite3_bind_int64(s, 7, e->place.uid);
	sqlite3_bind_blob(s, 8, f->record->blob.octet, SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_int64(s, 9, (sqlite3_int64)e->size_bytes);
	bind_clocks(s, 10, &e->clocks);
	sqlite3_bind_int64(s, 18, (sqlite3_int64)number);
	bind_str(s, 19, f->facts->from);
	bind_str(s, 20, recipients_of(f->facts, &recipients));
	bind_str(s, 21, f->facts->subject);
	bind_str(s, 22, f->facts->message_id);
	sqlite3_bind_int(s, 23, (int)f->facts->attachment_count);
	sqlite3_bind_int(s, 24, f->facts->automatic.ptr != NULL);
	sqlite3_bind_int(s, 25, f->facts->is_signed);
	bind_file(s, 26, &e->place, &file);
	int result = recipients.failed || file.failed ? error_memory(err)
						      : bind_speech(s, 27, f, &speech, err);
	if (!result)
		result = index_run(x, s, "index a message", err);
	buf_finish(&file);
	buf_finish(&recipients);
	return result;
}

static int add_facts(struct index *x, const struct folding *f, struct error *err)
{
	sqlite3_stmt **s = &x->s.add_facts;
	struct buf written = {0};
	facts_write(f->facts, &written);
	int result = written.failed
		? error_memory(err)
		: index_statement(x, s, "INSERT INTO facts(seq, written) VALUES(?1, ?2)", err);
	if (!result) {
		sqlite3_bind_int64(*s, 1, (sqlite3_int64)f->record->seq);
		bind_str(*s, 2, buf_str(&written));
		result = index_run(x, *s, "index what a message says", err);
	}
	buf_finish(&written);
	return result;
}

static int add_words(struct index *x, const struct folding *f, struct error *err)
{
	static const char sql[] =
		"INSERT INTO words(rowid, subject, body, people) VALUES(?1, ?2, ?3, ?4)";
	sqlite3_stmt **s = &x->s.add_words;
	struct buf people = {0};
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)f->record->seq);
	bind_str(*s, 2, f->facts->subject);
	bind_str(*s, 3, f->facts->text.bytes);
	bind_str(*s, 4, people_of(f->facts, &people));
	int result = people.failed ? error_memory(err)
				   : index_run(x, *s, "index a message's words", err);
	buf_finish(&people);
	return result;
}

int fold_message_rows(struct index *x, const struct folding *f, uint64_t number, struct error *err)
{
	return add_message(x, f, number, err) < 0 || add_facts(x, f, err) < 0 ||
			add_words(x, f, err) < 0
		? -1
		: 0;
}
