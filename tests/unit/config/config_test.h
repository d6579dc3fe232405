/* What the suites of config/ share. */
#ifndef TESTS_UNIT_CONFIG_H
#define TESTS_UNIT_CONFIG_H

#include "config/config.h"
#include "unit.h"

/* worktime's, as the programs use them. */
extern const struct config_checks config_test_checks;

/* A configuration without mistakes, its relative paths below /folder. config_free it. */
struct config *config_of(const char *text);
/* What is said of a configuration with mistakes; buf_finish it. */
struct buf mistakes_of(const char *text);

Suite *bad_suite(void);
Suite *values_suite(void);
Suite *files_suite(void);
Suite *add_clients_suite(void), *add_name_suite(void);

#endif
