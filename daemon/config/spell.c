/* Every setting as it is in force, by the table of settings: two that spell the same are the same.
 */
#include "settings.h"

static const void *field(const void *group, size_t offset)
{
	return (const char *)group + offset;
}

static void spell_text(struct str text, struct buf *out)
{
	buf_add_format(out, " %zu:%.*s", text.len, STR_ARG(text));
}

static void spell_table(const struct setting *table, const void *group, struct buf *out);

static void spell_items(const struct setting *row, const void *group, struct buf *out)
{
	const char *items = *(char *const *)field(group, row->offset);
	size_t count = *(const size_t *)field(group, row->count_offset);
	for (size_t i = 0; i < count; i++)
		spell_table(row->table, items + i * row->item_size, out);
}

static void spell_value(const struct setting *row, const void *group, struct buf *out)
{
	const void *at = field(group, row->offset);
	const struct strs *texts = at;
	const struct date *date = at;
	switch (row->kind) {
	case VALUE_TEXT:
	case VALUE_PATH:
		spell_text(*(const struct str *)at, out);
		break;
	case VALUE_TEXTS:
	case VALUE_PATHS:
		for (size_t i = 0; i < texts->count; i++)
			spell_text(texts->items[i], out);
		break;
	case VALUE_NUMBER:
		buf_add_format(out, " %d", *(const int *)at);
		break;
	case VALUE_WORD:
		buf_add_format(out, " %u", *(const unsigned *)at);
		break;
	case VALUE_FLAG:
		buf_add_format(out, " %d", *(const bool *)at);
		break;
	case VALUE_SECONDS:
		buf_add_format(out, " %lld", (long long)*(const int64_t *)at);
		break;
	case VALUE_BYTES:
		buf_add_format(out, " %llu", (unsigned long long)*(const uint64_t *)at);
		break;
	case VALUE_DATE:
		buf_add_format(out, " %d-%d-%d", date->year, date->month, date->day);
		break;
	case VALUE_GROUP:
		spell_table(row->table, at, out);
		break;
	case VALUE_CLIENTS:
	case VALUE_ACCOUNTS:
		spell_items(row, group, out);
		break;
	}
	/* stated, or only by default the same */
	if (row->has)
		buf_add_cstr(out, *(const bool *)field(group, row->has) ? " !" : " ?");
}

static void spell_table(const struct setting *table, const void *group, struct buf *out)
{
	buf_add_cstr(out, "{\n");
	for (const struct setting *row = table; row->name; row++) {
		buf_add_cstr(out, row->name);
		spell_value(row, group, out);
		buf_add_char(out, '\n');
	}
	buf_add_cstr(out, "}\n");
}

void config_spell(const struct config *config, struct buf *out)
{
	spell_table(root_settings, config, out);
}
