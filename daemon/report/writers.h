/* What stands behind each row of the table of writers. */
#ifndef OVERSTEP_DAEMON_REPORT_WRITERS_H
#define OVERSTEP_DAEMON_REPORT_WRITERS_H

#include "report/report.h"

int report_write_text(const struct report *r, const struct report_sink *sink, struct error *err);
int report_write_page(const struct report *r, const struct report_sink *sink, struct error *err);
int report_write_json(const struct report *r, const struct report_sink *sink, struct error *err);
int report_write_csv(const struct report *r, const struct report_sink *sink, struct error *err);

/* Puts what is pending and empties it. Fails when the buffer ran out of memory. */
int sink_flush(const struct report_sink *sink, struct buf *pending, struct error *err);

#endif
