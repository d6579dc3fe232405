/* The pieces of the text form, in the report's language. */
#ifndef OVERSTEP_DAEMON_REPORT_TEXT_H
#define OVERSTEP_DAEMON_REPORT_TEXT_H

#include "grid.h"
#include "report/words.h"

/* What is written on. */
struct paper {
	const struct report_sink *sink;
	enum tongue tongue;
	bool all;             /* with every line at 0 points, else their number for each reason */
	bool now, for_others; /* of struct report */
};

enum ink band_ink(enum band band);
enum ink severity_ink(int severity);
void text_heading(const struct paper *p, enum phrase title);
void text_paragraph(const struct paper *p, enum ink ink, enum phrase text);
/* A phrase on the line that is being written; what is not ours is made visible. */
void text_say(const struct paper *p, enum ink ink, enum phrase phrase, const struct fill *fills,
	size_t count);
#define TEXT_SAY(p, ink, phrase, ...)                                                              \
	text_say(p, ink, phrase, (const struct fill[]){__VA_ARGS__},                               \
		sizeof((const struct fill[]){__VA_ARGS__}) / sizeof(struct fill))
void text_fill(const struct paper *p, enum ink ink, struct fill fill);
void text_mark(const struct paper *p, enum ink ink, char mark);
/* A cell of a table. */
void grid_fill(struct grid *g, const struct paper *p, enum ink ink, struct fill fill);
void grid_evidence(struct grid *g, uint64_t evidence);
int text_client(const struct paper *p, const struct report_client *c, struct error *err);
/* text_hours.c */
void text_hours(const struct paper *p, const struct report_client *c);
int text_own(const struct paper *p, const struct report_client *c, struct error *err);
/* text_decision.c: nothing of a client of whom there is nothing to decide */
int text_decision(const struct paper *p, const struct report_client *c, struct error *err);
void text_incidents(const struct paper *p, const struct incident *all, size_t count);

#endif
