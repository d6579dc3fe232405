/* What a process that looks at something tells its starter: items, and at last how it ended. */
#include "told.h"

#include "base/json.h"
#include "channel.h"
#include "process.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

int told_end(struct channel *to_parent, int result, const struct error *why)
{
	struct buf head = {0};
	struct json_writer w;
	json_begin(&w, &head);
	json_object(&w, NULL);
	json_int(&w, "kind", why->kind);
	json_cstr(&w, "text", why->text);
	json_object_end(&w);
	int sent = channel_say(
		to_parent, result < 0 ? "failed" : "done", &head, (struct str){0}, NULL);
	return result < 0 || sent < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int wait_for_frame(struct process *p, struct frame *frame, struct error *err)
{
	for (;;) {
		int result = channel_next(p->channel, frame, err);
		if (result)
			return result;
		struct pollfd fd = {.fd = channel_fd(p->channel), .events = POLLIN};
		if (poll(&fd, 1, -1) < 0 && errno != EINTR)
			return error_system(err, errno, "cannot wait");
	}
}

static int failed_there(const struct json_value *v, struct error *err)
{
	int64_t kind = json_to_int(json_get(v, "kind"), ERROR_TEMPORARY);
	bool known = kind > ERROR_NONE && kind <= ERROR_SYSTEM;
	return error_set(err, known ? (enum error_kind)kind : ERROR_TEMPORARY, "%.*s",
		STR_ARG(json_to_str(json_get(v, "text"))));
}

int told_next(struct process *p, struct frame *frame, struct json_document **out, struct error *err)
{
	json_free(*out);
	*out = NULL;
	if (wait_for_frame(p, frame, err) < 0)
		return error_set(
			err, ERROR_TEMPORARY, "the process that looked ended unexpectedly");
	if (json_parse(frame->head, out, err) < 0)
		return -1;
	if (!strcmp(frame->verb, "failed"))
		return failed_there(json_root(*out), err);
	return strcmp(frame->verb, "done") != 0;
}

uint32_t told_count(const struct json_value *head, const char *key)
{
	int64_t count = json_to_int(json_get(head, key), 0);
	return count > 0 && count <= UINT32_MAX ? (uint32_t)count : 0;
}
