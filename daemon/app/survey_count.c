/* Who wrote, from the From fields of many messages: the process that reads them, which has neither
 * network nor files.
 */
#include "survey.h"

#include "app/sandbox.h"
#include "base/array.h"
#include "base/json.h"
#include "base/limits.h"
#include "channel.h"
#include "message/message_parse.h"
#include "process.h"
#include "told.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The rarest of more would be nobody's clients. */
#define SENDERS_TOLD 1000
/* All fields with what is read from them, many times over. */
#define COUNT_MEMORY (1024 * MIB)

/* A sender of one message; after that of all of one address. */
struct writer {
	struct str mail, name;
	size_t order; /* the newest is 0 */
	uint32_t messages;
};

struct writers {
	struct arena arena;
	struct writer *items;
	size_t count, cap;
};

static bool take_field(struct str *rest, struct str *field)
{
	uint32_t len;
	if (rest->len < sizeof(len))
		return false;
	memcpy(&len, rest->ptr, sizeof(len));
	*field = str_slice(*rest, sizeof(len), sizeof(len) + len);
	*rest = str_slice(*rest, sizeof(len) + len, rest->len);
	return true;
}

static int add_writer(struct writers *w, const struct address *a, struct error *err)
{
	size_t at;
	if (!str_rfind_char(a->mail, '@', &at) || at == 0 || at + 1 == a->mail.len)
		return 0;
	struct writer item = {
		.mail = arena_str(&w->arena, a->mail),
		.name = a->name.len ? arena_str(&w->arena, a->name) : (struct str){0},
		.order = w->count,
		.messages = 1,
	};
	if (!item.mail.ptr || (a->name.len && !item.name.ptr) ||
		array_room(&w->items, w->count, &w->cap, sizeof(*w->items)) < 0)
		return error_memory(err);
	w->items[w->count++] = item;
	return 0;
}

/* The first author of each: a mail counts once. */
static int read_writers(struct str fields, struct writers *w, struct error *err)
{
	struct str field;
	int result = 0;
	while (!result && take_field(&fields, &field)) {
		struct parties parties;
		parties_init(&parties);
		result = parties_scan(field, &parties, err);
		if (!result && parties.from.count)
			result = add_writer(w, &parties.from.items[0], err);
		parties_finish(&parties);
	}
	return result;
}

/* Addresses differ by more than case in theory only. */
static int compare_mail(struct str a, struct str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? strncasecmp(a.ptr, b.ptr, len) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_mail(const void *a, const void *b)
{
	const struct writer *x = a, *y = b;
	int order = compare_mail(x->mail, y->mail);
	return order ? order : (x->order > y->order) - (x->order < y->order);
}

static int by_messages(const void *a, const void *b)
{
	const struct writer *x = a, *y = b;
	if (x->messages != y->messages)
		return x->messages < y->messages ? 1 : -1;
	return by_mail(a, b);
}

/* Joins those of one address; its name is the newest there is. */
static void join_writers(struct writers *w)
{
	size_t kept = 0;
	if (!w->count)
		return;
	qsort(w->items, w->count, sizeof(*w->items), by_mail);
	for (size_t i = 1; i < w->count; i++) {
		struct writer *last = &w->items[kept];
		if (compare_mail(last->mail, w->items[i].mail) != 0) {
			w->items[++kept] = w->items[i];
			continue;
		}
		last->messages++;
		if (!last->name.len)
			last->name = w->items[i].name;
	}
	w->count = kept + 1;
	qsort(w->items, w->count, sizeof(*w->items), by_messages);
}

static int tell_writer(
	struct channel *to_parent, const struct writer *item, size_t all, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_str(&w, "mail", item->mail);
	json_str(&w, "name", item->name);
	json_int(&w, "messages", item->messages);
	json_int(&w, "all", (int64_t)all);
	json_object_end(&w);
	return channel_say(to_parent, "sender", &head, (struct str){0}, err);
}

static int count_main(struct channel *to_parent, int stop_fd, const void *context)
{
	(void)stop_fd;
	const struct str *fields = context;
	const struct sandbox box = {.role = SANDBOX_READER};
	struct writers w = {0};
	struct error why = {0};
	int result = sandbox_enter(&box, &why);
	if (!result)
		result = read_writers(*fields, &w, &why);
	if (!result)
		join_writers(&w);
	for (size_t i = 0; i < w.count && i < SENDERS_TOLD && !result; i++)
		result = tell_writer(to_parent, &w.items[i], w.count, &why);
	free(w.items);
	arena_finish(&w.arena);
	return told_end(to_parent, result, &why);
}

/* The caller's side. */

static int take_sender(
	struct senders *s, size_t *cap, const struct json_value *v, struct error *err)
{
	struct sender *wider;
	if (s->count == *cap) {
		*cap = *cap ? 2 * *cap : 64;
		wider = arena_array(&s->arena, *cap, sizeof(*wider));
		if (!wider)
			return error_memory(err);
		if (s->count)
			memcpy(wider, s->items, s->count * sizeof(*wider));
		s->items = wider;
	}
	struct str name = json_to_str(json_get(v, "name"));
	struct sender item = {
		.mail = arena_str(&s->arena, json_to_str(json_get(v, "mail"))),
		.name = name.len ? arena_str(&s->arena, name) : (struct str){0},
		.messages = (uint32_t)json_to_int(json_get(v, "messages"), 0),
	};
	if (!item.mail.ptr || (name.len && !item.name.ptr))
		return error_memory(err);
	s->items[s->count++] = item;
	s->all = (size_t)json_to_int(json_get(v, "all"), 0);
	return 0;
}

int survey_count(struct str fields, struct senders *out, struct error *err)
{
	struct process process = {.stop_fd = -1};
	struct json_document *head = NULL;
	struct frame frame;
	size_t cap = 0;
	const struct process_plan plan = {
		.title = "overstep-reader",
		.prepare = message_library_start,
		.run = count_main,
		.context = &fields,
		.memory_bytes = COUNT_MEMORY,
	};
	int more = process_start(&plan, &process, err);
	if (!more)
		while ((more = told_next(&process, &frame, &head, err)) > 0)
			if (take_sender(out, &cap, json_root(head), err) < 0) {
				more = -1;
				break;
			}
	process_end(&process);
	json_free(head);
	return more;
}
