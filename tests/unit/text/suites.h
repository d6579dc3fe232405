/* The suites of the text room, and what they share. */
#ifndef TESTS_TEXT_SUITES_H
#define TESTS_TEXT_SUITES_H

#include "model/text.h"
#include <check.h>

Suite *suite_cases(void);
Suite *suite_extract(void);
Suite *suite_html(void);
Suite *suite_html_plain(void);
Suite *suite_mailers(void);
Suite *suite_properties(void);
Suite *suite_quoted(void);

/* Takes the next case, up to the next line that begins with "== ", off *rest: its title, the line
   below, and what follows. False when there is none. */
struct given {
	struct str title, form, rest;
};
bool given_next(struct str *rest, struct given *out);

/* Spans are in order, cover the text, stand on characters and lie within the content. */
void check_spans(const struct text *t, size_t content_len);

/* Every span of every line as "new? hidden | words", without the empty ones. */
void show_spans(const struct text *t, struct buf *out);

#endif
