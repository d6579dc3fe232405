/* The keeper: the service's parent process, which alone holds archive and index. */
#include "app/keeper.h"

#include "app/events.h"
#include "app/readers.h"
#include "app/rulebook.h"
#include "base/file.h"
#include "base/limits.h"
#include "channel.h"
#include "config/config.h"
#include "control.h"
#include "export_intake.h"
#include "guests.h"
#include "keeper_state.h"
#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define RETRY_STORE_US (60 * SECOND_US)
#define TURN_MS 200
#define FRAMES_A_TURN 1000
/* A larger piece of memory goes back to the system once it is free, in the children too; left to
   itself, the allocator would keep as much as the largest mail took. */
#define GIVEN_BACK (256 * KIB)

/* Nothing known of a message that nobody could look at is said aloud. */
void keeper_on_read(void *context, uint64_t ticket, struct reading *reading)
{
	(void)context;
	struct item *item = (struct item *)(uintptr_t)ticket;
	item->reading = *reading;
	reading_init(reading);
	item->ready = true;
	if (item->reading.concerns)
		return;
	if (item->raw.state == RAW_POISON && item->settles)
		item->settles = 0; /* nor can it be had now */
	else if (item->raw.state == RAW_POISON)
		item->gap =
			STR(GAP_POISON "the server would not give it, whose it is is not known");
	else if (item->reading.facts.examined == EXAMINED_READER_DIED)
		item->gap = STR("readers died over it, and no client's address is in its start");
	else if (item->reading.cut)
		item->gap = STR("its header is too long to be read, and no client's address is in "
				"its start");
}

static bool is_finished(const struct keeper *k, const struct account_link *link)
{
	return k->plan->once && link->once_over;
}

static int round_over(
	struct keeper *k, struct account_link *link, const struct error *why, struct error *err)
{
	account_link_over(link, why, clock_now_us(k->plan->clock));
	if (why)
		log_event(&event_account_failed,
			LOG_FIELDS(log_text("account", link->account->name),
				log_cstr("reason", why->text)));
	else
		log_event(
			&event_account_read, LOG_FIELDS(log_text("account", link->account->name)));
	return watching_ends(k, link, why, err);
}

/* The fetcher's process is over, and with it what it had not handed over: the next one starts from
   the position. What came whole stays in the queue. */
static int lose_fetcher(
	struct keeper *k, struct account_link *link, const struct error *why, struct error *err)
{
	export_intake_end(link);
	if (process_end(&link->process))
		log_event(&event_forbidden,
			LOG_FIELDS(log_cstr("process", "fetcher"),
				log_text("account", link->account->name)));
	queue_drop_pieces(&link->queue);
	/* what comes after its one round is no part of it */
	return is_finished(k, link) ? 0 : round_over(k, link, why, err);
}

/* Its connection is over. A round that it was to begin is the next one's. */
static int renew_fetcher(struct keeper *k, struct account_link *link, struct error *err)
{
	export_intake_end(link);
	process_end(&link->process);
	queue_drop_pieces(&link->queue);
	return link->running
		? account_link_begin(link, &k->spawner, clock_now_us(k->plan->clock), err)
		: 0;
}

/* One frame of a fetcher: 1, 0 none now or the last (*lost says why), -1 for reasons of our own. */
static int take_frame(
	struct keeper *k, struct account_link *link, struct error *lost, struct error *err)
{
	struct frame frame;
	struct channel *channel = link->process.channel;
	struct fetcher_outcome outcome = {0};
	if (channel_flush(channel, lost) < 0)
		return 0;
	int result = channel_next(channel, &frame, lost);
	if (result <= 0)
		return 0;
	if (keeper_take_frame(k, link, &frame, &outcome, err) < 0)
		return -1;
	if (outcome.over && round_over(k, link, outcome.why.kind ? &outcome.why : NULL, err) < 0)
		return -1;
	if (outcome.ended)
		return renew_fetcher(k, link, err);
	if (outcome.bad)
		*lost = outcome.why;
	return !outcome.bad;
}

/* No fetcher may keep the keeper to itself: what it has said beyond that waits for the next turn.
 */
