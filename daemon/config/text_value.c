/* Settings that are written as one text: words, paths, durations, sizes, days. */
#include "read.h"

#include "base/file.h"
#include <stdlib.h>

static void wrong_value(struct reading_config *r, const struct setting *row, size_t at,
	struct str value, const char *expected)
{
	config_complain(r, DIAG_ERROR, at, "bad value '%.*s' of '%s', expected %s", STR_ARG(value),
		row->name, expected);
}

struct str config_keep(struct reading_config *r, struct str s)
{
	struct str copy = arena_str(&r->config->arena, s);
	r->full |= !copy.ptr;
	return copy;
}

struct str config_absolute(struct reading_config *r, struct str path)
{
	char *given = str_dup(path), *joined = given ? file_join(r->folder, given) : NULL;
	struct str kept = config_keep(r, joined ? str_from(joined) : (struct str){0});
	r->full |= !joined;
	free(given);
	free(joined);
	return kept;
}

bool config_check_range(
	const struct reading_config *r, const struct setting *row, int64_t value, size_t at)
{
	struct buf range = {0};
	if ((!row->least && !row->most) || (value >= row->least && value <= row->most))
		return true;
	value_range(row, &range);
	config_complain(r, DIAG_ERROR, at, "'%s' is out of range, expected %s", row->name,
		buf_cstr(&range));
	buf_finish(&range);
	return false;
}

static int word_index(const struct setting *row, struct str value)
{
	for (int i = 0; row->words[i]; i++)
		if (str_eq(value, str_from(row->words[i])))
			return i;
	return -1;
}

static void set_word(struct reading_config *r, const struct setting *row, void *target,
	struct str value, size_t at)
{
	struct buf words = {0};
	int index = word_index(row, value);
	if (index >= 0) {
		*(int *)config_field(target, row->offset) = index;
		return;
	}
	value_words(row, &words);
	wrong_value(r, row, at, value, buf_cstr(&words));
	buf_finish(&words);
}

/* Kinds that are written as one text. */
void config_set_text(struct reading_config *r, const struct setting *row, void *target,
	struct str value, size_t at)
{
	void *field = config_field(target, row->offset);
	int64_t seconds;
	uint64_t bytes;
	struct date date;
	switch (row->kind) {
	case VALUE_TEXT:
		*(struct str *)field = config_keep(r, value);
		config_check_text(r, row->check, value, row->name, at);
		break;
	case VALUE_PATH:
		*(struct str *)field = config_absolute(r, value);
		config_check_text(r, row->check, *(struct str *)field, row->name, at);
		break;
	case VALUE_SECONDS:
		if (!duration_parse(value, &seconds))
			wrong_value(r, row, at, value, value_kind_name(row));
		else if (config_check_range(r, row, seconds, at))
			*(int64_t *)field = seconds;
		break;
	case VALUE_BYTES:
		if (!size_parse(value, &bytes))
			wrong_value(r, row, at, value, value_kind_name(row));
		else if (config_check_range(
				 r, row, bytes > INT64_MAX ? INT64_MAX : (int64_t)bytes, at))
			*(uint64_t *)field = bytes;
		break;
	case VALUE_DATE:
		if (!date_parse(value, &date))
			wrong_value(r, row, at, value, value_kind_name(row));
		else
			*(struct date *)field = date;
		break;
	case VALUE_WORD:
		set_word(r, row, target, value, at);
		break;
	default:
		break;
	}
}
