/* The messages of one chat export, read in a process of its own and told by frames. */
#include "chat_source.h"

#include "app/chat_reading.h"
#include "app/import.h"
#include "app/rulebook.h"
#include "app/sandbox.h"
#include "base/array.h"
#include "base/json.h"
#include "base/limits.h"
#include "channel.h"
#include "chat_export.h"
#include "config/config.h"
#include "model/message.h"
#include "model/raw.h"
#include "model/speech.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <locale.h>
#include <stdlib.h>

#define OTHERS_TOLD 100
#define TELL_EVERY 1000 /* messages */
#define SUMS_TOLD 1000  /* at once */

/* One conversation, and which clients write in it. */
struct talk {
	struct str name;
	bool *members;
};

struct chat_source {
	const struct chat_plan *plan;
	struct channel *parent;
	struct chat_export export;
	locale_t utf8; /* held, so that it need not be opened again */
	enum chat_format format;
	struct chat_declared declared;
	struct chat_survey survey;
	struct arena arena;
	struct talk *talks;
	size_t talk_count, talk_cap;
	size_t talk_last; /* the one that was asked for last */
	struct buf sums;  /* struct chat_sum, not told yet */
	size_t sums_of;   /* of that conversation */
	uint64_t sent, unacknowledged;
};

int chat_plan_of(const struct rulebook *book, size_t account, const char *path,
	struct chat_plan *out, struct error *err)
{
	static const enum chat_format formats[] = {
		[ACCOUNT_WHATSAPP] = CHAT_WHATSAPP,
		[ACCOUNT_TELEGRAM] = CHAT_TELEGRAM,
		[ACCOUNT_SLACK] = CHAT_SLACK,
		[ACCOUNT_DISCORD] = CHAT_DISCORD,
		[ACCOUNT_MESSENGER] = CHAT_MESSENGER,
		[ACCOUNT_SMS] = CHAT_SMS,
	};
	const struct account *a = &book->config->accounts[account];
	enum chat_order order = CHAT_ORDER_UNKNOWN;
	if (a->locale.len && chat_order_parse(a->locale, &order, err) < 0)
		return -1;
	*out = (struct chat_plan){
		.path = path,
		.config = book->config,
		.has_format = true,
		.format = formats[a->type],
		.order = order,
		.zone = book->zones[account] ? book->zones[account] : worktime_zone(book->mine),
	};
	return 0;
}

static int detect(struct chat_source *s, struct error *err)
{
	if (chat_detect(&s->export.files, &s->format, err) < 0)
		return -1;
	if (s->plan->has_format && s->format != s->plan->format)
		return error_set(err, ERROR_INPUT, "'%s' is an export of %s, expected %s",
			s->plan->path, chat_format_name(s->format),
			chat_format_name(s->plan->format));
	return 0;
}

static int survey(struct chat_source *s, struct error *err)
{
	s->declared = (struct chat_declared){
		.order = s->plan->order, .zone = s->plan->zone, .instants = zone_instants};
	if (chat_survey(s->format, &s->export.files, &s->declared, &s->survey, err) < 0)
		return -1;
	const struct chat_dates *d = &s->survey.dates;
	if (!s->declared.order && s->format == CHAT_WHATSAPP && !d->order)
		return error_set(err, ERROR_USAGE,
			"%.*s; say how they are written (--locale, or 'locale' of an account): "
			"dmy, mdy or ymd, or a language and region such as en-GB",
			STR_ARG(d->why));
	s->declared.order = d->order;
	return 0;
}

static size_t writer_of(const struct chat_source *s, struct str name, struct str id, bool outgoing)
{
	const struct config *c = s->plan->config;
	return chat_writer(name, id, outgoing, &c->me, c->clients, c->client_count);
}

static void write_others(const struct chat_source *s, struct json_writer *w)
{
	size_t told = 0;
	json_array(w, "others");
	for (size_t i = 0; i < s->survey.author_count && told < OTHERS_TOLD; i++) {
		const struct chat_author *a = &s->survey.authors[i];
		if (writer_of(s, a->name, a->id, a->outgoing) != SIZE_MAX)
			continue;
		json_object(w, NULL);
		json_str(w, "name", a->name.ptr ? a->name : a->id);
		json_int(w, "messages", (int64_t)a->messages);
		if (a->has_first)
			json_int(w, "first", a->first_at_us);
		json_object_end(w);
		told++;
	}
	json_array_end(w);
}

