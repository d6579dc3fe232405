/* overstep rules show: one rule in plain words. */
#include "app/rulebook.h"
#include "message_output.h"
#include "rule_trust.h"
#include "rules_command.h"
#include <stdlib.h>

void rules_write_facts(const struct rule_known *rule, struct json_writer *w)
{
	const struct rule_facts *f = rule->facts;
	json_str(w, "rule", f->name);
	json_cstr(w, "kind", rule->view.sequence ? "sequence" : "rule");
	json_str(w, "title", f->title);
	json_cstr(w, "sign", sign_name(f->sign));
	json_int(w, "severity", f->severity);
	json_cstr(w, "status", rule_status_name(f->status));
	json_str(w, "lang", f->lang);
	json_str(w, "pack", rule->view.pack);
	json_str(w, "file", rule->view.file);
	json_int(w, "line", rule->view.line);
	json_cstr(w, "hash", f->hash);
}

static int miss(const struct rules_known *k, const char *name, struct error *err)
{
	struct arena arena = {0};
	const char **names = arena_array(&arena, k->count + 1, sizeof(*names));
	const char *near = NULL;
	for (size_t i = 0; names && i < k->count; i++) {
		names[i] = arena_cstr(&arena, k->rules[i].facts->name);
		if (!names[i])
			names = NULL;
	}
	if (names)
		near = did_you_mean(str_from(name), names, k->count);
	int result = near
		? error_set(err, ERROR_NOT_FOUND, "no rule '%s' (did you mean '%s'?)", name, near)
		: error_set(err, ERROR_NOT_FOUND, "no rule '%s', see 'overstep rules list'", name);
	arena_finish(&arena);
	return result;
}

/* The first value of a field; absent when it is not there. */
static struct str value_of(const struct rule_view *v, const char *field)
{
	for (size_t i = 0; i < v->line_count; i++)
		if (str_eq(v->lines[i].field, str_from(field)))
			return v->lines[i].text;
	return (struct str){0};
}

static struct str value_or(const struct rule_view *v, const char *field, struct str otherwise)
{
	struct str value = value_of(v, field);
	return value.len ? value : otherwise;
}

static void print_label(struct invocation *in, const char *label)
{
	print_colored(in, COLOR_DIM, "%-10s", label);
}

/* Each value of a field on a line, behind words that say what it does. */
static void print_values(
	struct invocation *in, const struct rule_view *v, const char *field, const char *label)
{
	for (size_t i = 0; i < v->line_count; i++) {
		const struct rule_line *line = &v->lines[i];
		if (!str_eq(line->field, str_from(field)))
			continue;
		print_label(in, label);
		print(in, "%s",
			line->mentions       ? "what the contract has as "
				: line->says ? "any of the phrases  "
					     : "");
		print_visible(in, line->text, false);
		print(in, "\n");
	}
}

static void print_titles(struct invocation *in, const struct rule_view *v)
{
	print_values(in, v, "title-en", "English");
	print_values(in, v, "title-sv", "Swedish");
	print_values(in, v, "title-fr", "French");
}

static void print_scope(struct invocation *in, const struct rule_view *v)
{
	bool mine = str_eq(value_of(v, "from"), STR("me"));
	print_label(in, "looks at");
	print(in, "new words of %s, ", mine ? "mine" : "the client's");
	print(in, "%.*s\n", STR_ARG(value_or(v, "when", STR("at any time"))));
	print_values(in, v, "client", "only for");
}

/* In words what a rule looks for, and what cancels it. */
static void print_rule_words(struct invocation *in, const struct rule_view *v)
{
	static const char *const labels[] = {"only if", "unless"};
	static const char *const amounts[] = {"each", "any"};
	static const char *const fields[] = {"all", "unless"};
	static const char *const reaches[] = {"within", "unless-within"};
	static const char *const defaults[] = {"sentence", "paragraph"};
	print_scope(in, v);
	print_values(in, v, "says", "finds");
	print_values(in, v, "match", "finds");
	for (int i = 0; i < 2; i++) {
		if (!value_of(v, fields[i]).ptr)
			continue;
		print_label(in, labels[i]);
		print(in, "the same %.*s holds %s of\n",
			STR_ARG(value_or(v, reaches[i], str_from(defaults[i]))), amounts[i]);
		print_values(in, v, fields[i], "");
	}
}

