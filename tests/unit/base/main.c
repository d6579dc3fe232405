/* The tests of base. */
#include "suites.h"
#include "unit.h"

int main(void)
{
	Suite *(*const suites[])(void) = {str_suite, slots_suite, memory_suite, error_suite,
		file_suite, clock_suite, crypto_suite, utf8_suite, fold_suite, json_suite,
		diag_suite, output_suite, log_suite, timestamp_suite};
	return unit_run(suites, sizeof(suites) / sizeof(suites[0]));
}