static int tell_survey(struct chat_source *s, struct error *err)
{
	const struct chat_survey *v = &s->survey;
	char sum[SHA256_HEX_SIZE];
	struct sha256 whole;
	struct buf head = {0};
	struct json_writer w;
	if (chat_export_sum(&s->export, &whole, err) < 0)
		return -1;
	sha256_hex(&whole, sum);
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_cstr(&w, "format", chat_format_name(s->format));
	json_cstr(&w, "sha256", sum);
	for (int k = 0; k < CHAT_KINDS; k++)
		json_int(&w, chat_kind_name((enum chat_kind)k), (int64_t)v->kinds[k]);
	json_int(&w, "unread_bytes", (int64_t)v->unread_bytes);
	json_str(&w, "unread_why", v->unread_why);
	json_int(&w, "conversations", (int64_t)v->conversations);
	json_bool(&w, "local_times", v->local_times);
	json_bool(&w, "seconds_missing", v->seconds_missing);
	json_int(&w, "folds", (int64_t)v->folds);
	json_int(&w, "gaps", (int64_t)v->gaps);
	json_int(&w, "other_style", (int64_t)v->other_style);
	if (v->has_period) {
		json_int(&w, "first", v->first_at_us);
		json_int(&w, "last", v->last_at_us);
	}
	json_cstr(&w, "order", v->dates.order ? chat_order_name(v->dates.order) : NULL);
	json_str(&w, "dates", v->dates.inferred ? v->dates.why : (struct str){0});
	write_others(s, &w);
	json_object_end(&w);
	return channel_say(s->parent, "survey", &head, (struct str){0}, err);
}

static struct str talk_name(const struct chat_source *s, const struct chat_message *m)
{
	return m->conversation.len ? m->conversation : chat_export_name(s->plan->path);
}

/* NULL: no client has written in it so far. Messages of one conversation stand together. */
static struct talk *find_talk(struct chat_source *s, struct str name)
{
	if (s->talk_last < s->talk_count && str_eq(s->talks[s->talk_last].name, name))
		return &s->talks[s->talk_last];
	for (size_t i = 0; i < s->talk_count; i++)
		if (str_eq(s->talks[i].name, name)) {
			s->talk_last = i;
			return &s->talks[i];
		}
	return NULL;
}

/* NULL: no memory, or too many of them. */
static struct talk *add_talk(struct chat_source *s, struct str name)
{
	if (s->talk_count >= LIMIT_CHAT_CONVERSATIONS ||
		array_room(&s->talks, s->talk_count, &s->talk_cap, sizeof(*s->talks)) < 0)
		return NULL;
	struct talk made = {
		.name = arena_str(&s->arena, name),
		.members = arena_array(&s->arena, s->plan->config->client_count, sizeof(bool)),
	};
	if (!made.name.ptr || !made.members)
		return NULL;
	s->talk_last = s->talk_count++;
	s->talks[s->talk_last] = made;
	return &s->talks[s->talk_last];
}

/* Goes through all of it; `each` is given who wrote it. */
static int walk(struct chat_source *s,
	int (*each)(struct chat_source *s, const struct chat_message *m, size_t writer,
		struct error *err),
	struct error *err)
{
	struct chat_reader *reader = NULL;
	struct chat_message m;
	int more = chat_open(s->format, &s->export.files, &s->declared, &reader, err) < 0 ? -1 : 1;
	chat_message_init(&m);
	while (more > 0 && (more = chat_next(reader, &m, err)) > 0) {
		bool said = m.kind != CHAT_UNREAD && m.kind != CHAT_SYSTEM;
		if (said && each(s, &m, writer_of(s, m.author, m.author_id, m.outgoing), err) < 0)
			more = -1;
	}
	chat_message_finish(&m);
	chat_close(reader);
	return more;
}

static int tell_sums(struct chat_source *s, const char *verb, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	if (!s->sums.len)
		return 0;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_str(&w, "folder", s->talks[s->sums_of].name);
	json_object_end(&w);
	int result = s->sums.failed ? error_memory(err)
				    : channel_say(s->parent, verb, &head, buf_str(&s->sums), err);
	buf_clear(&s->sums);
	return result;
}

