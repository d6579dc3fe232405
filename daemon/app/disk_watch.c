/* Do configuration and rules on disk still say what is in force? A hint, never a reason to load. */
#include "disk_watch.h"

#include "app/rulebook.h"
#include "app/sandbox.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "channel.h"
#include "config/config.h"
#include "spawner.h"
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define SETTLE_US SECOND_US         /* an editor writes, renames, removes: one change */
#define AT_LAST_US (10 * SECOND_US) /* of changes that do not end */
#define LOOK_EVERY_US (5 * SECOND_US)
#define LOOK_MOST_US MINUTE_US
#define WATCHED_MOST 64
#define RULES_SUFFIX ".rules"
#define EVENTS                                                                                     \
	(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF |   \
		IN_MOVE_SELF | IN_ONLYDIR)

/* Folders are watched, not files: editors put a new file in the old one's place. */
struct watched {
	int number;
	char *name; /* the file; NULL: every *.rules */
};

void disk_watch_init(struct disk_watch *w)
{
	*w = (struct disk_watch){.fd = -1, .look.stop_fd = -1};
}

static void add(struct disk_watch *w, const char *folder, const char *name)
{
	int number =
		folder && w->count < WATCHED_MOST ? inotify_add_watch(w->fd, folder, EVENTS) : -1;
	if (number < 0)
		return;
	struct watched *item = &w->items[w->count];
	*item = (struct watched){number, name ? strdup(name) : NULL};
	w->count += !name || item->name;
}

static void add_file(struct disk_watch *w, const char *path)
{
	char *folder = file_folder(path);
	const char *slash = strrchr(path, '/');
	add(w, folder, slash ? slash + 1 : path);
	free(folder);
}

/* A file, and what it is when it is a link. */
static void add_path(struct disk_watch *w, const char *path)
{
	char *real = path ? realpath(path, NULL) : NULL;
	if (path && file_is_folder(path)) {
		add(w, path, NULL);
	} else if (path) {
		add_file(w, path);
		if (real && strcmp(real, path) != 0)
			add_file(w, real);
	}
	free(real);
}

static void add_packs(struct disk_watch *w, const char *shipped)
{
	char **names = NULL;
	size_t count = 0;
	if (!shipped || rulebook_packs(shipped, &names, &count, NULL) < 0)
		return;
	for (size_t i = 0; i < count; i++) {
		char *folder = file_join(shipped, names[i]);
		add(w, folder, NULL);
		free(folder);
	}
	file_list_free(names, count);
}

static void watch(struct disk_watch *w, const struct rulebook *book)
{
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	w->items = calloc(WATCHED_MOST, sizeof(*w->items));
	if (w->fd < 0 || !w->items)
		return;
	add_path(w, book->config_path);
	for (size_t i = 0; i < book->config->rules.count; i++) {
		char *path = str_dup(book->config->rules.items[i]);
		add_path(w, path);
		free(path);
	}
	add_packs(w, book->shipped_rules);
}

static void watch_no_more(struct disk_watch *w)
{
	if (w->fd >= 0)
		close(w->fd);
	for (size_t i = 0; i < w->count; i++)
		free(w->items[i].name);
	free(w->items);
	w->items = NULL;
	w->count = 0;
	w->fd = -1;
}

void disk_watch_begin(struct disk_watch *w, const struct rulebook *book)
{
	disk_watch_end(w);
	watch(w, book);
}

void disk_watch_end(struct disk_watch *w)
{
	process_end(&w->look);
	watch_no_more(w);
	disk_watch_init(w);
}

size_t disk_watch_poll(const struct disk_watch *w, struct pollfd *out, size_t room)
{
	size_t count = 0;
	if (w->fd >= 0 && count < room)
		out[count++] = (struct pollfd){.fd = w->fd, .events = POLLIN};
	if (w->look.pid > 0 && count < room)
		out[count++] = (struct pollfd){.fd = channel_fd(w->look.channel), .events = POLLIN};
	return count;
}

