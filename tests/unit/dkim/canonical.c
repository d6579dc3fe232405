/* Tests of the canonical forms; the first rows are RFC 6376 section 3.4.5. */
#include "canonical.h"

#include "suites.h"
#include "unit.h"
#include <string.h>

static const struct {
	const char *name, *in, *simple, *relaxed;
} fields[] = {
	{"one field of the RFC", "A: X\r\n", "A: X\r\n", "a:X\r\n"},
	{"the other one", "B : Y\t\r\n\tZ  \r\n", "B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n"},
	{"an empty field", "Subject:\r\n", "Subject:\r\n", "subject:\r\n"},
	{"a field of blanks", "Subject: \t \r\n", "Subject: \t \r\n", "subject:\r\n"},
	{"LF alone", "A: X\n Y\n", "A: X\r\n Y\r\n", "a:X Y\r\n"},
};

START_TEST(fields_have_two_forms)
{
	struct buf simple = {0}, relaxed = {0};
	canonical_field(&simple, str_from(fields[_i].in), false, false);
	canonical_field(&relaxed, str_from(fields[_i].in), true, false);
	ck_assert_msg(str_eq(buf_str(&simple), str_from(fields[_i].simple)), "%s: '%.*s'",
		fields[_i].name, STR_ARG(buf_str(&simple)));
	ck_assert_msg(str_eq(buf_str(&relaxed), str_from(fields[_i].relaxed)), "%s: '%.*s'",
		fields[_i].name, STR_ARG(buf_str(&relaxed)));
	buf_finish(&simple);
	buf_finish(&relaxed);
}
END_TEST

static const struct {
	const char *name, *in, *simple, *relaxed;
} bodies[] = {
	{"the body of the RFC", " C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"},
	{"no body", "", "\r\n", ""},
	{"empty lines alone", "\r\n\r\n", "\r\n", ""},
	{"no line end", "a", "a\r\n", "a\r\n"},
	{"blanks and no line end", "a \t", "a \t\r\n", "a\r\n"},
	{"a line of blanks at the end", "a\r\n \t\r\n", "a\r\n \t\r\n", "a\r\n"},
	{"a line of blanks at the start", " \t\r\na\r\n", " \t\r\na\r\n", "\r\na\r\n"},
	{"empty lines within", "a\r\n\r\n\r\nb\r\n", "a\r\n\r\n\r\nb\r\n", "a\r\n\r\n\r\nb\r\n"},
	{"LF alone", "a\nb\n\n", "a\r\nb\r\n", "a\r\nb\r\n"},
	{"a CR within a line", "a\rb\r\n", "a\rb\r\n", "a\rb\r\n"},
	{"a CR at the end", "a\r", "a\r\r\n", "a\r\r\n"},
};

static struct sha256 body_sum(const char *in, bool relaxed, size_t piece, uint64_t *bytes)
{
	struct canonical_body b = {.relaxed = relaxed, .limit = UINT64_MAX};
	struct sha256 sum;
	struct str rest = str_from(in);
	ck_assert_int_eq(sha256_start(&b.hash, NULL), 0);
	for (size_t at = 0; at < rest.len; at += piece)
		ck_assert_int_eq(canonical_body_add(&b, str_slice(rest, at, at + piece), NULL), 0);
	ck_assert_int_eq(canonical_body_end(&b, NULL), 0);
	ck_assert_int_eq(sha256_end(b.hash, &sum, NULL), 0);
	*bytes = b.bytes;
	return sum;
}

START_TEST(bodies_have_two_forms_however_they_come)
{
	for (int relaxed = 0; relaxed < 2; relaxed++) {
		struct str want = str_from(relaxed ? bodies[_i].relaxed : bodies[_i].simple);
		struct sha256 sum;
		ck_assert_int_eq(sha256_of(want, &sum, NULL), 0);
		for (size_t piece = 1; piece < 6; piece++) {
			uint64_t bytes;
			struct sha256 have = body_sum(bodies[_i].in, relaxed, piece, &bytes);
			ck_assert_msg(bytes == want.len && sha256_eq(&sum, &have), "%s, %s",
				bodies[_i].name, relaxed ? "relaxed" : "simple");
		}
	}
}
END_TEST

Suite *canonical_suite(void)
{
	Suite *s = suite_create("canonical forms");
	TCase *t = tcase_create("rows");
	tcase_add_loop_test(t, fields_have_two_forms, 0, sizeof(fields) / sizeof(*fields));
	tcase_add_loop_test(
		t, bodies_have_two_forms_however_they_come, 0, sizeof(bodies) / sizeof(*bodies));
	suite_add_tcase(s, t);
	return s;
}