/* Zero when it has no time. */
static int sum_speech(
	const struct chat_message *m, bool outgoing, struct sha256 *out, struct error *err)
{
	const struct speech speech = {
		.at_us = m->time.at_us,
		.outgoing = outgoing,
		.deleted = m->kind == CHAT_DELETED,
		.text = &m->text,
	};
	*out = (struct sha256){0};
	return m->time.state == CHAT_TIME_NONE ? 0 : speech_sum(&speech, out, err);
}

/* Of the conversation that was asked for last. */
static int note_sum(struct chat_source *s, const char *verb, const struct chat_message *m,
	bool outgoing, struct error *err)
{
	struct chat_sum sum = {.at_us = m->time.at_us, .has_at = m->time.state != CHAT_TIME_NONE};
	struct str whole;
	bool full = s->sums.len >= SUMS_TOLD * sizeof(sum);
	if ((full || s->sums_of != s->talk_last) && tell_sums(s, verb, err) < 0)
		return -1;
	s->sums_of = s->talk_last;
	if (s->export.files.load(&s->export.files, m->file, &whole, err) < 0 ||
		sha256_of(str_slice(whole, m->start, m->end), &sum.octets, err) < 0 ||
		sum_speech(m, outgoing, &sum.speech, err) < 0)
		return -1;
	buf_add(&s->sums, &sum, sizeof(sum));
	return 0;
}

static int note_member(
	struct chat_source *s, const struct chat_message *m, size_t writer, struct error *err)
{
	if (writer >= s->plan->config->client_count)
		return 0;
	struct talk *t = find_talk(s, talk_name(s, m));
	if (!t)
		t = add_talk(s, talk_name(s, m));
	if (!t)
		return error_set(err, ERROR_LIMIT, "more than %d conversations with clients",
			LIMIT_CHAT_CONVERSATIONS);
	t->members[writer] = true;
	return note_sum(s, "sums", m, false, err);
}

/* The client that wrote it; of my own line all with whom I talk there. */
static void write_clients(
	const struct chat_source *s, const struct talk *t, size_t writer, struct json_writer *w)
{
	const struct config *c = s->plan->config;
	json_array(w, "clients");
	for (size_t i = 0; i < c->client_count; i++)
		if (writer == i || (writer == c->client_count && t->members[i]))
			json_str(w, NULL, c->clients[i].id);
	json_array_end(w);
}

static enum line_ends line_ends_of(struct str octets)
{
	size_t crlf = 0, lf = 0;
	for (size_t i = 0; i < octets.len; i++)
		if (octets.ptr[i] == '\n')
			*(i && octets.ptr[i - 1] == '\r' ? &crlf : &lf) += 1;
	return !lf ? LINE_ENDS_CRLF : crlf ? LINE_ENDS_MIXED : LINE_ENDS_LF;
}

static int fill_place(struct chat_source *s, const struct chat_message *m, struct str octets,
	struct buf *name, struct file_place *out, struct error *err)
{
	static const char *const orders[] = {
		[CHAT_DMY] = "dmy", [CHAT_MDY] = "mdy", [CHAT_YMD] = "ymd"};
	struct str within = s->export.files.items[m->file].name;
	buf_add_cstr(name, s->plan->path);
	/* a file in a zip is named as in a folder */
	if (s->export.files.count > 1 || chat_export_is_zip(&s->export))
		buf_add_format(name, "/%.*s", STR_ARG(within));
	*out = (struct file_place){
		.format = str_from(chat_format_name(s->format)),
		.name = buf_str(name),
		.number = m->ordinal + 1,
		.start = m->start,
		.size_bytes = octets.len,
		.line_ends = line_ends_of(octets),
		.zone = m->time.local ? zone_name(s->plan->zone) : (struct str){0},
		.locale = str_from(s->declared.order ? orders[s->declared.order] : NULL),
		.author = m->author,
	};
	return name->failed ? error_memory(err) : sha256_of(octets, &out->sum, err);
}

/* Until at most so much is left of what was sent. */
static int wait_for_room(struct chat_source *s, uint64_t left, struct error *err)
{
	struct frame frame;
	struct json_document *document = NULL;
	while (s->unacknowledged > left) {
		if (channel_next(s->parent, &frame, err) < 0 ||
			json_parse(frame.head, &document, err) < 0)
			return -1;
		uint64_t bytes = (uint64_t)json_to_int(json_get(json_root(document), "bytes"), 0);
		json_free(document);
		s->unacknowledged -= bytes < s->unacknowledged ? bytes : s->unacknowledged;
	}
	return 0;
}

