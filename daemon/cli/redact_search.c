/* Whether the octets of a mail hold words that are to be covered, in whatever form they have them.
 */
#include "base/arena.h"
#include "export.h"
#include "message/layers.h"
#include "text/html_plain.h"
#include <string.h>

#define CHARSETS_MOST 16

struct search {
	struct redaction *redaction;
	struct arena arena;
	struct str charsets[CHARSETS_MOST]; /* named so far, and what is read where none is */
	size_t count;
};

/* As it stands, and as a browser shows it. */
static int text_holds(struct redaction *r, struct str text, struct error *err)
{
	int result = redaction_find(r, text, err);
	bool markup = memchr(text.ptr, '&', text.len) || memchr(text.ptr, '<', text.len);
	for (int tags = 0; tags < 2 && markup && !result; tags++) {
		struct buf plain = {0};
		html_plain(text, tags, &plain);
		result = plain.failed ? error_memory(err) : redaction_find(r, buf_str(&plain), err);
		buf_finish(&plain);
	}
	return result;
}

static bool knows(const struct search *s, struct str charset)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_eq_nocase(s->charsets[i], charset))
			return true;
	return false;
}

/* What is named beyond the room for it makes the mail one that nobody can read for certain. */
static int collect_charsets(struct search *s, struct str form, struct error *err)
{
	struct str name;
	size_t at = 0;
	while (s->count < CHARSETS_MOST && layer_next_charset(form, &at, &name))
		if (!knows(s, name)) {
			s->charsets[s->count] = arena_str(&s->arena, name);
			if (!s->charsets[s->count++].ptr)
				return error_memory(err);
		}
	return 0;
}

/* All in ASCII: but for these, a charset has nothing else to say of it. */
static bool says_the_same(struct str charset, struct str form)
{
	static const struct str shifting[] = {STR("utf-7"), STR("unicode-1-1-utf-7"),
		STR("x-unicode-2-0-utf-7"), STR("hz"), STR("hz-gb-2312")};
	for (size_t i = 0; i < sizeof(shifting) / sizeof(*shifting); i++)
		if (str_eq_nocase(charset, shifting[i]))
			return false;
	for (size_t i = 0; i < form.len; i++)
		if ((unsigned char)form.ptr[i] >= 0x80 || form.ptr[i] == 0x1b)
			return false;
	return true;
}

static int decoded_holds(
	struct redaction *r, struct str charset, struct str form, struct error *err)
{
	struct buf text = {0};
	int result = 0;
	if (layer_charset(charset, form, &text))
		result = text.failed ? error_memory(err) : text_holds(r, buf_str(&text), err);
	buf_finish(&text);
	return result;
}

/* Text of two octets a character may begin anywhere between what else there is. */
static int wide_holds(struct redaction *r, struct str form, struct error *err)
{
	static const struct str orders[] = {STR("utf-16le"), STR("utf-16be")};
	int result = 0;
	if (!memchr(form.ptr, '\0', form.len))
		return 0;
	for (size_t i = 0; i < 4 && !result; i++)
		result = decoded_holds(r, orders[i / 2], str_slice(form, i % 2, form.len), err);
	return result;
}

static int form_holds(void *context, struct str form, struct error *err)
{
	struct search *s = context;
	int result = text_holds(s->redaction, form, err);
	if (!result)
		result = collect_charsets(s, form, err);
	for (size_t i = 0; i < s->count && !result; i++)
		if (!says_the_same(s->charsets[i], form))
			result = decoded_holds(s->redaction, s->charsets[i], form, err);
	return result ? result : wide_holds(s->redaction, form, err);
}

int redact_octets_hold(struct redaction *r, struct str octets, struct error *err)
{
	struct search s = {.redaction = r, .charsets = {STR("windows-1252")}, .count = 1};
	int result = octets.len ? layers_walk(octets, form_holds, &s, err) : 0;
	arena_finish(&s.arena);
	return result;
}

/* "begin 644 name" */
static bool has_uuencode(struct str form)
{
	struct str rest = form, line;
	uint64_t mode;
	while (str_line(&rest, &line))
		if (str_starts(line, STR("begin ")) && line.len > 10 && line.ptr[9] == ' ' &&
			str_to_u64(str_slice(line, 6, 9), 777, &mode))
			return true;
	return false;
}

struct doubt {
	struct search named;
	const char *why;
};

static int form_is_doubtful(void *context, struct str form, struct error *err)
{
	struct doubt *d = context;
	struct buf nothing = {0};
	size_t at, known = d->named.count;
	if (collect_charsets(&d->named, form, err) < 0)
		return -1;
	while (known < d->named.count && layer_charset(d->named.charsets[known], STR(""), &nothing))
		known++;
	if (known < d->named.count)
		d->why = "it names a charset that nobody here knows";
	else if (d->named.count == CHARSETS_MOST)
		d->why = "it names too many charsets";
	else if (has_uuencode(form))
		d->why = "it has a part in uuencode";
	else if (str_find_nocase(form, STR("html"), &at) && html_has_unknown_name(form))
		d->why = "it has an HTML character by a name that nobody here knows";
	buf_finish(&nothing);
	return d->why != NULL;
}

int redact_octets_doubtful(struct str octets, const char **why, struct error *err)
{
	struct doubt d = {0};
	int result = octets.len ? layers_walk(octets, form_is_doubtful, &d, err) : 0;
	*why = d.why;
	arena_finish(&d.named.arena);
	return result;
}
