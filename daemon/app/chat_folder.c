/* A chat's export that is a folder: its files, none of them reached by a symbolic link. */
#include "chat_folder.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "chat/chat_files.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
	struct chat_files files;
	struct chat_file *items;
	size_t cap;
	struct arena arena; /* names */
	int fd;
	struct buf octets; /* of the file that was loaded last */
};

static bool is_file(int fd, const char *name)
{
	struct stat info;
	return fstatat(fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
}

bool chat_folder_is(const char *path)
{
	static const char *const conversations[] = {
		"channels.json", "groups.json", "dms.json", "mpims.json"};
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_one = false;
	for (size_t i = 0; fd >= 0 && i < sizeof(conversations) / sizeof(*conversations); i++)
		is_one |= is_file(fd, conversations[i]);
	is_one = is_one && is_file(fd, "users.json");
	if (fd >= 0)
		close(fd);
	return is_one;
}

static int open_folder(int at, const char *name)
{
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Of a name that somebody else gave: safe to show. */
static int complain(const struct folder *f, const char *what, struct str name, struct error *err)
{
	int number = errno;
	struct buf shown = {0};
	utf8_add_visible(&shown, name, false);
	error_system(err, number, "cannot %s '%s' of '%.*s'", what, buf_cstr(&shown),
		STR_ARG(f->files.name));
	buf_finish(&shown);
	return -1;
}

static int add_file(struct folder *f, struct str name, struct error *err)
{
	if (f->files.count == LIMIT_CHAT_MEMBERS)
		return error_set(err, ERROR_LIMIT, "'%.*s': more than %d files",
			STR_ARG(f->files.name), LIMIT_CHAT_MEMBERS);
	if (!name.ptr || array_room(&f->items, f->files.count, &f->cap, sizeof(*f->items)) < 0)
		return error_memory(err);
	f->items[f->files.count++] = (struct chat_file){.name = name};
	f->files.items = f->items;
	return 0;
}

/* Of the export itself, and with `within` NULL of the folders in it, which have none themselves.
   Takes the descriptor. */
static int list(struct folder *f, int fd, const char *within, struct error *err)
{
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	int result = 0;
	if (!folder) {
		complain(f, "open", str_from(within ? within : "."), err);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	while (!result && (entry = readdir(folder))) {
		const char *name = entry->d_name;
		struct stat info;
		if (name[0] == '.' || fstatat(fd, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		if (S_ISREG(info.st_mode) && str_ends(str_from(name), STR(".json")))
			result = add_file(f,
				within ? arena_format(&f->arena, "%s/%s", within, name)
				       : arena_format(&f->arena, "%s", name),
				err);
		else if (S_ISDIR(info.st_mode) && !within)
			result = list(f, open_folder(fd, name), name, err);
	}
	closedir(folder);
	return result;
}

static int open_file(const struct folder *f, struct str name)
{
	size_t slash = 0;
	bool inner = str_rfind_char(name, '/', &slash);
	char *within = str_dup(str_slice(name, 0, slash));
	char *file = str_dup(str_slice(name, slash + inner, name.len));
	int at = !inner ? f->fd : within ? open_folder(f->fd, within) : -1;
	int fd = file && at >= 0 ? openat(at, file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
				 : -1;
	if (inner && at >= 0)
		close(at);
	free(within);
	free(file);
	return fd;
}

static int load(struct chat_files *files, size_t index, struct str *octets, struct error *err)
{
	struct folder *f = (struct folder *)files;
	struct str name = files->items[index].name;
	int fd = open_file(f, name);
	ssize_t got = fd < 0 ? -1 : 1;
	char *room;
	buf_clear(&f->octets);
	/* one octet more than may be, which is then refused */
	while (got > 0 && f->octets.len <= LIMIT_CHAT_MEMBER) {
		room = buf_reserve(&f->octets, 64 * KIB);
		if (!room) {
			close(fd);
			return error_memory(err);
		}
		got = read(fd, room, 64 * KIB);
		f->octets.len += got > 0 ? (size_t)got : 0;
	}
	if (got < 0)
		complain(f, "read", name, err);
	if (fd >= 0)
		close(fd);
	*octets = buf_str(&f->octets);
	return got < 0 ? -1 : 0;
}

static int by_name(const void *left, const void *right)
{
	return str_cmp(
		((const struct chat_file *)left)->name, ((const struct chat_file *)right)->name);
}

int chat_folder_zip(const char *path, struct buf *out, struct error *err)
{
	struct folder f = {.files = {.name = str_from(path), .load = load}};
	f.fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f.fd < 0)
		return 0;
	int result = list(&f, fcntl(f.fd, F_DUPFD_CLOEXEC, 0), NULL, err);
	if (!result && !f.files.count)
		result = error_set(err, ERROR_INPUT,
			"'%s' holds no file of a chat, expected .json files in it", path);
	if (!result) {
		qsort(f.items, f.files.count, sizeof(*f.items), by_name);
		result = chat_files_zip(&f.files, out, err);
	}
	close(f.fd);
	free(f.items);
	arena_finish(&f.arena);
	buf_finish(&f.octets);
	return result;
}
