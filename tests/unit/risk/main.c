/* Runs the tests of risk. */
#include "suites.h"

int main(void)
{
	Suite *(*const suites[])(void) = {examples_suite, properties_suite};
	return unit_run(suites, sizeof(suites) / sizeof(suites[0]));
}
