/* Text made equal for matching, with the way back to its source; fast where text is plain. */
#include "base/limits.h"
#include "base/utf8.h"
#include "normal.h"

#include <stdlib.h>
#include <string.h>

#define EACH_BYTE (UINT64_MAX / 255)

struct folder {
	struct str in;
	struct folded *out;
	size_t at; /* the source is read up to here */
	bool fold_case;
	/* The last code point that was copied as it stood: a mark behind it takes it back. */
	bool has_last;
	size_t last_in, last_out;
};

void folded_finish(struct folded *f)
{
	if (!f)
		return;
	buf_finish(&f->text);
	free(f->origin);
	*f = (struct folded){0};
}

/* Room for `more` bytes and their origins, and the one origin behind the end. */
static int make_room(struct folded *f, size_t more)
{
	if (f->origin && f->cap - f->text.len > more)
		return 0;
	if (!buf_reserve(&f->text, more) || f->text.cap > SIZE_MAX / sizeof(*f->origin))
		return -1;
	uint32_t *origin = realloc(f->origin, f->text.cap * sizeof(*origin));
	if (!origin)
		return -1;
	f->origin = origin;
	f->cap = f->text.cap;
	return 0;
}

static int emit(struct folder *f, int32_t c, size_t origin)
{
	struct folded *out = f->out;
	if (make_room(out, 4) < 0)
		return -1;
	if (f->fold_case)
		c = normal_fold_case(c);
	size_t size = utf8_encode(c, out->text.ptr + out->text.len);
	for (size_t i = 0; i < size; i++)
		out->origin[out->text.len++] = (uint32_t)origin;
	return 0;
}

/* Eight ASCII bytes at once, 'A' to 'Z' with bit 0x20 set. */
static uint64_t lower_eight(uint64_t bytes)
{
	uint64_t from_a = bytes + EACH_BYTE * (0x80 - 'A');
	uint64_t above_z = bytes + EACH_BYTE * (0x80 - 'Z' - 1);
	return bytes | (from_a & ~above_z & EACH_BYTE * 0x80) >> 2;
}

static int copy_ascii(struct folder *f)
{
	struct folded *out = f->out;
	if (make_room(out, f->in.len - f->at) < 0)
		return -1;
	const char *in = f->in.ptr;
	char *to = out->text.ptr + out->text.len;
	uint32_t *origin = out->origin + out->text.len;
	size_t start = f->at, at = start;
	for (; f->in.len - at >= 8; at += 8) {
		uint64_t eight;
		memcpy(&eight, in + at, sizeof(eight));
		if (eight & EACH_BYTE * 0x80)
			break;
		if (f->fold_case)
			eight = lower_eight(eight);
		memcpy(to + (at - start), &eight, sizeof(eight));
		for (size_t i = 0; i < 8; i++)
			origin[at - start + i] = (uint32_t)(at + i);
	}
	for (; at < f->in.len && (unsigned char)in[at] < 0x80; at++) {
		bool upper = f->fold_case && in[at] >= 'A' && in[at] <= 'Z';
		to[at - start] = upper ? (char)(in[at] | 0x20) : in[at];
		origin[at - start] = (uint32_t)at;
	}
	if (at > start) {
		out->text.len += at - start;
		f->at = at;
		f->has_last = true;
		f->last_in = at - 1;
		f->last_out = out->text.len - 1;
	}
	return 0;
}

/* Normalises the character that begins at f->at with all that continues it. */
static int rewrite(struct folder *f)
{
	int32_t character[1 + LIMIT_COMBINING], form[NORMAL_ROOM];
	size_t count = 0, origin = f->at;
	while (f->at < f->in.len && count < 1 + LIMIT_COMBINING) {
		size_t next = f->at;
		int32_t c = utf8_next(f->in, &next);
		enum normal_class class = normal_class(c);
		if (f->at > origin && class != NORMAL_CONTINUES && class != NORMAL_IGNORED)
			break;
		if (class != NORMAL_IGNORED)
			character[count++] = c;
		f->at = next;
	}
	size_t formed = normal_form(character, count, form);
	for (size_t i = 0; i < formed; i++)
		if (emit(f, form[i], origin) < 0)
			return -1;
	f->has_last = false;
	return 0;
}

/* Copies the code points from f->at on that are plain though not ASCII. */
static int copy_plain(struct folder *f)
{
	while (f->at < f->in.len && (unsigned char)f->in.ptr[f->at] >= 0x80) {
		size_t start = f->at, next = start;
		int32_t c = utf8_next(f->in, &next);
		if (!normal_is_plain(c))
			break;
		f->has_last = true;
		f->last_in = start;
		f->last_out = f->out->text.len;
		f->at = next;
		if (emit(f, c, start) < 0)
			return -1;
	}
	return 0;
}

/* What is neither ASCII nor plain: one character, with the one before it when it joins that. */
static int fold_one(struct folder *f)
{
	size_t next = f->at;
	enum normal_class class = normal_class(utf8_next(f->in, &next));
	if (f->has_last && (class == NORMAL_CONTINUES || class == NORMAL_IGNORED)) {
		f->at = f->last_in;
		f->out->text.len = f->last_out;
	}
	return rewrite(f);
}

int utf8_fold(struct str s, bool fold_case, struct folded *out)
{
	struct folder f = {.in = s, .out = out, .fold_case = fold_case};
	buf_clear(&out->text);
	if (s.len > UINT32_MAX || make_room(out, s.len) < 0)
		return -1;
	while (f.at < s.len) {
		if (copy_ascii(&f) < 0 || copy_plain(&f) < 0)
			return -1;
		if (f.at < s.len && (unsigned char)s.ptr[f.at] >= 0x80 && fold_one(&f) < 0)
			return -1;
	}
	out->origin[out->text.len] = (uint32_t)s.len;
	return 0;
}
