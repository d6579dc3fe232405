/* overstep notes: what the owner supplied, beside the mail. */
#include "app/store.h"
#include "base/clock.h"
#include "find.h"
#include "output.h"
#include "which_client.h"
#include <stdint.h>

static int print_json(struct invocation *in, const struct indexed_exhibit *e, struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE], sum[SHA256_HEX_SIZE];
	struct json_line line;
	struct json_writer *w = json_item(&line);
	evidence_name(e->seq, id);
	format_time(in, e->at_us, at);
	sha256_hex(&e->sum, sum);
	json_cstr(w, "id", id);
	json_str(w, "client", e->client);
	json_cstr(w, "at", at);
	json_str(w, "name", e->name);
	json_str(w, "note", e->note);
	json_cstr(w, "sha256", sum);
	json_int(w, "size_bytes", (int64_t)e->size_bytes);
	return json_item_end(in, &line, err);
}

static int print_all(
	struct invocation *in, const struct indexed_exhibit *all, size_t count, struct error *err)
{
	struct table *t = NULL;
	if (table_new(5, &t, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
		evidence_name(all[i].seq, id);
		format_time(in, all[i].at_us, at);
		table_add_cstr(t, id, COLOR_PLAIN, false);
		table_add_cstr(t, at, COLOR_PLAIN, false);
		table_add(t, all[i].client, COLOR_BOLD, false);
		table_add(t, all[i].name.ptr ? all[i].name : STR("note"), COLOR_PLAIN, false);
		table_add(t, all[i].note, COLOR_PLAIN, false);
	}
	int result = table_print(in, t, err);
	table_free(t);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	struct arena arena = {0};
	struct buf words = {0};
	struct str client = {0};
	struct indexed_exhibit *all = NULL;
	size_t count = 0;
	const char *named = option(in, "client");
	int result = named ? client_named(in, str_from(named), &arena, &client, err) : 0;
	find_text(in, 0, &words);
	if (!result)
		result = index_exhibits(
			in->store->index, client, buf_str(&words), &arena, &all, &count, err);
	for (size_t i = 0; i < count && in->json && !result; i++)
		result = print_json(in, &all[i], err);
	if (!result && count && !in->json)
		result = print_all(in, all, count, err);
	buf_finish(&words);
	arena_finish(&arena);
	if (!result && !count)
		return 1;
	return result;
}

static const struct command_option options[] = {
	{"client", "C", "of this client alone"},
	{0},
};

const struct command command_notes = {
	.name = "notes",
	.usage = "[--client C] [WORD...]",
	.summary = "List the notes and files that were added to the evidence",
	.help = "  overstep notes --client acme\n"
		"  overstep notes blog",
	.needs = NEEDS_ARCHIVE,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
