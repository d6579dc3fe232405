/* Hostile mails of tests/bad/mail: what they may cost, and what is said about them.

   A recipe's lines are "want: ...", "subject: ...", "text: ..." (of the first part), "from: ..."
   and then "COUNT TEXT": TEXT, with \n \r \t \0 \\ and \xHH, that often. */
#include "base/utf8.h"
#include "dump.h"
#include "folder.h"
#include "message/message_parse.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

struct recipe {
	struct str want, subject, text, from;
	struct buf octets;
};

static int hex(char c)
{
	return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static void unescape(struct str text, struct buf *out)
{
	static const char from[] = "nrt0\\", to[] = "\n\r\t\0\\";
	for (size_t i = 0; i < text.len; i++) {
		const char *at;
		if (text.ptr[i] != '\\') {
			buf_add_char(out, text.ptr[i]);
		} else if (text.ptr[++i] == 'x') {
			buf_add_char(out, (char)(hex(text.ptr[i + 1]) << 4 | hex(text.ptr[i + 2])));
			i += 2;
		} else {
			ck_assert_ptr_nonnull(at = strchr(from, text.ptr[i]));
			buf_add_char(out, to[at - from]);
		}
	}
}

static bool take(struct str line, const char *label, struct str *out)
{
	if (!str_starts(line, str_from(label)))
		return false;
	*out = str_slice(line, strlen(label), line.len);
	return true;
}

static void cook(const char *path, struct str bytes, struct recipe *r)
{
	struct str line, number;
	while (str_line(&bytes, &line)) {
		uint64_t count;
		if (take(line, "want: ", &r->want) || take(line, "subject: ", &r->subject) ||
			take(line, "text: ", &r->text) || take(line, "from: ", &r->from))
			continue;
		ck_assert_msg(
			str_split(&line, ' ', &number) && str_to_u64(number, 10000000, &count),
			"%s: a line that is no count", path);
		struct buf once = {0};
		unescape(line, &once);
		while (count-- > 0)
			buf_add_str(&r->octets, buf_str(&once));
		buf_finish(&once);
	}
	ck_assert(!r->octets.failed);
}

/* All that is wrong with all recipes, so that one run tells it. */
static struct buf wrong;

static void check_text(const char *path, const char *what, struct str got, struct str want)
{
	struct buf plain = {0};
	if (!want.ptr)
		return;
	unescape(want, &plain);
	if (!str_eq(got, buf_str(&plain)))
		buf_add_format(&wrong, "%s: %s is '%.*s', wanted '%.*s'\n", path, what,
			STR_ARG(str_slice(got, 0, 200)),
			STR_ARG(str_slice(buf_str(&plain), 0, 200)));
	buf_finish(&plain);
}

static void check_recipe(const char *path, struct str bytes)
{
	struct error err = {0};
	struct recipe r = {0};
	struct message m;
	struct parties p;
	struct buf said = {0}, from = {0};
	cook(path, bytes, &r);
	const struct raw raw = {.octets = buf_str(&r.octets)};
	message_init(&m);
	parties_init(&p);
	ck_assert_int_eq(message_parse(&raw, &m, &err), 0);
	ck_assert_int_eq(parties_scan(raw.octets, &p, &err), 0);
	buf_add_format(&said, "%s%s%s", examined_name(m.examined), m.not_examined[0] ? ", " : "",
		m.not_examined);
	addresses_dump(&m.from, &from);
	check_text(path, "examined", buf_str(&said), r.want);
	check_text(path, "subject", m.subject, r.subject);
	check_text(path, "from", buf_str(&from), r.from);
	check_text(path, "text", m.part_count ? m.parts[0].content : (struct str){0}, r.text);
	for (size_t i = 0; i < m.part_count; i++)
		ck_assert_msg(utf8_valid(m.parts[i].content), "%s", path);
	buf_finish(&said);
	buf_finish(&from);
	buf_finish(&r.octets);
	parties_finish(&p);
	message_finish(&m);
}

START_TEST(hostile_mail_is_parsed_or_refused_in_words)
{
	folder_each("bad/mail", ".recipe", check_recipe);
	ck_assert_msg(wrong.len == 0, "%.*s", STR_ARG(str_slice(buf_str(&wrong), 0, 4000)));
}
END_TEST

Suite *bad_mail_suite(void)
{
	Suite *s = suite_create("message: hostile mail");
	TCase *c = tcase_create("bad mail");
	tcase_set_timeout(c, 120);
	tcase_add_test(c, hostile_mail_is_parsed_or_refused_in_words);
	suite_add_tcase(s, c);
	return s;
}