static int take_frames(struct keeper *k, struct account_link *link, struct error *err)
{
	struct error lost = {0};
	int more = link->process.pid > 0;
	for (unsigned i = 0; more > 0 && i < FRAMES_A_TURN; i++)
		more = take_frame(k, link, &lost, err);
	if (more < 0)
		return -1;
	if (lost.kind == ERROR_TEMPORARY)
		error_set(&lost, ERROR_TEMPORARY, "its fetcher ended unexpectedly");
	return lost.kind ? lose_fetcher(k, link, &lost, err) : 0;
}

static int start_rounds(struct keeper *k, struct error *err)
{
	int64_t now = clock_monotonic_us();
	for (size_t i = 0; i < k->crew.link_count; i++) {
		struct account_link *link = &k->crew.links[i];
		/* what is still queued belongs to the last round */
		if (link->running || is_finished(k, link) || link->due_us > now ||
			link->queue.count)
			continue;
		if (account_link_begin(link, &k->spawner, clock_now_us(k->plan->clock), err) < 0 ||
			watching_begins(k, link, err) < 0)
			return -1;
	}
	return 0;
}

static bool is_over(const struct keeper *k)
{
	if (k->stopping || k->must_end.kind)
		return true;
	if (!k->plan->once)
		return false;
	for (size_t i = 0; i < k->crew.link_count; i++)
		if (!is_finished(k, &k->crew.links[i]) || k->crew.links[i].queue.count)
			return false;
	return true;
}

/* SIGHUP reloads, at the next turn; the others end. */
bool keeper_must_end(void *context)
{
	struct keeper *k = context;
	struct signalfd_siginfo info;
	while (read(k->signals, &info, sizeof(info)) == sizeof(info)) {
		k->reload_asked |= info.ssi_signo == SIGHUP;
		k->stopping |= info.ssi_signo != SIGHUP;
	}
	return k->stopping;
}

bool keeper_wait(struct keeper *k, const struct pollfd *fd, int timeout_ms)
{
	struct pollfd fds[] = {*fd, {.fd = k->signals, .events = POLLIN}};
	return poll(fds, 2, timeout_ms) > 0 && !keeper_must_end(k) && fds[0].revents;
}

static int take_signals(struct keeper *k, struct error *err)
{
	struct buf text = {0};
	if (keeper_must_end(k) || !k->reload_asked)
		return 0;
	k->reload_asked = false;
	int result = keeper_reload(k, &text, err);
	buf_finish(&text);
	return result < 0 ? -1 : 0;
}

/* Without it nobody can be started any more. */
static void heed_spawner(struct keeper *k)
{
	if (spawner_is_gone(&k->spawner))
		error_set(&k->must_end, ERROR_TEMPORARY,
			"the process that starts the others was killed, expected a new start");
}

static int wait_for_something(struct keeper *k, struct error *err)
{
	size_t room = 64 + 4 * k->crew.link_count, count = 0;
	struct pollfd *fds = calloc(room, sizeof(*fds));
	if (!fds)
		return error_memory(err);
	fds[count++] = (struct pollfd){.fd = k->signals, .events = POLLIN};
	fds[count++] = (struct pollfd){.fd = k->spawner.fd, .events = POLLIN};
	for (size_t i = 0; i < k->crew.link_count; i++) {
		const struct process *p = &k->crew.links[i].process;
		if (p->pid > 0)
			fds[count++] = (struct pollfd){
				.fd = channel_fd(p->channel),
				.events = channel_queued(p->channel) ? POLLIN | POLLOUT : POLLIN,
			};
		count += export_intake_poll(k->crew.links[i].intake, fds + count, room - count);
	}
	count += readers_poll(k->crew.readers, fds + count, room - count);
	count += control_poll(k->control, fds + count, room - count);
	count += guests_poll(k->guests, fds + count, room - count);
	count += dkim_watch_poll(&k->dkim, fds + count, room - count);
	count += anchors_poll(&k->anchors, fds + count, room - count);
	count += disk_watch_poll(&k->disk, fds + count, room - count);
	int n = poll(fds, (nfds_t)count, TURN_MS);
	if (n > 0 && fds[1].revents)
		heed_spawner(k);
	free(fds);
	return n < 0 && errno != EINTR ? error_system(err, errno, "cannot wait") : 0;
}

