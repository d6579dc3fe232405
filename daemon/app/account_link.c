/* The keeper's side of one account: its fetcher, when it is next due, and how it has been going. */
#include "account_link.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "channel.h"
#include "config/config.h"
#include "export_intake.h"
#include "spawner.h"

/* After a failure: doubling, with jitter so that accounts of one server do not come together. A
   refused login or a mistake in the configuration is not hammered at. */
#define BACK_OFF_US (15 * SECOND_US)
#define BACK_OFF_REFUSED_US (5 * MINUTE_US)
#define BACK_OFF_MOST_US HOUR_US

static int64_t back_off_us(const struct account_link *a)
{
	bool refused = a->error.kind == ERROR_LOGIN || a->error.kind == ERROR_CONFIG;
	int64_t wait = refused ? BACK_OFF_REFUSED_US : BACK_OFF_US;
	for (unsigned i = 1; i < a->failures && wait < BACK_OFF_MOST_US; i++)
		wait *= 2;
	if (wait > BACK_OFF_MOST_US)
		wait = BACK_OFF_MOST_US;
	uint32_t random = 0;
	random_octets(&random, sizeof(random), NULL);
	return wait - wait / 4 + (int64_t)(random % 1000) * (wait / 2) / 1000;
}

#define NEWS_GRACE_US (30 * SECOND_US)

int account_link_begin(
	struct account_link *a, const struct spawner *spawner, int64_t now_us, struct error *err)
{
	const struct spawn_order order = {.kind = SPAWN_FETCHER, .number = a->number};
	if (a->process.pid <= 0 && spawner_start(spawner, &order, &a->process, err) < 0)
		return -1;
	a->running = true;
	a->begun_at_us = now_us;
	a->progress[0] = '\0';
	a->missing[0] = '\0';
	buf_clear(&a->notes);
	a->note_count = 0;
	a->retried = 0;
	/* one that ended while it was idle is noticed when it is next listened to */
	struct error why = {0};
	if (channel_send(a->process.channel, "go", STR("{}"), (struct str){0}, &why) < 0 &&
		why.kind != ERROR_TEMPORARY) {
		*err = why;
		return -1;
	}
	return 0;
}

void account_link_over(struct account_link *a, const struct error *why, int64_t now_us)
{
	int64_t wait;
	a->running = a->hurried = false;
	a->once_over = true;
	a->progress[0] = '\0';
	if (why) {
		a->error = *why;
		a->failures++;
		wait = back_off_us(a);
	} else {
		a->error = (struct error){0};
		a->failures = 0;
		a->has_success = true;
		a->success_at_us = now_us;
		a->read_until_us = a->begun_at_us;
		wait = a->account->poll_s * SECOND_US;
		/* a fetcher that waits at the server tells when that time is up, and is not
		 * disturbed */
		if (a->account->idle)
			wait += NEWS_GRACE_US;
	}
	a->over_us = clock_monotonic_us();
	a->due_us = a->over_us + wait;
	a->due_at_us = now_us + wait;
}

void account_link_hurry(struct account_link *a)
{
	a->due_us = 0;
	a->hurried = true;
}

void account_link_wake(struct account_link *a)
{
	a->due_us = 0;
	a->failures = 0;
}

static void be_due_at(struct account_link *a, int64_t soon_us)
{
	if (a->due_us > soon_us)
		a->due_us = soon_us;
}

void account_link_news(struct account_link *a)
{
	be_due_at(a, a->over_us + SECOND_US);
}

void account_link_lost(struct account_link *a)
{
	be_due_at(a, clock_monotonic_us() + BACK_OFF_US);
}

void account_link_note(struct account_link *a, struct str path, struct str text)
{
	struct str below = path, root = a->account->path;
	if (++a->note_count > LIMIT_ACCOUNT_NOTES)
		return;
	if (root.len && str_starts(path, root) && path.len > root.len + 1)
		below = str_slice(path, root.len + !str_ends(root, STR("/")), path.len);
	utf8_add_visible(&a->notes, below, false);
	buf_add_cstr(&a->notes, ": ");
	utf8_add_visible(&a->notes, text, false);
	buf_add_char(&a->notes, '\n');
}

static void write_notes(const struct account_link *a, struct json_writer *w)
{
	struct str rest = buf_str(&a->notes), line;
	json_array(w, "notes");
	while (str_line(&rest, &line))
		json_str(w, NULL, line);
	if (a->note_count > LIMIT_ACCOUNT_NOTES)
		json_cstr(w, NULL, "and more");
	json_array_end(w);
}

void account_link_end(struct account_link *a)
{
	export_intake_end(a);
	buf_finish(&a->notes);
	process_end(&a->process);
	queue_finish(&a->queue);
	a->running = false;
}

static void write_time(struct json_writer *w, const char *key, bool known, int64_t at_us)
{
	char text[TIME_TEXT_SIZE];
	if (known)
		time_format(at_us, 0, true, text);
	json_cstr(w, key, known ? text : NULL);
}

void account_link_write(const struct account_link *a, struct json_writer *w)
{
	bool failing = a->error.kind != ERROR_NONE;
	json_object(w, NULL);
	json_str(w, "account", a->account->name);
	json_cstr(w, "state", a->running ? "running" : failing ? "failing" : "waiting");
	write_time(w, "last_success", a->has_success, a->success_at_us);
	write_time(w, "next_attempt", !a->running && a->due_at_us > 0, a->due_at_us);
	json_int(w, "failures", a->failures);
	json_cstr(w, "error", failing ? a->error.text : NULL);
	json_int(w, "code", error_exit_code(&a->error));
	json_cstr(w, "capabilities", a->capabilities[0] ? a->capabilities : NULL);
	json_cstr(w, "missing", a->missing[0] ? a->missing : NULL);
	write_notes(a, w);
	json_cstr(w, "progress", a->progress[0] ? a->progress : NULL);
	json_int(w, "stored", (int64_t)a->stored);
	json_int(w, "queued", (int64_t)a->queue.count);
	json_object_end(w);
}
