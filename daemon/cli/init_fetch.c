/* The first look at the mail of a new configuration, and what it saw. */
#include "init.h"

#include "app/keeper.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "assess.h"
#include "base/log.h"
#include "command.h"
#include "find.h"
#include <stdlib.h>
#include <unistd.h>

static uint64_t count_findings(const struct assessment *a)
{
	uint64_t sum = 0;
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		sum += a->summary.findings[i];
	return sum;
}

static unsigned percent(uint64_t part, uint64_t all)
{
	return all ? (unsigned)((100 * part + all / 2) / all) : 0;
}

static int count_found(struct invocation *in, struct str query, size_t *count, struct error *err)
{
	struct query *q = NULL;
	uint64_t *found = NULL;
	int result = find_parse(in, query, &q, err);
	if (!result)
		result = find_all(in, q, &found, count, err);
	free(found);
	query_free(q);
	return result;
}

/* "3 clients, 214 mails; Acme: 41 % of findings, 12 % of mail; 9 weekend demands" */
static void say_seen(const struct assessment *all, size_t count, size_t weekend)
{
	const struct assessment *worst = NULL;
	uint64_t mails = 0, findings = 0;
	for (size_t i = 0; i < count; i++) {
		mails += all[i].summary.messages;
		findings += count_findings(&all[i]);
		if (!worst || count_findings(&all[i]) > count_findings(worst))
			worst = &all[i];
	}
	printf("%zu %s, %llu %s", count, count == 1 ? "client" : "clients",
		(unsigned long long)mails, mails == 1 ? "mail" : "mails");
	if (findings)
		printf("; %.*s: %u %% of findings, %u %% of mail; %zu weekend %s",
			STR_ARG(worst->name), percent(count_findings(worst), findings),
			percent(worst->summary.messages, mails), weekend,
			weekend == 1 ? "demand" : "demands");
	else
		printf("; no findings");
	remark("%s", "");
}

int init_say_seen(struct init *i, struct error *err)
{
	struct invocation *in = i->in;
	struct assessment *all = NULL;
	size_t count = 0, weekend = 0;
	if (needs_open_archive(in, err) < 0)
		return -1;
	int result = assess_all(in, clock_now_us(NULL), ASSESS_FIGURE, &all, &count, err);
	if (!result)
		result = count_found(
			in, STR("rule:after-hours/demand period:weekend"), &weekend, err);
	if (!result) {
		remark("%s", "");
		say_seen(all, count, weekend);
	}
	assessments_free(all, count);
	return result;
}

int init_fetch(struct init *i, struct error *err)
{
	const struct keeper_plan plan = {
		.book = &i->in->book, .once = true, .progress = isatty(STDERR_FILENO)};
	remark("fetching and judging, which may take a while; Ctrl-C stops, 'overstepd' goes on "
	       "from there");
	log_setup(LOG_LEVEL_WARNING, NULL);
	return keeper_run(&plan, err);
}
