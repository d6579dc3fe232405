/* overstep serve: the same pages live, for a browser on this machine alone. */
#include "app/rulebook.h"
#include "base/clock.h"
#include "config/config.h"
#include "output.h"
#include "report/page.h"
#include "report_make.h"
#include "serve_pages.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

static void tell_address(void *context, const char *address)
{
	const struct served *served = context;
	struct invocation *in = served->in;
	struct json_line line;
	if (in->json) {
		json_cstr(json_item(&line), "address", address);
		json_item_end(in, &line, NULL);
	} else {
		print(in, "%s\n", address);
		if (isatty(STDOUT_FILENO))
			print(in, "for one browser on this machine, once; Ctrl-C ends it\n");
	}
	fflush(in->out);
}

static int read_numbers(struct invocation *in, struct serve_plan *plan, struct error *err)
{
	const char *port = option(in, "port"), *idle = option(in, "idle");
	uint64_t number = 0;
	int64_t seconds = 0;
	if (port && (!str_to_u64(str_from(port), 65535, &number) || number < 1024))
		return error_set(err, ERROR_USAGE,
			"bad port '%s', expected a number from 1024 to 65535", port);
	if (idle && (!duration_parse(str_from(idle), &seconds) || seconds < 1 || seconds > INT_MAX))
		return error_set(
			err, ERROR_USAGE, "bad time '%s', expected one such as \"30 min\"", idle);
	plan->port = (unsigned)number;
	plan->idle_s = (unsigned)seconds;
	return 0;
}

/* Members of the service's group see what they may by `report`, which the service runs for them. */
static int check_archive(struct invocation *in, struct error *err)
{
	char *folder = str_dup(in->book->config->archive);
	int result = folder ? 0 : error_memory(err);
	if (folder && access(folder, R_OK | X_OK) < 0 && errno == EACCES)
		result = error_set(err, ERROR_USAGE,
			"the archive in '%s' is another user's: ask as that user, or take "
			"'overstep report --html -'",
			folder);
	else if (folder)
		result = needs_open_archive(in, err);
	free(folder);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	struct served served = {.in = in};
	struct serve_plan plan = {.context = &served,
		.ready = tell_address,
		.answer = served_answer,
		.refuse = served_refuse};
	struct buf policy = {0};
	if (report_tongue(in, &served.tongue, err) < 0 || read_numbers(in, &plan, err) < 0 ||
		check_archive(in, err) < 0)
		return -1;
	needs_close(in);
	int result = page_policy(&policy, err);
	plan.policy = buf_cstr(&policy);
	if (!result)
		result = serve_run(&plan, err);
	buf_finish(&policy);
	return result;
}

static const struct command_option options[] = {
	{"port", "N", "on that port; else on one that is free"},
	{"idle", "TIME", "end when nothing was asked for so long, such as '30 min'"},
	{"lang", "L", "in English (en), Swedish (sv) or French (fr); else in me.language"},
	{0},
};

const struct command command_serve = {
	.name = "serve",
	.usage = "[--port N] [--idle TIME] [--lang L]",
	.summary = "Show report, messages and search in a browser on this machine",
	.help = "  overstep serve\n"
		"  overstep serve --idle '30 min'\n\n"
		"Prints an address and answers on 127.0.0.1 alone until Ctrl-C. The address opens one "
		"browser, once:\nits token is changed for a cookie and is worth nothing from then on. "
		"Pages can be read, nothing\nelse, and each is made from the archive as it is then. "
		"Nothing leaves this machine.",
	.needs = NEEDS_CONFIG,
	.asks = true,
	.options = options,
	.most = 0,
	.run = run,
};
