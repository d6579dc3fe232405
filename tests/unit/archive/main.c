/* Runs the suites of the archive. */
#include "suites.h"
#include "unit.h"

int main(void)
{
	Suite *(*const suites[])(void) = {record_suite, words_suite, schema_suite,
		transaction_suite, message_suite, blob_suite, position_suite, crash_suite,
		bundle_suite, bundle_hostile_suite, checkpoint_suite, verify_suite, erase_suite};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
