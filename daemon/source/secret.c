/* Reads a password or token from where its owner keeps it: a private file, a command, or systemd.
 */
#include "source/source.h"

#include "base/clock.h"
#include "base/command.h"
#include "base/crypto.h"
#include "base/limits.h"
#include "wait.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Room for the largest secret at once: a buffer that moves leaves copies behind. */
static int make_room(struct buf *out, struct error *err)
{
	return buf_reserve(out, LIMIT_SECRET + 1) ? 0 : error_memory(err);
}

/* One read into out. 1 more, 0 end, -1 error. */
static int read_some(int fd, struct buf *out, const char *name, struct error *err)
{
	ssize_t got = read(fd, out->ptr + out->len, LIMIT_SECRET + 1 - out->len);
	if (got < 0)
		return errno == EINTR ? 1 : error_system(err, errno, "cannot read '%s'", name);
	out->len += (size_t)got;
	if (out->len > LIMIT_SECRET)
		return error_set(err, ERROR_CONFIG,
			"'%s' is too long for a secret, expected one line", name);
	return got > 0;
}

/* The first line, which must not be empty. */
static int keep_first_line(
	struct buf *out, enum error_kind kind, const char *name, struct error *err)
{
	struct str rest = buf_str(out), line = {0};
	(void)str_line(&rest, &line);
	if (line.len == 0)
		return error_set(
			err, kind, "no secret from '%s', expected it in the first line", name);
	wipe(out->ptr + line.len, out->len - line.len);
	out->len = line.len;
	return 0;
}

static int check_private(int fd, const char *path, bool by_systemd, struct error *err)
{
	struct stat st;
	if (fstat(fd, &st) < 0)
		return error_system(err, errno, "cannot look at '%s'", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERROR_CONFIG, "secret '%s' is not a file", path);
	if (by_systemd)
		return 0;
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		return error_set(err, ERROR_CONFIG,
			"secret file '%s' has mode %04o, others can use it (chmod 600 '%s')", path,
			(unsigned)st.st_mode & 07777, path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return error_set(err, ERROR_CONFIG,
			"secret file '%s' belongs to user %u, expected %u, who runs this (chown %u '%s')",
			path, st.st_uid, geteuid(), geteuid(), path);
	return 0;
}

static int read_file(const char *path, bool by_systemd, struct buf *out, struct error *err)
{
	int more = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0 && by_systemd)
		return error_set(err, ERROR_CONFIG,
			"no credential '%s': %s (is its LoadCredential= in the unit?)", path,
			strerror(errno));
	if (fd < 0)
		return error_set(err, ERROR_CONFIG, "cannot open secret file '%s': %s", path,
			strerror(errno));
	if (check_private(fd, path, by_systemd, err) == 0)
		do
			more = read_some(fd, out, path, err);
		while (more > 0);
	close(fd);
	return more < 0 ? -1 : keep_first_line(out, ERROR_CONFIG, path, err);
}

static int read_credential(const char *name, struct buf *out, struct error *err)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	struct buf path = {0};
	int result = -1;
	if (!folder)
		return error_set(err, ERROR_CONFIG,
			"no credentials from systemd (add LoadCredential=%s:FILE to the unit)",
			name);
	if (name[0] == '.' || strchr(name, '/'))
		return error_set(
			err, ERROR_CONFIG, "'%s' cannot be the name of a credential", name);
	buf_add_format(&path, "%s/%s", folder, name);
	if (path.failed)
		error_memory(err);
	else
		result = read_file(buf_cstr(&path), true, out, err);
	buf_finish(&path);
	return result;
}

static int command_error(const char *name, int status, struct error *err)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == COMMAND_NO_PROGRAM)
		return error_set(err, ERROR_TEMPORARY,
			"secret command '%s' cannot be run (install it, or give its whole path)",
			name);
	if (WIFEXITED(status))
		return error_set(err, ERROR_TEMPORARY,
			"secret command '%s' failed with exit code %d (run it by hand to see why)",
			name, WEXITSTATUS(status));
	return error_set(err, ERROR_TEMPORARY, "secret command '%s' was ended by signal %d", name,
		WTERMSIG(status));
}

static int read_output(
	int fd, const char *name, const struct patience *p, struct buf *out, struct error *err)
{
	int more = 1;
	while (more > 0) {
		enum wait_result waited = wait_for(fd, POLLIN, p);
		if (waited != WAIT_READY) {
			error_set(err, ERROR_TEMPORARY,
				"secret command '%s' took over %d s (does it ask for something?)",
				name, LIMIT_SECRET_SECONDS);
			return -1;
		}
		more = read_some(fd, out, name, err);
	}
	return more;
}

static int read_command(char **argv, struct buf *out, struct error *err)
{
	struct patience p = {
		clock_monotonic_us() + LIMIT_SECRET_SECONDS * SECOND_US, .wake_fd = -1};
	int output[2], status = 0;
	if (pipe2(output, O_CLOEXEC) < 0)
		return error_system(err, errno, "cannot run '%s'", argv[0]);
	pid_t child = fork();
	if (child == 0)
		command_become(argv, (const int[]){-1, output[1], -1}, true);
	int number = errno;
	close(output[1]);
	if (child < 0) {
		close(output[0]);
		return error_system(err, number, "cannot run '%s'", argv[0]);
	}
	setpgid(child, child); /* whoever of the two comes first: kill reaches its children too */
	int result = read_output(output[0], argv[0], &p, out, err);
	close(output[0]);
	int ended = command_await(child, result < 0 ? 0 : p.deadline_us, &status);
	if (result < 0)
		return -1;
	if (ended < 0)
		return error_set(err, ERROR_TEMPORARY, "secret command '%s' does not end", argv[0]);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return command_error(argv[0], status, err);
	return keep_first_line(out, ERROR_TEMPORARY, argv[0], err);
}

static int copy_and_run(const struct strs *command, struct buf *out, struct error *err)
{
	char **argv = command_words(command->items, command->count);
	int result = argv ? read_command(argv, out, err) : error_memory(err);
	command_words_free(argv);
	return result;
}

static int read_named(struct str name, bool credential, struct buf *out, struct error *err)
{
	char *text = str_dup(name);
	if (!text)
		return error_memory(err);
	int result =
		credential ? read_credential(text, out, err) : read_file(text, false, out, err);
	free(text);
	return result;
}

int secret_read(struct str file, const struct strs *command, struct str credential, struct buf *out,
	struct error *err)
{
	struct buf secret = {0};
	int result = -1;
	if (make_room(&secret, err) < 0)
		return -1;
	if (file.ptr)
		result = read_named(file, false, &secret, err);
	else if (command && command->count > 0)
		result = copy_and_run(command, &secret, err);
	else if (credential.ptr)
		result = read_named(credential, true, &secret, err);
	else
		error_set(err, ERROR_CONFIG,
			"no secret (set password_file, password_command or credential)");
	if (result == 0) {
		*out = secret;
		secret = (struct buf){0};
	}
	buf_wipe(&secret);
	return result;
}
