/* Members of a zip, unpacked in memory one at a time; with zip_write.c the only door to libarchive.
 */
#include "zip.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>

struct zip {
	struct chat_files files;
	struct arena arena; /* names */
	struct chat_file *items;
	size_t cap;
	struct str octets;
	struct archive *archive; /* NULL: to be opened from the start */
	size_t at;               /* index of the file whose header comes next */
	uint64_t unpacked;       /* in this going through */
	struct buf member;       /* the one that was loaded last */
	locale_t utf8;           /* libarchive loses names that the thread's locale cannot write */
};

bool zip_is(struct str octets)
{
	return str_starts(octets, STR("PK\003\004")) || str_starts(octets, STR("PK\005\006"));
}

/* A library's complaint, made safe to show. */
static int complain(struct archive *a, struct str name, struct error *err)
{
	struct buf words = {0};
	const char *said = a ? archive_error_string(a) : NULL;
	utf8_add_visible(&words, str_from(said ? said : "it cannot be read"), false);
	error_set(err, ERROR_INPUT, "zip '%.*s': %s", STR_ARG(name), buf_cstr(&words));
	buf_finish(&words);
	return -1;
}

static int rewind_archive(struct zip *z, struct error *err)
{
	archive_read_free(z->archive);
	z->archive = archive_read_new();
	z->at = 0;
	z->unpacked = 0;
	if (!z->archive)
		return error_memory(err);
	if (archive_read_support_format_zip_seekable(z->archive) != ARCHIVE_OK ||
		archive_read_open_memory(z->archive, z->octets.ptr, z->octets.len) != ARCHIVE_OK)
		return complain(z->archive, z->files.name, err);
	return 0;
}

/* 1 and the next entry that is no folder, 0 at the end, -1. */
static int next_entry(struct zip *z, struct archive_entry **entry, struct error *err)
{
	for (;;) {
		int result = archive_read_next_header(z->archive, entry);
		if (result == ARCHIVE_EOF)
			return 0;
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return complain(z->archive, z->files.name, err);
		if (archive_entry_filetype(*entry) != AE_IFDIR)
			return 1;
	}
}

static struct str entry_name(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry);
	return str_from(name ? name : archive_entry_pathname(entry));
}

/* Names that lead anywhere else than into the export, or are none. */
static bool is_trick(struct str name, struct archive_entry *entry)
{
	struct str rest = name, part;
	bool trick = !name.len || name.len > LIMIT_CHAT_PATH || name.ptr[0] == '/' ||
		str_find(name, STR("\\"), &(size_t){0}) ||
		archive_entry_filetype(entry) != AE_IFREG || !utf8_valid(name);
	while (!trick && str_split(&rest, '/', &part))
		trick = !part.len || str_eq(part, STR("..")) || str_eq(part, STR("."));
	return trick;
}

