/* Reads the bytes of a TZif file (RFC 9636), versions 1 to 4, and unrolls its footer. */
#include "tzif.h"
#include "base/clock.h"
#include "base/limits.h"
#include <string.h>

#define HEADER_SIZE 44
#define TYPE_SIZE 6
#define OFFSET_MIN_S (-89999) /* RFC 9636, 3.2: what a reader must be ready for */
#define OFFSET_MAX_S 93599
#define CHANGE_MAX_S (INT64_C(1) << 59) /* the Big Bang is the earliest that zic writes */
#define FOOTER_YEARS 403 /* a cycle, and enough for it to begin behind the last written change */

struct header {
	int version;                                   /* 1 or more */
	uint64_t isut, isstd, leap, time, type, chars; /* counts */
};

static int broken(struct error *err, const char *what)
{
	return error_set(err, ERROR_INPUT, "broken TZif data: %s", what);
}

static uint32_t read_u32(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | (uint32_t)b[3];
}

static int32_t read_i32(const char *bytes)
{
	return (int32_t)read_u32(bytes);
}

static int64_t read_i64(const char *bytes)
{
	return (int64_t)((uint64_t)read_u32(bytes) << 32 | read_u32(bytes + 4));
}

static int header_take(struct str *rest, struct header *out, struct error *err)
{
	if (rest->len < HEADER_SIZE || memcmp(rest->ptr, "TZif", 4) != 0)
		return broken(err, "no TZif header");
	const char *p = rest->ptr;
	out->version = p[4] == '\0' ? 1 : p[4] - '0';
	if (out->version < 1 || out->version > 9)
		return broken(err, "unknown version");
	out->isut = read_u32(p + 20);
	out->isstd = read_u32(p + 24);
	out->leap = read_u32(p + 28);
	out->time = read_u32(p + 32);
	out->type = read_u32(p + 36);
	out->chars = read_u32(p + 40);
	if (out->type == 0 || out->type > 256 || out->chars == 0)
		return broken(err, "a count is out of range");
	if ((out->isut && out->isut != out->type) || (out->isstd && out->isstd != out->type))
		return broken(err, "indicator counts do not fit the types");
	*rest = str_slice(*rest, HEADER_SIZE, rest->len);
	return 0;
}

static uint64_t block_size(const struct header *h, uint64_t time_size)
{
	return h->time * (time_size + 1) + h->type * TYPE_SIZE + h->chars +
		h->leap * (time_size + 4) + h->isstd + h->isut;
}

static int type_read(const char *bytes, struct str chars, struct zone_type *out, struct error *err)
{
	out->offset_s = read_i32(bytes);
	if (out->offset_s < OFFSET_MIN_S || out->offset_s > OFFSET_MAX_S)
		return broken(err, "an offset is out of range");
	if ((unsigned char)bytes[4] > 1)
		return broken(err, "a DST flag is neither 0 nor 1");
	out->dst = bytes[4] == 1;
	size_t at = (unsigned char)bytes[5];
	struct str tail = str_slice(chars, at, chars.len);
	const char *end = tail.len ? memchr(tail.ptr, '\0', tail.len) : NULL;
	if (!end)
		return broken(err, "an abbreviation does not end");
	size_t len = (size_t)(end - tail.ptr);
	if (len >= sizeof(out->abbreviation))
		len = sizeof(out->abbreviation) - 1;
	memcpy(out->abbreviation, tail.ptr, len);
	return 0;
}

static int changes_read(const struct header *h, size_t time_size, const char *bytes, struct tzif *t,
	struct error *err)
{
	const char *indexes = bytes + h->time * time_size;
	for (size_t i = 0; i < h->time; i++) {
		const char *p = bytes + i * time_size;
		int64_t at_s = time_size == 8 ? read_i64(p) : read_i32(p);
		unsigned char type = (unsigned char)indexes[i];
		if (at_s < -CHANGE_MAX_S || at_s > CHANGE_MAX_S)
			return broken(err, "a change is out of range");
		if (i > 0 && at_s <= t->changes[i - 1].at_s)
			return broken(err, "changes are not in order");
		if (type >= h->type)
			return broken(err, "a change names a type that is not there");
		t->changes[i] = (struct zone_change){at_s, type};
	}
	t->change_count = h->time;
	return 0;
}

