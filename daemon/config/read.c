/* From libconfig's tree to struct config, by the table of settings: every mistake, then the struct.
 * The only user of libconfig. */
#include "read.h"

#include "form.h"
#include <libconfig.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_MOST 32

void config_complain(
	const struct reading_config *r, enum diag_level level, size_t at, const char *format, ...)
{
	const struct token *token = scan_token(r->scan, at);
	struct buf text = {0};
	va_list arguments;
	if (r->diags->errors >= SCAN_MISTAKES)
		return;
	va_start(arguments, format);
	buf_add_vformat(&text, format, arguments);
	va_end(arguments);
	diags_add(r->diags, level, r->scan->name, token->line, token->column,
		scan_line(r->scan, token->line), "%s", buf_cstr(&text));
	buf_finish(&text);
}

/* An .ics file is named beside the configuration; a code is none. */
static struct str calendar_path(struct reading_config *r, struct str value)
{
	return str_ends(value, STR(".ics")) ? config_absolute(r, value) : config_keep(r, value);
}

static void set_texts(struct reading_config *r, const struct setting *row, void *target,
	const config_setting_t *s, size_t at)
{
	int count = config_setting_length(s);
	struct str *items = arena_array(&r->config->arena, (size_t)count, sizeof(*items));
	size_t kept = 0, item_at = scan_element(r->scan, at, 0);
	if (!items) {
		r->full = true;
		return;
	}
	if (!count && row->filled)
		config_complain(
			r, DIAG_WARNING, at, "'%s' is empty, expected at least one", row->name);
	for (int i = 0; i < count; i++, item_at = scan_next(r->scan, item_at)) {
		const char *text = config_setting_get_string_elem(s, i);
		if (!text) {
			config_complain(r, DIAG_ERROR, item_at,
				"wrong type inside '%s', expected texts in quotes", row->name);
			continue;
		}
		if (scan_token(r->scan, item_at)->told)
			continue;
		struct str value = row->kind == VALUE_PATHS ? config_absolute(r, str_from(text))
			: row->check == CHECK_HOLIDAYS      ? calendar_path(r, str_from(text))
							    : config_keep(r, str_from(text));
		config_check_text(r, row->check, value, row->name, item_at);
		items[kept++] = value;
	}
	*(struct strs *)config_field(target, row->offset) = (struct strs){items, kept};
}

static void read_group(struct reading_config *r, const config_setting_t *group, size_t open,
	const struct setting *table, void *target, const char *shown);

static void set_items(struct reading_config *r, const struct setting *row, void *target,
	const config_setting_t *s, size_t at)
{
	size_t count = (size_t)config_setting_length(s), kept = 0;
	char *items = arena_array(&r->config->arena, count, row->item_size);
	struct group_place *places = arena_array(&r->config->arena, count, sizeof(*places));
	if (!items || !places) {
		r->full = true;
		return;
	}
	size_t item_at = scan_element(r->scan, at, 0);
	for (size_t i = 0; i < count; i++, item_at = scan_next(r->scan, item_at)) {
		const config_setting_t *item = config_setting_get_elem(s, (unsigned)i);
		size_t errors = r->diags->errors;
		if (!config_setting_is_group(item)) {
			config_complain(r, DIAG_ERROR, item_at,
				"wrong type inside '%s', expected groups: ( { ... } )", row->name);
			continue;
		}
		read_group(r, item, item_at, row->table, items + kept * row->item_size, row->name);
		places[kept++] =
			(struct group_place){.at = item_at, .sound = r->diags->errors == errors};
	}
	*(char **)config_field(target, row->offset) = items;
	*(size_t *)config_field(target, row->count_offset) = kept;
	*(row->kind == VALUE_CLIENTS ? &r->clients : &r->accounts) = places;
}

static void set_number(struct reading_config *r, const struct setting *row, void *target,
	const config_setting_t *s, size_t at)
{
	/* INT64 is what an L behind it makes of it */
	int64_t value = config_setting_type(s) == CONFIG_TYPE_INT ? config_setting_get_int(s)
								  : config_setting_get_int64(s);
	if (config_check_range(r, row, value, at))
		*(int *)config_field(target, row->offset) = (int)value;
}

static bool fits_type(const struct setting *row, const config_setting_t *s)
{
	int type = config_setting_type(s);
	switch (row->kind) {
	case VALUE_TEXTS:
	case VALUE_PATHS:
	case VALUE_CLIENTS:
	case VALUE_ACCOUNTS:
		return type == CONFIG_TYPE_ARRAY || type == CONFIG_TYPE_LIST;
	case VALUE_NUMBER:
		return type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;
	case VALUE_FLAG:
		return type == CONFIG_TYPE_BOOL;
	case VALUE_GROUP:
		return type == CONFIG_TYPE_GROUP;
	default:
		return type == CONFIG_TYPE_STRING;
	}
}

static void set_value(struct reading_config *r, const struct setting *row, void *target,
	const config_setting_t *s, size_t at)
{
	if (!fits_type(row, s)) {
		config_complain(r, DIAG_ERROR, at, "wrong type of '%s', expected %s", row->name,
			value_kind_name(row));
		return;
	}
	if (row->has)
		*(bool *)config_field(target, row->has) = true;
	if (scan_token(r->scan, at)->told)
		return;
	switch (row->kind) {
	case VALUE_TEXTS:
	case VALUE_PATHS:
		set_texts(r, row, target, s, at);
		break;
	case VALUE_CLIENTS:
	case VALUE_ACCOUNTS:
		set_items(r, row, target, s, at);
		break;
	case VALUE_NUMBER:
		set_number(r, row, target, s, at);
		break;
	case VALUE_FLAG:
		*(bool *)config_field(target, row->offset) = config_setting_get_bool(s);
		break;
	case VALUE_GROUP:
		read_group(r, s, at, row->table, config_field(target, row->offset), row->name);
		break;
	default:
		config_set_text(r, row, target, str_from(config_setting_get_string(s)), at);
	}
}

