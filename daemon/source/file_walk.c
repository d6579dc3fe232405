/* The files below a path that may hold mail: a Maildir, a file, or a folder of either. */
#include "file_walk.h"

#include "base/array.h"
#include "base/limits.h"
#include "folder.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
	struct file_walk *out;
	enum mail_format format;
	struct str root_name; /* the last part of the root's path */
	size_t folder_cap, refused_cap;
	struct error *err;
};

static int add_text(struct walk *w, struct strs *list, size_t *cap, struct str text)
{
	if (array_room(&list->items, list->count, cap, sizeof(*list->items)) < 0 || !text.ptr)
		return error_memory(w->err);
	list->items[list->count++] = text;
	return 0;
}

static int refuse(struct walk *w, struct str path, const char *why)
{
	struct file_walk *out = w->out;
	if (out->refused.count >= LIMIT_FILES_REFUSED) {
		out->more_refused++;
		return 0;
	}
	return add_text(w, &out->refused, &w->refused_cap,
		arena_format(&out->arena, "%.*s: %s", STR_ARG(path), why));
}

static struct str last_part(struct str path)
{
	size_t slash;
	while (path.len > 1 && str_ends(path, STR("/")))
		path.len--;
	return str_rfind_char(path, '/', &slash) ? str_slice(path, slash + 1, path.len) : path;
}

/* ".Sent.2024" of Maildir++ is Sent/2024, in modified UTF-7; the root itself is INBOX. */
static struct str maildir_name(struct walk *w, struct str path)
{
	struct str name = last_part(path);
	struct buf dotted = {0}, decoded = {0};
	if (!path.len)
		return STR("INBOX");
	if (!str_starts(name, STR(".")))
		return path;
	for (size_t i = 1; i < name.len; i++)
		buf_add_char(&dotted, name.ptr[i] == '.' ? '/' : name.ptr[i]);
	bool good = folder_decode(buf_str(&dotted), &decoded);
	struct str made = arena_str(&w->out->arena, good ? buf_str(&decoded) : buf_str(&dotted));
	buf_finish(&dotted);
	buf_finish(&decoded);
	return made;
}

static int add_file(struct walk *w, struct str path, struct str folder, bool in_maildir,
	const struct stat *info)
{
	struct file_walk *out = w->out;
	if (out->count >= LIMIT_FILES) {
		out->cut = true;
		return 0;
	}
	if (array_room(&out->files, out->count, &out->cap, sizeof(*out->files)) < 0)
		return error_memory(w->err);
	out->files[out->count++] = (struct walked_file){
		.path = path,
		.folder = folder,
		.in_maildir = in_maildir,
		.size_bytes = (uint64_t)info->st_size,
		.inode = info->st_ino,
		.device = info->st_dev,
		.changed_ns = info->st_mtim.tv_sec * INT64_C(1000000000) + info->st_mtim.tv_nsec,
	};
	return 0;
}

/* Files that mail programs keep beside mail, and what is hidden. */
static bool is_of_a_program(struct str name)
{
	static const char *const ends[] = {
		".msf", ".dat", ".lock", ".json~", ".tmp", ".part", ".index", ".log", ".cache"};
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(name, str_from(ends[i])))
			return true;
	return str_starts(name, STR("."));
}