static int add_entry(struct zip *z, struct archive_entry *entry, struct error *err)
{
	struct str name = entry_name(entry);
	if (is_trick(name, entry)) {
		struct buf shown = {0};
		utf8_add_visible(&shown, str_slice(name, 0, utf8_cut(name, 200)), false);
		error_set(err, ERROR_INPUT,
			"zip '%.*s': its member '%s' is no plain file below the zip's own folder",
			STR_ARG(z->files.name), buf_cstr(&shown));
		buf_finish(&shown);
		return -1;
	}
	if (z->files.count == LIMIT_CHAT_MEMBERS)
		return error_set(err, ERROR_LIMIT, "zip '%.*s': more than %d members",
			STR_ARG(z->files.name), LIMIT_CHAT_MEMBERS);
	if (array_room(&z->items, z->files.count, &z->cap, sizeof(*z->items)) < 0)
		return error_memory(err);
	struct chat_file *item = &z->items[z->files.count];
	int64_t size = archive_entry_size(entry);
	*item = (struct chat_file){arena_str(&z->arena, name), size > 0 ? (uint64_t)size : 0};
	if (!item->name.ptr)
		return error_memory(err);
	z->files.count++;
	z->files.items = z->items;
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Two of one name: which one counts, programs do not agree about. */
static int check_twins(struct zip *z, struct error *err)
{
	struct str *names = malloc((z->files.count + 1) * sizeof(*names));
	if (!names)
		return error_memory(err);
	for (size_t i = 0; i < z->files.count; i++)
		names[i] = z->items[i].name;
	qsort(names, z->files.count, sizeof(*names), compare_names);
	int result = 0;
	for (size_t i = 1; !result && i < z->files.count; i++)
		if (str_eq(names[i - 1], names[i]))
			result = error_set(err, ERROR_INPUT,
				"zip '%.*s': two of its members are named '%.*s'",
				STR_ARG(z->files.name), STR_ARG(names[i]));
	free(names);
	return result;
}

static int list(struct zip *z, struct error *err)
{
	struct archive_entry *entry;
	locale_t before = uselocale(z->utf8);
	int result = rewind_archive(z, err);
	while (!result && (result = next_entry(z, &entry, err)) > 0)
		result = add_entry(z, entry, err);
	uselocale(before);
	return result < 0 ? -1 : check_twins(z, err);
}

/* A few octets that unpack to thousands of times as many hold no words. */
static bool too_much(const struct zip *z)
{
	return z->member.len > LIMIT_CHAT_MEMBER ||
		z->unpacked > LIMIT_CHAT_RATIO_FREE + LIMIT_CHAT_RATIO * z->octets.len;
}

static int unpack(struct zip *z, size_t index, struct error *err)
{
	la_ssize_t got;
	do {
		char *room = buf_reserve(&z->member, 64 * KIB);
		if (!room)
			return error_memory(err);
		got = archive_read_data(z->archive, room, 64 * KIB);
		if (got < 0)
			return complain(z->archive, z->items[index].name, err);
		z->member.len += (size_t)got;
		z->unpacked += (uint64_t)got;
		if (too_much(z))
			return error_set(err, ERROR_LIMIT,
				"zip '%.*s': '%.*s' unpacks to more than a chat can hold",
				STR_ARG(z->files.name), STR_ARG(z->items[index].name));
	} while (got > 0);
	return 0;
}

static int load_member(struct zip *z, size_t index, struct error *err)
{
	struct archive_entry *entry;
	buf_clear(&z->member);
	if ((!z->archive || index < z->at) && rewind_archive(z, err) < 0)
		return -1;
	int result = 1;
	for (; z->at <= index && result > 0; z->at++)
		result = next_entry(z, &entry, err);
	if (result == 0)
		result = complain(NULL, z->items[index].name, err);
	if (result < 0 || unpack(z, index, err) < 0) {
		archive_read_free(z->archive);
		z->archive = NULL;
		return -1;
	}
	return 0;
}

static int load(struct chat_files *files, size_t index, struct str *octets, struct error *err)
{
	struct zip *z = (struct zip *)files;
	locale_t before = uselocale(z->utf8);
	int result = load_member(z, index, err);
	uselocale(before);
	if (!result)
		*octets = buf_str(&z->member);
	return result;
}

static void close_zip(struct chat_files *files)
{
	struct zip *z = (struct zip *)files;
	archive_read_free(z->archive);
	freelocale(z->utf8);
	arena_finish(&z->arena);
	buf_finish(&z->member);
	free(z->items);
	free(z);
}

int zip_open(struct str name, struct str octets, struct chat_files **out, struct error *err)
{
	struct zip *z = calloc(1, sizeof(*z));
	if (!z)
		return error_memory(err);
	z->files = (struct chat_files){.name = name, .load = load, .close = close_zip};
	z->octets = octets;
	z->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (!z->utf8) {
		free(z);
		return error_system(err, errno, "cannot make a locale of UTF-8");
	}
	if (list(z, err) < 0) {
		close_zip(&z->files);
		return -1;
	}
	/* the list was read to its end: what is loaded first begins anew */
	archive_read_free(z->archive);
	z->archive = NULL;
	*out = &z->files;
	return 0;
}
