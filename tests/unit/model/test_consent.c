/* Which findings a consent covers: its rules, clients, days and moments, all of them. */
#include "base/clock.h"
#include "expect.h"
#include "model/consent.h"
#include "suites.h"

static struct str two_clients[] = {{"acme", 4}, {"globex", 6}};

START_TEST(a_consent_covers_what_it_names)
{
	const struct consent launch = {
		.rules = STR("urgency/*|after-hours/demand"),
		.clients = {two_clients, 2},
		.when = MOMENT_BIT(PERIOD_NIGHT) | MOMENT_BIT(PERIOD_WEEKEND),
		.has_since = true,
		.since_day = date_to_days((struct date){2026, 6, 1}),
		.has_until = true,
		.until_day = date_to_days((struct date){2026, 6, 30}),
	};
	const unsigned night = MOMENT_BIT(PERIOD_NIGHT) | MOMENT_BIT(PERIOD_OUTSIDE);
	static const struct date first = {2026, 6, 1}, last = {2026, 6, 30}, before = {2026, 5, 31},
				 after = {2026, 7, 1};
	const struct {
		const char *rule, *client;
		struct date day;
		unsigned properties;
		bool covered;
	} rows[] = {
		{"urgency/now", "acme", first, night, true},
		{"urgency/now", "globex", last, MOMENT_BIT(PERIOD_WEEKEND), true},
		{"after-hours/demand", "acme", first, night, true},
		{"after-hours/contact", "acme", first, night, false},
		{"insult/urgency/now", "acme", first, night, false},
		{"urgency/now", "initech", first, night, false},
		{"urgency/now", "acme", before, night, false},
		{"urgency/now", "acme", after, night, false},
		{"urgency/now", "acme", first, MOMENT_BIT(PERIOD_OUTSIDE), false},
		{"urgency/now", "acme", first, 0, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct moment m = {
			.day = date_to_days(rows[i].day), .properties = rows[i].properties};
		const struct consent *found = consent_find(
			&launch, 1, str_from(rows[i].rule), str_from(rows[i].client), &m);
		ck_assert_msg((found == &launch) == rows[i].covered, "row %zu", i);
	}
	ck_assert_ptr_null(consent_find(&launch, 1, STR("urgency/now"), STR("acme"), NULL));
}
END_TEST

START_TEST(a_consent_for_good_needs_no_clock_and_no_client)
{
	const struct consent all[] = {{.rules = STR("insult/*")}, {.rules = STR("*")}};
	const struct str nobody = {NULL, 0};
	ck_assert_ptr_eq(consent_find(all, 2, STR("insult/idiot"), nobody, NULL), &all[0]);
	ck_assert_ptr_eq(consent_find(all, 2, STR("urgency/now"), nobody, NULL), &all[1]);
	ck_assert_ptr_null(consent_find(all, 0, STR("urgency/now"), nobody, NULL));
}
END_TEST

Suite *consent_suite(void)
{
	Suite *suite = suite_create("consents");
	TCase *all = tcase_create("consent");
	tcase_add_test(all, a_consent_covers_what_it_names);
	tcase_add_test(all, a_consent_for_good_needs_no_clock_and_no_client);
	suite_add_tcase(suite, all);
	return suite;
}
