/* A client's risk, figures and trend, as several commands show them. */
#include "assess.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "base/clock.h"
#include "base/limits.h"
#include "config/config.h"
#include "which_client.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <string.h>

enum color band_color(enum band band)
{
	static const enum color colors[] = {
		[BAND_CALM] = COLOR_GREEN,
		[BAND_WATCH] = COLOR_PLAIN,
		[BAND_STRAINED] = COLOR_YELLOW,
		[BAND_DECIDE] = COLOR_RED,
	};
	return colors[band];
}

int64_t assess_day(const struct invocation *in, int64_t at_us)
{
	struct zone_time local;
	zone_local(worktime_zone(in->book->mine), at_us, &local);
	return date_to_days((struct date){local.year, local.month, local.day});
}

/* The last microsecond of a day in my zone. */
static int64_t end_of_day(const struct invocation *in, struct date d)
{
	int64_t instants[2];
	struct date next = date_from_days(date_to_days(d) + 1);
	zone_instants(
		worktime_zone(in->book->mine), next.year, next.month, next.day, 0, 0, instants);
	return instants[0] - 1;
}

int assess_time(const struct invocation *in, const char *word, int64_t *at_us, struct error *err)
{
	if (word)
		return assess_time_of(in, str_from(word), at_us, err);
	*at_us = clock_now_us(NULL);
	return 0;
}

/* "2026-03-12T21:40" on the wall clock of my zone; the first of an hour that comes twice. */
static bool local_time_of(const struct invocation *in, struct str text, int64_t *at_us)
{
	struct date d;
	uint64_t hour, minute;
	int64_t instants[2];
	if (text.len != strlen("2026-03-12T21:40") || !date_parse(str_slice(text, 0, 10), &d) ||
		(text.ptr[10] != 'T' && text.ptr[10] != ' ') || text.ptr[13] != ':' ||
		!str_to_u64(str_slice(text, 11, 13), 23, &hour) ||
		!str_to_u64(str_slice(text, 14, 16), 59, &minute) || !in->book || !in->book->mine)
		return false;
	zone_instants(worktime_zone(in->book->mine), d.year, d.month, d.day, (int)hour, (int)minute,
		instants);
	*at_us = instants[0];
	return true;
}

int assess_time_of(const struct invocation *in, struct str text, int64_t *at_us, struct error *err)
{
	struct date day;
	int offset_min;
	if (date_parse(text, &day))
		*at_us = end_of_day(in, day);
	else if (!local_time_of(in, text, at_us) && !time_parse(text, at_us, &offset_min))
		return error_set(err, ERROR_USAGE,
			"bad time '%.*s', expected a day such as 2026-03-12 or a time such as "
			"2026-03-12T21:40 or 2026-03-12T21:40:00+01:00",
			STR_ARG(text));
	return 0;
}

int assess_history(struct invocation *in, struct str id, struct arena *arena,
	struct risk_history *out, struct error *err)
{
	const struct config *config = in->book->config;
	const struct client *client = config_client(config, id);
	if (index_history(in->store->index, id, arena, out, err) < 0)
		return -1;
	out->half_life_days = (double)config->half_life_s / 86400;
	out->has_hours_told = client && client->has_hours_told;
	if (out->has_hours_told)
		out->hours_told_day = date_to_days(client->hours_told);
	return 0;
}

/* Today's figure and that of a month ago. */
static int find_figures(
	int64_t day, enum assess_lines lines, struct assessment *a, struct error *err)
{
	const int64_t days[] = {day, day - RISK_TREND_DAYS};
	int tenths[2];
	if (risk_fold_figures(a->fold, days, 2, tenths, err) < 0)
		return -1;
	a->trend = risk_trend(tenths[0], tenths[1]);
	a->risk.tenths = tenths[0];
	a->risk.band = band_of(tenths[0]);
	return lines == ASSESS_FIGURE
		? 0
		: risk_fold_causes(a->fold, day,
			  lines == ASSESS_PAGE ? LIMIT_REPORT_LIST : SIZE_MAX, &a->risk, err);
}

static int fill(struct invocation *in, int64_t at_us, enum assess_lines lines, struct assessment *a,
	struct error *err)
{
	const struct client *client = config_client(in->book->config, a->client);
	a->history = arena_alloc(&a->arena, sizeof(*a->history));
	if (!a->history)
		return error_memory(err);
	if (assess_history(in, a->client, &a->arena, a->history, err) < 0 ||
		index_client(in->store->index, a->client, at_us, &a->summary, err) < 0 ||
		risk_fold_new(a->history, &a->fold, err) < 0)
		return -1;
	a->name = client ? client->name : a->client;
	return find_figures(assess_day(in, at_us), lines, a, err);
}

int assess(struct invocation *in, struct str client, int64_t at_us, enum assess_lines lines,
	struct assessment *out, struct error *err)
{
	*out = (struct assessment){0};
	risk_init(&out->risk);
	out->client = arena_str(&out->arena, client);
	int result = out->client.ptr ? fill(in, at_us, lines, out, err) : error_memory(err);
	if (result < 0)
		assessment_finish(out);
	return result;
}

void assessment_finish(struct assessment *a)
{
	risk_finish(&a->risk);
	risk_fold_free(a->fold);
	arena_finish(&a->arena);
}

void assessments_free(struct assessment *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assessment_finish(&all[i]);
	free(all);
}

static int by_risk(const void *left, const void *right)
{
	const struct assessment *a = left, *b = right;
	if (a->risk.tenths != b->risk.tenths)
		return a->risk.tenths > b->risk.tenths ? -1 : 1;
	return str_cmp(a->client, b->client);
}

int assess_all(struct invocation *in, int64_t at_us, enum assess_lines lines,
	struct assessment **out, size_t *count, struct error *err)
{
	struct arena arena = {0};
	struct str *ids = NULL;
	size_t n = 0, done = 0;
	struct assessment *all = NULL;
	int result = client_list(in, &arena, &ids, &n, err);
	if (!result) {
		all = calloc(n + 1, sizeof(*all));
		result = all ? 0 : error_memory(err);
	}
	while (!result && done < n) {
		result = assess(in, ids[done], at_us, lines, &all[done], err);
		done += !result;
	}
	free(ids);
	arena_finish(&arena);
	if (result < 0) {
		assessments_free(all, done);
		return -1;
	}
	qsort(all, n, sizeof(*all), by_risk);
	*out = all;
	*count = n;
	return 0;
}
