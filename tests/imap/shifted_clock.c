/* Preloaded, it sets the clocks of one program and its children: $SHIFT names a file of three
 * numbers, the seconds by which CLOCK_REALTIME, CLOCK_BOOTTIME and CLOCK_MONOTONIC are ahead now.
 * What poll() waits for is time on the last of them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SLICE_MS 20 /* how soon a wait sees that its time is over */

static const volatile int64_t *shift;
static int (*machine_poll)(struct pollfd *, nfds_t, int);

__attribute__((constructor)) static void begin(void)
{
	int fd = open(getenv("SHIFT"), O_RDONLY | O_CLOEXEC);
	void *numbers = mmap(NULL, 3 * sizeof(*shift), PROT_READ, MAP_SHARED, fd, 0);
	*(void **)&machine_poll = dlsym(RTLD_NEXT, "poll");
	if (fd < 0 || numbers == MAP_FAILED || !machine_poll)
		abort();
	shift = numbers;
	close(fd);
}

int clock_gettime(clockid_t which, struct timespec *out)
{
	static const int places[] = {
		[CLOCK_REALTIME] = 1, [CLOCK_BOOTTIME] = 2, [CLOCK_MONOTONIC] = 3};
	int result = (int)syscall(SYS_clock_gettime, which, out);
	size_t at = (size_t)which;
	if (!result && shift && at < sizeof(places) / sizeof(*places) && places[at])
		out->tv_sec += shift[places[at] - 1];
	return result;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
	(void)zone;
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	*out = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
	return 0;
}

time_t time(time_t *out)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (out)
		*out = now.tv_sec;
	return now.tv_sec;
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	int64_t until_ms = now_ms() + timeout_ms;
	if (timeout_ms <= 0)
		return machine_poll(fds, count, timeout_ms);
	for (;;) {
		int64_t left_ms = until_ms - now_ms();
		int slice_ms = left_ms < 0 ? 0 : left_ms < SLICE_MS ? (int)left_ms : SLICE_MS;
		int ready = machine_poll(fds, count, slice_ms);
		if (ready != 0 || left_ms <= 0)
			return ready;
	}
}
