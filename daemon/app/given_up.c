/* What is known of a message that no reader survived: whose it is, and nothing of what is in it. */
#include "base/limits.h"
#include "config/config.h"
#include "model/platform.h"
#include "reading.h"

/* Neither From nor Subject are told apart here. */
static bool platform_mentioned(struct str start, const struct strs *entries)
{
	for (size_t i = 0; i < entries->count; i++) {
		const struct platform *platform;
		struct str name;
		if (platform_entry(entries->items[i], &platform, &name) &&
			str_find_nocase(start, platform->domain, &(size_t){0}) &&
			str_find_nocase(start, name, &(size_t){0}))
			return true;
	}
	return false;
}

static int find_clients(const struct config *config, const struct raw *raw,
	const struct known *known, struct reading *out, struct error *err)
{
	struct str start = str_slice(raw->octets, 0, LIMIT_HEADER_BLOCK);
	size_t room = known->client_count + (config ? config->client_count : 0);
	struct str *ids = arena_array(&out->arena, room, sizeof(*ids));
	if (!ids)
		return error_memory(err);
	out->clients = ids;
	for (size_t i = 0; i < known->client_count; i++)
		ids[out->client_count++] = arena_str(&out->arena, known->clients[i]);
	for (size_t i = 0; !known->stored && config && i < config->client_count; i++)
		if (address_named(start, &config->clients[i].addresses) ||
			platform_mentioned(start, &config->clients[i].platform))
			ids[out->client_count++] = arena_str(&out->arena, config->clients[i].id);
	for (size_t i = 0; i < out->client_count; i++)
		if (!ids[i].ptr)
			return error_memory(err);
	return 0;
}

int reading_give_up(const struct config *config, const struct raw *raw, const struct known *known,
	struct reading *out, struct error *err)
{
	if (find_clients(config, raw, known, out, err) < 0)
		return -1;
	out->concerns = out->client_count > 0;
	out->direction = known->stored ? known->direction : DIRECTION_IN;
	struct clocks *clocks = &out->clocks;
	clocks->has[CLOCK_SEEN] = true;
	clocks->at_us[CLOCK_SEEN] = raw->seen_at_us;
	clocks->has[CLOCK_INTERNAL] = raw->has_internal;
	clocks->at_us[CLOCK_INTERNAL] = raw->internal_at_us;
	clocks->used = raw->has_internal ? CLOCK_INTERNAL : CLOCK_SEEN;
	clocks->agreed = raw->has_internal;
	struct str why = STR("two readers died over it");
	out->facts.examined = out->judgement.examined = EXAMINED_READER_DIED;
	out->facts.not_examined = arena_str(&out->facts.arena, why);
	out->judgement.not_examined = arena_str(&out->judgement.arena, why);
	return out->facts.not_examined.ptr && out->judgement.not_examined.ptr ? 0
									      : error_memory(err);
}
