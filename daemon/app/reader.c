/* The reader: a process that looks into messages and says what it saw. */
#include "reader.h"

#include "app/sandbox.h"
#include "base/limits.h"
#include "channel.h"
#include "reading.h"
#include <stdlib.h>
#include <sys/time.h>

/* A message that costs more processor time than this ends its reader: SIGPROF kills. */
static void bound_time(int seconds)
{
	const struct itimerval timer = {.it_value = {.tv_sec = seconds}};
	setitimer(ITIMER_PROF, &timer, NULL);
}

static int answer(const struct rulebook *book, struct channel *c, const struct frame *frame)
{
	struct arena arena = {0};
	struct buf head = {0}, payload = {0};
	struct reading reading;
	struct raw raw;
	struct known known;
	enum reading_depth depth;
	reading_init(&reading);
	int result = -1;
	if (reading_read_request(frame, &arena, &raw, &known, &depth, NULL) < 0)
		goto out;
	bound_time(LIMIT_READER_SECONDS);
	if (pipeline_read(book, &raw, &known, depth, &reading, NULL) < 0)
		goto out;
	bound_time(0);
	reading_write_answer(&reading, depth, &head, &payload);
	if (!head.failed && !payload.failed)
		result = channel_send(c, "read", buf_str(&head), buf_str(&payload), NULL);
out:
	reading_finish(&reading);
	buf_finish(&head);
	buf_finish(&payload);
	arena_finish(&arena);
	return result;
}

int reader_main(struct channel *to_keeper, int stop_fd, const void *context)
{
	(void)stop_fd; /* it waits for nothing but the channel */
	const struct sandbox box = {.role = SANDBOX_READER};
	struct frame frame;
	if (sandbox_enter(&box, NULL) < 0)
		return EXIT_FAILURE;
	channel_work_ahead(to_keeper);
	while (channel_next(to_keeper, &frame, NULL) == 1)
		if (answer(context, to_keeper, &frame) < 0)
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}
