/* The facts of a message written down: JSON, and the text as it is. */
#include "codec.h"
#include "model/facts.h"

#include <stddef.h>

/* The plain strings: one table for writing and reading. */
static const struct field {
	const char *key;
	size_t offset;
} fields[] = {
	{"from", offsetof(struct facts, from)},
	{"to", offsetof(struct facts, to)},
	{"cc", offsetof(struct facts, cc)},
	{"subject", offsetof(struct facts, subject)},
	{"message_id", offsetof(struct facts, message_id)},
	{"in_reply_to", offsetof(struct facts, in_reply_to)},
	{"references", offsetof(struct facts, references)},
	{"automatic", offsetof(struct facts, automatic)},
};

#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

void facts_write(const struct facts *f, struct buf *out)
{
	struct json_writer w;
	json_begin(&w, out);
	json_object(&w, NULL);
	write_examined(&w, f->examined, f->not_examined);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		json_str(&w, fields[i].key,
			*(const struct str *)(const void *)((const char *)f + fields[i].offset));
	if (f->is_signed)
		json_bool(&w, "signed", true);
	if (f->seconds_unknown)
		json_bool(&w, "seconds_unknown", true);
	if (f->deleted)
		json_bool(&w, "deleted", true);
	json_array(&w, "attachments");
	for (size_t i = 0; i < f->attachment_count; i++) {
		json_object(&w, NULL);
		json_str(&w, "name", f->attachments[i].name);
		json_str(&w, "type", f->attachments[i].type);
		json_int(&w, "size_bytes", (int64_t)f->attachments[i].size_bytes);
		json_object_end(&w);
	}
	json_array_end(&w);
	write_text_object(&w, "text", &f->text);
	json_object_end(&w);
	write_text_bytes(&f->text, out);
}

static int read_attachments(const struct json_value *list, struct facts *f, struct error *err)
{
	f->attachment_count = json_count(list);
	f->attachments = arena_array(&f->arena, f->attachment_count, sizeof(*f->attachments));
	if (!f->attachments)
		return error_memory(err);
	for (size_t i = 0; i < f->attachment_count; i++) {
		const struct json_value *one = json_at(list, i);
		struct attachment *a = &f->attachments[i];
		if (read_text(one, "name", &f->arena, &a->name, err) < 0 ||
			read_text(one, "type", &f->arena, &a->type, err) < 0 ||
			read_number(one, "size_bytes", INT64_MAX, &a->size_bytes, err) < 0)
			return -1;
	}
	return 0;
}

static int read_facts(
	const struct json_value *root, struct str text, struct facts *f, struct error *err)
{
	if (read_examined(root, &f->arena, &f->examined, &f->not_examined, err) < 0)
		return -1;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		struct str *field = (struct str *)(void *)((char *)f + fields[i].offset);
		if (read_text(root, fields[i].key, &f->arena, field, err) < 0)
			return -1;
	}
	if (read_attachments(json_get(root, "attachments"), f, err) < 0)
		return -1;
	f->is_signed = json_to_bool(json_get(root, "signed"), false);
	f->seconds_unknown = json_to_bool(json_get(root, "seconds_unknown"), false);
	f->deleted = json_to_bool(json_get(root, "deleted"), false);
	return read_text_object(json_get(root, "text"), text, &f->text, err);
}

int facts_read(struct str written, struct facts *out, struct error *err)
{
	struct json_document *document = NULL;
	struct facts f = {0};
	struct str json, text;
	split_text_bytes(written, &json, &text);
	if (json_parse(json, &document, err) < 0)
		return -1;
	int result = read_facts(json_root(document), text, &f, err);
	json_free(document);
	if (result < 0)
		facts_finish(&f);
	else
		*out = f;
	return result;
}
