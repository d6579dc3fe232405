/* The fetcher: one process an account, with its network and its one secret, and no archive. */
#include "fetcher.h"

#include "app/sandbox.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/limits.h"
#include "channel.h"
#include "chat_folder.h"
#include "config/config.h"
#include "source/exports.h"
#include "source/files.h"
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

struct fetcher {
	const struct fetcher_plan *plan;
	struct channel *keeper;
	int wake_fd; /* epoll: ready when we are to stop; while news are waited for, also when the
			keeper speaks */
	struct secret_desk desk;
	struct imap_plan imap;
	struct source *source; /* kept open from round to round */
	struct arena answer;   /* what the keeper said last of a folder */
	uint64_t unacknowledged;
};

/* Most heads begin with the folder that they are about. */
static void begin_head(struct json_writer *w, struct buf *head, struct str folder)
{
	json_begin(w, head);
	json_object(w, NULL);
	if (folder.ptr)
		json_str(w, "folder", folder);
}

/* Acknowledgements may come before what is waited for. */
static int take_acknowledgement(struct fetcher *f, const struct frame *frame, struct error *err)
{
	struct json_document *document = NULL;
	if (json_parse(frame->head, &document, err) < 0)
		return -1;
	uint64_t bytes = (uint64_t)json_to_int(json_get(json_root(document), "bytes"), 0);
	json_free(document);
	f->unacknowledged -= bytes < f->unacknowledged ? bytes : f->unacknowledged;
	return 0;
}

/* Waits for the keeper's answer of that verb; free *out with json_free. */
static int wait_for(
	struct fetcher *f, const char *verb, struct json_document **out, struct error *err)
{
	struct frame frame;
	for (;;) {
		if (channel_next(f->keeper, &frame, err) < 0)
			return -1;
		if (!strcmp(frame.verb, verb))
			return json_parse(frame.head, out, err);
		if (strcmp(frame.verb, "ack"))
			return error_set(err, ERROR_INPUT, "the keeper said '%s', expected '%s'",
				frame.verb, verb);
		if (take_acknowledgement(f, &frame, err) < 0)
			return -1;
	}
}

/* Back-pressure: no more than that waits in the keeper for this account. */
static int wait_for_room(struct fetcher *f, uint64_t most, struct error *err)
{
	struct frame frame;
	while (f->unacknowledged > most) {
		if (channel_next(f->keeper, &frame, err) < 0)
			return -1;
		if (strcmp(frame.verb, "ack"))
			return error_set(err, ERROR_INPUT, "the keeper said '%s', expected 'ack'",
				frame.verb);
		if (take_acknowledgement(f, &frame, err) < 0)
			return -1;
	}
	return 0;
}

static int take_strings(
	struct arena *arena, const struct json_value *list, struct strs *out, struct error *err)
{
	size_t count = json_count(list);
	struct str *items = arena_array(arena, count, sizeof(*items));
	int result = items ? 0 : error_memory(err);
	for (size_t i = 0; i < count && !result; i++) {
		items[i] = arena_str(arena, json_to_str(json_at(list, i)));
		result = items[i].ptr ? 0 : error_memory(err);
	}
	*out = (struct strs){items, count};
	return result;
}

static int take_newest(struct arena *arena, const struct json_value *list, struct folder_state *out,
	struct error *err)
{
	size_t count = json_count(list);
	struct known_mail *items = arena_array(arena, count, sizeof(*items));
	if (!items)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		const struct json_value *v = json_at(list, i);
		const struct json_value *internal = json_get(v, "internal");
		items[i] = (struct known_mail){
			.uid = (uint32_t)json_to_int(json_get(v, "uid"), 0),
			.has_internal = internal != NULL,
			.internal_at_us = json_to_int(internal, 0),
			.size_bytes = (uint64_t)json_to_int(json_get(v, "size"), 0),
		};
	}
	out->newest = items;
	out->newest_count = count;
	return 0;
}

static int take_retries(struct arena *arena, const struct json_value *list,
	struct folder_state *out, struct error *err)
{
	size_t count = json_count(list);
	uint32_t *uids = arena_array(arena, count, sizeof(*uids));
	if (!uids)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		uids[i] = (uint32_t)json_to_int(json_at(list, i), 0);
	out->retry = uids;
	out->retry_count = count;
	return 0;
}

