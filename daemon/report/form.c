/* Which of many incidents a page shows whole, which as a line, and which it only counts. */
#include "form.h"

#include "base/limits.h"
#include <stdlib.h>

int incident_worst(const struct incident *x)
{
	int severity = 0;
	for (size_t i = 0; i < x->finding_count; i++)
		if (x->findings[i].severity > severity && x->findings[i].mark != MARK_WRONG)
			severity = x->findings[i].severity;
	return severity;
}

struct rank rank_of(const struct incident *x)
{
	return (struct rank){incident_worst(x), x->at.at_us, x->evidence};
}

int rank_order(struct rank a, struct rank b)
{
	if (a.worst != b.worst)
		return b.worst - a.worst;
	if (a.at_us != b.at_us)
		return a.at_us > b.at_us ? -1 : 1;
	return (a.evidence < b.evidence) - (a.evidence > b.evidence);
}

static int gravest_first(const void *left, const void *right)
{
	return rank_order(rank_of(*(struct incident *const *)left),
		rank_of(*(struct incident *const *)right));
}

int incidents_form(struct incident *all, size_t count)
{
	if (count <= LIMIT_REPORT_INCIDENTS)
		return 0;
	struct incident **order = calloc(count, sizeof(struct incident *));
	if (!order)
		return -1;
	for (size_t i = 0; i < count; i++)
		order[i] = &all[i];
	qsort(order, count, sizeof(struct incident *), gravest_first);
	for (size_t i = LIMIT_REPORT_INCIDENTS; i < count; i++)
		order[i]->form = i < LIMIT_REPORT_INCIDENTS + LIMIT_REPORT_LINES
			? INCIDENT_LINE
			: INCIDENT_LEFT_OUT;
	free(order);
	return 0;
}
