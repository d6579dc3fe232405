/* The pieces of the text form. */
#ifndef OVERSTEP_DAEMON_REPORT_TEXT_H
#define OVERSTEP_DAEMON_REPORT_TEXT_H

#include "grid.h"

enum ink band_ink(enum band band);
enum ink severity_ink(int severity);
void text_heading(const struct report_sink *sink, const char *title);
void text_paragraph(const struct report_sink *sink, enum ink ink, const char *text);
/* all: with every line at 0 points, else their number for each reason. */
int text_client(
	const struct report_client *c, bool all, const struct report_sink *sink, struct error *err);
void text_incidents(const struct incident *all, size_t count, const struct report_sink *sink);

#endif
