/* Which languages clients write in: a rule pack each. */
#include "init.h"

#include "app/rulebook.h"
#include "base/file.h"
#include <stdlib.h>

struct packs {
	struct init *init;
	struct str names; /* of all there are, with spaces between them */
};

static int refuse(const struct packs *p, struct str word, struct error *err)
{
	return error_set(err, ERROR_USAGE, "no rules for '%.*s', expected some of %.*s, or all",
		STR_ARG(word), STR_ARG(p->names));
}

static bool is_pack(const struct packs *p, struct str word)
{
	struct str rest = p->names, name;
	while (str_split(&rest, ' ', &name))
		if (str_eq(name, word))
			return true;
	return false;
}

static int check_languages(void *context, struct str answer, struct error *err)
{
	struct packs *p = context;
	struct strs *languages = &p->init->languages;
	*languages = (struct strs){0};
	if (str_eq_nocase(answer, STR("all")))
		return 0;
	if (split_words(answer, &p->init->dialogue.arena, languages, NULL, err) < 0)
		return -1;
	for (size_t n = 0; n < languages->count; n++)
		if (!is_pack(p, languages->items[n]))
			return refuse(p, languages->items[n], err);
	return languages->count ? 0 : refuse(p, answer, err);
}

static int find_packs(struct packs *p, struct error *err)
{
	char *folder = rulebook_shipped_folder(), **names = NULL;
	size_t count = 0;
	struct buf text = {0};
	int result = rulebook_packs(folder, &names, &count, err);
	for (size_t n = 0; n < count && !result; n++)
		buf_add_format(&text, "%s%s", n ? " " : "", names[n]);
	if (text.len)
		p->names = arena_str(&p->init->dialogue.arena, buf_str(&text));
	if (!result && (text.failed || (text.len && !p->names.ptr)))
		result = error_memory(err);
	buf_finish(&text);
	file_list_free(names, count);
	free(folder);
	return result;
}

int init_ask_languages(struct init *i, struct error *err)
{
	struct packs packs = {.init = i};
	struct buf text = {0};
	struct str answer;
	if (find_packs(&packs, err) < 0)
		return -1;
	if (!packs.names.len)
		return 0;
	buf_add_format(
		&text, "Languages that clients write in, of %.*s, or all", STR_ARG(packs.names));
	const struct question q = {
		.option = "languages",
		.text = buf_cstr(&text),
		.fallback = "all",
		.check = check_languages,
		.context = &packs,
	};
	int result = text.failed ? error_memory(err) : ask(&i->dialogue, &q, &answer, err);
	buf_finish(&text);
	/* once more: what was checked points into the line, which is gone */
	return result < 0 ? -1 : check_languages(&packs, answer, err);
}
