/* The conversations of a chat's export that is taken in. */
#include "base/array.h"
#include "base/limits.h"
#include "import_run.h"

static struct export_talk *add(struct import *m, struct str name)
{
	if (m->talk_count == LIMIT_CHAT_CONVERSATIONS ||
		array_room(&m->talks, m->talk_count, &m->talk_cap, sizeof(*m->talks)) < 0)
		return NULL;
	struct export_talk *talk = &m->talks[m->talk_count];
	*talk = (struct export_talk){.name = arena_str(&m->arena, name), .number = m->talk_count};
	talk->known_as = talk->name;
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