/* A hint, for somebody may be in the middle of writing: they are loaded when that is asked for. */
static void look_at_disk(struct keeper *k)
{
	if (!disk_watch_turn(&k->disk, k->book, &k->spawner))
		return;
	if (k->disk.differs)
		log_event(&event_changed_on_disk, LOG_FIELDS(log_number("errors", k->disk.errors)));
	else /* what was refused is not there any more */
		keeper_remember_reload(k, NULL);
}

static int turn(struct keeper *k, struct error *err)
{
	if (start_rounds(k, err) < 0 || wait_for_something(k, err) < 0)
		return -1;
	if (take_signals(k, err) < 0)
		return -1;
	control_turn(k->control);
	guests_turn(k->guests);
	if (k->failure.kind) {
		*err = k->failure;
		k->failure = (struct error){0};
		return -1;
	}
	look_at_disk(k);
	hook_turn(&k->hook);
	for (size_t i = 0; i < k->crew.link_count; i++)
		if (take_frames(k, &k->crew.links[i], err) < 0 ||
			export_intake_turn(&k->crew.links[i], err) < 0)
			return -1;
	if (readers_turn(k->crew.readers, err) < 0 ||
		readers_turn(k->crew.store_readers, err) < 0 ||
		sequence_watch_turn(k, false, err) < 0)
		return -1;
	if (keeper_has_batch(k) && keeper_commit(k, err) < 0)
		return -1;
	if (dkim_watch_turn(k, err) < 0 || anchors_turn(k, err) < 0 ||
		watching_turn(k, false, err) < 0)
		return -1;
	return checkpoints_turn(&k->checkpoints, k->store, k->plan->clock, false, err);
}

static int open_signals(struct error *err)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigaction(SIGPIPE, &ignore, NULL);
	int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? error_system(err, errno, "cannot listen for signals") : fd;
}

void keeper_tell_progress(void *context, const char *what, uint64_t done, uint64_t all)
{
	struct keeper *k = context;
	health_busy(&k->health, what, done, all);
	log_event(&event_indexing,
		LOG_FIELDS(
			log_cstr("work", what), log_number("done", done), log_number("all", all)));
}

static int open_store(struct keeper *k, struct error *err)
{
	const struct store_progress progress = {.tell = keeper_tell_progress, .context = k};
	if (store_open(k->folder, STORE_CREATE, k->plan->clock, k->crew.store_readers, &progress,
		    &k->store, err) < 0)
		return -1;
	return store_terms(k->store, k->book, &progress, err);
}

static int keeper_open(struct keeper *k, struct error *err)
{
	mallopt(M_MMAP_THRESHOLD, GIVEN_BACK);
	if (spawner_open(&k->spawner, err) < 0)
		return -1;
	k->book = *k->plan->book;
	k->folder = str_dup(k->book->config->archive);
	if (!k->folder)
		return error_memory(err);
	if (crew_new(k, k->book, &k->crew, err) < 0)
		return -1;
	k->signals = open_signals(err);
	if (k->signals < 0)
		return -1;
	k->started_at_us = clock_now_us(k->plan->clock);
	if (!k->plan->once)
		disk_watch_begin(&k->disk, k->book);
	health_open(&k->health, getenv);
	/* first the folder, then the lock on it, then what may change it */
	if (file_make_folder(k->folder, 0700, err) < 0 ||
		control_open(k->folder, keeper_answer, k, &k->control, err) < 0)
		return -1;
	if (readers_try_jit(&k->no_jit) < 0)
		log_event(&event_without_jit, LOG_FIELDS(log_cstr("reason", k->no_jit.text)));
	if (k->plan->guests.folder &&
		guests_open(&k->plan->guests, &k->spawner, k->folder, &k->guests, err) < 0)
		return -1;
	return keeper_enclose(k, err) < 0 ? -1 : open_store(k, err);
}

static void keeper_close(struct keeper *k)
{
	crew_end(&k->crew);
	dkim_watch_end(&k->dkim);
	anchors_end(&k->anchors);
	hook_finish(&k->hook, k->plan->once && !k->stopping);
	disk_watch_end(&k->disk);
	watching_finish(&k->watching);
	retries_finish(&k->retries);
	guests_close(k->guests);
	store_close(k->store);
	control_close(k->control);
	if (k->signals >= 0)
		close(k->signals);
	health_close(&k->health);
	spawner_close(&k->spawner);
	free(k->reload_text);
	free(k->folder);
}

