/* One event, one line, one write to stderr. */
#include "base/log.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The log sink: one of the two mutable globals that the house allows. */
static enum log_level lowest = LOG_LEVEL_INFO;
static int for_journal;

void log_setup(enum log_level level, int journal)
{
	lowest = level;
	for_journal = journal;
}

void log_event(enum log_level level, const char *event, const char *fields, ...)
{
	/* Named fields are short; a line beyond this is cut, never split. */
	char line[2048];
	const size_t room = sizeof(line) - 1;
	if (level > lowest)
		return;
	size_t len = 0;
	if (for_journal)
		len = (size_t)snprintf(line, sizeof(line), "<%d>", (int)level);
	size_t prefix = len;
	int more = snprintf(line + len, sizeof(line) - len, "%s%s", event, fields ? " " : "");
	len = strlen(line);
	if (fields && more >= 0) {
		va_list arguments;
		va_start(arguments, fields);
		more = vsnprintf(line + len, sizeof(line) - len, fields, arguments);
		va_end(arguments);
		len = strlen(line);
	}
	for (size_t i = prefix; i < len; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	if (len > room - 1)
		len = room - 1;
	line[len++] = '\n';
	/* Nobody can be told when stderr itself is gone. */
	if (write(STDERR_FILENO, line, len) < 0)
		return;
}