static int ask_folder_state(void *context, struct str folder, uint32_t uidnext,
	struct folder_state *out, struct error *err)
{
	struct fetcher *f = context;
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, folder);
	json_int(&w, "uidnext", uidnext);
	json_object_end(&w);
	struct json_document *document = NULL;
	if (channel_say(f->keeper, "state", &head, (struct str){0}, err) < 0 ||
		wait_for(f, "state", &document, err) < 0)
		return -1;
	const struct json_value *v = json_root(document);
	arena_finish(&f->answer);
	*out = (struct folder_state){
		.known = json_to_bool(json_get(v, "known"), false),
		.uidvalidity = (uint32_t)json_to_int(json_get(v, "uidvalidity"), 0),
		.next_uid = (uint32_t)json_to_int(json_get(v, "next"), 0),
		.census = json_to_bool(json_get(v, "census"), false),
	};
	int result = take_strings(&f->answer, json_get(v, "watched"), &out->watched, err);
	if (!result)
		result = take_newest(&f->answer, json_get(v, "newest"), out, err);
	if (!result)
		result = take_retries(&f->answer, json_get(v, "retry"), out, err);
	json_free(document);
	return result;
}

static int ask_has(
	void *context, struct str folder, uint32_t uidvalidity, uint32_t uid, struct error *err)
{
	struct fetcher *f = context;
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, folder);
	json_int(&w, "uidvalidity", uidvalidity);
	json_int(&w, "uid", uid);
	json_object_end(&w);
	struct json_document *document = NULL;
	if (channel_say(f->keeper, "has", &head, (struct str){0}, err) < 0 ||
		wait_for(f, "has", &document, err) < 0)
		return -1;
	bool yes = json_to_bool(json_get(json_root(document), "yes"), false);
	json_free(document);
	return yes;
}

static void tell_progress(
	void *context, struct str folder, struct str what, uint64_t done, uint64_t all)
{
	struct fetcher *f = context;
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, folder);
	json_str(&w, "what", what);
	json_int(&w, "done", (int64_t)done);
	json_int(&w, "all", (int64_t)all);
	json_object_end(&w);
	/* a keeper that is gone is found at the next thing that matters */
	channel_say(f->keeper, "progress", &head, (struct str){0}, NULL);
}

static int send_message(struct fetcher *f, const struct source_item *item, struct error *err)
{
	const struct raw *raw = &item->raw;
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, raw->place.folder);
	json_int(&w, "uidvalidity", raw->place.uidvalidity);
	json_int(&w, "uid", raw->place.uid);
	json_int(&w, "state", raw->state);
	if (raw->has_internal)
		json_int(&w, "internal", raw->internal_at_us);
	json_int(&w, "size", (int64_t)raw->size_bytes);
	json_bool(&w, "pieces", item->in_pieces);
	if (place_in_file(&raw->place))
		file_place_write(&w, "file", &raw->place.file);
	json_object_end(&w);
	f->unacknowledged += raw->octets.len;
	return channel_say(f->keeper, "message", &head, raw->octets, err) < 0
		? -1
		: wait_for_room(f, LIMIT_QUEUE_BYTES, err);
}

static int send_piece(struct fetcher *f, struct str piece, struct error *err)
{
	f->unacknowledged += piece.len;
	if (channel_send(f->keeper, "piece", STR("{}"), piece, err) < 0)
		return -1;
	return wait_for_room(f, LIMIT_QUEUE_BYTES, err);
}

static int send_position(struct fetcher *f, const struct source_item *item, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, item->folder);
	json_int(&w, "uidvalidity", item->uidvalidity);
	json_int(&w, "next", item->next_uid);
	json_bool(&w, "complete", item->watched_complete);
	json_object_end(&w);
	return channel_say(f->keeper, "position", &head, (struct str){0}, err);
}

static int send_folder(struct fetcher *f, const struct source_item *item, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, item->folder);
	json_str(&w, "text", item->text);
	json_int(&w, "uidvalidity", item->uidvalidity);
	json_int(&w, "from", item->from_uid);
	json_object_end(&w);
	return channel_say(f->keeper, "folder", &head, (struct str){0}, err);
}

static int send_census(struct fetcher *f, const struct source_item *item, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, item->folder);
	json_int(&w, "uidvalidity", item->uidvalidity);
	json_int(&w, "from", item->from_uid);
	json_int(&w, "next", item->next_uid);
	json_bool(&w, "last", item->last);
	json_object_end(&w);
	/* what came in this round may be what was moved: it is to be stored before */
	if (wait_for_room(f, 0, err) < 0) {
		buf_finish(&head);
		return -1;
	}
	return channel_say(f->keeper, "census", &head, item->text, err);
}

