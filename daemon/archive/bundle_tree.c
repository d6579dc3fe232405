/* The files of a bundle that somebody handed over: read without following anything. */
#include "bundle_check.h"

#include "base/array.h"
#include "base/file.h"
#include "base/limits.h"
#include "record_form.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool plain_name(const char *name)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	return name[strspn(name, plain)] == '\0';
}

/* As many octets as the file had when it was opened: it may be growing. */
static int hash_file(int fd, uint64_t size_bytes, struct found_file *out, struct error *err)
{
	char piece[64 * KIB];
	struct sha256_stream *hash = NULL;
	ssize_t got = 0;
	int result = sha256_start(&hash, err);
	while (!result && out->size_bytes < size_bytes &&
		(got = read(fd, piece, sizeof(piece))) > 0) {
		out->size_bytes += (uint64_t)got;
		result = sha256_add(hash, (struct str){piece, (size_t)got}, err);
	}
	if (!result && got < 0)
		result = error_system(err, errno, "cannot read '%.*s'", STR_ARG(out->path));
	int ended = sha256_end(hash, result ? NULL : &out->sum, err);
	return result ? result : ended;
}

static int add_file(
	struct bundle_check *b, int parent, const char *name, struct str path, struct error *err)
{
	struct found_file file = {.path = path};
	struct stat status;
	int fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return error_system(err, errno, "cannot open '%.*s'", STR_ARG(path));
	int result = fstat(fd, &status) < 0
		? error_system(err, errno, "cannot look at '%.*s'", STR_ARG(path))
		: 0;
	/* a hole takes no room to send, but time to read */
	if (!result && (uint64_t)status.st_size > LIMIT_BUNDLE_OCTETS - b->octets)
		result = error_set(err, ERROR_LIMIT, "more than %zu octets, no bundle has so many",
			LIMIT_BUNDLE_OCTETS);
	if (!result)
		result = hash_file(fd, (uint64_t)status.st_size, &file, err);
	b->octets += file.size_bytes;
	close(fd);
	if (!result && array_room(&b->files, b->count, &b->cap, sizeof(*b->files)) < 0)
		result = error_memory(err);
	if (!result)
		b->files[b->count++] = file;
	return result;
}

static int read_folder(
	struct bundle_check *b, int fd, struct str prefix, unsigned depth, struct error *err);

static int read_entry(struct bundle_check *b, int parent, const char *name, struct str prefix,
	unsigned depth, struct error *err)
{
	struct stat status;
	struct str path =
		arena_format(&b->arena, "%.*s%s%s", STR_ARG(prefix), prefix.len ? "/" : "", name);
	if (!path.ptr)
		return error_memory(err);
	if (++b->entries > LIMIT_BUNDLE_FILES)
		return error_set(err, ERROR_LIMIT, "more than %d files, no bundle has so many",
			LIMIT_BUNDLE_FILES);
	if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return error_system(err, errno, "cannot look at '%.*s'", STR_ARG(path));
	bool folder = S_ISDIR(status.st_mode);
	if (!plain_name(name) || (!folder && !S_ISREG(status.st_mode)) ||
		(folder && depth == LIMIT_BUNDLE_DEPTH)) {
		bundle_tell(b, VERIFY_ALTERED, "file", "not a plain file with a plain name: %.*s",
			STR_ARG(path));
		return 0;
	}
	if (!folder)
		return add_file(b, parent, name, path, err);
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return error_system(err, errno, "cannot open '%.*s'", STR_ARG(path));
	return read_folder(b, fd, path, depth + 1, err);
}

/* Closes fd. */
static int read_folder(
	struct bundle_check *b, int fd, struct str prefix, unsigned depth, struct error *err)
{
	DIR *d = fdopendir(fd);
	const struct dirent *entry;
	int result = 0;
	if (!d) {
		close(fd);
		return error_system(err, errno, "cannot read '%.*s'", STR_ARG(prefix));
	}
	while (!result && (errno = 0, entry = readdir(d)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			result = read_entry(b, dirfd(d), entry->d_name, prefix, depth, err);
	if (!result && errno)
		result = error_system(err, errno, "cannot read '%.*s'", STR_ARG(prefix));
	closedir(d);
	return result;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct found_file *)a)->path, ((const struct found_file *)b)->path);
}

struct found_file *bundle_file_at(const struct bundle_check *b, struct str path)
{
	const struct found_file wanted = {.path = path};
	return b->count ? bsearch(&wanted, b->files, b->count, sizeof(*b->files), by_path) : NULL;
}

static int by_number(const void *a, const void *b)
{
	const struct numbered_file *left = a, *right = b;
	return left->number < right->number ? -1 : left->number > right->number;
}

/* Is the path "<folder>000004<extension>"? */
static bool take_number(
	struct str path, const char *folder, const char *extension, uint64_t *number)
{
	char wanted[BLOB_PATH_SIZE];
	struct str before = str_from(folder), behind = str_from(extension);
	if (!str_starts(path, before) || !str_ends(path, behind) ||
		!str_to_u64(str_slice(path, before.len, path.len - behind.len), INT64_MAX, number))
		return false;
	snprintf(wanted, sizeof(wanted), "%s%06" PRIu64 "%s", folder, *number, extension);
	return str_eq(path, str_from(wanted));
}

int bundle_numbered(struct bundle_check *b, const char *folder, const char *extension,
	uint64_t max_bytes, struct numbered_file **out, size_t *count, struct error *err)
{
	struct numbered_file *found = NULL;
	size_t n = 0, cap = 0;
	int result = 0;
	for (size_t i = 0; i < b->count && !result; i++) {
		uint64_t number;
		if (b->files[i].size_bytes > max_bytes ||
			!take_number(b->files[i].path, folder, extension, &number))
			continue;
		if (n == LIMIT_BUNDLE_SIGNED)
			result = error_set(err, ERROR_LIMIT,
				"more than %d files in %s, no bundle has so many",
				LIMIT_BUNDLE_SIGNED, folder);
		else if (array_room(&found, n, &cap, sizeof(*found)) < 0)
			result = error_memory(err);
		else
			found[n++] = (struct numbered_file){number, &b->files[i]};
	}
	if (result) {
		free(found);
		return -1;
	}
	if (n)
		qsort(found, n, sizeof(*found), by_number);
	*out = found;
	*count = n;
	return 0;
}

int bundle_file_read(struct bundle_check *b, const struct found_file *f, size_t max,
	struct buf *out, struct error *err)
{
	int fd = openat(b->folder, f->path.ptr, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return error_system(err, errno, "cannot open '%.*s'", STR_ARG(f->path));
	int result = file_read_fd(fd, f->path.ptr, max, out, err);
	close(fd);
	return result;
}

int bundle_tree_read(struct bundle_check *b, struct error *err)
{
	static const char *const needed[] = {"bag-info.txt", "manifest-sha256.txt",
		"tagmanifest-sha256.txt", "README.txt", "verify.sh", "data/log.txt",
		"data/log-key.pem", "data/index.csv"};
	int fd = openat(b->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return error_system(err, errno, "cannot read the bundle");
	if (read_folder(b, fd, STR(""), 0, err) < 0)
		return -1;
	if (b->count)
		qsort(b->files, b->count, sizeof(*b->files), by_path);
	if (!bundle_file_at(b, STR("bagit.txt")) && !b->summary.altered)
		return error_set(err, ERROR_USAGE, "this is no bundle: bagit.txt is missing");
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!bundle_file_at(b, str_from(needed[i])))
			bundle_tell(b, VERIFY_ALTERED, "file", "missing: %s", needed[i]);
	return b->summary.altered == 0;
}
