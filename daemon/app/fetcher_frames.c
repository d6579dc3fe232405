/* What a fetcher says, as the keeper hears it: messages into the queue, questions answered. */
#include "app/events.h"
#include "app/readers.h"
#include "app/rulebook.h"
#include "archive/archive.h"
#include "base/limits.h"
#include "base/number_words.h"
#include "base/utf8.h"
#include "channel.h"
#include "config/config.h"
#include "export_intake.h"
#include "index/index.h"
#include "keeper_state.h"
#include "message_frame.h"
#include <stdio.h>
#include <string.h>

/* One frame on its way through its handler. */
struct hearing {
	struct keeper *keeper;
	struct account_link *link;
	const struct json_value *head;
	struct str payload;
	struct fetcher_outcome *outcome;
};

static int send_and_finish(
	struct account_link *link, const char *verb, struct buf *head, struct error *err)
{
	/* one that is gone is noticed at its own turn */
	struct error gone = {0};
	int result = channel_say(link->process.channel, verb, head, (struct str){0}, &gone);
	return result < 0 && gone.kind == ERROR_MEMORY ? error_memory(err) : 0;
}

int keeper_acknowledge(struct account_link *link, uint64_t bytes, struct error *err)
{
	struct buf head = {0};
	if (link->process.pid <= 0)
		return 0;
	buf_add_format(&head, "{\"bytes\":%llu}", (unsigned long long)bytes);
	return send_and_finish(link, "ack", &head, err);
}

static int bad(const struct hearing *h, const char *what)
{
	h->outcome->bad = true;
	error_set(&h->outcome->why, ERROR_INPUT, "its fetcher sent %s", what);
	return 0;
}

static uint32_t number_of(const struct hearing *h, const char *key)
{
	return frame_number(h->head, key);
}

/* A server may call a folder anything, but not so that its record cannot be written. */
static bool has_folder(const struct hearing *h)
{
	struct str folder = json_to_str(json_get(h->head, "folder"));
	return folder.len > 0 && folder.len <= FOLDER_NAME_MOST && number_of(h, "uidvalidity");
}

/* Is it one that could not be had before? */
static int find_unread(const struct hearing *h, struct item *item, struct error *err)
{
	struct unread *unread = NULL;
	size_t count = 0;
	if (!h->link->retried || place_in_file(&item->raw.place))
		return 0;
	int result = index_unread(
		h->keeper->store->index, &item->raw.place, &item->arena, &unread, &count, err);
	if (!result && count)
		item->settles = unread[0].seq;
	return result;
}

static int on_message(const struct hearing *h, struct error *err)
{
	const struct message_frame frame = {
		.head = h->head,
		.payload = h->payload,
		.account = h->link->account->name,
		.seen_at_us = clock_now_us(h->keeper->plan->clock),
	};
	struct item *item = queue_add(&h->link->queue, ITEM_MESSAGE);
	const char *wrong;
	if (!item)
		return error_memory(err);
	if (message_frame_take(&frame, &h->link->queue, item, &wrong, err) < 0)
		return -1;
	int known = wrong ? 0 : item_is_archived(item, h->keeper->store->index, err);
	if (wrong || known) {
		item->ready = true; /* concerns nobody: it goes with the next commit */
		return wrong ? bad(h, wrong) : known < 0 ? -1 : 0;
	}
	if (find_unread(h, item, err) < 0)
		return -1;
	if (item->raw.state == RAW_GONE) {
		item->ready = true; /* nothing is there to be read */
		return 0;
	}
	static const struct known unknown = {0};
	return readers_post(h->keeper->crew.readers, &item->raw, &unknown, READ_JUDGEMENT,
		(uint64_t)(uintptr_t)item, err);
}

static int on_piece(const struct hearing *h, struct error *err)
{
	struct str piece = h->payload;
	struct error why = {0};
	if (queue_add_piece(&h->link->queue, h->keeper->store->archive, piece, &why) == 0)
		return keeper_acknowledge(h->link, piece.len, err);
	if (why.kind == ERROR_LIMIT)
		return bad(h, "more pieces than any message may have");
	*err = why;
	return -1;
}

