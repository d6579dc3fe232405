/* Runs the suites of cli/. */
#include "suites.h"

int main(void)
{
	static Suite *(*const suites[])(void) = {advice_suite, inbox_suite, clock_reason_suite,
		complete_suite, rule_trust_suite, init_suite, init_hours_suite};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
