/* Lays words out as a reader of the mail sees them: blocks, paragraphs, line breaks, lists, tables.
 */
#include "layout.h"

#include <string.h>
#include <strings.h>

enum flow { FLOW_INLINE, FLOW_BLOCK, FLOW_PARAGRAPH, FLOW_CELL, FLOW_BREAK, FLOW_RULE, FLOW_DROP };

struct element_form {
	const char *name;
	enum flow flow;
	const char *before; /* what stands before its words */
};

/* Sorted by nothing: the common ones first. What is not listed is inline. */
static const struct element_form forms[] = {
	{"div", FLOW_BLOCK, NULL},
	{"br", FLOW_BREAK, NULL},
	{"p", FLOW_PARAGRAPH, NULL},
	{"td", FLOW_CELL, NULL},
	{"th", FLOW_CELL, NULL},
	{"tr", FLOW_BLOCK, NULL},
	{"table", FLOW_BLOCK, NULL},
	{"li", FLOW_BLOCK, "- "},
	{"ul", FLOW_PARAGRAPH, NULL},
	{"ol", FLOW_PARAGRAPH, NULL},
	{"blockquote", FLOW_PARAGRAPH, NULL},
	{"pre", FLOW_PARAGRAPH, NULL},
	{"hr", FLOW_RULE, NULL},
	{"h1", FLOW_PARAGRAPH, NULL},
	{"h2", FLOW_PARAGRAPH, NULL},
	{"h3", FLOW_PARAGRAPH, NULL},
	{"h4", FLOW_PARAGRAPH, NULL},
	{"h5", FLOW_PARAGRAPH, NULL},
	{"h6", FLOW_PARAGRAPH, NULL},
	{"dl", FLOW_PARAGRAPH, NULL},
	{"dt", FLOW_BLOCK, NULL},
	{"dd", FLOW_BLOCK, NULL},
	{"address", FLOW_BLOCK, NULL},
	{"article", FLOW_BLOCK, NULL},
	{"aside", FLOW_BLOCK, NULL},
	{"body", FLOW_BLOCK, NULL},
	{"caption", FLOW_BLOCK, NULL},
	{"center", FLOW_BLOCK, NULL},
	{"details", FLOW_BLOCK, NULL},
	{"fieldset", FLOW_BLOCK, NULL},
	{"figure", FLOW_BLOCK, NULL},
	{"figcaption", FLOW_BLOCK, NULL},
	{"footer", FLOW_BLOCK, NULL},
	{"form", FLOW_BLOCK, NULL},
	{"header", FLOW_BLOCK, NULL},
	{"main", FLOW_BLOCK, NULL},
	{"nav", FLOW_BLOCK, NULL},
	{"option", FLOW_BLOCK, NULL},
	{"section", FLOW_BLOCK, NULL},
	{"summary", FLOW_BLOCK, NULL},
	{"tbody", FLOW_BLOCK, NULL},
	{"tfoot", FLOW_BLOCK, NULL},
	{"thead", FLOW_BLOCK, NULL},
	{"textarea", FLOW_BLOCK, NULL},
	{"title", FLOW_DROP, NULL},
	{"template", FLOW_DROP, NULL},
	{"xml", FLOW_DROP, NULL},
};

static const struct element_form form_inline = {"", FLOW_INLINE, NULL};

static const struct element_form *form_find(const char *name)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (strcasecmp(forms[i].name, name) == 0)
			return &forms[i];
	return &form_inline;
}

void layout_start(struct layout *l, struct lines *out)
{
	*l = (struct layout){.out = out};
	l->stack[0].form = &form_inline;
	l->stack[0].markup.style.look = LOOK_DEFAULT;
}

/* The line being written takes its place in the quotes from where its first word stands. */
static void line_open(struct layout *l)
{
	const struct element *e = &l->stack[l->top];
	l->line = (struct line){
		.depth = e->depth, .box = e->box, .hint = e->markup.hint, .ruled = l->ruled};
	if (l->rest && e->depth == 0) {
		l->line.hint = HINT_REST_QUOTED;
		l->rest = false;
	}
	l->open = true;
	l->ruled = false;
}

static void line_close(struct layout *l)
{
	if (l->open)
		lines_end(l->out, &l->line);
	l->open = false;
	l->blank = false;
}

static void line_break(struct layout *l)
{
	if (!l->open) {
		const struct element *e = &l->stack[l->top];
		l->line = (struct line){.depth = e->depth, .box = e->box, .hint = e->markup.hint};
		l->open = true;
		l->gap = false;
	}
	line_close(l);
}

