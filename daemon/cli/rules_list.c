/* overstep rules list: which rules there are, and how they do. */
#include "app/rulebook.h"
#include "config/config.h"
#include "message_output.h"
#include "model/sequence.h"
#include "rule_trust.h"
#include "rules_command.h"
#include <stdlib.h>

/* What --sign, --lang, --doubtful and the glob leave. */
struct filter {
	struct sequence_glob glob;
	bool has_glob, has_sign, doubtful;
	enum sign sign;
	struct str lang;
};

static int read_filter(const struct invocation *in, struct filter *out, struct error *err)
{
	const char *sign = option(in, "sign");
	*out = (struct filter){
		.lang = str_from(option(in, "lang")), .doubtful = has_option(in, "doubtful")};
	out->has_glob = in->argument_count > 1;
	if (out->has_glob)
		out->glob.names = str_from(in->arguments[1]);
	out->has_sign = sign != NULL;
	if (!sign || sign_parse(str_from(sign), &out->sign))
		return 0;
	const char *near = did_you_mean(str_from(sign), sign_names, SIGN_COUNT);
	return error_set(err, ERROR_USAGE,
		near ? "unknown sign '%s' (did you mean '%s'?)"
		     : "unknown sign '%s', see 'overstep rules list'",
		sign, near);
}

bool rules_is_proposed(const struct rule_known *rule)
{
	return rule->facts->status == RULE_LIVE && rule_is_doubtful(&rule->count);
}

static bool passes(const struct filter *f, const struct rule_known *rule)
{
	return (!f->has_glob || sequence_glob_fits(&f->glob, rule->facts->name)) &&
		(!f->has_sign || rule->facts->sign == f->sign) &&
		(!f->lang.ptr || str_eq(rule->facts->lang, f->lang)) &&
		(!f->doubtful || rules_is_proposed(rule));
}

void rules_write_count(
	const struct rules_known *k, const struct rule_known *rule, struct json_writer *w)
{
	const struct {
		const char *key;
		uint64_t count;
	} counts[] = {{"hits", rule->count.hits}, {"wrong", rule->count.wrong},
		{"agreed", rule->count.agreed}, {"right", rule->count.right}};
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (k->has_counts)
			json_int(w, counts[i].key, (int64_t)counts[i].count);
		else
			json_null(w, counts[i].key);
	}
	if (rule_precision(&rule->count) >= 0)
		json_int(w, "precision", rule_precision(&rule->count));
	else
		json_null(w, "precision");
	json_bool(w, "proposed_shadow", rules_is_proposed(rule));
}

static int write_rule(struct invocation *in, const struct rules_known *k,
	const struct rule_known *rule, struct error *err)
{
	struct json_line line;
	struct json_writer *w = json_item(&line);
	rules_write_facts(rule, w);
	rules_write_count(k, rule, w);
	return json_item_end(in, &line, err);
}

static void add_row(struct table *t, const struct rules_known *k, const struct rule_known *rule)
{
	const struct rule_facts *f = rule->facts;
	struct buf marks = {0};
	int precision = rule_precision(&rule->count);
	rule_marks_add(&rule->count, &marks);
	table_add(t, f->name, COLOR_BOLD, false);
	table_add_cstr(t, sign_name(f->sign), COLOR_PLAIN, false);
	table_add_cstr(t, sign_is_marker(f->sign) ? "-" : severity_name(f->severity),
		severity_color(f->severity), false);
	table_add_cstr(t, rule_status_name(f->status),
		f->status == RULE_SHADOW ? COLOR_DIM : COLOR_PLAIN, false);
	if (k->has_counts)
		table_add_format(
			t, COLOR_PLAIN, true, "%llu", (unsigned long long)rule->count.hits);
	else
		table_add_cstr(t, "-", COLOR_DIM, true);
	if (precision >= 0)
		table_add_format(t, rules_is_proposed(rule) ? COLOR_RED : COLOR_PLAIN, true,
			"%d %%", precision);
	else
		table_add_cstr(t, "-", COLOR_DIM, true);
	table_add(t, buf_str(&marks), COLOR_PLAIN, false);
	table_add_format(t, COLOR_DIM, false, "%.*s:%u", STR_ARG(rule->view.file), rule->view.line);
	buf_finish(&marks);
}

static struct table *begin_table(struct error *err)
{
	static const char *const heads[] = {
		"RULE", "SIGN", "SEVERITY", "STATUS", "HITS", "TRUE", "MARKS", "FILE"};
	struct table *t = NULL;
	if (table_new(8, &t, err) < 0)
		return NULL;
	for (size_t i = 0; i < 8; i++)
		table_add_cstr(t, heads[i], COLOR_DIM, i == 4 || i == 5);
	return t;
}

static void print_proposal(struct invocation *in, const struct rule_known *rule)
{
	const struct rule_view *v = &rule->view;
	struct buf marks = {0}, lines = {0};
	rule_marks_add(&rule->count, &marks);
	print(in, "\n%.*s is proposed for shadow: %llu hits, %s. ", STR_ARG(v->name),
		(unsigned long long)rule->count.hits, buf_cstr(&marks));
	if (v->pack.ptr) {
		print(in, "In a file of your own:\n\n");
		rule_view_shadow(v, &lines);
		print_visible(in, buf_str(&lines), true);
	} else {
		print(in, "In %.*s, below line %u:\n\n  status    shadow\n", STR_ARG(v->file),
			v->line);
	}
	buf_finish(&marks);
	buf_finish(&lines);
}

static int print_all(struct invocation *in, const struct rules_known *k, const struct filter *f,
	struct error *err)
{
	struct table *t = begin_table(err);
	if (!t)
		return -1;
	for (size_t i = 0; i < k->count; i++)
		if (passes(f, &k->rules[i]))
			add_row(t, k, &k->rules[i]);
	int result = table_print(in, t, err);
	table_free(t);
	for (size_t i = 0; i < k->count && !result; i++)
		if (passes(f, &k->rules[i]) && rules_is_proposed(&k->rules[i]))
			print_proposal(in, &k->rules[i]);
	return result;
}

static int write_all(struct invocation *in, const struct rules_known *k, const struct filter *f,
	struct error *err)
{
	for (size_t i = 0; i < k->count; i++)
		if (passes(f, &k->rules[i]) && write_rule(in, k, &k->rules[i], err) < 0)
			return -1;
	return 0;
}

int rules_list(struct invocation *in, const struct rules_known *k, struct error *err)
{
	struct filter f;
	size_t shown = 0;
	if (read_filter(in, &f, err) < 0)
		return -1;
	for (size_t i = 0; i < k->count; i++)
		shown += passes(&f, &k->rules[i]);
	if (in->json && write_all(in, k, &f, err) < 0)
		return -1;
	if (!in->json && shown && print_all(in, k, &f, err) < 0)
		return -1;
	if (!in->json && !shown)
		print(in, f.doubtful ? "no rule is proposed for shadow\n" : "no such rule\n");
	return shown ? 0 : 1;
}
