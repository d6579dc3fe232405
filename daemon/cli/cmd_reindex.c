/* overstep reindex: makes the index anew from the archive. */
#include "app/store.h"
#include "archive/archive.h"
#include "output.h"

static int run(struct invocation *in, struct error *err)
{
	struct progress progress;
	progress_init(&progress);
	const struct store_progress listener = {.tell = progress_tell, .context = &progress};
	int result = store_reindex(in->store, &listener, err);
	progress_finish(&progress);
	if (result < 0)
		return -1;
	unsigned long long records = archive_last(in->store->archive);
	if (in->json) {
		struct json_line line;
		json_int(json_item(&line), "records", (int64_t)records);
		return json_item_end(in, &line, err);
	}
	print(in, "the index is made anew from %llu records\n", records);
	return 0;
}

const struct command command_reindex = {
	.name = "reindex",
	.usage = "",
	.summary = "Make the index anew from the archive",
	.help = "The index holds only what can be worked out again; the archive is not touched.",
	.needs = NEEDS_WRITE,
	.most = 0,
	.run = run,
};
