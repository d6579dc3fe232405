/* Compiles a draft's phrases and regexes into the patterns of a rule. */
#include "base/limits.h"
#include "base/utf8.h"
#include "capture.h"
#include "rule.h"

/* A condition being compiled. */
struct compiling {
	const struct script *script;
	const struct value *value;
	struct str lang;
	struct condition *to;
	bool search; /* what the rule looks for first, not what it then asks */
	struct error *err;
};

/* What is wrong with a regex once it is folded as the text is; *at is its place in `regex`. A
   character that would become a different sign of the regex language is refused. */
static const char *folded_mistake(struct str regex, const struct folded *folded, size_t *at)
{
	for (size_t i = 0; i < folded->text.len; i++) {
		unsigned char c = (unsigned char)folded->text.ptr[i];
		unsigned char origin = (unsigned char)regex.ptr[folded->origin[i]];
		if (origin < 0x80 || c >= 0x80 || c == '\'' || c == ' ' || utf8_is_word(c))
			continue;
		*at = folded->origin[i];
		return "character that stands for plain ASCII ones, expected those";
	}
	const char *refusal = regex_refusal(buf_str(&folded->text), at);
	if (refusal)
		*at = folded->origin[*at];
	return refusal;
}

static int make_pattern(struct compiling *c, struct str regex, size_t *at, struct error *failure)
{
	struct buf whole = {0};
	captures_define(c->script->words, regex, c->lang, &whole);
	size_t before = whole.len;
	buf_add_str(&whole, regex);
	int rc = whole.failed ? error_memory(failure)
			      : pattern_new(buf_str(&whole), &c->to->pattern, at, failure);
	*at = *at > before ? *at - before : 0;
	if (rc == 0 && c->search && literals_read(regex, c->script->arena, &c->to->literals) < 0)
		rc = error_memory(failure);
	buf_finish(&whole);
	return rc;
}

/* Every mistake in a name in braces. */
static bool complain_classes(struct compiling *c, const struct folded *folded)
{
	size_t at = 0, from = 0;
	char words[160];
	bool good = true;
	while (regex_class_mistake(buf_str(&folded->text), from, &at, words, sizeof(words))) {
		complain_in(c->script, c->value, folded->origin[at], "%s", words);
		from = at + 1;
		good = false;
	}
	return good;
}

/* A class is called, and PCRE2 cannot tell what that takes. */
static bool may_be_empty(struct compiling *c, struct str regex)
{
	struct buf stand_in = {0};
	struct pattern *pattern = NULL;
	struct error failure = {0};
	size_t at;
	captures_stand_in(regex, &stand_in);
	bool empty = stand_in.len == regex.len
		? pattern_may_be_empty(c->to->pattern)
		: pattern_new(buf_str(&stand_in), &pattern, &at, &failure) == 0 &&
			pattern_may_be_empty(pattern);
	pattern_free(pattern);
	buf_finish(&stand_in);
	return empty;
}

/* The regex, folded. PCRE2's complaints are told at the place that they mean in it. */
static int compile_folded(struct compiling *c, const struct folded *folded)
{
	struct rewritten regex = {0};
	struct error failure = {0};
	size_t at = 0;
	int rc = 0;
	regex_rewrite(buf_str(&folded->text), &regex);
	if (regex.text.failed) {
		rc = error_memory(c->err);
	} else if (make_pattern(c, buf_str(&regex.text), &at, &failure) < 0) {
		if (failure.kind == ERROR_MEMORY)
			rc = error_memory(c->err);
		else
			complain_in(c->script, c->value,
				folded->origin[rewritten_origin(&regex, at)], "bad pattern: %s",
				failure.text);
	} else if (may_be_empty(c, buf_str(&regex.text))) {
		complain_in(c->script, c->value, 0, "pattern that matches without any text");
	}
	rewritten_finish(&regex);
	return rc;
}

static int compile_regex(struct compiling *c)
{
	struct str written = c->value->text;
	struct folded folded = {0};
	const char *mistake;
	size_t at = 0;
	int rc = 0;
	if (written.len > LIMIT_PATTERN) {
		complain_in(c->script, c->value, 0, "pattern of %zu bytes, at most %d", written.len,
			LIMIT_PATTERN);
		return 0;
	}
	if (utf8_fold(written, false, &folded) < 0)
		return error_memory(c->err);
	mistake = folded_mistake(written, &folded, &at);
	if (mistake)
		complain_in(c->script, c->value, at, "%s", mistake);
	if (complain_classes(c, &folded) && !mistake)
		rc = compile_folded(c, &folded);
	folded_finish(&folded);
	return rc;
}