static int on_position(const struct hearing *h, struct error *err)
{
	if (!has_folder(h) || !number_of(h, "next"))
		return bad(h, "a position of no folder");
	struct item *item = queue_add(&h->link->queue, ITEM_POSITION);
	if (!item)
		return error_memory(err);
	struct buf watched = {0};
	/* what was looked through for so far stays true; only a finished back-fill widens it */
	struct position before = {0};
	struct str folder = json_to_str(json_get(h->head, "folder"));
	bool complete = json_to_bool(json_get(h->head, "complete"), false);
	if (!complete &&
		archive_position(h->keeper->store->archive, h->link->account->name, folder,
			&item->arena, &before, err) < 0)
		return -1;
	/* of a folder that was made anew nothing was looked through */
	if (before.uidvalidity != number_of(h, "uidvalidity"))
		before.watched = (struct str){0};
	for (size_t i = 0; complete && i < h->keeper->crew.watched_count; i++)
		buf_add_format(&watched, "%.*s\n", STR_ARG(h->keeper->crew.watched[i]));
	item->position = (struct entry_position){
		.account = h->link->account->name,
		.folder = arena_str(&item->arena, folder),
		.uidvalidity = number_of(h, "uidvalidity"),
		.next_uid = number_of(h, "next"),
		.watched = complete ? arena_str(&item->arena, buf_str(&watched)) : before.watched,
	};
	bool full = watched.failed || !item->position.folder.ptr;
	buf_finish(&watched);
	return full ? error_memory(err) : 0;
}

static bool is_watched(const struct client *client, struct str watched)
{
	const struct strs *const parties[] = {&client->addresses, &client->platform};
	struct str line;
	size_t found = 0;
	while (str_line(&watched, &line))
		for (size_t p = 0; p < 2; p++)
			for (size_t i = 0; i < parties[p]->count; i++)
				found += str_eq(parties[p]->items[i], line);
	return found >= client->addresses.count + client->platform.count;
}

/* Clients, or addresses of theirs, that the folder was not looked through for yet. */
static void note_newcomers(const struct hearing *h, struct str watched)
{
	const struct config *config = h->keeper->book->config;
	struct buf names = {.max = sizeof(h->link->newcomers) - 1};
	for (size_t i = 0; i < config->client_count; i++)
		if (!is_watched(&config->clients[i], watched))
			buf_add_format(&names, "%s%.*s", names.len ? ", " : "",
				STR_ARG(config->clients[i].id));
	snprintf(h->link->newcomers, sizeof(h->link->newcomers), "%.*s", STR_ARG(buf_str(&names)));
	buf_finish(&names);
}

/* As many as tell of a folder whether it was put back to an earlier state. */
#define NEWEST_MOST 20

/* By what of the folder the server is known to be as it was. */
static int write_newest(const struct hearing *h, const struct position *position,
	struct arena *arena, struct json_writer *w, struct error *err)
{
	struct place below = {
		.account = h->link->account->name,
		.folder = json_to_str(json_get(h->head, "folder")),
		.uidvalidity = position->uidvalidity,
		.uid = number_of(h, "uidnext"),
	};
	struct indexed_place *newest = NULL;
	size_t count = 0;
	if (below.uid > position->next_uid)
		below.uid = position->next_uid;
	if (index_newest_places(
		    h->keeper->store->index, &below, NEWEST_MOST, arena, &newest, &count, err) < 0)
		return -1;
	json_array(w, "newest");
	for (size_t i = 0; i < count; i++) {
		json_object(w, NULL);
		json_int(w, "uid", newest[i].uid);
		if (newest[i].has_internal)
			json_int(w, "internal", newest[i].internal_at_us);
		json_int(w, "size", (int64_t)newest[i].size_bytes);
		json_object_end(w);
	}
	json_array_end(w);
	return 0;
}

/* What of the folder could not be had, and is to be tried again in this round. */
static int write_retries(const struct hearing *h, const struct position *position,
	struct arena *arena, struct json_writer *w, struct error *err)
{
	const struct place folder = {
		.account = h->link->account->name,
		.folder = json_to_str(json_get(h->head, "folder")),
		.uidvalidity = position->uidvalidity,
	};
	struct unread *waiting = NULL;
	uint32_t uids[LIMIT_IMAP_RETRIES];
	size_t count = 0, chosen = 0;
	if (index_unread(h->keeper->store->index, &folder, arena, &waiting, &count, err) < 0)
		return -1;
	if (h->link->retried < LIMIT_IMAP_RETRIES &&
		retries_choose(&h->keeper->retries, waiting, count,
			archive_last(h->keeper->store->archive), h->link->hurried,
			clock_monotonic_us(), uids, &chosen, err) < 0)
		return -1;
	h->link->retried += chosen;
	json_array(w, "retry");
	for (size_t i = 0; i < chosen; i++)
		json_int(w, NULL, uids[i]);
	json_array_end(w);
	return 0;
}

