/* Asking readers and waiting for all the answers: readers_post with a loop of its own. */
#include "app/readers.h"

#include <errno.h>
#include <poll.h>

#define PATIENCE_MS 200 /* between looks whether we are asked to end */

static void take_answer(void *context, uint64_t ticket, struct reading *reading)
{
	struct question *questions = context;
	reading_finish(&questions[ticket].answer);
	questions[ticket].answer = *reading;
	reading_init(reading);
}

static int wait_for_all(struct readers *r, struct error *err)
{
	while (readers_pending(r)) {
		struct pollfd fds[READERS_MOST];
		size_t count = readers_poll(r, fds, READERS_MOST);
		if (readers_asked_to_end(r))
			return error_set(err, ERROR_INTERRUPTED, "asked to end");
		if (poll(fds, (nfds_t)count, PATIENCE_MS) < 0 && errno != EINTR)
			return error_system(err, errno, "cannot wait for a reader");
		if (readers_turn(r, err) < 0)
			return -1;
	}
	return 0;
}

int readers_ask(struct readers *r, struct question *questions, size_t count, struct error *err)
{
	int result = 0;
	readers_listen(r, take_answer, questions);
	for (size_t i = 0; i < count && !result; i++)
		result = readers_post(
			r, questions[i].raw, questions[i].known, questions[i].depth, i, err);
	if (!result)
		result = wait_for_all(r, err);
	/* what they still have is the caller's, who is about to free it */
	if (result < 0)
		readers_forget(r);
	readers_listen(r, NULL, NULL);
	return result;
}
