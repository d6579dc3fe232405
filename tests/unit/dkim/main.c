/* Runs the suites of signatures. */
#include "suites.h"
#include "unit.h"

int main(void)
{
	Suite *(*const suites[])(void) = {canonical_suite, verify_suite};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
