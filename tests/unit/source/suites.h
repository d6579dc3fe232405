/* The suites of this program, one a file. */
#ifndef TESTS_SOURCE_SUITES_H
#define TESTS_SOURCE_SUITES_H

#include "unit.h"

Suite *filter_suite(void);
Suite *folder_suite(void);
Suite *secret_suite(void);
Suite *tls_suite(void);
Suite *misbehaving_suite(void);
Suite *look_suite(void);
Suite *append_suite(void);
Suite *mbox_suite(void);
Suite *files_suite(void);
Suite *exports_suite(void);
Suite *dovecot_suite(void);

#endif
