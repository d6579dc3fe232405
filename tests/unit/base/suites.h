/* The suites of base, one a file. */
#ifndef TESTS_UNIT_BASE_SUITES_H
#define TESTS_UNIT_BASE_SUITES_H

#include <check.h>

Suite *str_suite(void);
Suite *slots_suite(void);
Suite *memory_suite(void);
Suite *error_suite(void);
Suite *file_suite(void);
Suite *clock_suite(void);
Suite *crypto_suite(void);
Suite *utf8_suite(void);
Suite *fold_suite(void);
Suite *json_suite(void);
Suite *diag_suite(void);
Suite *output_suite(void);
Suite *log_suite(void);
Suite *timestamp_suite(void);

#endif
