/* overstep try: the replies that the rules found suggest, filled with what is known. */
#include "reply_facts.h"
#include "try.h"

/* *out is empty where the rule has no reply, where an earlier hit has the same, or where what it
   speaks of is not known. */
static int fill_reply(const struct invocation *in, const struct trial_result *r, size_t hit,
	struct buf *out, struct error *err)
{
	const struct rule_facts *rule = r->hits.items[hit].rule;
	const struct letter_words *words = letter_words_of(rule->lang);
	struct slot slots[REPLY_SLOTS];
	struct arena arena = {0};
	const struct reply_plan plan = {
		.words = words ? words : &letter_en,
		.client = r->client,
		.has_clock = r->judgement.has_mine,
		.now_us = r->clocks.at_us[r->clocks.used],
		.message_at_us = r->clocks.at_us[r->clocks.used],
		.message_offset_min = r->judgement.mine.offset_min,
		.captured = &r->hits.items[hit].captured,
	};
	buf_clear(out);
	for (size_t i = 0; i < hit; i++)
		if (r->hits.items[i].rule == rule)
			return 0;
	int result = reply_facts(in, &plan, &arena, slots, err);
	if (!result)
		slots_fill(slots, REPLY_SLOTS, rule->reply, out);
	arena_finish(&arena);
	return result;
}

int try_show_replies(struct invocation *in, const struct trial_result *r, struct error *err)
{
	struct buf reply = {0};
	int result = 0;
	for (size_t i = 0; i < r->hits.count && !result; i++) {
		result = fill_reply(in, r, i, &reply, err);
		if (result < 0 || !reply.len)
			continue;
		print_colored(in, COLOR_DIM, "reply    ");
		print(in, " ");
		print_visible(in, buf_str(&reply), false);
		print(in, "\n");
	}
	buf_finish(&reply);
	return result;
}

int try_write_replies(const struct invocation *in, struct json_writer *w,
	const struct trial_result *r, struct error *err)
{
	struct buf reply = {0};
	int result = 0;
	json_array(w, "replies");
	for (size_t i = 0; i < r->hits.count && !result; i++) {
		result = fill_reply(in, r, i, &reply, err);
		if (result < 0 || !reply.len)
			continue;
		json_object(w, NULL);
		json_str(w, "rule", r->hits.items[i].rule->name);
		json_str(w, "text", buf_str(&reply));
		json_object_end(w);
	}
	json_array_end(w);
	buf_finish(&reply);
	return result;
}
