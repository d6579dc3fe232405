/* Text in columns and paragraphs, for terminals. */
#ifndef OVERSTEP_DAEMON_REPORT_GRID_H
#define OVERSTEP_DAEMON_REPORT_GRID_H

#include "report/report.h"

#define GRID_COLUMNS_MOST 8
#define PAPER_WIDTH 96

struct grid_cell {
	struct str text;
	size_t width;
	enum ink ink;
};

/* A table whose columns fit their widest cell. Zero-initialise, set columns; a column that is
   `right` is aligned there. The last column is wrapped at PAPER_WIDTH. */
struct grid {
	size_t columns;
	bool right[GRID_COLUMNS_MOST];
	unsigned indent;
	struct grid_cell *cells;
	size_t count, cap;
	struct arena arena;
	bool failed;
};

void grid_add(struct grid *g, enum ink ink, struct str text);
void grid_add_cstr(struct grid *g, enum ink ink, const char *text);
void grid_add_format(struct grid *g, enum ink ink, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Puts and empties it. */
int grid_end(struct grid *g, const struct report_sink *sink, struct error *err);

/* Words on lines of at most PAPER_WIDTH columns: `text` goes on at *column, later lines begin
   `indent` columns in. What is out of a mail is made visible first; white space becomes one space.
 */
void paragraph_add(const struct report_sink *sink, enum ink ink, struct str text, unsigned indent,
	size_t *column);

void put_str(const struct report_sink *sink, enum ink ink, struct str text);
/* What comes from outside, on one line, made visible. */
void put_visible(const struct report_sink *sink, enum ink ink, struct str text);
void put(const struct report_sink *sink, enum ink ink, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
