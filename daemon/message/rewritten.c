/* Finds the author behind a From that a list has rewritten (for DMARC's sake). */
#include "rewritten.h"

#include "address.h"

static bool holds(const struct addresses *list, struct str mail)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq_nocase(list->items[i].mail, mail))
			return true;
	return false;
}

/* "Jane Doe via Projects" -> "Jane Doe" */
static bool named_via(struct str name, struct str *author)
{
	size_t at;
	if (!str_find_nocase(name, STR(" via "), &at))
		return false;
	*author = str_trim(str_slice(name, 0, at));
	if (author->len > 1 && (author->ptr[0] == '\'' || author->ptr[0] == '"'))
		*author = str_trim(str_slice(*author, 1, author->len));
	if (author->len > 1 && author->ptr[author->len - 1] == '\'')
		author->len--;
	return true;
}

int rewritten_author(struct arena *a, const struct addresses *original,
	const struct addresses *from, const struct addresses *reply_to, struct addresses *out)
{
	struct str author;
	for (size_t i = 0; i < original->count; i++)
		if (addresses_add(a, out, original->items[i]) < 0)
			return -1;
	if (out->count > 0 || from->count == 0 || !named_via(from->items[0].name, &author))
		return 0;
	for (size_t i = 0; i < reply_to->count; i++) {
		struct address reply = reply_to->items[i];
		if (!reply.mail.ptr || holds(from, reply.mail))
			continue;
		if (!reply.name.ptr)
			reply.name = author;
		return addresses_add(a, out, reply);
	}
	return 0;
}
