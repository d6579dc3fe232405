/* Those who work for the keeper: readers, and a link to each account's fetcher. */
#include "app/rulebook.h"
#include "config/config.h"
#include "keeper_state.h"
#include <stdlib.h>

static int make_links(const struct rulebook *book, struct crew *c, struct error *err)
{
	const struct config *config = book->config;
	c->links = calloc(config->account_count + 1, sizeof(*c->links));
	if (!c->links)
		return error_memory(err);
	for (size_t i = 0; i < config->account_count; i++) {
		struct account_link *link = &c->links[c->link_count++];
		link->account = &config->accounts[i];
		link->number = (uint32_t)i;
		link->process.stop_fd = -1;
	}
	return 0;
}

int crew_new(struct keeper *k, const struct rulebook *book, struct crew *out, struct error *err)
{
	struct crew made = {0};
	if (rulebook_watched(book, &made.watched, &made.watched_count, err) < 0 ||
		readers_new(book, 0, &made.readers, err) < 0 ||
		readers_new(book, 1, &made.store_readers, err) < 0 ||
		make_links(book, &made, err) < 0) {
		crew_end(&made);
		return -1;
	}
	readers_started_by(made.readers, &k->spawner);
	readers_started_by(made.store_readers, &k->spawner);
	readers_listen(made.readers, keeper_on_read, k);
	readers_heed(made.store_readers, keeper_must_end, k);
	*out = made;
	return 0;
}

void crew_end(struct crew *c)
{
	/* readers hold the queues' octets until they are gone */
	readers_free(c->readers);
	for (size_t i = 0; i < c->link_count; i++)
		account_link_end(&c->links[i]);
	readers_free(c->store_readers);
	free(c->links);
	free(c->watched);
	*c = (struct crew){0};
}

static void carry_over(const struct account_link *from, struct account_link *to)
{
	to->failures = from->failures;
	to->error = from->error;
	to->has_success = from->has_success;
	to->success_at_us = from->success_at_us;
	to->read_until_us = from->read_until_us;
	to->stored = from->stored;
}

void crew_replace(struct crew *c, struct crew *fresh)
{
	for (size_t i = 0; i < fresh->link_count; i++)
		for (size_t k = 0; k < c->link_count; k++)
			if (str_eq(fresh->links[i].account->name, c->links[k].account->name))
				carry_over(&c->links[k], &fresh->links[i]);
	crew_end(c);
	*c = *fresh;
	*fresh = (struct crew){0};
}
