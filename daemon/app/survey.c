/* Looking at a mailbox before anything is configured for it: the process that talks to the server.
 */
#include "survey.h"

#include "base/json.h"
#include "base/limits.h"
#include "channel.h"
#include "config/config.h"
#include "fetcher.h"
#include "process.h"
#include "told.h"
#include <string.h>

/* Reading goes on no longer: the newest mail tells enough. */
#define SURVEY_US (60 * SECOND_US)

struct survey {
	const struct survey_plan *plan;
	bool senders; /* who writes; else only the folders */
	struct date since;
	struct channel *to_parent; /* in the process */
};

/* The process: `folder` {folder,missing,messages}, and for senders `from` {}; field behind it. */

static int tell_folder(
	void *context, struct str folder, bool missing, uint32_t messages, struct error *err)
{
	const struct survey *s = context;
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_str(&w, "folder", folder);
	json_bool(&w, "missing", missing);
	json_int(&w, "messages", messages);
	json_object_end(&w);
	return channel_say(s->to_parent, "folder", &head, (struct str){0}, err);
}

static int tell_read_folder(void *context, struct str folder, uint32_t messages, struct error *err)
{
	return tell_folder(context, folder, false, messages, err);
}

static int tell_from(void *context, struct str field, struct error *err)
{
	const struct survey *s = context;
	return channel_send(s->to_parent, "from", STR("{}"), field, err);
}

static int no_more_folders(void *context, size_t folders, struct error *err)
{
	(void)context;
	(void)folders;
	(void)err;
	return 0;
}

static int look(struct survey *s, struct source *source, struct error *err)
{
	if (!s->senders) {
		/* a deadline that has passed: into the account's own folders only */
		const struct source_probe probe = {
			.context = s, .watched = tell_folder, .passed_over = no_more_folders};
		return source_look(source, &probe, err);
	}
	const struct source_senders ask = {
		.context = s,
		.since = s->since,
		.deadline_us = clock_monotonic_us() + SURVEY_US,
		.folder = tell_read_folder,
		.from = tell_from,
	};
	return source_senders(source, &ask, err);
}

/* As it was typed. */
static int copy_secret(const void *context, struct buf *out, struct error *err)
{
	const struct str *secret = context;
	buf_add_str(out, *secret);
	return out->failed ? error_memory(err) : 0;
}

static int survey_main(struct channel *to_parent, int stop_fd, const void *context)
{
	struct survey s = *(const struct survey *)context;
	struct source *source = NULL;
	struct error why = {0};
	struct secret_desk desk = {.fd = -1};
	const struct fetcher_plan fetcher = {.account = s.plan->account};
	struct imap_plan imap = fetcher_imap_plan(&fetcher, &desk, stop_fd);
	if (s.plan->secret.ptr) {
		imap.secret = copy_secret;
		imap.secret_context = &s.plan->secret;
	}
	s.to_parent = to_parent;
	int result = fetcher_enclose(s.plan->account, s.plan->secret.ptr ? NULL : &desk, &why);
	if (!result)
		result = source_open_imap(&imap, NULL, &source, &why);
	if (!result)
		result = look(&s, source, &why);
	source_close(source);
	return told_end(to_parent, result, &why);
}

/* The caller's side. */

static int survey_start(const struct survey *s, struct process *out, struct error *err)
{
	const struct process_plan plan = {
		.title = "overstep-survey", .run = survey_main, .context = s};
	return process_start(&plan, out, err);
}

int survey_folders(const struct survey_plan *plan,
	int (*folder)(
		void *context, struct str name, bool missing, uint32_t messages, struct error *err),
	void *context, struct error *err)
{
	const struct survey survey = {.plan = plan};
	struct process process = {.stop_fd = -1};
	struct json_document *head = NULL;
	struct frame frame;
	int more = survey_start(&survey, &process, err);
	if (!more)
		while ((more = told_next(&process, &frame, &head, err)) > 0) {
			const struct json_value *v = json_root(head);
			if (folder(context, json_to_str(json_get(v, "folder")),
				    json_to_bool(json_get(v, "missing"), false),
				    told_count(v, "messages"), err) < 0) {
				more = -1;
				break;
			}
		}
	process_end(&process);
	json_free(head);
	return more;
}

void fields_add(struct buf *fields, struct str field)
{
	uint32_t len = (uint32_t)field.len;
	buf_add(fields, &len, sizeof(len));
	buf_add_str(fields, field);
}

/* Collects the fields unread: what is in them is another process's to look at. */
static int collect(struct process *process, struct buf *fields,
	void (*progress)(void *context, const char *what, uint64_t done, uint64_t all),
	void *context, struct senders *out, struct error *err)
{
	struct json_document *head = NULL;
	struct frame frame;
	uint64_t all = 0;
	int more;
	while ((more = told_next(process, &frame, &head, err)) > 0) {
		if (!strcmp(frame.verb, "folder"))
			all += told_count(json_root(head), "messages");
		else if (fields->len + frame.payload.len > LIMIT_SENDER_BYTES)
			break;
		else {
			fields_add(fields, frame.payload);
			out->messages++;
		}
		if (progress)
			progress(context, "reading who wrote", out->messages, all);
	}
	json_free(head);
	out->cut = out->messages < all;
	return fields->failed ? error_memory(err) : more < 0 ? -1 : 0;
}

int survey_senders(const struct survey_plan *plan, struct date since,
	void (*progress)(void *context, const char *what, uint64_t done, uint64_t all),
	void *context, struct senders *out, struct error *err)
{
	const struct survey survey = {.plan = plan, .senders = true, .since = since};
	struct process process = {.stop_fd = -1};
	struct buf fields = {0};
	struct senders made = {0};
	int result = survey_start(&survey, &process, err);
	if (!result)
		result = collect(&process, &fields, progress, context, &made, err);
	process_end(&process);
	if (!result)
		result = survey_count(buf_str(&fields), &made, err);
	buf_finish(&fields);
	if (result < 0)
		senders_finish(&made);
	else
		*out = made;
	return result;
}

void senders_finish(struct senders *s)
{
	arena_finish(&s->arena);
	*s = (struct senders){0};
}
