/* What the owner adds to the evidence: files and notes, as attachment records. */
#include "supply.h"

#include "app/store.h"
#include "assess.h"
#include "base/clock.h"
#include "output.h"
#include "which_client.h"
#include <inttypes.h>

int supply_read(struct invocation *in, struct arena *arena, struct supply *out, struct error *err)
{
	const char *client = option(in, "client"), *at = option(in, "at");
	if (!client || !at)
		return error_set(err, ERROR_USAGE,
			"%s: expected --client C and --at TIME, such as 2026-03-09T14:30",
			client ? "when was it?" : "whose is it?");
	if (client_named(in, str_from(client), arena, &out->client, err) < 0 ||
		assess_time(in, at, &out->at_us, err) < 0)
		return -1;
	return out->at_us <= clock_now_us(NULL)
		? 0
		: error_set(err, ERROR_USAGE, "'%s' has not come yet", at);
}

int supply_add(struct invocation *in, const struct supply *s, struct str name, struct str octets,
	struct error *err)
{
	char at[TIME_TEXT_SIZE], size[24], id[EVIDENCE_NAME_SIZE];
	struct record r;
	record_init(&r);
	r.type = RECORD_ATTACHMENT;
	format_time(in, s->at_us, at);
	snprintf(size, sizeof(size), "%zu", octets.len);
	int result =
		record_add(&r, "supplied", STR("by the owner, time as stated by the owner")) < 0 ||
			record_add(&r, "client", s->client) < 0 ||
			record_add(&r, "at", str_from(at)) < 0 ||
			(name.ptr && record_add(&r, "name", name) < 0) ||
			(s->note.ptr && record_add(&r, "note", s->note) < 0) ||
			record_add(&r, "size", str_from(size)) < 0
		? error_memory(err)
		: store_append(in->store, &r, octets, err);
	evidence_name(r.seq, id);
	if (!result && in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_cstr(w, "id", id);
		json_str(w, "client", s->client);
		json_cstr(w, "at", at);
		json_str(w, "name", name);
		result = json_item_end(in, &line, err);
	} else if (!result) {
		print(in, "%s  %s  %.*s  ", id, at, STR_ARG(s->client));
		print_visible(in, name.ptr ? name : STR("note"), false);
		print(in, "\n");
	}
	record_finish(&r);
	return result;
}
