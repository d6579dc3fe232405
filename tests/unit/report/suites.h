/* The suites of the report. */
#ifndef TESTS_UNIT_REPORT_SUITES_H
#define TESTS_UNIT_REPORT_SUITES_H

#include "unit.h"

Suite *fold_suite(void);
Suite *golden_suite(void);
Suite *hostile_suite(void);
Suite *timeline_suite(void);
Suite *coverage_suite(void);
Suite *words_suite(void);
Suite *reason_suite(void);
Suite *digest_suite(void);
Suite *decision_suite(void);

#endif