/* A fallback of several texts has them on lines of their own. */
static void set_fallback(struct reading_config *r, const struct setting *row, void *target)
{
	struct str rest = str_from(row->fallback), line;
	if (row->kind == VALUE_FLAG) {
		*(bool *)config_field(target, row->offset) = str_eq(rest, STR("true"));
	} else if (row->kind == VALUE_TEXTS) {
		struct str *items = arena_array(&r->config->arena, 4, sizeof(*items));
		size_t count = 0;
		r->full |= !items;
		while (items && count < 4 && str_line(&rest, &line))
			items[count++] = config_keep(r, line);
		*(struct strs *)config_field(target, row->offset) = (struct strs){items, count};
	} else {
		config_set_text(r, row, target, rest, SCAN_NOWHERE);
	}
}

/* open: the bracket of the group that lacks it, or of the one that the group itself is missing in.
 */
static void set_unstated(struct reading_config *r, size_t open, const struct setting *table,
	const bool *stated, void *target, const char *shown)
{
	for (size_t i = 0; table[i].name; i++) {
		const struct setting *row = &table[i];
		if (stated[i])
			continue;
		if (row->required)
			config_complain(r, DIAG_ERROR, open, "missing '%s.%s', expected %s", shown,
				row->name, row->help);
		else if (row->kind == VALUE_GROUP)
			set_unstated(r, open, row->table, (bool[SETTINGS_MOST]){0},
				config_field(target, row->offset), row->name);
		else if (row->fallback)
			set_fallback(r, row, target);
	}
}

static void unknown_name(struct reading_config *r, const char *name, size_t at,
	const struct setting *table, const char *shown)
{
	const char *names[SETTINGS_MOST];
	size_t count = 0;
	for (; table[count].name; count++)
		names[count] = table[count].name;
	const char *near = did_you_mean(str_from(name), names, count);
	const char *where = *shown ? " in " : "";
	if (near)
		config_complain(r, DIAG_ERROR, at, "unknown setting '%s'%s%s (did you mean '%s'?)",
			name, where, shown, near);
	else
		config_complain(r, DIAG_ERROR, at, "unknown setting '%s'%s%s", name, where, shown);
}

/* Settings stand in the tree in the order of the file: the tokens are walked with them. */
static void read_group(struct reading_config *r, const config_setting_t *group, size_t open,
	const struct setting *table, void *target, const char *shown)
{
	bool stated[SETTINGS_MOST] = {0};
	size_t at = scan_element(r->scan, open, 0);
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *s = config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(s);
		size_t row = 0, value = at + 2;
		while (table[row].name && strcmp(table[row].name, name))
			row++;
		stated[row] = true;
		if (table[row].name)
			set_value(r, &table[row], target, s, value);
		else
			unknown_name(r, name, at, table, shown);
		at = scan_next(r->scan, value);
	}
	set_unstated(r, open, table, stated, target, shown);
}

/* What the check of the form does not know, such as texts and numbers in one array. */
static void complain_of_syntax(const struct reading_config *r, const config_t *tree)
{
	unsigned line = (unsigned)config_error_line(tree);
	const char *text = config_error_text(tree);
	diags_add(r->diags, DIAG_ERROR, r->scan->name, line, 0, scan_line(r->scan, line), "%s",
		text ? text : "cannot be read");
}

static int read_tree(struct reading_config *r, struct str bytes, struct error *err)
{
	config_t tree;
	char *text = str_dup(bytes);
	if (!text)
		return error_memory(err);
	config_init(&tree);
	if (config_read_string(&tree, text) == CONFIG_TRUE)
		/* the root's opening is before the first token */
		read_group(
			r, config_root_setting(&tree), SCAN_NOWHERE, root_settings, r->config, "");
	else
		complain_of_syntax(r, &tree);
	config_destroy(&tree);
	free(text);
	if (r->full || r->diags->failed)
		return error_memory(err);
	config_check_whole(r);
	return 0;
}

int config_parse(const char *name, const char *folder, struct str bytes,
	const struct config_checks *checks, struct config **out, struct diags *diags,
	struct error *err)
{
	struct config *config = calloc(1, sizeof(*config));
	struct scan scan = {0};
	size_t before = diags->errors;
	if (!config)
		return error_memory(err);
	struct reading_config r = {
		.folder = folder,
		.checks = checks,
		.scan = &scan,
		.config = config,
		.diags = diags,
	};
	int result = scan_config(name, bytes, &scan, diags, err);
	if (!result && !scan.broken)
		form_check(&scan, diags);
	if (!result && !scan.broken)
		result = read_tree(&r, bytes, err);
	scan_finish(&scan);
	if (!result && diags->errors > before)
		result = error_set(err, ERROR_CONFIG, "%zu %s in the configuration '%s'",
			diags->errors - before,
			diags->errors - before == 1 ? "mistake" : "mistakes", name);
	if (result < 0) {
		config_free(config);
		return -1;
	}
	*out = config;
	return 0;
}

void config_free(struct config *c)
{
	if (!c)
		return;
	arena_finish(&c->arena);
	free(c);
}
