/* A chat's export as it comes in: its messages, and the file itself. */
#include "app/readers.h"
#include "app/rulebook.h"
#include "archive/archive.h"
#include "archive/blob.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "chat_folder.h"
#include "chat_source.h"
#include "config/config.h"
#include "import_run.h"
#include "index/export_lines.h"
#include "index/index.h"
#include "message_frame.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

void import_add_others(const struct json_value *survey, struct buf *out)
{
	const struct json_value *others = json_get(survey, "others");
	for (size_t k = 0; k < json_count(others); k++) {
		const struct json_value *one = json_at(others, k);
		buf_add_cstr(out, out->len ? ", " : "");
		utf8_add_visible(out, json_to_str(json_get(one, "name")), false);
		buf_add_format(
			out, " (%lld)", (long long)json_to_int(json_get(one, "messages"), 0));
	}
}

int import_on_survey(struct import *m, struct heard *h, struct error *err)
{
	(void)err;
	m->has_export = sha256_parse(json_to_str(json_get(h->head, "sha256")), &m->export);
	if (!m->has_export)
		h->wrong = "an export without its hash";
	else if (m->plan->survey && !m->plan->survey(m->plan->context, h->head)) {
		m->has_export = false; /* what it lacks has not vanished */
		m->over = true;
	}
	return 0;
}

static struct export_talk *take_place(struct import *m, const struct heard *h, struct item *item)
{
	struct str name = json_to_str(json_get(h->head, "folder"));
	struct place *place = &item->raw.place;
	if (!name.len || name.len > FOLDER_NAME_MOST || !h->payload.len ||
		file_place_read(json_get(h->head, "file"), &item->arena, &place->file) < 0)
		return NULL;
	struct export_talk *talk = import_talk(m, name);
	if (!talk)
		return NULL;
	place->account = m->plan->account->name;
	place->file.has_export = true;
	place->file.export = m->export;
	place->file.has_speech =
		sha256_parse(json_to_str(json_get(h->head, "speech")), &place->file.speech);
	return talk;
}

static struct clocks *take_clocks(const struct json_value *head, struct item *item)
{
	const struct json_value *date = json_get(head, "date");
	int64_t offset = json_to_int(json_get(head, "offset"), 0);
	struct clocks *c = arena_alloc(&item->arena, sizeof(*c));
	if (!c)
		return NULL;
	c->has[CLOCK_DATE] = date != NULL;
	c->at_us[CLOCK_DATE] = json_to_int(date, 0);
	c->date_offset_min = offset > -24 * 60 && offset < 24 * 60 ? (int)offset : 0;
	c->has[CLOCK_SEEN] = true;
	c->at_us[CLOCK_SEEN] = item->raw.seen_at_us;
	c->used = date ? CLOCK_DATE : CLOCK_SEEN;
	c->agreed = json_to_bool(json_get(head, "agreed"), false);
	return c;
}

/* 1; 0 when it names somebody who is no client; -1 without memory. */
static int take_clients(
	const struct import *m, const struct json_value *head, struct item *item, struct known *out)
{
	const struct json_value *list = json_get(head, "clients");
	size_t count = json_count(list);
	struct str *ids = arena_array(&item->arena, count, sizeof(*ids));
	if (!ids)
		return -1;
	for (size_t i = 0; i < count; i++) {
		size_t client = rulebook_client(m->book, json_to_str(json_at(list, i)));
		if (client == m->book->config->client_count)
			return 0;
		ids[i] = m->book->config->clients[client].id;
	}
	out->stored = true;
	out->direction = json_to_bool(json_get(head, "out"), false) ? DIRECTION_OUT : DIRECTION_IN;
	out->clients = ids;
	out->client_count = count;
	return count > 0;
}

static void note_time(struct export_talk *talk, const struct clocks *c)
{
	if (!c->has[CLOCK_DATE])
		return;
	if (!talk->has_period || c->at_us[CLOCK_DATE] < talk->first_at_us)
		talk->first_at_us = c->at_us[CLOCK_DATE];
	if (!talk->has_period || c->at_us[CLOCK_DATE] > talk->last_at_us)
		talk->last_at_us = c->at_us[CLOCK_DATE];
	talk->has_period = true;
}

/* A conversation may have the same sum twice: as many as are here are known. 1, 0, -1. */
static int is_known_by(struct import *m, const struct export_talk *talk, enum line_sum by,
	const struct sha256 *sum, uint64_t *occurrence, struct error *err)
{
	struct line_count count;
	if (export_lines_add(m->lines, talk->number, sum, &count, err) < 0)
		return -1;
	*occurrence = count.times;
	if (!m->store || talk->is_new)
		return 0;
	if (!count.has_here &&
		(index_count_lines(m->store->index, talk->known_as, by, sum, &count.here, err) <
				0 ||
			export_lines_note(m->lines, talk->number, sum, count.here, err) < 0))
		return -1;
	return count.here >= count.times;
}

