/* The pieces of the HTML page, each adding to a buffer. */
#ifndef OVERSTEP_DAEMON_REPORT_HTML_H
#define OVERSTEP_DAEMON_REPORT_HTML_H

#include "report/report.h"

/* html.c: the page up to where its title stands, and from there to its body. */
int html_head(struct buf *out, struct str version, struct error *err);
void html_head_end(struct buf *out);

/* style.c: the style sheet, and the policy that lets only it in: no script, no request. */
void style_add(struct buf *out);
int style_policy_add(struct buf *out, struct error *err);

/* chart.c: inline SVG without ids or styles of its own, so that several fit on a page. */
void chart_bar(struct buf *out, unsigned per_mille, const char *classes);
void chart_risk_bar(struct buf *out, const struct risk *risk);
void chart_severity(struct buf *out, int severity);
void chart_course(struct buf *out, const struct report_client *c);
void chart_heat(struct buf *out, const struct report_client *c);

/* The tables that say the same as the charts. */
void table_course(struct buf *out, const struct report_client *c);
void table_heat(struct buf *out, const struct report_client *c);

/* html_client.c, html_incident.c */
void html_client(struct buf *out, const struct report_client *c, size_t number);
void html_incidents(
	struct buf *out, const struct incident *all, size_t count, bool harmful, size_t client);
/* What the owner supplied; nothing when that is nothing. */
void html_exhibits(struct buf *out, const struct report_client *c);
void html_blind_spots(struct buf *out, const struct report_client *c);
void html_band(struct buf *out, enum band band);
/* <time>: the weekday, day and time in my zone then. */
void html_moment(struct buf *out, struct report_time t);
void html_evidence(struct buf *out, uint64_t seq);
/* <td data-label="..." class="...">, closed by html_cell_end; class may be NULL. */
void html_cell(struct buf *out, const char *label, const char *classes);
void html_cell_end(struct buf *out);

#endif
