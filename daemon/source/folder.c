/* Chooses folders by name, glob or SPECIAL-USE attribute out of what the server lists. */
#include "folder.h"

#include "base/array.h"
#include "base/limits.h"
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 1024 /* longer names fit no glob */

/* Only where the server says of no folder that it is for that. Last part of the name, caseless. */
static const struct {
	struct str attribute;
	const char *const names[28];
} well_known[] = {
	{{"\\Sent", 5},
		{"Sent", "Sent Items", "Sent Messages", "Sent Mail", "Gesendet",
			"Gesendete Elemente", "Gesendete Objekte", "Skickat", "Skickade objekt",
			"Skickade meddelanden", "Enviados", "Elementos enviados", "Envoyés",
			"Éléments envoyés", "Messages envoyés", "Inviati", "Posta inviata",
			"Elementi inviati", "Verzonden", "Verzonden items", "Sendt",
			"Sendte elementer", "Sendt post", "Itens enviados", "Wysłane",
			"Elementy wysłane", "Lähetetyt"}},
	{{"\\Drafts", 7},
		{"Drafts", "Draft", "Entwürfe", "Utkast", "Borradores", "Brouillons", "Bozze",
			"Concepten", "Kladder", "Rascunhos", "Szkice", "Wersje robocze",
			"Luonnokset"}},
	{{"\\Archive", 8}, {"Archive", "Archives", "Archiv", "Arkiv", "Archivo"}},
	{{"\\Trash", 6}, {"Trash", "Deleted Items", "Deleted Messages", "Papierkorb"}},
	{{"\\Junk", 5}, {"Junk", "Spam", "Junk E-mail"}},
};

void folder_list_finish(struct folder_list *l)
{
	free(l->items);
	arena_finish(&l->arena);
	memset(l, 0, sizeof(*l));
}

static bool is_glob(struct str pattern)
{
	return memchr(pattern.ptr, '*', pattern.len) || memchr(pattern.ptr, '%', pattern.len);
}

static bool is_attribute(struct str pattern)
{
	return pattern.len > 0 && pattern.ptr[0] == '\\';
}

static bool same_name(struct str a, struct str b)
{
	return str_eq(a, b) || (str_eq_nocase(a, STR("INBOX")) && str_eq_nocase(b, STR("INBOX")));
}

bool folder_fits(struct str pattern, struct str name, char delimiter)
{
	/* fits[i]: the pattern read so far can end at byte i of name */
	bool fits[NAME_SIZE + 1] = {true};
	if (same_name(pattern, name))
		return true;
	if (name.len > NAME_SIZE)
		return false;
	for (size_t p = 0; p < pattern.len; p++) {
		char c = pattern.ptr[p];
		bool reached = false, before = fits[0];
		fits[0] = fits[0] && (c == '*' || c == '%');
		reached = fits[0];
		for (size_t i = 1; i <= name.len; i++) {
			bool here = fits[i];
			if (c == '*')
				reached = reached || here;
			else if (c == '%')
				reached = here || (reached && name.ptr[i - 1] != delimiter);
			else
				reached = before && name.ptr[i - 1] == c;
			before = here;
			fits[i] = reached;
		}
	}
	return fits[name.len];
}

static bool has_attribute(const struct listed *f, struct str attribute)
{
	for (size_t i = 0; i < f->attributes.count; i++)
		if (str_eq_nocase(f->attributes.items[i], attribute))
			return true;
	return false;
}

static struct str last_part(const struct listed *f)
{
	size_t at;
	if (f->delimiter && str_rfind_char(f->name, f->delimiter, &at))
		return str_slice(f->name, at + 1, f->name.len);
	return f->name;
}

static bool has_well_known_name(const struct listed *f, struct str attribute)
{
	for (size_t i = 0; i < sizeof(well_known) / sizeof(well_known[0]); i++) {
		if (!str_eq_nocase(well_known[i].attribute, attribute))
			continue;
		for (const char *const *name = well_known[i].names; *name; name++)
			if (str_eq_nocase(last_part(f), str_from(*name)))
				return true;
	}
	return false;
}

bool folder_seems_for(const struct listed *f, struct str attribute)
{
	return has_attribute(f, attribute) || has_well_known_name(f, attribute);
}

/* Is there a folder that the server says is for that? Many say so of some uses only. */
static bool is_marked(const struct folder_list *l, struct str attribute)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->items[i].selectable && has_attribute(&l->items[i], attribute))
			return true;
	return false;
}

/* A glob takes in no drafts: nobody has sent them. */
static bool is_asked_for(const struct folder_list *l, const struct listed *f, struct str pattern)
{
	if (!f->selectable)
		return false;
	if (is_attribute(pattern))
		return is_marked(l, pattern) ? has_attribute(f, pattern)
					     : has_well_known_name(f, pattern);
	return folder_fits(pattern, f->name, f->delimiter) &&
		!(is_glob(pattern) && !same_name(pattern, f->name) &&
			folder_seems_for(f, STR("\\Drafts")));
}

struct choice {
	struct folder *items;
	size_t count, cap;
};

static int choose(struct choice *c, struct folder folder, struct error *err)
{
	for (size_t i = 0; i < c->count; i++)
		if (same_name(c->items[i].name, folder.name))
			return 0;
	if (c->count == LIMIT_IMAP_FOLDERS)
		return error_set(err, ERROR_LIMIT,
			"more than %d folders are asked for (check folders)", LIMIT_IMAP_FOLDERS);
	if (array_room(&c->items, c->count, &c->cap, sizeof(*c->items)) < 0)
		return error_memory(err);
	c->items[c->count++] = folder;
	return 0;
}

/* Not in the list: a name may still be opened (shared folders), an attribute has no folder. */
static int choose_unlisted(
	struct folder_list *l, struct choice *c, struct str pattern, struct error *err)
{
	struct buf wire = {0};
	folder_encode(pattern, &wire);
	struct folder folder = {
		.name = pattern,
		.wire = arena_str(&l->arena, buf_str(&wire)),
		.missing = is_attribute(pattern),
	};
	int result = wire.failed || !folder.wire.ptr ? error_memory(err) : choose(c, folder, err);
	buf_finish(&wire);
	return result;
}

int folder_choose(struct folder_list *l, const struct strs *patterns, struct folder **out,
	size_t *count, struct error *err)
{
	struct choice c = {0};
	int result = -1;
	for (size_t p = 0; p < patterns->count; p++) {
		struct str pattern = patterns->items[p];
		bool found = false;
		for (size_t i = 0; i < l->count; i++) {
			const struct listed *f = &l->items[i];
			if (!is_asked_for(l, f, pattern))
				continue;
			found = true;
			if (choose(&c, (struct folder){.name = f->name, .wire = f->wire}, err) < 0)
				goto out;
		}
		if (!found && !is_glob(pattern) && choose_unlisted(l, &c, pattern, err) < 0)
			goto out;
	}
	*out = c.items;
	*count = c.count;
	c.items = NULL;
	result = 0;
out:
	free(c.items);
	return result;
}
