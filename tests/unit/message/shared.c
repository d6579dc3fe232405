/* Real mail that is not part of the project: all of it must parse within its own bounds. */
#include "base/file.h"
#include "base/utf8.h"
#include "message/message_parse.h"
#include "suites.h"

#include <ftw.h>
#include <stdio.h>

static size_t parsed, not_examined;

static void check_parts(const char *path, const struct message *m, size_t size)
{
	for (size_t i = 0; i < m->part_count; i++) {
		const struct part *p = &m->parts[i];
		ck_assert_msg(p->raw_start <= p->raw_end && p->raw_end <= size, "%s", path);
		ck_assert_msg(utf8_valid(p->content) && utf8_valid(p->filename), "%s", path);
		ck_assert_msg(p->type.len > 0 && utf8_valid(p->type), "%s", path);
	}
}

static void check_people(const char *path, const struct addresses *list)
{
	for (size_t i = 0; i < list->count; i++) {
		ck_assert_msg(utf8_valid(list->items[i].name), "%s", path);
		ck_assert_msg(utf8_valid(list->items[i].mail), "%s", path);
	}
}

static int check_file(const char *path, const struct stat *info, int kind, struct FTW *place)
{
	struct error err = {0};
	struct buf bytes = {0};
	struct message m;
	(void)info;
	(void)place;
	if (kind != FTW_F || file_read(path, 1 << 26, &bytes, &err) < 0)
		return 0;
	const struct raw raw = {.octets = buf_str(&bytes)};
	message_init(&m);
	ck_assert_int_eq(message_parse(&raw, &m, &err), 0);
	check_parts(path, &m, bytes.len);
	check_people(path, &m.from);
	check_people(path, &m.to);
	ck_assert_msg(utf8_valid(m.subject), "%s", path);
	ck_assert_msg((m.examined == EXAMINED_YES) == (m.not_examined[0] == '\0'), "%s", path);
	parsed++;
	not_examined += m.examined != EXAMINED_YES;
	message_finish(&m);
	buf_finish(&bytes);
	return 0;
}

START_TEST(real_mail_parses_within_its_own_bounds)
{
	if (!file_is_folder(TEST_DATA "/mail")) {
		printf("skipped: %s is not there to parse\n", TEST_DATA "/mail");
		return;
	}
	ck_assert_int_eq(nftw(TEST_DATA "/mail", check_file, 16, FTW_PHYS), 0);
	ck_assert_uint_gt(parsed, 600);
	ck_assert_uint_lt(not_examined, parsed / 10);
}
END_TEST

Suite *shared_suite(void)
{
	Suite *s = suite_create("message: real mail");
	TCase *c = tcase_create("real mail");
	tcase_set_timeout(c, 120);
	tcase_add_test(c, real_mail_parses_within_its_own_bounds);
	suite_add_tcase(s, c);
	return s;
}
