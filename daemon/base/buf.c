/* A growing byte string that remembers when it ran out of memory. */
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_finish(struct buf *b)
{
	if (!b)
		return;
	free(b->ptr);
	*b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->failed = false;
}

char *buf_reserve(struct buf *b, size_t len)
{
	if (b->failed)
		return NULL;
	/* One byte is kept for the NUL of buf_cstr, which so never needs memory. */
	if (len >= SIZE_MAX - b->len || (b->max != 0 && (b->len > b->max || len > b->max - b->len)))
		goto fail;
	size_t need = b->len + len + 1;
	if (need > b->cap) {
		size_t cap = b->cap < SIZE_MAX / 2 ? b->cap * 2 : SIZE_MAX;
		if (cap < need)
			cap = need;
		if (cap < 64)
			cap = 64;
		char *ptr = realloc(b->ptr, cap);
		if (!ptr)
			goto fail;
		b->ptr = ptr;
		b->cap = cap;
	}
	return b->ptr + b->len;
fail:
	b->failed = true;
	return NULL;
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
	char *room = len > 0 ? buf_reserve(b, len) : NULL;
	if (!room)
		return;
	memcpy(room, bytes, len);
	b->len += len;
}

void buf_add_str(struct buf *b, struct str s)
{
	buf_add(b, s.ptr, s.len);
}

void buf_add_cstr(struct buf *b, const char *s)
{
	buf_add_str(b, str_from(s));
}

void buf_add_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_add_format(struct buf *b, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(b, format, arguments);
	va_end(arguments);
}

void buf_add_vformat(struct buf *b, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0) {
		b->failed = true;
		return;
	}
	char *room = buf_reserve(b, (size_t)len);
	if (!room)
		return;
	vsnprintf(room, (size_t)len + 1, format, arguments);
	b->len += (size_t)len;
}

struct str buf_str(const struct buf *b)
{
	return (struct str){b->ptr ? b->ptr : "", b->ptr ? b->len : 0};
}

const char *buf_cstr(struct buf *b)
{
	if (b->failed || !b->ptr)
		return "";
	b->ptr[b->len] = '\0';
	return b->ptr;
}
