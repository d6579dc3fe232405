/* Folders and paths: made, listed, joined and taken apart. */
#include "base/array.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_exists(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0;
}

bool file_is_folder(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* One folder; 0 when it is there afterwards. */
static int make_one(const char *path, mode_t mode, bool exact, struct error *err)
{
	if (mkdir(path, mode) == 0) {
		/* mkdir obeys the umask, the promise does not. */
		if (exact && chmod(path, mode) < 0)
			return error_system(err, errno, "cannot set the mode of '%s'", path);
		return 0;
	}
	int number = errno;
	if (file_is_folder(path))
		return 0;
	return error_system(err, number, "cannot make folder '%s'", path);
}

int file_make_folder(const char *path, mode_t mode, struct error *err)
{
	char *partial = str_dup(str_from(path));
	if (!partial)
		return error_memory(err);
	size_t len = strlen(partial);
	while (len > 1 && partial[len - 1] == '/')
		partial[--len] = '\0';
	int result = 0;
	for (size_t i = 1; i < len && result == 0; i++) {
		if (partial[i] != '/')
			continue;
		partial[i] = '\0';
		result = make_one(partial, 0777, false, err);
		partial[i] = '/';
	}
	if (result == 0)
		result = make_one(partial, mode, true, err);
	free(partial);
	return result;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int file_list(const char *folder, const char *suffix, char ***out, size_t *count, struct error *err)
{
	char **names = NULL;
	size_t found = 0, cap = 0;
	struct str ending = str_from(suffix);
	DIR *listing = opendir(folder);
	if (!listing) {
		int number = errno;
		error_system(err, number, "cannot open folder '%s'", folder);
		if (err && (number == ENOENT || number == ENOTDIR))
			err->kind = ERROR_NOT_FOUND;
		return -1;
	}
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(listing);
		if (!entry && errno != 0) {
			error_system(err, errno, "cannot read folder '%s'", folder);
			goto fail;
		}
		if (!entry)
			break;
		struct str name = str_from(entry->d_name);
		if (name.ptr[0] == '.' || !str_ends(name, ending))
			continue;
		char *copy =
			array_room(&names, found, &cap, sizeof(*names)) == 0 ? str_dup(name) : NULL;
		if (!copy) {
			error_memory(err);
			goto fail;
		}
		names[found++] = copy;
	}
	closedir(listing);
	if (found > 1)
		qsort(names, found, sizeof(*names), by_bytes);
	*out = names;
	*count = found;
	return 0;
fail:
	closedir(listing);
	file_list_free(names, found);
	return -1;
}

void file_list_free(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

static const char *home_folder(void)
{
	const char *home = getenv("HOME");
	if (home && home[0] == '/')
		return home;
	const struct passwd *user = getpwuid(getuid());
	return user ? user->pw_dir : "/";
}

char *file_join(const char *folder, const char *name)
{
	if (name[0] == '/')
		return str_dup(str_from(name));
	if (name[0] == '~' && name[1] == '/') {
		folder = home_folder();
		name += 2;
	}
	struct buf path = {0};
	buf_add_cstr(&path, folder);
	if (path.len > 0 && path.ptr[path.len - 1] != '/')
		buf_add_char(&path, '/');
	buf_add_cstr(&path, name);
	char *joined = path.failed ? NULL : str_dup(buf_str(&path));
	buf_finish(&path);
	return joined;
}

char *file_folder(const char *path)
{
	struct str s = str_from(path);
	while (s.len > 1 && s.ptr[s.len - 1] == '/')
		s.len--;
	size_t slash;
	if (!str_rfind_char(s, '/', &slash))
		return str_dup(STR("."));
	while (slash > 0 && s.ptr[slash - 1] == '/')
		slash--;
	return str_dup(slash == 0 ? STR("/") : str_slice(s, 0, slash));
}

char *file_program_folder(void)
{
	char program[4096];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	program[len > 0 ? len : 0] = '\0';
	return file_folder(program);
}
