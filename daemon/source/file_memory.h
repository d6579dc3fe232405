/* What files were when they were read, so that none is read twice. */
#ifndef OVERSTEP_SOURCE_FILE_MEMORY_H
#define OVERSTEP_SOURCE_FILE_MEMORY_H

#include "file_walk.h"

#define FILE_TAIL 64

/* A file as it was read: known by its inode, for programs rename what they have read. */
struct read_file {
	uint64_t device, inode, size_bytes;
	int64_t changed_ns;
	bool is_mbox;
	uint64_t mails;       /* in it */
	char tail[FILE_TAIL]; /* its last octets, of an mbox */
	struct str note;      /* of an export: what is to be said of it; borrowed */
};

/* Zero-initialised is empty. */
struct file_memory {
	struct read_file *files;
	size_t count, cap, sorted;
};

void file_memory_finish(struct file_memory *m);
/* Notes a file that was read to its end, open as fd (of an mbox); of `as_read` what is not of the
   walk. */
int file_memory_add(struct file_memory *m, const struct walked_file *f,
	const struct read_file *as_read, int fd, struct error *err);
/* Makes what was added findable, and forgets what is not in the walk any more. */
int file_memory_settle(struct file_memory *m, const struct file_walk *walk, struct error *err);
/* As it was read; NULL: it was not. */
const struct read_file *file_memory_find(const struct file_memory *m, const struct walked_file *f);
/* Has it nothing new? What a program notes within an mbox leaves its length. */
bool file_is_read(const struct read_file *r, const struct walked_file *f);
/* An mbox that only grew: where the new mail begins; else 0. */
uint64_t file_grown_from(const struct read_file *r, const struct walked_file *f, int fd);

#endif