/* Room is left for the footer's two types and for its changes. */
static int block_read(const struct header *h, size_t time_size, struct str block,
	struct arena *arena, struct tzif *t, struct error *err)
{
	t->types = arena_array(arena, h->type + 2, sizeof(*t->types));
	t->changes = arena_array(arena, h->time + 2 * FOOTER_YEARS, sizeof(*t->changes));
	if (!t->types || !t->changes)
		return error_memory(err);
	if (changes_read(h, time_size, block.ptr, t, err) < 0)
		return -1;
	size_t types_at = h->time * (time_size + 1);
	size_t chars_at = types_at + h->type * TYPE_SIZE;
	struct str chars = str_slice(block, chars_at, chars_at + h->chars);
	for (size_t i = 0; i < h->type; i++) {
		if (type_read(block.ptr + types_at + i * TYPE_SIZE, chars, &t->types[i], err) < 0)
			return -1;
	}
	t->type_count = h->type;
	return 0;
}

/* Inserts so that changes stay in order. At the same instant the later call wins: DST that ends
   as the next one begins (RFC 9636, 3.3.2: "all year") goes on. */
static void change_insert(struct tzif *t, int64_t at_s, uint16_t type)
{
	size_t i = t->change_count;
	while (i > 0 && t->changes[i - 1].at_s > at_s)
		i--;
	if (i > 0 && t->changes[i - 1].at_s == at_s) {
		t->changes[i - 1].type = type;
		return;
	}
	memmove(t->changes + i + 1, t->changes + i, (t->change_count - i) * sizeof(*t->changes));
	t->changes[i] = (struct zone_change){at_s, type};
	t->change_count++;
}

/* Writes out the footer's changes behind the last explicit one, so that one binary search answers
   for every instant. */
static void footer_unroll(const struct tz_rule *r, struct tzif *t)
{
	if (t->change_count == 0)
		t->types[0] = r->standard;
	if (!r->has_dst)
		return; /* the type of the last change goes on */
	int64_t last_s = t->change_count ? t->changes[t->change_count - 1].at_s : -CHANGE_MAX_S;
	if (last_s > date_to_days((struct date){9000, 1, 1}) * DAY_S)
		return; /* behind everything that a zone is asked for */
	int first_year = 1;
	if (last_s > date_to_days((struct date){2, 1, 1}) * DAY_S)
		first_year = date_from_days(floor_divide(last_s, DAY_S)).year;
	uint16_t standard = (uint16_t)t->type_count++;
	uint16_t dst = (uint16_t)t->type_count++;
	t->types[standard] = r->standard;
	t->types[dst] = r->dst;
	for (int year = first_year; year < first_year + FOOTER_YEARS; year++) {
		int64_t begins_s, ends_s;
		tz_rule_year(r, year, &begins_s, &ends_s);
		if (begins_s > last_s)
			change_insert(t, begins_s, dst);
		if (ends_s > last_s)
			change_insert(t, ends_s, standard);
	}
	t->repeats = true;
}

static int footer_read(struct str rest, struct tzif *t, struct error *err)
{
	const char *end = rest.len > 1 ? memchr(rest.ptr + 1, '\n', rest.len - 1) : NULL;
	if (!end || rest.ptr[0] != '\n')
		return broken(err, "no footer");
	struct str text = str_slice(rest, 1, (size_t)(end - rest.ptr));
	if (text.len == 0)
		return 0; /* RFC 9636, 3.3: nothing is known behind the last change */
	struct tz_rule rule;
	if (tz_rule_parse(text, &rule, err) < 0)
		return -1;
	footer_unroll(&rule, t);
	return 0;
}

int tzif_read(struct str bytes, struct arena *arena, struct tzif *out, struct error *err)
{
	if (bytes.len > LIMIT_TZIF_FILE)
		return error_set(err, ERROR_LIMIT, "TZif data over %zu bytes", LIMIT_TZIF_FILE);
	struct header h;
	struct str rest = bytes;
	size_t time_size = 4;
	if (header_take(&rest, &h, err) < 0)
		return -1;
	if (h.version >= 2) { /* the first block is for readers of version 1 only */
		uint64_t skipped = block_size(&h, 4);
		if (skipped > rest.len)
			return broken(err, "ends too soon");
		rest = str_slice(rest, (size_t)skipped, rest.len);
		if (header_take(&rest, &h, err) < 0)
			return -1;
		time_size = 8;
	}
	if (h.leap > 0)
		return broken(err, "it counts leap seconds, expected a file without them");
	uint64_t size = block_size(&h, time_size);
	if (size > rest.len)
		return broken(err, "ends too soon");
	struct tzif tzif = {0};
	if (block_read(&h, time_size, str_slice(rest, 0, (size_t)size), arena, &tzif, err) < 0)
		return -1;
	if (time_size == 8 && footer_read(str_slice(rest, (size_t)size, rest.len), &tzif, err) < 0)
		return -1;
	*out = tzif;
	return 0;
}
