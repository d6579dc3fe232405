/* A rule as it was written, for people. */
#include "rules/rule_view.h"

#include "base/array.h"
#include "set.h"
#include <stdlib.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define STATUS_LINE "  status    shadow\n"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct str first_word(struct str line)
{
	size_t end = 0;
	line = str_trim(line);
	while (end < line.len && !is_blank(line.ptr[end]))
		end++;
	return str_slice(line, 0, end);
}

/* Blocks of a file, one after another. */
struct blocks {
	const struct rule_file *file;
	struct str rest;
	unsigned line; /* of the next one in rest, from 1 */
};

/* Is it the first line of a rule or sequence? */
static bool is_head(struct str line, struct rule_view *out)
{
	struct str word = first_word(line);
	out->sequence = str_eq(word, STR("sequence"));
	if (!line.len || is_blank(line.ptr[0]) || (!out->sequence && !str_eq(word, STR("rule"))))
		return false;
	out->name = str_trim(str_slice(line, word.len, line.len));
	return true;
}

/* The next block, from its head up to the end of its last field. */
static bool blocks_next(struct blocks *b, struct rule_view *out)
{
	struct str line;
	bool inside = false;
	size_t start = 0, end = 0;
	*out = (struct rule_view){.file = b->file->name, .pack = b->file->pack};
	for (struct str rest = b->rest; rest.len;) {
		size_t at = b->file->bytes.len - rest.len;
		str_line(&rest, &line);
		bool blank = !str_trim(line).len, field = !blank && is_blank(line.ptr[0]);
		if (inside && !blank && !field && line.ptr[0] != '#')
			break;
		if (!inside && is_head(line, out)) {
			inside = field = true;
			start = at;
			out->line = b->line;
		}
		if (inside && field)
			end = b->file->bytes.len - rest.len;
		b->rest = rest;
		b->line++;
	}
	out->text = str_slice(b->file->bytes, start, end);
	return inside;
}

static struct blocks blocks_of(const struct rule_file *file)
{
	struct str rest = file->bytes;
	if (str_starts(rest, STR(BYTE_ORDER_MARK)))
		rest = str_slice(rest, sizeof(BYTE_ORDER_MARK) - 1, rest.len);
	return (struct blocks){file, rest, 1};
}

struct place {
	struct rule_view view;
	size_t order;
};

/* By name, that of the later file first: it stands for the others. */
static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int names = str_cmp(x->view.name, y->view.name);
	return names ? names : x->order > y->order ? -1 : x->order < y->order;
}

int ruleset_views(const struct ruleset *r, struct arena *arena, struct rule_view **out,
	size_t *count, struct error *err)
{
	struct place *places = NULL;
	size_t n = 0, cap = 0, kept = 0;
	for (size_t i = 0; i < r->file_count; i++) {
		struct blocks blocks = blocks_of(&r->files[i]);
		struct rule_view view;
		while (blocks_next(&blocks, &view)) {
			if (array_room(&places, n, &cap, sizeof(*places)) < 0) {
				free(places);
				return error_memory(err);
			}
			places[n] = (struct place){view, n};
			n++;
		}
	}
	struct rule_view *views = arena_array(arena, n, sizeof(*views));
	if (n > 1)
		qsort(places, n, sizeof(*places), compare_places);
	for (size_t i = 0; views && i < n; i++)
		if (!i || !str_eq(places[i].view.name, places[i - 1].view.name))
			views[kept++] = places[i].view;
	free(places);
	if (!views)
		return error_memory(err);
	*out = views;
	*count = kept;
	return 0;
}

/* Read once more by itself: what it says is known already to be right. */
static int read_lines(
	const struct rule_view *v, struct arena *arena, const struct draft **out, struct error *err)
{
	static const struct ruleset_options options = {0};
	const struct rule_file file = {.name = v->file, .bytes = v->text, .pack = v->pack};
	struct diags diags = {0};
	struct script script = {
		.file = &file,
		.options = &options,
		.name = arena_cstr(arena, v->file),
		.arena = arena,
		.diags = &diags,
	};
	int result = script.name ? script_read(&script, err) : error_memory(err);
	*out = script.drafts;
	diags_finish(&diags);
	return result;
}

static int fill_lines(
	const struct draft *d, struct arena *arena, struct rule_view *out, struct error *err)
{
	size_t count = 0;
	for (int i = 0; i < FIELD_COUNT; i++)
		for (const struct value *v = d->first[i]; v; v = v->next)
			count++;
	struct rule_line *lines = arena_array(arena, count, sizeof(*lines));
	if (!lines)
		return error_memory(err);
	for (int i = 0; i < FIELD_COUNT; i++)
		for (const struct value *v = d->first[i]; v; v = v->next)
			lines[out->line_count++] = (struct rule_line){
				str_from(field_names[i]),
				v->text,
				v->says || i == FIELD_SAYS,
				v->mentions,
			};
	out->lines = lines;
	return 0;
}

static void count_indexed(const struct ruleset *r, struct str name, struct rule_view *out)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct conditions *match = &r->rules[i].match;
		if (!str_eq(r->rules[i].facts.name, name))
			continue;
		out->patterns = match->count;
		for (size_t k = 0; k < match->count; k++)
			out->indexed += match->items[k].literals.count > 0;
	}
}

int ruleset_view_read(
	const struct ruleset *r, struct arena *arena, struct rule_view *view, struct error *err)
{
	const struct draft *draft = NULL;
	if (read_lines(view, arena, &draft, err) < 0)
		return -1;
	if (draft && fill_lines(draft, arena, view, err) < 0)
		return -1;
	count_indexed(r, view->name, view);
	return 0;
}

void rule_view_shadow(const struct rule_view *v, struct buf *out)
{
	struct str rest = v->text, line;
	bool head = true;
	while (str_line(&rest, &line)) {
		if (!str_eq(first_word(line), STR("status"))) {
			buf_add_str(out, line);
			buf_add_char(out, '\n');
		}
		if (head)
			buf_add_cstr(out, STATUS_LINE);
		head = false;
	}
}
