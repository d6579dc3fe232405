/* Where a message stood, as fields of its record and back. */
#include "record_form.h"
#include <inttypes.h>

/* Adds what stands in *text as a field, and empties it. */
static int add(struct record *r, const char *key, struct buf *text)
{
	int status = text->failed ? -1 : record_add(r, key, buf_str(text));
	buf_clear(text);
	return status;
}

static int file_add(struct record *r, const struct place *place, struct buf *text)
{
	const struct file_place *f = &place->file;
	const struct str words[] = {place->account, f->format, place->folder, f->name};
	char sum[SHA256_HEX_SIZE];
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		word_write(text, words[i]);
		buf_add_char(text, ' ');
	}
	buf_add_format(
		text, "%" PRIu64 " %" PRIu64 " %" PRIu64, f->number, f->start, f->size_bytes);
	if (add(r, "file", text) < 0)
		return -1;
	sha256_hex(&f->sum, sum);
	buf_add_format(text, "%s %s", line_ends_name(f->line_ends), sum);
	if (add(r, "found", text) < 0)
		return -1;
	if (!f->has_export)
		return 0;
	sha256_hex(&f->export, sum);
	buf_add_format(text, "%s ", sum);
	word_write(text, f->zone);
	buf_add_char(text, ' ');
	word_write(text, f->locale);
	buf_add_char(text, ' ');
	word_write(text, f->author);
	return add(r, "export", text);
}

int place_add(struct record *r, const struct place *place)
{
	struct buf text = {0};
	int status;
	if (place_in_file(place)) {
		status = file_add(r, place, &text);
	} else {
		word_write(&text, place->account);
		buf_add_char(&text, ' ');
		word_write(&text, place->folder);
		buf_add_format(&text, " %" PRIu32 " %" PRIu32, place->uidvalidity, place->uid);
		status = add(r, "imap", &text);
	}
	buf_finish(&text);
	return status;
}

/* Takes the next word off *rest. */
static bool take_word(struct str *rest, struct arena *arena, struct str *out)
{
	struct str written;
	return str_split(rest, ' ', &written) && word_read(written, arena, out);
}

static bool take_number(struct str *rest, uint64_t most, uint64_t *out)
{
	struct str written;
	return str_split(rest, ' ', &written) && str_to_u64(written, most, out);
}

static bool imap_read(struct str text, struct arena *arena, struct place *out)
{
	uint64_t validity, uid;
	if (!take_word(&text, arena, &out->account) || !take_word(&text, arena, &out->folder) ||
		!take_number(&text, UINT32_MAX, &validity) || !str_to_u64(text, UINT32_MAX, &uid))
		return false;
	out->uidvalidity = (uint32_t)validity;
	out->uid = (uint32_t)uid;
	return true;
}

static bool found_read(struct str text, struct file_place *out)
{
	struct str name;
	return str_split(&text, ' ', &name) && line_ends_parse(name, &out->line_ends) &&
		sha256_parse(text, &out->sum);
}

static bool export_read(struct str text, struct arena *arena, struct file_place *out)
{
	struct str sum;
	out->has_export = text.ptr != NULL;
	return !text.ptr ||
		(str_split(&text, ' ', &sum) && sha256_parse(sum, &out->export) &&
			take_word(&text, arena, &out->zone) &&
			take_word(&text, arena, &out->locale) &&
			word_read(text, arena, &out->author));
}

static bool file_read_place(struct str text, struct arena *arena, struct place *out)
{
	struct file_place *f = &out->file;
	return take_word(&text, arena, &out->account) && take_word(&text, arena, &f->format) &&
		f->format.len && take_word(&text, arena, &out->folder) &&
		take_word(&text, arena, &f->name) && take_number(&text, INT64_MAX, &f->number) &&
		take_number(&text, INT64_MAX, &f->start) &&
		str_to_u64(text, INT64_MAX, &f->size_bytes);
}

const char *place_get(struct record *r, struct place *out)
{
	struct str file = record_get(r, "file", 0);
	struct place place = {0};
	if (!file.ptr) {
		if (!imap_read(record_get(r, "imap", 0), &r->arena, &place))
			return "imap";
	} else if (!file_read_place(file, &r->arena, &place)) {
		return "file";
	} else if (!found_read(record_get(r, "found", 0), &place.file)) {
		return "found";
	} else if (!export_read(record_get(r, "export", 0), &r->arena, &place.file)) {
		return "export";
	}
	*out = place;
	return NULL;
}
