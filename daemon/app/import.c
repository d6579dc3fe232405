/* Mail in files taken into the archive at once, beside a service that may be running. */
#include "app/import.h"

#include "app/readers.h"
#include "app/rulebook.h"
#include "archive/archive.h"
#include "archive/blob.h"
#include "base/array.h"
#include "base/limits.h"
#include "channel.h"
#include "chat_source.h"
#include "config/config.h"
#include "fetcher.h"
#include "import_run.h"
#include "index/export_lines.h"
#include "message_frame.h"
#include "same_mail.h"
#include "spawner.h"
#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_MESSAGES 1000
#define BATCH_BYTES (2 * MIB)
#define TURN_MS 200

void import_outcome_finish(struct import_outcome *o)
{
	free(o->clients);
	*o = (struct import_outcome){0};
}

static void on_read(void *context, uint64_t ticket, struct reading *reading)
{
	(void)context;
	struct item *item = (struct item *)(uintptr_t)ticket;
	item->reading = *reading;
	reading_init(reading);
	item->ready = true;
}

static int64_t at_of(const struct reading *r)
{
	return r->clocks.at_us[r->clocks.used];
}

static void count_client(struct import *m, size_t client, int64_t at_us)
{
	struct import_client *c = &m->out.clients[client];
	if (!c->messages || at_us < c->first_at_us)
		c->first_at_us = at_us;
	if (!c->messages || at_us > c->last_at_us)
		c->last_at_us = at_us;
	c->messages++;
}

static void count_new(struct import *m, const struct reading *r)
{
	m->out.added++;
	m->out.not_examined += r->facts.examined != EXAMINED_YES;
	for (size_t i = 0; i < r->client_count; i++)
		count_client(m, rulebook_client(m->book, r->clients[i]), at_of(r));
}

int import_open_lines(struct import *m, struct error *err)
{
	return m->lines ? 0 : export_lines_open(&m->lines, err);
}

/* The same mail may lie in the files more than once; of a chat that was found out before. 1, 0, -1.
 */
static int is_twin(struct import *m, const struct item *item, struct error *err)
{
	struct sha256 sum;
	struct line_count count;
	if (item->raw.place.file.occurrence)
		return 0;
	int result = item->large ? blob_writer_end(item->large, &sum, NULL, err)
				 : sha256_of(item->raw.octets, &sum, err);
	if (result < 0 || import_open_lines(m, err) < 0 ||
		export_lines_add(m->lines, 0, &sum, &count, err) < 0)
		return -1;
	return count.times > 1;
}

/* What would be stored. */
static int note_dry(struct import *m, const struct item *item, struct error *err)
{
	const struct reading *r = &item->reading;
	const struct entry entry = {.raw = &item->raw, .large = item->large, .reading = r};
	uint64_t seq;
	int known = m->store ? same_mail_find(m->store, &entry, &seq, err) : 0;
	if (!known)
		known = is_twin(m, item, err);
	m->out.known += known > 0;
	if (!known)
		count_new(m, r);
	return known < 0 ? -1 : 0;
}

/* Is it to be stored? What is not is counted. */
static bool is_wanted(struct import *m, const struct item *item)
{
	const struct reading *r = &item->reading;
	bool unclear = item->raw.state == RAW_POISON || r->cut ||
		r->facts.examined == EXAMINED_READER_DIED;
	m->out.of_clients += r->concerns;
	if (!r->concerns) {
		m->out.unclear += unclear;
		return false;
	}
	bool older = m->plan->has_since && at_of(r) < m->plan->since_us;
	m->out.older += older;
	return !older;
}

static void count_stored(struct import *m, const struct batch *b)
{
	for (size_t i = 0; i < b->entry_count; i++) {
		m->out.known += !b->seqs[i];
		if (b->seqs[i])
			count_new(m, b->entries[i].reading);
	}
}

/* The ready front of the queue. */
static size_t ready(const struct import *m, uint64_t *bytes)
{
	size_t count = 0;
	*bytes = 0;
	for (const struct item *item = m->queue.first; item && item->ready; item = item->next) {
		count++;
		*bytes += item->owed_bytes;
	}
	return count;
}

static int store_ready(
	struct import *m, struct batch *b, struct entry *entries, size_t count, struct error *err)
{
	struct item *item = m->queue.first;
	for (size_t i = 0; i < count; i++, item = item->next) {
		if (!is_wanted(m, item))
			continue;
		if (!m->plan->dry)
			entries[b->entry_count++] = (struct entry){
				.raw = &item->raw,
				.large = item->large,
				.reading = &item->reading,
			};
		else if (note_dry(m, item, err) < 0)
			return -1;
	}
	size_t stored;
	if (!b->entry_count)
		return 0;
	if (m->has_export && import_keep_export(m, err) < 0)
		return -1;
	if (store_batch(m->store, b, &stored, err) < 0)
		return -1;
	count_stored(m, b);
	if (m->plan->stored)
		m->plan->stored(m->plan->context, b, stored);
	/* what is stored stays; the next look folds it into the index */
	if (m->store->behind.kind)
		*err = m->store->behind;
	return m->store->behind.kind ? -1 : 0;
}

