/* Showing things: lines, tables, times, colours; JSON Lines for programs. */
#ifndef OVERSTEP_DAEMON_CLI_OUTPUT_H
#define OVERSTEP_DAEMON_CLI_OUTPUT_H

#include "base/json.h"
#include "base/str.h"
#include "command.h"

enum color {
	COLOR_PLAIN,
	COLOR_DIM,
	COLOR_BOLD,
	COLOR_GREEN,
	COLOR_YELLOW,
	COLOR_RED,
	COLOR_COUNT
};

/* Writes to in->out; a reader that has gone away is not an error. */
void print_str(struct invocation *in, struct str s);
void print(struct invocation *in, const char *format, ...) __attribute__((format(printf, 2, 3)));
void print_colored(struct invocation *in, enum color color, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Text out of a mail: control and bidi characters are shown escaped. */
void print_visible(struct invocation *in, struct str s, bool keep_lines);

/* RFC 3339 in my zone, or Z with --utc or without a configuration. */
void format_time(const struct invocation *in, int64_t at_us, char *out /* TIME_TEXT_SIZE */);

/* An object a line: json_item begins {"schema":1, and json_item_end writes the line. */
struct json_line {
	struct buf text;
	struct json_writer writer;
};
struct json_writer *json_item(struct json_line *line);
/* 0, or -1 out of memory. */
int json_item_end(struct invocation *in, struct json_line *line, struct error *err);

/* A table whose columns fit their widest cell. The last column is not padded. */
struct table;
int table_new(size_t columns, struct table **out, struct error *err);
void table_free(struct table *t);
/* Cells are copied and made visible; color applies to the cell. numbers are right-aligned. */
void table_add(struct table *t, struct str text, enum color color, bool right);
void table_add_cstr(struct table *t, const char *text, enum color color, bool right);
void table_add_format(struct table *t, enum color color, bool right, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* 0, or -1 out of memory. */
int table_print(struct invocation *in, const struct table *t, struct error *err);

/* Progress of long work on standard error: a bar on a terminal, a line now and then in a pipe,
   nothing for what is quick. */
struct progress;
struct store_progress;
void progress_init(struct progress *p);
void progress_tell(void *context, const char *what, uint64_t done, uint64_t all);
void progress_finish(struct progress *p);
struct progress {
	int64_t started_us, told_us;
	bool terminal;
	bool told;
};

#endif
