/* Makes a folder for the run and takes it away at its end. */
#include "scratch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static char folder[] = "/tmp/overstep-source-XXXXXX";

void scratch_begin(void)
{
	if (!mkdtemp(folder)) {
		perror("mkdtemp");
		exit(EXIT_FAILURE);
	}
	/* a Dovecot that root starts gives up its rights */
	chmod(folder, 0755);
	scratch_run("'%s/imap/certificates' '%s/certificates'", TESTS_DIR, folder);
}

void scratch_end(void)
{
	scratch_run("rm -rf '%s'", folder);
}

const char *scratch_folder(void)
{
	return folder;
}

const char *scratch_path(const char *format, ...)
{
	static char paths[4][512];
	static unsigned turn;
	char *path = paths[turn++ % 4];
	int len = snprintf(path, sizeof(paths[0]), "%s/", folder);
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(path + len, sizeof(paths[0]) - (size_t)len, format, arguments);
	va_end(arguments);
	return path;
}

void scratch_run(const char *format, ...)
{
	char command[2048];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(command, sizeof(command), format, arguments);
	va_end(arguments);
	if (system(command) != 0) {
		fprintf(stderr, "failed: %s\n", command);
		abort();
	}
}
