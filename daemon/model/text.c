/* What a message says: made, and carried between processes. */
#include "model/text.h"

#include "base/utf8.h"

#include "codec.h"
#include "names.h"

#include <assert.h>

static const char *const span_kind_names[SPAN_COUNT] = {
	[SPAN_NEW] = "new",
	[SPAN_QUOTED] = "quoted",
	[SPAN_FORWARDED] = "forwarded",
	[SPAN_SIGNATURE] = "signature",
	[SPAN_AUTOMATIC] = "automatic",
};

enum span_flag { FLAG_UNSURE = 1, FLAG_HIDDEN = 2, FLAG_ALL = 3 };

const char *span_kind_name(enum span_kind k)
{
	assert(k < SPAN_COUNT);
	return span_kind_names[k];
}

bool span_kind_parse(struct str name, enum span_kind *out)
{
	size_t index;
	if (!name_find(name, span_kind_names, SPAN_COUNT, &index))
		return false;
	*out = (enum span_kind)index;
	return true;
}

void text_init(struct text *t)
{
	*t = (struct text){0};
}

void text_finish(struct text *t)
{
	if (!t)
		return;
	arena_finish(&t->arena);
	*t = (struct text){0};
}

int text_plain(struct text *t, struct str bytes)
{
	struct text made = {0};
	made.bytes = arena_str(&made.arena, bytes);
	made.spans = arena_array(&made.arena, 1, sizeof(*made.spans));
	if (!made.bytes.ptr || !made.spans) {
		text_finish(&made);
		return -1;
	}
	if (bytes.len > 0) {
		made.spans[0] = (struct span){.end = bytes.len, .part_end = bytes.len};
		made.span_count = 1;
	}
	/* Last, because the bytes may be t's own. */
	text_finish(t);
	*t = made;
	return 0;
}

void write_text_object(struct json_writer *w, const char *key, const struct text *t)
{
	json_object(w, key);
	json_array(w, "spans");
	for (size_t i = 0; i < t->span_count; i++) {
		const struct span *span = &t->spans[i];
		json_array(w, NULL);
		json_int(w, NULL, (int64_t)span->start);
		json_int(w, NULL, (int64_t)span->end);
		json_cstr(w, NULL, span_kind_name(span->kind));
		json_int(w, NULL,
			(span->unsure ? FLAG_UNSURE : 0) | (span->hidden ? FLAG_HIDDEN : 0));
		json_int(w, NULL, span->part);
		json_int(w, NULL, (int64_t)span->part_start);
		json_int(w, NULL, (int64_t)span->part_end);
		json_array_end(w);
	}
	json_array_end(w);
	json_bool(w, "cut", t->cut);
	json_object_end(w);
}

void text_write(const struct text *t, struct buf *out)
{
	struct json_writer w;
	json_begin(&w, out);
	write_text_object(&w, NULL, t);
	write_text_bytes(t, out);
}

void write_text_bytes(const struct text *t, struct buf *out)
{
	buf_add_char(out, '\n');
	buf_add_str(out, t->bytes);
}

void split_text_bytes(struct str written, struct str *json, struct str *bytes)
{
	*bytes = written;
	*json = (struct str){0}; /* of nothing there is no first line */
	str_line(bytes, json);
}

/* A span may not begin or end within a character: whoever shows it would cut it in two. */
static bool is_boundary(struct str bytes, size_t at)
{
	return utf8_cut(bytes, at) == at;
}

/* The span in `v` that begins where the last one ended. */
static bool read_span(const struct json_value *v, struct str bytes, size_t begins, struct span *out)
{
	int64_t start = json_to_int(json_at(v, 0), -1), end = json_to_int(json_at(v, 1), -1);
	int64_t flags = json_to_int(json_at(v, 3), -1), part = json_to_int(json_at(v, 4), -2);
	int64_t part_start = json_to_int(json_at(v, 5), -1);
	int64_t part_end = json_to_int(json_at(v, 6), -1);
	enum span_kind kind;
	if (json_count(v) != 7 || start < 0 || (uint64_t)start != begins || end < start ||
		(uint64_t)end > bytes.len || !is_boundary(bytes, (size_t)end) ||
		!span_kind_parse(json_to_str(json_at(v, 2)), &kind) || flags < 0 ||
		flags > FLAG_ALL || part < -1 || part > INT32_MAX || part_start < 0 ||
		part_end < part_start)
		return false;
	*out = (struct span){
		.start = (size_t)start,
		.end = (size_t)end,
		.kind = kind,
		.unsure = flags & FLAG_UNSURE,
		.hidden = flags & FLAG_HIDDEN,
		.part = (int)part,
		.part_start = (size_t)part_start,
		.part_end = (size_t)part_end,
	};
	return true;
}

static int read_spans(const struct json_value *spans, struct text *t, struct error *err)
{
	size_t count = json_count(spans), covered = 0;
	t->spans = arena_array(&t->arena, count, sizeof(*t->spans));
	if (!t->spans)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		if (!read_span(json_at(spans, i), t->bytes, covered, &t->spans[i]))
			return error_set(err, ERROR_INPUT,
				"bad span %zu, expected one from byte %zu within the text", i + 1,
				covered);
		covered = t->spans[i].end;
	}
	if (covered != t->bytes.len)
		return error_set(err, ERROR_INPUT, "spans end at byte %zu, expected %zu", covered,
			t->bytes.len);
	t->span_count = count;
	return 0;
}

static int read_bytes(struct str bytes, struct text *t, struct error *err)
{
	if (!utf8_valid(bytes))
		return error_set(err, ERROR_INPUT, "bad text, expected UTF-8");
	t->bytes = arena_str(&t->arena, bytes);
	return t->bytes.ptr ? 0 : error_memory(err);
}

int read_text_object(
	const struct json_value *object, struct str bytes, struct text *out, struct error *err)
{
	struct text read = {0};
	if (read_bytes(bytes, &read, err) < 0 || read_flag(object, "cut", &read.cut, err) < 0 ||
		read_spans(json_get(object, "spans"), &read, err) < 0) {
		text_finish(&read);
		return -1;
	}
	*out = read;
	return 0;
}

int text_read(struct str written, struct text *out, struct error *err)
{
	struct json_document *document = NULL;
	struct str json, bytes;
	split_text_bytes(written, &json, &bytes);
	if (json_parse(json, &document, err) < 0)
		return -1;
	int result = read_text_object(json_root(document), bytes, out, err);
	json_free(document);
	return result;
}
