/* What holds of the risk figure for every history: tried on many random ones. */
#include "base/clock.h"
#include "findings.h"
#include "random.h"
#include "risk/risk_fold.h"
#include "suites.h"
#include <string.h>

#define HISTORIES 3000
#define FINDINGS_MOST 40
#define CLEAN_DAYS 120
#define FIRST_DAY 20500
#define INNOCENT_RUNS 300

static const enum sign weighed[] = {SIGN_INSULT, SIGN_THREAT, SIGN_MANIPULATION, SIGN_URGENCY,
	SIGN_SCOPE_CREEP, SIGN_UNREASONABLE_DEMAND, SIGN_UNPAID_WORK, SIGN_LATE_PAYMENT,
	SIGN_HARMFUL_REQUEST, SIGN_INDECISION, SIGN_AFTER_HOURS, SIGN_UNSTEADY_WORK};
#define WEIGHED (sizeof(weighed) / sizeof(weighed[0]))

struct world {
	uint64_t random;
	struct risk_finding findings[FINDINGS_MOST + 1];
	struct risk_credit credits[4];
	struct risk_clean clean[CLEAN_DAYS];
	struct findings_given given;
	struct risk_history history;
};

static struct risk_finding random_finding(uint64_t *random)
{
	struct risk_finding f = {
		.evidence = (uint64_t)random_below(random, 60) + 1,
		.rule = STR("a/rule"),
		.sign = weighed[random_below(random, WEIGHED)],
		.severity = 1 + random_below(random, 4),
		.unsure = !random_below(random, 6),
		.disputed_clock = !random_below(random, 6),
		.shadow = !random_below(random, 12),
		.contact = !random_below(random, 3),
		.mark = random_below(random, 12) ? MARK_NONE : MARK_WRONG,
	};
	/* a message is of one day */
	f.day = FIRST_DAY + (int64_t)f.evidence;
	f.at_us = f.day * DAY_US + (int64_t)f.evidence;
	return f;
}

static void world_make(struct world *w, uint64_t seed)
{
	memset(w, 0, sizeof(*w));
	w->random = seed * 7919 + 1;
	w->given = (struct findings_given){
		w->findings, (size_t)random_below(&w->random, FINDINGS_MOST)};
	w->history = (struct risk_history){
		.walk = findings_walk,
		.findings = &w->given,
		.credits = w->credits,
		.credit_count = (size_t)random_below(&w->random, 4),
		.clean = w->clean,
		.clean_count = CLEAN_DAYS,
		.has_hours_told = random_below(&w->random, 2),
		.hours_told_day = FIRST_DAY + random_below(&w->random, 30),
		.half_life_days = 60,
	};
	for (size_t i = 0; i < w->given.count; i++)
		w->findings[i] = random_finding(&w->random);
	for (size_t i = 0; i < w->history.credit_count; i++) {
		int64_t day = FIRST_DAY + random_below(&w->random, 60);
		w->credits[i] = (struct risk_credit){
			.kind = (enum credit_kind)random_below(&w->random, 2),
			.evidence = 1000 + i,
			.day = day,
			.at_us = day * DAY_US + (int64_t)i,
		};
	}
	for (int i = 0; i < CLEAN_DAYS; i++)
		w->clean[i] = (struct risk_clean){FIRST_DAY + i, random_below(&w->random, 6)};
}

static int figure(const struct risk_history *history, int64_t day, enum band *band)
{
	struct risk_fold *fold;
	int tenths;
	ck_assert_int_eq(risk_fold_new(history, &fold, NULL), 0);
	ck_assert_int_eq(risk_fold_figures(fold, &day, 1, &tenths, NULL), 0);
	risk_fold_free(fold);
	if (band)
		*band = band_of(tenths);
	return tenths;
}

START_TEST(another_finding_never_lowers_the_figure)
{
	struct world w;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		world_make(&w, seed);
		int64_t day = FIRST_DAY + 70;
		int before = figure(&w.history, day, NULL);
		w.findings[w.given.count++] = random_finding(&w.random);
		ck_assert_msg(figure(&w.history, day, NULL) >= before, "seed %d", (int)seed);
	}
}
END_TEST