/* The archive cannot take more (disk full, input/output error): everything not committed is
   dropped, for the server still has it, and nothing is fetched until the archive opens again. */
static int suspend(struct keeper *k, const struct error *why, struct error *err)
{
	log_event(&event_cannot_store,
		LOG_FIELDS(log_cstr("reason", why->text),
			log_number("retry_s", RETRY_STORE_US / SECOND_US)));
	k->trouble = *why;
	watching_suspended(k, why);
	struct crew fresh;
	if (crew_new(k, k->book, &fresh, err) < 0)
		return -1;
	crew_replace(&k->crew, &fresh);
	store_close(k->store);
	k->store = NULL;
	k->resume_us = clock_monotonic_us() + RETRY_STORE_US;
	return 0;
}

static int resume(struct keeper *k, struct error *err)
{
	if (wait_for_something(k, err) < 0)
		return -1;
	if (take_signals(k, err) < 0)
		return -1;
	control_turn(k->control);
	guests_turn(k->guests);
	if (clock_monotonic_us() < k->resume_us)
		return 0;
	struct error why = {0};
	if (keeper_is_locked_out(k))
		return error_set(&k->must_end, ERROR_TEMPORARY,
			"the folder of the archive is another one now, expected a new start");
	if (open_store(k, &why) < 0) {
		store_close(k->store);
		k->store = NULL;
		k->trouble = why;
		k->resume_us = clock_monotonic_us() + RETRY_STORE_US;
		return 0;
	}
	k->trouble = (struct error){0};
	for (size_t i = 0; i < k->crew.link_count; i++)
		account_link_hurry(&k->crew.links[i]);
	log_event(&event_storing_again, NULL);
	return 0;
}

static int run(struct keeper *k, struct error *err)
{
	while (!is_over(k)) {
		struct error why = {0};
		clock_watch_turn(k);
		int result = k->store ? turn(k, &why) : resume(k, &why);
		if (result == 0) {
			health_turn(&k->health, k);
			continue;
		}
		heed_spawner(k);
		if (why.kind == ERROR_INTERRUPTED || k->must_end.kind)
			break;
		if (k->plan->once || why.kind == ERROR_MEMORY) {
			*err = why;
			return -1;
		}
		if (suspend(k, &why, err) < 0)
			return -1;
	}
	health_stopping(&k->health);
	/* what was read before the end was asked for is kept */
	if (k->store && !k->plan->once && keeper_commit(k, err) < 0)
		return -1;
	if (k->must_end.kind) {
		*err = k->must_end;
		return -1;
	}
	if (!k->store)
		return 0;
	if (k->plan->once &&
		(sequence_watch_turn(k, true, err) < 0 || dkim_watch_drain(k, err) < 0))
		return -1;
	if (watching_turn(k, true, err) < 0 ||
		checkpoints_turn(&k->checkpoints, k->store, k->plan->clock, true, err) < 0)
		return -1;
	return k->plan->once ? anchors_drain(k, err) : 0;
}

static int gravest_code(const struct keeper *k)
{
	int code = 0;
	for (size_t i = 0; i < k->crew.link_count; i++)
		code = exit_code_graver(code, error_exit_code(&k->crew.links[i].error));
	return code;
}

int keeper_run(const struct keeper_plan *plan, struct error *err)
{
	struct keeper k = {
		.plan = plan,
		.signals = -1,
		.health.notify.fd = -1,
		.spawner = {.book = *plan->book, .guests = &plan->guests, .fd = -1},
		.hook.spawner = &k.spawner,
	};
	disk_watch_init(&k.disk);
	struct error why = {0};
	int result = keeper_open(&k, &why);
	if (!result) {
		log_event(&event_started,
			LOG_FIELDS(log_number("accounts", k.crew.link_count),
				log_number("clients", k.book->config->client_count)));
		result = run(&k, &why);
		log_event(&event_ended, LOG_FIELDS(log_number("stored", k.stored)));
	} else {
		health_stopping(&k.health);
	}
	/* in the middle of long work, which the next start takes up where it was left */
	if (why.kind == ERROR_INTERRUPTED)
		result = 0;
	int code = plan->once ? gravest_code(&k) : 0;
	keeper_close(&k);
	if (result < 0)
		*err = why;
	return result < 0 ? -1 : code;
}
