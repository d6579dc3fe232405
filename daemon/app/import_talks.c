/* The conversations of a chat's export, and which of them are here: by what is said in them, for a
   file is named anew each time it is downloaded, and two may be named alike. */
#include "base/array.h"
#include "base/limits.h"
#include "chat_source.h"
#include "import_run.h"
#include "index/export_lines.h"
#include "index/index.h"
#include "message_frame.h"
#include <stdlib.h>
#include <string.h>

/* So many messages that are here already settle it: the others are not looked up. */
#define ENOUGH 1000
/* Fewer may be chance: "ok" of one minute, said in two conversations. */
#define FEW 3

static struct export_talk *add(struct import *m, struct str name)
{
	if (m->talk_count == LIMIT_CHAT_CONVERSATIONS || name.len > FOLDER_NAME_MOST ||
		array_room(&m->talks, m->talk_count, &m->talk_cap, sizeof(*m->talks)) < 0)
		return NULL;
	struct export_talk *talk = &m->talks[m->talk_count];
	*talk = (struct export_talk){.name = arena_str(&m->arena, name), .number = m->talk_count};
	if (!talk->name.ptr)
		return NULL;
	m->talk_last = m->talk_count++;
	return talk;
}

struct export_talk *import_talk(struct import *m, struct str name)
{
	/* messages of one conversation stand together */
	if (m->talk_last < m->talk_count && str_eq(m->talks[m->talk_last].name, name))
		return &m->talks[m->talk_last];
	for (size_t i = 0; i < m->talk_count; i++)
		if (str_eq(m->talks[i].name, name)) {
			m->talk_last = i;
			return &m->talks[i];
		}
	return add(m, name);
}

static int by_name(const void *left, const void *right)
{
	return str_cmp(((const struct indexed_conversation *)left)->name,
		((const struct indexed_conversation *)right)->name);
}

/* What is here under that name. NULL: nothing. */
static const struct indexed_conversation *find_stored(const struct import *m, struct str name)
{
	const struct indexed_conversation key = {.name = name};
	return m->stored_count
		? bsearch(&key, m->stored, m->stored_count, sizeof(*m->stored), by_name)
		: NULL;
}

static void note_found(struct export_talk *talk, const struct indexed_conversation *stored,
	const struct chat_sum *line)
{
	struct likeness *l = talk->likest;
	while (l < talk->likest + LIKENESSES && l->stored && l->stored != stored)
		l++;
	if (l == talk->likest + LIKENESSES)
		return;
	if (!l->stored)
		*l = (struct likeness){.stored = stored,
			.first = talk->looked_up,
			.first_at_us = line->at_us,
			.last_at_us = line->at_us};
	l->found++;
	l->last = talk->looked_up;
	if (line->at_us < l->first_at_us)
		l->first_at_us = line->at_us;
	if (line->at_us > l->last_at_us)
		l->last_at_us = line->at_us;
	talk->enough |= l->found == ENOUGH;
}

static bool is_within(const struct indexed_conversation *c, int64_t at_us)
{
	return c && at_us >= c->first_at_us && at_us <= c->last_at_us;
}

static int look_up(
	struct import *m, struct export_talk *talk, const struct chat_sum *line, struct error *err)
{
	struct arena arena = {0};
	struct strs names = {0};
	if (index_conversations_with(
		    m->store->index, &line->octets, &line->speech, &arena, &names, err) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++) {
		const struct indexed_conversation *stored = find_stored(m, names.items[i]);
		if (stored)
			note_found(talk, stored, line);
	}
	arena_finish(&arena);
	if (!talk->looked_up || line->at_us < talk->looked_first_us)
		talk->looked_first_us = line->at_us;
	if (!talk->looked_up || line->at_us > talk->looked_last_us)
		talk->looked_last_us = line->at_us;
	talk->looked_up++;
	talk->within_own += is_within(find_stored(m, talk->name), line->at_us);
	return 0;
}

int import_on_sums(struct import *m, struct heard *h, struct error *err)
{
	struct export_talk *talk = import_talk(m, json_to_str(json_get(h->head, "folder")));
	if (!m->asked_stored && m->store &&
		index_conversations(m->store->index, &m->arena, &m->stored, &m->stored_count, err) <
			0)
		return -1;
	m->asked_stored = true;
	if (!talk || talk->known_as.ptr)
		h->wrong = "what is in a conversation that it has told of, or in too many";
	for (size_t at = 0; !h->wrong && at + sizeof(struct chat_sum) <= h->payload.len;
		at += sizeof(struct chat_sum)) {
		struct chat_sum line;
		memcpy(&line, h->payload.ptr + at, sizeof(line));
		if (!m->stored_count || talk->enough || !line.has_at)
			continue;
		if (look_up(m, talk, &line, err) < 0)
			return -1;
	}
	return 0;
}

