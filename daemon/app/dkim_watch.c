/* The keeper's side of the desk for signatures. */
#include "dkim_watch.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/limits.h"
#include "channel.h"
#include "config/config.h"
#include "dkim_desk.h"
#include "index/index.h"
#include "keeper_state.h"
#include <poll.h>

#define TRIES_MOST 3
#define PAUSE_US (5 * MINUTE_US)
#define DRAIN_MS 5000
#define DESK_MEMORY (256 * MIB) /* a mail of LIMIT_PARSE, its frame and its canonical form */

static int start(struct dkim_watch *w, struct error *err)
{
	const struct process_plan plan = {
		.title = "overstep-dkim",
		.run = dkim_desk_main,
		.memory_bytes = DESK_MEMORY,
	};
	return process_start(&plan, &w->process, err);
}

size_t dkim_watch_poll(const struct dkim_watch *w, struct pollfd *out, size_t room)
{
	if (!w->asked || !w->process.pid || !room)
		return 0;
	short events = channel_queued(w->process.channel) ? POLLIN | POLLOUT : POLLIN;
	out[0] = (struct pollfd){.fd = channel_fd(w->process.channel), .events = events};
	return 1;
}

void dkim_watch_end(struct dkim_watch *w)
{
	process_end(&w->process);
	w->asked = 0;
}

static int record(struct keeper *k, uint64_t seq, struct str result, struct str domain,
	struct str text, struct error *err)
{
	char name[EVIDENCE_NAME_SIZE];
	struct record r;
	record_init(&r);
	r.type = RECORD_DKIM;
	evidence_name(seq, name);
	int added = record_add(&r, "of", str_from(name)) < 0 ||
			record_add(&r, "result", result) < 0 ||
			(domain.len && record_add(&r, "domain", domain) < 0)
		? error_memory(err)
		: store_append(k->store, &r, text, err);
	record_finish(&r);
	k->dkim.done = seq;
	k->dkim.tries = 0;
	return added;
}

/* DNS is away, or the desk died: later, and in the end without. */
static int give_it_time(struct keeper *k, uint64_t seq, const char *result, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	if (++w->tries >= TRIES_MOST)
		return record(k, seq, str_from(result), (struct str){0}, (struct str){0}, err);
	w->pause_until_us = clock_monotonic_us() + PAUSE_US;
	return 0;
}

static int take_report(struct keeper *k, const struct frame *frame, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	struct json_document *head = NULL;
	uint64_t seq = w->asked;
	if (json_parse(frame->head, &head, err) < 0)
		return -1;
	const struct json_value *root = json_root(head);
	int result;
	w->asked = 0;
	if (json_to_bool(json_get(root, "again"), false) && w->tries + 1 < TRIES_MOST)
		result = give_it_time(k, seq, "temperror", err);
	else
		result = record(k, seq, json_to_str(json_get(root, "result")),
			json_to_str(json_get(root, "domain")), frame->payload, err);
	json_free(head);
	return result;
}

/* The octets of a stored mail to the desk: 1 asked, 0 it is not to be asked of, -1. */
static int ask(struct keeper *k, uint64_t seq, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	struct stored_message m = {0};
	char head[96];
	int result = stored_message_load(k->store, seq, &m, err);
	if (!result && m.octets.len < m.entry.size_bytes) {
		result = record(k, seq, STR("too-large"), (struct str){0}, (struct str){0}, err);
		stored_message_finish(&m);
		return result;
	}
	if (!result && !w->process.pid)
		result = start(w, err);
	if (!result) {
		int64_t at_s = m.entry.clocks.at_us[m.entry.clocks.used] / SECOND_US;
		snprintf(head, sizeof(head), "{\"seq\":%llu,\"at_s\":%lld}",
			(unsigned long long)seq, (long long)at_s);
		struct error lost = {0};
		if (channel_send(w->process.channel, "mail", str_from(head), buf_str(&m.octets),
			    &lost) < 0)
			dkim_watch_end(w);
		else
			w->asked = seq;
		result = 1;
	}
	stored_message_finish(&m);
	return result;
}

static int ask_for_next(struct keeper *k, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	uint64_t last, seq = 0;
	if (index_last(k->store->index, &last, err) < 0)
		return -1;
	if (last == w->seen)
		return 0;
	int found = index_next_signed(k->store->index, w->done, &seq, err);
	if (found < 0)
		return -1;
	if (!found) {
		w->done = last;
		w->seen = last;
		return 0;
	}
	return ask(k, seq, err) < 0 ? -1 : 0;
}

int dkim_watch_turn(struct keeper *k, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	struct error lost = {0};
	struct frame frame;
	if (!k->book->config->dkim)
		return 0;
	if (!w->asked)
		return clock_monotonic_us() < w->pause_until_us ? 0 : ask_for_next(k, err);
	int more = channel_flush(w->process.channel, &lost) < 0
		? -1
		: channel_next(w->process.channel, &frame, &lost);
	if (more > 0)
		return take_report(k, &frame, err);
	if (!more)
		return 0;
	uint64_t seq = w->asked;
	dkim_watch_end(w);
	return give_it_time(k, seq, "not-examined", err);
}

int dkim_watch_drain(struct keeper *k, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	struct pollfd fd;
	while (!k->stopping) {
		if (dkim_watch_turn(k, err) < 0)
			return -1;
		if (!w->asked && (w->pause_until_us || !k->book->config->dkim))
			return 0;
		uint64_t last;
		if (index_last(k->store->index, &last, err) < 0)
			return -1;
		if (!w->asked && w->seen == last)
			return 0;
		if (dkim_watch_poll(w, &fd, 1) && poll(&fd, 1, DRAIN_MS) <= 0)
			return 0;
	}
	return 0;
}
