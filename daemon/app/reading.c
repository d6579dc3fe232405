/* A request to a reader and its answer, as frames. */
#include "reading.h"

#include "base/limits.h"
#include "channel.h"

#define CLOCK_COUNT 4

void reading_init(struct reading *r)
{
	*r = (struct reading){0};
	facts_init(&r->facts);
	judgement_init(&r->judgement);
}

void reading_finish(struct reading *r)
{
	if (!r)
		return;
	facts_finish(&r->facts);
	judgement_finish(&r->judgement);
	arena_finish(&r->arena);
	reading_init(r);
}

/* {"received":us,...,"offset":minutes,"used":"received","agreed":true} and back. */
static void write_clocks(struct json_writer *w, const struct clocks *c)
{
	json_object(w, "clocks");
	for (int k = 0; k < CLOCK_COUNT; k++)
		if (c->has[k])
			json_int(w, clock_kind_name((enum clock_kind)k), c->at_us[k]);
	json_int(w, "offset", c->date_offset_min);
	json_int(w, "used", c->used);
	json_bool(w, "agreed", c->agreed);
	json_object_end(w);
}

static int read_clocks(const struct json_value *v, struct clocks *out)
{
	struct clocks made = {0};
	if (!json_is_object(v))
		return -1;
	for (int k = 0; k < CLOCK_COUNT; k++) {
		const struct json_value *at = json_get(v, clock_kind_name((enum clock_kind)k));
		made.has[k] = at != NULL;
		made.at_us[k] = json_to_int(at, 0);
	}
	int64_t used = json_to_int(json_get(v, "used"), -1);
	int64_t offset = json_to_int(json_get(v, "offset"), 0);
	if (used < 0 || used >= CLOCK_COUNT || offset < -24 * 60 || offset > 24 * 60)
		return -1;
	made.used = (enum clock_kind)used;
	made.date_offset_min = (int)offset;
	made.agreed = json_to_bool(json_get(v, "agreed"), false);
	*out = made;
	return 0;
}

static void write_clients(
	struct json_writer *w, enum direction direction, const struct str *ids, size_t count)
{
	json_bool(w, "out", direction == DIRECTION_OUT);
	json_array(w, "clients");
	for (size_t i = 0; i < count; i++)
		json_str(w, NULL, ids[i]);
	json_array_end(w);
}

static int read_clients(const struct json_value *head, struct arena *arena,
	enum direction *direction, const struct str **ids, size_t *count)
{
	const struct json_value *list = json_get(head, "clients");
	size_t n = json_count(list);
	struct str *made = arena_array(arena, n, sizeof(*made));
	if (!made)
		return -1;
	for (size_t i = 0; i < n; i++) {
		made[i] = arena_str(arena, json_to_str(json_at(list, i)));
		if (!made[i].len)
			return -1;
	}
	*direction = json_to_bool(json_get(head, "out"), false) ? DIRECTION_OUT : DIRECTION_IN;
	*ids = made;
	*count = n;
	return 0;
}

void reading_write_request(const struct raw *raw, const struct known *known,
	enum reading_depth depth, struct buf *head)
{
	struct json_writer w;
	json_begin(&w, head);
	json_object(&w, NULL);
	json_int(&w, "depth", depth);
	json_int(&w, "state", raw->state);
	json_int(&w, "size", (int64_t)raw->size_bytes);
	json_int(&w, "seen", raw->seen_at_us);
	if (raw->has_internal)
		json_int(&w, "internal", raw->internal_at_us);
	if (place_in_file(&raw->place))
		file_place_write(&w, "file", &raw->place.file);
	json_bool(&w, "stored", known->stored);
	write_clients(&w, known->direction, known->clients, known->client_count);
	json_str(&w, "author", known->author);
	if (known->clocks)
		write_clocks(&w, known->clocks);
	json_object_end(&w);
}

/* What a message is judged again by; absent in any other request. */
static int read_known(const struct json_value *head, struct arena *arena, struct known *known)
{
	const struct json_value *clocks = json_get(head, "clocks");
	struct str author = json_to_str(json_get(head, "author"));
	if (author.ptr && !(known->author = arena_str(arena, author)).ptr)
		return -1;
	if (!clocks)
		return 0;
	struct clocks *made = arena_alloc(arena, sizeof(*made));
	known->clocks = made;
	return made ? read_clocks(clocks, made) : -1;
}

