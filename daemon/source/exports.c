/* Exports of chats that come into a folder: told of as wholes, for others to read. */
#include "source/exports.h"

#include "base/array.h"
#include "file_memory.h"
#include "source_kind.h"
#include "watched_path.h"
#include <stdlib.h>
#include <unistd.h>

/* A file, or those of a folder that is an export: so many of the walk, from `first` on. */
struct unit {
	struct str path;
	size_t first, count;
};

struct exports {
	struct source base;
	struct exports_plan plan;
	struct watched_path path;
	struct file_memory memory;
	struct arena notes;
	struct unit *units; /* of this round */
	size_t count, cap, next, refused;
	const struct unit *given; /* what was told last, when that is an export */
	struct buf name;          /* of the same */
};

static struct exports *of(struct source *s)
{
	return (struct exports *)s;
}

/* Beside an export lie the pictures that were sent. */
static bool may_be_one(const struct exports *e, struct str path)
{
	static const char *const ends[] = {".txt", ".json", ".xml", ".zip"};
	struct str name = path.len ? path : e->plan.path;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		struct str end = str_from(ends[i]);
		if (name.len > end.len &&
			str_eq_nocase(str_slice(name, name.len - end.len, name.len), end))
			return true;
	}
	return false;
}

static int add_unit(struct exports *e, struct unit unit, struct error *err)
{
	if (array_room(&e->units, e->count, &e->cap, sizeof(*e->units)) < 0)
		return error_memory(err);
	e->units[e->count++] = unit;
	return 0;
}

static bool lies_in(struct str path, struct str folder)
{
	return !folder.len ||
		(path.len > folder.len && str_starts(path, folder) && path.ptr[folder.len] == '/');
}

/* Of the folders that are exports the one that a file lies in; false: in none. */
static bool find_folder(const struct strs *folders, struct str path, struct str *out)
{
	for (size_t i = 0; i < folders->count; i++)
		if (lies_in(path, folders->items[i])) {
			*out = folders->items[i];
			return true;
		}
	return false;
}

/* The files are in the order of their paths: those of a folder follow each other. */
static int make_units(struct exports *e, const struct strs *folders, struct error *err)
{
	const struct file_walk *walk = &e->path.walk;
	bool in_folder = false;
	e->count = e->next = e->refused = 0;
	e->given = NULL;
	for (size_t i = 0; i < walk->count; i++) {
		struct str path = walk->files[i].path, folder;
		if (!may_be_one(e, path))
			continue;
		struct unit *last = in_folder ? &e->units[e->count - 1] : NULL;
		if (last && lies_in(path, last->path)) {
			last->count = i + 1 - last->first;
			continue;
		}
		in_folder = find_folder(folders, path, &folder);
		if (add_unit(e, (struct unit){in_folder ? folder : path, i, 1}, err) < 0)
			return -1;
	}
	return 0;
}

static void add_path(const struct exports *e, struct str path, struct buf *out)
{
	buf_add_str(out, e->plan.path);
	if (path.len)
		buf_add_format(
			out, "%s%.*s", str_ends(e->plan.path, STR("/")) ? "" : "/", STR_ARG(path));
}

static int look(struct exports *e, struct error *err)
{
	struct strs folders = {0};
	size_t cap = 0;
	int result = watched_path_look(&e->path, MAIL_EML, err);
	const struct strs *all = &e->path.walk.folders;
	for (size_t i = 0; i < all->count && !result; i++) {
		struct buf name = {0};
		add_path(e, all->items[i], &name);
		if (name.failed ||
			array_room(&folders.items, folders.count, &cap, sizeof(*folders.items)) < 0)
			result = error_memory(err);
		else if (e->plan.is_export(buf_cstr(&name)))
			folders.items[folders.count++] = all->items[i];
		buf_finish(&name);
	}
	if (!result)
		result = make_units(e, &folders, err);
	free(folders.items);
	return result ? -1 : file_memory_settle(&e->memory, &e->path.walk, err);
}

/* As it was read; NULL: it was not, or is not as it was. */
static const struct read_file *as_read(const struct exports *e, const struct unit *unit)
{
	const struct read_file *first = NULL;
	for (size_t i = unit->first; i < unit->first + unit->count; i++) {
		const struct walked_file *file = &e->path.walk.files[i];
		const struct read_file *read = file_memory_find(&e->memory, file);
		if (may_be_one(e, file->path) && !file_is_read(read, file))
			return NULL;
		if (i == unit->first)
			first = read;
	}
	return first;
}

