/* What each kind of process is started as. */
#ifndef OVERSTEP_DAEMON_APP_SPAWN_PLAN_H
#define OVERSTEP_DAEMON_APP_SPAWN_PLAN_H

#include "anchor_desk.h"
#include "chat_source.h"
#include "fetcher.h"
#include "hook_run.h"
#include "spawner.h"
#include <limits.h>

/* Room for what goes along into the process. */
union spawn_context {
	struct fetcher_plan fetcher;
	struct {
		struct chat_plan plan;
		char path[PATH_MAX];
	} chat;
	struct anchor_orders anchor;
	struct hook_orders hook;
};

/* *room and what it borrows live until the process is started. false: there is no such thing. */
bool spawn_plan(const struct spawner *s, const struct spawn_order *order, union spawn_context *room,
	struct process_plan *out);

/* The command line of SPAWN_GUEST; free() it, its words are borrowed. NULL: it may not be run. */
char **spawn_guest_words(const struct spawner *s, struct str words);

#endif
