/* overstep poll: asks the running service to look now. */
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "base/json.h"
#include "config/config.h"
#include "output.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LOOK_AGAIN_NS 200000000
#define LOOKS_MOST (10 * 60 * 5) /* ten minutes */

/* Asks and parses; free *out with json_free. */
static int ask(
	const char *folder, const char *request, struct json_document **out, struct error *err)
{
	struct buf answer = {0};
	int result = control_ask(folder, request, &answer, err);
	if (!result)
		result = json_parse(buf_str(&answer), out, err);
	buf_finish(&answer);
	return result;
}

/* Is an account (all, when the name is empty) still being read? */
static bool is_busy(const struct json_value *root, struct str name)
{
	const struct json_value *list = json_get(root, "accounts");
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json_value *a = json_at(list, i);
		if (name.len && !str_eq(json_to_str(json_get(a, "account")), name))
			continue;
		if (str_eq(json_to_str(json_get(a, "state")), STR("running")) ||
			json_to_int(json_get(a, "queued"), 0) > 0)
			return true;
	}
	return false;
}

static int wait_until_read(const char *folder, struct str name, struct error *err)
{
	const struct timespec pause = {.tv_nsec = LOOK_AGAIN_NS};
	for (int i = 0; i < LOOKS_MOST; i++) {
		struct json_document *answer = NULL;
		nanosleep(&pause, NULL);
		if (ask(folder, "status", &answer, err) < 0)
			return -1;
		bool busy = is_busy(json_root(answer), name);
		json_free(answer);
		if (!busy)
			return 0;
	}
	return error_set(err, ERROR_TEMPORARY, "still not read after ten minutes");
}

static int poll_accounts(
	struct invocation *in, const char *folder, struct str name, struct error *err)
{
	struct json_document *answer = NULL;
	struct buf request = {0};
	buf_add_format(&request, "poll %.*s", STR_ARG(name));
	int result =
		request.failed ? error_memory(err) : ask(folder, buf_cstr(&request), &answer, err);
	buf_finish(&request);
	if (result < 0)
		return -1;
	long long polled = json_to_int(json_get(json_root(answer), "polled"), 0);
	json_free(answer);
	if (!polled && name.len)
		return error_set(err, ERROR_USAGE, "no account '%.*s'", STR_ARG(name));
	if (has_option(in, "wait") && wait_until_read(folder, name, err) < 0)
		return -1;
	if (!in->json)
		print(in, "%s %lld %s\n", has_option(in, "wait") ? "polled" : "polling", polled,
			polled == 1 ? "account" : "accounts");
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	char *folder = str_dup(in->book->config->archive);
	struct str name = str_from(in->argument_count ? in->arguments[0] : "");
	int result = folder ? poll_accounts(in, folder, name, err) : error_memory(err);
	free(folder);
	return result;
}

static const struct command_option options[] = {
	{"wait", NULL, "until everything there is is stored"},
	{0},
};

const struct command command_poll = {
	.name = "poll",
	.usage = "[ACCOUNT] [--wait]",
	.summary = "Let the running service look for mail now",
	.needs = NEEDS_CONFIG,
	.options = options,
	.most = 1,
	.run = run,
};
