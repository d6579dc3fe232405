/* Runs the tests of serve. */
#include "suites.h"

int main(void)
{
	Suite *(*const suites[])(void) = {target_suite, guard_suite};
	return unit_run(suites, sizeof(suites) / sizeof(suites[0]));
}
