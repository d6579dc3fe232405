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
#include "dkim/dkim.h"
#include "index/index.h"
#include "keeper_state.h"
#include <inttypes.h>
#include <poll.h>

/* Between two questions about one mail, doubled each time. */
#define PAUSE_US (5 * MINUTE_US)
#define PAUSE_MOST_US (6 * HOUR_US)
/* So long after it was stored DNS may have answered; the result is temperror then. */
#define GIVEN_UP_US (3 * DAY_US)
#define DEATHS_MOST 3
/* A run that is about to end takes so many silences of DNS for its absence. */
#define DRAIN_MS 5000
#define DRAIN_SILENCES 3

size_t dkim_watch_poll(const struct dkim_watch *w, struct pollfd *out, size_t room)
{
	if (!w->asked.seq || !w->process.pid || !room)
		return 0;
	short events = channel_queued(w->process.channel) ? POLLIN | POLLOUT : POLLIN;
	out[0] = (struct pollfd){.fd = channel_fd(w->process.channel), .events = events};
	return 1;
}

void dkim_watch_end(struct dkim_watch *w)
{
	process_end(&w->process);
	w->asked = (struct dkim_waiting){0};
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
	return added;
}

static bool is_past_hope(const struct keeper *k, const struct dkim_waiting *mail)
{
	return clock_now_us(k->plan->clock) - mail->stored_at_us > GIVEN_UP_US;
}

/* To be looked at again; the others go on meanwhile. */
static void put_off(struct dkim_watch *w, struct dkim_waiting mail)
{
	int64_t pause_us = PAUSE_US;
	for (unsigned i = 0; i < mail.tries && pause_us < PAUSE_MOST_US; i++)
		pause_us *= 2;
	mail.tries++;
	mail.due_us = clock_monotonic_us() + pause_us;
	if (w->waiting_count < LIMIT_DKIM_WAITING)
		w->waiting[w->waiting_count++] = mail;
	else
		w->some_left = true;
}

/* The desk died over it, or DNS was not waited for any longer. */
static int without_report(struct keeper *k, const char *result, struct error *err)
{
	struct dkim_waiting mail = k->dkim.asked;
	dkim_watch_end(&k->dkim);
	if (mail.deaths >= DEATHS_MOST || is_past_hope(k, &mail))
		return record(k, mail.seq, str_from(result), (struct str){0}, (struct str){0}, err);
	put_off(&k->dkim, mail);
	return 0;
}

static int take_report(struct keeper *k, const struct frame *frame, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	struct json_document *head = NULL;
	const struct dkim_waiting mail = w->asked;
	int result = 0;
	if (json_parse(frame->head, &head, err) < 0)
		return -1;
	const struct json_value *root = json_root(head);
	w->asked = (struct dkim_waiting){0};
	if (json_to_bool(json_get(root, "again"), false) && !is_past_hope(k, &mail))
		put_off(w, mail);
	else
		result = record(k, mail.seq, json_to_str(json_get(root, "result")),
			json_to_str(json_get(root, "domain")), frame->payload, err);
	json_free(head);
	return result;
}

/* When it came, by the first clock that is not the sender's; nothing comes after it was seen. */
static struct dkim_arrival arrival_of(const struct clocks *c)
{
	static const enum clock_kind order[] = {CLOCK_RECEIVED, CLOCK_INTERNAL};
	enum clock_kind clock = CLOCK_SEEN;
	for (size_t i = sizeof(order) / sizeof(*order); i-- > 0;)
		if (c->has[order[i]] && c->at_us[order[i]] <= c->at_us[CLOCK_SEEN])
			clock = order[i];
	return (struct dkim_arrival){clock, c->at_us[clock] / SECOND_US};
}

static int send(struct keeper *k, const struct stored_message *m, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	const struct dkim_arrival arrival = arrival_of(&m->entry.clocks);
	struct error lost = {0};
	char head[96];
	snprintf(head, sizeof(head), "{\"clock\":%d,\"at_s\":%" PRId64 "}", (int)arrival.clock,
		arrival.at_s);
	if (channel_send(w->process.channel, "mail", str_from(head), buf_str(&m->octets), &lost) ==
		0)
		return 0;
	w->asked.deaths++;
	return without_report(k, "not-examined", err);
}

