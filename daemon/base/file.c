/* Files as whole byte strings: read within a bound, written so that no half is ever seen. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 * 1024)

int file_read_fd(int fd, const char *name, size_t max_bytes, struct buf *out, struct error *err)
{
	size_t start = out->len;
	for (;;) {
		size_t taken = out->len - start;
		/* One byte more than allowed, to tell "exactly" from "over". */
		size_t step = max_bytes - taken < READ_STEP ? max_bytes - taken + 1 : READ_STEP;
		char *room = buf_reserve(out, step);
		if (!room) {
			error_memory(err);
			break;
		}
		ssize_t got = read(fd, room, step);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			error_system(err, errno, "cannot read '%s'", name);
			break;
		}
		if ((size_t)got > max_bytes - taken) {
			error_set(err, ERROR_LIMIT, "'%s' is over %zu bytes", name, max_bytes);
			break;
		}
		out->len += (size_t)got;
		if (got == 0)
			return 0;
	}
	out->len = start;
	return -1;
}

int file_read(const char *path, size_t max_bytes, struct buf *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		int number = errno;
		error_system(err, number, "cannot open '%s'", path);
		if (err && (number == ENOENT || number == ENOTDIR))
			err->kind = ERROR_NOT_FOUND;
		return -1;
	}
	int result = file_read_fd(fd, path, max_bytes, out, err);
	close(fd);
	return result;
}

int file_write_all(int fd, const void *bytes, size_t len, struct error *err)
{
	const char *at = bytes;
	while (len > 0) {
		ssize_t put = write(fd, at, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return error_system(err, errno, "cannot write");
		at += put;
		len -= (size_t)put;
	}
	return 0;
}

static int sync_folder(const char *folder, struct error *err)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return error_system(err, errno, "cannot open folder '%s'", folder);
	int result =
		fsync(fd) < 0 ? error_system(err, errno, "cannot sync folder '%s'", folder) : 0;
	close(fd);
	return result;
}

/* "folder/.name.XXXXXX": hidden, so that a listing never takes it for a finished file. */
static char *temporary_name(const char *folder, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf name = {0};
	buf_add_format(&name, "%s/.%s.XXXXXX", folder, slash ? slash + 1 : path);
	if (name.failed) {
		buf_finish(&name);
		return NULL;
	}
	buf_cstr(&name);
	return name.ptr;
}

struct file_out {
	char *path, *folder, *temporary;
	int fd;
};

int file_out_begin(const char *path, mode_t mode, struct file_out **out, struct error *err)
{
	int result = -1;
	char *temporary = NULL;
	struct file_out *f = calloc(1, sizeof(*f));
	struct stat info;
	if (!f)
		return error_memory(err);
	f->fd = -1;
	f->path = strdup(path);
	f->folder = file_folder(path);
	temporary = f->folder ? temporary_name(f->folder, path) : NULL;
	/* root would put a file in the place of /dev/null */
	if (stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) {
		error_set(err, ERROR_SYSTEM, "'%s' is no file that could be replaced", path);
		goto out;
	}
	if (!f->path || !temporary) {
		error_memory(err);
		goto out;
	}
	f->fd = mkostemp(temporary, O_CLOEXEC);
	if (f->fd < 0) {
		error_system(err, errno, "cannot create '%s'", path);
		goto out;
	}
	f->temporary = temporary;
	temporary = NULL;
	if (fchmod(f->fd, mode) < 0) {
		error_system(err, errno, "cannot write '%s'", path);
		goto out;
	}
	*out = f;
	f = NULL;
	result = 0;
out:
	free(temporary);
	file_out_drop(f);
	return result;
}

void file_out_drop(struct file_out *f)
{
	if (!f)
		return;
	if (f->fd >= 0)
		close(f->fd);
	if (f->temporary)
		unlink(f->temporary);
	free(f->temporary);
	free(f->folder);
	free(f->path);
	free(f);
}

int file_out_write(struct file_out *f, struct str bytes, struct error *err)
{
	if (file_write_all(f->fd, bytes.ptr, bytes.len, err) == 0)
		return 0;
	error_prefix(err, "'%s'", f->path);
	return -1;
}

int file_out_end(struct file_out *f, struct error *err)
{
	int result = 0;
	if (fsync(f->fd) < 0)
		result = error_system(err, errno, "cannot write '%s'", f->path);
	else if (rename(f->temporary, f->path) < 0)
		result = error_system(err, errno, "cannot replace '%s'", f->path);
	if (!result) {
		free(f->temporary);
		f->temporary = NULL;
		result = sync_folder(f->folder, err);
	}
	file_out_drop(f);
	return result;
}

int file_write_atomic(const char *path, struct str bytes, mode_t mode, struct error *err)
{
	struct file_out *f;
	if (file_out_begin(path, mode, &f, err) < 0)
		return -1;
	if (file_out_write(f, bytes, err) < 0) {
		file_out_drop(f);
		return -1;
	}
	return file_out_end(f, err);
}
