/* Which answers of a server the library gets to see. */
#include "suites.h"

#include "base/limits.h"
#include "response_filter.h"
#include <stdio.h>
#include <string.h>

struct row {
	const char *name;
	const char *in;
	const char *want;
	const char *reason; /* part of it, when the connection must end */
};

/* The command under way has tag 7 and may bring literals of 20 octets. */
static const struct row rows[] = {
	{"a greeting passes", "* OK ready\r\n", "* OK ready\r\n", NULL},
	{"counts pass", "* 3 EXISTS\r\n* 0 RECENT\r\n* 2 EXPUNGE\r\n",
		"* 3 EXISTS\r\n* 0 RECENT\r\n* 2 EXPUNGE\r\n", NULL},
	{"what follows a count is cut", "* 3 EXISTS (((((\r\n", "* 3 EXISTS\r\n", NULL},
	{"a search passes", "* SEARCH 1 2 4294967295\r\n7 OK done\r\n",
		"* SEARCH 1 2 4294967295\r\n7 OK done\r\n", NULL},
	{"spaces at the end of a line go",
		"* SEARCH 1 2 \r\n* SEARCH \r\n* CAPABILITY A  B \r\n* 1 FETCH (UID 1) \r\n",
		"* SEARCH 1 2\r\n* SEARCH\r\n* CAPABILITY A B\r\n* 1 FETCH (UID 1)\r\n", NULL},
	{"an empty search passes", "* SEARCH\r\n", "* SEARCH\r\n", NULL},
	{"a line end of LF alone becomes CRLF", "* OK hi\n", "* OK hi\r\n", NULL},
	{"words in small letters are the same words", "* ok hi\r\n7 No way\r\n",
		"* ok hi\r\n7 No way\r\n", NULL},

	{"codes that are needed pass",
		"* OK [UIDVALIDITY 17] yes\r\n* OK [READ-ONLY] x\r\n7 OK [CAPABILITY IMAP4rev1 A=B] x\r\n",
		"* OK [UIDVALIDITY 17] yes\r\n* OK [READ-ONLY] x\r\n7 OK [CAPABILITY IMAP4rev1 A=B] x\r\n",
		NULL},
	{"other codes become text", "* OK [ALERT]\r\n7 NO [BADCHARSET (x)] no\r\n",
		"* OK (ALERT)\r\n7 NO (BADCHARSET (x)) no\r\n", NULL},
	{"nested permanent flags become text", "* OK [PERMANENTFLAGS ((x))] y\r\n",
		"* OK (PERMANENTFLAGS ((x))) y\r\n", NULL},
	{"a code with a number too large becomes text", "* OK [UIDNEXT 4294967296] y\r\n",
		"* OK (UIDNEXT 4294967296) y\r\n", NULL},
	{"a code without end becomes text", "* OK [UIDNEXT 4\r\n", "* OK (UIDNEXT 4\r\n", NULL},
	{"a code behind more blanks is a code",
		"* OK  [BADCHARSET (y)] b\r\n* OK \t [UIDNEXT 4] c\r\n* OK \t\r\n",
		"* OK (BADCHARSET (y)) b\r\n* OK [UIDNEXT 4] c\r\n* OK -\r\n", NULL},
	{"a code in a continuation becomes text", "+ [ALERT] x\r\n+[ALERT]\r\n",
		"+ (ALERT) x\r\n+ (ALERT)\r\n", NULL},
	{"an answer without text gets some", "7 OK\r\n* OK \r\n+\r\n",
		"7 OK -\r\n* OK -\r\n+ -\r\n", NULL},

	{"other lines are dropped", "* STATUS x (MESSAGES 1)\r\n* VANISHED 1:5\r\n* OK x\r\n",
		"* OK x\r\n", NULL},
	{"other lines are dropped with their literals",
		"* XTHING {4}\r\n\r\n* \"{3\" {2}\r\nab c\r\n* OK x\r\n", "* OK x\r\n", NULL},
	{"a literal may be the first thing of a dropped line",
		"* {4}\r\n\r\n* OK x\r\n* NUMBERS(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21){3}"
		"\r\nabc d\r\n* OK y\r\n",
		"* OK y\r\n", NULL},
	{"braces within a dropped line are text", "* XTHING {4} x\r\n* OK x\r\n", "* OK x\r\n",
		NULL},
	{"empty lines are dropped", "\r\n*\r\n* \r\n* 12\r\n* OK x\r\n", "* OK x\r\n", NULL},
	{"capabilities lose what is no atom", "* CAPABILITY IMAP4rev1 X=(\"{5}\r\n",
		"* CAPABILITY IMAP4rev1 X=---5-\r\n", NULL},

	{"a NUL ends it", NULL, "* OK ", "a NUL"},
	{"a lone CR ends it", "* OK a\rb\r\n", "* OK a", "a CR within a line"},
	{"a foreign tag ends it", "8 OK x\r\n", "", "not sent"},
	{"a tag that is no number ends it", "A7 OK x\r\n", "", "not sent"},
	{"a tag without a state ends it", "7 FETCH x\r\n", "", "without OK, NO or BAD"},
	{"a count over 32 bits ends it", "* 4294967296 EXISTS\r\n", "", "malformed number"},
	{"a UID over 32 bits ends it", "* 1 FETCH (UID 4294967296)\r\n", "* 1 FETCH (UID 429496729",
		"over 32 bits"},
	{"a search for more than 32 bits ends it", "* SEARCH 1 99999999999\r\n",
		"* SEARCH 1 999999999", "over 32 bits"},
	{"a search with words ends it", "* SEARCH 1 x\r\n", "* SEARCH 1", "list of numbers"},
	{"depth 5 ends it", "* LIST (A (B (C (D (E)))))\r\n", "* LIST (A (B (C (D ", "too deep"},
	{"parentheses in strings do not count", "* LIST () \"((((((\\\"((\" x\r\n",
		"* LIST () \"((((((\\\"((\" x\r\n", NULL},

	{"of a FETCH passes what is asked for",
		"* 1 FETCH (uid 4294967295 RFC822.SIZE 12 INTERNALDATE \" 3-Mar-2026 10:00:00 "
		"+0100\")\r\n* 1 FETCH (BODY[HEADER.FIELDS (FROM)]<0> {2}\r\nab UID 5 BODY[] NIL)\r\n",
		"* 1 FETCH (uid 4294967295 RFC822.SIZE 12 INTERNALDATE \" 3-Mar-2026 10:00:00 "
		"+0100\")\r\n* 1 FETCH (BODY[HEADER.FIELDS (FROM)]<0> {2}\r\nab UID 5 BODY[] NIL)\r\n",
		NULL},
	{"and nothing else, whatever it holds",
		"* 1 FETCH (FLAGS (99999999999999 \\A) UID 5 A (B (C (D (E)))) BODYSTRUCTURE \"(\\\"((\" "
		"BINARY.SIZE[1 2] 5 X NIL)\r\n",
		"* 1 FETCH (UID 5)\r\n", NULL},
	{"a literal of what else there is too", "* 1 FETCH (X {3}\r\n)\r\n Y ({1}\r\n() UID 5)\r\n",
		"* 1 FETCH (UID 5)\r\n", NULL},
	{"a FETCH of nothing that is asked for is dropped",
		"* 1 FETCH (FLAGS ())\r\n* 1 FETCH ()\r\n* OK x\r\n", "* OK x\r\n", NULL},
	{"a date that is none is not there",
		"* 1 FETCH (INTERNALDATE \"33-Mar-2026 10:00:00 +010\" UID 5 INTERNALDATE "
		"\"03-Abc-2026 10:00:00 +0100\" INTERNALDATE NIL)\r\n",
		"* 1 FETCH (UID 5)\r\n", NULL},
	{"a size that no 32-bit number holds is the largest that one does",
		"* 1 FETCH (RFC822.SIZE 99999999999999999999999999 UID 5)\r\n",
		"* 1 FETCH (RFC822.SIZE 4294967295 UID 5)\r\n", NULL},
	{"a size that is no number is not there", "* 1 FETCH (RFC822.SIZE big UID 5)\r\n",
		"* 1 FETCH (UID 5)\r\n", NULL},
	{"what cannot be followed is cut off: the library does not understand it",
		"* 1 FETCH (UID 5 X ( RFC822.SIZE 3)\r\n* 1 FETCH UID 5\r\n* 1 FETCH (((\r\n",
		"* 1 FETCH (UID 5\r\n* 1 FETCH (\r\n* 1 FETCH (\r\n", NULL},
	{"so is a string", "* 1 FETCH (UID 5 X \"abc\r\n", "* 1 FETCH (UID 5\r\n", NULL},
	{"so are a section that is none, and one too deep",
		"* 1 FETCH (BODY[\"x\"] {3}\r\n)\r\n)\r\n* 1 FETCH (BODY[((\r\n* OK x\r\n",
		"* 1 FETCH (BODY[\r\n* 1 FETCH (BODY[(\r\n* OK x\r\n", NULL},
	{"a string over the end of its line ends it", "* LIST () \"/\" \"a\r\n",
		"* LIST () \"/\" \"a", "string"},
	{"a literal over the cap ends it", "* 1 FETCH (BODY[] {21}\r\n", "* 1 FETCH (BODY[] ",
		"too large"},
	{"a literal of 11 digits ends it", "* 1 FETCH (BODY[] {00000000001}\r\n",
		"* 1 FETCH (BODY[] ", "too large"},
	{"a negative literal ends it", "* 1 FETCH (BODY[] {-1}\r\n", "* 1 FETCH (BODY[] ",
		"malformed literal"},
	{"a literal in the middle of a line ends it", "* 1 FETCH (BODY[] {1} x\r\n",
		"* 1 FETCH (BODY[] ", "malformed literal"},
	{"a dropped literal over any cap ends it", "* X {65537}\r\n", "", "too large"},
	{"an unknown long word is dropped",
		"* XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX y\r\n"
		"* OK x\r\n",
		"* OK x\r\n", NULL},
};