static int say_message(struct chat_source *s, const struct chat_message *m, size_t writer,
	struct talk *t, struct str octets, struct error *err)
{
	struct buf head = {0}, name = {0};
	struct json_writer w;
	struct file_place place;
	struct clocks clocks;
	struct sha256 speech;
	char hex[SHA256_HEX_SIZE];
	bool outgoing = writer == s->plan->config->client_count;
	if (fill_place(s, m, octets, &name, &place, err) < 0 ||
		sum_speech(m, outgoing, &speech, err) < 0) {
		buf_finish(&name);
		return -1;
	}
	chat_clocks(m, 0, &clocks);
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_str(&w, "folder", t->name);
	file_place_write(&w, "file", &place);
	json_bool(&w, "out", outgoing);
	write_clients(s, t, writer, &w);
	if (clocks.has[CLOCK_DATE]) {
		sha256_hex(&speech, hex);
		json_int(&w, "date", clocks.at_us[CLOCK_DATE]);
		json_cstr(&w, "speech", hex);
	}
	json_int(&w, "offset", clocks.date_offset_min);
	json_bool(&w, "agreed", clocks.agreed);
	json_object_end(&w);
	buf_finish(&name);
	s->unacknowledged += chat_source_cost(octets);
	if (channel_say(s->parent, "chat", &head, octets, err) < 0)
		return -1;
	return wait_for_room(s, LIMIT_QUEUE_BYTES, err);
}

/* So that what stands there is not taken for gone when a name is known no longer: mine, or a
   client's. */
static int note_other(struct chat_source *s, const struct chat_message *m, struct error *err)
{
	return note_sum(s, "others", m, false, err) < 0 || note_sum(s, "others", m, true, err) < 0
		? -1
		: 0;
}

static int send_message(
	struct chat_source *s, const struct chat_message *m, size_t writer, struct error *err)
{
	struct str whole;
	struct talk *t = find_talk(s, talk_name(s, m));
	if (!t)
		return 0;
	if (writer == SIZE_MAX)
		return note_other(s, m, err);
	if (s->export.files.load(&s->export.files, m->file, &whole, err) < 0)
		return -1;
	if (++s->sent % TELL_EVERY == 0) {
		struct buf head = {0};
		buf_add_format(&head, "{\"done\":%zu,\"all\":%zu}", m->end / MIB,
			(whole.len + MIB - 1) / MIB);
		if (channel_say(s->parent, "progress", &head, (struct str){0}, err) < 0)
			return -1;
	}
	return say_message(s, m, writer, t, str_slice(whole, m->start, m->end), err);
}

static int read_export(struct chat_source *s, struct error *err)
{
	/* with the file in its hands it needs no other; but what a zip's names are read by */
	const struct sandbox box = {.role = SANDBOX_READER};
	s->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (chat_export_take(s->plan->path, &s->export, err) < 0 || sandbox_enter(&box, err) < 0 ||
		chat_export_open(&s->export, err) < 0 || detect(s, err) < 0 || survey(s, err) < 0 ||
		tell_survey(s, err) < 0 || walk(s, note_member, err) < 0 ||
		tell_sums(s, "sums", err) < 0 || walk(s, send_message, err) < 0 ||
		tell_sums(s, "others", err) < 0)
		return -1;
	/* who ends with something unread takes with it what the other one has not read yet */
	return wait_for_room(s, 0, err);
}

static int tell_end(struct channel *parent, int result, const struct error *why)
{
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	if (result < 0) {
		json_int(&w, "kind", why->kind);
		json_cstr(&w, "text", why->text);
	}
	json_object_end(&w);
	return channel_say(parent, result < 0 ? "failed" : "done", &head, (struct str){0}, NULL);
}

int chat_source_main(struct channel *to_parent, int stop_fd, const void *context)
{
	(void)stop_fd; /* its parent ends it */
	struct chat_source s = {.plan = context, .parent = to_parent};
	struct frame frame;
	struct error why = {0};
	chat_survey_init(&s.survey);
	if (channel_next(to_parent, &frame, NULL) < 0)
		return EXIT_FAILURE;
	int result = tell_end(to_parent, read_export(&s, &why), &why);
	free(s.talks);
	buf_finish(&s.sums);
	arena_finish(&s.arena);
	chat_survey_finish(&s.survey);
	chat_export_finish(&s.export);
	if (s.utf8)
		freelocale(s.utf8);
	return result < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
