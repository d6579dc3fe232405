/* The command of on_finding: run for each new finding, in a process of its own. */
#include "hook.h"

#include "app/events.h"
#include "app/store.h"
#include "base/json.h"
#include "channel.h"
#include "model/mark.h"
#include "model/sequence.h"
#include "spawner.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define NEWS_US (3 * DAY_US) /* a long weekend of a laptop */
#define PENDING_MOST 50      /* beyond it nobody reads notifications */
#define FINISH_US (30 * SECOND_US)

static void tell_failure(struct hook *h, const char *reason)
{
	if (!h->failure_told)
		log_event(&event_hook_failed, LOG_FIELDS(log_cstr("reason", reason)));
	h->failure_told = true;
}

/* One text for one list of words. */
static void add_words(const struct strs *command, struct buf *out)
{
	for (size_t i = 0; i < command->count; i++)
		buf_add_format(out, "%zu:%.*s,", command->items[i].len, STR_ARG(command->items[i]));
}

/* Starts the process when there is none, or one that runs another command: it was reloaded. */
static int ready(struct hook *h, const struct strs *command, struct error *err)
{
	struct buf words = {0};
	add_words(command, &words);
	if (words.failed) {
		buf_finish(&words);
		return error_memory(err);
	}
	if (h->process.pid > 0 && !strcmp(h->command, buf_cstr(&words))) {
		buf_finish(&words);
		return 0;
	}
	hook_finish(h, false);
	h->command = str_dup(buf_str(&words));
	buf_finish(&words);
	if (!h->command)
		return error_memory(err);
	const struct spawn_order order = {.kind = SPAWN_HOOK};
	return spawner_start(h->spawner, &order, &h->process, err);
}

/* period: NULL without a clock. */
static void add_facts(struct str client, const char *period, const struct finding *f, uint64_t seq,
	struct buf *out)
{
	struct json_writer w;
	char evidence[EVIDENCE_NAME_SIZE];
	evidence_name(seq, evidence);
	json_begin(&w, out);
	json_object(&w, NULL);
	json_int(&w, "schema", 1);
	json_str(&w, "client", client);
	json_str(&w, "rule", f->rule);
	json_cstr(&w, "sign", sign_name(f->sign));
	json_int(&w, "severity", f->severity);
	json_cstr(&w, "evidence", evidence);
	json_cstr(&w, "period", period);
	json_object_end(&w);
	buf_add_char(out, '\n');
}

static bool counts(const struct finding *f)
{
	return counts_against(f->status, f->consent, MARK_NONE);
}

static bool is_told(const struct judgement *j, size_t at)
{
	if (!counts(&j->findings[at]))
		return false;
	for (size_t i = 0; i < at; i++)
		if (counts(&j->findings[i]) && str_eq(j->findings[i].rule, j->findings[at].rule))
			return false; /* once a message */
	return true;
}

static void tell(struct hook *h, const struct strs *command, struct str client, const char *period,
	const struct finding *f, uint64_t seq)
{
	struct error why = {0};
	struct buf facts = {0};
	if (h->pending >= PENDING_MOST) {
		if (!h->loss_told)
			log_event(
				&event_hook_behind, LOG_FIELDS(log_number("pending", h->pending)));
		h->loss_told = true;
		return;
	}
	add_facts(client, period, f, seq, &facts);
	int result = facts.failed ? error_memory(&why) : ready(h, command, &why);
	if (!result)
		result = channel_send(
			h->process.channel, "finding", STR("{}"), buf_str(&facts), &why);
	if (!result) {
		h->pending++;
	} else {
		tell_failure(h, why.text);
		hook_finish(h, false);
	}
	buf_finish(&facts);
}

void hook_tell(
	struct hook *h, const struct strs *command, const struct batch *batch, int64_t now_us)
{
	for (size_t i = 0; command->count && i < batch->entry_count; i++) {
		const struct entry *e = &batch->entries[i];
		const struct judgement *j = &e->reading->judgement;
		const struct clocks *clocks = &e->reading->clocks;
		if (!batch->seqs[i] || e->gap.ptr || !j->author.len ||
			clocks->at_us[clocks->used] < now_us - NEWS_US)
			continue;
		for (size_t f = 0; f < j->finding_count; f++)
			if (is_told(j, f))
				tell(h, command, j->author,
					j->has_mine ? period_name(j->mine.period) : NULL,
					&j->findings[f], batch->seqs[i]);
	}
}

void hook_tell_sequence(struct hook *h, const struct strs *command, struct str client, uint64_t seq,
	const struct sequence_finding *found, int64_t now_us)
{
	if (command->count && found->at_us >= now_us - NEWS_US)
		tell(h, command, client, NULL, &found->finding, seq);
}

/* One frame: 1 heard, 0 none now, -1 the process is gone. */
static int hear(struct hook *h)
{
	struct frame frame;
	if (channel_flush(h->process.channel, NULL) < 0)
		return -1;
	int result = channel_next(h->process.channel, &frame, NULL);
	if (result <= 0)
		return result;
	if (h->pending)
		h->pending--;
	if (!strcmp(frame.verb, "failed")) {
		char reason[200];
		struct str text = str_slice(frame.payload, 0, sizeof(reason) - 1);
		memcpy(reason, text.ptr, text.len);
		reason[text.len] = '\0';
		tell_failure(h, reason);
	} else {
		h->failure_told = false;
	}
	if (!h->pending)
		h->loss_told = false;
	return 1;
}

void hook_turn(struct hook *h)
{
	int heard = h->process.pid > 0;
	while (heard > 0)
		heard = hear(h);
	if (heard < 0) {
		tell_failure(h, "its process ended unexpectedly");
		hook_finish(h, false);
	}
}

static void wait_for_the_rest(struct hook *h)
{
	int64_t deadline_us = clock_monotonic_us() + FINISH_US, left_us;
	hook_turn(h);
	while (h->pending && (left_us = deadline_us - clock_monotonic_us()) > 0) {
		struct pollfd fd = {.fd = channel_fd(h->process.channel), .events = POLLIN};
		if (poll(&fd, 1, (int)(left_us / 1000) + 1) < 0 && errno != EINTR)
			return;
		hook_turn(h);
	}
}

void hook_finish(struct hook *h, bool wait)
{
	if (wait && h->process.pid > 0)
		wait_for_the_rest(h);
	if (h->pending)
		log_event(&event_hook_behind, LOG_FIELDS(log_number("untold", h->pending)));
	process_end(&h->process);
	free(h->command);
	h->command = NULL;
	h->pending = 0;
}
