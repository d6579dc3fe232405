/* A path whose files come and grow: what is there now, which of it stands still, when to look
 * again.
 */
#ifndef OVERSTEP_SOURCE_WATCHED_PATH_H
#define OVERSTEP_SOURCE_WATCHED_PATH_H

#include "file_walk.h"
#include "folder_watch.h"

struct source;

/* `watch.fd` begins as -1, all else as zero. */
struct watched_path {
	char *root;
	struct file_walk walk;
	struct file_walk before; /* the last look's */
	struct folder_watch watch;
	bool waited;    /* for news: what came before the first time is looked for once more */
	bool unsettled; /* of this look: something is left for the next */
};

void watched_path_finish(struct watched_path *w);
/* Looks through what is there now. Fails: as file_walk, and then nothing has changed. */
int watched_path_look(struct watched_path *w, enum mail_format format, struct error *err);
/* Has nobody written to it for a while, or since the last look? If not, `unsettled`. */
bool watched_path_settled(struct watched_path *w, const struct walked_file *f);
/* Does somebody have it open for writing now? false as well where the kernel does not tell. */
bool watched_file_is_written(int fd);
/* As source_wait, for this path. */
int watched_path_wait(
	struct watched_path *w, const struct source *s, int64_t timeout_us, struct error *err);

#endif
