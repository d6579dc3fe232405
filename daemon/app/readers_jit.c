/* Whether readers can have JIT code for their rules: tried by a process that is bounded as they
 * are. */
#include "app/readers.h"
#include "app/sandbox.h"
#include "base/json.h"
#include "channel.h"
#include "process.h"
#include "rules/ruleset.h"
#include "told.h"

static int try_main(struct channel *to_parent, int stop_fd, const void *context)
{
	(void)stop_fd;
	(void)context;
	const struct sandbox box = {.role = SANDBOX_READER};
	struct error why = {0};
	int result = sandbox_enter(&box, &why);
	if (!result)
		result = ruleset_try_jit(&why);
	return told_end(to_parent, result, &why);
}

int readers_try_jit(struct error *err)
{
	const struct process_plan plan = {.title = "overstep-jit", .run = try_main};
	struct process process = {.stop_fd = -1};
	struct json_document *told = NULL;
	struct frame frame;
	if (process_start(&plan, &process, err) < 0)
		return -1;
	int result = told_next(&process, &frame, &told, err);
	json_free(told);
	process_end(&process);
	return result;
}
