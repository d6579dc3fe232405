/* A chat's export in a watched path on its way into the archive, beside everything else that the
   keeper does. */
#include "export_intake.h"

#include "app/events.h"
#include "app/rulebook.h"
#include "base/utf8.h"
#include "channel.h"
#include "chat_source.h"
#include "config/config.h"
#include "import_run.h"
#include "keeper_state.h"
#include "worktime/zone.h"
#include <stdio.h>
#include <stdlib.h>

struct export_intake {
	struct keeper *keeper;
	struct account_link *link;
	struct arena arena;
	struct account account; /* the link's, but with the export's path */
	struct readers *readers;
	struct import_plan plan;
	struct import import;
	struct buf note; /* what is to be said of it */
};

static void add_note(struct export_intake *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void add_note(struct export_intake *e, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buf_add_cstr(&e->note, e->note.len ? "; " : "");
	buf_add_vformat(&e->note, format, arguments);
	va_end(arguments);
}

static void note_stored(void *context, const struct batch *batch, size_t count)
{
	struct export_intake *e = context;
	e->keeper->stored += count;
	keeper_announce(e->keeper, batch, count);
}

static void note_progress(void *context, const char *what, uint64_t done, uint64_t all)
{
	struct export_intake *e = context;
	struct buf words = {0};
	buf_add_format(&words, "%s %llu of %llu: ", what, (unsigned long long)done,
		(unsigned long long)all);
	utf8_add_visible(&words, e->account.path, false);
	snprintf(e->link->progress, sizeof(e->link->progress), "%s", buf_cstr(&words));
	buf_finish(&words);
}

/* What somebody can do something about. */
static bool note_survey(void *context, const struct json_value *head)
{
	struct export_intake *e = context;
	struct buf others = {0};
	int64_t unread = json_to_int(json_get(head, chat_kind_name(CHAT_UNREAD)), 0);
	import_add_others(head, &others);
	if (others.len)
		add_note(e, "nobody's: %s, until 'names' of a client or of me have them",
			buf_cstr(&others));
	if (unread)
		add_note(e, "%lld pieces could not be read: %.*s", (long long)unread,
			STR_ARG(json_to_str(json_get(head, "unread_why"))));
	buf_finish(&others);
	log_event(&event_export,
		LOG_FIELDS(log_text("account", e->account.name),
			log_text("format", json_to_str(json_get(head, "format"))),
			log_text("dates", json_to_str(json_get(head, "order"))),
			log_text("zone", zone_name(e->plan.zone))));
	return true;
}

static int make_plan(struct export_intake *e, struct str path, struct error *err)
{
	struct chat_plan chat;
	e->account = *e->link->account;
	e->account.path = arena_str(&e->arena, path);
	if (!e->account.path.ptr)
		return error_memory(err);
	if (chat_plan_of(e->keeper->book, e->link->number, e->account.path.ptr, &chat, err) < 0)
		return -1;
	e->plan = (struct import_plan){
		.account = &e->account,
		.chat = true,
		.has_chat_format = chat.has_format,
		.chat_format = chat.format,
		.order = chat.order,
		.zone = chat.zone,
		.context = e,
		.progress = note_progress,
		.survey = note_survey,
		.stored = note_stored,
	};
	return 0;
}

/* Is it the archive, or memory, that fails, and not the export? */
static bool is_ours(const struct error *why)
{
	return why->kind == ERROR_MEMORY || why->kind == ERROR_INTEGRITY ||
		why->kind == ERROR_INTERRUPTED || why->kind == ERROR_SYSTEM;
}

/* What may be otherwise in a while is tried again in the next round. */
static bool is_passing(const struct error *why)
{
	return why->kind == ERROR_TEMPORARY || why->kind == ERROR_NOT_FOUND ||
		why->kind == ERROR_SYSTEM;
}

static int answer(struct export_intake *e, const struct error *why, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	struct error gone = {0};
	const struct import_outcome *o = &e->import.out;
	if (why->kind) {
		add_note(e, "%s", why->text);
		log_event(&event_export_failed, LOG_FIELDS(log_text("account", e->account.name)));
	} else {
		log_event(&event_export_read,
			LOG_FIELDS(log_text("account", e->account.name),
				log_number("new", o->added), log_number("known", o->known),
				log_number("differing", o->differing)));
	}
	if (e->note.len)
		account_link_note(e->link, e->account.path, buf_str(&e->note));
	e->link->progress[0] = '\0';
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_bool(&w, "read", !is_passing(why));
	json_str(&w, "note", e->note.len ? buf_str(&e->note) : (struct str){0});
	json_object_end(&w);
	int result = channel_say(e->link->process.channel, "export", &head, (struct str){0}, &gone);
	export_intake_end(e->link);
	/* a fetcher that is gone is noticed at its own turn */
	return result < 0 && gone.kind == ERROR_MEMORY ? error_memory(err) : 0;
}

int export_intake_begin(
	struct keeper *k, struct account_link *link, struct str path, struct error *err)
{
	struct export_intake *e = calloc(1, sizeof(*e));
	struct error why = {0};
	if (!e)
		return error_memory(err);
	e->keeper = k;
	e->link = link;
	link->intake = e;
	if (make_plan(e, path, err) < 0 || readers_new(k->book, 1, &e->readers, err) < 0)
		return -1;
	readers_started_by(e->readers, &k->spawner);
	e->import = (struct import){
		.store = k->store,
		.readers = e->readers,
		.book = k->book,
		.plan = &e->plan,
		.spawner = &k->spawner,
		.account_number = link->number,
	};
	if (import_begin(&e->import, &why) == 0)
		return 0;
	if (why.kind != ERROR_MEMORY)
		return answer(e, &why, err);
	*err = why;
	return -1;
}

size_t export_intake_poll(const struct export_intake *e, struct pollfd *fds, size_t room)
{
	return e ? import_poll(&e->import, fds, room) : 0;
}

int export_intake_turn(struct account_link *link, struct error *err)
{
	struct export_intake *e = link->intake;
	struct error why = {0};
	if (!e)
		return 0;
	int more = import_step(&e->import, &why);
	if (more > 0)
		return 0;
	if (more < 0 && is_ours(&why)) {
		*err = why;
		return -1;
	}
	return answer(e, more < 0 ? &why : &e->import.why, err);
}

void export_intake_end(struct account_link *link)
{
	struct export_intake *e = link->intake;
	if (!e)
		return;
	link->intake = NULL;
	if (e->import.readers)
		import_end(&e->import);
	readers_free(e->readers);
	buf_finish(&e->note);
	arena_finish(&e->arena);
	free(e);
}
