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
	/* that no service runs may change */
	if (result < 0 && err->kind == ERROR_NOT_FOUND)
		err->kind = ERROR_TEMPORARY;
	if (!result)
		result = json_parse(buf_str(&answer), out, err);
	buf_finish(&answer);
	return result;
}

static bool is_asked(const struct json_value *account, struct str name)
{
	return !name.len || str_eq(json_to_str(json_get(account, "account")), name);
}

/* Is an account (all, when the name is empty) still being read? */
static bool is_busy(const struct json_value *accounts, struct str name)
{
	for (size_t i = 0; i < json_count(accounts); i++) {
		const struct json_value *a = json_at(accounts, i);
		if (is_asked(a, name) &&
			(str_eq(json_to_str(json_get(a, "state")), STR("running")) ||
				json_to_int(json_get(a, "queued"), 0) > 0))
			return true;
	}
	return false;
}

/* What went wrong, a line each; the gravest code. */
static int tell_failures(const struct json_value *accounts, struct str name)
{
	int code = 0;
	for (size_t i = 0; i < json_count(accounts); i++) {
		const struct json_value *a = json_at(accounts, i);
		struct str why = json_to_str(json_get(a, "error"));
		if (!is_asked(a, name) || !why.len)
			continue;
		fprintf(stderr, "overstep: account '%.*s': %.*s\n",
			STR_ARG(json_to_str(json_get(a, "account"))), STR_ARG(why));
		code = exit_code_graver(code, (int)json_to_int(json_get(a, "code"), 0));
	}
	return code;
}

/* The exit code of what was read, or -1. */
static int wait_until_read(const char *folder, struct str name, struct error *err)
{
	const struct timespec pause = {.tv_nsec = LOOK_AGAIN_NS};
	for (int i = 0; i < LOOKS_MOST; i++) {
		struct json_document *answer = NULL;
		nanosleep(&pause, NULL);
		if (ask(folder, "status", &answer, err) < 0)
			return -1;
		const struct json_value *accounts = json_get(json_root(answer), "accounts");
		int code = is_busy(accounts, name) ? -1 : tell_failures(accounts, name);
		json_free(answer);
		if (code >= 0)
			return code;
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
	int code = has_option(in, "wait") ? wait_until_read(folder, name, err) : 0;
	if (!code && !in->json)
		print(in, "%s %lld %s\n", has_option(in, "wait") ? "polled" : "polling", polled,
			polled == 1 ? "account" : "accounts");
	return code;
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
