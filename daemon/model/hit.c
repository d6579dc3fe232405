/* What the rules found: begun and ended. */
#include "model/hit.h"

#include <stdlib.h>

const char *rule_status_name(enum rule_status s)
{
	return s == RULE_LIVE ? "live" : "shadow";
}

void hits_init(struct hits *h)
{
	*h = (struct hits){0};
}

void hits_finish(struct hits *h)
{
	if (!h)
		return;
	free(h->items);
	free(h->near);
	free(h->unexamined);
	arena_finish(&h->arena);
	*h = (struct hits){0};
}