int reading_read_request(const struct frame *frame, struct arena *arena, struct raw *raw,
	struct known *known, enum reading_depth *depth, struct error *err)
{
	struct json_document *document = NULL;
	if (json_parse(frame->head, &document, err) < 0)
		return -1;
	const struct json_value *head = json_root(document), *internal = json_get(head, "internal");
	int64_t state = json_to_int(json_get(head, "state"), 0);
	*raw = (struct raw){
		.state = (enum raw_state)state,
		.has_internal = internal != NULL,
		.internal_at_us = json_to_int(internal, 0),
		.seen_at_us = json_to_int(json_get(head, "seen"), 0),
		.size_bytes = (uint64_t)json_to_int(json_get(head, "size"), 0),
		.octets = frame->payload,
	};
	*known = (struct known){.stored = json_to_bool(json_get(head, "stored"), false)};
	*depth = (enum reading_depth)json_to_int(json_get(head, "depth"), READ_JUDGEMENT);
	int result =
		read_clients(head, arena, &known->direction, &known->clients, &known->client_count);
	if (!result)
		result = read_known(head, arena, known);
	if (*depth == READ_AGAIN && !known->clocks)
		result = -1;
	const struct json_value *file = json_get(head, "file");
	if (!result && file)
		result = file_place_read(file, arena, &raw->place.file);
	json_free(document);
	return result ? error_set(err, ERROR_INPUT, "a request that a reader cannot read") : 0;
}

void reading_write_answer(
	const struct reading *r, enum reading_depth depth, struct buf *head, struct buf *payload)
{
	bool with_facts = r->concerns && (depth == READ_FACTS || depth == READ_JUDGEMENT);
	bool with_judgement = r->concerns && depth >= READ_JUDGEMENT;
	if (with_facts)
		facts_write(&r->facts, payload);
	size_t facts_len = payload->len;
	if (with_judgement)
		judgement_write_json(&r->judgement, payload);
	struct json_writer w;
	json_begin(&w, head);
	json_object(&w, NULL);
	json_bool(&w, "concerns", r->concerns);
	json_bool(&w, "cut", r->cut);
	write_clients(&w, r->direction, r->clients, r->client_count);
	write_clocks(&w, &r->clocks);
	json_bool(&w, "facts", with_facts);
	json_bool(&w, "judgement", with_judgement);
	json_int(&w, "facts-bytes", (int64_t)facts_len);
	json_object_end(&w);
}

/* Whom it names: somebody when it concerns anybody, and nobody twice. */
static bool is_consistent(const struct reading *r)
{
	if (r->client_count > LIMIT_ADDRESSES)
		return false;
	for (size_t i = 1; i < r->client_count; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(r->clients[i], r->clients[k]))
				return false;
	return r->concerns == (r->client_count > 0);
}

static int read_answer(
	const struct json_value *head, struct str payload, struct reading *r, struct error *err)
{
	uint64_t facts_len = (uint64_t)json_to_int(json_get(head, "facts-bytes"), -1);
	r->concerns = json_to_bool(json_get(head, "concerns"), false);
	r->cut = json_to_bool(json_get(head, "cut"), false);
	if (facts_len > payload.len || read_clocks(json_get(head, "clocks"), &r->clocks) < 0 ||
		read_clients(head, &r->arena, &r->direction, &r->clients, &r->client_count) < 0 ||
		!is_consistent(r))
		return error_set(err, ERROR_INPUT, "an answer that a reader should not give");
	if (json_to_bool(json_get(head, "facts"), false) &&
		facts_read(str_slice(payload, 0, facts_len), &r->facts, err) < 0)
		return -1;
	if (json_to_bool(json_get(head, "judgement"), false) &&
		judgement_read_json(
			str_slice(payload, facts_len, payload.len), &r->judgement, err) < 0)
		return -1;
	return 0;
}

int reading_read_answer(const struct frame *frame, struct reading *out, struct error *err)
{
	struct json_document *document = NULL;
	if (json_parse(frame->head, &document, err) < 0)
		return -1;
	struct reading made;
	reading_init(&made);
	int result = read_answer(json_root(document), frame->payload, &made, err);
	json_free(document);
	if (result < 0) {
		reading_finish(&made);
		return -1;
	}
	reading_finish(out);
	*out = made;
	return 0;
}
