/* JSON read into a tree; the only door to jansson. */
#include "base/json.h"

#include "base/limits.h"

/* jansson has functions of three of our names, which we never call: out of the way. (That its own
   calls do not end in ours is the work of hidden visibility, CMakeLists.txt.) */
#define json_object jansson_object
#define json_array jansson_array
#define json_null jansson_null
#include <jansson.h>
#undef json_object
#undef json_array
#undef json_null
#undef json_is_object
#undef json_is_null
#include <stdlib.h>

/* A document and its root: jansson's values are handed out as the opaque json_value. */
struct json_document {
	json_t *root;
};

static const struct json_value *as_value(const json_t *v)
{
	return (const struct json_value *)v;
}

static json_t *as_jansson(const struct json_value *v)
{
	return (json_t *)v;
}

/* jansson recurses for each bracket, so the depth is bounded before it sees the text. */
static int check_depth(struct str text, struct error *err)
{
	unsigned line = 1, depth = 0;
	size_t line_start = 0;
	bool in_string = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '\n') {
			line++;
			line_start = i + 1;
		}
		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '[' || c == '{') {
			if (++depth > LIMIT_JSON_DEPTH)
				return error_at(err, ERROR_INPUT, NULL, line,
					(unsigned)(i - line_start + 1),
					"json is nested deeper than %d", LIMIT_JSON_DEPTH);
		} else if ((c == ']' || c == '}') && depth > 0) {
			depth--;
		}
	}
	return 0;
}

int json_parse(struct str text, struct json_document **out, struct error *err)
{
	if (check_depth(text, err) < 0)
		return -1;
	struct json_document *d = calloc(1, sizeof(*d));
	if (!d)
		return error_memory(err);
	json_error_t why;
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL;
	d->root = json_loadb(text.ptr ? text.ptr : "", text.len, flags, &why);
	if (!d->root) {
		free(d);
		if (json_error_code(&why) == json_error_out_of_memory)
			return error_memory(err);
		return error_at(err, ERROR_INPUT, NULL, why.line > 0 ? (unsigned)why.line : 0,
			why.column > 0 ? (unsigned)why.column : 0, "json: %s", why.text);
	}
	*out = d;
	return 0;
}

void json_free(struct json_document *d)
{
	if (!d)
		return;
	json_decref(d->root);
	free(d);
}

const struct json_value *json_root(const struct json_document *d)
{
	return as_value(d->root);
}

const struct json_value *json_get(const struct json_value *object, const char *key)
{
	return as_value(json_object_get(as_jansson(object), key));
}

size_t json_count(const struct json_value *array)
{
	return json_array_size(as_jansson(array));
}

const struct json_value *json_at(const struct json_value *array, size_t index)
{
	return as_value(json_array_get(as_jansson(array), index));
}

bool json_is_object(const struct json_value *v)
{
	return v && json_typeof(as_jansson(v)) == JSON_OBJECT;
}

bool json_is_null(const struct json_value *v)
{
	return !v || json_typeof(as_jansson(v)) == JSON_NULL;
}

struct str json_to_str(const struct json_value *v)
{
	if (!v || json_typeof(as_jansson(v)) != JSON_STRING)
		return (struct str){NULL, 0};
	return (struct str){json_string_value(as_jansson(v)), json_string_length(as_jansson(v))};
}

int64_t json_to_int(const struct json_value *v, int64_t otherwise)
{
	if (!v || json_typeof(as_jansson(v)) != JSON_INTEGER)
		return otherwise;
	return json_integer_value(as_jansson(v));
}

bool json_to_bool(const struct json_value *v, bool otherwise)
{
	if (!v || !json_is_boolean(as_jansson(v)))
		return otherwise;
	return json_is_true(as_jansson(v));
}

const struct json_value *json_each(const struct json_value *object, void **state, const char **key)
{
	json_t *map = as_jansson(object);
	*state = *state ? json_object_iter_next(map, *state) : json_object_iter(map);
	if (!*state)
		return NULL;
	if (key)
		*key = json_object_iter_key(*state);
	return as_value(json_object_iter_value(*state));
}
