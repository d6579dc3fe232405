/* A record of the evidence log in its general form, and the name that people know it by. */
#include "model/record.h"

#include "base/array.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

const char *record_type_name(enum record_type t)
{
	static const char *const names[RECORD_TYPE_COUNT] = {
		[RECORD_MESSAGE] = "message",
		[RECORD_RULES] = "rules",
		[RECORD_FINDINGS] = "findings",
		[RECORD_DKIM] = "dkim",
		[RECORD_CALENDAR] = "calendar",
		[RECORD_MARK] = "mark",
		[RECORD_PEER] = "peer",
		[RECORD_ATTACHMENT] = "attachment",
		[RECORD_IMPORT] = "import",
		[RECORD_GAP] = "gap",
		[RECORD_KEY] = "key",
		[RECORD_ANCHOR] = "anchor",
		[RECORD_EXPORT] = "export",
		[RECORD_ERASURE] = "erasure",
	};
	assert(t < RECORD_TYPE_COUNT);
	return names[t];
}

void record_init(struct record *r)
{
	*r = (struct record){0};
}

void record_finish(struct record *r)
{
	if (!r)
		return;
	free(r->fields);
	arena_finish(&r->arena);
	*r = (struct record){0};
}

static bool is_key(struct str key)
{
	for (size_t i = 0; i < key.len; i++)
		if (key.ptr[i] != '-' && (key.ptr[i] < 'a' || key.ptr[i] > 'z'))
			return false;
	return key.len > 0;
}

int record_add(struct record *r, const char *key, struct str value)
{
	struct str name = str_from(key);
	if (!is_key(name) ||
		array_room(&r->fields, r->field_count, &r->field_cap, sizeof(*r->fields)) < 0)
		return -1;
	struct record_field field = {arena_str(&r->arena, name), arena_str(&r->arena, value)};
	if (!field.key.ptr || !field.value.ptr)
		return -1;
	r->fields[r->field_count++] = field;
	return 0;
}

struct str record_get(const struct record *r, const char *key, size_t n)
{
	struct str name = str_from(key);
	for (size_t i = 0; i < r->field_count; i++)
		if (str_eq(r->fields[i].key, name) && n-- == 0)
			return r->fields[i].value;
	return (struct str){NULL, 0};
}

void evidence_name(uint64_t seq, char out[EVIDENCE_NAME_SIZE])
{
	snprintf(out, EVIDENCE_NAME_SIZE, "E-%06" PRIu64, seq);
}

bool evidence_parse(struct str name, uint64_t *seq)
{
	uint64_t value;
	struct str digits = str_starts(name, STR("E-")) ? str_slice(name, 2, name.len) : name;
	/* Records are rows of a database: more than an int64 cannot be one. */
	if (!str_to_u64(digits, INT64_MAX, &value) || value == 0)
		return false;
	*seq = value;
	return true;
}
