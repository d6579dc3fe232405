/* Reads a folder's files for a test. */
#include "folder.h"

#include "base/file.h"

#include <check.h>
#include <stdlib.h>

size_t folder_each(
	const char *folder, const char *suffix, void (*each)(const char *path, struct str bytes))
{
	struct error err = {0};
	char **names;
	size_t count;
	char *whole = file_join(TESTS_DIR, folder);
	ck_assert_msg(file_list(whole, suffix, &names, &count, &err) == 0, "%s", err.text);
	for (size_t i = 0; i < count; i++) {
		struct buf bytes = {0};
		char *path = file_join(whole, names[i]);
		ck_assert_msg(file_read(path, 1 << 24, &bytes, &err) == 0, "%s", err.text);
		each(path, buf_str(&bytes));
		free(path);
		buf_finish(&bytes);
	}
	file_list_free(names, count);
	free(whole);
	ck_assert_uint_gt(count, 0);
	return count;
}
