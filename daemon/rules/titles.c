/* Reads the titles of rule files into a table by name. */
#include "rules/titles.h"

#include "base/array.h"
#include "contract_phrases.h"
#include "script.h"
#include <stdlib.h>

struct named_title {
	struct str name;
	struct rule_title title;
};

struct rule_titles {
	struct arena arena;
	struct named_title *items; /* by name */
	size_t count, cap;
};

void rule_titles_free(struct rule_titles *t)
{
	if (!t)
		return;
	free(t->items);
	arena_finish(&t->arena);
	free(t);
}

/* Copies what is there. */
static int add(struct rule_titles *t, struct str name, const struct rule_title *title)
{
	if (array_room(&t->items, t->count, &t->cap, sizeof(*t->items)) < 0)
		return -1;
	struct named_title *kept = &t->items[t->count];
	*kept = (struct named_title){.name = arena_str(&t->arena, name), .title = *title};
	kept->title.written = arena_str(&t->arena, title->written);
	bool failed = !kept->name.ptr || !kept->title.written.ptr;
	for (int i = 0; i < TONGUE_COUNT; i++)
		if (title->in[i].ptr) {
			kept->title.in[i] = arena_str(&t->arena, title->in[i]);
			failed |= !kept->title.in[i].ptr;
		}
	t->count += !failed;
	return failed ? -1 : 0;
}

static int add_draft(struct rule_titles *t, const struct draft *d)
{
	const struct value *written = d->first[FIELD_TITLE];
	struct rule_title title = {.sequence = d->block == BLOCK_SEQUENCE};
	if (!written)
		return 0;
	title.written = written->text;
	for (int i = 0; i < TONGUE_COUNT; i++) {
		const struct value *v = d->first[FIELD_TITLE_EN + i];
		if (v && v->text.len)
			title.in[i] = v->text;
	}
	return add(t, d->name, &title);
}

/* Mistakes are for those to tell who load the rules. */
static int add_file(struct rule_titles *t, const struct rule_file *file, struct error *err)
{
	static const struct ruleset_options options = {0};
	struct arena arena = {0};
	struct diags diags = {0};
	struct script script = {
		.file = file,
		.options = &options,
		.name = "",
		.arena = &arena,
		.diags = &diags,
	};
	int result = script_read(&script, err);
	for (const struct draft *d = script.drafts; d && !result; d = d->next)
		if (add_draft(t, d) < 0)
			result = error_memory(err);
	diags_finish(&diags);
	arena_finish(&arena);
	return result;
}

static int by_name(const void *left, const void *right)
{
	const struct named_title *a = left, *b = right;
	return str_cmp(a->name, b->name);
}

int rule_titles_read(
	const struct rule_file *files, size_t count, struct rule_titles **out, struct error *err)
{
	struct rule_titles *t = calloc(1, sizeof(*t));
	if (!t)
		return error_memory(err);
	const struct rule_title excluded = excluded_title();
	int result = add(t, STR(EXCLUDED_RULE), &excluded) < 0 ? error_memory(err) : 0;
	for (size_t i = 0; i < count && !result; i++)
		result = add_file(t, &files[i], err);
	if (result < 0) {
		rule_titles_free(t);
		return -1;
	}
	qsort(t->items, t->count, sizeof(*t->items), by_name);
	*out = t;
	return 0;
}

static bool says(const struct rule_title *title, struct str reason)
{
	if (!title->sequence)
		return str_eq(title->written, reason);
	return str_starts(reason, title->written) &&
		str_starts(str_slice(reason, title->written.len, reason.len), STR(" ("));
}

const struct rule_title *rule_titles_find(
	const struct rule_titles *t, struct str rule, struct str reason)
{
	size_t low = 0, high = t->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_cmp(t->items[middle].name, rule) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < t->count && str_eq(t->items[low].name, rule); low++)
		if (says(&t->items[low].title, reason))
			return &t->items[low].title;
	return NULL;
}
