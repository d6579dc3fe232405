/* The files of an export as one zip, made by libarchive. */
#include "chat/chat_files.h"

#include "base/limits.h"
#include "base/str.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>

static la_ssize_t take(struct archive *a, void *context, const void *octets, size_t size)
{
	(void)a;
	struct buf *out = context;
	buf_add(out, octets, size);
	return out->failed ? -1 : (la_ssize_t)size;
}

static int refuse(struct archive *a, struct str name, struct error *err)
{
	const char *said = archive_error_string(a);
	return error_set(err, ERROR_SYSTEM, "cannot make a zip of '%.*s': %s", STR_ARG(name),
		said ? said : "no memory");
}

/* Without times and owners: the same files are the same zip. */
static int add_member(struct archive *a, struct str name, struct str octets)
{
	struct archive_entry *entry = archive_entry_new();
	char *path = str_dup(name);
	int result = ARCHIVE_FATAL;
	if (entry && path) {
		archive_entry_set_pathname_utf8(entry, path);
		archive_entry_set_filetype(entry, AE_IFREG);
		archive_entry_set_perm(entry, 0644);
		archive_entry_set_size(entry, (la_int64_t)octets.len);
		result = archive_write_header(a, entry);
	}
	if (result == ARCHIVE_OK && octets.len &&
		archive_write_data(a, octets.ptr, octets.len) != (la_ssize_t)octets.len)
		result = ARCHIVE_FATAL;
	archive_entry_free(entry);
	free(path);
	return result == ARCHIVE_OK ? 0 : -1;
}

static int add_all(
	struct archive *a, struct chat_files *files, const struct buf *out, struct error *err)
{
	struct str octets;
	for (size_t i = 0; i < files->count; i++) {
		if (files->load(files, i, &octets, err) < 0)
			return -1;
		if (octets.len > LIMIT_CHAT_MEMBER || out->len > LIMIT_CHAT_MEMBER - octets.len)
			return error_set(err, ERROR_LIMIT,
				"'%.*s' holds more than %d MiB, expected a zip of so large an export",
				STR_ARG(files->name), (int)(LIMIT_CHAT_MEMBER / MIB));
		if (add_member(a, files->items[i].name, octets) < 0)
			return refuse(a, files->name, err);
	}
	return archive_write_close(a) == ARCHIVE_OK ? 0 : refuse(a, files->name, err);
}

static int write_zip(struct chat_files *files, struct buf *out, struct error *err)
{
	struct archive *a = archive_write_new();
	int result = -1;
	if (!a)
		return error_memory(err);
	if (archive_write_set_format_zip(a) != ARCHIVE_OK ||
		archive_write_zip_set_compression_store(a) != ARCHIVE_OK ||
		archive_write_set_bytes_in_last_block(a, 1) != ARCHIVE_OK ||
		archive_write_open(a, out, NULL, take, NULL) != ARCHIVE_OK)
		refuse(a, files->name, err);
	else
		result = add_all(a, files, out, err);
	archive_write_free(a);
	return result;
}

int chat_files_zip(struct chat_files *files, struct buf *out, struct error *err)
{
	/* names that the thread's locale cannot write would be lost */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (!utf8)
		return error_system(err, errno, "cannot make a locale of UTF-8");
	locale_t before = uselocale(utf8);
	int result = write_zip(files, out, err);
	uselocale(before);
	freelocale(utf8);
	return result;
}
