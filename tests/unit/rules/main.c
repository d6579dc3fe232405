/* Runs the suites of rules/. */
#include "rules_test.h"

struct ruleset *load_files(const struct rule_file *files, size_t count,
	const struct ruleset_options *options, struct buf *printed, size_t *left_out)
{
	struct ruleset *set = NULL;
	struct diags diags = {0};
	struct error err = {0};
	int rc = ruleset_load(files, count, options, &set, left_out, &diags, &err);
	ck_assert_msg(rc == 0 || err.kind == ERROR_USAGE, "%s", err.text);
	if (diags.count > 0)
		diags_print(&diags, printed);
	diags_finish(&diags);
	return set;
}

struct ruleset *load_text(const char *rules)
{
	struct rule_file file = {.name = STR("test.rules"), .bytes = str_from(rules)};
	struct ruleset_options options = {0};
	struct buf printed = {0};
	size_t left_out = 0;
	struct ruleset *set = load_files(&file, 1, &options, &printed, &left_out);
	ck_assert_str_eq(buf_cstr(&printed), "");
	buf_finish(&printed);
	return set;
}

void hits_print(const struct text *text, const struct hits *hits, struct buf *out)
{
	for (size_t i = 0; i < hits->count; i++) {
		const struct hit *h = &hits->items[i];
		struct str words = str_slice(text->bytes, h->start, h->end);
		buf_add_format(out, "%s%.*s '%.*s'", i > 0 ? "; " : "", STR_ARG(h->rule->name),
			STR_ARG(words));
	}
}

int main(void)
{
	static Suite *(*const suites[])(void) = {bad_suite, cases_suite, hostile_suite,
		limits_suite, literal_suite, phrase_suite, redaction_suite, sentence_suite,
		sequence_cases_suite, set_suite, soundness_suite, titles_suite, view_suite,
		words_suite};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
