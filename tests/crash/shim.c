/* Stands between a program and its files (LD_PRELOAD): fails one call after so many, or writes down
 * every change in the order in which it is made.
 *
 *   CRASH_FOLDER   only files below it are looked at
 *   CRASH_TRACE    a file that takes the trace (see cut)
 *   CRASH_FAIL     N:ERRNO[:ever]: the N-th change fails with ERRNO, or it and all that follow
 *   CRASH_COUNT    a file that takes the number of changes at the end
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 1024

static struct {
	bool ready;
	const char *folder;
	int trace;
	long fail_at, fail_errno;
	bool for_ever;
	long changes;
	char *path[FILES]; /* below the folder, by descriptor */
} state = {.trace = -1};

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

static void start(void)
{
	if (state.ready)
		return;
	state.ready = true;
	state.folder = getenv("CRASH_FOLDER");
	const char *trace = getenv("CRASH_TRACE"), *fail = getenv("CRASH_FAIL");
	if (trace)
		state.trace = REAL(open)(trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fail) {
		char *rest;
		state.fail_at = strtol(fail, &rest, 10);
		state.fail_errno = strtol(rest + 1, &rest, 10);
		state.for_ever = *rest == ':';
	}
}

__attribute__((destructor)) static void end(void)
{
	const char *count = getenv("CRASH_COUNT");
	char text[32];
	if (!count)
		return;
	int fd = REAL(open)(count, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int len = snprintf(text, sizeof(text), "%ld\n", state.changes);
	if (fd >= 0 && REAL(write)(fd, text, (size_t)len) == len)
		close(fd);
}

/* The name below the folder, NULL when it is elsewhere. */
static const char *ours(const char *path)
{
	start();
	size_t len = state.folder ? strlen(state.folder) : 0;
	return len && path && !strncmp(path, state.folder, len) && path[len] == '/' ? path + len + 1
										    : NULL;
}

static const char *name_of(int fd)
{
	return fd >= 0 && fd < FILES ? state.path[fd] : NULL;
}

/* Counts a change; true: it is to fail. */
static bool fails(void)
{
	state.changes++;
	bool now = state.fail_at &&
		(state.for_ever ? state.changes >= state.fail_at : state.changes == state.fail_at);
	if (now)
		errno = (int)state.fail_errno;
	return now;
}

/* "verb name offset length\n", then the octets. */
static void note(const char *verb, const char *name, int64_t offset, const void *octets, size_t len)
{
	char head[PATH_MAX + 64];
	if (state.trace < 0)
		return;
	int size = snprintf(
		head, sizeof(head), "%s %s %lld %zu\n", verb, name, (long long)offset, len);
	if (REAL(write)(state.trace, head, (size_t)size) != size ||
		(octets && REAL(write)(state.trace, octets, len) != (ssize_t)len))
		abort();
}

static void remember(int fd, const char *name)
{
	if (fd < 0 || fd >= FILES)
		return;
	free(state.path[fd]);
	state.path[fd] = strdup(name);
}

static int opened(const char *path, int flags, mode_t mode)
{
	const char *name = ours(path);
	struct stat st;
	bool made = name && (flags & O_CREAT) && lstat(path, &st) < 0;
	if (made && fails())
		return -1;
	int fd = REAL(open)(path, flags, mode);
	if (fd >= 0 && (name || (state.folder && !strcmp(path, state.folder))))
		remember(fd, name ? name : ".");
	if (fd >= 0 && made)
		note("make", name, 0, NULL, 0);
	if (fd >= 0 && name && (flags & O_TRUNC))
		note("cut", name, 0, NULL, 0);
	return fd;
}

int open(const char *path, int flags, ...)
{
	va_list arguments;
	va_start(arguments, flags);
	mode_t mode = flags & O_CREAT ? (mode_t)va_arg(arguments, int) : 0;
	va_end(arguments);
	return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list arguments;
	va_start(arguments, flags);
	mode_t mode = flags & O_CREAT ? (mode_t)va_arg(arguments, int) : 0;
	va_end(arguments);
	return opened(path, flags | O_LARGEFILE, mode);
}

int close(int fd)
{
	if (name_of(fd)) {
		free(state.path[fd]);
		state.path[fd] = NULL;
	}
	return REAL(close)(fd);
}

ssize_t write(int fd, const void *octets, size_t len)
{
	const char *name = name_of(fd);
	if (!name)
		return REAL(write)(fd, octets, len);
	if (fails())
		return -1;
	off_t at = lseek(fd, 0, SEEK_CUR);
	ssize_t done = REAL(write)(fd, octets, len);
	if (done > 0)
		note("write", name, at, octets, (size_t)done);
	return done;
}

static ssize_t written_at(int fd, const void *octets, size_t len, off_t at)
{
	const char *name = name_of(fd);
	if (name && fails())
		return -1;
	ssize_t done = REAL(pwrite)(fd, octets, len, at);
	if (name && done > 0)
		note("write", name, at, octets, (size_t)done);
	return done;
}

ssize_t pwrite(int fd, const void *octets, size_t len, off_t at)
{
	return written_at(fd, octets, len, at);
}

ssize_t pwrite64(int fd, const void *octets, size_t len, off64_t at)
{
	return written_at(fd, octets, len, at);
}

static int cut_to(int fd, off_t len)
{
	const char *name = name_of(fd);
	if (name && fails())
		return -1;
	int result = REAL(ftruncate)(fd, len);
	if (name && !result)
		note("cut", name, len, NULL, 0);
	return result;
}

int ftruncate(int fd, off_t len)
{
	return cut_to(fd, len);
}

int ftruncate64(int fd, off64_t len)
{
	return cut_to(fd, len);
}

int fsync(int fd)
{
	const char *name = name_of(fd);
	if (name && fails())
		return -1;
	/* nothing is brought to a disk in a test; the trace says what would be */
	if (!name)
		return REAL(fsync)(fd);
	note("sync", name, 0, NULL, 0);
	return 0;
}

int fdatasync(int fd)
{
	return fsync(fd);
}

int unlink(const char *path)
{
	const char *name = ours(path);
	if (name && fails())
		return -1;
	int result = REAL(unlink)(path);
	if (name && !result)
		note("remove", name, 0, NULL, 0);
	return result;
}

int rename(const char *from, const char *to)
{
	const char *name = ours(from), *target = ours(to);
	if (name && fails())
		return -1;
	int result = REAL(rename)(from, to);
	if (name && target && !result)
		/* the new name stands where octets would */
		note("rename", name, 0, target, strlen(target));
	return result;
}
