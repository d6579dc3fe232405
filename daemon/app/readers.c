/* The keeper's side of its readers: who has which message, what came back, who died over what. */
#include "app/readers.h"

#include "app/events.h"
#include "app/rulebook.h"
#include "base/limits.h"
#include "channel.h"
#include "config/config.h"
#include "message/message_parse.h"
#include "process.h"
#include "reading.h"
#include "spawner.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define DEATHS_UNTIL_GIVEN_UP 2
/* What one reader holds unanswered: enough that it never waits for us, little enough to give again.
 */
#define IN_FLIGHT_JOBS 128
#define IN_FLIGHT_BYTES (1 * MIB)
/* Real time after which a silent reader is dead for us; processor time ends it far earlier. */
#define SILENCE_US (6 * LIMIT_READER_SECONDS * SECOND_US)
/* Without work for that long it gives its memory back; the next mail waits for a fork. */
#define REST_US MINUTE_US

struct job {
	struct job *next;
	struct job *next_given; /* to the same reader, which answers in that order */
	const struct raw *raw;  /* the caller's until it is done */
	struct known known;     /* its ids are the caller's too */
	enum reading_depth depth;
	uint64_t ticket;
	int reader; /* -1: waiting */
	int deaths;
	bool done;
	struct reading reading;
};

struct reader {
	struct process process;      /* pid 0: not running */
	struct job *oldest, *newest; /* of what it was given and has not answered */
	size_t jobs;
	size_t bytes;
	int64_t since_us; /* of the last answer, or of being given work when idle */
};

struct readers {
	const struct rulebook *book;
	struct spawner alone; /* of one that is no keeper */
	const struct spawner *spawner;
	struct reader *items;
	unsigned count;
	struct job *first, *last; /* in the order of asking */
	struct job *waiting;      /* before it none waits; NULL: none does */
	size_t pending;
	readers_done *done;
	void *context;
	bool (*asked_to_end)(void *context);
	void *asked_context;
};

int readers_new(
	const struct rulebook *book, unsigned count, struct readers **out, struct error *err)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct readers *r = calloc(1, sizeof(*r));
	if (!count)
		count = cores > 0 && cores < READERS_MOST ? (unsigned)cores : READERS_MOST;
	if (r)
		r->items = calloc(count, sizeof(*r->items));
	if (!r || !r->items) {
		free(r);
		return error_memory(err);
	}
	/* it opens the converters of character sets, which a reader cannot; all share them */
	message_library_start();
	r->book = book;
	r->alone = (struct spawner){.book = book, .fd = -1};
	r->spawner = &r->alone;
	r->count = count;
	*out = r;
	return 0;
}

static void job_free(struct job *job)
{
	reading_finish(&job->reading);
	free(job);
}

void readers_forget(struct readers *r)
{
	for (unsigned i = 0; i < r->count; i++) {
		process_end(&r->items[i].process);
		r->items[i] = (struct reader){0};
	}
	while (r->first) {
		struct job *next = r->first->next;
		job_free(r->first);
		r->first = next;
	}
	r->waiting = NULL;
	r->pending = 0;
}

void readers_free(struct readers *r)
{
	if (!r)
		return;
	readers_forget(r);
	free(r->items);
	free(r);
}

void readers_started_by(struct readers *r, const struct spawner *spawner)
{
	r->spawner = spawner;
}

void readers_listen(struct readers *r, readers_done *done, void *context)
{
	r->done = done;
	r->context = context;
}

size_t readers_pending(const struct readers *r)
{
	return r->pending;
}

void readers_heed(struct readers *r, bool (*asked)(void *context), void *context)
{
	r->asked_to_end = asked;
	r->asked_context = context;
}

bool readers_asked_to_end(const struct readers *r)
{
	return r->asked_to_end && r->asked_to_end(r->asked_context);
}

/* What a reader is given of a message: whole up to what is parsed, else the start. */
static struct raw part_to_read(const struct raw *raw)
{
	struct raw part = *raw;
	part.octets = str_slice(raw->octets, 0, LIMIT_PARSE);
	return part;
}

static int start_reader(struct readers *r, struct reader *reader, struct error *err)
{
	const struct spawn_order order = {.kind = SPAWN_READER};
	return spawner_start(r->spawner, &order, &reader->process, err);
}

static int give(struct readers *r, int number, struct job *job, struct error *err)
{
	struct reader *reader = &r->items[number];
	if (reader->process.pid <= 0 && start_reader(r, reader, err) < 0)
		return -1;
	struct raw part = part_to_read(job->raw);
	struct buf head = {0};
	reading_write_request(&part, &job->known, job->depth, &head);
	int result = head.failed ? error_memory(err) : 0;
	struct error gone = {0};
	if (!result)
		result = channel_send(
			reader->process.channel, "read", buf_str(&head), part.octets, &gone);
	buf_finish(&head);
	if (result < 0 && gone.kind && gone.kind != ERROR_TEMPORARY) {
		*err = gone;
		return -1;
	}
	/* a reader that is gone is found at its next turn, with this job in its hands */
	if (!reader->jobs)
		reader->since_us = clock_monotonic_us();
	job->reader = number;
	job->next_given = NULL;
	*(reader->oldest ? &reader->newest->next_given : &reader->oldest) = job;
	reader->newest = job;
	reader->jobs++;
	reader->bytes += part.octets.len;
	return 0;
}