static int send_note(
	struct fetcher *f, const char *verb, const struct source_item *item, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, item->folder);
	json_str(&w, "text", item->text);
	json_object_end(&w);
	return channel_say(f->keeper, verb, &head, (struct str){0}, err);
}

/* The keeper has it read, and then says how that went. */
static int send_export(struct fetcher *f, const struct source_item *item, struct error *err)
{
	struct json_document *document = NULL;
	if (send_note(f, "export", item, err) < 0 || wait_for(f, "export", &document, err) < 0)
		return -1;
	const struct json_value *v = json_root(document);
	int result = json_to_bool(json_get(v, "read"), false)
		? source_export_read(f->source, json_to_str(json_get(v, "note")), err)
		: 0;
	json_free(document);
	return result;
}

static int send_item(struct fetcher *f, const struct source_item *item, struct error *err)
{
	switch (item->event) {
	case SOURCE_MESSAGE:
		return send_message(f, item, err);
	case SOURCE_PIECE:
		return send_piece(f, item->piece, err);
	case SOURCE_POSITION:
		return send_position(f, item, err);
	case SOURCE_FOLDER:
		return send_folder(f, item, err);
	case SOURCE_CENSUS:
		return send_census(f, item, err);
	case SOURCE_EXPORT:
		return send_export(f, item, err);
	case SOURCE_NOTE:
		return send_note(f, "note", item, err);
	}
	return 0;
}

static enum mail_format format_of(enum account_type type)
{
	static const enum mail_format formats[] = {
		[ACCOUNT_MAILDIR] = MAIL_MAILDIR,
		[ACCOUNT_MBOX] = MAIL_MBOX,
		[ACCOUNT_EML] = MAIL_EML,
	};
	return formats[type];
}

static int open_source(struct fetcher *f, struct error *err)
{
	const struct source_watcher watcher = {
		.context = f,
		.folder_state = ask_folder_state,
		.has = ask_has,
		.progress = tell_progress,
	};
	const struct account *account = f->plan->account;
	if (account->type == ACCOUNT_IMAP)
		return source_open_imap(&f->imap, &watcher, &f->source, err);
	if (!f->plan->once && account_has_chats(account->type)) {
		const struct exports_plan exports = {
			.path = account->path, .is_export = chat_folder_is, .wake_fd = f->wake_fd};
		return source_open_exports(&exports, &f->source, err);
	}
	const struct files_plan files = {
		.account = account->name,
		.path = account->path,
		.format = f->plan->once ? f->plan->format : format_of(account->type),
		.max_size_bytes = account->max_size_bytes,
		.growing = !f->plan->once,
		.wake_fd = f->wake_fd,
	};
	return source_open_files(&files, &watcher, &f->source, err);
}

/* The next connection is another process's, which sees the machine's settings as they are then. */
static int tell_lost(struct fetcher *f)
{
	channel_send(f->keeper, "lost", STR("{}"), (struct str){0}, NULL);
	return -1;
}

/* A connection kept from the last round may have died meanwhile: that is no failure of this one. */
static int still_connected(struct fetcher *f)
{
	return f->source && source_again(f->source, NULL) < 0 ? tell_lost(f) : 0;
}

static int run_round(struct fetcher *f, struct error *err)
{
	struct source_item item;
	int result = f->source ? 0 : open_source(f, err);
	while (!result) {
		int more = source_next(f->source, &item, err);
		if (more == 0)
			break;
		result = more < 0 ? -1 : send_item(f, &item, err);
	}
	if (result < 0) {
		source_close(f->source);
		f->source = NULL;
	}
	return result;
}

static int tell_outcome(struct fetcher *f, int result, const struct error *why)
{
	struct buf head = {0};
	struct json_writer w;
	begin_head(&w, &head, (struct str){0});
	if (result < 0) {
		json_int(&w, "kind", why->kind);
		json_cstr(&w, "text", why->text);
	} else {
		json_str(&w, "capabilities", source_capabilities(f->source));
	}
	json_object_end(&w);
	return channel_say(f->keeper, result < 0 ? "failed" : "done", &head, (struct str){0}, NULL);
}

static int wake_when_ready(int wake_fd, int operation, int fd)
{
	struct epoll_event event = {.events = EPOLLIN};
	return epoll_ctl(wake_fd, operation, fd, &event);
}

