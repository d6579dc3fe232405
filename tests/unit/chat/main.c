/* Unit tests of the chat room. */
#include "suites.h"
#include "unit.h"

int main(void)
{
	Suite *(*const suites[])(void) = {
		suite_cases, suite_hostile, suite_order, suite_pieces, suite_samples, suite_zip};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