static bool concerns(const struct disk_watch *w, const struct inotify_event *event)
{
	/* events were lost, or a folder is not what it was */
	if (event->mask & (IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF))
		return true;
	for (size_t i = 0; event->len && i < w->count; i++) {
		const struct watched *item = &w->items[i];
		if (item->number != event->wd)
			continue;
		if (item->name ? !strcmp(item->name, event->name)
			       : str_ends(str_from(event->name), STR(RULES_SUFFIX)))
			return true;
	}
	return false;
}

static void hear(struct disk_watch *w, int64_t now_us)
{
	_Alignas(struct inotify_event) char
		bytes[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
	ssize_t n;
	while (w->fd >= 0 && (n = read(w->fd, bytes, sizeof(bytes))) > 0)
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *event = (const void *)(bytes + at);
			at += (ssize_t)(sizeof(*event) + event->len);
			if (!concerns(w, event))
				continue;
			w->last_us = now_us;
			if (!w->first_us)
				w->first_us = now_us;
		}
}

/* What a reload would find. */
int disk_look_main(struct channel *to_keeper, int stop_fd, const void *context)
{
	(void)stop_fd;
	const struct rulebook_plan plan = {.config = context, .no_jit = true};
	struct rulebook *book = NULL;
	struct diags diags = {0};
	struct error why = {0};
	char sum[SHA256_HEX_SIZE] = "";
	const struct sandbox box = {.role = SANDBOX_FILES};
	if (sandbox_enter(&box, NULL) < 0)
		return EXIT_FAILURE;
	int result = rulebook_load(&plan, &book, &diags, &why);
	if (!result)
		result = rulebook_sum(book, sum, &why);
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_cstr(&w, "sum", sum);
	/* a file that cannot be read at all is one, too */
	json_int(&w, "errors", (int64_t)diags.errors + (result < 0 && !diags.errors));
	json_object_end(&w);
	result = channel_say(to_keeper, "found", &head, (struct str){0}, NULL);
	diags_finish(&diags);
	rulebook_free(book);
	return result < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static bool is_time(const struct disk_watch *w, int64_t now_us)
{
	return w->first_us && w->look.pid <= 0 &&
		(now_us - w->last_us >= SETTLE_US || now_us - w->first_us >= AT_LAST_US) &&
		(!w->looked_us || now_us - w->looked_us >= LOOK_EVERY_US);
}

/* Folders may have come and gone: they are watched anew before the look, so that nothing is missed
   in between. */
static void start_look(struct disk_watch *w, const struct rulebook *book,
	const struct spawner *spawner, int64_t now_us)
{
	const struct spawn_order order = {.kind = SPAWN_LOOK};
	watch_no_more(w);
	watch(w, book);
	w->first_us = 0;
	w->looked_us = now_us;
	spawner_start(spawner, &order, &w->look, NULL);
}

static bool take_finding(
	struct disk_watch *w, const struct rulebook *book, const struct frame *frame)
{
	struct json_document *document = NULL;
	char sum[SHA256_HEX_SIZE];
	if (json_parse(frame->head, &document, NULL) < 0)
		return false;
	const struct json_value *head = json_root(document);
	int64_t count = json_to_int(json_get(head, "errors"), 0);
	size_t errors = count > 0 ? (size_t)count : 0;
	bool differs = errors || rulebook_sum(book, sum, NULL) < 0 ||
		!str_eq(json_to_str(json_get(head, "sum")), str_from(sum));
	json_free(document);
	bool news = differs != w->differs || errors != w->errors;
	w->differs = differs;
	w->errors = errors;
	return news;
}

bool disk_watch_turn(
	struct disk_watch *w, const struct rulebook *book, const struct spawner *spawner)
{
	int64_t now_us = clock_monotonic_us();
	struct frame frame;
	bool news = false;
	hear(w, now_us);
	if (is_time(w, now_us))
		start_look(w, book, spawner, now_us);
	if (w->look.pid <= 0)
		return false;
	int result = channel_next(w->look.channel, &frame, NULL);
	if (result > 0)
		news = take_finding(w, book, &frame);
	if (result != 0 || now_us - w->looked_us > LOOK_MOST_US)
		process_end(&w->look);
	return news;
}
