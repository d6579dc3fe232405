/* overstep try: one message explained, on the screen and as JSON. */
#include "app/rulebook.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "inbox.h"
#include "message_output.h"
#include "rules/rule_view.h"
#include "try.h"
#include <stdio.h>
#include <stdlib.h>

/* The judgement's findings as the rest of the house shows them; free() it. */
static struct indexed_finding *as_indexed(const struct judgement *j)
{
	struct indexed_finding *findings = calloc(j->finding_count + 1, sizeof(*findings));
	for (size_t i = 0; findings && i < j->finding_count; i++)
		findings[i].finding = j->findings[i];
	return findings;
}

void try_place(const struct text *text, size_t at, char out[TRY_PLACE_SIZE])
{
	struct str before = str_slice(text->bytes, 0, at);
	size_t start, line = 1;
	for (size_t i = 0; i < before.len; i++)
		line += before.ptr[i] == '\n';
	start = str_rfind_char(before, '\n', &start) ? start + 1 : 0;
	snprintf(out, TRY_PLACE_SIZE, "%zu:%zu", line,
		utf8_length(str_slice(before, start, before.len)) + 1);
}

bool try_found(const struct trial_result *r, struct str rule)
{
	for (size_t i = 0; i < r->hits.count; i++)
		if (str_eq(r->hits.items[i].rule->name, rule))
			return true;
	return false;
}

/* Until when the message can wait. */
static void show_opening(struct invocation *in, int64_t at_us, const struct moment *m)
{
	struct buf words = {0};
	if (m->period == PERIOD_WORKING || !m->has_opening)
		return;
	inbox_add_opening(at_us, m, &words);
	print(in, "opening  %s\n", buf_cstr(&words));
	buf_finish(&words);
}

static void show_moment(struct invocation *in, const struct trial_result *r)
{
	char text[TIME_TEXT_SIZE];
	if (r->client.ptr)
		print(in, "client   %.*s, %s\n", STR_ARG(r->client),
			r->direction == DIRECTION_OUT ? "from me" : "to me");
	if (r->automatic.ptr) {
		print(in, "automatic mail: its words are not judged (");
		print_visible(in, r->automatic, false);
		print(in, ")\n");
	}
	if (!r->judgement.has_mine) {
		print_colored(in, COLOR_DIM, "no clock: what depends on the hour was not judged\n");
		return;
	}
	format_time(in, r->clocks.at_us[r->clocks.used], text);
	print(in, "clock    %s (%s%s)\n", text, clock_kind_name(r->clocks.used),
		r->clocks.agreed ? "" : ", disputed");
	print(in, "moment   %s: %s\n", period_name(r->judgement.mine.period),
		r->judgement.mine.why);
	show_opening(in, r->clocks.at_us[r->clocks.used], &r->judgement.mine);
	if (r->judgement.has_theirs)
		print(in, "theirs   %s: %.*s\n",
			r->judgement.theirs_working ? "working" : "outside",
			STR_ARG(r->judgement.theirs_why));
}

/* Where each rule is written: all of them, by name. */
struct sources {
	struct arena arena;
	struct rule_view *views;
	size_t count;
};

static int by_name(const void *name, const void *item)
{
	return str_cmp(*(const struct str *)name, ((const struct rule_view *)item)->name);
}

static void show_place(struct invocation *in, const struct trial_result *r,
	const struct sources *sources, const struct finding *f)
{
	const struct rule_view *v = sources->count
		? bsearch(&f->rule, sources->views, sources->count, sizeof(*v), by_name)
		: NULL;
	char place[TRY_PLACE_SIZE];
	if (!f->has_range)
		return;
	try_place(&r->text, f->start, place);
	print(in, "         at %s", place);
	if (v)
		print(in, ", by %.*s:%u", STR_ARG(v->file), v->line);
	print(in, "\n");
}

static void show_near_miss(
	struct invocation *in, const struct trial_result *r, const struct near_miss *n)
{
	char at[TRY_PLACE_SIZE], by[TRY_PLACE_SIZE];
	try_place(&r->text, n->start, at);
	print_colored(in, COLOR_DIM, "near miss");
	print(in, " %.*s  '", STR_ARG(n->rule->name));
	print_visible(in, str_slice(r->text.bytes, n->start, n->end), false);
	print(in, "' at %s, held back by ", at);
	print_visible(in, n->held_back_by, false);
	if (n->has_by_place) {
		try_place(&r->text, n->by_start, by);
		print(in, " at %s", by);
	}
	print(in, "\n");
}