/* Feeds in chunks of `step`; what was shown is in *out, the reason returned. */
static const char *feed(struct str in, size_t step, struct buf *out, struct response_filter *f)
{
	memset(f, 0, sizeof(*f));
	filter_command(f, 7, 20);
	for (size_t at = 0; at < in.len; at += step)
		if (filter_feed(f, str_slice(in, at, at + step), out) < 0)
			break;
	return f->reason;
}

START_TEST(answers_pass_change_or_end_the_connection)
{
	const struct row *row = &rows[_i];
	struct str in = row->in ? str_from(row->in) : STR("* OK \0x\r\n");
	for (size_t step = in.len; step > 0; step = step > 1 ? step / 2 : 0) {
		struct response_filter f;
		struct buf out = {0};
		const char *reason = feed(in, step, &out, &f);
		ck_assert_msg(strcmp(buf_cstr(&out), row->want) == 0, "%s (in steps of %zu): '%s'",
			row->name, step, buf_cstr(&out));
		if (row->reason)
			ck_assert_msg(reason && strstr(reason, row->reason), "%s: %s", row->name,
				reason ? reason : "goes on");
		else
			ck_assert_msg(!reason, "%s: %s", row->name, reason);
		buf_finish(&out);
	}
}
END_TEST

START_TEST(octets_of_a_literal_are_not_looked_at)
{
	static const char in[] = "* 1 FETCH (BODY[] {8}\r\n\0\r\n7 OK\" UID 3)\r\n7 OK x\r\n";
	struct str all = {in, sizeof(in) - 1};
	for (size_t step = 1; step <= all.len; step++) {
		struct response_filter f;
		struct buf out = {0};
		ck_assert_ptr_null(feed(all, step, &out, &f));
		ck_assert_uint_eq(out.len, all.len);
		ck_assert_mem_eq(out.ptr, in, all.len);
		buf_finish(&out);
	}
}
END_TEST

