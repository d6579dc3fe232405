/* Tells when something comes into folders, where the kernel can. */
#ifndef OVERSTEP_SOURCE_FOLDER_WATCH_H
#define OVERSTEP_SOURCE_FOLDER_WATCH_H

#include "model/client.h"

/* fd -1: nothing is watched, and the clock alone tells when to look. */
struct folder_watch {
	int fd;
};

/* The folders below root, "" itself; none: root is a file. Those that are watched already stay so;
   at most LIMIT_FOLDERS_WATCHED. What cannot be watched is left to the clock. */
void folder_watch_set(struct folder_watch *w, const char *root, const struct strs *folders);
/* Takes what was told. */
void folder_watch_drain(struct folder_watch *w);
void folder_watch_finish(struct folder_watch *w);

#endif