static int show_findings(struct invocation *in, const struct trial_result *r,
	const struct indexed_finding *findings, struct error *err)
{
	struct sources sources = {0};
	if (ruleset_views(in->book->rules, &sources.arena, &sources.views, &sources.count, err) < 0)
		return -1;
	for (size_t i = 0; i < r->judgement.finding_count; i++) {
		print_finding(in, &findings[i], true);
		show_place(in, r, &sources, &findings[i].finding);
	}
	for (size_t i = 0; i < r->judgement.marker_count; i++)
		print_marker(in, &r->judgement.markers[i]);
	for (size_t i = 0; i < r->hits.near_count; i++)
		show_near_miss(in, r, &r->hits.near[i]);
	if (r->hits.too_many_near)
		print(in, "more near misses than %d, the rest is not shown\n", LIMIT_HITS);
	arena_finish(&sources.arena);
	return try_show_replies(in, r, err);
}

int try_show(struct invocation *in, const struct trial *trial, const struct trial_result *r,
	struct error *err)
{
	struct indexed_finding *findings = as_indexed(&r->judgement);
	if (!findings)
		return error_memory(err);
	int result = 0;
	show_moment(in, r);
	print(in, "\n");
	print_marked_text(in, &r->text, findings, r->judgement.finding_count);
	print(in, "\n");
	if (trial->rule.ptr)
		try_show_rule(in, r);
	else
		result = show_findings(in, r, findings, err);
	if (r->judgement.examined != EXAMINED_YES)
		print(in, "not examined: %.*s\n", STR_ARG(r->judgement.not_examined));
	else if (r->third_party)
		print(in, "no client wrote this: nothing is looked for in it\n");
	else if (!r->judgement.finding_count && !trial->rule.ptr)
		print(in, "examined, nothing found\n");
	free(findings);
	if (result < 0)
		return -1;
	bool found = trial->rule.ptr ? try_found(r, trial->rule) : r->judgement.finding_count > 0;
	return found ? 0 : 1;
}

int try_write_judgement(struct json_writer *w, const struct trial_result *r, struct error *err)
{
	struct indexed_finding *findings = as_indexed(&r->judgement);
	if (!findings)
		return error_memory(err);
	findings_write_json(w, findings, r->judgement.finding_count);
	json_bool(w, "examined", r->judgement.examined == EXAMINED_YES);
	if (r->judgement.examined != EXAMINED_YES)
		json_str(w, "not_examined", r->judgement.not_examined);
	if (r->judgement.has_mine)
		json_cstr(w, "period", period_name(r->judgement.mine.period));
	free(findings);
	return 0;
}

static void write_near_misses(struct json_writer *w, const struct trial_result *r)
{
	json_array(w, "near_misses");
	for (size_t i = 0; i < r->hits.near_count; i++) {
		const struct near_miss *n = &r->hits.near[i];
		json_object(w, NULL);
		json_str(w, "rule", n->rule->name);
		json_int(w, "start", (int64_t)n->start);
		json_int(w, "end", (int64_t)n->end);
		json_str(w, "text", str_slice(r->text.bytes, n->start, n->end));
		json_str(w, "held_back_by", n->held_back_by);
		if (n->has_by_place) {
			json_int(w, "by_start", (int64_t)n->by_start);
			json_int(w, "by_end", (int64_t)n->by_end);
		}
		json_object_end(w);
	}
	json_array_end(w);
}

int try_write(struct invocation *in, const struct trial_result *r, struct error *err)
{
	const struct rule_facts *rule = r->explanation.rule;
	struct json_line line;
	struct json_writer *w = json_item(&line);
	if (try_write_judgement(w, r, err) < 0) {
		buf_finish(&line.text);
		return -1;
	}
	write_near_misses(w, r);
	json_bool(w, "more_near_misses", r->hits.too_many_near);
	if (try_write_replies(in, w, r, err) < 0) {
		buf_finish(&line.text);
		return -1;
	}
	if (rule)
		try_write_rule(w, r);
	if (json_item_end(in, &line, err) < 0)
		return -1;
	return (rule ? try_found(r, rule->name) : r->judgement.finding_count > 0) ? 0 : 1;
}
