/* The suites of model, one a file. */
#ifndef TESTS_UNIT_MODEL_SUITES_H
#define TESTS_UNIT_MODEL_SUITES_H

#include <check.h>

Suite *names_suite(void);
Suite *client_suite(void);
Suite *record_suite(void);
Suite *text_suite(void);
Suite *facts_suite(void);
Suite *judgement_suite(void);
Suite *consent_suite(void);
Suite *sequence_suite(void);
Suite *gap_suite(void);

#endif
