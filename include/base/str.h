/* Borrowed text, and a growing buffer that remembers when it ran out of memory. */
#ifndef OVERSTEP_BASE_STR_H
#define OVERSTEP_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* UTF-8 unless said otherwise, not NUL-terminated; {NULL, 0} is the absent string. */
struct str {
	const char *ptr;
	size_t len;
};

#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) ((int)(s).len), ((s).ptr ? (s).ptr : "")

struct str str_from(const char *terminated); /* NULL gives the absent string */
bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b); /* ASCII case only */
int str_cmp(struct str a, struct str b);        /* byte order; <0, 0, >0 */
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_trim(struct str s); /* without ASCII white space at both ends */
struct str str_slice(struct str s, size_t start, size_t end); /* clamped */
bool str_find(struct str s, struct str needle, size_t *at);   /* first place, byte-wise */
bool str_find_nocase(struct str s, struct str needle, size_t *at);
bool str_rfind_char(struct str s, char c, size_t *at);
/* 0 to 15 of a hexadecimal digit, else -1. */
int hex_value(char c);
/* Takes the part before the next `separator` off *rest; false when nothing is left. */
bool str_split(struct str *rest, char separator, struct str *part);
/* Takes the next line off *rest, without its LF or CRLF; false when nothing is left. */
bool str_line(struct str *rest, struct str *line);
/* Decimal digits only, the whole string; false when empty, wrong or over max. */
bool str_to_u64(struct str s, uint64_t max, uint64_t *out);
/* A NUL-terminated copy; free() it. NULL when out of memory. */
char *str_dup(struct str s);

/* A growing byte string. Zero-initialised is empty. An add that cannot get memory (or would pass
   `max`, when that is not 0) sets `failed` and drops everything later, so check once at the end. */
struct buf {
	char *ptr;
	size_t len;
	size_t cap;
	size_t max;
	bool failed;
};

void buf_finish(struct buf *b);
void buf_clear(struct buf *b); /* keeps the memory */
void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_add_str(struct buf *b, struct str s);
void buf_add_cstr(struct buf *b, const char *s);
void buf_add_char(struct buf *b, char c);
void buf_add_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_add_vformat(struct buf *b, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));
/* Room for `len` more bytes at the end, or NULL; the caller adds to b->len what it wrote. */
char *buf_reserve(struct buf *b, size_t len);
struct str buf_str(const struct buf *b);
/* NUL-terminates (outside len) and returns the pointer; "" when empty or failed. */
const char *buf_cstr(struct buf *b);

#endif
