/* The folder of a bundle on disk: private files, hashed as they are written, kept all or not. */
#include "bundle_folder.h"
#include "base/array.h"
#include "base/file.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "out/" and "out" are one folder, and "out/.tmp" is not beside it. */
static char *path_copy(const char *path)
{
	struct str s = str_from(path);
	while (s.len > 1 && s.ptr[s.len - 1] == '/')
		s.len--;
	return str_dup(s);
}

static int make_temporary(struct bundle_folder *f, struct error *err)
{
	struct stat status;
	if (lstat(f->path, &status) == 0)
		return error_set(err, ERROR_USAGE, "'%s' is there already", f->path);
	if (mkdir(f->temporary, S_IRWXU) == 0)
		return 0;
	if (errno == EEXIST)
		return error_set(err, ERROR_USAGE,
			"'%s' is left from an export that was interrupted, remove it first",
			f->temporary);
	return error_system(err, errno, "cannot make folder '%s'", f->temporary);
}

int bundle_folder_open(const char *path, struct bundle_folder *out, struct error *err)
{
	struct bundle_folder f = {.fd = -1};
	f.path = path_copy(path);
	if (f.path == NULL || asprintf(&f.temporary, "%s.tmp", f.path) < 0) {
		free(f.path);
		return error_memory(err);
	}
	if (make_temporary(&f, err) < 0) {
		free(f.path);
		free(f.temporary);
		return -1;
	}
	f.fd = open(f.temporary, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (f.fd < 0) {
		error_system(err, errno, "cannot open '%s'", f.temporary);
		bundle_folder_close(&f);
		return -1;
	}
	*out = f;
	return 0;
}

static int sync_parent(const char *path, struct error *err)
{
	char *parent = file_folder(path);
	if (parent == NULL)
		return error_memory(err);
	int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int status = fd >= 0 && fsync(fd) == 0
		? 0
		: error_system(err, errno, "cannot bring '%s' to the disk", parent);
	if (fd >= 0)
		close(fd);
	free(parent);
	return status;
}

/* One syncfs, not an fsync a file: ten thousand mails are ten thousand files. */
int bundle_folder_keep(struct bundle_folder *f, struct error *err)
{
	if (syncfs(f->fd) < 0)
		return error_system(err, errno, "cannot bring '%s' to the disk", f->temporary);
	/* rename(2) would take the place of an empty folder that came in between */
	if (renameat2(AT_FDCWD, f->temporary, AT_FDCWD, f->path, RENAME_NOREPLACE) < 0)
		return error_system(
			err, errno, "cannot rename '%s' to '%s'", f->temporary, f->path);
	free(f->temporary);
	f->temporary = NULL;
	return sync_parent(f->path, err);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

void bundle_folder_close(struct bundle_folder *f)
{
	if (f->fd >= 0)
		close(f->fd);
	if (f->temporary)
		nftw(f->temporary, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	for (size_t i = 0; i < f->count; i++)
		free(f->entries[i].path);
	free(f->entries);
	free(f->path);
	free(f->temporary);
	*f = (struct bundle_folder){.fd = -1};
}

/* The folders on the way to `path`, which is ours: no more than three deep. */
static int make_parents(struct bundle_folder *f, const char *path, struct error *err)
{
	char part[64];
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		int len = (int)(slash - path);
		assert((size_t)len < sizeof(part));
		snprintf(part, sizeof(part), "%.*s", len, path);
		if (mkdirat(f->fd, part, S_IRWXU) < 0 && errno != EEXIST)
			return error_system(
				err, errno, "cannot make '%s' in '%s'", part, f->temporary);
	}
	return 0;
}

static void file_drop(struct bundle_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	if (file->hash)
		sha256_end(file->hash, NULL, NULL);
	free(file->entry.path);
}

int bundle_file_open(
	struct bundle_folder *f, const char *path, struct bundle_file *out, struct error *err)
{
	struct bundle_file file = {.folder = f, .fd = -1};
	if (make_parents(f, path, err) < 0)
		return -1;
	file.fd = openat(f->fd, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		S_IRUSR | S_IWUSR);
	if (file.fd < 0)
		return error_system(err, errno, "cannot make '%s' in '%s'", path, f->temporary);
	file.entry.path = str_dup(str_from(path));
	if (file.entry.path == NULL)
		error_memory(err);
	if (file.entry.path == NULL || sha256_start(&file.hash, err) < 0) {
		file_drop(&file);
		return -1;
	}
	*out = file;
	return 0;
}

int bundle_file_add(struct bundle_file *file, struct str bytes, struct error *err)
{
	if (file_write_all(file->fd, bytes.ptr, bytes.len, err) < 0)
		return error_prefix(err, "'%s'", file->entry.path);
	file->entry.size_bytes += bytes.len;
	return sha256_add(file->hash, bytes, err);
}

int bundle_file_close(struct bundle_file *file, int status, struct error *err)
{
	struct bundle_folder *f = file->folder;
	struct sha256_stream *hash = file->hash;
	if (status == 0) {
		file->hash = NULL; /* sha256_end frees it, also when it fails */
		status = sha256_end(hash, &file->entry.sum, err);
	}
	if (status == 0 && array_room(&f->entries, f->count, &f->cap, sizeof(*f->entries)) < 0)
		status = error_memory(err);
	if (status == 0) {
		f->entries[f->count++] = file->entry;
		file->entry.path = NULL;
	}
	file_drop(file);
	return status;
}

int bundle_folder_add(
	struct bundle_folder *f, const char *path, struct str bytes, struct error *err)
{
	struct bundle_file file;
	if (bundle_file_open(f, path, &file, err) < 0)
		return -1;
	return bundle_file_close(&file, bundle_file_add(&file, bytes, err), err);
}

static int by_path(const void *a, const void *b)
{
	const struct bundle_entry *left = a, *right = b;
	return strcmp(left->path, right->path);
}

int bundle_folder_manifest(
	struct bundle_folder *f, bool payload, struct buf *out, struct error *err)
{
	qsort(f->entries, f->count, sizeof(*f->entries), by_path);
	for (size_t i = 0; i < f->count; i++) {
		char hex[SHA256_HEX_SIZE];
		if (str_starts(str_from(f->entries[i].path), STR("data/")) != payload)
			continue;
		sha256_hex(&f->entries[i].sum, hex);
		buf_add_format(out, "%s  %s\n", hex, f->entries[i].path);
	}
	return out->failed ? error_memory(err) : 0;
}
