/* Lists of tags as signatures and keys have them (RFC 6376 section 3.2). */
#include "tags.h"

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool name_fits(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '_')))
			return false;
	}
	return name.len > 0;
}

bool tags_read(struct str text, struct tags *out)
{
	struct str rest = text, spec;
	out->count = 0;
	while (str_split(&rest, ';', &spec)) {
		struct str name, value = spec;
		if (!str_trim(spec).len) {
			/* only behind the last one */
			if (str_trim(rest).len)
				return false;
			continue;
		}
		size_t at;
		if (!str_find(spec, STR("="), &at))
			return false;
		name = str_trim(str_slice(spec, 0, at));
		value = str_trim(str_slice(spec, at + 1, spec.len));
		if (!name_fits(name) || out->count == TAGS_MOST)
			return false;
		for (size_t i = 0; i < out->count; i++)
			if (str_eq(out->items[i].name, name))
				return false;
		if (!value.ptr)
			value = STR("");
		out->items[out->count++] = (struct tag){name, value};
	}
	return out->count > 0;
}

struct str tags_get(const struct tags *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (str_eq(t->items[i].name, str_from(name)))
			return t->items[i].value;
	return (struct str){0};
}

bool tags_place(struct str text, const char *name, size_t *start, size_t *end)
{
	for (size_t at = 0; at < text.len;) {
		size_t stop = at, equals;
		while (stop < text.len && text.ptr[stop] != ';')
			stop++;
		struct str spec = str_slice(text, at, stop);
		if (str_find(spec, STR("="), &equals) &&
			str_eq(str_trim(str_slice(spec, 0, equals)), str_from(name))) {
			*start = at + equals + 1;
			*end = stop;
			return true;
		}
		at = stop + 1;
	}
	return false;
}

void add_solid(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_white(text.ptr[i]))
			buf_add_char(out, text.ptr[i]);
}

bool colon_list_next(struct str *rest, struct str *item)
{
	if (!str_split(rest, ':', item))
		return false;
	*item = str_trim(*item);
	return true;
}

bool colon_list_has(struct str list, struct str word)
{
	struct str item;
	while (colon_list_next(&list, &item))
		if (str_eq_nocase(item, word))
			return true;
	return false;
}
