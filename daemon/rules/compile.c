/* Compiles a draft's phrases and regexes into the patterns of a rule. */
#include "base/limits.h"
#include "base/utf8.h"
#include "rule.h"
#include <stdlib.h>

/* Text is folded before it is matched, so a regex must be as well. A character that would become
   a different sign of the regex language is refused. Offsets are of `regex`. */
static const char *fold_regex(struct str regex, struct folded *out, size_t *at)
{
	if (utf8_fold(regex, false, out) < 0)
		return "out of memory";
	for (size_t i = 0; i < out->text.len; i++) {
		unsigned char c = (unsigned char)out->text.ptr[i];
		unsigned char origin = (unsigned char)regex.ptr[out->origin[i]];
		if (origin < 0x80 || c >= 0x80 || c == '\'' || c == ' ' || utf8_is_word(c))
			continue;
		*at = out->origin[i];
		return "character that stands for plain ASCII ones, expected those";
	}
	return NULL;
}

static int compile_regex(
	const struct script *s, const struct value *v, struct pattern **out, struct error *err)
{
	struct folded folded = {0};
	struct error failure = {0};
	size_t at = 0;
	int rc = 0;
	const char *mistake = fold_regex(v->text, &folded, &at);
	if (!mistake && (mistake = pattern_refusal(buf_str(&folded.text), &at)))
		at = folded.origin[at];
	if (mistake) {
		complain_in(s, v, at, "%s", mistake);
	} else if (pattern_new(buf_str(&folded.text), true, out, &at, &failure) < 0) {
		if (failure.kind == ERROR_MEMORY)
			rc = error_memory(err);
		else
			complain_in(s, v, folded.origin[at], "bad pattern: %s", failure.text);
	} else if (pattern_may_be_empty(*out)) {
		complain_in(s, v, 0, "pattern that matches without any text");
	}
	folded_finish(&folded);
	return rc;
}

static int compile_phrases(
	const struct script *s, const struct value *v, struct pattern **out, struct error *err)
{
	struct buf regex = {0};
	struct error failure = {0};
	size_t at = 0;
	int rc = 0;
	const char *mistake = phrases_to_regex(v->text, &regex, &at);
	if (regex.failed) {
		rc = error_memory(err);
	} else if (mistake) {
		complain_in(s, v, at, "%s", mistake);
	} else if (pattern_new(buf_str(&regex), false, out, &at, &failure) < 0) {
		if (failure.kind == ERROR_MEMORY)
			rc = error_memory(err);
		else
			complain_in(s, v, 0, "too many phrases in one line (%s)", failure.text);
	}
	buf_finish(&regex);
	return rc;
}

static size_t count_values(const struct value *v)
{
	size_t count = 0;
	for (; v; v = v->next)
		count++;
	return count;
}

/* Adds the patterns of a field's values; a value that was complained about leaves none. */
static int compile_field(
	const struct script *s, const struct value *v, struct conditions *out, struct error *err)
{
	for (; v; v = v->next) {
		struct condition *c = &out->items[out->count];
		c->written = v;
		if (v->text.len == 0)
			continue;
		int rc = v->says ? compile_phrases(s, v, &c->pattern, err)
				 : compile_regex(s, v, &c->pattern, err);
		if (rc < 0)
			return -1;
		if (c->pattern)
			out->count++;
	}
	return 0;
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
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		const struct value *const *values = fields[i].values;
		struct conditions *to = fields[i].to;
		size_t count = count_values(values[0]) + count_values(values[1]);
		to->items = arena_array(s->arena, count, sizeof(*to->items));
		if (!to->items)
			return error_memory(err);
		for (int k = 0; k < 2; k++)
			if (compile_field(s, values[k], to, err) < 0)
				return -1;
	}
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