static int acknowledge(struct import *m, uint64_t bytes, struct error *err)
{
	struct buf head = {0};
	buf_add_format(&head, "{\"bytes\":%llu}", (unsigned long long)bytes);
	struct error gone = {0};
	int result = channel_say(m->process.channel, "ack", &head, (struct str){0}, &gone);
	return result < 0 && gone.kind == ERROR_MEMORY ? error_memory(err) : 0;
}

static int commit(struct import *m, struct error *err)
{
	uint64_t bytes;
	size_t count = ready(m, &bytes);
	if (!count ||
		(count < BATCH_MESSAGES && bytes < BATCH_BYTES && readers_pending(m->readers)))
		return 0;
	struct entry *entries = calloc(count, sizeof(*entries));
	uint64_t *seqs = calloc(count, sizeof(*seqs));
	struct batch batch = {.entries = entries, .seqs = seqs};
	int result =
		entries && seqs ? store_ready(m, &batch, entries, count, err) : error_memory(err);
	free(entries);
	free(seqs);
	if (result < 0)
		return -1;
	queue_drop(&m->queue, count);
	return bytes ? acknowledge(m, bytes, err) : 0;
}

static int on_message(struct import *m, struct heard *h, struct error *err)
{
	static const struct known unknown = {0};
	const struct message_frame frame = {
		.head = h->head,
		.payload = h->payload,
		.account = m->plan->account->name,
		.seen_at_us = clock_now_us(NULL),
	};
	struct item *item = queue_add(&m->queue, ITEM_MESSAGE);
	if (!item)
		return error_memory(err);
	if (message_frame_take(&frame, &m->queue, item, &h->wrong, err) < 0)
		return -1;
	item->ready = h->wrong != NULL;
	if (item->ready)
		return 0;
	m->out.read++;
	int known = m->store ? item_is_archived(item, m->store->index, err) : 0;
	if (known) {
		item->ready = true; /* concerns nobody any more */
		m->out.known++;
		m->out.of_clients++;
		return known < 0 ? -1 : 0;
	}
	return readers_post(
		m->readers, &item->raw, &unknown, READ_JUDGEMENT, (uint64_t)(uintptr_t)item, err);
}

static int on_piece(struct import *m, struct heard *h, struct error *err)
{
	struct error why = {0};
	if (!m->store)
		h->wrong = "pieces, and there is no archive to write them to";
	else if (queue_add_piece(&m->queue, m->store->archive, h->payload, &why) == 0)
		return acknowledge(m, h->payload.len, err);
	if (why.kind == ERROR_LIMIT)
		h->wrong = "more pieces than any message may have";
	else
		*err = why;
	return h->wrong ? 0 : -1;
}

static int on_progress(struct import *m, struct heard *h, struct error *err)
{
	(void)err;
	if (m->plan->progress)
		m->plan->progress(m->plan->context, "importing, in MiB,",
			(uint64_t)json_to_int(json_get(h->head, "done"), 0),
			(uint64_t)json_to_int(json_get(h->head, "all"), 0));
	return 0;
}

static int on_folder(struct import *m, struct heard *h, struct error *err)
{
	(void)err;
	m->out.passed_over++;
	if (m->plan->passed_over)
		m->plan->passed_over(m->plan->context, json_to_str(json_get(h->head, "folder")),
			json_to_str(json_get(h->head, "text")));
	return 0;
}

static int on_done(struct import *m, struct heard *h, struct error *err)
{
	(void)h, (void)err;
	m->over = true;
	return 0;
}

static int on_failed(struct import *m, struct heard *h, struct error *err)
{
	(void)err;
	int64_t kind = json_to_int(json_get(h->head, "kind"), ERROR_SYSTEM);
	struct str text = json_to_str(json_get(h->head, "text"));
	m->over = true;
	error_set(&m->why,
		kind > ERROR_NONE && kind <= ERROR_SYSTEM ? (enum error_kind)kind : ERROR_SYSTEM,
		"%.*s", STR_ARG(text));
	return 0;
}

static const struct {
	const char *verb;
	int (*hear)(struct import *m, struct heard *h, struct error *err);
} verbs[] = {
	{"message", on_message},
	{"survey", import_on_survey},
	{"sums", import_on_sums},
	{"others", import_on_others},
	{"chat", import_on_chat},
	{"piece", on_piece},
	{"progress", on_progress},
	{"folder", on_folder},
	{"done", on_done},
	{"failed", on_failed},
};

/* What the process that reads the files is to blame for ends this import, and nothing else. */
static void blame(struct import *m, const struct error *why)
{
	m->over = true;
	m->why = *why;
}

