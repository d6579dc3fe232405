/* One event, one line, one write to stderr. */
#include "base/log.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

/* Named fields are short; what is longer is cut, never split. */
#define LINE_SIZE 2048

/* The log sink: one of the two mutable globals that the house allows. */
static enum log_level lowest = LOG_LEVEL_INFO;
static int for_journal;

void log_setup(enum log_level level, int journal)
{
	lowest = level;
	for_journal = journal;
}

/* Behind `len` characters of line; what does not fit is cut. */
__attribute__((format(printf, 3, 0))) static size_t append(
	char *line, size_t len, const char *format, va_list arguments)
{
	int more = vsnprintf(line + len, LINE_SIZE - len, format, arguments);
	if (more < 0)
		return len;
	return (size_t)more < LINE_SIZE - len ? len + (size_t)more : LINE_SIZE - 1;
}

void log_event(enum log_level level, const char *event, const char *fields, ...)
{
	char line[LINE_SIZE + 1]; /* and the LF */
	size_t start = 0, len;
	va_list arguments;
	if (level > lowest)
		return;
	if (for_journal)
		start = (size_t)snprintf(line, LINE_SIZE, "<%d>", (int)level);
	len = start + (size_t)snprintf(line + start, LINE_SIZE - start, "%.64s", event);
	if (fields) {
		line[len++] = ' ';
		va_start(arguments, fields);
		len = append(line, len, fields, arguments);
		va_end(arguments);
	}
	for (size_t i = start; i < len; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	line[len++] = '\n';
	/* One write, so that lines of several processes do not mix. Nobody can be told when stderr
	   itself is gone. */
	if (write(STDERR_FILENO, line, len) < 0)
		return;
}
