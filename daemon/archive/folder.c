/* The archive's folder and file on disk: private, a plain file, and never behind a link. */
#include "base/file.h"
#include "database.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OTHERS (S_IRWXG | S_IRWXO)

static bool folder_is_empty(const char *folder)
{
	DIR *d = opendir(folder);
	bool empty = d != NULL;
	const struct dirent *entry;
	while (d && empty && (entry = readdir(d)) != NULL)
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	if (d)
		closedir(d);
	return empty;
}

/* Shuts others out of a folder that is, or becomes, an archive's; any other folder is left alone:
   a slip in the configuration must not lock up somebody's home or /tmp. */
static int folder_shut(const char *folder, bool has_archive, struct error *err)
{
	struct stat status;
	if (stat(folder, &status) < 0)
		return error_system(err, errno, "cannot look at '%s'", folder);
	if ((status.st_mode & OTHERS) == 0)
		return 0;
	if (!has_archive && !folder_is_empty(folder))
		return error_set(err, ERROR_CONFIG,
			"'%s' can be entered by others and holds other things, an archive needs a "
			"folder of its own",
			folder);
	if (chmod(folder, S_IRWXU) < 0)
		return error_system(err, errno, "cannot make '%s' private", folder);
	return 0;
}

/* SQLite would make the file readable for others. O_EXCL: a file that is there already is never
   opened here, because closing any descriptor of it drops the locks that this process holds. */
static int file_make(const char *path, struct error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (fd < 0 && errno != EEXIST)
		return error_system(err, errno, "cannot make '%s'", path);
	if (fd >= 0)
		close(fd);
	return 0;
}

static int file_inspect(const char *path, enum archive_mode mode, struct error *err)
{
	struct stat status;
	if (lstat(path, &status) < 0)
		return error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_SYSTEM,
			"there is no archive at '%s'", path);
	if (S_ISLNK(status.st_mode))
		return error_set(
			err, ERROR_INTEGRITY, "'%s' is a symbolic link, an archive never is", path);
	if (!S_ISREG(status.st_mode))
		return error_set(err, ERROR_INTEGRITY, "'%s' is not a plain file", path);
	if (mode != ARCHIVE_READ && (status.st_mode & OTHERS) != 0 &&
		chmod(path, S_IRUSR | S_IWUSR) < 0)
		return error_system(err, errno, "cannot make '%s' private", path);
	return 0;
}

static int folder_resolve(const char *folder, enum archive_mode mode, char **out, struct error *err)
{
	if (mode == ARCHIVE_CREATE && file_make_folder(folder, S_IRWXU, err) < 0)
		return -1;
	char *real = realpath(folder, NULL);
	if (real == NULL && errno == ENOENT)
		return error_set(err, ERROR_NOT_FOUND, "there is no archive at '%s'", folder);
	if (real == NULL)
		return error_system(err, errno, "cannot reach '%s'", folder);
	*out = real;
	return 0;
}

int archive_folder(const char *folder, enum archive_mode mode, char **real_folder, char **path,
	struct error *err)
{
	char *real = NULL, *file = NULL;
	int status = -1;
	if (folder_resolve(folder, mode, &real, err) < 0)
		goto out;
	file = file_join(real, "archive.db");
	if (file == NULL) {
		error_memory(err);
		goto out;
	}
	if (mode == ARCHIVE_CREATE &&
		(folder_shut(real, file_exists(file), err) < 0 || file_make(file, err) < 0))
		goto out;
	if (file_inspect(file, mode, err) < 0)
		goto out;
	*real_folder = real;
	*path = file;
	real = file = NULL;
	status = 0;
out:
	free(real);
	free(file);
	return status;
}