/* As it stands in its file, or by what was said. 1, 0, -1. */
static int is_known(struct import *m, const struct export_talk *talk, struct file_place *file,
	struct error *err)
{
	if (import_open_lines(m, err) < 0)
		return -1;
	int known = is_known_by(m, talk, LINE_OCTETS, &file->sum, &file->occurrence, err);
	if (known < 0 || !file->has_speech)
		return known;
	if (known)
		return export_lines_pair(m->lines, talk->number, &file->speech, err) < 0 ? -1 : 1;
	return is_known_by(m, talk, LINE_SPEECH, &file->speech, &file->speech_occurrence, err);
}

int import_on_chat(struct import *m, struct heard *h, struct error *err)
{
	struct item *item = queue_add(&m->queue, ITEM_MESSAGE);
	struct known known = {0};
	if (!item)
		return error_memory(err);
	item->ready = true; /* until it is posted */
	item->raw = (struct raw){.state = RAW_WHOLE,
		.seen_at_us = clock_now_us(NULL),
		.size_bytes = h->payload.len,
		.octets = arena_str(&item->arena, h->payload)};
	item->owed_bytes = chat_source_cost(h->payload);
	m->queue.owed_bytes += item->owed_bytes;
	struct clocks *clocks = take_clocks(h->head, item);
	struct export_talk *talk = NULL;
	int good = clocks && item->raw.octets.ptr ? take_clients(m, h->head, item, &known) : -1;
	if (good < 0)
		return error_memory(err);
	if (!m->has_export || !good || !(talk = take_place(m, h, item))) {
		h->wrong = "a message of a chat without its place";
		return 0;
	}
	if (import_settle(m, talk, err) < 0)
		return -1;
	item->raw.place.folder = talk->known_as;
	known.clocks = clocks;
	m->out.read++;
	note_time(talk, clocks);
	int here = is_known(m, talk, &item->raw.place.file, err);
	m->out.known += here > 0;
	m->out.of_clients += here > 0;
	if (here)
		return here < 0 ? -1 : 0;
	item->ready = false;
	return readers_post(
		m->readers, &item->raw, &known, READ_JUDGEMENT, (uint64_t)(uintptr_t)item, err);
}

static int copy_file(struct import *m, struct blob_writer *w, struct error *err)
{
	char octets[64 * KIB];
	ssize_t got = -1;
	struct buf packed = {0};
	int result = chat_folder_zip(m->path, &packed, err);
	bool is_folder = packed.len > 0;
	if (!result && is_folder)
		result = blob_writer_add(w, buf_str(&packed), err);
	buf_finish(&packed);
	if (result < 0 || is_folder)
		return result;
	int fd = open(m->path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && !result && (got = read(fd, octets, sizeof(octets))) > 0)
		result = blob_writer_add(w, (struct str){octets, (size_t)got}, err);
	if (!result && got < 0) {
		result = error_system(err, errno, "cannot read '%s'", m->path);
		err->kind = ERROR_TEMPORARY; /* it could be read a moment ago */
	}
	if (fd >= 0)
		close(fd);
	return result;
}

static int describe(const struct import *m, uint64_t size_bytes, struct record *r)
{
	char size[24];
	snprintf(size, sizeof(size), "%llu", (unsigned long long)size_bytes);
	return record_add(r, "what", STR("export")) < 0 ||
			record_add(r, "account", m->plan->account->name) < 0 ||
			record_add(r, "name", str_from(m->path)) < 0 ||
			record_add(r, "size", str_from(size)) < 0
		? -1
		: 0;
}

static int append_export(struct import *m, struct blob_writer *w, struct error *err)
{
	struct sha256 sum;
	struct record r;
	uint64_t size_bytes;
	struct archive *a = m->store->archive;
	if (copy_file(m, w, err) < 0 || blob_writer_end(w, &sum, &size_bytes, err) < 0)
		return -1;
	if (!sha256_eq(&sum, &m->export))
		return error_set(
			err, ERROR_TEMPORARY, "'%s' was changed while it was read", m->path);
	record_init(&r);
	r.type = RECORD_IMPORT;
	int result = describe(m, size_bytes, &r) < 0 ? error_memory(err) : archive_begin(a, err);
	if (!result) {
		result = archive_append_blob(a, &r, w, err);
		if (!result)
			result = archive_commit(a, err);
		if (result < 0)
			archive_rollback(a);
	}
	record_finish(&r);
	return result < 0 ? -1 : store_catch_up(m->store, NULL, err);
}

int import_keep_export(struct import *m, struct error *err)
{
	struct blob_writer *w = NULL;
	if (m->export_kept || archive_has_blob(m->store->archive, &m->export)) {
		m->export_kept = true;
		return 0;
	}
	int result = blob_writer_open(m->store->archive, &w, err);
	if (!result)
		result = append_export(m, w, err);
	blob_writer_close(w);
	m->export_kept = !result;
	return result;
}
