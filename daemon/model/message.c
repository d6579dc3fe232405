/* A parsed message: begun, ended, and the names of its enums. */
#include "model/message.h"

#include "names.h"

#include <assert.h>

const char *clock_kind_name(enum clock_kind k)
{
	static const char *const names[] = {
		[CLOCK_RECEIVED] = "received",
		[CLOCK_INTERNAL] = "internal",
		[CLOCK_DATE] = "date",
		[CLOCK_SEEN] = "seen",
	};
	assert(k <= CLOCK_SEEN);
	return names[k];
}

static const char *const examined_names[EXAMINED_COUNT] = {
	[EXAMINED_YES] = "yes",
	[EXAMINED_TOO_LARGE] = "too large",
	[EXAMINED_HEADERS] = "headers",
	[EXAMINED_STRUCTURE] = "structure",
	[EXAMINED_TEXT_CUT] = "text cut",
	[EXAMINED_RULE_LIMIT] = "rule limit",
	[EXAMINED_READER_DIED] = "reader died",
	[EXAMINED_POISON] = "not given by the server",
	[EXAMINED_NO_RULES] = "no rules",
};

const char *examined_name(enum examined e)
{
	assert(e < EXAMINED_COUNT);
	return examined_names[e];
}

bool examined_parse(struct str name, enum examined *out)
{
	size_t index;
	if (!name_find(name, examined_names, EXAMINED_COUNT, &index))
		return false;
	*out = (enum examined)index;
	return true;
}

void message_init(struct message *m)
{
	*m = (struct message){0};
}

void message_finish(struct message *m)
{
	if (!m)
		return;
	arena_finish(&m->arena);
	*m = (struct message){0};
}
