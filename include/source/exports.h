/* Exports of chats that come into a folder: told of as wholes, for others to read. */
#ifndef OVERSTEP_SOURCE_EXPORTS_H
#define OVERSTEP_SOURCE_EXPORTS_H

#include "source/source.h"

/* All borrowed for the source's life. */
struct exports_plan {
	struct str path;                     /* an export, or a folder that is looked through */
	bool (*is_export)(const char *path); /* is the folder one export, with all that is in it? */
	int wake_fd;                         /* as of imap_plan */
};

/* A round gives, as SOURCE_EXPORT, what was not read before as it is now and nobody writes to, and,
   as SOURCE_NOTE, what is to be said of the others. An export is known by its inode, whatever its
   name is by then. Fails: as source_open_files. */
int source_open_exports(const struct exports_plan *plan, struct source **out, struct error *err);
/* The export that was given last is read, and is not given again; the note, which may be absent, is
   in each round from now on while it is there as it is. One that is not read is given again in the
   next round. Fails: ERROR_MEMORY. */
int source_export_read(struct source *s, struct str note, struct error *err);

#endif
