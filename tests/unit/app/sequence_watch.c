/* When the keeper looks for sequences: mail and marks, and deadlines that pass. */
#include "app/keeper.h"
#include "keeper_state.h"
#include "sequence_world.h"

/* The service from its start to its end, at that time. */
static void keep(const char *now)
{
	const struct clock clock = {.fixed_us = at_of(now)};
	const struct keeper_plan plan = {.book = &world.book, .clock = &clock, .once = true};
	struct error err = {0};
	store_close(world.store);
	world.store = NULL;
	ck_assert_msg(keeper_run(&plan, &err) == 0, "%s", err.text);
	open_store_again(&world);
}

START_TEST(the_keeper_tells_an_absence_when_its_deadline_has_passed)
{
	come("2026-01-05T09:00:00Z", "me: This is a payment reminder.");
	keep("2026-01-12T08:59:59Z");
	expect("");
	/* down for a month: dated at its deadline all the same */
	keep("2026-02-12T09:00:00Z");
	expect("late-payment/silence 2026-01-12T09:00:00Z of 09:00");
	uint64_t last = archive_last(world.store->archive);
	keep("2026-02-13T09:00:00Z");
	ck_assert_uint_eq(archive_last(world.store->archive), last);
	come("2026-01-10T09:00:00Z", "The money is on its way.");
	keep("2026-02-14T09:00:00Z");
	expect("");
	expect_reindexed();
}
END_TEST

/* A keeper with nothing to do but to look for sequences. */
struct watched_client {
	struct clock clock;
	struct keeper_plan plan;
	struct account_link links[2];
	struct keeper keeper;
};

static void watch(struct watched_client *w)
{
	*w = (struct watched_client){.plan = {.book = &world.book, .clock = &w->clock}};
	w->keeper = (struct keeper){.plan = &w->plan, .book = world.book, .store = world.store};
}

static void turn(struct watched_client *w, const char *now)
{
	struct error err = {0};
	w->clock.fixed_us = at_of(now);
	ck_assert_msg(sequence_watch_turn(&w->keeper, false, &err) == 0, "%s", err.text);
}

START_TEST(a_deadline_passes_while_it_runs)
{
	struct watched_client w;
	watch(&w);
	come("2026-01-05T09:00:00Z", "me: This is a payment reminder.");
	turn(&w, "2026-01-05T09:00:00Z");
	turn(&w, "2026-01-12T08:59:59Z");
	expect("");
	turn(&w, "2026-01-12T09:00:00Z");
	expect("late-payment/silence 2026-01-12T09:00:00Z of 09:00");
	uint64_t last = archive_last(world.store->archive);
	turn(&w, "2026-01-12T09:00:01Z");
	turn(&w, "2026-03-12T09:00:00Z");
	ck_assert_uint_eq(archive_last(world.store->archive), last);
}
END_TEST

START_TEST(an_account_that_was_not_read_since_holds_it_back)
{
	struct watched_client w;
	watch(&w);
	w.keeper.crew.links = w.links;
	w.keeper.crew.link_count = 2;
	come("2026-01-05T09:00:00Z", "me: This is a payment reminder.");
	w.links[0].read_until_us = at_of("2026-01-12T10:00:00Z");
	turn(&w, "2026-01-12T10:00:00Z"); /* the second was never read */
	expect("");
	w.links[1].read_until_us = at_of("2026-01-12T08:00:00Z");
	turn(&w, "2026-01-13T10:00:00Z");
	expect("");
	w.links[1].read_until_us = at_of("2026-01-12T09:30:00Z");
	turn(&w, "2026-01-13T10:00:00Z");
	expect("late-payment/silence 2026-01-12T09:00:00Z of 09:00");
}
END_TEST

START_TEST(mail_and_marks_are_noticed_whoever_wrote_them)
{
	struct watched_client w;
	watch(&w);
	turn(&w, "2026-01-05T08:00:00Z");
	nag();
	turn(&w, "2026-01-05T12:00:00Z");
	expect(NAGGING);
	struct arena arena = {0};
	struct indexed_sequence s;
	struct error err = {0};
	ck_assert_int_eq(
		index_sequence(world.store->index, newest_sequence(), &arena, &s, &err), 1);
	mark(s.found.members[1], "urgency/now", MARK_WRONG);
	turn(&w, "2026-01-05T12:00:00Z");
	expect("");
	mark(s.found.members[1], "urgency/now", MARK_RIGHT);
	turn(&w, "2026-01-05T12:00:00Z");
	expect(NAGGING);
	arena_finish(&arena);
}
END_TEST

START_TEST(while_mail_keeps_coming_it_waits)
{
	struct watched_client w;
	watch(&w);
	w.keeper.crew.links = w.links;
	w.keeper.crew.link_count = 1;
	turn(&w, "2026-01-05T08:00:00Z");
	nag();
	w.links[0].running = true;
	turn(&w, "2026-01-05T12:00:00Z");
	expect("");
	w.links[0].running = false;
	turn(&w, "2026-01-05T12:00:00Z");
	expect(NAGGING);
}
END_TEST

Suite *sequence_watch_suite(void)
{
	Suite *suite = suite_create("sequences watched");
	TCase *t = tcase_create("keeper");
	tcase_add_checked_fixture(t, make_sequences, drop_sequences);
	tcase_add_test(t, the_keeper_tells_an_absence_when_its_deadline_has_passed);
	tcase_add_test(t, a_deadline_passes_while_it_runs);
	tcase_add_test(t, an_account_that_was_not_read_since_holds_it_back);
	tcase_add_test(t, mail_and_marks_are_noticed_whoever_wrote_them);
	tcase_add_test(t, while_mail_keeps_coming_it_waits);
	suite_add_tcase(suite, t);
	return suite;
}
