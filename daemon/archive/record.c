/* A record as the bytes that are hashed, and back. */
#include "archive/archive.h"
#include "base/limits.h"
#include "record_form.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#define VERSION_LINE "evidence-record v1"

/* Where the octets of a record go in a bundle. */
static const struct {
	const char *folder;
	const char *extension;
} homes[RECORD_TYPE_COUNT] = {
	[RECORD_MESSAGE] = {"messages", "eml"},
	[RECORD_RULES] = {"rules", "rules"},
	[RECORD_FINDINGS] = {"findings", "json"},
	[RECORD_DKIM] = {"dkim", "txt"},
	[RECORD_CALENDAR] = {"calendars", "txt"},
	[RECORD_MARK] = {"marks", "json"},
	[RECORD_PEER] = {"peers", "txt"},
	[RECORD_ATTACHMENT] = {"attachments", "bin"},
	[RECORD_IMPORT] = {"imports", "bin"},
	[RECORD_GAP] = {"gaps", "txt"},
	[RECORD_KEY] = {"keys", "pem"},
	[RECORD_ANCHOR] = {"anchors", "tsr"},
	[RECORD_EXPORT] = {"exports", "txt"},
	[RECORD_ERASURE] = {"erasures", "txt"},
};

/* The first lines of every record; no field may look like one of them. */
static const char *const reserved_keys[] = {"seq", "type", "salt", "stored"};

void record_twin_path(uint64_t seq, char out[BLOB_PATH_SIZE])
{
	snprintf(out, BLOB_PATH_SIZE, "data/redacted/%06" PRIu64 ".txt", seq);
}

void record_blob_path(enum record_type type, uint64_t seq, char out[BLOB_PATH_SIZE])
{
	snprintf(out, BLOB_PATH_SIZE, "data/%s/%06" PRIu64 ".%s", homes[type].folder, seq,
		homes[type].extension);
}

void record_text_path(uint64_t seq, char out[BLOB_PATH_SIZE])
{
	snprintf(out, BLOB_PATH_SIZE, "data/records/%06" PRIu64 ".txt", seq);
}

static bool key_fits(struct str key)
{
	if (key.len == 0 || key.len > LIMIT_RECORD_KEY)
		return false;
	for (size_t i = 0; i < key.len; i++)
		if ((key.ptr[i] < 'a' || key.ptr[i] > 'z') && key.ptr[i] != '-')
			return false;
	for (size_t i = 0; i < sizeof(reserved_keys) / sizeof(*reserved_keys); i++)
		if (str_eq(key, str_from(reserved_keys[i])))
			return false;
	return true;
}

static bool blob_path_fits(const struct record *r)
{
	char path[BLOB_PATH_SIZE];
	record_blob_path(r->type, r->seq, path);
	return str_eq(r->blob_path, str_from(path));
}

static void head_write(const struct record *r, struct buf *out)
{
	char salt[2 * sizeof(r->salt) + 1];
	char stored[TIME_TEXT_SIZE];
	hex_encode(r->salt, sizeof(r->salt), salt);
	time_format(r->stored_at_us, 0, true, stored);
	buf_add_format(out, VERSION_LINE "\nseq: %" PRIu64 "\ntype: %s\nsalt: %s\nstored: %s\n",
		r->seq, record_type_name(r->type), salt, stored);
}

static void field_write(const struct record_field *field, struct buf *out)
{
	buf_add_str(out, field->key);
	buf_add_char(out, ':');
	if (field->value.len > 0) {
		buf_add_char(out, ' ');
		value_write(out, field->value);
	}
	buf_add_char(out, '\n');
}

static void blob_write(const struct record *r, struct buf *out)
{
	char hex[SHA256_HEX_SIZE];
	sha256_hex(&r->blob, hex);
	buf_add_format(out, "%s  %.*s\n", hex, STR_ARG(r->blob_path));
}

int record_write(const struct record *r, struct buf *out, struct error *err)
{
	assert(r->seq > 0 && r->type < RECORD_TYPE_COUNT);
	size_t start = out->len;
	for (size_t i = 0; i < r->field_count; i++)
		if (!key_fits(r->fields[i].key))
			return error_set(err, ERROR_INPUT,
				"'%.*s' cannot be the key of a record's field",
				STR_ARG(r->fields[i].key));
	if (r->has_blob && !blob_path_fits(r))
		return error_set(err, ERROR_INPUT, "'%.*s' is not the path of this record's octets",
			STR_ARG(r->blob_path));
	head_write(r, out);
	for (size_t i = 0; i < r->field_count; i++)
		field_write(&r->fields[i], out);
	if (r->has_blob)
		blob_write(r, out);
	if (out->failed)
		return error_memory(err);
	if (out->len - start > LIMIT_RECORD) {
		size_t size = out->len - start;
		out->len = start;
		return error_set(err, ERROR_LIMIT, "record has %zu bytes, at most %zu are kept",
			size, LIMIT_RECORD);
	}
	return 0;
}