/* An empty line before the next one, unless there is one already or nothing above. */
static void gap_write(struct layout *l)
{
	size_t count = l->out->count;
	if (l->gap && count > 0 && l->out->items[count - 1].start < l->out->items[count - 1].end)
		lines_end(l->out, &l->line);
	l->gap = false;
}

static void block_edge(struct layout *l, const struct element *e, const struct element *around)
{
	enum flow flow = e->form->flow;
	bool block = flow == FLOW_BLOCK || flow == FLOW_PARAGRAPH || flow == FLOW_RULE;
	/* Whose words they are never changes within a line. */
	bool changes = e->markup.hint != around->markup.hint || e->depth != around->depth ||
		e->box != around->box;
	if (block || changes)
		line_close(l);
	l->gap = l->gap || flow == FLOW_PARAGRAPH;
	if (flow == FLOW_CELL)
		l->blank = l->open;
}

static void element_enter(struct layout *l, struct element *e, const struct element *around)
{
	/* In a mailer's box there is no mere indent. */
	bool cited = e->markup.cited || (around->box && e->markup.hint == HINT_INDENT);
	e->depth = around->depth + cited;
	e->box = around->box;
	e->kept = around->kept || strcasecmp(e->form->name, "pre") == 0;
	e->dropped = around->dropped || e->form->flow == FLOW_DROP;
	if (e->markup.hint == HINT_REST_QUOTED) {
		/* Not one that was quoted along with the message it stood in. */
		l->rest = l->rest || (e->depth == 0 && around->markup.hint == HINT_NONE);
		e->markup.hint = around->markup.hint;
	} else if (e->markup.hint == HINT_QUOTE_BOX && !around->box) {
		e->box = ++l->boxes;
	} else if (e->markup.hint == HINT_NONE || e->box) {
		e->markup.hint = around->markup.hint;
	}
}

bool layout_open(struct layout *l, const char *name, const char *const *attributes)
{
	if (l->top >= LIMIT_HTML_DEPTH)
		return false;
	const struct element *around = &l->stack[l->top];
	struct element *e = &l->stack[l->top + 1];
	*e = (struct element){
		.form = form_find(name), .markup.style.look = around->markup.style.look};
	markup_read(name, attributes, &e->markup);
	element_enter(l, e, around);
	block_edge(l, e, around);
	l->top++;
	l->ruled = l->ruled || e->markup.style.border_top || e->form->flow == FLOW_RULE;
	if (e->form->flow == FLOW_BREAK)
		line_break(l);
	if (e->form->before)
		l->before = e->form->before;
	return true;
}

void layout_close(struct layout *l)
{
	if (l->top == 0)
		return;
	const struct element *e = &l->stack[l->top--];
	block_edge(l, e, &l->stack[l->top]);
	if (e->form->before)
		l->before = NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

struct source {
	size_t start, end;
	bool hidden;
};

static void put(struct layout *l, struct str words, const struct source *from)
{
	if (!l->open) {
		gap_write(l);
		line_open(l);
		lines_add(l->out, str_from(l->before), from->start, from->end, from->hidden);
		l->before = NULL;
	} else if (l->blank) {
		lines_add(l->out, STR(" "), from->start, from->end, from->hidden);
	}
	l->blank = false;
	lines_add(l->out, words, from->start, from->end, from->hidden);
}

/* Any row of blanks is one, and none at the edges of a line. */
static void words_collapsed(struct layout *l, struct str words, const struct source *from)
{
	for (size_t at = 0; at < words.len;) {
		size_t start = at;
		while (at < words.len && !is_blank(words.ptr[at]))
			at++;
		if (at > start)
			put(l, str_slice(words, start, at), from);
		if (at < words.len)
			l->blank = l->open;
		while (at < words.len && is_blank(words.ptr[at]))
			at++;
	}
}

static void words_kept(struct layout *l, struct str words, const struct source *from)
{
	size_t newline;
	while (str_find(words, STR("\n"), &newline)) {
		struct str line = str_slice(words, 0, newline);
		if (str_ends(line, STR("\r")))
			line.len--;
		if (line.len)
			put(l, line, from);
		line_break(l);
		words = str_slice(words, newline + 1, words.len);
	}
	if (words.len)
		put(l, words, from);
}

void layout_words(struct layout *l, struct str words, size_t part_start, size_t part_end)
{
	const struct element *e = &l->stack[l->top];
	struct source from = {part_start, part_end, look_hidden(&e->markup.style.look)};
	if (e->dropped)
		return;
	if (e->kept)
		words_kept(l, words, &from);
	else
		words_collapsed(l, words, &from);
}

void layout_finish(struct layout *l)
{
	line_close(l);
}
