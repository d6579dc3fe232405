/* Which rule files there are: the shipped packs in use, the user's, those on trial. */
#include "rule_files.h"

#include "app/rulebook.h"
#include "base/array.h"
#include "base/file.h"
#include "base/limits.h"
#include "config/config.h"
#include <stdlib.h>

void rule_files_finish(struct rule_files *f)
{
	free(f->items);
	arena_finish(&f->arena);
}

/* A folder of that name seen from another, when it is there. free() it. */
static char *folder_from(const char *folder, const char *name)
{
	char *path = folder ? file_join(folder, name) : NULL;
	if (path && file_is_folder(path))
		return path;
	free(path);
	return NULL;
}

char *rulebook_shipped_folder(void)
{
	/* a build tree, an installed one wherever it was put, the place that was meant for it */
	static const char *const places[] = {
		"rules", "../share/overstep/rules", OVERSTEP_RULES_DIR};
	char *found = NULL, *folder = file_program_folder();
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]) && !found; i++)
		found = folder_from(folder, places[i]);
	free(folder);
	return found;
}

int rulebook_packs(const char *shipped, char ***out, size_t *count, struct error *err)
{
	char **names = NULL;
	size_t all = 0, kept = 0;
	if (shipped && file_list(shipped, "", &names, &all, err) < 0)
		return -1;
	for (size_t i = 0; i < all; i++) {
		char *folder = folder_from(shipped, names[i]);
		if (folder)
			names[kept++] = names[i];
		else
			free(names[i]);
		free(folder);
	}
	*out = names;
	*count = kept;
	return 0;
}

/* A mistake to be shown with the others, not the end. */
static void leave_out(
	struct rule_files *files, const char *place, const char *why, struct diags *diags)
{
	diags_add(diags, DIAG_ERROR, place, 0, 0, (struct str){0}, "%s", why);
	files->left_out++;
}

static int add_file(struct rule_files *files, const char *path, const char *name, struct str pack,
	struct diags *diags, struct error *err)
{
	struct buf bytes = {0};
	struct error why = {0};
	int result = 0;
	if (file_read(path, LIMIT_RULE_FILE, &bytes, &why) < 0) {
		leave_out(files, name, why.text, diags);
	} else if (array_room(&files->items, files->count, &files->cap, sizeof(*files->items)) <
		0) {
		result = error_memory(err);
	} else {
		struct rule_file *file = &files->items[files->count];
		*file = (struct rule_file){
			.name = arena_str(&files->arena, str_from(name)),
			.bytes = arena_str(&files->arena, buf_str(&bytes)),
			.pack = pack.ptr ? arena_str(&files->arena, pack) : pack,
		};
		if (!file->name.ptr || !file->bytes.ptr || (pack.ptr && !file->pack.ptr))
			result = error_memory(err);
		else
			files->count++;
	}
	buf_finish(&bytes);
	return result;
}

/* All *.rules of a folder. shown: what its files are called before their names. */
static int add_folder(struct rule_files *files, const char *folder, const char *shown,
	struct str pack, struct diags *diags, struct error *err)
{
	char **names = NULL;
	size_t count = 0;
	struct error why = {0};
	if (file_list(folder, ".rules", &names, &count, &why) < 0) {
		leave_out(files, shown, why.text, diags);
		return 0;
	}
	int result = 0;
	for (size_t i = 0; i < count && !result; i++) {
		char *path = file_join(folder, names[i]), *name = file_join(shown, names[i]);
		result = path && name ? add_file(files, path, name, pack, diags, err)
				      : error_memory(err);
		free(path);
		free(name);
	}
	file_list_free(names, count);
	return result;
}

static int add_path(
	struct rule_files *files, struct str path, struct diags *diags, struct error *err)
{
	char *place = str_dup(path);
	if (!place)
		return error_memory(err);
	int result = file_is_folder(place)
		? add_folder(files, place, place, (struct str){0}, diags, err)
		: add_file(files, place, place, (struct str){0}, diags, err);
	free(place);
	return result;
}

static int add_pack(struct rule_files *files, const char *shipped, const char *pack,
	struct diags *diags, struct error *err)
{
	char *folder = file_join(shipped, pack);
	int result = folder ? add_folder(files, folder, pack, str_from(pack), diags, err)
			    : error_memory(err);
	free(folder);
	return result;
}

static int miss_pack(struct rule_files *files, const struct rulebook *b, const char *pack,
	struct diags *diags, struct error *err)
{
	char **names = NULL;
	size_t count = 0;
	struct buf list = {0};
	if (rulebook_packs(b->shipped_rules, &names, &count, err) < 0)
		return -1;
	buf_add_format(&list, "languages: there is no rule pack '%s', expected ", pack);
	for (size_t i = 0; i < count; i++)
		buf_add_format(&list, "%s%s", i ? ", " : "", names[i]);
	leave_out(files, b->config_path, buf_cstr(&list), diags);
	int result = list.failed ? error_memory(err) : 0;
	buf_finish(&list);
	file_list_free(names, count);
	return result;
}

/* Every pack that is shipped. */
static int add_all_packs(
	struct rule_files *files, const char *shipped, struct diags *diags, struct error *err)
{
	char **names = NULL;
	size_t count = 0;
	if (rulebook_packs(shipped, &names, &count, err) < 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < count && !result; i++)
		result = add_pack(files, shipped, names[i], diags, err);
	file_list_free(names, count);
	return result;
}

static int add_stated_packs(
	struct rule_files *files, const struct rulebook *b, struct diags *diags, struct error *err)
{
	for (size_t i = 0; i < b->config->languages.count; i++) {
		char *pack = str_dup(b->config->languages.items[i]);
		if (!pack)
			return error_memory(err);
		char *folder = folder_from(b->shipped_rules, pack);
		int result = folder ? add_pack(files, b->shipped_rules, pack, diags, err)
				    : miss_pack(files, b, pack, diags, err);
		free(folder);
		free(pack);
		if (result < 0)
			return result;
	}
	return 0;
}

int rule_files_gather(const struct rulebook *b, const char *on_trial, struct rule_files *files,
	struct diags *diags, struct error *err)
{
	bool stated = b->config && b->config->languages_stated;
	/* silence would look like innocence */
	if (!b->shipped_rules && !(stated && !b->config->languages.count))
		leave_out(files, "rules",
			"the shipped rules are not there, expected them in '" OVERSTEP_RULES_DIR
			"', or languages = [ ]",
			diags);
	/* beside the packs lies what is for every language */
	if (b->shipped_rules && !(stated && !b->config->languages.count) &&
		add_folder(files, b->shipped_rules, "rules", STR(PACK_ANY), diags, err) < 0)
		return -1;
	if (b->shipped_rules && stated && add_stated_packs(files, b, diags, err) < 0)
		return -1;
	if (b->shipped_rules && !stated && add_all_packs(files, b->shipped_rules, diags, err) < 0)
		return -1;
	for (size_t i = 0; b->config && i < b->config->rules.count; i++)
		if (add_path(files, b->config->rules.items[i], diags, err) < 0)
			return -1;
	size_t in_force = files->count;
	if (on_trial && add_path(files, str_from(on_trial), diags, err) < 0)
		return -1;
	files->on_trial = files->count - in_force;
	return 0;
}
