/* Tests of values and words: safe on one line, and exact on the way back. */
#include "record_form.h"
#include "suites.h"
#include "unit.h"

static const struct {
	const char *name;
	struct str in;
	const char *value, *word;
} rows[] = {
	{"plain", STR("INBOX"), "INBOX", "INBOX"},
	{"empty", STR(""), "", "-"},
	{"a dash alone", STR("-"), "-", "%2D"},
	{"a dash in front", STR("-x"), "-x", "-x"},
	{"space within", STR("Sent Items"), "Sent Items", "Sent%20Items"},
	{"space at the ends", STR(" x "), "\\x20x\\x20", "%20x%20"},
	{"backslash", STR("\\Sent"), "\\x5cSent", "%5CSent"},
	{"percent", STR("100%"), "100%", "100%25"},
	{"what looks escaped", STR("\\x41%41"), "\\x5cx41%41", "%5Cx41%2541"},
	{"UTF-8", STR("\xc3\xa4"), "\\xc3\\xa4", "%C3%A4"},
	{"broken UTF-8 and NUL", STR("\xff\0"), "\\xff\\x00", "%FF%00"},
	{"line ends", STR("a\r\nb"), "a\\x0d\\x0ab", "a%0D%0Ab"},
};

START_TEST(values_and_words_come_back_exactly)
{
	struct buf value = {0}, word = {0}, plain = {0};
	struct arena arena = {0};
	struct str back = {0};
	value_write(&value, rows[_i].in);
	word_write(&word, rows[_i].in);
	ck_assert_str_eq(buf_cstr(&value), rows[_i].value);
	ck_assert_str_eq(buf_cstr(&word), rows[_i].word);
	ck_assert(value_read(buf_str(&value), &plain));
	ck_assert(str_eq(buf_str(&plain), rows[_i].in));
	ck_assert(word_read(buf_str(&word), &arena, &back));
	ck_assert(str_eq(back, rows[_i].in));
	buf_finish(&value);
	buf_finish(&word);
	buf_finish(&plain);
	arena_finish(&arena);
}
END_TEST

START_TEST(words_have_one_spelling)
{
	static const char *const bad[] = {
		"", "a b", "%", "%4", "%41", "%zz", "%c3", "a%2d", "\\", "\xc3\xa4"};
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct str back = STR("untouched");
		ck_assert_msg(!word_read(str_from(bad[i]), &arena, &back), "'%s' is read", bad[i]);
		ck_assert(str_eq(back, STR("untouched")));
	}
	arena_finish(&arena);
}
END_TEST

START_TEST(a_peer_is_a_client_and_a_number)
{
	static const char *const bad[] = {"", "acme", "acme ", "acme 0", "acme -1", "acme 1 ",
		"acme  1", " 1", "acme 9223372036854775808", "a%41 1"};
	struct arena arena = {0};
	struct peer peer = {STR("untouched"), 7};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ck_assert_msg(!peer_read(str_from(bad[i]), &arena, &peer), "'%s' is read", bad[i]);
	ck_assert_uint_eq(peer.number, 7);
	ck_assert(peer_read(STR("acme 2"), &arena, &peer));
	ck_assert(str_eq(peer.client, STR("acme")) && peer.number == 2);
	arena_finish(&arena);
}
END_TEST

Suite *words_suite(void)
{
	Suite *suite = suite_create("words");
	TCase *tests = tcase_create("words");
	tcase_add_loop_test(
		tests, values_and_words_come_back_exactly, 0, sizeof(rows) / sizeof(*rows));
	tcase_add_test(tests, words_have_one_spelling);
	tcase_add_test(tests, a_peer_is_a_client_and_a_number);
	suite_add_tcase(suite, tests);
	return suite;
}