static void print_sequence_words(struct invocation *in, const struct rule_view *v)
{
	static const char *const fields[] = {"needs", "silence", "drought", "broken"};
	print_label(in, "looks at");
	print(in, "the client's history with me\n");
	print_values(in, v, "client", "only for");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		print_values(in, v, fields[i], fields[i]);
}

static void print_index(struct invocation *in, const struct rule_view *v)
{
	if (!v->patterns)
		return;
	print_label(in, "speed");
	if (v->indexed == v->patterns)
		print(in, "tried only where one of its fixed words stands\n");
	else
		print(in, "%zu of its %zu patterns have no fixed word: tried on every message\n",
			v->patterns - v->indexed, v->patterns);
}

static void print_archive(
	struct invocation *in, const struct rules_known *k, const struct rule_known *rule)
{
	struct buf marks = {0};
	int precision = rule_precision(&rule->count);
	if (!k->has_counts)
		return;
	rule_marks_add(&rule->count, &marks);
	print_label(in, "archive");
	print(in, "%llu %s", (unsigned long long)rule->count.hits,
		rule->count.hits == 1 ? "hit" : "hits");
	if (precision >= 0)
		print(in, ", marked %s: %d %% true", buf_cstr(&marks), precision);
	print(in, "%s\n", rules_is_proposed(rule) ? "; proposed for shadow" : "");
	buf_finish(&marks);
}

static void print_rule(struct invocation *in, const struct rules_known *k,
	const struct rule_known *rule, const struct rule_view *v)
{
	const struct rule_facts *f = rule->facts;
	print_colored(in, COLOR_BOLD, "%.*s", STR_ARG(f->name));
	print(in, "  ");
	print_visible(in, f->title, false);
	print(in, "\n");
	print_titles(in, v);
	print_label(in, "sign");
	print(in, "%s", sign_name(f->sign));
	if (sign_is_marker(f->sign))
		print(in, ": no warning, but taken into account\n");
	else
		print(in, ", %d %s, %s\n", f->severity, severity_name(f->severity),
			f->status == RULE_SHADOW ? "shadow: never part of the risk" : "live");
	print_label(in, "file");
	print(in, "%.*s:%u, ", STR_ARG(v->file), v->line);
	if (v->pack.ptr)
		print(in, "shipped pack %.*s\n", STR_ARG(v->pack));
	else
		print(in, "your own\n");
	if (v->sequence)
		print_sequence_words(in, v);
	else
		print_rule_words(in, v);
	print_values(in, v, "yes", "must find");
	print_values(in, v, "no", "must not");
	print_values(in, v, "reply", "reply");
	print_index(in, v);
	print_archive(in, k, rule);
	print_label(in, "hash");
	print(in, "%s\n", f->hash);
}

static int write_rule(struct invocation *in, const struct rules_known *k,
	const struct rule_known *rule, const struct rule_view *v, struct error *err)
{
	struct json_line line;
	struct json_writer *w = json_item(&line);
	rules_write_facts(rule, w);
	rules_write_count(k, rule, w);
	json_int(w, "patterns", (int64_t)v->patterns);
	json_int(w, "indexed", (int64_t)v->indexed);
	json_array(w, "fields");
	for (size_t i = 0; i < v->line_count; i++) {
		json_object(w, NULL);
		json_str(w, "field", v->lines[i].field);
		json_bool(w, "says", v->lines[i].says);
		json_str(w, "text", v->lines[i].text);
		json_object_end(w);
	}
	json_array_end(w);
	json_str(w, "text", v->text);
	return json_item_end(in, &line, err);
}

int rules_show(struct invocation *in, const struct rules_known *k, struct error *err)
{
	const struct rule_known *rule = rules_find(k, str_from(in->arguments[1]));
	if (!rule)
		return miss(k, in->arguments[1], err);
	if (has_option(in, "shadow")) {
		struct buf lines = {0};
		rule_view_shadow(&rule->view, &lines);
		print_visible(in, buf_str(&lines), true);
		buf_finish(&lines);
		return 0;
	}
	struct arena arena = {0};
	struct rule_view view = rule->view;
	int result = ruleset_view_read(in->book->rules, &arena, &view, err);
	if (!result && in->json)
		result = write_rule(in, k, rule, &view, err);
	else if (!result)
		print_rule(in, k, rule, &view);
	arena_finish(&arena);
	return result;
}