static int idlest(const struct readers *r)
{
	int best = -1;
	for (unsigned i = 0; i < r->count; i++) {
		const struct reader *reader = &r->items[i];
		if (reader->jobs >= IN_FLIGHT_JOBS ||
			(reader->jobs && reader->bytes >= IN_FLIGHT_BYTES))
			continue;
		if (best < 0 || reader->bytes < r->items[best].bytes)
			best = (int)i;
	}
	return best;
}

/* Gives waiting jobs, oldest first, to readers that have room. */
static int distribute(struct readers *r, struct error *err)
{
	for (; r->waiting; r->waiting = r->waiting->next) {
		if (r->waiting->done || r->waiting->reader >= 0)
			continue;
		int number = idlest(r);
		if (number < 0)
			return 0;
		if (give(r, number, r->waiting, err) < 0)
			return -1;
	}
	return 0;
}

int readers_post(struct readers *r, const struct raw *raw, const struct known *known,
	enum reading_depth depth, uint64_t ticket, struct error *err)
{
	struct job *job = calloc(1, sizeof(*job));
	if (!job)
		return error_memory(err);
	*job = (struct job){
		.raw = raw, .known = *known, .depth = depth, .ticket = ticket, .reader = -1};
	reading_init(&job->reading);
	*(r->first ? &r->last->next : &r->first) = job;
	r->last = job;
	if (!r->waiting)
		r->waiting = job;
	r->pending++;
	return distribute(r, err);
}

/* The oldest job it had is the suspect; all it had goes back to the waiting. */
static int bury(struct readers *r, int number, struct error *err)
{
	struct reader *reader = &r->items[number];
	struct job *suspect = reader->oldest;
	if (process_end(&reader->process))
		log_event(&event_forbidden, LOG_FIELDS(log_cstr("process", "reader")));
	for (struct job *job = suspect; job; job = job->next_given)
		job->reader = -1;
	*reader = (struct reader){.process = reader->process, .since_us = reader->since_us};
	r->waiting = r->first;
	if (!suspect || ++suspect->deaths < DEATHS_UNTIL_GIVEN_UP)
		return 0;
	suspect->done = true;
	return reading_give_up(
		r->book->config, suspect->raw, &suspect->known, &suspect->reading, err);
}

static bool is_known(const struct readers *r, const struct job *job, size_t number)
{
	struct str id = job->reading.clients[number];
	if (job->known.stored)
		return number < job->known.client_count && str_eq(id, job->known.clients[number]);
	return r->book->config && rulebook_client(r->book, id) < r->book->config->client_count;
}

/* A reader may only name clients that exist, of a stored message those that it has: it has met
   hostile bytes. */
static bool names_known_clients(const struct readers *r, const struct job *job)
{
	size_t count = job->reading.client_count;
	for (size_t i = 0; i < count; i++)
		if (!is_known(r, job, i))
			return false;
	return !job->known.stored || count == job->known.client_count;
}

/* Everything that one reader has answered: 0, or -1 when it is to be buried. */
static int take_answers(struct readers *r, int number)
{
	struct reader *reader = &r->items[number];
	struct frame frame;
	for (;;) {
		/* one that is gone takes no more, but what it has answered still counts */
		bool gone = channel_flush(reader->process.channel, NULL) < 0;
		int result = channel_next(reader->process.channel, &frame, NULL);
		if (result <= 0)
			return gone ? -1 : result;
		struct job *job = reader->oldest;
		if (!job || reading_read_answer(&frame, &job->reading, NULL) < 0 ||
			!names_known_clients(r, job)) {
			if (job)
				reading_finish(&job->reading);
			return -1;
		}
		job->done = true;
		reader->oldest = job->next_given;
		reader->jobs--;
		reader->bytes -= part_to_read(job->raw).octets.len;
		reader->since_us = clock_monotonic_us();
	}
}

/* Hands finished work over, in the order of asking. */
static void deliver(struct readers *r)
{
	while (r->first && r->first->done) {
		struct job *job = r->first;
		r->first = job->next;
		r->pending--;
		if (r->done)
			r->done(r->context, job->ticket, &job->reading);
		job_free(job);
	}
}

size_t readers_poll(const struct readers *r, struct pollfd *out, size_t room)
{
	size_t count = 0;
	for (unsigned i = 0; i < r->count && count < room; i++) {
		const struct process *p = &r->items[i].process;
		if (p->pid <= 0)
			continue;
		out[count++] = (struct pollfd){
			.fd = channel_fd(p->channel),
			.events = channel_queued(p->channel) ? POLLIN | POLLOUT : POLLIN,
		};
	}
	return count;
}

int readers_turn(struct readers *r, struct error *err)
{
	for (unsigned i = 0; i < r->count; i++) {
		struct reader *reader = &r->items[i];
		if (reader->process.pid <= 0)
			continue;
		int64_t quiet_us = clock_monotonic_us() - reader->since_us;
		bool silent = reader->jobs && quiet_us > SILENCE_US;
		if ((take_answers(r, (int)i) < 0 || silent) && bury(r, (int)i, err) < 0)
			return -1;
		if (!reader->jobs && quiet_us > REST_US)
			process_end(&reader->process);
	}
	if (distribute(r, err) < 0)
		return -1;
	deliver(r);
	return 0;
}
