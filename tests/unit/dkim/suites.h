/* The suites of the tests of signatures, one a file. */
#ifndef TESTS_DKIM_SUITES_H
#define TESTS_DKIM_SUITES_H

#include <check.h>

Suite *canonical_suite(void);
Suite *verify_suite(void);

#endif