START_TEST(time_alone_never_raises_the_figure)
{
	struct world w;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		world_make(&w, seed);
		int last = figure(&w.history, FIRST_DAY + 61, NULL);
		for (int64_t day = FIRST_DAY + 62; day < FIRST_DAY + 200; day += 13) {
			int now = figure(&w.history, day, NULL);
			ck_assert_msg(now <= last, "seed %d", (int)seed);
			last = now;
		}
	}
}
END_TEST

START_TEST(order_of_arrival_does_not_matter)
{
	struct world w;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		world_make(&w, seed);
		int before = figure(&w.history, FIRST_DAY + 70, NULL);
		for (size_t i = w.given.count; i > 1; i--) {
			size_t k = (size_t)random_below(&w.random, (int)i);
			struct risk_finding moved = w.findings[i - 1];
			w.findings[i - 1] = w.findings[k];
			w.findings[k] = moved;
		}
		ck_assert_int_eq(figure(&w.history, FIRST_DAY + 70, NULL), before);
	}
}
END_TEST

#define DAYS_ASKED 40

START_TEST(figures_of_many_days_are_those_asked_for_one_by_one)
{
	struct world w;
	for (uint64_t seed = 1; seed <= HISTORIES / 3; seed++) {
		struct risk_fold *fold;
		int64_t days[DAYS_ASKED];
		int tenths[DAYS_ASKED];
		world_make(&w, seed);
		for (int i = 0; i < DAYS_ASKED; i++)
			days[i] = FIRST_DAY + random_below(&w.random, 140);
		ck_assert_int_eq(risk_fold_new(&w.history, &fold, NULL), 0);
		ck_assert_int_eq(risk_fold_figures(fold, days, DAYS_ASKED, tenths, NULL), 0);
		risk_fold_free(fold);
		for (int i = 0; i < DAYS_ASKED; i++)
			ck_assert_msg(tenths[i] == figure(&w.history, days[i], NULL), "seed %d",
				(int)seed);
	}
}
END_TEST

static const struct risk_cause *next_cause(const struct risk *risk, size_t *at, bool zero)
{
	while (*at < risk->cause_count && !risk->causes[*at].tenths != zero)
		++*at;
	return *at < risk->cause_count ? &risk->causes[(*at)++] : NULL;
}

/* The lines of one kind in `some` are the last ones in `all`. */
static void check_lines(const struct risk *all, const struct risk *some, bool zero, size_t dropped)
{
	size_t of_all = 0, of_some = 0;
	const struct risk_cause *want, *got;
	while (dropped-- > 0)
		ck_assert_ptr_nonnull(next_cause(all, &of_all, zero));
	do {
		want = next_cause(all, &of_all, zero);
		got = next_cause(some, &of_some, zero);
		ck_assert_int_eq(want != NULL, got != NULL);
		if (want)
			ck_assert(want->evidence == got->evidence && want->tenths == got->tenths &&
				str_eq(want->why, got->why));
	} while (want);
}

START_TEST(whatever_is_left_out_every_line_that_weighs_is_there)
{
	enum { MOST = 3 };
	struct world w;
	size_t dropped = 0;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct risk_fold *fold;
		struct risk all, some;
		int64_t sum = 0, day = FIRST_DAY + 40 + (int64_t)(seed % 60);
		world_make(&w, seed);
		risk_init(&all);
		risk_init(&some);
		ck_assert_int_eq(risk_fold_new(&w.history, &fold, NULL), 0);
		ck_assert_int_eq(risk_fold_causes(fold, day, SIZE_MAX, &all, NULL), 0);
		ck_assert_int_eq(risk_fold_causes(fold, day, MOST, &some, NULL), 0);
		risk_fold_free(fold);
		ck_assert_int_eq(all.tenths, figure(&w.history, day, NULL));
		ck_assert_int_eq(some.tenths, all.tenths);
		ck_assert_uint_eq(some.zero_count, all.zero_count);
		for (size_t i = 0; i < some.cause_count; i++)
			sum += some.causes[i].tenths;
		ck_assert_int_eq(some.tenths, sum < 1000 ? sum : 1000);
		size_t gone = all.cause_count - some.cause_count;
		ck_assert_uint_eq(gone, all.zero_count > MOST ? all.zero_count - MOST : 0);
		check_lines(&all, &some, false, 0);
		check_lines(&all, &some, true, gone);
		dropped += gone;
		risk_finish(&some);
		risk_finish(&all);
	}
	ck_assert_uint_gt(dropped, HISTORIES);
}
END_TEST

