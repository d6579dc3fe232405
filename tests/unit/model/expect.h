/* Assertions that the tests of model share. */
#ifndef TESTS_UNIT_MODEL_EXPECT_H
#define TESTS_UNIT_MODEL_EXPECT_H

#include "base/str.h"

#include <check.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* The same bytes, and absent only when the other is. */
#define expect_same(got, want)                                                                     \
	do {                                                                                       \
		struct str got_ = (got), want_ = (want);                                           \
		ck_assert_msg(str_eq(got_, want_) && !got_.ptr == !want_.ptr,                      \
			"got \"%.*s\"%s, want \"%.*s\"%s", STR_ARG(got_),                          \
			got_.ptr ? "" : " (absent)", STR_ARG(want_),                               \
			want_.ptr ? "" : " (absent)");                                             \
	} while (0)

#endif
