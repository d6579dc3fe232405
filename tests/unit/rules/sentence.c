/* Where sentences and paragraphs begin. */
#include "sentence.h"
#include "rules_test.h"

/* The text with | where a sentence begins and ¶ where a paragraph does. */
static void mark(struct str text, struct buf *out)
{
	struct breaks sentences = {0}, paragraphs = {0};
	size_t s = 0, p = 0;
	ck_assert(text_break_up(text, &sentences, &paragraphs) == 0);
	for (size_t i = 0; i < text.len; i++) {
		if (p < paragraphs.count && paragraphs.at[p] == i) {
			buf_add_cstr(out, "¶");
			p++;
		}
		if (s < sentences.count && sentences.at[s] == i) {
			buf_add_char(out, '|');
			s++;
		}
		buf_add_char(out, text.ptr[i]);
	}
	ck_assert_uint_eq(s, sentences.count);
	ck_assert_uint_eq(p, paragraphs.count);
	breaks_finish(&sentences);
	breaks_finish(&paragraphs);
}

START_TEST(sentences_begin_where_a_reader_sees_them)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"One. Two! Three? Four", "One.| Two!| Three?| Four"},
		{"do it. need it now", "do it.| need it now"},
		{"Really?! (Yes.) \"No.\" So", "Really?!| (Yes.)| \"No.\"| So"},
		{"At 3.5 on overstep.example now", "At 3.5 on overstep.example now"},
		{"Hi Dr. Who, e.g. you, t.ex. hon", "Hi Dr. Who, e.g. you, t.ex. hon"},
		{"Logos, icons etc. and more", "Logos, icons etc. and more"},
		{"Logos, icons etc. And more", "Logos, icons etc.| And more"},
		{"No. I said no. No. 5 is it", "No.| I said no.| No. 5 is it"},
		{"I thought ... you know... So", "I thought ... you know...| So"},
		{"J. Doe writes", "J. Doe writes"},
		{"Bis 14. M\xC3\xA4rz. Am 3. Mai", "Bis 14. M\xC3\xA4rz.| Am 3. Mai"},
		{"Am 14. Maier kommt. Es sind 14. Er", "Am 14.| Maier kommt.| Es sind 14.| Er"},
		{"wrapped\nline", "wrapped\nline"},
		{"todo:\n- one\n* two\n3. three\n12) four",
			"todo:\n|- one\n|* two\n|3. three\n|12) four"},
		{"One\n\nTwo\n \t\n\nThree\n\n", "One\n\n¶|Two\n \t\n\n¶|Three\n\n"},
		{"Pourquoi ? Oui !", "Pourquoi ?| Oui !"},
		{"", ""},
		{"...", "..."},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf got = {0};
		mark(str_from(rows[i].text), &got);
		ck_assert_str_eq(buf_cstr(&got), rows[i].want);
		buf_finish(&got);
	}
}
END_TEST

START_TEST(a_range_over_two_pieces_reaches_over_both)
{
	struct str text = STR("One. Two. Three.");
	struct breaks sentences = {0}, paragraphs = {0};
	ck_assert(text_break_up(text, &sentences, &paragraphs) == 0);
	struct range one = breaks_around(&sentences, text.len, (struct range){5, 8});
	ck_assert_uint_eq(one.start, 4);
	ck_assert_uint_eq(one.end, 9);
	struct range two = breaks_around(&sentences, text.len, (struct range){1, 8});
	ck_assert_uint_eq(two.start, 0);
	ck_assert_uint_eq(two.end, 9);
	struct range all = breaks_around(&paragraphs, text.len, (struct range){5, 8});
	ck_assert_uint_eq(all.start, 0);
	ck_assert_uint_eq(all.end, text.len);
	breaks_finish(&sentences);
	breaks_finish(&paragraphs);
}
END_TEST

Suite *sentence_suite(void)
{
	Suite *suite = suite_create("rules: sentences");
	TCase *tests = tcase_create("breaks");
	tcase_add_test(tests, sentences_begin_where_a_reader_sees_them);
	tcase_add_test(tests, a_range_over_two_pieces_reaches_over_both);
	suite_add_tcase(suite, tests);
	return suite;
}
