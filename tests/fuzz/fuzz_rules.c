/* Any bytes as a rule file and a message, parted by a NUL: nothing breaks, and the index finds what
 * trying rule by rule finds, the amounts and days in it included. With -dict=tests/fuzz/rules.dict.
 */
#include "judge/sequence.h"
#include "set.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_captured(const struct captured *a, const struct captured *b)
{
	return str_eq(a->amount, b->amount) && a->has_value == b->has_value &&
		a->hundredths == b->hundredths && str_eq(a->day_words, b->day_words) &&
		a->has_day == b->has_day && a->day == b->day;
}

/* Rules that reached a limit looked at different amounts of text. */
static void check_same(const struct hits *fast, const struct hits *slow)
{
	if (fast->unexamined_count + slow->unexamined_count > 0 || fast->too_many || slow->too_many)
		return;
	if (fast->count != slow->count || fast->near_count != slow->near_count)
		abort();
	for (size_t i = 0; i < fast->count; i++)
		if (fast->items[i].start != slow->items[i].start ||
			fast->items[i].end != slow->items[i].end ||
			!same_captured(&fast->items[i].captured, &slow->items[i].captured))
			abort();
}

static void match_both(const struct ruleset *set, const struct client *client, struct str bytes)
{
	struct text text;
	struct hits fast, slow;
	struct error err = {0};
	text_init(&text);
	hits_init(&fast);
	hits_init(&slow);
	struct match_input in = {.text = &text,
		.has_moment = bytes.len % 2 == 1,
		.properties = (unsigned)bytes.len,
		.day = 20516, /* 2026-03-04 */
		.client = client,
		.want_near_misses = true};
	if (text_plain(&text, bytes) == 0 && ruleset_match(set, &in, &fast, &err) == 0 &&
		ruleset_match_one_by_one(set, &in, &slow, &err) == 0)
		check_same(&fast, &slow);
	hits_finish(&fast);
	hits_finish(&slow);
	text_finish(&text);
}

/* What was written must read back as the same files. */
static void check_pack(const struct ruleset *set)
{
	struct buf bytes = {0};
	struct rule_file *files;
	size_t count;
	struct error err = {0};
	ruleset_write(set, &bytes);
	if (ruleset_unpack(buf_str(&bytes), &files, &count, &err) < 0 || count != set->file_count)
		abort();
	free(files);
	buf_finish(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str all = {(const char *)data, size};
	const char *nul = size ? memchr(data, 0, size) : NULL;
	size_t rules_len = nul ? (size_t)(nul - all.ptr) : size;
	struct rule_file file = {.name = STR("fuzz.rules"), .bytes = str_slice(all, 0, rules_len)};
	/* a file with a failing example is left out: odd inputs skip them, to get to the matching
	 */
	struct str phrases[] = {STR("newsletter"), STR("landing page")};
	struct client client = {.id = STR("acme")};
	client.contract.excludes = (struct strs){&phrases[0], 1};
	client.contract.includes = (struct strs){&phrases[1], 1};
	/* remarks try patterns on hard texts, which takes its time */
	struct ruleset_options options = {.skip_examples = size % 2 == 1,
		.remarks = size % 8 == 7 && size < 2000,
		.clients = &client,
		.client_count = 1,
		.judge_sequences = sequences_judge};
	struct ruleset *set = NULL;
	struct diags diags = {0};
	struct error err = {0};
	struct rule_file *files = NULL;
	size_t left_out, count;

	if (ruleset_load(&file, 1, &options, &set, &left_out, &diags, &err) == 0) {
		match_both(set, &client, str_slice(all, nul ? rules_len + 1 : 0, size));
		check_pack(set);
	}
	if (ruleset_unpack(all, &files, &count, &err) == 0)
		free(files);
	ruleset_free(set);
	diags_finish(&diags);
	return 0;
}