/* Between rounds: waits at the server for news, or until the next look is due. The keeper's word
   ends it, and with it the connection. */
static int wait_for_news(struct fetcher *f, struct error *err)
{
	int keeper = channel_fd(f->keeper), news = -1;
	if (wake_when_ready(f->wake_fd, EPOLL_CTL_ADD, keeper) == 0) {
		news = source_wait(f->source, f->plan->account->poll_s * SECOND_US, NULL);
		wake_when_ready(f->wake_fd, EPOLL_CTL_DEL, keeper);
	}
	if (news >= 0)
		return channel_send(f->keeper, "news", STR("{}"), (struct str){0}, err);
	return tell_lost(f);
}

/* Waits for the order to begin a round; at the server, once all that was given is acknowledged. */
static int wait_for_order(struct fetcher *f, struct error *err)
{
	struct frame frame;
	bool news = false;
	for (;;) {
		if (!news && f->plan->account->idle && f->source && !f->unacknowledged &&
			!channel_holds(f->keeper)) {
			news = true;
			if (wait_for_news(f, err) < 0)
				return -1;
		}
		if (channel_next(f->keeper, &frame, err) < 0)
			return -1;
		if (!strcmp(frame.verb, "go"))
			return 0;
		if (strcmp(frame.verb, "ack"))
			return error_set(err, ERROR_INPUT, "the keeper said '%s', expected 'go'",
				frame.verb);
		if (take_acknowledgement(f, &frame, err) < 0)
			return -1;
	}
}

int fetcher_enclose(const struct account *account, struct secret_desk *desk, struct error *err)
{
	bool remote = account->type == ACCOUNT_IMAP;
	const struct sandbox box = {
		.role = remote ? SANDBOX_NETWORK : SANDBOX_FILES,
		.port = (uint16_t)account->port,
		.ca_file = account->ca_file,
		.host = account->host,
	};
	if (remote && desk && secret_desk_start(&account->secret, desk, err) < 0)
		return -1;
	return sandbox_enter(&box, err);
}

struct imap_plan fetcher_imap_plan(
	const struct fetcher_plan *plan, const struct secret_desk *desk, int wake_fd)
{
	static const enum imap_auth auths[] = {
		[AUTH_PASSWORD] = IMAP_AUTH_PASSWORD,
		[AUTH_XOAUTH2] = IMAP_AUTH_XOAUTH2,
		[AUTH_OAUTHBEARER] = IMAP_AUTH_OAUTHBEARER,
	};
	const struct account *a = plan->account;
	return (struct imap_plan){
		.account = a->name,
		.host = a->host,
		.port = a->port,
		.starttls = a->tls == TLS_STARTTLS,
		.ca_file = a->ca_file,
		.user = a->user,
		.auth = auths[a->auth],
		.folders = a->folders,
		.timeout_us = a->timeout_s * SECOND_US,
		.has_since = a->has_since,
		.since = a->since,
		.max_size_bytes = a->max_size_bytes,
		.watched = plan->watched,
		/* for each login anew, so that a changed one is seen */
		.secret = secret_desk_ask,
		.secret_context = desk,
		.wake_fd = wake_fd,
	};
}

int fetcher_main(struct channel *to_keeper, int stop_fd, const void *context)
{
	struct fetcher f = {
		.plan = context,
		.keeper = to_keeper,
		.desk = {.fd = -1},
		.wake_fd = epoll_create1(EPOLL_CLOEXEC),
	};
	struct error unclosed = {0};
	if (f.wake_fd < 0 || wake_when_ready(f.wake_fd, EPOLL_CTL_ADD, stop_fd) < 0)
		return EXIT_FAILURE;
	if (fetcher_enclose(f.plan->account, &f.desk, &unclosed) < 0) {
		tell_outcome(&f, -1, &unclosed);
		return EXIT_FAILURE;
	}
	f.imap = fetcher_imap_plan(f.plan, &f.desk, f.wake_fd);
	int status = EXIT_SUCCESS;
	while (wait_for_order(&f, NULL) == 0 && still_connected(&f) == 0) {
		struct error why = {0};
		int result = run_round(&f, &why);
		malloc_trim(0); /* of hundreds of accounts each only waits from now on */
		if (tell_outcome(&f, result, &why) < 0) {
			status = EXIT_FAILURE;
			break;
		}
	}
	source_close(f.source);
	arena_finish(&f.answer);
	secret_desk_end(&f.desk);
	close(f.wake_fd);
	return status;
}
