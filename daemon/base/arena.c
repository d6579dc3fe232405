/* Memory that is given back all at once: a chain of blocks, the newest first. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Small messages should stay small; large ones should not make thousands of blocks. */
#define BLOCK_FIRST ((size_t)1024)
#define BLOCK_LARGEST ((size_t)64 * 1024)

struct arena_block {
	struct arena_block *before;
	size_t used;
	size_t size;
	_Alignas(max_align_t) unsigned char bytes[];
};

void arena_finish(struct arena *a)
{
	if (!a)
		return;
	for (struct arena_block *block = a->last; block;) {
		struct arena_block *before = block->before;
		free(block);
		block = before;
	}
	a->last = NULL;
}

/* calloc, and no byte is handed out twice: so what is handed out is zero. */
static struct arena_block *block_new(size_t size)
{
	if (size > SIZE_MAX - sizeof(struct arena_block))
		return NULL;
	struct arena_block *block = calloc(1, sizeof(*block) + size);
	if (block)
		block->size = size;
	return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	if (size > SIZE_MAX - align)
		return NULL;
	size = size == 0 ? align : (size + align - 1) / align * align;
	struct arena_block *block = a->last;
	if (!block || block->size - block->used < size) {
		size_t next = block ? block->size * 2 : BLOCK_FIRST;
		if (next > BLOCK_LARGEST)
			next = BLOCK_LARGEST;
		bool large = size > next / 2;
		struct arena_block *fresh = block_new(large ? size : next);
		if (!fresh)
			return NULL;
		if (large && block) {
			/* Behind the newest, whose remaining room is still good for small things.
			 */
			fresh->before = block->before;
			block->before = fresh;
		} else {
			fresh->before = block;
			a->last = fresh;
		}
		block = fresh;
	}
	void *memory = block->bytes + block->used;
	block->used += size;
	return memory;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return NULL;
	return arena_alloc(a, count * size);
}

char *arena_cstr(struct arena *a, struct str s)
{
	char *copy = s.len < SIZE_MAX ? arena_alloc(a, s.len + 1) : NULL;
	if (copy && s.len > 0)
		memcpy(copy, s.ptr, s.len);
	return copy;
}

struct str arena_str(struct arena *a, struct str s)
{
	char *copy = arena_cstr(a, s);
	return (struct str){copy, copy ? s.len : 0};
}

struct str arena_format(struct arena *a, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int len = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	char *text = len < 0 ? NULL : arena_alloc(a, (size_t)len + 1);
	if (!text)
		return (struct str){NULL, 0};
	va_start(arguments, format);
	vsnprintf(text, (size_t)len + 1, format, arguments);
	va_end(arguments);
	return (struct str){text, (size_t)len};
}
