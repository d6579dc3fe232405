/* When a rule is proposed for shadow. */
#include "rule_trust.h"
#include "suites.h"

START_TEST(a_rule_is_proposed_only_when_enough_marks_say_so)
{
	static const struct {
		const char *name;
		struct rule_count count;
		int precision;
		bool doubtful;
	} rows[] = {
		{"nothing is marked", {.hits = 100}, -1, false},
		{"four marks are too few", {.hits = 4, .wrong = 4}, 0, false},
		{"five wrong ones are not", {.hits = 5, .wrong = 5}, 0, true},
		{"what was agreed to is a true hit", {.hits = 5, .agreed = 5}, 100, false},
		{"four in ten true", {.hits = 10, .wrong = 6, .right = 4}, 40, true},
		{"five in ten may be chance", {.hits = 10, .wrong = 5, .right = 5}, 50, false},
		{"a third of ninety is not", {.hits = 90, .wrong = 60, .agreed = 30}, 33, true},
		{"seven in ten of many", {.hits = 1000, .wrong = 300, .right = 700}, 70, false},
		{"six in ten of many", {.hits = 1000, .wrong = 400, .right = 600}, 60, true},
		{"few of the hits are wrong", {.hits = 61, .wrong = 6}, 0, false},
		{"a tenth of the hits is", {.hits = 60, .wrong = 6}, 0, true},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert_msg(rule_precision(&rows[i].count) == rows[i].precision, "%s: %d",
			rows[i].name, rule_precision(&rows[i].count));
		ck_assert_msg(
			rule_is_doubtful(&rows[i].count) == rows[i].doubtful, "%s", rows[i].name);
	}
}
END_TEST

Suite *rule_trust_suite(void)
{
	Suite *suite = suite_create("rule trust");
	TCase *tests = tcase_create("trust");
	tcase_add_test(tests, a_rule_is_proposed_only_when_enough_marks_say_so);
	suite_add_tcase(suite, tests);
	return suite;
}
