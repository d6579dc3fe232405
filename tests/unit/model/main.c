/* The tests of model. */
#include "suites.h"
#include "unit.h"

int main(void)
{
	Suite *(*const suites[])(void) = {names_suite, client_suite, record_suite, text_suite,
		facts_suite, judgement_suite, consent_suite, sequence_suite, gap_suite};
	return unit_run(suites, sizeof(suites) / sizeof(suites[0]));
}
