/* What a week brought, at the length of a mail. */
#ifndef OVERSTEP_REPORT_DIGEST_H
#define OVERSTEP_REPORT_DIGEST_H

#include "report/report.h"

/* A report as of the week's last second, and the week's first instant. Its clients' points hold the
   figure of a week before. */
struct digest {
	const struct report *report;
	int64_t from_us;
	int64_t first_day; /* of the week, days since 1970 in my zone */
};

/* What one client brought: what a client wrote that is in force, and what could not be read. */
struct digest_client {
	const struct report_client *client;
	int tenths_before;
	enum band band_before;
	size_t messages, findings; /* with findings, and those */
	int worst;                 /* severity, 0 none */
	size_t unexamined;
};
void digest_look(const struct digest *d, const struct report_client *c, struct digest_client *out);
/* A finding above a note, another band, a message that was not examined. */
bool digest_is_news(const struct digest_client *c);
/* Nothing of any client, and the mailboxes were watched throughout. */
bool digest_is_empty(const struct digest *d);

/* Appends one line, for a Subject: counts and no names, since others may stand beside the screen.
 */
void digest_subject(const struct digest *d, struct buf *out);
/* Appends the mail's words, plain or as a page without style, picture or link. */
void digest_write(const struct digest *d, bool html, struct buf *out);

#endif
