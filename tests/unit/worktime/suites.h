/* The suites of the room worktime, and what they share. */
#ifndef TESTS_WORKTIME_SUITES_H
#define TESTS_WORKTIME_SUITES_H

#include "base/str.h"
#include <check.h>

Suite *tz_rule_suite(void);
Suite *tzif_suite(void);
Suite *zone_suite(void);
Suite *schedule_suite(void);
Suite *holidays_suite(void);
Suite *ics_suite(void);
Suite *moment_suite(void);

/* Appends a version 2 TZif file with one type (UTC+0 "AAA", no change) and this footer. */
void tzif_with_footer(const char *footer, struct buf *out);

/* A small generator of its own, so that every run tries the same instants. */
uint64_t next_random(uint64_t *state);

#endif
