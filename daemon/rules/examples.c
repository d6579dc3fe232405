/* Runs a rule on its own examples and says which fail, and why. */
#include "examples.h"

#define PARAGRAPH_SIGN "\xC2\xB6" /* U+00B6 */

/* The example as a message: the sign for a paragraph break becomes one. */
static void example_text(struct str example, struct buf *out)
{
	struct str rest = example;
	size_t at;
	while (str_find(rest, STR(PARAGRAPH_SIGN), &at)) {
		buf_add_str(out, str_trim(str_slice(rest, 0, at)));
		buf_add_cstr(out, "\n\n");
		rest = str_slice(rest, at + 2, rest.len);
	}
	buf_add_str(out, str_trim(rest));
}

static int try_example(struct workspace *w, const struct rule *rule, struct str example,
	struct text *text, struct hits *hits, struct error *err)
{
	struct match_input in = {.text = text, .direction = rule->from, .want_near_misses = true};
	struct buf bytes = {0};
	int rc = -1;
	w->windows.count = 0;
	example_text(example, &bytes);
	if (bytes.failed || text_plain(text, buf_str(&bytes)) < 0 ||
		subjects_load(&w->subjects, text) < 0 ||
		windows_add_all(&w->windows, &w->subjects, rule, 0) < 0)
		error_memory(err);
	else
		rc = rule_match(w, rule, w->windows.items, w->windows.count, &in, hits, err);
	buf_finish(&bytes);
	return rc;
}

static struct str words_at(const struct text *text, size_t start, size_t end)
{
	return str_slice(text->bytes, start, end);
}

static void complain_yes(const struct script *s, const struct rule *rule, const struct value *v,
	const struct text *text, const struct hits *hits)
{
	struct str name = rule->facts.name;
	if (hits->unexamined_count > 0) {
		complain_in(s, v, 0, "rule '%.*s' reaches its %s in its 'yes'", STR_ARG(name),
			hits->unexamined[0].why);
	} else if (hits->near_count > 0) {
		const struct near_miss *miss = &hits->near[0];
		complain_in(s, v, 0,
			"rule '%.*s' does not match its 'yes': '%.*s' is held back by %.*s",
			STR_ARG(name), WORD_ARG(words_at(text, miss->start, miss->end)),
			WORD_ARG(miss->held_back_by));
	} else {
		complain_in(s, v, 0, "rule '%.*s' does not match its 'yes'", STR_ARG(name));
	}
}

/* One example. counter: a `no`. */
static int check_example(struct workspace *w, const struct script *s, const struct rule *rule,
	const struct value *v, bool counter, size_t *failed, struct error *err)
{
	struct text text;
	struct hits hits;
	text_init(&text);
	hits_init(&hits);
	int rc = try_example(w, rule, v->text, &text, &hits, err);
	if (rc == 0 && !counter && hits.count == 0) {
		complain_yes(s, rule, v, &text, &hits);
		(*failed)++;
	} else if (rc == 0 && counter && hits.count > 0) {
		complain_in(s, v, 0, "rule '%.*s' matches '%.*s' in its 'no'",
			STR_ARG(rule->facts.name),
			WORD_ARG(words_at(&text, hits.items[0].start, hits.items[0].end)));
		(*failed)++;
	}
	hits_finish(&hits);
	text_finish(&text);
	return rc;
}

int examples_check(struct workspace *w, const struct script *s, const struct rule *rule,
	size_t *failed, struct error *err)
{
	const struct value *v;
	int rc = 0;
	scanner_interpret(w->scanner, true);
	for (v = rule->draft->first[FIELD_YES]; rc == 0 && v; v = v->next)
		if (v->text.len > 0)
			rc = check_example(w, s, rule, v, false, failed, err);
	for (v = rule->draft->first[FIELD_NO]; rc == 0 && v; v = v->next)
		if (v->text.len > 0)
			rc = check_example(w, s, rule, v, true, failed, err);
	scanner_interpret(w->scanner, false);
	return rc;
}
