/* A path whose files come and grow: what is there now, which of it stands still, when to look
 * again.
 */
#include "watched_path.h"

#include "base/clock.h"
#include "source_kind.h"
#include "wait.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>

/* A file that is watched is left alone until nobody has written to it for so long. */
#define SETTLE_US (2 * SECOND_US)

void watched_path_finish(struct watched_path *w)
{
	folder_watch_finish(&w->watch);
	file_walk_finish(&w->walk);
	file_walk_finish(&w->before);
	free(w->root);
	*w = (struct watched_path){.watch.fd = -1};
}

int watched_path_look(struct watched_path *w, enum mail_format format, struct error *err)
{
	struct file_walk walk = {0};
	if (file_walk(w->root, format, &walk, err) < 0) {
		file_walk_finish(&walk);
		return -1;
	}
	file_walk_finish(&w->before);
	w->before = w->walk;
	w->walk = walk;
	w->unsettled = false;
	return 0;
}

static int by_path(const void *left, const void *right)
{
	return str_cmp(((const struct walked_file *)left)->path,
		((const struct walked_file *)right)->path);
}

static bool was_so_before(const struct watched_path *w, const struct walked_file *file)
{
	const struct walked_file *was = w->before.count
		? bsearch(file, w->before.files, w->before.count, sizeof(*file), by_path)
		: NULL;
	return was && was->size_bytes == file->size_bytes && was->changed_ns == file->changed_ns;
}

bool watched_path_settled(struct watched_path *w, const struct walked_file *f)
{
	int64_t quiet_us = clock_now_us(NULL) - f->changed_ns / 1000;
	bool settled = quiet_us >= SETTLE_US || was_so_before(w, f);
	w->unsettled |= !settled;
	return settled;
}

/* The kernel gives a lease for reading when nobody writes. Who then opens the file to write, before
   the lease is given back, has a signal sent to us that would end us. */
bool watched_file_is_written(int fd)
{
	sigset_t lease_broken;
	sigemptyset(&lease_broken);
	sigaddset(&lease_broken, SIGIO);
	sigprocmask(SIG_BLOCK, &lease_broken, NULL);
	if (fcntl(fd, F_SETLEASE, F_RDLCK) < 0)
		return errno == EAGAIN;
	fcntl(fd, F_SETLEASE, F_UNLCK);
	return false;
}

int watched_path_wait(
	struct watched_path *w, const struct source *s, int64_t timeout_us, struct error *err)
{
	bool first = !w->waited;
	w->waited = true;
	folder_watch_set(&w->watch, w->root, &w->walk.folders);
	if (first)
		return 1;
	if (w->unsettled && timeout_us > SETTLE_US)
		timeout_us = SETTLE_US;
	const struct patience p = {clock_monotonic_us() + timeout_us, s->wake_fd};
	enum wait_result waited = wait_for(w->watch.fd, POLLIN, &p);
	if (waited == WAIT_READY)
		folder_watch_drain(&w->watch);
	if (waited == WAIT_READY || waited == WAIT_DEADLINE)
		return waited == WAIT_READY || w->unsettled;
	return wait_error(err, waited, "waiting for files");
}
