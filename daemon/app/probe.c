/* Looking at an account as its fetcher would, without fetching: for `doctor`. */
#include "app/probe.h"

#include "app/rulebook.h"
#include "base/clock.h"
#include "base/json.h"
#include "channel.h"
#include "config/config.h"
#include "fetcher.h"
#include "process.h"
#include "source/source.h"
#include "told.h"
#include <stdlib.h>
#include <string.h>

/* No further folder is begun after it: a mailbox of a thousand folders is a sign of its own. */
#define LOOK_US (60 * SECOND_US)

/* What goes along into the process. */
struct probe_plan {
	const struct rulebook *book;
	struct fetcher_plan fetcher;
};

struct probe {
	struct probe_plan plan;
	struct process process;
	struct json_document *told; /* the last frame's, lends its strings */
};

/* The process: one frame an item. */

struct teller {
	struct channel *to;
	const struct config *config;
};

static int tell(const struct teller *t, enum probe_event event, struct str folder,
	struct str client, uint32_t messages, uint32_t from, uint32_t to, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_int(&w, "event", event);
	json_str(&w, "folder", folder);
	json_str(&w, "client", client);
	json_int(&w, "messages", messages);
	json_int(&w, "from", from);
	json_int(&w, "to", to);
	json_object_end(&w);
	return channel_say(t->to, "item", &head, (struct str){0}, err);
}

static int tell_watched(
	void *context, struct str folder, bool missing, uint32_t messages, struct error *err)
{
	return tell(context, missing ? PROBE_MISSING : PROBE_WATCHED, folder, (struct str){0},
		messages, 0, 0, err);
}

static int tell_unwatched(void *context, struct str folder, size_t group, uint32_t from,
	uint32_t to, struct error *err)
{
	const struct teller *t = context;
	return tell(
		t, PROBE_UNWATCHED, folder, t->config->clients[group].id, from + to, from, to, err);
}

static int tell_passed_over(void *context, size_t folders, struct error *err)
{
	return tell(context, PROBE_PASSED_OVER, (struct str){0}, (struct str){0}, (uint32_t)folders,
		0, 0, err);
}

static int look(const struct probe_plan *plan, struct teller *t, int stop_fd, struct error *err)
{
	const struct config *config = plan->book->config;
	struct secret_desk desk;
	if (fetcher_enclose(plan->fetcher.account, &desk, err) < 0)
		return -1;
	const struct imap_plan imap = fetcher_imap_plan(&plan->fetcher, &desk, stop_fd);
	struct source *source = NULL;
	struct strs *groups = calloc(config->client_count + 1, sizeof(*groups));
	if (!groups)
		return error_memory(err);
	for (size_t i = 0; i < config->client_count; i++)
		groups[i] = config->clients[i].addresses;
	const struct source_probe probe = {
		.context = t,
		.groups = groups,
		.group_count = config->client_count,
		.deadline_us = clock_monotonic_us() + LOOK_US,
		.watched = tell_watched,
		.unwatched = tell_unwatched,
		.passed_over = tell_passed_over,
	};
	int result = source_open_imap(&imap, NULL, &source, err);
	if (!result)
		result = source_look(source, &probe, err);
	source_close(source);
	free(groups);
	return result;
}

static int probe_main(struct channel *to_parent, int stop_fd, const void *context)
{
	const struct probe_plan *plan = context;
	struct teller t = {to_parent, plan->book->config};
	struct error why = {0};
	int result = look(plan, &t, stop_fd, &why);
	return told_end(to_parent, result, &why);
}

/* The caller's side. */

int probe_start(const struct rulebook *book, const struct account *account, struct probe **out,
	struct error *err)
{
	struct probe *p = calloc(1, sizeof(*p));
	if (!p)
		return error_memory(err);
	p->plan = (struct probe_plan){.book = book, .fetcher = {.account = account}};
	p->process.stop_fd = -1;
	const struct process_plan plan = {
		.title = "overstep-probe", .run = probe_main, .context = &p->plan};
	if (process_start(&plan, &p->process, err) < 0) {
		free(p);
		return -1;
	}
	*out = p;
	return 0;
}

static bool is_event(int64_t number)
{
	return number >= PROBE_WATCHED && number <= PROBE_PASSED_OVER;
}

int probe_next(struct probe *p, struct probe_item *out, struct error *err)
{
	struct frame frame;
	int more = told_next(&p->process, &frame, &p->told, err);
	if (more <= 0)
		return more;
	const struct json_value *v = json_root(p->told);
	int64_t event = json_to_int(json_get(v, "event"), -1);
	if (strcmp(frame.verb, "item") != 0 || !is_event(event))
		return error_set(err, ERROR_INPUT, "the process that looked said '%s'", frame.verb);
	*out = (struct probe_item){
		.event = (enum probe_event)event,
		.folder = json_to_str(json_get(v, "folder")),
		.client = json_to_str(json_get(v, "client")),
		.messages = told_count(v, "messages"),
		.from = told_count(v, "from"),
		.to = told_count(v, "to"),
	};
	return 1;
}

void probe_end(struct probe *p)
{
	if (!p)
		return;
	process_end(&p->process);
	json_free(p->told);
	free(p);
}
