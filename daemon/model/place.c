/* The place of a message in a file, as JSON and back. */
#include "base/json.h"
#include "model/raw.h"
#include <assert.h>

const char *line_ends_name(enum line_ends e)
{
	static const char *const names[LINE_ENDS_COUNT] = {
		[LINE_ENDS_CRLF] = "crlf",
		[LINE_ENDS_LF] = "lf",
		[LINE_ENDS_MIXED] = "mixed",
	};
	assert(e < LINE_ENDS_COUNT);
	return names[e];
}

bool line_ends_parse(struct str name, enum line_ends *out)
{
	for (int e = 0; e < LINE_ENDS_COUNT; e++)
		if (str_eq(name, str_from(line_ends_name((enum line_ends)e)))) {
			*out = (enum line_ends)e;
			return true;
		}
	return false;
}

bool place_in_file(const struct place *p)
{
	return p->file.format.ptr != NULL;
}

static void write_sum(struct json_writer *w, const char *key, bool known, const struct sha256 *sum)
{
	char hex[SHA256_HEX_SIZE];
	if (known)
		sha256_hex(sum, hex);
	json_cstr(w, key, known ? hex : NULL);
}

void file_place_write(struct json_writer *w, const char *key, const struct file_place *f)
{
	json_object(w, key);
	json_str(w, "name", f->name);
	json_str(w, "format", f->format);
	json_int(w, "number", (int64_t)f->number);
	json_int(w, "start", (int64_t)f->start);
	json_int(w, "bytes", (int64_t)f->size_bytes);
	json_cstr(w, "line_ends", line_ends_name(f->line_ends));
	write_sum(w, "sha256", true, &f->sum);
	write_sum(w, "export_sha256", f->has_export, &f->export);
	json_str(w, "zone", f->zone);
	json_str(w, "locale", f->locale);
	json_str(w, "author", f->author);
	json_object_end(w);
}

/* A text, or null for an absent one. */
static bool read_text(
	const struct json_value *v, const char *key, struct arena *arena, struct str *out)
{
	struct str text = json_to_str(json_get(v, key));
	*out = text.ptr ? arena_str(arena, text) : text;
	return !text.ptr || out->ptr;
}

static bool read_number(const struct json_value *v, const char *key, uint64_t *out)
{
	int64_t number = json_to_int(json_get(v, key), -1);
	*out = (uint64_t)number;
	return number >= 0;
}

int file_place_read(const struct json_value *v, struct arena *arena, struct file_place *out)
{
	struct file_place made = {0};
	struct str export = json_to_str(json_get(v, "export_sha256"));
	made.has_export = export.ptr != NULL;
	if (!read_text(v, "name", arena, &made.name) ||
		!read_text(v, "format", arena, &made.format) || !made.name.ptr ||
		!made.format.ptr || !read_number(v, "number", &made.number) ||
		!read_number(v, "start", &made.start) ||
		!read_number(v, "bytes", &made.size_bytes) ||
		!line_ends_parse(json_to_str(json_get(v, "line_ends")), &made.line_ends) ||
		!sha256_parse(json_to_str(json_get(v, "sha256")), &made.sum) ||
		(export.ptr && !sha256_parse(export, &made.export)) ||
		!read_text(v, "zone", arena, &made.zone) ||
		!read_text(v, "locale", arena, &made.locale) ||
		!read_text(v, "author", arena, &made.author))
		return -1;
	*out = made;
	return 0;
}
