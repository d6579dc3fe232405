/* What files were when they were read, so that none is read twice. */
#include "file_memory.h"

#include "base/array.h"
#include "mbox.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AHEAD 4096

void file_memory_finish(struct file_memory *m)
{
	free(m->files);
	*m = (struct file_memory){0};
}

static bool read_tail(int fd, uint64_t end, char tail[FILE_TAIL])
{
	size_t len = end < FILE_TAIL ? (size_t)end : FILE_TAIL;
	memset(tail, 0, FILE_TAIL);
	return pread(fd, tail, len, (off_t)(end - len)) == (ssize_t)len;
}

int file_memory_add(struct file_memory *m, const struct walked_file *f,
	const struct read_file *as_read, int fd, struct error *err)
{
	if (array_room(&m->files, m->count, &m->cap, sizeof(*m->files)) < 0)
		return error_memory(err);
	struct read_file *r = &m->files[m->count++];
	*r = *as_read;
	r->device = f->device;
	r->inode = f->inode;
	r->size_bytes = f->size_bytes;
	r->changed_ns = f->changed_ns;
	if (r->is_mbox)
		read_tail(fd, f->size_bytes, r->tail);
	return 0;
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_inode(const void *left, const void *right)
{
	const struct read_file *a = left, *b = right;
	int order = compare(a->device, b->device);
	return order ? order : compare(a->inode, b->inode);
}

/* Of two that are the same file the later one counts: the sort is made stable by that. */
static int by_inode_newest(const void *left, const void *right)
{
	int order = by_inode(left, right);
	const struct read_file *a = left, *b = right;
	return order ? order : compare(b->size_bytes, a->size_bytes);
}

int file_memory_settle(struct file_memory *m, const struct file_walk *walk, struct error *err)
{
	struct file_memory kept = {0};
	if (m->count)
		qsort(m->files, m->count, sizeof(*m->files), by_inode_newest);
	m->sorted = m->count;
	for (size_t i = 0; i < walk->count; i++) {
		const struct read_file *r = file_memory_find(m, &walk->files[i]);
		if (!r)
			continue;
		if (array_room(&kept.files, kept.count, &kept.cap, sizeof(*kept.files)) < 0) {
			file_memory_finish(&kept);
			return error_memory(err);
		}
		kept.files[kept.count++] = *r;
	}
	if (kept.count)
		qsort(kept.files, kept.count, sizeof(*kept.files), by_inode);
	kept.sorted = kept.count;
	file_memory_finish(m);
	*m = kept;
	return 0;
}

const struct read_file *file_memory_find(const struct file_memory *m, const struct walked_file *f)
{
	const struct read_file key = {.device = f->device, .inode = f->inode};
	struct read_file *found =
		m->sorted ? bsearch(&key, m->files, m->sorted, sizeof(*m->files), by_inode) : NULL;
	while (found > m->files && !by_inode(found - 1, &key))
		found--;
	return found;
}

bool file_is_read(const struct read_file *r, const struct walked_file *f)
{
	return r && r->size_bytes == f->size_bytes &&
		(r->is_mbox || f->in_maildir || r->changed_ns == f->changed_ns);
}

uint64_t file_grown_from(const struct read_file *r, const struct walked_file *f, int fd)
{
	char tail[FILE_TAIL], ahead[AHEAD];
	if (!r || !r->is_mbox || f->size_bytes <= r->size_bytes ||
		!read_tail(fd, r->size_bytes, tail) || memcmp(tail, r->tail, FILE_TAIL) != 0)
		return 0;
	ssize_t got = pread(fd, ahead, sizeof(ahead), (off_t)r->size_bytes);
	struct str text = {ahead, got > 0 ? (size_t)got : 0};
	return mbox_separates(text, true) ? r->size_bytes : 0;
}