/* The octets of a stored mail to the desk. */
static int ask(struct keeper *k, struct dkim_waiting mail, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	struct stored_message m = {0};
	struct error why = {0};
	int result = stored_message_load(k->store, mail.seq, &m, &why);
	if (result < 0 && why.kind == ERROR_NOT_FOUND) {
		result = 0; /* erased while it waited */
	} else if (result < 0) {
		*err = why;
	} else if (m.octets.len < m.entry.size_bytes) {
		result = record(
			k, mail.seq, STR("too-large"), (struct str){0}, (struct str){0}, err);
	} else {
		const struct spawn_order order = {.kind = SPAWN_DKIM};
		result = w->process.pid ? 0 : spawner_start(&k->spawner, &order, &w->process, err);
		w->asked = mail;
		w->asked.stored_at_us = m.record.stored_at_us;
		if (!result)
			result = send(k, &m, err);
	}
	stored_message_finish(&m);
	return result;
}

static bool waits(const struct dkim_watch *w, uint64_t seq)
{
	for (size_t i = 0; i < w->waiting_count; i++)
		if (w->waiting[i].seq == seq)
			return true;
	return false;
}

/* The first behind *cursor that has no result and does not wait; *cursor goes there. 1, 0, -1. */
static int find_next(
	struct keeper *k, uint64_t *cursor, struct dkim_waiting *out, struct error *err)
{
	uint64_t seq = *cursor;
	int found;
	while ((found = index_next_signed(k->store->index, seq, &seq, err)) > 0 &&
		waits(&k->dkim, seq))
		;
	if (found > 0) {
		*cursor = seq;
		*out = (struct dkim_waiting){.seq = seq};
	}
	return found;
}

static bool take_due(struct dkim_watch *w, struct dkim_waiting *out)
{
	int64_t now_us = clock_monotonic_us();
	for (size_t i = 0; i < w->waiting_count; i++)
		if (w->waiting[i].due_us <= now_us) {
			*out = w->waiting[i];
			w->waiting[i] = w->waiting[--w->waiting_count];
			return true;
		}
	return false;
}

/* What has come lately, then what another run has left, then what waits. 1, 0 nothing, -1. */
static int choose(struct keeper *k, struct dkim_waiting *out, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	uint64_t last;
	int found = 0;
	if (index_last(k->store->index, &last, err) < 0)
		return -1;
	if (!w->begun) {
		w->begun = w->some_left = true;
		w->done = last;
	}
	if (last != w->done && (found = find_next(k, &w->done, out, err)) == 0)
		w->done = last;
	if (!found && w->some_left && w->waiting_count < LIMIT_DKIM_WAITING &&
		(found = find_next(k, &w->left, out, err)) == 0) {
		w->some_left = false;
		w->left = 0;
	}
	return found ? found : take_due(w, out);
}

/* 1 something was done, 0 there is nothing to do now, -1. */
static int step(struct keeper *k, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	struct dkim_waiting next;
	struct error lost = {0};
	struct frame frame;
	if (!w->asked.seq) {
		int found = choose(k, &next, err);
		return found > 0 && ask(k, next, err) < 0 ? -1 : found;
	}
	int more = channel_flush(w->process.channel, &lost) < 0
		? -1
		: channel_next(w->process.channel, &frame, &lost);
	if (!more)
		return 0;
	if (more > 0)
		return take_report(k, &frame, err) < 0 ? -1 : 1;
	w->asked.deaths++;
	return without_report(k, "not-examined", err) < 0 ? -1 : 1;
}

int dkim_watch_turn(struct keeper *k, struct error *err)
{
	return k->book->config->dkim && step(k, err) < 0 ? -1 : 0;
}

int dkim_watch_drain(struct keeper *k, struct error *err)
{
	struct dkim_watch *w = &k->dkim;
	struct pollfd fd;
	unsigned silences = 0;
	while (!k->stopping && k->book->config->dkim && silences < DRAIN_SILENCES) {
		int done = step(k, err);
		if (done < 0)
			return -1;
		if (!done && !w->asked.seq)
			return 0;
		if (done || !dkim_watch_poll(w, &fd, 1) || keeper_wait(k, &fd, DRAIN_MS))
			continue;
		if (k->stopping)
			return 0;
		silences++;
		if (without_report(k, dkim_result_name(DKIM_TEMPERROR), err) < 0)
			return -1;
	}
	return 0;
}