static bool has_folder(int fd, const char *name)
{
	struct stat info;
	return fstatat(fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
}

/* Where a folder lies, and what it is to mail programs. */
struct level {
	struct str path;
	struct str folder; /* of its files; in a Maildir the Maildir's */
	bool is_maildir;   /* has cur and new */
	bool is_box;       /* is the cur or new of one */
	unsigned depth;
};

static int walk_folder(struct walk *w, int fd, const struct level *at);

static int walk_subfolder(struct walk *w, int fd, const char *name, struct level *sub)
{
	struct str plain = str_from(name);
	if (sub->is_maildir && str_eq(plain, STR("tmp")))
		return 0;
	sub->is_box = sub->is_maildir && (str_eq(plain, STR("cur")) || str_eq(plain, STR("new")));
	if (sub->depth > LIMIT_FILES_DEPTH)
		return refuse(w, sub->path, "folders too deep within each other");
	int opened = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (opened < 0)
		return refuse(w, sub->path, strerror(errno));
	return walk_folder(w, opened, sub);
}

static int walk_entry(struct walk *w, int fd, const struct level *at, const char *name)
{
	struct stat info;
	struct arena *arena = &w->out->arena;
	struct str plain = str_from(name);
	struct str path = at->path.len ? arena_format(arena, "%.*s/%s", STR_ARG(at->path), name)
				       : arena_str(arena, plain);
	if (!path.ptr)
		return error_memory(w->err);
	if (fstatat(fd, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : refuse(w, path, strerror(errno));
	if (S_ISDIR(info.st_mode)) {
		struct level sub = *at;
		sub.path = path;
		sub.depth++;
		return at->is_box ? 0 : walk_subfolder(w, fd, name, &sub);
	}
	if (at->is_box ? name[0] == '.' : at->is_maildir || is_of_a_program(plain))
		return 0;
	if (w->format == MAIL_MAILDIR && !at->is_box)
		return 0;
	if (!S_ISREG(info.st_mode))
		return refuse(w, path,
			S_ISLNK(info.st_mode) ? "a symbolic link is not followed" : "is no file");
	return add_file(w, path, at->folder, at->is_box, &info);
}

/* Takes fd over. */
static int walk_folder(struct walk *w, int fd, const struct level *at)
{
	struct level here = *at;
	DIR *folder = fdopendir(fd);
	if (!folder) {
		close(fd);
		return refuse(w, here.path, strerror(errno));
	}
	if (!here.is_box) {
		here.is_maildir = has_folder(fd, "cur") && has_folder(fd, "new");
		here.folder = here.is_maildir ? maildir_name(w, here.path)
			: here.path.len       ? here.path
					      : w->root_name;
	}
	int result = add_text(w, &w->out->folders, &w->folder_cap, here.path);
	struct dirent *entry;
	while (!result && (entry = readdir(folder)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			result = walk_entry(w, fd, &here, entry->d_name);
	closedir(folder);
	return result;
}

static int by_path(const void *left, const void *right)
{
	return str_cmp(((const struct walked_file *)left)->path,
		((const struct walked_file *)right)->path);
}

int file_walk(const char *root, enum mail_format format, struct file_walk *out, struct error *err)
{
	struct walk w = {.out = out, .format = format, .err = err};
	struct stat info;
	int fd = open(root, O_RDONLY | O_NONBLOCK | O_CLOEXEC), result;
	if (fd < 0 || fstat(fd, &info) < 0) {
		result = error_system(err, errno, "cannot open '%s'", root);
		if (errno == ENOENT || errno == ENOTDIR)
			err->kind = ERROR_NOT_FOUND;
	} else if (S_ISDIR(info.st_mode)) {
		w.root_name = arena_str(&out->arena, last_part(str_from(root)));
		const struct level top = {.path = STR("")};
		result = w.root_name.ptr ? walk_folder(&w, fd, &top) : error_memory(err);
		fd = -1;
	} else if (S_ISREG(info.st_mode)) {
		struct str name = arena_str(&out->arena, last_part(str_from(root)));
		result = name.ptr ? add_file(&w, STR(""), name, false, &info) : error_memory(err);
	} else {
		result = error_set(err, ERROR_INPUT, "'%s' is neither file nor folder", root);
	}
	if (fd >= 0)
		close(fd);
	if (!result && out->count)
		qsort(out->files, out->count, sizeof(*out->files), by_path);
	return result;
}

void file_walk_finish(struct file_walk *w)
{
	arena_finish(&w->arena);
	free(w->files);
	free(w->folders.items);
	free(w->refused.items);
	*w = (struct file_walk){0};
}

int walked_file_open(const char *root, struct str path)
{
	int fd = open(root, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct str part;
	while (fd >= 0 && str_split(&path, '/', &part)) {
		char *name = str_dup(part);
		int next = name ? openat(fd, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
				: -1;
		int why = errno;
		free(name);
		close(fd);
		errno = why;
		fd = next;
	}
	struct stat info;
	if (fd >= 0 && (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode))) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	return fd;
}
