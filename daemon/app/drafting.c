/* Putting a mail among an account's drafts: the process that has its network and its secret. */
#include "app/drafting.h"

#include "base/json.h"
#include "channel.h"
#include "config/config.h"
#include "fetcher.h"
#include "process.h"
#include "source/source.h"
#include "told.h"
#include <string.h>

/* The process: `draft` {folder,made}. */

static int tell(struct channel *to, struct str folder, bool made, struct error *err)
{
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_str(&w, "folder", folder);
	json_bool(&w, "made", made);
	json_object_end(&w);
	return channel_say(to, "draft", &head, (struct str){0}, err);
}

/* No folder is an account's own mistake, or its server's: the setting mends both. */
static int explain(const struct account *account, struct error *err)
{
	struct error why = *err;
	if (why.kind != ERROR_NOT_FOUND)
		return -1;
	return error_set(err, ERROR_CONFIG, "%s (name it in 'drafts' of account '%.*s')", why.text,
		STR_ARG(account->name));
}

static int put(const struct drafting *drafting, struct channel *to, int stop_fd, struct error *err)
{
	const struct account *account = drafting->account;
	const struct fetcher_plan plan = {.account = account};
	const struct source_draft draft = {drafting->message_id, drafting->octets};
	struct str wanted = account->drafts.len ? account->drafts : STR("\\Drafts");
	struct secret_desk desk;
	if (fetcher_enclose(account, &desk, err) < 0)
		return -1;
	struct imap_plan imap = fetcher_imap_plan(&plan, &desk, stop_fd);
	struct source *source = NULL;
	struct str folder = {0};
	imap.folders = (struct strs){&wanted, 1};
	int made = source_open_imap(&imap, NULL, &source, err);
	if (!made)
		made = source_append(source, &draft, &folder, err);
	int result = made < 0 ? explain(account, err) : tell(to, folder, made, err);
	source_close(source);
	return result;
}

static int drafting_main(struct channel *to_parent, int stop_fd, const void *context)
{
	struct error why = {0};
	int result = put(context, to_parent, stop_fd, &why);
	return told_end(to_parent, result, &why);
}

/* The caller's side. */

static int listen(struct process *p, struct arena *arena, struct str *folder, struct error *err)
{
	struct json_document *told = NULL;
	struct frame frame;
	int result = told_next(p, &frame, &told, err);
	if (result > 0 && !strcmp(frame.verb, "draft")) {
		const struct json_value *head = json_root(told);
		result = json_to_bool(json_get(head, "made"), false);
		*folder = arena_str(arena, json_to_str(json_get(head, "folder")));
		if (!folder->ptr)
			result = error_memory(err);
	} else if (result >= 0) {
		result = error_set(err, ERROR_INPUT, "the process that looked told of no draft");
	}
	json_free(told);
	return result;
}

int draft_put(
	const struct drafting *drafting, struct arena *arena, struct str *folder, struct error *err)
{
	struct process process = {.stop_fd = -1};
	const struct process_plan plan = {
		.title = "overstep-draft", .run = drafting_main, .context = drafting};
	if (process_start(&plan, &process, err) < 0)
		return -1;
	int result = listen(&process, arena, folder, err);
	process_end(&process);
	return result;
}
