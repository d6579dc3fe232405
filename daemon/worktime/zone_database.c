/* Finds zones by name in the system's tz database, and says which one was meant. */
#include "base/arena.h"
#include "base/array.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/limits.h"
#include "worktime/zone.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPECTED "expected an IANA name such as 'Europe/Stockholm'"
#define NAME_MAX_BYTES 64
#define LIST_MAX_BYTES (1 * MIB) /* tzdata.zi is 110 KB */
#define FOLDER_DEPTH 3           /* America/Argentina/Ushuaia */

struct names {
	struct arena arena;
	const char **items;
	size_t count, cap;
	struct str wanted; /* what was asked for */
	const char *link;  /* what that is another name of; NULL: of nothing */
};

static void names_finish(struct names *n)
{
	free(n->items);
	arena_finish(&n->arena);
}

/* Lost when out of memory: the names only serve a suggestion. */
static void names_add(struct names *n, struct str name)
{
	char *copy = arena_cstr(&n->arena, name);
	if (copy && array_room(&n->items, n->count, &n->cap, sizeof(*n->items)) == 0)
		n->items[n->count++] = copy;
}

static bool character_is_safe(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '-' || c == '+';
}

/* A name is a path below the folder and nothing else: no dot, so neither ".." nor a list such as
   zone.tab; no empty part, so not absolute. "localtime" names no place that can be checked. */
static bool name_is_safe(struct str name)
{
	if (name.len == 0 || name.len > NAME_MAX_BYTES || str_eq(name, STR("localtime")))
		return false;
	char before = '/';
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (c == '/' ? before == '/' : !character_is_safe(c))
			return false;
		before = c;
	}
	return before != '/';
}

static bool list_open(const char *folder, const char *name, struct buf *out)
{
	char *path = file_join(folder, name);
	bool found = path && file_read(path, LIST_MAX_BYTES, out, NULL) == 0;
	free(path);
	return found;
}

/* The n-th field of a line, counted from 0. */
static struct str field(struct str line, char separator, int n)
{
	struct str part = {0};
	while (n-- >= 0) {
		if (!str_split(&line, separator, &part))
			return (struct str){0};
	}
	return part;
}

/* "Z Europe/Stockholm 1:12:12 - LMT 1879" and "L America/New_York US/Eastern". */
static void names_of_tzdata(struct str text, struct names *out)
{
	struct str line;
	while (str_line(&text, &line)) {
		struct str name = {0};
		if (str_starts(line, STR("Z ")))
			name = field(line, ' ', 1);
		else if (str_starts(line, STR("L ")))
			name = field(line, ' ', 2);
		if (str_eq(name, out->wanted)) /* listed, but its file is not installed */
			out->link = arena_cstr(&out->arena, field(line, ' ', 1));
		else if (name.len > 0)
			names_add(out, name);
	}
}

/* "SE	+5920+01803	Europe/Stockholm" */
static void names_of_tab(struct str text, struct names *out)
{
	struct str line;
	while (str_line(&text, &line)) {
		struct str name = field(line, '\t', 2);
		if (name.len > 0 && line.ptr[0] != '#')
			names_add(out, name);
	}
}

static void names_of_folder(const char *folder, const char *prefix, int depth, struct names *out)
{
	char **files = NULL;
	size_t count = 0;
	if (depth == 0 || file_list(folder, "", &files, &count, NULL) < 0)
		return;
	for (size_t i = 0; i < count; i++) {
		struct str name = arena_format(&out->arena, "%s%s", prefix, files[i]);
		char *path = file_join(folder, files[i]);
		if (!path || !name.ptr || !name_is_safe(name)) {
			free(path);
			continue;
		}
		if (file_is_folder(path)) {
			struct str below = arena_format(&out->arena, "%s/", name.ptr);
			if (below.ptr)
				names_of_folder(path, below.ptr, depth - 1, out);
		} else {
			names_add(out, name);
		}
		free(path);
	}
	file_list_free(files, count);
}

static void names_read(const char *folder, struct names *out)
{
	struct buf text = {0};
	if (list_open(folder, "tzdata.zi", &text))
		names_of_tzdata(buf_str(&text), out);
	else if (list_open(folder, "zone1970.tab", &text))
		names_of_tab(buf_str(&text), out);
	if (out->count == 0)
		names_of_folder(folder, "", FOLDER_DEPTH, out);
	buf_finish(&text);
}

static struct str last_part(struct str name)
{
	size_t slash;
	return str_rfind_char(name, '/', &slash) ? str_slice(name, slash + 1, name.len) : name;
}

/* "stockholm" and "Sweden/Stockholm" are no slips of a key, but mean Europe/Stockholm. */
static const char *name_meant(struct str name, const struct names *names)
{
	if (names->link)
		return names->link;
	const char *near = did_you_mean(name, names->items, names->count);
	if (near)
		return near;
	for (size_t i = 0; i < names->count; i++) {
		if (str_eq_nocase(last_part(name), last_part(str_from(names->items[i]))))
			return names->items[i];
	}
	return NULL;
}

static int unknown(struct str name, const char *folder, struct error *err)
{
	struct names names = {.wanted = name};
	names_read(folder, &names);
	const char *meant = name_meant(name, &names);
	if (names.count == 0)
		error_set(err, ERROR_CONFIG, "no time zone database in '%s', expected tzdata there",
			folder);
	else if (meant)
		error_set(err, ERROR_CONFIG, "unknown time zone '%.*s' (did you mean '%s'?)",
			STR_ARG(name), meant);
	else
		error_set(err, ERROR_CONFIG, "unknown time zone '%.*s', " EXPECTED, STR_ARG(name));
	names_finish(&names);
	return -1;
}

int zone_open(struct str name, const char *folder, struct zone **out, struct error *err)
{
	if (!folder)
		folder = ZONE_FOLDER;
	if (!name_is_safe(name))
		return error_set(err, ERROR_CONFIG,
			"'%.*s' is not the name of a time zone, " EXPECTED, STR_ARG(name));
	char relative[NAME_MAX_BYTES + 1];
	memcpy(relative, name.ptr, name.len);
	relative[name.len] = '\0';
	struct buf bytes = {0};
	int result = -1;
	char *path = file_join(folder, relative);
	if (!path) {
		error_memory(err);
		goto out;
	}
	if (!file_exists(path) || file_is_folder(path)) {
		unknown(name, folder, err);
		goto out;
	}
	if (file_read(path, LIMIT_TZIF_FILE, &bytes, err) < 0)
		goto out;
	result = zone_parse(name, buf_str(&bytes), out, err);
out:
	buf_finish(&bytes);
	free(path);
	return result;
}

void zone_tzdata_version(const char *folder, char out[TZDATA_VERSION_SIZE])
{
	if (!folder)
		folder = ZONE_FOLDER;
	struct buf text = {0};
	struct str line = {0};
	struct str version = STR("unknown");
	if (list_open(folder, "tzdata.zi", &text)) {
		struct str rest = buf_str(&text);
		if (str_line(&rest, &line) && str_starts(line, STR("# version ")))
			version = field(line, ' ', 2);
	} else if (list_open(folder, "+VERSION", &text)) {
		struct str rest = buf_str(&text);
		if (str_line(&rest, &line) && str_trim(line).len > 0)
			version = str_trim(line);
	}
	snprintf(out, TZDATA_VERSION_SIZE, "%.*s", STR_ARG(version));
	buf_finish(&text);
}
