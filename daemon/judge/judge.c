/* Hits become findings; the clock and the words together become at most one after-hours finding. */
#include "judge/judge.h"

#include "after_hours.h"
#include "base/limits.h"

static struct str words_of(const struct text *text, const struct hit *hit, struct arena *arena)
{
	return arena_str(arena, str_slice(text->bytes, hit->start, hit->end));
}

static int finding_of_hit(
	const struct hit *hit, const struct text *text, struct arena *arena, struct finding *out)
{
	const struct rule_facts *rule = hit->rule;
	*out = (struct finding){
		.rule = arena_str(arena, rule->name),
		.rule_hash = arena_str(arena, str_from(rule->hash)),
		.sign = rule->sign,
		.severity = rule->severity,
		.status = rule->status,
		.unsure = hit->unsure,
		.has_range = true,
		.start = hit->start,
		.end = hit->end,
		.text = words_of(text, hit, arena),
		.why = arena_format(arena, "matched rule %.*s: %.*s", STR_ARG(rule->name),
			STR_ARG(rule->title)),
	};
	if (captured_copy(&hit->captured, arena, &out->captured) < 0)
		return -1;
	return out->rule.ptr && out->rule_hash.ptr && out->text.ptr && out->why.ptr ? 0 : -1;
}

static int split_hits(const struct judge_input *in, struct judgement *j)
{
	const struct hits *hits = in->hits;
	/* one more: the clock's own finding */
	j->findings = arena_array(&j->arena, hits->count + 1, sizeof(*j->findings));
	j->markers = arena_array(&j->arena, hits->count + 1, sizeof(*j->markers));
	if (!j->findings || !j->markers)
		return -1;
	for (size_t i = 0; i < hits->count; i++) {
		struct finding *to = sign_is_marker(hits->items[i].rule->sign)
			? &j->markers[j->marker_count++]
			: &j->findings[j->finding_count++];
		if (finding_of_hit(&hits->items[i], in->text, &j->arena, to) < 0)
			return -1;
	}
	return 0;
}

/* What could not be looked at: the message's own bound first, then the rules that gave up. */
static int note_unexamined(const struct judge_input *in, struct judgement *j)
{
	const struct hits *hits = in->hits;
	j->examined = in->examined;
	j->not_examined = (struct str){0};
	if (in->examined == EXAMINED_YES && !hits->unexamined_count && !hits->too_many)
		return 0;
	if (in->examined == EXAMINED_YES)
		j->examined = EXAMINED_RULE_LIMIT;
	struct buf words = {0};
	buf_add_str(&words, in->not_examined);
	for (size_t i = 0; i < hits->unexamined_count; i++)
		buf_add_format(&words, "%srule %.*s: %s", words.len ? "; " : "",
			STR_ARG(hits->unexamined[i].rule->name), hits->unexamined[i].why);
	if (hits->too_many)
		buf_add_format(&words, "%smore than %d hits, the rest was not kept",
			words.len ? "; " : "", LIMIT_HITS);
	if (!words.len)
		buf_add_cstr(&words, examined_name(j->examined));
	if (!words.failed)
		j->not_examined = arena_str(&j->arena, buf_str(&words));
	buf_finish(&words);
	return j->not_examined.ptr ? 0 : -1;
}

/* What I had consented to stays a finding, with the reason why it weighs nothing. */
static int note_consents(const struct judge_input *in, struct judgement *j)
{
	for (size_t i = 0; i < j->finding_count; i++) {
		struct finding *f = &j->findings[i];
		const struct consent *consent = consent_find(in->consents, in->consent_count,
			f->rule, in->client ? in->client->id : (struct str){NULL, 0},
			in->has_mine ? &in->mine : NULL);
		if (!consent)
			continue;
		f->consent = arena_str(&j->arena, consent->why);
		if (!f->consent.ptr)
			return -1;
	}
	return 0;
}

static int fill(const struct judge_input *in, struct judgement *j)
{
	j->has_mine = in->has_mine;
	j->mine = in->mine;
	j->has_theirs = in->has_theirs;
	if (in->has_theirs) {
		j->theirs_working = in->theirs.period == PERIOD_WORKING;
		j->theirs_why = arena_str(&j->arena, str_from(in->theirs.why));
		if (!j->theirs_why.ptr)
			return -1;
	}
	if (note_unexamined(in, j) < 0)
		return -1;
	if (in->third_party)
		return 0;
	if (in->client && in->direction == DIRECTION_IN) {
		j->author = arena_str(&j->arena, in->client->id);
		if (!j->author.ptr)
			return -1;
	}
	if (split_hits(in, j) < 0 || after_hours_judge(in, j) < 0)
		return -1;
	return note_consents(in, j);
}

int judge(const struct judge_input *in, struct judgement *out, struct error *err)
{
	struct judgement made;
	judgement_init(&made);
	if (fill(in, &made) < 0) {
		judgement_finish(&made);
		return error_memory(err);
	}
	judgement_finish(out);
	*out = made;
	return 0;
}
