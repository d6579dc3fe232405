/* What the readers of JSON share: a field of the right type, or the reason why not. */
#include "codec.h"

static int wrong(struct error *err, const char *key, const char *expected)
{
	return error_set(err, ERROR_INPUT, "bad '%s', expected %s", key, expected);
}

int read_text(const struct json_value *object, const char *key, struct arena *arena,
	struct str *out, struct error *err)
{
	const struct json_value *v = json_get(object, key);
	struct str value = json_to_str(v);
	if (json_is_null(v)) {
		*out = (struct str){NULL, 0};
		return 0;
	}
	if (!value.ptr)
		return wrong(err, key, "a string or null");
	struct str copy = arena_str(arena, value);
	if (!copy.ptr)
		return error_memory(err);
	*out = copy;
	return 0;
}

int read_number(const struct json_value *object, const char *key, uint64_t max, uint64_t *out,
	struct error *err)
{
	int64_t value = json_to_int(json_get(object, key), -1);
	if (value < 0 || (uint64_t)value > max)
		return wrong(err, key, "a whole number in range");
	*out = (uint64_t)value;
	return 0;
}

int read_flag(const struct json_value *object, const char *key, bool *out, struct error *err)
{
	const struct json_value *v = json_get(object, key);
	if (json_to_bool(v, false) != json_to_bool(v, true))
		return wrong(err, key, "true or false");
	*out = json_to_bool(v, false);
	return 0;
}

void write_examined(struct json_writer *w, enum examined examined, struct str why_not)
{
	json_bool(w, "examined", examined == EXAMINED_YES);
	json_cstr(w, "reason", examined == EXAMINED_YES ? NULL : examined_name(examined));
	json_str(w, "why_not", why_not);
}

int read_examined(const struct json_value *object, struct arena *arena, enum examined *examined,
	struct str *why_not, struct error *err)
{
	bool yes = false;
	enum examined as = EXAMINED_YES;
	struct str reason = json_to_str(json_get(object, "reason"));
	if (read_flag(object, "examined", &yes, err) < 0 ||
		read_text(object, "why_not", arena, why_not, err) < 0)
		return -1;
	if (!yes && (!examined_parse(reason, &as) || as == EXAMINED_YES))
		return wrong(err, "reason", "why it was not examined");
	*examined = as;
	return 0;
}
