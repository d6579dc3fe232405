/* The suites of judge/ besides main.c's own. */
#ifndef TESTS_UNIT_JUDGE_SUITES_H
#define TESTS_UNIT_JUDGE_SUITES_H

#include "unit.h"

Suite *sequence_suite(void);
Suite *quotation_suite(void);

#endif
