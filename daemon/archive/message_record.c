/* What a message record says of a message, as fields and back. */
#include "database.h"
#include "record_form.h"
#include <inttypes.h>

/* The order in which a record names the clocks. */
static const enum clock_kind clock_order[] = {
	CLOCK_DATE, CLOCK_RECEIVED, CLOCK_INTERNAL, CLOCK_SEEN};
enum { CLOCK_KINDS = sizeof(clock_order) / sizeof(*clock_order) };

/* The first and the last second that RFC 3339 can write. */
#define FIRST_US (INT64_C(-62135596800) * SECOND_US)
#define END_US (INT64_C(253402300800) * SECOND_US)

/* A Date header may claim any zone; RFC 3339 writes less than a day. */
static int writable_offset(int offset_min)
{
	return offset_min > -24 * 60 && offset_min < 24 * 60 ? offset_min : 0;
}

bool clock_write(struct buf *out, const struct clocks *clocks, enum clock_kind kind)
{
	int64_t at_us = clocks->at_us[kind];
	bool own_zone = kind == CLOCK_DATE;
	int offset_min = own_zone ? writable_offset(clocks->date_offset_min) : 0;
	/* a day off both ends, so that the local time can be written too */
	if (!clocks->has[kind] || at_us < FIRST_US + DAY_US || at_us >= END_US - DAY_US)
		return false;
	char text[TIME_TEXT_SIZE];
	time_format(at_us, offset_min, !own_zone, text);
	buf_add_cstr(out, text);
	return true;
}

static void clocks_write(struct buf *out, const struct clocks *clocks)
{
	for (size_t i = 0; i < CLOCK_KINDS; i++) {
		buf_add_format(out, "%s=", clock_kind_name(clock_order[i]));
		if (!clock_write(out, clocks, clock_order[i]))
			buf_add_char(out, '-');
		buf_add_char(out, ' ');
	}
	buf_add_format(out, "used=%s state=%s", clock_kind_name(clocks->used),
		clocks->agreed ? "agreed" : "disputed");
}

/* Takes "name=value" off *rest. */
static bool take(struct str *rest, const char *name, struct str *value)
{
	struct str word, key;
	if (!str_split(rest, ' ', &word) || !str_split(&word, '=', &key) ||
		!str_eq(key, str_from(name)))
		return false;
	*value = word;
	return true;
}

static bool clock_read(struct str value, enum clock_kind kind, struct clocks *out)
{
	int offset_min = 0;
	if (str_eq(value, STR("-")))
		return true;
	if (!time_parse(value, &out->at_us[kind], &offset_min))
		return false;
	out->has[kind] = true;
	if (kind == CLOCK_DATE)
		out->date_offset_min = offset_min;
	return true;
}

static bool clocks_read(struct str text, struct clocks *out)
{
	struct str value;
	*out = (struct clocks){0};
	for (size_t i = 0; i < CLOCK_KINDS; i++)
		if (!take(&text, clock_kind_name(clock_order[i]), &value) ||
			!clock_read(value, clock_order[i], out))
			return false;
	if (!take(&text, "used", &value))
		return false;
	size_t used = 0;
	while (used < CLOCK_KINDS && !str_eq(value, str_from(clock_kind_name(clock_order[used]))))
		used++;
	if (used == CLOCK_KINDS || !take(&text, "state", &value))
		return false;
	out->used = clock_order[used];
	out->agreed = str_eq(value, STR("agreed"));
	return text.len == 0 && (out->agreed || str_eq(value, STR("disputed")));
}

/* Adds what stands in *text as a field, and empties it. */
static int add(struct record *r, const char *key, struct buf *text)
{
	int status = text->failed ? -1 : record_add(r, key, buf_str(text));
	buf_clear(text);
	return status;
}

static int add_peer(
	struct archive *a, struct record *r, struct str client, struct buf *text, struct error *err)
{
	uint64_t last;
	if (peers_last(a, client, &last, err) < 0)
		return -1;
	peer_write(text, &(struct peer){client, last + 1});
	return add(r, "peer", text) < 0 ? error_memory(err) : 0;
}

