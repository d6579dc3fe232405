/* The pieces of the HTML page. What each adds goes to the pen's buffer, in its language. */
#ifndef OVERSTEP_DAEMON_REPORT_HTML_H
#define OVERSTEP_DAEMON_REPORT_HTML_H

#include "report/report.h"
#include "report/words.h"

/* html.c: the page up to where its title stands, and from there to its body. */
int html_head(const struct pen *p, struct str version, struct error *err);
void html_head_end(const struct pen *p);

/* style.c: the style sheet, and the policy that lets only it in: no script, no request. Its source
   alone: 'sha256-...'. */
void style_add(struct buf *out);
int style_source_add(struct buf *out, struct error *err);
int style_policy_add(struct buf *out, struct error *err);
int style_source_add(struct buf *out, struct error *err); /* 'sha256-...' alone */

/* html_piece.c: what all of them are made of. Classes may be NULL. */
void html_element(const struct pen *p, const char *tag, const char *classes, enum phrase words);
#define HTML_SAY(p, tag, classes, phrase, ...)                                                     \
	do {                                                                                       \
		html_open(p, tag, classes);                                                        \
		SAY(p, phrase, __VA_ARGS__);                                                       \
		html_close(p, tag);                                                                \
	} while (0)
void html_open(const struct pen *p, const char *tag, const char *classes);
void html_close(const struct pen *p, const char *tag);
/* <td data-label="..." class="...">: the label stands before it on a telephone. */
void html_cell(const struct pen *p, enum phrase label, const char *classes);
void html_cell_end(const struct pen *p);
/* <thead> of such columns; a column that is right is aligned there. */
struct html_column {
	enum phrase title;
	bool right;
};
void html_columns(const struct pen *p, const struct html_column *columns, size_t count);
void html_fill_cell(const struct pen *p, enum phrase label, const char *classes, struct fill fill);
/* A part that scrolls by itself where it is wider than the page; its name is read aloud. */
void html_wide(const struct pen *p, const char *classes, enum phrase name);
void html_band(const struct pen *p, enum band band);
/* <time>: the weekday, day and time in my zone then. */
void html_moment(const struct pen *p, struct report_time t);
void html_evidence(const struct pen *p, uint64_t seq);
/* The same of a message, or of what a sequence found: leads to its page when there is one. */
void html_message(const struct pen *p, uint64_t seq);
/* Behind a dot each: what cannot be known of a line of a chat, and by which record a later export
   has it not so; 0: none does. */
void html_export(const struct pen *p, bool exported, uint64_t differs);
/* Text in the path or query of an address. */
void html_address(const struct pen *p, struct str text);
/* Words of the program that are English whatever the page's language is. */
void html_english(const struct pen *p, struct str words);
/* A page may be large: hands on what there is of it once that is much. Between two rows. */
void html_pass_on(const struct pen *p);
/* The sentence around marked words, in a language that nobody knows. */
void html_passage(const struct pen *p, const struct passage *passage);

/* chart.c, chart_*.c: inline SVG without ids or styles of its own, so that several fit on a page,
   and the tables that say the same. */
void chart_bar(struct buf *out, unsigned per_mille, const char *classes);
void chart_risk_bar(struct buf *out, const struct risk *risk);
void chart_severity(struct buf *out, int severity);
void chart_sparkline(struct buf *out, const struct report_client *c);
void chart_course(const struct pen *p, const struct report_client *c);
void table_course(const struct pen *p, const struct report_client *c);
struct heat_map {
	enum phrase title;
	const uint64_t (*count)[24];
	const bool (*working)[QUARTERS_A_DAY]; /* NULL: hours are not known */
};
/* 0 for none, 1 to 5: the shade of a number where `most` is the largest. */
unsigned heat_level(uint64_t count, uint64_t most);
void chart_heat(const struct pen *p, const struct heat_map *heat);
void table_heat(const struct pen *p, const struct heat_map *heat);
void chart_weeks(const struct pen *p, const struct report_client *c, int64_t today);
void table_weeks(const struct pen *p, const struct report_client *c, int64_t today);
/* Weeks of the last half year with messages and no finding. */
uint64_t weeks_quiet(const struct report_client *c, int64_t today);

/* html_overview.c */
void html_overview(const struct pen *p, const struct report *r);
/* html_client.c, html_figure.c, html_history.c: a client, and the parts of it */
void html_client(const struct pen *p, const struct report *r, size_t number);
void html_figure(const struct pen *p, const struct report_client *c, size_t number);
void html_history(const struct pen *p, const struct report_client *c, int64_t today);
void html_hours(const struct pen *p, const struct report *r, const struct report_client *c);
void html_own(const struct pen *p, const struct report_client *c);
/* html_decision.c: nothing of a client of whom there is nothing to decide */
void html_decision(const struct pen *p, const struct report *r, const struct report_client *c);
/* html_incident.c, html_incidents.c */
struct html_lane {
	const struct incident *all;
	size_t count;
	size_t client;    /* its number on the page */
	const char *name; /* of its ids */
	size_t dropped;   /* more of them, which the report has not kept */
};
struct html_lane html_lane(const struct report_client *c, size_t number, bool harmful);
void html_incident(const struct pen *p, const struct html_lane *lane, const struct incident *x);
void html_incidents(const struct pen *p, const struct html_lane *lane, struct str client);
/* "#c1-e12", when the page has it, and the message no page of its own. */
bool html_incident_link(const struct pen *p, const struct html_lane *lane, uint64_t evidence);
/* What the owner supplied; nothing when that is nothing. */
void html_exhibits(const struct pen *p, const struct report_client *c);
void html_blind_spots(const struct pen *p, const struct report_client *c);

#endif