static int on_state(const struct hearing *h, struct error *err)
{
	struct arena arena = {0};
	struct position position = {0};
	struct str line, rest;
	int known = archive_position(h->keeper->store->archive, h->link->account->name,
		json_to_str(json_get(h->head, "folder")), &arena, &position, err);
	if (known > 0)
		note_newcomers(h, position.watched);
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_bool(&w, "known", known > 0);
	json_int(&w, "uidvalidity", position.uidvalidity);
	json_int(&w, "next", position.next_uid);
	json_bool(&w, "census",
		known > 0 &&
			watching_census_due(h->keeper, h->link->account->name,
				json_to_str(json_get(h->head, "folder")), position.uidvalidity));
	json_array(&w, "watched");
	for (rest = position.watched; str_line(&rest, &line);)
		json_str(&w, NULL, line);
	json_array_end(&w);
	if (known > 0 &&
		(write_newest(h, &position, &arena, &w, err) < 0 ||
			write_retries(h, &position, &arena, &w, err) < 0))
		known = -1;
	json_object_end(&w);
	arena_finish(&arena);
	if (known < 0) {
		buf_finish(&head);
		return -1;
	}
	return send_and_finish(h->link, "state", &head, err);
}

static int on_has(const struct hearing *h, struct error *err)
{
	const struct place place = {
		.account = h->link->account->name,
		.folder = json_to_str(json_get(h->head, "folder")),
		.uidvalidity = number_of(h, "uidvalidity"),
		.uid = number_of(h, "uid"),
	};
	uint64_t seq;
	int known = index_find_place(h->keeper->store->index, &place, &seq, err);
	if (known < 0)
		return -1;
	struct buf head = {0};
	buf_add_format(&head, "{\"yes\":%s}", known ? "true" : "false");
	return send_and_finish(h->link, "has", &head, err);
}

/* Of a folder that is numbered anew by now, nothing is known to be gone. */
static int on_census(const struct hearing *h, struct error *err)
{
	struct arena arena = {0};
	struct position position = {0};
	const struct place from = {
		.account = h->link->account->name,
		.folder = json_to_str(json_get(h->head, "folder")),
		.uidvalidity = number_of(h, "uidvalidity"),
		.uid = number_of(h, "from"),
	};
	uint32_t next_uid = number_of(h, "next");
	if (!has_folder(h) || (from.uid && next_uid <= from.uid))
		return bad(h, "a census of no folder");
	int known = archive_position(
		h->keeper->store->archive, from.account, from.folder, &arena, &position, err);
	arena_finish(&arena);
	if (known <= 0 || position.uidvalidity != from.uidvalidity)
		return known < 0 ? -1 : 0;
	bool unclear = false;
	bool last = json_to_bool(json_get(h->head, "last"), false);
	int whole = from.uid
		? census_take(h->keeper, &from, next_uid, h->payload, last, &unclear, err)
		: 1;
	if (unclear)
		return bad(h, "a census that cannot be read");
	if (whole < 0)
		return -1;
	h->link->census_left |= !whole;
	if (!last)
		return 0;
	bool left = h->link->census_left;
	h->link->census_left = false;
	return left
		? 0
		: watching_census_done(h->keeper, from.account, from.folder, from.uidvalidity, err);
}

/* Text from the other side of the wall, for a person: one line, made visible, cut. */
static void keep_text(struct str text, char *out, size_t size)
{
	struct buf visible = {0};
	utf8_add_visible(&visible, text, false);
	snprintf(out, size, "%s", buf_cstr(&visible));
	buf_finish(&visible);
}

/* "INBOX: fetching 200 of 6,046", "acme: back-filling 312 of 1,040 in INBOX" */
static int on_progress(const struct hearing *h, struct error *err)
{
	(void)err;
	char done[NUMBER_WORDS_SIZE], all[NUMBER_WORDS_SIZE];
	struct str folder = json_to_str(json_get(h->head, "folder"));
	struct str what = json_to_str(json_get(h->head, "what"));
	bool filling = str_eq(what, STR("back-filling")) && h->link->newcomers[0];
	struct buf words = {0};
	buf_add_format(&words, "%.*s: %.*s %s of %s",
		STR_ARG(filling ? str_from(h->link->newcomers) : folder), STR_ARG(what),
		number_words((size_t)json_to_int(json_get(h->head, "done"), 0), done),
		number_words((size_t)json_to_int(json_get(h->head, "all"), 0), all));
	if (filling)
		buf_add_format(&words, " in %.*s", STR_ARG(folder));
	keep_text(buf_str(&words), h->link->progress, sizeof(h->link->progress));
	buf_finish(&words);
	if (h->keeper->plan->progress)
		fprintf(stderr, "%.*s %s\n", STR_ARG(h->link->account->name), h->link->progress);
	return 0;
}

