/* Tests of exports that come into a folder: what is told of, what waits, what is known again. */
#include "source/exports.h"

#include "scratch.h"
#include "suites.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *fresh(void)
{
	static unsigned count;
	const char *path = scratch_path("exports%u", ++count);
	scratch_run("rm -rf '%s' && mkdir -p '%s'", path, path);
	return path;
}

/* A folder whose name begins so. */
static bool is_export(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && !strncmp(slash, "/whole", 6);
}

static struct source *opened(const char *path)
{
	const struct exports_plan plan = {
		.path = str_from(path), .is_export = is_export, .wake_fd = -1};
	struct error err = {0};
	struct source *s = NULL;
	ck_assert_msg(source_open_exports(&plan, &s, &err) == 0, "%s", err.text);
	return s;
}

/* "PATH;" of each export, "PATH: text;" of each note. Those that are told of are read, with the
   note, unless that is NULL. */
static const char *round_of(struct source *s, const char *root, const char *note, struct buf *out)
{
	struct source_item item;
	struct error err = {0};
	int more;
	buf_clear(out);
	while ((more = source_next(s, &item, &err)) > 0) {
		buf_add_str(out,
			str_slice(item.folder, strlen(root) + (item.folder.len > strlen(root)),
				item.folder.len));
		if (item.event == SOURCE_NOTE)
			buf_add_format(out, ": %.*s", STR_ARG(item.text));
		else if (note)
			ck_assert_int_eq(source_export_read(s, str_from(note), &err), 0);
		buf_add_cstr(out, ";");
	}
	ck_assert_msg(more == 0, "%s", err.text);
	ck_assert_msg(source_again(s, &err) == 0, "%s", err.text);
	return buf_cstr(out);
}

START_TEST(each_export_is_told_of_once)
{
	const char *root = fresh();
	struct buf out = {0};
	scratch_run("cd '%s' && mkdir -p whole/general sub && for f in a.txt b.JPG sub/c.ZIP "
		    "whole/users.json whole/pic.png whole/general/1.json whole2.xml; do "
		    "echo x > $f && touch -d '1 minute ago' $f; done && ln -s a.txt link.txt",
		root);
	struct source *s = opened(root);
	ck_assert_str_eq(round_of(s, root, "", &out),
		"a.txt;sub/c.ZIP;whole;whole2.xml;link.txt: a symbolic link is not followed;");
	ck_assert_str_eq(round_of(s, root, "", &out), "link.txt: a symbolic link is not followed;");
	scratch_run("cd '%s' && rm link.txt && mv a.txt sub/b.txt && mv whole whole3 && "
		    "touch -d '1 minute ago' whole3/pic.png",
		root);
	round_of(s, root, "", &out);
	ck_assert_str_eq(round_of(s, root, "", &out), "");
	scratch_run("cd '%s' && echo y > whole3/general/2.json && touch -d '1 minute ago' "
		    "whole3/general/2.json",
		root);
	round_of(s, root, NULL, &out);
	ck_assert_str_eq(round_of(s, root, "", &out), "whole3;");
	source_close(s);
	buf_finish(&out);
}
END_TEST

START_TEST(what_is_said_of_one_stands_until_it_changes)
{
	const char *root = fresh();
	struct buf out = {0};
	scratch_run("cd '%s' && echo x > a.txt && touch -d '1 minute ago' a.txt", root);
	struct source *s = opened(root);
	ck_assert_str_eq(round_of(s, root, NULL, &out), "a.txt;");
	ck_assert_str_eq(round_of(s, root, "dates read both ways", &out), "a.txt;");
	ck_assert_str_eq(round_of(s, root, "", &out), "a.txt: dates read both ways;");
	scratch_run("cd '%s' && echo y >> a.txt && touch -d '30 seconds ago' a.txt", root);
	round_of(s, root, NULL, &out);
	ck_assert_str_eq(round_of(s, root, "", &out), "a.txt;");
	ck_assert_str_eq(round_of(s, root, "", &out), "");
	source_close(s);
	buf_finish(&out);
}
END_TEST

START_TEST(what_is_written_to_waits)
{
	const char *root = fresh();
	struct buf out = {0};
	scratch_run("cd '%s' && echo x > now.txt && echo x > held.txt && "
		    "touch -d '1 minute ago' held.txt",
		root);
	int fd = open(scratch_path("%s/held.txt", strrchr(root, '/') + 1), O_WRONLY | O_APPEND);
	ck_assert_int_ge(fd, 0);
	struct source *s = opened(root);
	ck_assert_str_eq(round_of(s, root, "", &out),
		"held.txt: waits until nobody writes to it;now.txt: waits until nobody writes to "
		"it;");
	close(fd);
	/* what was so in the last round has stood still long enough */
	ck_assert_str_eq(round_of(s, root, "", &out), "held.txt;now.txt;");
	source_close(s);
	buf_finish(&out);
}
END_TEST

START_TEST(the_path_may_be_an_export_itself)
{
	const char *root = fresh();
	struct buf out = {0};
	scratch_run("cd '%s' && mkdir whole && echo x > whole/1.json && echo x > one.txt && "
		    "touch -d '1 minute ago' whole/1.json one.txt",
		root);
	for (int i = 0; i < 2; i++) {
		const char *path =
			scratch_path("%s/%s", strrchr(root, '/') + 1, i ? "one.txt" : "whole");
		struct source *s = opened(path);
		ck_assert_str_eq(round_of(s, path, "", &out), ";");
		ck_assert_str_eq(round_of(s, path, "", &out), "");
		source_close(s);
	}
	buf_finish(&out);
}
END_TEST

Suite *exports_suite(void)
{
	Suite *suite = suite_create("exports");
	TCase *t = tcase_create("exports");
	tcase_add_test(t, each_export_is_told_of_once);
	tcase_add_test(t, what_is_said_of_one_stands_until_it_changes);
	tcase_add_test(t, what_is_written_to_waits);
	tcase_add_test(t, the_path_may_be_an_export_itself);
	suite_add_tcase(suite, t);
	return suite;
}
