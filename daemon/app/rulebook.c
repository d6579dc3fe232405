/* Everything that messages are judged by, loaded once and frozen: configuration, rules, calendars.
 */
#include "app/rulebook.h"

#include "base/array.h"
#include "base/file.h"
#include "base/limits.h"
#include "config/config.h"
#include "rules/ruleset.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct config_checks checks = {
	.zone = worktime_check_zone,
	.hours = worktime_check_hours,
	.holidays = worktime_check_holidays,
	.leave = worktime_check_leave,
	.night = worktime_check_night,
};

const struct config_checks *rulebook_checks(void)
{
	return &checks;
}

/* Rule files in the order in which they are loaded: shipped packs, then the user's. */
struct rule_files {
	struct arena arena;
	struct rule_file *items;
	size_t count, cap;
	size_t missing; /* packs that are not there: left out, too */
};

static void rule_files_finish(struct rule_files *f)
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
	char program[4096], *found = NULL;
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	program[len > 0 ? len : 0] = '\0';
	char *folder = file_folder(program);
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

/* A file that cannot be read is a mistake to be shown with the others, not the end. */
static int add_file(struct rule_files *files, const char *path, const char *name, struct str pack,
	struct diags *diags, struct error *err)
{
	struct buf bytes = {0};
	struct error why = {0};
	int result = 0;
	if (file_read(path, LIMIT_RULE_FILE, &bytes, &why) < 0) {
		diags_add(diags, DIAG_ERROR, name, 0, 0, (struct str){0}, "%s", why.text);
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
		diags_add(diags, DIAG_ERROR, shown, 0, 0, (struct str){0}, "%s", why.text);
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

/* A pack that is not shipped is a mistake to be shown with the others, not the end. */
static int miss_pack(struct rule_files *files, const struct rulebook *b, const char *pack,
	struct diags *diags, struct error *err)
{
	char **names = NULL;
	size_t count = 0;
	struct buf list = {0};
	if (rulebook_packs(b->shipped_rules, &names, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		buf_add_format(&list, "%s%s", i ? ", " : "", names[i]);
	diags_add(diags, DIAG_ERROR, b->config_path, 0, 0, (struct str){0},
		"languages: there is no rule pack '%s', expected %s", pack, buf_cstr(&list));
	files->missing++;
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

static int gather_rules(const struct rulebook *b, const char *more, struct rule_files *files,
	struct diags *diags, struct error *err)
{
	bool stated = b->config && b->config->languages_stated;
	/* silence would look like innocence */
	if (!b->shipped_rules && !(stated && !b->config->languages.count))
		diags_add(diags, DIAG_ERROR, "rules", 0, 0, (struct str){0},
			"the shipped rules are not there, expected them in '%s', or languages = [ ]",
			OVERSTEP_RULES_DIR);
	if (b->shipped_rules && stated && add_stated_packs(files, b, diags, err) < 0)
		return -1;
	if (b->shipped_rules && !stated && add_all_packs(files, b->shipped_rules, diags, err) < 0)
		return -1;
	for (size_t i = 0; b->config && i < b->config->rules.count; i++)
		if (add_path(files, b->config->rules.items[i], diags, err) < 0)
			return -1;
	return more ? add_path(files, str_from(more), diags, err) : 0;
}

static int load_rules(struct rulebook *b, const struct rulebook_plan *plan, struct diags *diags,
	struct error *err)
{
	struct rule_files files = {0};
	char **packs = NULL;
	size_t pack_count = 0;
	int result = rulebook_packs(b->shipped_rules, &packs, &pack_count, err);
	const struct ruleset_options options = {
		.remarks = plan->remarks,
		.packs = (const char *const *)packs,
		.pack_count = pack_count,
		.clients = b->config ? b->config->clients : NULL,
		.client_count = b->config ? b->config->client_count : 0,
	};
	if (!result)
		result = gather_rules(b, plan->more_rules, &files, diags, err);
	if (!result)
		result = ruleset_load(files.items, files.count, &options, &b->rules,
			&b->files_left_out, diags, err);
	b->files_left_out += files.missing;
	rule_files_finish(&files);
	file_list_free(packs, pack_count);
	return result;
}

/* A client without hours or a zone of its own has none of that clock. */
static int load_client_clocks(struct rulebook *b, size_t i, struct error *err)
{
	const struct client *client = &b->config->clients[i];
	const struct me *me = &b->config->me;
	const struct worktime_plan agreed = {
		.time_zone = me->time_zone,
		.hours = client->hours,
		.holidays = me->holidays,
		.leave = me->leave,
		.night = me->night,
	};
	const struct worktime_plan theirs = {
		.time_zone = client->time_zone,
		.hours = client->office_hours,
	};
	if (client->hours.count && worktime_new(&agreed, &b->agreed[i], err) < 0)
		return error_prefix(err, "client '%.*s'", STR_ARG(client->id));
	if (client->time_zone.len && worktime_new(&theirs, &b->theirs[i], err) < 0)
		return error_prefix(err, "client '%.*s'", STR_ARG(client->id));
	return 0;
}

static int load_clocks(struct rulebook *b, struct error *err)
{
	const struct me *me = &b->config->me;
	const struct worktime_plan mine = {
		.time_zone = me->time_zone,
		.hours = me->hours,
		.holidays = me->holidays,
		.leave = me->leave,
		.night = me->night,
	};
	size_t count = b->config->client_count;
	b->agreed = calloc(count + 1, sizeof(*b->agreed));
	b->theirs = calloc(count + 1, sizeof(*b->theirs));
	if (!b->agreed || !b->theirs)
		return error_memory(err);
	if (worktime_new(&mine, &b->mine, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (load_client_clocks(b, i, err) < 0)
			return -1;
	return 0;
}

static int load(struct rulebook *b, const struct rulebook_plan *plan, struct diags *diags,
	struct error *err)
{
	b->shipped_rules = rulebook_shipped_folder();
	if (plan->no_config)
		return load_rules(b, plan, diags, err);
	if (config_find(plan->config, secure_getenv, &b->config_path, err) < 0 ||
		config_load(b->config_path, &checks, &b->config, diags, err) < 0)
		return -1;
	if (load_clocks(b, err) < 0)
		return -1;
	return plan->settings_only ? 0 : load_rules(b, plan, diags, err);
}

int rulebook_load(const struct rulebook_plan *plan, struct rulebook **out, struct diags *diags,
	struct error *err)
{
	struct rulebook *b = calloc(1, sizeof(*b));
	if (!b)
		return error_memory(err);
	if (load(b, plan, diags, err) < 0) {
		rulebook_free(b);
		return -1;
	}
	*out = b;
	return 0;
}

void rulebook_free(struct rulebook *b)
{
	if (!b)
		return;
	for (size_t i = 0; b->config && i < b->config->client_count; i++) {
		if (b->agreed)
			worktime_free(b->agreed[i]);
		if (b->theirs)
			worktime_free(b->theirs[i]);
	}
	free(b->agreed);
	free(b->theirs);
	worktime_free(b->mine);
	ruleset_free(b->rules);
	config_free(b->config);
	free(b->config_path);
	free(b->shipped_rules);
	free(b);
}

size_t rulebook_client(const struct rulebook *b, struct str id)
{
	size_t count = b->config ? b->config->client_count : 0;
	for (size_t i = 0; i < count; i++)
		if (str_eq(b->config->clients[i].id, id))
			return i;
	return count;
}

const struct worktime *rulebook_hours(const struct rulebook *b, size_t client)
{
	if (b->config && client < b->config->client_count && b->agreed[client])
		return b->agreed[client];
	return b->mine;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

int rulebook_watched(const struct rulebook *b, struct str **out, size_t *count, struct error *err)
{
	size_t all = 0, kept = 0;
	for (size_t i = 0; i < b->config->client_count; i++)
		all += b->config->clients[i].addresses.count;
	struct str *list = calloc(all + 1, sizeof(*list));
	if (!list)
		return error_memory(err);
	all = 0;
	for (size_t i = 0; i < b->config->client_count; i++) {
		const struct strs *addresses = &b->config->clients[i].addresses;
		for (size_t k = 0; k < addresses->count; k++)
			list[all++] = addresses->items[k];
	}
	qsort(list, all, sizeof(*list), by_bytes);
	for (size_t i = 0; i < all; i++)
		if (!kept || !str_eq(list[kept - 1], list[i]))
			list[kept++] = list[i];
	*out = list;
	*count = kept;
	return 0;
}

int rules_exit_code(const struct ruleset *rules, const struct diags *diags)
{
	if (!diags->errors)
		return 0;
	return rules && ruleset_failed_examples(rules) >= diags->errors ? 1 : 2;
}
