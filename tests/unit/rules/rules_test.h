/* What the suites of rules/ share: rule sets out of a string, messages with marked lines. */
#ifndef TESTS_RULES_TEST_H
#define TESTS_RULES_TEST_H

#include "rules/ruleset.h"
#include "unit.h"

Suite *bad_suite(void);
Suite *cases_suite(void);
Suite *hostile_suite(void);
Suite *limits_suite(void);
Suite *literal_suite(void);
Suite *phrase_suite(void);
Suite *redaction_suite(void);
Suite *sentence_suite(void);
Suite *sequence_cases_suite(void);
Suite *set_suite(void);
Suite *soundness_suite(void);
Suite *titles_suite(void);
Suite *view_suite(void);
Suite *words_suite(void);

/* A rule set of one file of the user's that must load without a complaint. */
struct ruleset *load_text(const char *rules);
/* The same of several files; *diags as they are printed (buf_finish it). */
struct ruleset *load_files(const struct rule_file *files, size_t count,
	const struct ruleset_options *options, struct buf *printed, size_t *left_out);

/* "rule 'words'" for each hit, joined by "; ". */
void hits_print(const struct text *text, const struct hits *hits, struct buf *out);

#endif
