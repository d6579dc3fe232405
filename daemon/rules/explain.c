/* Why a rule was found in a text or was not, step by step. */
#include "rules/explain.h"

#include "set.h"

struct explaining {
	const struct ruleset *set;
	const struct rule *rule;
	struct rule_step *steps;
	size_t count;
	size_t match_count; /* of steps: what is looked for first */
};

static void add_place(struct rule_step *step, const struct subject *s, struct range found)
{
	struct range at = subject_origin(s, found);
	if (step->count < RULE_PLACES)
		step->places[step->count++] = (struct rule_place){at.start, at.end, false};
}

/* All places of a pattern, wherever they are. */
static void find_all(struct explaining *e, struct pattern *pattern, struct rule_step *step)
{
	struct workspace *w = e->set->work;
	scanner_start(w->scanner, w->subjects.bytes);
	for (size_t i = 0; i < w->subjects.count; i++) {
		const struct subject *s = &w->subjects.items[i];
		struct str text = subject_text(s);
		struct range found = {0, 0};
		int rc = 0;
		while (step->count < RULE_PLACES &&
			(rc = pattern_find(
				 pattern, w->scanner, text, found.end, text.len, &found)) > 0)
			add_place(step, s, found);
		step->given_up |= rc < 0;
	}
}

static void add_steps(struct explaining *e, const char *field, const struct conditions *conditions)
{
	for (size_t i = 0; i < conditions->count; i++) {
		const struct condition *c = &conditions->items[i];
		struct rule_step *step = &e->steps[e->count++];
		struct pattern *pattern = c->mention
			? contract_phrases_pattern(e->set->work->contract, c->mention)
			: c->pattern;
		*step = (struct rule_step){
			.field = str_from(field),
			.written = c->written->text,
			.says = c->written->says,
			.mentions = c->mention != MENTION_NONE,
		};
		if (pattern)
			find_all(e, pattern, step);
	}
}

/* The subject that holds a place of the text, and the place in it; NULL: none. */
static const struct subject *subject_at(
	const struct subjects *all, const struct rule_place *place, struct range *folded)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct subject *s = &all->items[i];
		if (place->start < s->base || place->end > s->base + s->source.len)
			continue;
		size_t start = 0, end = 0, len = subject_text(s).len;
		while (start < len && s->base + s->folded.origin[start] < place->start)
			start++;
		for (end = start; end < len && s->base + s->folded.origin[end] < place->end;)
			end++;
		*folded = (struct range){start, end};
		return s;
	}
	return NULL;
}

/* Does the condition's place stand within reach of some place that matched? */
static bool is_reached(const struct explaining *e, const struct rule_place *place, enum reach reach)
{
	const struct subjects *all = &e->set->work->subjects;
	struct range here, there;
	const struct subject *s = subject_at(all, place, &here);
	for (size_t i = 0; i < e->match_count; i++) {
		for (size_t k = 0; k < e->steps[i].count; k++) {
			if (reach == REACH_MESSAGE)
				return true;
			if (!s || subject_at(all, &e->steps[i].places[k], &there) != s)
				continue;
			struct range around = reach_around(s, reach, there);
			if (here.start >= around.start && here.end <= around.end)
				return true;
		}
	}
	return false;
}

static void note_reach(struct explaining *e, size_t from, enum reach reach)
{
	for (size_t i = from; i < e->count; i++)
		for (size_t k = 0; k < e->steps[i].count; k++)
			e->steps[i].places[k].reached =
				is_reached(e, &e->steps[i].places[k], reach);
}

static struct str reach_word(enum reach reach)
{
	static const char *const words[] = {
		[REACH_SENTENCE] = "sentence",
		[REACH_PARAGRAPH] = "paragraph",
		[REACH_MESSAGE] = "message",
	};
	return str_from(words[reach]);
}

static int explain(struct explaining *e, const struct match_input *in, struct arena *arena,
	struct rule_explanation *out, struct error *err)
{
	const struct rule *rule = e->rule;
	struct subjects *subjects = &e->set->work->subjects;
	e->steps = arena_array(
		arena, rule->match.count + rule->all.count + rule->unless.count, sizeof(*e->steps));
	if (!e->steps || subjects_load(subjects, in->text) < 0)
		return error_memory(err);
	for (size_t i = 0; i < subjects->count; i++)
		if (subject_break_up(&subjects->items[i]) < 0)
			return error_memory(err);
	add_steps(e, "match", &rule->match);
	for (size_t i = 0; i < e->count; i++)
		if (e->steps[i].says)
			e->steps[i].field = STR("says");
	e->match_count = e->count;
	add_steps(e, "all", &rule->all);
	note_reach(e, e->match_count, rule->within);
	size_t unless = e->count;
	add_steps(e, "unless", &rule->unless);
	note_reach(e, unless, rule->unless_within);
	*out = (struct rule_explanation){
		.rule = &rule->facts,
		.fits_sender = rule_fits_sender(rule, in),
		.fits_client = rule_fits_client(rule, in),
		.fits_moment = rule_fits_moment(rule, in),
		.steps = e->steps,
		.step_count = e->count,
		.all_reach = reach_word(rule->within),
		.unless_reach = reach_word(rule->unless_within),
	};
	return 1;
}

int ruleset_explain(const struct ruleset *r, const struct match_input *in, struct str name,
	struct arena *arena, struct rule_explanation *out, struct error *err)
{
	struct explaining e = {.set = r};
	for (size_t i = 0; i < r->count && !e.rule; i++)
		if (str_eq(r->rules[i].facts.name, name))
			e.rule = &r->rules[i];
	return e.rule ? explain(&e, in, arena, out, err) : 0;
}
