/* What a tree of JSON holds, asked for by type: what is of another type is as good as absent. */
#include "json_tree.h"
#include <stdlib.h>
#include <string.h>

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

static bool is(const struct json_value *v, enum json_type type)
{
	return v && v->type == type;
}

static int against_key(const void *key, const void *member)
{
	const struct json_member *const *m = member;
	return str_cmp(*(const struct str *)key, (*m)->key);
}

const struct json_value *json_get(const struct json_value *object, const char *key)
{
	if (!is(object, JSON_OBJECT))
		return NULL;
	const struct json_object *o = object->object;
	struct str wanted = str_from(key);
	if (o->sorted) {
		const struct json_member *const *found = bsearch(&wanted, o->sorted, object->count,
			sizeof(struct json_member *), against_key);
		return found ? &(*found)->value : NULL;
	}
	for (size_t i = 0; i < object->count; i++)
		if (str_eq(o->members[i].key, wanted))
			return &o->members[i].value;
	return NULL;
}

size_t json_count(const struct json_value *array)
{
	return is(array, JSON_ARRAY) ? array->count : 0;
}

const struct json_value *json_at(const struct json_value *array, size_t index)
{
	return index < json_count(array) ? &array->items[index] : NULL;
}

bool json_is_object(const struct json_value *v)
{
	return is(v, JSON_OBJECT);
}

bool json_is_null(const struct json_value *v)
{
	return !v || v->type == JSON_NULL;
}

struct str json_to_str(const struct json_value *v)
{
	return is(v, JSON_STRING) ? v->string : (struct str){NULL, 0};
}

int64_t json_to_int(const struct json_value *v, int64_t otherwise)
{
	return is(v, JSON_INTEGER) ? v->integer : otherwise;
}

bool json_to_bool(const struct json_value *v, bool otherwise)
{
	return is(v, JSON_TRUE) || (otherwise && !is(v, JSON_FALSE));
}

/* *state points at the member last given. */
const struct json_value *json_each(const struct json_value *object, void **state, const char **key)
{
	if (!is(object, JSON_OBJECT) || !object->count)
		return NULL;
	const struct json_member *first = object->object->members;
	const struct json_member *next = *state ? (const struct json_member *)*state + 1 : first;
	*state = next < first + object->count ? (void *)next : NULL;
	if (!*state)
		return NULL;
	if (key)
		*key = next->key.ptr;
	return &next->value;
}
