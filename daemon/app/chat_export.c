/* The octets of a chat's export: a file that is mapped, or a folder that is packed. */
#include "chat_export.h"

#include "app/import.h"
#include "base/limits.h"
#include "chat_folder.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SNIFFED 4096
#define GIVEN_BACK MIB /* at once, of a file that is mapped; whole pages */

struct str chat_export_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_from(slash ? slash + 1 : path);
}

static bool is_zip(struct str head)
{
	return str_starts(head, STR("PK\003\004"));
}

bool chat_source_is(const char *path)
{
	char head[SNIFFED];
	enum chat_format format;
	if (chat_folder_is(path))
		return true;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat info;
	ssize_t got = -1;
	if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
		got = read(fd, head, sizeof(head));
	if (fd >= 0)
		close(fd);
	struct str text = {head, got > 0 ? (size_t)got : 0};
	struct chat_files *files = NULL;
	/* what is in a zip is looked at in the process that has no archive; UTF-16 is refused there
	 */
	bool is_one = got > 0 && (is_zip(text) || chat_is_utf16(text));
	if (got > 0 && !is_one && chat_files_open(chat_export_name(path), text, &files, NULL) == 0)
		is_one = chat_detect(files, &format, NULL) == 0;
	chat_files_close(files);
	return is_one;
}

/* Mapped, not read: two hundred thousand lines take no memory. Who cuts the file off meanwhile ends
   this process alone. */
static int map_file(const char *path, struct str *out, struct error *err)
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &info) < 0)
		return error_system(err, errno, "cannot open '%s'", path);
	void *octets = info.st_size > 0
		? mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0)
		: MAP_FAILED;
	close(fd);
	if (octets == MAP_FAILED)
		return error_set(err, ERROR_INPUT, "'%s' cannot be read", path);
	*out = (struct str){octets, (size_t)info.st_size};
	return 0;
}

static int load_held(struct chat_files *files, size_t index, struct str *octets, struct error *err)
{
	struct chat_export *e = (struct chat_export *)files;
	if (!e->holds || e->index != index) {
		e->holds = false;
		if (e->inner->load(e->inner, index, &e->held, err) < 0)
			return -1;
		e->holds = true;
		e->index = index;
	}
	*octets = e->held;
	return 0;
}

/* What was read of a mapped file is the system's again, which brings it back when it is asked for.
 */
static void give_back(struct str mapped, size_t *from, size_t at)
{
	size_t until = (at < mapped.len ? at : mapped.len) / GIVEN_BACK * GIVEN_BACK;
	if (*from > at)
		*from = 0;
	if (until > *from)
		madvise((char *)(uintptr_t)mapped.ptr + *from, until - *from, MADV_DONTNEED);
	*from = until > *from ? until : *from;
}

static void reached(struct chat_files *files, size_t at)
{
	struct chat_export *e = (struct chat_export *)files;
	give_back(e->held, &e->given_back, at);
}

int chat_export_take(const char *path, struct chat_export *out, struct error *err)
{
	out->path = path;
	if (chat_folder_zip(path, &out->packed, err) < 0)
		return -1;
	out->octets = buf_str(&out->packed);
	return out->octets.len ? 0 : map_file(path, &out->octets, err);
}

int chat_export_open(struct chat_export *e, struct error *err)
{
	if (chat_files_open(chat_export_name(e->path), e->octets, &e->inner, err) < 0)
		return -1;
	e->files = *e->inner;
	e->files.load = load_held;
	if (!chat_export_is_zip(e))
		e->files.reached = reached;
	return 0;
}

int chat_export_sum(const struct chat_export *e, struct sha256 *out, struct error *err)
{
	struct sha256_stream *sum = NULL;
	size_t given_back = 0;
	int result = sha256_start(&sum, err);
	for (size_t at = 0; !result && at < e->octets.len; at += GIVEN_BACK) {
		result = sha256_add(sum, str_slice(e->octets, at, at + GIVEN_BACK), err);
		if (!e->packed.len)
			give_back(e->octets, &given_back, at + GIVEN_BACK);
	}
	if (!result)
		return sha256_end(sum, out, err);
	sha256_end(sum, NULL, NULL);
	return -1;
}

bool chat_export_is_zip(const struct chat_export *e)
{
	return is_zip(e->octets);
}

void chat_export_finish(struct chat_export *e)
{
	chat_files_close(e->inner);
	if (e->octets.len && !e->packed.len)
		munmap((void *)(uintptr_t)e->octets.ptr, e->octets.len);
	buf_finish(&e->packed);
	*e = (struct chat_export){0};
}
