/* What every unit test program shares: the list of its suites, run and counted. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <check.h>
#include <stddef.h>
#include <stdlib.h>

/* Runs the suites; the exit status of the program. CK_FORK=no helps in a debugger. */
static inline int unit_run(Suite *(*const suites[])(void), size_t count)
{
	SRunner *runner = srunner_create(NULL);
	for (size_t i = 0; i < count; i++)
		srunner_add_suite(runner, suites[i]());
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
