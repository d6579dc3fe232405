/* Writes a configuration, whole or not at all, and keeps what was there. */
#include "config_write.h"

#include "base/file.h"
#include <errno.h>
#include <unistd.h>

#define BACKUPS_MOST 1000

static int keep_backup(const char *path, struct buf *kept, struct error *err)
{
	int result = -1;
	for (unsigned number = 1; number < BACKUPS_MOST && result < 0; number++) {
		buf_clear(kept);
		buf_add_format(kept, "%s.%u", path, number);
		if (kept->failed)
			return error_memory(err);
		result = link(path, buf_cstr(kept));
		if (result < 0 && errno != EEXIST)
			break;
	}
	if (result < 0) {
		error_system(err, errno, "cannot keep '%s'", path);
		buf_clear(kept);
	}
	return result;
}

int config_write(
	const char *path, struct str text, mode_t mode, struct buf *kept, struct error *err)
{
	if (file_exists(path) && keep_backup(path, kept, err) < 0)
		return -1;
	return file_write_atomic(path, text, mode, err);
}
