/* Waits for a descriptor until it is ready, time is up, or the wake descriptor says stop. */
#include "wait.h"

#include "base/clock.h"
#include <errno.h>
#include <limits.h>
#include <poll.h>

static int milliseconds_left(int64_t deadline_us)
{
	int64_t left = (deadline_us - clock_monotonic_us() + 999) / 1000;
	if (left < 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}

enum wait_result wait_for(int fd, short events, const struct patience *p)
{
	struct pollfd fds[2] = {
		{.fd = fd, .events = events},
		{.fd = p->wake_fd, .events = POLLIN},
	};
	for (;;) {
		int left = milliseconds_left(p->deadline_us);
		int ready = poll(fds, 2, left);
		if (ready < 0 && errno != EINTR)
			return WAIT_FAILED;
		if (ready > 0 && fds[1].revents)
			return WAIT_STOPPED;
		if (ready > 0)
			return WAIT_READY; /* errors and hang-ups show in the next read or write */
		if (left == 0)
			return WAIT_DEADLINE;
	}
}

int wait_error(struct error *err, enum wait_result result, const char *doing)
{
	switch (result) {
	case WAIT_STOPPED:
		return error_set(err, ERROR_TEMPORARY, "stopped");
	case WAIT_DEADLINE:
		return error_set(err, ERROR_TEMPORARY, "no answer in time while %s", doing);
	default:
		return error_system(err, errno, "cannot wait while %s", doing);
	}
}

int wait_for_clock(const struct patience *p, struct error *err)
{
	enum wait_result waited = wait_for(-1, 0, p);
	return waited == WAIT_DEADLINE ? 0 : wait_error(err, waited, "waiting");
}