int archive_message_record(
	struct archive *a, const struct message_entry *entry, struct record *out, struct error *err)
{
	struct record r;
	struct buf text = {0};
	int status = -1;
	record_init(&r);
	r.type = RECORD_MESSAGE;
	if (place_add(&r, &entry->place) < 0)
		goto memory;
	for (size_t i = 0; i < entry->client_count; i++)
		if (add_peer(a, &r, entry->clients[i], &text, err) < 0)
			goto out;
	clocks_write(&text, &entry->clocks);
	if (add(&r, "clock", &text) < 0)
		goto memory;
	buf_add_format(&text, "%" PRIu64, entry->size_bytes);
	if (record_add(&r, "direction", str_from(direction_name(entry->direction))) < 0 ||
		add(&r, "size", &text) < 0 ||
		record_add(&r, "examined", str_from(examined_name(entry->examined))) < 0)
		goto memory;
	record_finish(out);
	*out = r;
	record_init(&r);
	status = 0;
	goto out;
memory:
	error_memory(err);
out:
	buf_finish(&text);
	record_finish(&r);
	return status;
}

int archive_peer_record(
	struct archive *a, uint64_t of, struct str client, struct record *out, struct error *err)
{
	struct record r;
	struct buf text = {0};
	char name[EVIDENCE_NAME_SIZE];
	record_init(&r);
	r.type = RECORD_PEER;
	evidence_name(of, name);
	int status = record_add(&r, "of", str_from(name)) < 0 ? error_memory(err)
							      : add_peer(a, &r, client, &text, err);
	buf_finish(&text);
	if (status < 0) {
		record_finish(&r);
		return -1;
	}
	record_finish(out);
	*out = r;
	return 0;
}

static bool direction_read(struct str text, enum direction *out)
{
	for (int d = DIRECTION_IN; d <= DIRECTION_OUT; d++) {
		if (str_eq(text, str_from(direction_name((enum direction)d)))) {
			*out = (enum direction)d;
			return true;
		}
	}
	return false;
}

static bool examined_read(struct str text, enum examined *out)
{
	for (int e = 0; e < EXAMINED_COUNT; e++) {
		if (str_eq(text, str_from(examined_name((enum examined)e)))) {
			*out = (enum examined)e;
			return true;
		}
	}
	return false;
}

/* The clients of the `peer:` lines, in their order. */
static int clients_read(struct record *r, struct message_entry *out, struct error *err)
{
	size_t count = 0;
	while (record_get(r, "peer", count).ptr != NULL)
		count++;
	struct str *clients = arena_array(&r->arena, count, sizeof(*clients));
	if (clients == NULL)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		struct peer peer;
		if (!peer_read(record_get(r, "peer", i), &r->arena, &peer))
			return error_set(err, ERROR_INTEGRITY,
				"record %" PRIu64 ": 'peer: %.*s' is not a client and a number",
				r->seq, STR_ARG(record_get(r, "peer", i)));
		clients[i] = peer.client;
	}
	out->clients = clients;
	out->client_count = count;
	return 0;
}

int archive_message_entry(struct record *record, struct message_entry *out, struct error *err)
{
	struct message_entry entry = {0};
	if (record->type != RECORD_MESSAGE)
		return error_set(err, ERROR_USAGE, "record %" PRIu64 " is a %s record, no message",
			record->seq, record_type_name(record->type));
	const char *wrong = place_get(record, &entry.place);
	if (wrong)
		;
	else if (!clocks_read(record_get(record, "clock", 0), &entry.clocks))
		wrong = "clock";
	else if (!direction_read(record_get(record, "direction", 0), &entry.direction))
		wrong = "direction";
	else if (!str_to_u64(record_get(record, "size", 0), UINT64_MAX, &entry.size_bytes))
		wrong = "size";
	else if (!examined_read(record_get(record, "examined", 0), &entry.examined))
		wrong = "examined";
	if (wrong)
		return error_set(err, ERROR_INTEGRITY,
			"record %" PRIu64 ": its '%s' line cannot be read", record->seq, wrong);
	if (clients_read(record, &entry, err) < 0)
		return -1;
	*out = entry;
	return 0;
}
