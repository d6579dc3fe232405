/* The files below a path that may hold mail: a Maildir, a file, or a folder of either. */
#ifndef OVERSTEP_SOURCE_FILE_WALK_H
#define OVERSTEP_SOURCE_FILE_WALK_H

#include "base/arena.h"
#include "base/error.h"
#include "source/files.h"

/* One file, as it was when it was seen. */
struct walked_file {
	struct str path;   /* below the root; empty: the root itself */
	struct str folder; /* as mail programs call it: "INBOX", "Sent/2024", "Inbox.mbox" */
	bool in_maildir;
	uint64_t size_bytes, inode, device;
	int64_t changed_ns; /* its mtime */
};

struct file_walk {
	struct arena arena;
	struct walked_file *files; /* by path */
	size_t count, cap;
	struct strs folders; /* below the root, that files may come into; "" the root */
	struct strs refused; /* "PATH: why", at most LIMIT_FILES_REFUSED */
	size_t more_refused; /* that are not told */
	bool cut;            /* there are more files than LIMIT_FILES */
};

/* Looks through everything below root (a file or a folder, which may be a symbolic link; below it
   none is followed). MAIL_MAILDIR: only what lies in a cur or new; MAIL_EML: each file. Else a
   file must be in a Maildir or its name must not be that of a program's own. out must be zero.
   Fails: ERROR_NOT_FOUND, ERROR_SYSTEM (the root), ERROR_MEMORY. */
int file_walk(const char *root, enum mail_format format, struct file_walk *out, struct error *err);
void file_walk_finish(struct file_walk *w);

/* Opens a file of the walk, following no symbolic link and waiting for nobody. -1: errno. */
int walked_file_open(const char *root, struct str path);

#endif
