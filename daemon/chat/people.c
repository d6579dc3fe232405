/* Reads users.json, and finds people in it. */
#include "people.h"

#include "base/array.h"
#include "base/json.h"
#include "base/limits.h"
#include "json_split.h"

#include <stdlib.h>

void people_finish(struct people *p)
{
	arena_finish(&p->arena);
	free(p->items);
	*p = (struct people){0};
}

/* The name that people see: the one they chose, else their own, else that of the login. */
static struct str shown_name(const struct json_value *user)
{
	const struct json_value *profile = json_get(user, "profile");
	struct str names[] = {json_to_str(json_get(profile, "display_name")),
		json_to_str(json_get(profile, "real_name")),
		json_to_str(json_get(user, "real_name")), json_to_str(json_get(user, "name"))};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].len)
			return names[i];
	return (struct str){0};
}

static int add(struct people *p, const struct json_value *user)
{
	struct str id = json_to_str(json_get(user, "id")), name = shown_name(user);
	if (!id.len || !name.len)
		return 0;
	if (array_room(&p->items, p->count, &p->cap, sizeof(*p->items)) < 0)
		return -1;
	struct person *person = &p->items[p->count];
	*person = (struct person){arena_str(&p->arena, id), arena_str(&p->arena, name)};
	if (!person->id.ptr || !person->name.ptr)
		return -1;
	p->count++;
	return 0;
}

static int compare(const void *a, const void *b)
{
	return str_cmp(((const struct person *)a)->id, ((const struct person *)b)->id);
}

int people_read(struct str octets, struct people *out, struct error *err)
{
	static const char *const paths[] = {"[]", NULL};
	struct json_split split;
	struct json_piece piece;
	const char *why;
	int result = 0;
	json_split_begin(&split, octets, paths);
	while (!result && out->count < LIMIT_CHAT_PEOPLE &&
		json_split_next(&split, &piece, &why) > 0) {
		struct json_document *document = NULL;
		struct error ignored = {0};
		struct str user = str_slice(octets, piece.start, piece.end);
		if (user.len > LIMIT_CHAT_MESSAGE)
			continue;
		if (json_parse(user, &document, &ignored) < 0)
			result = ignored.kind == ERROR_MEMORY ? -1 : 0;
		else
			result = add(out, json_root(document));
		json_free(document);
	}
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), compare);
	return result < 0 ? error_memory(err) : 0;
}

struct str people_name(const struct people *p, struct str id)
{
	const struct person wanted = {.id = id};
	const struct person *found =
		p->count ? bsearch(&wanted, p->items, p->count, sizeof(*p->items), compare) : NULL;
	return found ? found->name : (struct str){0};
}
