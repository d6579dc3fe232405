/* What every served page begins and ends with. */
#ifndef OVERSTEP_DAEMON_REPORT_PAGE_FRAME_H
#define OVERSTEP_DAEMON_REPORT_PAGE_FRAME_H

#include "report/page.h"

/* Up to the first section; and from behind the last one. */
void page_begin(const struct page *p, struct buf *out);
void page_end(struct buf *out);
#endif