START_TEST(after_the_end_nothing_more_passes)
{
	struct response_filter f;
	struct buf out = {0};
	ck_assert_ptr_nonnull(feed(STR("8 OK x\r\n"), 1, &out, &f));
	filter_command(&f, 8, 20);
	ck_assert_int_eq(filter_feed(&f, STR("8 OK x\r\n"), &out), -1);
	ck_assert_uint_eq(out.len, 0);
	buf_finish(&out);
}
END_TEST

START_TEST(before_the_first_command_no_tag_is_ours)
{
	struct response_filter f = {0};
	struct buf out = {0};
	ck_assert_int_eq(filter_feed(&f, STR("* OK hi\r\n"), &out), 0);
	ck_assert_int_eq(filter_feed(&f, STR("0 OK x\r\n"), &out), -1);
	buf_finish(&out);
}
END_TEST

START_TEST(a_goodbye_is_kept_and_not_shown)
{
	static const char line[] = "* OK x\r\n* BYE [UNAVAILABLE] too many\r\n";
	for (size_t step = 1; step < sizeof(line); step++) {
		struct response_filter f;
		struct buf out = {0};
		ck_assert_ptr_null(feed(str_from(line), step, &out, &f));
		ck_assert(f.gone);
		ck_assert(str_eq(
			(struct str){f.goodbye, f.goodbye_len}, STR("[UNAVAILABLE] too many")));
		ck_assert_str_eq(buf_cstr(&out), "* OK x\r\n");
		buf_finish(&out);
	}
}
END_TEST