/* What stands there is not gone, though it is nobody's by the names that are known now. */
int import_on_others(struct import *m, struct heard *h, struct error *err)
{
	struct export_talk *talk = import_talk(m, json_to_str(json_get(h->head, "folder")));
	if (!talk)
		h->wrong = "lines of others in a conversation of none";
	if (!talk || !m->store || m->plan->dry)
		return 0;
	if (import_settle(m, talk, err) < 0 || import_open_lines(m, err) < 0)
		return -1;
	for (size_t at = 0; !talk->is_new && at + sizeof(struct chat_sum) <= h->payload.len;
		at += sizeof(struct chat_sum)) {
		struct chat_sum line;
		memcpy(&line, h->payload.ptr + at, sizeof(line));
		if (line.has_at &&
			export_lines_other(m->lines, talk->number, &line.speech, err) < 0)
			return -1;
	}
	return 0;
}

/* "WhatsApp Chat with Jane D. (1)": what a browser adds to a name that is taken. */
static struct str without_number(struct str name)
{
	size_t end = name.len;
	if (!str_ends(name, STR(")")))
		return name;
	for (end--; end > 0 && name.ptr[end - 1] >= '0' && name.ptr[end - 1] <= '9';)
		end--;
	if (end + 1 == name.len || end == 0 || name.ptr[end - 1] != '(')
		return name;
	return str_trim(str_slice(name, 0, end - 1));
}

/* Of what lies between the first and the last message that both have, both have most. 1, 0, -1. */
static int is_same(struct import *m, const struct export_talk *talk, const struct likeness *l,
	struct error *err)
{
	uint64_t here, there = l->last - l->first + 1;
	if (index_count_between(m->store->index, l->stored->name, l->first_at_us, l->last_at_us,
		    &here, err) < 0)
		return -1;
	if (l->found < FEW && !str_eq(without_number(talk->name), without_number(l->stored->name)))
		return 0;
	return 2 * l->found >= (here > there ? here : there);
}

/* Is it another conversation of the name that one here has? Of their common time they share
   nothing. 1, 0, -1. */
static int is_namesake(struct import *m, const struct export_talk *talk,
	const struct indexed_conversation *own, struct error *err)
{
	uint64_t here;
	if (talk->within_own < FEW)
		return 0;
	if (index_count_between(m->store->index, own->name, talk->looked_first_us,
		    talk->looked_last_us, &here, err) < 0)
		return -1;
	return here >= FEW;
}

/* "general (2)", or whichever number is free. */
static struct str free_name(struct import *m, struct str name)
{
	struct str made;
	unsigned number = 2;
	do {
		made = arena_format(&m->arena, "%.*s (%u)", STR_ARG(name), number++);
	} while (made.ptr && find_stored(m, made));
	return made;
}

/* The one that has most of it; its own name decides when it is as good. NULL: none. */
static int find_likest(struct import *m, const struct export_talk *talk,
	const struct indexed_conversation *own, const struct likeness **out, struct error *err)
{
	*out = NULL;
	for (size_t i = 0; i < LIKENESSES && talk->likest[i].stored; i++) {
		const struct likeness *l = &talk->likest[i], *best = *out;
		int same = is_same(m, talk, l, err);
		if (same < 0)
			return -1;
		bool better = !best || l->stored == own ||
			(best->stored != own && l->found > best->found);
		if (same && better)
			*out = l;
	}
	return 0;
}

static bool shares(const struct export_talk *talk, const struct indexed_conversation *own)
{
	for (size_t i = 0; i < LIKENESSES; i++)
		if (own && talk->likest[i].stored == own)
			return true;
	return false;
}

static int settle_name(struct import *m, struct export_talk *talk, struct error *err)
{
	const struct indexed_conversation *own = find_stored(m, talk->name);
	const struct likeness *likest;
	if (find_likest(m, talk, own, &likest, err) < 0)
		return -1;
	int namesake = likest || !own || shares(talk, own) ? 0 : is_namesake(m, talk, own, err);
	if (namesake < 0)
		return -1;
	talk->is_new = !likest && (!own || namesake);
	talk->known_as = likest ? likest->stored->name
		: namesake      ? free_name(m, talk->name)
				: talk->name;
	if (!talk->known_as.ptr)
		return error_memory(err);
	if (m->plan->known_as && !str_eq(talk->known_as, talk->name))
		m->plan->known_as(
			m->plan->context, talk->name, talk->known_as, likest ? likest->found : 0);
	return 0;
}

int import_settle(struct import *m, struct export_talk *talk, struct error *err)
{
	return talk->known_as.ptr ? 0 : settle_name(m, talk, err);
}
