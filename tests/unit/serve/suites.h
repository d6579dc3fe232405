/* The suites of the room serve. */
#ifndef TESTS_SERVE_SUITES_H
#define TESTS_SERVE_SUITES_H

#include "unit.h"
#include <check.h>

Suite *target_suite(void);
Suite *guard_suite(void);

#endif