static bool type_parse(struct str name, enum record_type *out)
{
	for (int t = 0; t < RECORD_TYPE_COUNT; t++) {
		if (str_eq(name, str_from(record_type_name((enum record_type)t)))) {
			*out = (enum record_type)t;
			return true;
		}
	}
	return false;
}

/* Takes the line "key: value" off *rest. */
static bool take(struct str *rest, struct str key, struct str *value)
{
	struct str line;
	if (!str_line(rest, &line) || !str_starts(line, key))
		return false;
	line = str_slice(line, key.len, line.len);
	if (!str_starts(line, STR(": ")))
		return false;
	*value = str_slice(line, 2, line.len);
	return true;
}

/* Takes the fixed lines off *rest; 0, or the number of the first line that does not fit. */
static unsigned head_read(struct str *rest, struct record *r)
{
	struct str value;
	struct sha256 salt;
	int offset_min = 0;
	if (!str_line(rest, &value) || !str_eq(value, STR(VERSION_LINE)))
		return 1;
	if (!take(rest, STR("seq"), &value) || !str_to_u64(value, UINT64_MAX, &r->seq) || !r->seq)
		return 2;
	if (!take(rest, STR("type"), &value) || !type_parse(value, &r->type))
		return 3;
	/* a salt is written as a SHA-256 is: 32 octets in lower case */
	if (!take(rest, STR("salt"), &value) || !sha256_parse(value, &salt))
		return 4;
	for (size_t i = 0; i < sizeof(r->salt); i++)
		r->salt[i] = salt.octet[i];
	if (!take(rest, STR("stored"), &value) || !time_parse(value, &r->stored_at_us, &offset_min))
		return 5;
	return 0;
}

/* "<64 digits>  data/messages/000004.eml" */
static bool blob_read(struct str line, struct record *r)
{
	if (!sha256_parse(str_slice(line, 0, 64), &r->blob) ||
		!str_starts(str_slice(line, 64, line.len), STR("  ")))
		return false;
	r->blob_path = arena_str(&r->arena, str_slice(line, 66, line.len));
	r->has_blob = r->blob_path.ptr != NULL && blob_path_fits(r);
	return r->has_blob;
}

static bool field_read(struct str line, struct record *r, struct buf *scratch)
{
	struct str key, value = line;
	char terminated[LIMIT_RECORD_KEY + 1];
	if (!str_split(&value, ':', &key) || !key_fits(key))
		return false;
	snprintf(terminated, sizeof(terminated), "%.*s", STR_ARG(key));
	if (str_starts(value, STR(" ")))
		value = str_slice(value, 1, value.len);
	buf_clear(scratch);
	return value_read(value, scratch) && !scratch->failed &&
		record_add(r, terminated, buf_str(scratch)) == 0;
}

/* 0, or the number of the first line that does not fit. */
static unsigned lines_read(struct str bytes, struct record *r)
{
	struct buf scratch = {0};
	struct str rest = bytes, line;
	unsigned number = head_read(&rest, r);
	if (number > 0)
		return number;
	bool fits = true;
	for (number = 5; fits && str_line(&rest, &line); number++)
		fits = !r->has_blob && (field_read(line, r, &scratch) || blob_read(line, r));
	buf_finish(&scratch);
	return fits ? 0 : number;
}

/* The line at which two texts part. */
static unsigned line_of_difference(struct str a, struct str b)
{
	unsigned line = 1;
	for (size_t i = 0; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
		if (a.ptr[i] == '\n')
			line++;
	return line;
}

/* Accepts exactly what record_write writes: what was understood is written again and compared, so
   that no second spelling of a record can exist. */
int record_read(struct str bytes, struct record *out, struct error *err)
{
	struct record r;
	struct buf again = {0};
	int status = -1;
	record_init(&r);
	if (bytes.len > LIMIT_RECORD) {
		error_set(err, ERROR_LIMIT, "record has %zu bytes, at most %zu are read", bytes.len,
			LIMIT_RECORD);
		goto out;
	}
	unsigned line = lines_read(bytes, &r);
	if (line == 0) {
		if (record_write(&r, &again, err) < 0)
			goto out;
		if (!str_eq(buf_str(&again), bytes))
			line = line_of_difference(buf_str(&again), bytes);
	}
	if (line > 0) {
		error_at(err, ERROR_INPUT, NULL, line, 0,
			"line %u of the record is not in the form '" VERSION_LINE "'", line);
		goto out;
	}
	record_finish(out);
	*out = r;
	record_init(&r);
	status = 0;
out:
	buf_finish(&again);
	record_finish(&r);
	return status;
}