static bool is_written(struct exports *e, const struct walked_file *file)
{
	int fd = walked_file_open(e->path.root, file->path);
	bool yes = fd >= 0 && watched_file_is_written(fd);
	if (fd >= 0)
		close(fd);
	e->path.unsettled |= yes;
	return yes;
}

/* Each is asked: what is not settled then makes the next look come soon. */
static bool is_settled(struct exports *e, const struct unit *unit)
{
	bool settled = true;
	for (size_t i = unit->first; i < unit->first + unit->count; i++) {
		const struct walked_file *file = &e->path.walk.files[i];
		if (may_be_one(e, file->path))
			settled &= watched_path_settled(&e->path, file) && !is_written(e, file);
	}
	return settled;
}

static int give(struct exports *e, enum source_event event, struct str path, struct str text,
	struct source_item *out, struct error *err)
{
	buf_clear(&e->name);
	add_path(e, path, &e->name);
	if (e->name.failed)
		return error_memory(err);
	*out = (struct source_item){.event = event, .folder = buf_str(&e->name), .text = text};
	return 1;
}

/* What the walk would not take. */
static int next_refused(struct exports *e, struct source_item *out, struct error *err)
{
	const struct file_walk *walk = &e->path.walk;
	size_t at = e->refused++, colon = 0;
	if (at < walk->refused.count) {
		struct str line = walk->refused.items[at];
		str_rfind_char(line, ':', &colon);
		return give(e, SOURCE_NOTE, str_slice(line, 0, colon),
			str_slice(line, colon + 2, line.len), out, err);
	}
	if (at == walk->refused.count && (walk->more_refused || walk->cut))
		return give(e, SOURCE_NOTE, (struct str){0},
			walk->cut ? STR("more files than are looked through")
				  : STR("more that are no files"),
			out, err);
	return 0;
}

static int next(struct source *s, struct source_item *out, struct error *err)
{
	struct exports *e = of(s);
	e->given = NULL;
	while (e->next < e->count) {
		const struct unit *unit = &e->units[e->next++];
		const struct read_file *read = as_read(e, unit);
		if (read && !read->note.len)
			continue;
		if (read)
			return give(e, SOURCE_NOTE, unit->path, read->note, out, err);
		if (!is_settled(e, unit))
			return give(e, SOURCE_NOTE, unit->path,
				STR("waits until nobody writes to it"), out, err);
		e->given = unit;
		return give(e, SOURCE_EXPORT, unit->path, (struct str){0}, out, err);
	}
	return next_refused(e, out, err);
}

int source_export_read(struct source *s, struct str note, struct error *err)
{
	struct exports *e = of(s);
	const struct unit *unit = e->given;
	struct read_file read = {.note = note.len ? arena_str(&e->notes, note) : note};
	if (note.len && !read.note.ptr)
		return error_memory(err);
	for (size_t i = unit->first; i < unit->first + unit->count; i++)
		if (file_memory_add(&e->memory, &e->path.walk.files[i], &read, -1, err) < 0)
			return -1;
	return 0;
}

static int again(struct source *s, struct error *err)
{
	return look(of(s), err);
}

static int wait_exports(struct source *s, int64_t timeout_us, struct error *err)
{
	return watched_path_wait(&of(s)->path, s, timeout_us, err);
}

static struct str capabilities(const struct source *s)
{
	(void)s;
	return STR("exports");
}

static void close_source(struct source *s)
{
	struct exports *e = of(s);
	file_memory_finish(&e->memory);
	watched_path_finish(&e->path);
	arena_finish(&e->notes);
	buf_finish(&e->name);
	free(e->units);
	free(e);
}

static const struct source_kind kind = {
	.name = "exports",
	.next = next,
	.again = again,
	.wait = wait_exports,
	.capabilities = capabilities,
	.close = close_source,
};

int source_open_exports(const struct exports_plan *plan, struct source **out, struct error *err)
{
	struct exports *e = calloc(1, sizeof(*e));
	if (!e)
		return error_memory(err);
	e->base = (struct source){.kind = &kind, .wake_fd = plan->wake_fd};
	e->plan = *plan;
	e->path = (struct watched_path){.root = str_dup(plan->path), .watch.fd = -1};
	if (!e->path.root || look(e, err) < 0) {
		if (!e->path.root)
			error_memory(err);
		close_source(&e->base);
		return -1;
	}
	*out = &e->base;
	return 0;
}
