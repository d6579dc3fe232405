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

/* The first address of the list that From does not hold; with that display name, where one is
 * given.
 */
static bool other_address(const struct addresses *list, const struct addresses *from,
	struct str name, struct address *out)
{
	for (size_t i = 0; i < list->count; i++) {
		struct address a = list->items[i];
		if (!a.mail.ptr || holds(from, a.mail) || (name.ptr && !str_eq(a.name, name)))
			continue;
		*out = a;
		return true;
	}
	return false;
}

/* jane=acme.example@lists.example: 1, 0 it is no such address, -1. */
static int address_within(struct arena *a, struct str mail, struct address *out)
{
	size_t at, equals;
	if (!str_rfind_char(mail, '@', &at) ||
		!str_rfind_char(str_slice(mail, 0, at), '=', &equals) || equals == 0)
		return 0;
	struct str domain = str_slice(mail, equals + 1, at);
	if (!str_find(domain, STR("."), &(size_t){0}))
		return 0;
	*out = (struct address){
		.mail = arena_format(a, "%.*s@%.*s", (int)equals, mail.ptr, STR_ARG(domain))};
	return out->mail.ptr ? 1 : -1;
}

int rewritten_author(struct arena *a, const struct traces *t, struct addresses *out)
{
	struct str author;
	struct address found = {0};
	for (size_t i = 0; i < t->original->count; i++)
		if (addresses_add(a, out, t->original->items[i]) < 0)
			return -1;
	if (out->count > 0 || t->from->count == 0 || !named_via(t->from->items[0].name, &author))
		return 0;
	int result = other_address(t->reply_to, t->from, (struct str){0}, &found) ||
		other_address(t->original_sender, t->from, (struct str){0}, &found) ||
		other_address(t->cc, t->from, author, &found);
	if (!result && t->from->items[0].mail.ptr)
		result = address_within(a, t->from->items[0].mail, &found);
	if (result <= 0)
		return result;
	if (!found.name.ptr)
		found.name = author;
	return addresses_add(a, out, found);
}