START_TEST(one_finding_is_watched_at_most_and_two_days_are_strained_at_most)
{
	struct world w;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		enum band band;
		world_make(&w, seed);
		for (size_t i = 0; i < w.given.count; i++) {
			w.findings[i].day = FIRST_DAY + (int64_t)(i % 2);
			w.findings[i].evidence = 1 + i;
		}
		figure(&w.history, FIRST_DAY + 2, &band);
		ck_assert_int_le(band, BAND_STRAINED);
		if (w.given.count)
			w.given.count = 1;
		figure(&w.history, FIRST_DAY + 2, &band);
		ck_assert_int_le(band, BAND_WATCH);
	}
}
END_TEST

/* 20 mails a working day for half a year, of which 1.5 % raise a false finding of any sign: mostly
   notes and minor ones, as rules that can err are graded, and a fifth serious. */
START_TEST(an_innocent_busy_client_is_never_to_be_decided_on)
{
	static struct risk_finding findings[400];
	static struct risk_clean clean[200];
	static const int severities[10] = {1, 1, 1, 1, 2, 2, 2, 2, 3, 3};
	for (uint64_t seed = 1; seed <= INNOCENT_RUNS; seed++) {
		uint64_t random = seed * 104729;
		struct findings_given given = {.items = findings};
		struct risk_history history = {.walk = findings_walk,
			.findings = &given,
			.clean = clean,
			.has_hours_told = true,
			.hours_told_day = FIRST_DAY,
			.half_life_days = 60};
		uint64_t evidence = 0;
		for (int64_t day = FIRST_DAY; day < FIRST_DAY + 182; day++) {
			if (date_weekday(day) >= 5)
				continue;
			int clean_today = 0;
			for (int mail = 0; mail < 20; mail++) {
				evidence++;
				if (random_below(&random, 1000) >= 15) {
					clean_today++;
					continue;
				}
				if (given.count == 400)
					continue;
				struct risk_finding f = random_finding(&random);
				f.evidence = evidence;
				f.severity = severities[random_below(&random, 10)];
				f.shadow = f.contact = false;
				f.mark = MARK_NONE;
				f.day = day;
				f.at_us = day * DAY_US + mail;
				findings[given.count++] = f;
			}
			clean[history.clean_count++] = (struct risk_clean){day, clean_today};
			enum band band;
			figure(&history, day, &band);
			ck_assert_msg(band < BAND_DECIDE, "seed %d", (int)seed);
		}
	}
}
END_TEST

Suite *properties_suite(void)
{
	Suite *suite = suite_create("risk: properties");
	TCase *t = tcase_create("properties");
	tcase_set_timeout(t, 120);
	tcase_add_test(t, another_finding_never_lowers_the_figure);
	tcase_add_test(t, time_alone_never_raises_the_figure);
	tcase_add_test(t, order_of_arrival_does_not_matter);
	tcase_add_test(t, figures_of_many_days_are_those_asked_for_one_by_one);
	tcase_add_test(t, whatever_is_left_out_every_line_that_weighs_is_there);
	tcase_add_test(t, one_finding_is_watched_at_most_and_two_days_are_strained_at_most);
	tcase_add_test(t, an_innocent_busy_client_is_never_to_be_decided_on);
	suite_add_tcase(suite, t);
	return suite;
}
