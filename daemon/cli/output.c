/* Lines, colours, times and JSON Lines on standard output or the pager. */
#include "output.h"

#include "app/rulebook.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdarg.h>

static const char *const codes[COLOR_COUNT] = {
	[COLOR_DIM] = "\033[2m",
	[COLOR_BOLD] = "\033[1m",
	[COLOR_GREEN] = "\033[32m",
	[COLOR_YELLOW] = "\033[33m",
	[COLOR_RED] = "\033[1;31m",
};

void print_str(struct invocation *in, struct str s)
{
	if (s.len)
		fwrite(s.ptr, 1, s.len, in->out);
}

void print(struct invocation *in, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vfprintf(in->out, format, arguments);
	va_end(arguments);
}

void print_colored(struct invocation *in, enum color color, const char *format, ...)
{
	bool colored = in->color && codes[color];
	if (colored)
		fputs(codes[color], in->out);
	va_list arguments;
	va_start(arguments, format);
	vfprintf(in->out, format, arguments);
	va_end(arguments);
	if (colored)
		fputs("\033[0m", in->out);
}

void print_visible(struct invocation *in, struct str s, bool keep_lines)
{
	struct buf visible = {0};
	utf8_add_visible(&visible, s, keep_lines);
	print_str(in, buf_str(&visible));
	buf_finish(&visible);
}

static const struct zone *my_zone(const struct invocation *in)
{
	return !in->utc && in->book && in->book->mine ? worktime_zone(in->book->mine) : NULL;
}

void format_time(const struct invocation *in, int64_t at_us, char *out)
{
	const struct zone *zone = my_zone(in);
	struct zone_time local = {0};
	if (zone)
		zone_local(zone, at_us, &local);
	time_format(at_us, local.offset_s / 60, !zone, out);
}

struct json_writer *json_item(struct json_line *line)
{
	*line = (struct json_line){0};
	json_begin(&line->writer, &line->text);
	json_object(&line->writer, NULL);
	json_int(&line->writer, "schema", 1);
	return &line->writer;
}

int json_item_end(struct invocation *in, struct json_line *line, struct error *err)
{
	json_object_end(&line->writer);
	buf_add_char(&line->text, '\n');
	bool failed = line->text.failed;
	if (!failed)
		print_str(in, buf_str(&line->text));
	buf_finish(&line->text);
	return failed ? error_memory(err) : 0;
}
