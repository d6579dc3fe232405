/* overstep reload: lets the running service read configuration and rules again. */
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "base/json.h"
#include "config/config.h"
#include "output.h"
#include <stdlib.h>

static int show(struct invocation *in, struct str answer, struct error *err)
{
	struct json_document *document = NULL;
	if (json_parse(answer, &document, err) < 0)
		return -1;
	const struct json_value *root = json_root(document);
	int code = (int)json_to_int(json_get(root, "code"), 2);
	if (in->json)
		print_str(in, answer);
	else
		print_visible(in, json_to_str(json_get(root, "text")), true);
	if (code && !in->json)
		print(in, "nothing was changed: what was in force before still is\n");
	json_free(document);
	return code;
}

static int run(struct invocation *in, struct error *err)
{
	char *folder = str_dup(in->book->config->archive);
	struct buf answer = {0};
	int result = folder ? control_ask(folder, "reload", &answer, err) : error_memory(err);
	/* that no service runs may change */
	if (result < 0 && err->kind == ERROR_NOT_FOUND)
		err->kind = ERROR_TEMPORARY;
	if (!result)
		result = show(in, buf_str(&answer), err);
	buf_finish(&answer);
	free(folder);
	return result;
}

static const struct command_option options[] = {
	{"wait", NULL, "until it is done, which it always does"},
	{0},
};

const struct command command_reload = {
	.name = "reload",
	.usage = "[--wait]",
	.summary = "Let the running service read configuration and rules again",
	.help = "All of it is taken over, or nothing: with a mistake the rules in force stay, and the "
		"mistakes\nare shown. New clients' earlier mail is fetched. Ends as 'overstep check' does.",
	.needs = NEEDS_CONFIG,
	.options = options,
	.most = 0,
	.run = run,
};
