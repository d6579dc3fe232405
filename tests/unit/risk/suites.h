/* The suites of the risk tests. */
#ifndef TESTS_UNIT_RISK_SUITES_H
#define TESTS_UNIT_RISK_SUITES_H

#include "unit.h"

Suite *examples_suite(void);
Suite *properties_suite(void);

#endif
