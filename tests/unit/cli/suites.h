/* The suites of cli/. */
#ifndef TESTS_UNIT_CLI_SUITES_H
#define TESTS_UNIT_CLI_SUITES_H

#include "unit.h"

Suite *advice_suite(void);
Suite *inbox_suite(void);
Suite *clock_reason_suite(void);
Suite *complete_suite(void);
Suite *rule_trust_suite(void);
Suite *init_suite(void);
Suite *init_hours_suite(void);

#endif
