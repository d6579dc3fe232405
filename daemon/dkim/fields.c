/* A message's header fields, as far as signatures need them. */
#include "fields.h"

#include "base/array.h"
#include "base/limits.h"
#include <stdlib.h>

/* The next line with its line end. */
static struct str next_line(struct str *rest)
{
	size_t at;
	size_t len = str_find(*rest, STR("\n"), &at) ? at + 1 : rest->len;
	struct str line = str_slice(*rest, 0, len);
	*rest = str_slice(*rest, len, rest->len);
	return line;
}

static bool is_empty(struct str line)
{
	return str_eq(line, STR("\n")) || str_eq(line, STR("\r\n"));
}

static bool goes_on(struct str line)
{
	return line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
}

static int add_field(struct fields *f, struct str line, struct error *err)
{
	size_t colon;
	if (!str_find(line, STR(":"), &colon) || !colon)
		return 0;
	if (array_room(&f->items, f->count, &f->cap, sizeof(*f->items)) < 0)
		return error_memory(err);
	f->items[f->count++] =
		(struct field){.name = str_trim(str_slice(line, 0, colon)), .text = line};
	return 0;
}

int fields_read(struct str octets, struct fields *out, bool *cut, struct error *err)
{
	struct str rest = octets;
	bool belongs = false; /* to the last field: what goes on */
	*cut = false;
	while (rest.len) {
		struct str line = next_line(&rest);
		if (is_empty(line))
			break;
		if (out->count == LIMIT_HEADERS_ALL || octets.len - rest.len > LIMIT_HEADER_BLOCK) {
			*cut = true;
			return 0;
		}
		if (goes_on(line)) {
			if (belongs)
				out->items[out->count - 1].text.len += line.len;
			continue;
		}
		size_t before = out->count;
		if (add_field(out, line, err) < 0)
			return -1;
		belongs = out->count > before;
	}
	out->body = rest;
	return 0;
}

void fields_finish(struct fields *f)
{
	free(f->items);
	*f = (struct fields){0};
}

struct field *fields_take(struct fields *f, struct str name)
{
	for (size_t i = f->count; i-- > 0;)
		if (!f->items[i].used && str_eq_nocase(f->items[i].name, name)) {
			f->items[i].used = true;
			return &f->items[i];
		}
	return NULL;
}

void fields_begin(struct fields *f)
{
	for (size_t i = 0; i < f->count; i++)
		f->items[i].used = false;
}
