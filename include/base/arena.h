/* Memory that is given back all at once: what one message, file or answer needs. */
#ifndef OVERSTEP_BASE_ARENA_H
#define OVERSTEP_BASE_ARENA_H

#include "base/str.h"

struct arena_block;

/* Zero-initialised is empty. Pointers stay valid until arena_finish. */
struct arena {
	struct arena_block *last;
};

void arena_finish(struct arena *a);
/* Zeroed, aligned for any type; NULL when out of memory. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);
/* Zeroed array; NULL when out of memory or count * size overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* A copy with a NUL behind it; {NULL, 0} only when out of memory. */
struct str arena_str(struct arena *a, struct str s);
char *arena_cstr(struct arena *a, struct str s);
struct str arena_format(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
