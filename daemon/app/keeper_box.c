/* The keeper's box: closed once all is open that lies elsewhere, around what is configured then. */
#include "app/events.h"
#include "app/rulebook.h"
#include "app/sandbox.h"
#include "base/array.h"
#include "base/file.h"
#include "config/config.h"
#include "keeper_state.h"
#include "worktime/zone.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the names of files in a zip are written by. */
#define LOCALES "/usr/lib/locale"

struct places {
	struct arena arena;
	struct sandbox_path *items;
	size_t count, cap;
	bool failed;
};

static void add(struct places *p, const char *path, bool written)
{
	if (!path)
		return;
	if (array_room(&p->items, p->count, &p->cap, sizeof(*p->items)) < 0)
		p->failed = true;
	else
		p->items[p->count++] = (struct sandbox_path){path, written};
}

/* A file is another one once it was edited: what stays is the folder. */
static void add_folder_of(struct places *p, const char *path)
{
	char *folder = file_folder(path);
	const char *kept = folder ? arena_cstr(&p->arena, str_from(folder)) : NULL;
	p->failed |= !kept;
	add(p, kept, false);
	free(folder);
}

/* And where it is when it is a link. */
static void add_file(struct places *p, const char *path)
{
	char *real = realpath(path, NULL);
	add_folder_of(p, path);
	if (real && strcmp(real, path) != 0)
		add_folder_of(p, real);
	free(real);
}

/* What is kept elsewhere and linked there, too. */
static void add_folder(struct places *p, const char *folder)
{
	char **names = NULL;
	size_t count = 0;
	add(p, folder, false);
	if (file_list(folder, ".rules", &names, &count, NULL) < 0)
		return;
	for (size_t i = 0; i < count; i++) {
		char *path = file_join(folder, names[i]),
		     *real = path ? realpath(path, NULL) : NULL;
		struct stat what;
		if (real && lstat(path, &what) == 0 && S_ISLNK(what.st_mode))
			add_folder_of(p, real);
		free(real);
		free(path);
	}
	file_list_free(names, count);
}

static void add_named(struct places *p, const struct strs *names)
{
	for (size_t i = 0; i < names->count; i++) {
		const char *path = names->items[i].ptr; /* the settings' strings end in a NUL */
		if (path[0] == '/' && file_is_folder(path))
			add_folder(p, path);
		else if (path[0] == '/')
			add_file(p, path);
	}
}

/* The archive keeps the files of exports, which the keeper copies. */
static void add_exports(struct places *p, const struct config *config)
{
	for (size_t i = 0; i < config->account_count; i++)
		if (account_has_chats(config->accounts[i].type))
			add(p, config->accounts[i].path.ptr, false);
}

int keeper_enclose(struct keeper *k, struct error *err)
{
	struct places p = {0};
	k->without_box = sandbox_lacks();
	if (k->without_box)
		log_event(&event_without_box, LOG_FIELDS(log_cstr("reason", k->without_box)));
	if (!k->plan->boxed)
		return 0;
	if (stat(k->folder, &k->place) < 0)
		return error_system(err, errno, "cannot look at '%s'", k->folder);
	add(&p, k->folder, true);
	add(&p, k->plan->guests.folder, true);
	add_file(&p, k->book->config_path);
	add_named(&p, &k->book->config->rules);
	add_named(&p, &k->book->config->me.holidays);
	add_exports(&p, k->book->config);
	add(&p, k->book->shipped_rules, false);
	add(&p, ZONE_FOLDER, false);
	add(&p, LOCALES, false);
	add(&p, getenv("CREDENTIALS_DIRECTORY"), false);
	const struct sandbox box = {
		.role = SANDBOX_KEEPER, .paths = p.items, .path_count = p.count};
	int result = p.failed ? error_memory(err) : sandbox_enter(&box, err);
	free(p.items);
	arena_finish(&p.arena);
	return result;
}

const struct account *keeper_lacks(const struct keeper *k, const struct config *config)
{
	for (size_t i = 0; k->plan->boxed && i < config->account_count; i++) {
		const struct account *a = &config->accounts[i];
		int fd = account_has_chats(a->type)
			? open(a->path.ptr, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
			: -1;
		if (fd >= 0)
			close(fd);
		else if (account_has_chats(a->type) && errno == EACCES)
			return a;
	}
	return NULL;
}

bool keeper_is_locked_out(const struct keeper *k)
{
	struct stat now;
	return k->plan->boxed && stat(k->folder, &now) == 0 &&
		(now.st_dev != k->place.st_dev || now.st_ino != k->place.st_ino);
}
