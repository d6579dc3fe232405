/* The suites of the archive's tests, one a file. */
#ifndef TESTS_ARCHIVE_SUITES_H
#define TESTS_ARCHIVE_SUITES_H

#include <check.h>

Suite *record_suite(void);
Suite *words_suite(void);
Suite *schema_suite(void);
Suite *transaction_suite(void);
Suite *message_suite(void);
Suite *blob_suite(void);
Suite *position_suite(void);
Suite *crash_suite(void);
Suite *bundle_suite(void);
Suite *bundle_hostile_suite(void);
Suite *checkpoint_suite(void);
Suite *verify_suite(void);
Suite *erase_suite(void);

#endif
