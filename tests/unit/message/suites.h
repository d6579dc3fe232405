/* The suites of the message room's tests, one a file. */
#ifndef TESTS_MESSAGE_SUITES_H
#define TESTS_MESSAGE_SUITES_H

#include <check.h>

Suite *address_suite(void);
Suite *bad_mail_suite(void);
Suite *cases_suite(void);
Suite *clocks_suite(void);
Suite *compose_suite(void);
Suite *date_suite(void);
Suite *encoded_word_suite(void);
Suite *field_suite(void);
Suite *layers_suite(void);
Suite *parties_suite(void);
Suite *shared_suite(void);
Suite *text_suite(void);

#endif