/* "included" or "excluded": of the client's contract. */
static void compile_mention(struct compiling *c)
{
	static const char *const names[] = {"included", "excluded"};
	struct str word = c->value->text;
	if (str_eq(word, str_from(names[0])))
		c->to->mention = MENTION_INCLUDED;
	else if (str_eq(word, str_from(names[1])))
		c->to->mention = MENTION_EXCLUDED;
	else
		complain_unknown(c->script, c->value, word, "'mentions' value", names, 2);
}

/* Every name in braces that is none, in phrases. */
static bool complain_phrase_classes(struct compiling *c)
{
	struct str text = c->value->text;
	enum capture class;
	char words[160];
	size_t len;
	bool good = true;
	for (size_t at = 0; at < text.len; at++) {
		struct str rest = str_slice(text, at, text.len);
		if (capture_at(rest, &class, &len) >= 0)
			continue;
		capture_mistake(rest, words, sizeof(words));
		complain_in(c->script, c->value, at, "%s", words);
		good = false;
	}
	return good;
}

static bool complain_phrases(struct compiling *c)
{
	struct str text = c->value->text;
	size_t at = 0;
	const char *mistake = phrases_mistake(text, 0, &at);
	bool good = !mistake;
	while (mistake) {
		complain_in(c->script, c->value, at, "%s", mistake);
		mistake = phrases_mistake(text, at + 1, &at);
	}
	return complain_phrase_classes(c) && good;
}

static int compile_phrases(struct compiling *c)
{
	struct buf regex = {0};
	struct error failure = {0};
	size_t at = 0;
	int rc = 0;
	if (!complain_phrases(c))
		return 0;
	phrases_to_regex(c->value->text, &regex);
	if (regex.failed) {
		rc = error_memory(c->err);
	} else if (make_pattern(c, buf_str(&regex), &at, &failure) < 0) {
		if (failure.kind == ERROR_MEMORY)
			rc = error_memory(c->err);
		else
			complain_in(c->script, c->value, 0, "too many phrases in one line (%s)",
				failure.text);
	}
	buf_finish(&regex);
	return rc;
}

static int compile_value(struct compiling *c)
{
	if (c->value->mentions) {
		compile_mention(c);
		return 0;
	}
	return c->value->says ? compile_phrases(c) : compile_regex(c);
}

static size_t count_values(const struct value *v)
{
	size_t count = 0;
	for (; v; v = v->next)
		count++;
	return count;
}

/* Adds the patterns of a field's values; a value that was complained about leaves none. */
static int compile_field(const struct script *s, const struct value *v, struct str lang,
	struct conditions *out, bool search, struct error *err)
{
	for (; v; v = v->next) {
		struct compiling c = {s, v, lang, &out->items[out->count], search, err};
		c.to->written = v;
		if (v->text.len == 0)
			continue;
		int rc = compile_value(&c);
		if (c.to->pattern || c.to->mention)
			out->count++;
		if (rc < 0)
			return -1;
	}
	return 0;
}

/* Without a fixed word the index cannot tell when the rule need not be tried. */
static void warn_costly(const struct script *s, const struct rule *rule)
{
	for (size_t i = 0; i < rule->match.count; i++) {
		const struct condition *c = &rule->match.items[i];
		if (c->literals.count == 0)
			complain(s, DIAG_WARNING, &c->written->at,
				"no fixed word in every match, it will be tried on every message");
	}
}

int rule_compile(const struct script *s, const struct draft *d, struct rule *out, struct error *err)
{
	const struct {
		struct conditions *to;
		const struct value *values[2];
	} fields[] = {
		{&out->match, {d->first[FIELD_SAYS], d->first[FIELD_MATCH]}},
		{&out->all, {d->first[FIELD_ALL], NULL}},
		{&out->unless, {d->first[FIELD_UNLESS], NULL}},
	};
	size_t errors = s->diags->errors;
	if (clients_read(s, d, &out->clients, err) < 0)
		return -1;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		const struct value *const *values = fields[i].values;
		struct conditions *to = fields[i].to;
		size_t count = count_values(values[0]) + count_values(values[1]);
		to->items = arena_array(s->arena, count, sizeof(*to->items));
		if (!to->items)
			return error_memory(err);
		for (int k = 0; k < 2; k++)
			if (compile_field(
				    s, values[k], out->facts.lang, to, to == &out->match, err) < 0)
				return -1;
	}
	if (s->diags->errors == errors)
		warn_costly(s, out);
	return 0;
}

static void conditions_finish(struct conditions *c)
{
	for (size_t i = 0; i < c->count; i++)
		pattern_free(c->items[i].pattern);
}

void rule_finish(struct rule *r)
{
	conditions_finish(&r->match);
	conditions_finish(&r->all);
	conditions_finish(&r->unless);
}
