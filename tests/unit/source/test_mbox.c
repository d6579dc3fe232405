/* Tests of mbox files: which lines begin a mail, and that none of its octets is lost. */
#include "mbox.h"
#include "suites.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define DATE "Mon Jan  5 10:04:00 2026"

/* The mails of those octets, each between brackets, through a window of that size. */
static void split(struct str octets, size_t window, struct buf *out)
{
	struct error err = {0};
	struct mbox *m = NULL;
	struct mbox_event event;
	int more, fd = memfd_create("mbox", MFD_CLOEXEC);
	ck_assert(fd >= 0);
	ck_assert(write(fd, octets.ptr, octets.len) == (ssize_t)octets.len);
	ck_assert_int_eq(mbox_open(fd, 0, window, &m, &err), 0);
	buf_add_char(out, '[');
	while ((more = mbox_next(m, &event, &err)) > 0) {
		if (event.kind == MBOX_OCTETS)
			buf_add_str(out, event.own);
		else
			buf_add_format(
				out, "]%s[", !strcmp(event.format, "mboxcl2") ? "by length" : "");
	}
	out->len--;
	ck_assert_int_eq(more, 0);
	mbox_close(m);
	close(fd);
}

static const struct {
	const char *name, *in, *want;
} rows[] = {
	{"an empty file", "", ""},
	{"one mail", "From a " DATE "\nSubject: x\n\nHello\n", "[Subject: x\n\nHello\n]"},
	{"the empty line between two is neither's",
		"From a " DATE "\nA: 1\n\none\n\nFrom b " DATE "\nA: 2\n\ntwo\n\n",
		"[A: 1\n\none\n][A: 2\n\ntwo\n]"},
	{"of two empty lines one is the mail's",
		"From a " DATE "\nA: 1\n\none\n\n\nFrom b " DATE "\nA: 2\n\ntwo\n",
		"[A: 1\n\none\n\n][A: 2\n\ntwo\n]"},
	{"CRLF", "From a " DATE "\r\nA: 1\r\n\r\none\r\n\r\nFrom b " DATE "\r\nA: 2\r\n\r\n",
		"[A: 1\r\n\r\none\r\n][A: 2\r\n\r\n]"},
	{"quoted From lines lose one mark",
		"From a " DATE "\nA: 1\n\n>From here\n>>From there\n> From\n",
		"[A: 1\n\nFrom here\n>From there\n> From\n]"},
	{"and so does one that an mboxo's writer typed",
		"From a " DATE "\nA: 1\n\n>From now on, he wrote\n",
		"[A: 1\n\nFrom now on, he wrote\n]"},
	{"not in a header", "From a " DATE "\n>From b " DATE "\nA: 1\n\n",
		"[>From b " DATE "\nA: 1\n\n]"},
	{"a From_ line of another program behind it",
		"From a " DATE "\nFrom b " DATE "\nReceived: x\n\none\n", "[Received: x\n\none\n]"},
	{"words that begin with From", "From a " DATE "\nA: 1\n\nHello\n\nFrom now on: at 10:04\n",
		"[A: 1\n\nHello\n\nFrom now on: at 10:04\n]"},
	{"words with a date, and no header behind them",
		"From a " DATE "\nA: 1\n\nHello\n\nFrom Monday Jan 5 10:04 2026 on\nwe pay less.\n",
		"[A: 1\n\nHello\n\nFrom Monday Jan 5 10:04 2026 on\nwe pay less.\n]"},
	{"a From_ line of a program that leaves the date out",
		"From a " DATE "\nA: 1\n\none\n\nFrom somebody\nReceived: x\n\ntwo\n",
		"[A: 1\n\none\n][Received: x\n\ntwo\n]"},
	{"the empty line before a From_ line is missing",
		"From a " DATE "\nA: 1\n\none\nFrom - " DATE "\nReceived: x\n\ntwo\n",
		"[A: 1\n\none\n][Received: x\n\ntwo\n]"},
	{"what stands before the first From_ line is kept",
		"Subject: lost\n\nHello\n\nFrom a " DATE "\nA: 1\n\n",
		"[Subject: lost\n\nHello\n][A: 1\n\n]"},
	{"mails without a body", "From a " DATE "\nA: 1\n\nFrom b " DATE "\nA: 2\n\n\n",
		"[A: 1\n\n][A: 2\n\n]"},
	{"a From_ line alone is no mail", "From a " DATE "\n\nFrom b " DATE "\nA: 2\n\n\n",
		"[A: 2\n\n]"},
	{"the last line is cut", "From a " DATE "\nA: 1\n\nHel", "[A: 1\n\nHel]"},
	{"a length that lies",
		"From a " DATE "\nContent-Length: 70\n\none\n\nFrom b " DATE "\nA: 2\n\ntwo\n\n"
		"From c " DATE "\nA: 3\n\nthree\n",
		"[Content-Length: 70\n\none\n][A: 2\n\ntwo\n][A: 3\n\nthree\n]"},
	{"a length that would hide another mail, in a file of mails without",
		"From a " DATE "\nContent-Length: 46\n\none\n\nFrom b " DATE
		"\nA: 2\n\ntwo\n\nFrom c " DATE "\nA: 3\n\nthree\n",
		"[Content-Length: 46\n\none\n][A: 2\n\ntwo\n][A: 3\n\nthree\n]"},
	{"a length beyond the file's end",
		"From a " DATE "\nContent-Length: 9999\n\none\n\nFrom b " DATE "\nA: 2\n\n",
		"[Content-Length: 9999\n\none\n][A: 2\n\n]"},
};

