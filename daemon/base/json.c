/* What a parsed JSON text is asked for; NULL stands for "absent" everywhere. */
#include "json_value.h"

#include <stdlib.h>

void json_free(struct json_document *d)
{
	if (!d)
		return;
	arena_finish(&d->arena);
	free(d);
}

const struct json_value *json_root(const struct json_document *d)
{
	return &d->root;
}

static bool is(const struct json_value *v, enum json_kind kind)
{
	return v && v->kind == kind;
}

const struct json_value *json_get(const struct json_value *object, const char *key)
{
	struct str wanted = str_from(key);
	for (size_t i = 0; is(object, JSON_OBJECT) && i < object->as.list.count; i++)
		if (str_eq(object->as.list.items[i].key, wanted))
			return &object->as.list.items[i];
	return NULL;
}

size_t json_count(const struct json_value *array)
{
	return is(array, JSON_ARRAY) ? array->as.list.count : 0;
}

const struct json_value *json_at(const struct json_value *array, size_t index)
{
	return index < json_count(array) ? &array->as.list.items[index] : NULL;
}

bool json_is_object(const struct json_value *v)
{
	return is(v, JSON_OBJECT);
}

bool json_is_null(const struct json_value *v)
{
	return !v || v->kind == JSON_NULL;
}

struct str json_to_str(const struct json_value *v)
{
	return is(v, JSON_STRING) ? v->as.text : (struct str){NULL, 0};
}

int64_t json_to_int(const struct json_value *v, int64_t otherwise)
{
	return is(v, JSON_INTEGER) ? v->as.integer : otherwise;
}

bool json_to_bool(const struct json_value *v, bool otherwise)
{
	return is(v, JSON_TRUE) || (otherwise && !is(v, JSON_FALSE));
}

const struct json_value *json_each(const struct json_value *object, void **state, const char **key)
{
	if (!is(object, JSON_OBJECT))
		return NULL;
	struct json_value *items = object->as.list.items;
	struct json_value *next = *state ? (struct json_value *)*state + 1 : items;
	if (next == items + object->as.list.count)
		return NULL;
	*state = next;
	if (key)
		*key = next->key.ptr;
	return next;
}
