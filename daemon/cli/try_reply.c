/* overstep try: the replies that the rules found suggest, filled with what their words name. */
#include "try.h"

/* *out is empty where the rule has no reply, where an earlier hit has the same, or where the words
   lack what it speaks of. */
static void fill_reply(const struct trial_result *r, size_t hit, struct buf *out)
{
	const struct rule_facts *rule = r->hits.items[hit].rule;
	buf_clear(out);
	for (size_t i = 0; i < hit; i++)
		if (r->hits.items[i].rule == rule)
			return;
	captured_fill(&r->hits.items[hit].captured, rule->reply, out);
}

void try_show_replies(struct invocation *in, const struct trial_result *r)
{
	struct buf reply = {0};
	for (size_t i = 0; i < r->hits.count; i++) {
		fill_reply(r, i, &reply);
		if (!reply.len)
			continue;
		print_colored(in, COLOR_DIM, "reply    ");
		print(in, " ");
		print_visible(in, buf_str(&reply), false);
		print(in, "\n");
	}
	buf_finish(&reply);
}

void try_write_replies(struct json_writer *w, const struct trial_result *r)
{
	struct buf reply = {0};
	json_array(w, "replies");
	for (size_t i = 0; i < r->hits.count; i++) {
		fill_reply(r, i, &reply);
		if (!reply.len)
			continue;
		json_object(w, NULL);
		json_str(w, "rule", r->hits.items[i].rule->name);
		json_str(w, "text", buf_str(&reply));
		json_object_end(w);
	}
	json_array_end(w);
	buf_finish(&reply);
}
