/* Whether a finding is covered by a consent. */
#include "model/consent.h"

#include "model/sequence.h"

static bool covers_client(const struct consent *c, struct str client)
{
	for (size_t i = 0; i < c->clients.count; i++)
		if (str_eq(c->clients.items[i], client))
			return true;
	return c->clients.count == 0;
}

static bool covers_moment(const struct consent *c, const struct moment *m)
{
	if (!m)
		return !c->has_since && !c->has_until && !c->when;
	return (!c->has_since || c->since_day <= m->day) &&
		(!c->has_until || m->day <= c->until_day) &&
		(!c->when || (m->properties & c->when));
}

const struct consent *consent_find(const struct consent *consents, size_t count, struct str rule,
	struct str client, const struct moment *moment)
{
	for (size_t i = 0; i < count; i++) {
		const struct consent *c = &consents[i];
		const struct sequence_glob glob = {.names = c->rules};
		if (covers_client(c, client) && covers_moment(c, moment) &&
			sequence_glob_fits(&glob, rule))
			return c;
	}
	return NULL;
}