START_TEST(mails_are_told_apart)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf got = {0};
		split(str_from(rows[i].in), MBOX_WINDOW_LEAST, &got);
		ck_assert_msg(str_eq(buf_str(&got), str_from(rows[i].want)), "%s: %s", rows[i].name,
			buf_cstr(&got));
		buf_finish(&got);
	}
}
END_TEST

START_TEST(a_body_of_stated_length_may_hold_a_whole_mbox)
{
	static const char body[] = "see:\n\nFrom x " DATE "\nA: b\n\nend\n";
	struct buf in = {0}, want = {0}, got = {0};
	for (int i = 1; i <= 3; i++) {
		buf_add_format(&in, "From a " DATE "\nA: %d\nContent-Length: %zu\n\n%s\n", i,
			sizeof(body) - 1, body);
		buf_add_format(&want, "[A: %d\nContent-Length: %zu\n\n%s]by length", i,
			sizeof(body) - 1, body);
	}
	split(buf_str(&in), MBOX_WINDOW_LEAST, &got);
	ck_assert_str_eq(buf_cstr(&got), buf_cstr(&want));
	buf_finish(&in);
	buf_finish(&want);
	buf_finish(&got);
}
END_TEST

START_TEST(a_body_of_stated_length_keeps_the_marks_of_an_mboxcl)
{
	static const char in[] = "From a " DATE "\nContent-Length: 14\n\n>From here on\n\n"
				 "From b " DATE "\nContent-Length: 13\n\n>>From there\n";
	struct buf got = {0};
	split(str_from(in), MBOX_WINDOW_LEAST, &got);
	ck_assert_str_eq(buf_cstr(&got),
		"[Content-Length: 14\n\n>From here on\n]by length"
		"[Content-Length: 13\n\n>>From there\n]by length");
	buf_finish(&got);
}
END_TEST

START_TEST(how_much_is_held_at_once_changes_nothing)
{
	struct buf in = {0}, want = {0};
	for (int i = 0; i < 400; i++) {
		buf_add_format(
			&in, "From a " DATE "\nReceived: %d\nSubject: %0*d\n\n", i, i % 97, i);
		for (int k = 0; k < i % 53; k++)
			buf_add_format(&in, "%s%0*d\n",
				k % 7           ? ""
					: k % 5 ? ">From "
						: "\n",
				(i * k) % 301, k);
		buf_add_cstr(&in, i % 11 ? "\n" : "");
	}
	/* a line without an end */
	buf_add_format(&in, "From a " DATE "\nA: 1\n\n%0*d", 100000, 1);
	split(buf_str(&in), 4 * in.len, &want);
	for (size_t window = MBOX_WINDOW_LEAST; window < MBOX_WINDOW_LEAST + 64; window += 7) {
		struct buf got = {0};
		split(buf_str(&in), window, &got);
		ck_assert_msg(str_eq(buf_str(&got), buf_str(&want)), "through %zu", window);
		buf_finish(&got);
	}
	buf_finish(&in);
	buf_finish(&want);
}
END_TEST

Suite *mbox_suite(void)
{
	Suite *suite = suite_create("mbox");
	TCase *tests = tcase_create("mbox");
	tcase_add_test(tests, mails_are_told_apart);
	tcase_add_test(tests, a_body_of_stated_length_may_hold_a_whole_mbox);
	tcase_add_test(tests, a_body_of_stated_length_keeps_the_marks_of_an_mboxcl);
	tcase_add_test(tests, how_much_is_held_at_once_changes_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}