static int on_export(const struct hearing *h, struct error *err)
{
	struct str path = json_to_str(json_get(h->head, "folder"));
	if (!path.len || h->link->intake)
		return bad(h, "an export beside another");
	return export_intake_begin(h->keeper, h->link, path, err);
}

static int on_note(const struct hearing *h, struct error *err)
{
	(void)err;
	account_link_note(h->link, json_to_str(json_get(h->head, "folder")),
		json_to_str(json_get(h->head, "text")));
	return 0;
}

/* A folder of the configuration that the server has not got: said in status until it is there. */
static void note_missing(struct account_link *link, struct str folder)
{
	struct buf names = {0};
	buf_add_format(
		&names, "%s%s'%.*s'", link->missing, link->missing[0] ? ", " : "", STR_ARG(folder));
	keep_text(buf_str(&names), link->missing, sizeof(link->missing));
	buf_finish(&names);
}

static int on_folder(const struct hearing *h, struct error *err)
{
	const struct place from = {
		.account = h->link->account->name,
		.folder = json_to_str(json_get(h->head, "folder")),
		.uidvalidity = number_of(h, "uidvalidity"),
		.uid = number_of(h, "from"),
	};
	if (from.uid) {
		if (!has_folder(h))
			return bad(h, "a folder without its name");
		if (store_restored(h->keeper->store, &from, err) < 0 ||
			watching_recount(h->keeper, from.account, from.folder, err) < 0)
			return -1;
	}
	char text[256];
	struct str said = json_to_str(json_get(h->head, "text"));
	keep_text(said, text, sizeof(text));
	if (str_starts(said, STR("missing:")))
		note_missing(h->link, json_to_str(json_get(h->head, "folder")));
	log_event(&event_folder,
		LOG_FIELDS(log_text("account", h->link->account->name),
			log_text("folder", json_to_str(json_get(h->head, "folder"))),
			log_cstr("text", text)));
	return 0;
}

static int on_done(const struct hearing *h, struct error *err)
{
	(void)err;
	keep_text(json_to_str(json_get(h->head, "capabilities")), h->link->capabilities,
		sizeof(h->link->capabilities));
	h->outcome->over = true;
	return 0;
}

static int on_news(const struct hearing *h, struct error *err)
{
	(void)err;
	account_link_news(h->link);
	return 0;
}

static int on_lost(const struct hearing *h, struct error *err)
{
	(void)err;
	h->outcome->ended = true;
	account_link_lost(h->link);
	return 0;
}

static int on_failed(const struct hearing *h, struct error *err)
{
	(void)err;
	int64_t kind = json_to_int(json_get(h->head, "kind"), ERROR_SYSTEM);
	h->outcome->over = h->outcome->ended = true;
	h->outcome->why.kind =
		kind > ERROR_NONE && kind <= ERROR_SYSTEM ? (enum error_kind)kind : ERROR_SYSTEM;
	keep_text(json_to_str(json_get(h->head, "text")), h->outcome->why.text,
		sizeof(h->outcome->why.text));
	return 0;
}

static const struct {
	const char *verb;
	int (*hear)(const struct hearing *h, struct error *err);
} verbs[] = {
	{"message", on_message},
	{"piece", on_piece},
	{"position", on_position},
	{"state", on_state},
	{"has", on_has},
	{"census", on_census},
	{"export", on_export},
	{"note", on_note},
	{"progress", on_progress},
	{"folder", on_folder},
	{"done", on_done},
	{"news", on_news},
	{"lost", on_lost},
	{"failed", on_failed},
};

int keeper_take_frame(struct keeper *k, struct account_link *link, const struct frame *frame,
	struct fetcher_outcome *outcome, struct error *err)
{
	struct json_document *document = NULL;
	struct hearing h = {
		.keeper = k, .link = link, .payload = frame->payload, .outcome = outcome};
	if (json_parse(frame->head, &document, &outcome->why) < 0)
		return bad(&h, "a frame that cannot be read");
	h.head = json_root(document);
	int result = -2;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(verbs[i].verb, frame->verb))
			result = verbs[i].hear(&h, err);
	json_free(document);
	return result == -2 ? bad(&h, "an unknown frame") : result;
}
