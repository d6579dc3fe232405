/* Messages written as rows, handed to a report as the index would hand them. */
#ifndef TESTS_UNIT_REPORT_SAMPLE_H
#define TESTS_UNIT_REPORT_SAMPLE_H

#include "report/report.h"

#define SAMPLE_FINDINGS 4

struct sample_finding {
	const char *rule;
	enum sign sign;
	int severity;
	const char *words; /* found in the text; NULL: of the clock */
	enum mark mark;
	enum rule_status status;
	bool unsure;
	const char *note;
	const char *consent;
	const char *day_words; /* that name the day on which it came */
};

#define FOUND(rule_, sign_, severity_, words_, ...)                                                \
	{                                                                                          \
		.rule = rule_, .sign = sign_, .severity = severity_, .words = words_, __VA_ARGS__  \
	}

struct sample_message {
	uint64_t evidence;
	const char *at; /* RFC 3339; local, working on weekdays from 9 to 17 */
	bool outgoing, disputed, never_judged;
	const char *apology; /* words of the text that say sorry */
	enum examined examined;
	const char *from, *subject, *text;
	struct sample_finding findings[SAMPLE_FINDINGS];
};

void sample_add(struct report_client *c, const struct sample_message *m);
/* Lines of a figure: day, evidence, rule, sign, severity, tenths, why; the last row is empty. */
struct sample_cause {
	const char *day;
	uint64_t evidence;
	const char *rule;
	enum sign sign;
	int severity, tenths;
	const char *why;
	enum fate fate;
};
void sample_risk(struct report_client *c, const struct sample_cause *causes, enum band band);
/* Nine to five on weekdays, with an hour's rest from 12:00 but on Fridays. */
void sample_hours(struct report_client *c);

/* Two clients: one strained with all there is to show, one calm. */
void sample_report(struct report *r);

/* All that a writer puts, and whether it used any ink but the plain one. */
struct sample_output {
	struct buf bytes;
	bool colored;
};
void sample_write(const struct report *r, const char *form, struct sample_output *out);

#endif