/* Feeds `unit` again and again; how many octets went in before the connection ended. */
static size_t flood(const char *start, const char *unit, const char **reason)
{
	struct response_filter f = {0};
	struct buf out = {0};
	size_t fed = 0;
	filter_command(&f, 7, 20);
	(void)filter_feed(&f, str_from(start), &out);
	while (!f.reason && fed < 16 * MIB) {
		buf_clear(&out);
		(void)filter_feed(&f, str_from(unit), &out);
		fed += strlen(unit);
	}
	*reason = f.reason;
	buf_finish(&out);
	return fed;
}

START_TEST(a_flood_ends_at_its_bound)
{
	static const struct {
		const char *start, *unit;
		size_t bound;
	} floods[] = {
		{"", "* 1 EXISTS\r\n", LIMIT_IMAP_COMMAND},
		{"", "* XJUNK and more of it\r\n", LIMIT_IMAP_COMMAND},
		{"", "* X {20}\r\n01234567890123456789\r\n", LIMIT_IMAP_COMMAND},
		{"* OK ", "abcdefghij", LIMIT_IMAP_LINE},
		{"* 1 FETCH (FLAGS (", "abcdefghij ", LIMIT_IMAP_LINE},
		{"* XJUNK ", "abcdefghij", LIMIT_IMAP_LINE},
		{"* OK [", "abcdefghij", LIMIT_IMAP_LINE},
	};
	const char *reason;
	size_t fed = flood(floods[_i].start, floods[_i].unit, &reason);
	ck_assert_ptr_nonnull(reason);
	ck_assert_uint_le(fed, floods[_i].bound + 100);
	ck_assert_uint_ge(fed, floods[_i].bound - 100);
}
END_TEST

START_TEST(a_new_command_counts_anew)
{
	struct response_filter f = {0};
	struct buf out = {0};
	char line[1003] = "* OK ";
	memset(line + 5, 'x', 995);
	memcpy(line + 1000, "\r\n", 2);
	for (uint32_t tag = 1; tag < 20; tag++) {
		filter_command(&f, tag, 20);
		for (int i = 0; i < 1000; i++)
			ck_assert_int_eq(filter_feed(&f, (struct str){line, 1002}, &out), 0);
		buf_clear(&out);
	}
	buf_finish(&out);
}
END_TEST

Suite *filter_suite(void)
{
	Suite *suite = suite_create("response filter");
	TCase *tests = tcase_create("lines");
	tcase_add_loop_test(tests, answers_pass_change_or_end_the_connection, 0,
		(int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, octets_of_a_literal_are_not_looked_at);
	tcase_add_test(tests, after_the_end_nothing_more_passes);
	tcase_add_test(tests, before_the_first_command_no_tag_is_ours);
	tcase_add_test(tests, a_goodbye_is_kept_and_not_shown);
	tcase_add_loop_test(tests, a_flood_ends_at_its_bound, 0, 7);
	tcase_add_test(tests, a_new_command_counts_anew);
	suite_add_tcase(suite, tests);
	return suite;
}
