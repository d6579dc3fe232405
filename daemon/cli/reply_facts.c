/* What the names in braces of a reply stand for, for one client and moment. */
#include "reply_facts.h"

#include "app/rulebook.h"
#include "base/clock.h"
#include "config/config.h"
#include "worktime/worktime.h"

/* Moves what was written into the arena; nothing written is not known. */
static struct str keep(struct arena *arena, struct buf *b, bool *full)
{
	struct str kept = b->len ? arena_str(arena, buf_str(b)) : (struct str){0};
	*full |= b->failed || (b->len && !kept.ptr);
	buf_clear(b);
	return kept;
}

static void add_clock(const struct invocation *in, const struct reply_plan *plan,
	struct arena *arena, struct slot *slots, bool *full)
{
	struct buf text = {0};
	struct moment now;
	const struct client *client = config_client(in->book->config, plan->client);
	size_t index = rulebook_client(in->book, plan->client);
	const struct worktime *hours = rulebook_hours(in->book, index);
	letter_add_hours(plan->words,
		client && client->hours.count ? &client->hours : &in->book->config->me.hours,
		&text);
	slots[REPLY_HOURS].words = keep(arena, &text, full);
	if (hours && plan->has_clock) {
		worktime_at(hours, plan->now_us, &now);
		if (now.has_opening && now.period != PERIOD_WORKING)
			letter_add_opening(plan->words, &now, &text);
		slots[REPLY_OPENING].words = keep(arena, &text, full);
	}
	buf_finish(&text);
}

int reply_facts(const struct invocation *in, const struct reply_plan *plan, struct arena *arena,
	struct slot *slots, struct error *err)
{
	struct buf text = {0};
	bool full = false;
	for (size_t i = 0; i < REPLY_SLOTS; i++)
		slots[i] = (struct slot){.name = reply_slot_names[i]};
	if (in->book && in->book->config) {
		add_clock(in, plan, arena, slots, &full);
		slots[REPLY_ME].words = in->book->config->me.name;
	}
	if (plan->captured) {
		slots[REPLY_AMOUNT].words = plan->captured->amount;
		captured_add_day(plan->captured, &text);
		slots[REPLY_DAY].words = keep(arena, &text, &full);
	}
	if (plan->has_clock) {
		letter_add_day(plan->words,
			date_of_instant(plan->message_at_us, plan->message_offset_min), &text);
		slots[REPLY_DATE].words = keep(arena, &text, &full);
	}
	slots[REPLY_ITEM].words = plan->item;
	slots[REPLY_NAME].words = plan->person;
	buf_finish(&text);
	return full ? error_memory(err) : 0;
}
