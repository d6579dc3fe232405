/* What the clocks tell from turn to turn: that the machine slept, that its clock was set. */
#include "clock_watch.h"

#include "app/events.h"
#include "base/clock.h"
#include "keeper_state.h"

/* A connection outlives a shorter nap. */
#define SLEPT_LEAST_US (30 * SECOND_US)
/* What keeps time right moves by less, and reading three clocks takes time too. */
#define SET_LEAST_US (10 * SECOND_US)

struct clock_news clock_watch_look(struct clock_watch *w, const struct instant *now)
{
	struct clock_news news = {0};
	if (w->known) {
		int64_t passed_us = now->passed_us - w->seen.passed_us;
		news.slept_us = passed_us - (now->awake_us - w->seen.awake_us);
		news.set_us = now->at_us - w->seen.at_us - passed_us;
	}
	if (news.slept_us < SLEPT_LEAST_US)
		news.slept_us = 0;
	if (news.set_us < SET_LEAST_US && news.set_us > -SET_LEAST_US)
		news.set_us = 0;
	*w = (struct clock_watch){.known = true, .seen = *now};
	return news;
}

void clock_watch_turn(struct keeper *k)
{
	struct instant now = instant_now(k->plan->clock);
	struct clock_news news = clock_watch_look(&k->clocks, &now);
	uint64_t slept_s = (uint64_t)(news.slept_us / SECOND_US);
	bool back = news.set_us < 0;
	uint64_t set_s = (uint64_t)((back ? -news.set_us : news.set_us) / SECOND_US);
	if (set_s)
		log_event(&event_clock_set,
			LOG_FIELDS(log_number(back ? "back_s" : "ahead_s", set_s)));
	if (!slept_s)
		return;
	log_event(&event_slept, LOG_FIELDS(log_number("seconds", slept_s)));
	for (size_t i = 0; i < k->crew.link_count; i++)
		account_link_wake(&k->crew.links[i]);
}
