/* Runs the tests of report. */
#include "suites.h"

int main(void)
{
	Suite *(*const suites[])(void) = {fold_suite, golden_suite, hostile_suite, timeline_suite,
		coverage_suite, words_suite, reason_suite, digest_suite, decision_suite};
	return unit_run(suites, sizeof(suites) / sizeof(suites[0]));
}
