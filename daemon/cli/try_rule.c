/* overstep try --rule: why one rule was found or was not, step by step. */
#include "base/utf8.h"
#include "try.h"

#define WRITTEN_SHOWN 60 /* of a pattern: enough to know it by */

static void show_label(struct invocation *in, struct str label)
{
	print_colored(in, COLOR_DIM, "%-9.*s", STR_ARG(label));
	print(in, " ");
}

static void show_fit(struct invocation *in, const char *label, bool fits, const char *otherwise)
{
	if (fits)
		return;
	show_label(in, str_from(label));
	print_colored(in, COLOR_YELLOW, "%s", otherwise);
	print(in, "\n");
}

static void show_pattern(struct invocation *in, const struct rule_step *step)
{
	struct str shown = str_slice(step->written, 0, utf8_cut(step->written, WRITTEN_SHOWN));
	if (step->mentions)
		print(in, "mentions ");
	print_visible(in, shown, false);
	print(in, "%s", shown.len < step->written.len ? "..." : "");
}

static bool is_condition(const struct rule_step *step)
{
	return str_eq(step->field, STR("all")) || str_eq(step->field, STR("unless"));
}

static struct str reach_of(const struct rule_explanation *e, const struct rule_step *step)
{
	return str_eq(step->field, STR("all")) ? e->all_reach : e->unless_reach;
}

static void show_step(
	struct invocation *in, const struct trial_result *r, const struct rule_step *step)
{
	char at[TRY_PLACE_SIZE];
	show_label(in, step->field);
	show_pattern(in, step);
	if (step->given_up)
		print(in, "\n          given up: it takes too many steps on this text");
	for (size_t i = 0; i < step->count; i++) {
		const struct rule_place *place = &step->places[i];
		struct buf words = {0};
		try_place(&r->text, place->start, at);
		utf8_add_visible(&words, str_slice(r->text.bytes, place->start, place->end), false);
		print(in, "\n          '");
		print_colored(in, COLOR_BOLD, "%s", buf_cstr(&words));
		print(in, "' at %s", at);
		buf_finish(&words);
		if (is_condition(step))
			print(in, "%s the same %.*s as a match",
				place->reached ? ", in" : ", not in",
				STR_ARG(reach_of(&r->explanation, step)));
	}
	if (!step->count && !step->given_up)
		print(in, ": not there");
	print(in, "\n");
}

static bool matched(const struct rule_explanation *e)
{
	for (size_t i = 0; i < e->step_count; i++)
		if (!is_condition(&e->steps[i]) && e->steps[i].count)
			return true;
	return false;
}

static void show_verdict(struct invocation *in, const struct trial_result *r)
{
	const struct rule_facts *rule = r->explanation.rule;
	char at[TRY_PLACE_SIZE];
	bool any = false;
	for (size_t i = 0; i < r->hits.count; i++) {
		if (r->hits.items[i].rule != rule)
			continue;
		try_place(&r->text, r->hits.items[i].start, at);
		print(in, "found at %s\n", at);
		any = true;
	}
	for (size_t i = 0; i < r->hits.near_count; i++) {
		const struct near_miss *n = &r->hits.near[i];
		if (n->rule != rule)
			continue;
		try_place(&r->text, n->start, at);
		print(in, "not found at %s: held back by ", at);
		print_visible(in, n->held_back_by, false);
		print(in, "\n");
		any = true;
	}
	if (!any)
		print(in, "not found: %s\n",
			matched(&r->explanation) ? "its words are not looked at here"
						 : "none of what it looks for is there");
}

void try_show_rule(struct invocation *in, const struct trial_result *r)
{
	const struct rule_explanation *e = &r->explanation;
	print_colored(in, COLOR_BOLD, "%.*s", STR_ARG(e->rule->name));
	print(in, "  ");
	print_visible(in, e->rule->title, false);
	print(in, "\n");
	show_fit(in, "from", e->fits_sender,
		r->direction == DIRECTION_OUT ? "the rule is for the client's words, these are mine"
					      : "the rule is for my words, these are the client's");
	show_fit(in, "client", e->fits_client, "the rule is for other clients");
	show_fit(in, "when", e->fits_moment, "the rule is for other hours");
	for (size_t i = 0; i < e->step_count; i++)
		show_step(in, r, &e->steps[i]);
	show_verdict(in, r);
}

static void write_step(struct json_writer *w, const struct rule_step *step)
{
	json_object(w, NULL);
	json_str(w, "field", step->field);
	json_str(w, "pattern", step->written);
	json_bool(w, "given_up", step->given_up);
	json_array(w, "places");
	for (size_t i = 0; i < step->count; i++) {
		json_object(w, NULL);
		json_int(w, "start", (int64_t)step->places[i].start);
		json_int(w, "end", (int64_t)step->places[i].end);
		if (is_condition(step))
			json_bool(w, "reached", step->places[i].reached);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

void try_write_rule(struct json_writer *w, const struct trial_result *r)
{
	const struct rule_explanation *e = &r->explanation;
	json_object(w, "explanation");
	json_str(w, "rule", e->rule->name);
	json_bool(w, "found", try_found(r, e->rule->name));
	json_bool(w, "fits_sender", e->fits_sender);
	json_bool(w, "fits_client", e->fits_client);
	json_bool(w, "fits_moment", e->fits_moment);
	json_array(w, "steps");
	for (size_t i = 0; i < e->step_count; i++)
		write_step(w, &e->steps[i]);
	json_array_end(w);
	json_object_end(w);
}
