/* Whether anything was missed, as the archive tells it. */
#include "coverage.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "config/config.h"
#include "index/index.h"
#include "report_make.h"
#include <stdlib.h>
#include <string.h>

/* A failure that may yet be over in time is no outage. */
#define AWAY_LEAST_US (15 * MINUTE_US)

static int account_names(
	const struct invocation *in, struct arena *arena, struct strs *out, struct error *err)
{
	const struct config *config = in->book->config;
	struct str *names = arena_array(arena, config->account_count, sizeof(*names));
	if (!names)
		return error_memory(err);
	for (size_t i = 0; i < config->account_count; i++)
		names[i] = config->accounts[i].name;
	*out = (struct strs){names, config->account_count};
	return 0;
}

static bool read_time(const struct json_value *v, const char *key, int64_t *out)
{
	int offset_min;
	return time_parse(json_to_str(json_get(v, key)), out, &offset_min);
}

/* Of one account: the stretch that is under way, and the outage behind it. */
static int add_unrecorded(const struct json_value *v, int64_t now_us, struct arena *arena,
	struct gap *gaps, size_t *count)
{
	struct gap g = {
		.kind = GAP_WATCHED,
		.account = arena_str(arena, json_to_str(json_get(v, "account"))),
		.why = arena_str(arena, json_to_str(json_get(v, "why"))),
	};
	if (!read_time(v, "from", &g.from_us) || !read_time(v, "until", &g.until_us))
		return 0;
	gaps[(*count)++] = g;
	if (g.why.len && now_us - g.until_us > AWAY_LEAST_US)
		gaps[(*count)++] = (struct gap){
			.kind = GAP_AWAY,
			.account = g.account,
			.why = g.why,
			.from_us = g.until_us,
			.until_us = now_us,
		};
	return g.account.ptr ? 0 : -1;
}

static int by_beginning(const void *a, const void *b)
{
	const struct gap *x = a, *y = b;
	return (x->from_us > y->from_us) - (x->from_us < y->from_us);
}

/* *gaps grows by what the service keeps beside the archive; a file that cannot be read says
 * nothing.
 */
static int read_unrecorded(const struct invocation *in, const struct coverage_plan *plan,
	struct arena *arena, struct gap **gaps, size_t *count, struct error *err)
{
	struct buf text = {0};
	struct json_document *document = NULL;
	char *folder = str_dup(in->book->config->archive);
	char *path = folder ? file_join(folder, WATCHING_FILE) : NULL;
	int result = path ? 0 : error_memory(err);
	if (!result && file_read(path, LIMIT_WATCHING_FILE, &text, NULL) == 0 &&
		json_parse(buf_str(&text), &document, NULL) == 0) {
		const struct json_value *list = json_get(json_root(document), "accounts");
		size_t more = json_count(list);
		struct gap *all = arena_array(arena, *count + 2 * more, sizeof(*all));
		result = all ? 0 : error_memory(err);
		if (all && *count)
			memcpy(all, *gaps, *count * sizeof(*all));
		for (size_t i = 0; i < more && !result; i++)
			if (add_unrecorded(json_at(list, i), plan->until_us, arena, all, count) < 0)
				result = error_memory(err);
		if (!result && *count)
			qsort(all, *count, sizeof(*all), by_beginning);
		if (!result)
			*gaps = all;
	}
	json_free(document);
	buf_finish(&text);
	free(path);
	free(folder);
	return result;
}

int coverage_make(struct invocation *in, struct index *index, const struct coverage_plan *plan,
	struct arena *arena, struct coverage_line **lines, size_t *count, struct error *err)
{
	struct gap *gaps = NULL;
	size_t gap_count = 0;
	struct strs configured;
	if (account_names(in, arena, &configured, err) < 0 ||
		index_gaps(index, plan->client, plan->from_us, plan->until_us, arena, &gaps,
			&gap_count, err) < 0 ||
		(plan->unrecorded &&
			read_unrecorded(in, plan, arena, &gaps, &gap_count, err) < 0) ||
		coverage_fold(gaps, gap_count, &configured, plan->from_us, plan->until_us, arena,
			lines, count, err) < 0)
		return -1;
	for (size_t i = 0; i < *count; i++) {
		struct coverage_line *line = &(*lines)[i];
		line->from = report_local_time(in, line->from.at_us);
		line->until = report_local_time(in, line->until.at_us);
	}
	return 0;
}