static int hear(struct import *m, const struct frame *frame, struct error *err)
{
	struct json_document *document = NULL;
	struct heard h = {.payload = frame->payload, .wrong = "an unknown frame"};
	struct error wrong = {0};
	if (json_parse(frame->head, &document, &wrong) < 0) {
		blame(m, &wrong);
		return 0;
	}
	h.head = json_root(document);
	int result = 0;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].verb, frame->verb) != 0)
			continue;
		h.wrong = NULL;
		result = verbs[i].hear(m, &h, err);
	}
	json_free(document);
	if (h.wrong && !result) {
		error_set(&wrong, ERROR_INPUT, "the fetcher sent %s", h.wrong);
		blame(m, &wrong);
	}
	return result;
}

static int hear_all(struct import *m, struct error *err)
{
	struct frame frame;
	struct error lost = {0};
	int more = channel_flush(m->process.channel, &lost) < 0 ? -1 : 1;
	while (more > 0 && !m->over && (more = channel_next(m->process.channel, &frame, &lost)) > 0)
		if (hear(m, &frame, err) < 0)
			return -1;
	if (more < 0) {
		error_prefix(&lost, "while reading '%s'", m->path);
		blame(m, &lost);
	}
	return 0;
}

size_t import_poll(const struct import *m, struct pollfd *fds, size_t room)
{
	if (!room)
		return 0;
	fds[0] = (struct pollfd){
		.fd = m->over ? -1 : channel_fd(m->process.channel),
		.events = channel_queued(m->process.channel) ? POLLIN | POLLOUT : POLLIN,
	};
	return 1 + readers_poll(m->readers, fds + 1, room - 1);
}

int import_step(struct import *m, struct error *err)
{
	if (readers_asked_to_end(m->readers))
		return error_set(err, ERROR_INTERRUPTED, "asked to end");
	if ((!m->over && hear_all(m, err) < 0) || readers_turn(m->readers, err) < 0 ||
		commit(m, err) < 0)
		return -1;
	if (!m->over || m->queue.count)
		return 1;
	if (m->why.kind)
		return 0;
	return m->has_export && !m->plan->dry ? import_compare(m, err) : 0;
}

static int wait_for_something(struct import *m, struct error *err)
{
	struct pollfd fds[READERS_MOST + 1];
	size_t count = import_poll(m, fds, READERS_MOST + 1);
	if (!channel_holds(m->process.channel) && poll(fds, (nfds_t)count, TURN_MS) < 0 &&
		errno != EINTR)
		return error_system(err, errno, "cannot wait");
	return 0;
}

static int start(struct import *m, struct error *err)
{
	const struct spawn_order order = {
		.kind = SPAWN_CHAT, .number = m->account_number, .text = str_from(m->path)};
	const struct fetcher_plan fetcher = {
		.account = m->plan->account, .once = true, .format = m->plan->format};
	const struct chat_plan chat = {.path = m->path,
		.config = m->book->config,
		.has_format = m->plan->has_chat_format,
		.format = m->plan->chat_format,
		.order = m->plan->order,
		.zone = m->plan->zone};
	const struct process_plan plan = {
		.title = "overstep-import",
		.run = m->plan->chat ? chat_source_main : fetcher_main,
		.context = m->plan->chat ? (const void *)&chat : &fetcher,
	};
	return m->spawner ? spawner_start(m->spawner, &order, &m->process, err)
			  : process_start(&plan, &m->process, err);
}

int import_begin(struct import *m, struct error *err)
{
	struct str path = m->plan->account->path;
	while (path.len > 1 && str_ends(path, STR("/")))
		path.len--;
	m->process.stop_fd = -1;
	m->path = str_dup(path);
	m->out.clients = calloc(m->book->config->client_count + 1, sizeof(*m->out.clients));
	if (!m->out.clients || !m->path)
		return error_memory(err);
	if (m->store)
		m->last_before = archive_last(m->store->archive);
	if (start(m, err) < 0 ||
		channel_send(m->process.channel, "go", STR("{}"), (struct str){0}, err) < 0)
		return -1;
	readers_listen(m->readers, on_read, m);
	return 0;
}

void import_end(struct import *m)
{
	if (readers_pending(m->readers))
		readers_forget(m->readers);
	readers_listen(m->readers, NULL, NULL);
	process_end(&m->process);
	queue_finish(&m->queue);
	free(m->talks);
	export_lines_close(m->lines);
	free(m->path);
	arena_finish(&m->arena);
	import_outcome_finish(&m->out);
	if (m->store)
		archive_rest(m->store->archive);
	/* whoever goes on, the service above all, does not need what this took */
	malloc_trim(0);
}

int store_import(struct store *s, struct readers *readers, const struct rulebook *book,
	const struct import_plan *plan, struct import_outcome *out, struct error *err)
{
	struct import m = {.store = s, .readers = readers, .book = book, .plan = plan};
	int more = import_begin(&m, err) < 0 ? -1 : 1;
	while (more > 0)
		more = wait_for_something(&m, err) < 0 ? -1 : import_step(&m, err);
	if (!more && m.why.kind) {
		*err = m.why;
		more = -1;
	}
	/* what was stored before it failed is told, too */
	import_outcome_finish(out);
	*out = m.out;
	m.out = (struct import_outcome){0};
	import_end(&m);
	return more;
}
