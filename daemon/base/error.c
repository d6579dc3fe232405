/* Why a call failed, where, and the exit code it leads to. */
#include "base/error.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const int exit_codes[] = {
	[ERROR_NONE] = 0,
	[ERROR_NOT_FOUND] = 1,
	[ERROR_USAGE] = 2,
	[ERROR_INTEGRITY] = 3,
	[ERROR_LOGIN] = 4,
	[ERROR_TEMPORARY] = 75,
	[ERROR_CONFIG] = 78,
	[ERROR_INPUT] = 2,
	[ERROR_LIMIT] = 2,
	[ERROR_MEMORY] = 75,
	[ERROR_INTERRUPTED] = 75,
	[ERROR_SYSTEM] = 75,
};

/* A text that was cut must not end within a character. */
static void drop_half_character(char *text)
{
	text[utf8_whole(str_from(text))] = '\0';
}

__attribute__((format(printf, 3, 0))) static void print(
	char *out, size_t size, const char *format, va_list arguments)
{
	if (vsnprintf(out, size, format, arguments) >= (int)size)
		drop_half_character(out);
}

int error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
	if (!err)
		return -1;
	*err = (struct error){.kind = kind};
	va_list arguments;
	va_start(arguments, format);
	print(err->text, sizeof(err->text), format, arguments);
	va_end(arguments);
	return -1;
}

int error_at(struct error *err, enum error_kind kind, const char *file, unsigned line,
	unsigned column, const char *format, ...)
{
	if (!err)
		return -1;
	*err = (struct error){.kind = kind, .line = line, .column = column};
	if (file && snprintf(err->file, sizeof(err->file), "%s", file) >= (int)sizeof(err->file))
		drop_half_character(err->file);
	va_list arguments;
	va_start(arguments, format);
	print(err->text, sizeof(err->text), format, arguments);
	va_end(arguments);
	return -1;
}

int error_system(struct error *err, int number, const char *format, ...)
{
	if (!err)
		return -1;
	*err = (struct error){.kind = ERROR_SYSTEM};
	char why[128];
	const char *said = strerror_r(number, why, sizeof(why));
	va_list arguments;
	va_start(arguments, format);
	/* The reason is worth more than the end of a long subject. */
	size_t room = sizeof(err->text) - strlen(said) - strlen(": ");
	print(err->text, room, format, arguments);
	va_end(arguments);
	strcat(err->text, ": ");
	strcat(err->text, said);
	return -1;
}

int error_memory(struct error *err)
{
	return error_set(err, ERROR_MEMORY, "out of memory");
}

int error_prefix(struct error *err, const char *format, ...)
{
	if (!err)
		return -1;
	char text[sizeof(err->text)];
	va_list arguments;
	va_start(arguments, format);
	print(text, sizeof(text), format, arguments);
	va_end(arguments);
	size_t len = strlen(text);
	if (snprintf(text + len, sizeof(text) - len, ": %s", err->text) >=
		(int)(sizeof(text) - len))
		drop_half_character(text);
	memcpy(err->text, text, sizeof(text));
	return -1;
}

int error_exit_code(const struct error *err)
{
	return exit_codes[err->kind];
}

int exit_code_graver(int a, int b)
{
	static const int gravest[] = {78, 4, 75};
	for (size_t i = 0; i < sizeof(gravest) / sizeof(gravest[0]); i++)
		if (a == gravest[i] || b == gravest[i])
			return gravest[i];
	return a > b ? a : b;
}
