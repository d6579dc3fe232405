/* Runs a rule on its own examples and says which fail, and why. */
#include "examples.h"
#include "contract_phrases.h"

#define PARAGRAPH_SIGN "\xC2\xB6" /* U+00B6 */
/* "[-blog]" is a phrase that the contract excludes, "[+logo]" one that it includes. */
#define PHRASES_MAX 8

/* An example as a message, from the rule's own client whose contract it tells. */
struct example {
	const struct rule *rule;
	struct str written;
	struct text *text;
	struct hits *hits;
	struct client client;
	struct str includes[PHRASES_MAX], excludes[PHRASES_MAX];
};

static bool mentions(const struct conditions *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->items[i].mention)
			return true;
	return false;
}

/* Takes "[-phrase]" off the text: the brackets go, the phrase is noted. */
static size_t take_phrase(struct example *e, struct str rest, struct buf *out)
{
	size_t close;
	bool included = str_starts(rest, STR("[+"));
	struct strs *to = included ? &e->client.contract.includes : &e->client.contract.excludes;
	if ((!included && !str_starts(rest, STR("[-"))) || !str_find(rest, STR("]"), &close) ||
		to->count == PHRASES_MAX)
		return 0;
	struct str phrase = str_slice(rest, 2, close);
	to->items[to->count++] = phrase;
	buf_add_str(out, phrase);
	return close + 1;
}

/* The sign for a paragraph break becomes one. */
static void example_text(struct example *e, struct buf *out)
{
	bool takes_phrases = mentions(&e->rule->all) || mentions(&e->rule->unless);
	struct str s = e->written;
	size_t taken;
	for (size_t at = 0; at < s.len; at += taken) {
		struct str rest = str_slice(s, at, s.len);
		if (str_starts(rest, STR(PARAGRAPH_SIGN))) {
			while (out->len > 0 && out->ptr[out->len - 1] == ' ')
				out->len--;
			buf_add_cstr(out, "\n\n");
			taken = sizeof(PARAGRAPH_SIGN) - 1;
			while (at + taken < s.len && s.ptr[at + taken] == ' ')
				taken++;
			continue;
		}
		taken = takes_phrases ? take_phrase(e, rest, out) : 0;
		if (taken > 0)
			continue;
		buf_add_char(out, rest.ptr[0]);
		taken = 1;
	}
}

static int search_example(
	struct workspace *w, const struct script *s, struct example *e, struct error *err)
{
	const struct rule *rule = e->rule;
	const struct client *client = &e->client;
	struct contract_phrases contract = {0};
	struct match_input in = {.text = e->text,
		.direction = rule->from,
		.client = client,
		.want_near_misses = true};
	w->windows.count = 0;
	if (subjects_load(&w->subjects, e->text) < 0 ||
		windows_add_all(&w->windows, &w->subjects, rule, 0) < 0)
		return error_memory(err);
	int rc = 0;
	if (client->contract.includes.count + client->contract.excludes.count > 0)
		rc = contract_phrases_init(&contract, client, s->arena, s->diags, err);
	w->contract = &contract;
	if (rc == 0)
		rc = rule_match(w, rule, w->windows.items, w->windows.count, &in, e->hits, err);
	w->contract = NULL;
	contract_phrases_finish(&contract);
	return rc;
}

int examples_try(struct workspace *w, const struct script *s, const struct rule *rule,
	struct str written, struct text *text, struct hits *hits, struct error *err)
{
	struct example e = {.rule = rule, .written = written, .text = text, .hits = hits};
	struct buf bytes = {0};
	e.client.id = rule->clients.count ? rule->clients.items[0] : STR("client");
	e.client.contract.includes.items = e.includes;
	e.client.contract.excludes.items = e.excludes;
	example_text(&e, &bytes);
	int rc = bytes.failed || text_plain(text, buf_str(&bytes)) < 0
		? error_memory(err)
		: search_example(w, s, &e, err);
	buf_finish(&bytes);
	return rc;
}

static struct str words_at(const struct text *text, size_t start, size_t end)
{
	return str_slice(text->bytes, start, end);
}

static void complain_yes(const struct script *s, struct str name, const struct value *v,
	const struct text *text, const struct hits *hits)
{
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
	int rc = examples_try(w, s, rule, v->text, &text, &hits, err);
	if (rc == 0 && !counter && hits.count == 0) {
		complain_yes(s, rule->facts.name, v, &text, &hits);
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
