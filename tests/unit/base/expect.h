/* Assertions on text that show both sides. */
#ifndef TESTS_UNIT_BASE_EXPECT_H
#define TESTS_UNIT_BASE_EXPECT_H

#include "base/str.h"

#include <check.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

#define expect_str(got, want)                                                                      \
	do {                                                                                       \
		struct str got_ = (got), want_ = (want);                                           \
		ck_assert_msg(str_eq(got_, want_), "got \"%.*s\", want \"%.*s\"", STR_ARG(got_),   \
			STR_ARG(want_));                                                           \
	} while (0)

#endif
