/* What each kind of process is started as. */
#include "spawn_plan.h"

#include "app/guest.h"
#include "app/rulebook.h"
#include "base/limits.h"
#include "config/config.h"
#include "disk_watch.h"
#include "dkim_desk.h"
#include "message/message_parse.h"
#include "reader.h"
#include <stdlib.h>
#include <string.h>

/* A mail of LIMIT_PARSE with its text and parts; honest mail stays below a tenth of it. */
#define READER_MEMORY (1024 * MIB)
#define DESK_MEMORY (256 * MIB) /* a mail of LIMIT_PARSE, its frame and its canonical form */
#define HOOK_LIMIT_US (10 * SECOND_US)

static const void *rules(
	const struct spawner *s, const struct spawn_order *order, union spawn_context *room)
{
	(void)order;
	(void)room;
	return s->book;
}

static const void *account(
	const struct spawner *s, const struct spawn_order *order, union spawn_context *room)
{
	const struct config *config = s->book->config;
	if (order->number >= config->account_count)
		return NULL;
	room->fetcher = (struct fetcher_plan){
		.account = &config->accounts[order->number],
		.watched = s->watched,
	};
	return &room->fetcher;
}

/* The account's path, or what lies below it. */
static bool is_of_account(const struct account *a, struct str path)
{
	struct str root = a->path, part;
	while (root.len > 1 && str_ends(root, STR("/")))
		root.len--;
	if (str_eq(path, root))
		return true;
	if (!str_starts(path, root) || (root.len > 1 && path.ptr[root.len] != '/') ||
		memchr(path.ptr, '\0', path.len))
		return false;
	while (str_split(&path, '/', &part))
		if (str_eq(part, STR("..")))
			return false;
	return true;
}

static const void *chat(
	const struct spawner *s, const struct spawn_order *order, union spawn_context *room)
{
	const struct config *config = s->book->config;
	struct str path = order->text;
	if (order->number >= config->account_count || path.len >= sizeof(room->chat.path) ||
		!account_has_chats(config->accounts[order->number].type) ||
		!is_of_account(&config->accounts[order->number], path))
		return NULL;
	memcpy(room->chat.path, path.ptr, path.len);
	room->chat.path[path.len] = '\0';
	return chat_plan_of(s->book, order->number, room->chat.path, &room->chat.plan, NULL) < 0
		? NULL
		: &room->chat.plan;
}

static const void *witness(
	const struct spawner *s, const struct spawn_order *order, union spawn_context *room)
{
	room->anchor = (struct anchor_orders){
		.config = s->book->config, .checkpoint = order->text, .witness = order->number};
	return order->number < anchor_witnesses(s->book->config) ? &room->anchor : NULL;
}

static const void *file(
	const struct spawner *s, const struct spawn_order *order, union spawn_context *room)
{
	(void)order;
	(void)room;
	return s->book->config_path;
}

static const void *command(
	const struct spawner *s, const struct spawn_order *order, union spawn_context *room)
{
	(void)order;
	room->hook = (struct hook_orders){
		.command = &s->book->config->on_finding,
		.limit_us = s->hook_limit_us ? s->hook_limit_us : HOOK_LIMIT_US,
	};
	return room->hook.command->count ? &room->hook : NULL;
}

static const struct {
	struct process_plan plan;
	const void *(*context)(const struct spawner *s, const struct spawn_order *order,
		union spawn_context *room);
} kinds[SPAWN_KINDS] = {
	[SPAWN_READER] = {{"overstep-reader", NULL, reader_main, NULL, READER_MEMORY}, rules},
	[SPAWN_FETCHER] = {{"overstep-fetch", NULL, fetcher_main, NULL, 0}, account},
	[SPAWN_CHAT] = {{"overstep-import", NULL, chat_source_main, NULL, 0}, chat},
	[SPAWN_DKIM] = {{"overstep-dkim", NULL, dkim_desk_main, NULL, DESK_MEMORY}, rules},
	[SPAWN_ANCHOR] = {{"overstep-anchor", message_library_start, anchor_desk_main, NULL, 0},
		witness},
	[SPAWN_LOOK] = {{"overstep-look", NULL, disk_look_main, NULL, 0}, file},
	[SPAWN_HOOK] = {{"overstep-hook", NULL, hook_main, NULL, 0}, command},
};

bool spawn_plan(const struct spawner *s, const struct spawn_order *order, union spawn_context *room,
	struct process_plan *out)
{
	if (order->kind >= SPAWN_KINDS || !kinds[order->kind].context)
		return false;
	*out = kinds[order->kind].plan;
	out->context = kinds[order->kind].context(s, order, room);
	return out->context != NULL;
}

#define OWN_WORDS 4

/* Ours, and behind them those that end in a NUL each. */
static char **arguments_of(const struct spawner *s, struct str words, size_t count)
{
	const char *const own[OWN_WORDS] = {
		s->guests->tool, "--config", s->book->config_path, "--no-pager"};
	const char **arguments = calloc(OWN_WORDS + count + 1, sizeof(*arguments));
	if (!arguments)
		return NULL;
	memcpy(arguments, own, sizeof(own));
	for (size_t i = 0; i < count; i++) {
		arguments[OWN_WORDS + i] = words.ptr;
		words = str_slice(words, strlen(words.ptr) + 1, words.len);
	}
	/* no program changes its own words' type */
	return (char **)(uintptr_t)arguments;
}

char **spawn_guest_words(const struct spawner *s, struct str words)
{
	size_t count = 0;
	if (!s->guests || !s->guests->tool || (words.len && words.ptr[words.len - 1]))
		return NULL;
	for (size_t i = 0; i < words.len; i++)
		count += !words.ptr[i];
	char **arguments = arguments_of(s, words, count);
	if (!arguments ||
		s->guests->check((const char *const *)arguments + OWN_WORDS, count, NULL) == 0)
		return arguments;
	free(arguments);
	return NULL;
}
