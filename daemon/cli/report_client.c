/* What a report tells of a client besides its messages: hours, the figure over time, proofs. */
#include "report_client.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "archive/blob.h"
#include "assess.h"
#include "base/clock.h"
#include "base/limits.h"
#include "config/config.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>

#define COURSE_WEEKS 26 /* how far back the figure is drawn */
#define COURSE_STEPS 60 /* days on which it rose, the newest ones: a jump is drawn as one */
#define COURSE_DAYS (COURSE_WEEKS + 1 + 2 * COURSE_STEPS)
#define HOURS_SAMPLES 9 /* weeks, spread over a year so that no holiday is in all of them */
#define HOURS_SAMPLE_DAYS 42
/* Octets looked at again for one page: a large mail must not make it slow; verify looks at all. */
#define CHECKED_BYTES (32 * MIB)

const struct worktime *report_client_hours(const struct invocation *in, struct str id)
{
	size_t number = rulebook_client(in->book, id);
	return number < in->book->config->client_count ? in->book->theirs[number] : NULL;
}

const struct zone *report_client_zone(const struct invocation *in, struct str id)
{
	const struct worktime *theirs = report_client_hours(in, id);
	return theirs ? worktime_zone(theirs) : NULL;
}

/* Working hours as a week: working is what is so in any of the weeks looked at, since holidays and
   leave take days out of some. */
static void sample_hours(const struct worktime *hours, int64_t day, bool working[7][QUARTERS_A_DAY])
{
	const struct zone *zone = hours ? worktime_zone(hours) : NULL;
	for (int i = 0; hours && i < HOURS_SAMPLES * 7 * QUARTERS_A_DAY; i++) {
		int quarter = i % QUARTERS_A_DAY, weekday = i / QUARTERS_A_DAY % 7;
		int64_t sampled = day - i / QUARTERS_A_DAY / 7 * HOURS_SAMPLE_DAYS;
		struct date d = date_from_days(sampled - date_weekday(sampled) + weekday);
		int64_t instants[2];
		struct moment moment;
		zone_instants(
			zone, d.year, d.month, d.day, quarter / 4, quarter % 4 * 15, instants);
		worktime_at(hours, instants[0], &moment);
		working[weekday][quarter] |= moment.period == PERIOD_WORKING;
	}
}

static int add_hours(
	const struct invocation *in, int64_t day, struct report_client *c, struct error *err)
{
	const struct worktime *mine = rulebook_hours(in->book, rulebook_client(in->book, c->id));
	const struct worktime *theirs = report_client_hours(in, c->id);
	c->has_hours = mine != NULL;
	sample_hours(mine, day, c->working);
	sample_hours(theirs, day, c->their_working);
	if (theirs)
		c->their_zone = arena_str(&c->arena, zone_name(worktime_zone(theirs)));
	return theirs && !c->their_zone.ptr ? error_memory(err) : 0;
}

static int by_day(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

/* Once a week, and on both sides of each rise; before the first message there is nothing to draw.
   In order, each day once. */
static size_t choose_days(const struct risk *risk, int64_t first, int64_t last, int64_t *days)
{
	size_t count = 0, steps = 0;
	for (int week = COURSE_WEEKS; week >= 0; week--)
		if (!week || last - week * 7 >= first)
			days[count++] = last - week * 7;
	int64_t oldest = days[0], taken = INT64_MAX;
	for (size_t i = risk->cause_count; i > 0 && steps < COURSE_STEPS; i--) {
		const struct risk_cause *x = &risk->causes[i - 1];
		if (!x->tenths || x->day == taken || x->day <= oldest)
			continue;
		taken = x->day;
		days[count++] = x->day - 1;
		days[count++] = x->day;
		steps++;
	}
	qsort(days, count, sizeof(*days), by_day);
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (!kept || days[kept - 1] != days[i])
			days[kept++] = days[i];
	return kept;
}

static int draw_course(struct invocation *in, int64_t day, const struct assessment *a,
	struct report_client *c, struct error *err)
{
	int64_t days[COURSE_DAYS];
	int tenths[COURSE_DAYS];
	int64_t first = a->summary.messages ? assess_day(in, a->summary.first_at_us) : day;
	size_t count = choose_days(&c->risk, first, day, days);
	c->points = arena_array(&c->arena, count, sizeof(*c->points));
	if (!c->points)
		return error_memory(err);
	if (risk_fold_figures(a->fold, days, count, tenths, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		c->points[i] = (struct risk_point){days[i], tenths[i]};
		if (days[i] == day - 7) {
			c->has_before = true;
			c->tenths_before = tenths[i];
		}
	}
	c->point_count = count;
	return 0;
}

static int add_credits(struct invocation *in, int64_t at_us, const struct risk_history *history,
	struct report_client *c, struct error *err)
{
	int result = 0;
	for (size_t i = 0; !result && i < history->credit_count; i++) {
		const struct risk_credit *x = &history->credits[i];
		if (x->at_us <= at_us)
			result = report_add_credit(
				c, x->kind, x->evidence, report_local_time(in, x->at_us), err);
	}
	return result;
}

int report_client_begin(struct invocation *in, int64_t at_us, const struct assessment *a,
	struct report_client *c, struct error *err)
{
	int64_t day = assess_day(in, at_us);
	c->recent_since_us = at_us - 7 * DAY_US;
	c->outside_hours = a->summary.outside_hours;
	c->outside_messages = a->summary.outside_messages;
	return add_hours(in, day, c, err) < 0 || draw_course(in, day, a, c, err) < 0
		? -1
		: add_credits(in, at_us, a->history, c, err);
}

/* What cannot be read is told as that, and stops nothing. */
static enum incident_octets look_at_octets(
	struct archive *archive, const struct sha256 *sum, uint64_t *left_bytes)
{
	struct blob_reader *reader = NULL;
	struct error err = {0};
	struct str piece;
	int more = blob_reader_open(archive, sum, &reader, &err);
	if (more > 0 && blob_reader_size(reader) > *left_bytes)
		more = -1;
	else if (more > 0)
		*left_bytes -= blob_reader_size(reader);
	bool read = more > 0;
	while (more > 0)
		more = blob_reader_next(reader, &piece, &err);
	blob_reader_close(reader);
	if (read && !more)
		return OCTETS_VERIFIED;
	return err.kind == ERROR_INTEGRITY ? OCTETS_ALTERED : OCTETS_CANNOT_TELL;
}

void report_client_check(struct invocation *in, struct report_client *c)
{
	uint64_t left_bytes = CHECKED_BYTES;
	for (size_t i = 0; i < c->incident_count + c->harmful_count; i++) {
		struct incident *x = i < c->incident_count ? &c->incidents[i]
							   : &c->harmful[i - c->incident_count];
		if (x->form == INCIDENT_WHOLE && !x->member_count)
			x->octets = look_at_octets(in->store->archive, &x->sum, &left_bytes);
	}
}
