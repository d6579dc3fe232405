/* Counts what is in an export. */
#include "chat/chat_survey.h"

#include "base/array.h"
#include "base/limits.h"
#include "dates.h"
#include "reader.h"

#include <stdlib.h>
#include <string.h>

/* Names sorted, for counting; `authors` grows in the heap and is moved at the end. */
struct count {
	struct chat_survey *s;
	struct chat_author *authors;
	size_t count, cap;
	struct str *conversations;
	size_t conversation_count, conversation_cap;
};

void chat_survey_init(struct chat_survey *s)
{
	*s = (struct chat_survey){0};
}

void chat_survey_finish(struct chat_survey *s)
{
	if (!s)
		return;
	arena_finish(&s->arena);
	chat_survey_init(s);
}

/* Whoever has an id is told by it alone: the name may stand with some messages only. */
static int compare_person(const struct chat_author *a, struct str id, struct str name)
{
	int by_id = str_cmp(a->id, id);
	return by_id || id.len ? by_id : str_cmp(a->name, name);
}

/* The place of that author among the sorted ones. */
static size_t author_place(const struct count *c, struct str id, struct str name)
{
	size_t low = 0, high = c->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_person(&c->authors[middle], id, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A copy; an absent string stays absent. */
static bool copy(struct arena *arena, struct str s, struct str *out)
{
	*out = s.ptr ? arena_str(arena, s) : s;
	return !s.ptr || out->ptr;
}

static int count_author(struct count *c, const struct chat_message *m)
{
	size_t at = author_place(c, m->author_id, m->author);
	if (at == c->count || compare_person(&c->authors[at], m->author_id, m->author)) {
		if (c->count == LIMIT_CHAT_AUTHORS) {
			c->s->more_authors = true;
			return 0;
		}
		struct chat_author new = {.outgoing = m->outgoing};
		if (array_room(&c->authors, c->count, &c->cap, sizeof(*c->authors)) < 0 ||
			!copy(&c->s->arena, m->author, &new.name) ||
			!copy(&c->s->arena, m->author_id, &new.id))
			return -1;
		memmove(&c->authors[at + 1], &c->authors[at],
			(c->count - at) * sizeof(*c->authors));
		c->authors[at] = new;
		c->count++;
	}
	struct chat_author *a = &c->authors[at];
	a->messages++;
	if (m->time.state != CHAT_TIME_NONE && (!a->has_first || m->time.at_us < a->first_at_us)) {
		a->has_first = true;
		a->first_at_us = m->time.at_us;
	}
	return a->name.ptr || copy(&c->s->arena, m->author, &a->name) ? 0 : -1;
}

/* Messages of one conversation stand together: only a new neighbour is looked up. */
static int count_conversation(struct count *c, struct str name)
{
	for (size_t i = c->conversation_count; i > 0; i--)
		if (str_eq(c->conversations[i - 1], name))
			return 0;
	if (c->conversation_count == LIMIT_CHAT_CONVERSATIONS)
		return 0;
	struct str kept;
	if (array_room(&c->conversations, c->conversation_count, &c->conversation_cap,
		    sizeof(*c->conversations)) < 0 ||
		!copy(&c->s->arena, name, &kept))
		return -1;
	c->conversations[c->conversation_count++] = kept;
	return 0;
}

static void count_time(struct chat_survey *s, const struct chat_time *t)
{
	s->local_times |= t->local;
	s->seconds_missing |= t->local && !t->seconds_known;
	s->folds += t->state == CHAT_TIME_FOLD;
	s->gaps += t->state == CHAT_TIME_GAP;
	if (t->state == CHAT_TIME_NONE)
		return;
	if (!s->has_period || t->at_us < s->first_at_us)
		s->first_at_us = t->at_us;
	if (!s->has_period || t->at_us > s->last_at_us)
		s->last_at_us = t->at_us;
	s->has_period = true;
}

static int count_message(struct count *c, const struct chat_message *m)
{
	struct chat_survey *s = c->s;
	s->kinds[m->kind]++;
	if (m->kind == CHAT_UNREAD) {
		s->unread_bytes += m->end - m->start;
		return s->unread_why.ptr || copy(&s->arena, m->why, &s->unread_why) ? 0 : -1;
	}
	count_time(s, &m->time);
	if (count_conversation(c, m->conversation) < 0)
		return -1;
	return m->kind == CHAT_SYSTEM ? 0 : count_author(c, m);
}

static int by_messages(const void *a, const void *b)
{
	const struct chat_author *x = a, *y = b;
	if (x->messages != y->messages)
		return x->messages > y->messages ? -1 : 1;
	int by_name = str_cmp(x->name, y->name);
	return by_name ? by_name : str_cmp(x->id, y->id);
}

static int move_authors(struct count *c)
{
	struct chat_survey *s = c->s;
	s->authors = arena_array(&s->arena, c->count, sizeof(*s->authors));
	if (!s->authors)
		return -1;
	if (c->count)
		memcpy(s->authors, c->authors, c->count * sizeof(*s->authors));
	s->author_count = c->count;
	s->conversations = c->conversation_count;
	qsort(s->authors, s->author_count, sizeof(*s->authors), by_messages);
	return 0;
}

/* WhatsApp's dates: what order are they in? */
static int weigh_dates(struct chat_files *files, const struct chat_declared *declared,
	struct chat_survey *s, struct error *err)
{
	struct chat_reader *r = NULL;
	struct chat_slice slice;
	struct str octets;
	struct whatsapp_head head;
	struct dates dates = {0};
	int result = chat_open(s->format, files, declared, &r, err);
	while (!result && (result = chat_reader_slice(r, &slice, &octets, err)) > 0) {
		result = 0;
		if (whatsapp_head_read(octets, &head))
			dates_add(&dates, &head);
	}
	if (r)
		s->other_style = chat_reader_other_style(r);
	chat_close(r);
	if (result < 0)
		return -1;
	if (dates_conclude(&dates, declared->order, &s->arena, &s->dates) < 0)
		return error_memory(err);
	s->order_needed = dates.seen && !s->dates.order;
	return 0;
}

static int count_all(struct chat_files *files, const struct chat_declared *declared,
	struct count *c, struct error *err)
{
	struct chat_reader *r = NULL;
	struct chat_message m;
	chat_message_init(&m);
	int result = chat_open(c->s->format, files, declared, &r, err);
	while (!result && (result = chat_next(r, &m, err)) > 0)
		result = count_message(c, &m) < 0 ? error_memory(err) : 0;
	chat_message_finish(&m);
	chat_close(r);
	return result;
}

int chat_survey(enum chat_format format, struct chat_files *files,
	const struct chat_declared *declared, struct chat_survey *out, struct error *err)
{
	struct chat_survey made = {.format = format};
	struct chat_declared known = *declared;
	struct count count = {.s = &made};
	int result = 0;
	if (format == CHAT_WHATSAPP) {
		result = weigh_dates(files, declared, &made, err);
		known.order = made.dates.order;
	}
	if (!result)
		result = count_all(files, &known, &count, err);
	if (!result && move_authors(&count) < 0)
		result = error_memory(err);
	free(count.authors);
	free(count.conversations);
	if (result < 0) {
		chat_survey_finish(&made);
		return -1;
	}
	chat_survey_finish(out);
	*out = made;
	return 0;
}
