/* Tells when something comes into folders, where the kernel can: inotify. */
#include "folder_watch.h"

#include "base/file.h"
#include "base/limits.h"
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#define COMES (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MODIFY | IN_CREATE)

static void add(struct folder_watch *w, const char *path)
{
	inotify_add_watch(w->fd, path, COMES | IN_ONLYDIR);
}

void folder_watch_set(struct folder_watch *w, const char *root, const struct strs *folders)
{
	if (w->fd < 0)
		w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w->fd < 0)
		return;
	if (!folders->count) {
		/* a file may be replaced by another: its folder tells of both */
		char *folder = file_folder(root);
		if (folder)
			add(w, folder);
		free(folder);
	}
	for (size_t i = 0; i < folders->count && i < LIMIT_FOLDERS_WATCHED; i++) {
		char *name = str_dup(folders->items[i]);
		char *path = name ? file_join(root, name) : NULL;
		if (path)
			add(w, path);
		free(path);
		free(name);
	}
}

void folder_watch_drain(struct folder_watch *w)
{
	char events[4096] __attribute__((aligned(8)));
	while (read(w->fd, events, sizeof(events)) > 0)
		continue;
}

void folder_watch_finish(struct folder_watch *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}
