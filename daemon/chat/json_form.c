/* Cuts JSON exports into messages, and opens each. */
#include "json_form.h"

#include "base/limits.h"

int json_form_name(struct chat_cursor *c, struct str octets)
{
	struct json_document *document = NULL;
	if (octets.len > LIMIT_CHAT_NAME || json_parse(octets, &document, NULL) < 0)
		return 0;
	struct str name = json_to_str(json_root(document));
	if (name.len) {
		buf_clear(&c->conversation);
		buf_add_str(&c->conversation, name);
	}
	json_free(document);
	return c->conversation.failed ? -1 : 0;
}

int json_form_begin(struct chat_cursor *c, const char *const *paths, size_t messages)
{
	json_split_begin(&c->split, c->octets, paths);
	c->message_paths = messages;
	return 0;
}

int json_form_next(struct chat_cursor *c, struct chat_slice *out)
{
	struct json_piece piece;
	const char *why = NULL;
	int result;
	while ((result = json_split_next(&c->split, &piece, &why)) > 0) {
		if (piece.which < c->message_paths)
			break;
		if (json_form_name(c, str_slice(c->octets, piece.start, piece.end)) < 0)
			return -1;
	}
	if (result)
		*out = (struct chat_slice){piece.start, piece.end, result < 0 ? why : NULL};
	return result != 0;
}

int json_form_read(const struct chat_declared *declared, struct str octets, json_fields *fields,
	struct chat_message *m)
{
	struct json_document *document = NULL;
	struct error why = {0};
	if (!str_starts(octets, STR("{")) || !str_ends(octets, STR("}")))
		return chat_unread(m, "expected a message between { and }");
	if (json_parse(octets, &document, &why) < 0)
		return why.kind == ERROR_MEMORY ? -1 : chat_unread(m, "%s", why.text);
	int result = fields(declared, json_root(document), m);
	json_free(document);
	return result;
}

int json_form_id(struct chat_message *m, const struct json_value *v, struct str *out)
{
	int64_t number = json_to_int(v, -1);
	if (number < 0)
		return chat_set(m, json_to_str(v), out);
	*out = arena_format(&m->arena, "%lld", (long long)number);
	return out->ptr ? 0 : -1;
}

bool json_form_has(const struct json_value *object, const char *key)
{
	const struct json_value *v = json_get(object, key);
	return json_count(v) || json_is_object(v) || json_to_str(v).len;
}
