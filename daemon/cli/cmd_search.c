/* overstep search: messages that a query finds. */
#include "app/store.h"
#include "find.h"
#include "message_output.h"
#include <stdint.h>
#include <stdlib.h>

static int write_message(struct invocation *in, const struct indexed_message *m, struct error *err)
{
	struct json_line line;
	message_write_json(in, m, json_item(&line));
	return json_item_end(in, &line, err);
}

/* The signs of its findings in short, in the order of the table of signs, in the gravest severity's
   colour. */
static void add_signs(struct table *t, const struct indexed_message *m)
{
	struct buf words = {0};
	bool has[SIGN_COUNT] = {0};
	int severity = 0;
	for (size_t i = 0; i < m->finding_count; i++) {
		const struct indexed_finding *f = &m->findings[i];
		if (f->mark == MARK_WRONG)
			continue;
		has[f->finding.sign] = true;
		if (f->finding.severity > severity)
			severity = f->finding.severity;
	}
	for (int sign = 0; sign < SIGN_FIRST_MARKER; sign++)
		if (has[sign])
			buf_add_format(
				&words, "%s%s", words.len ? ", " : "", sign_name((enum sign)sign));
	if (m->judged && m->judgement.examined != EXAMINED_YES)
		buf_add_format(&words, "%snot examined", words.len ? ", " : "");
	table_add(t, buf_str(&words), severity_color(severity), false);
	buf_finish(&words);
}

static void add_row(struct invocation *in, struct table *t, const struct indexed_message *m)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	evidence_name(m->seq, id);
	format_time(in, m->clocks.at_us[m->clocks.used], at);
	table_add_cstr(t, id, COLOR_PLAIN, false);
	table_add_cstr(t, at, COLOR_PLAIN, false);
	table_add_cstr(t, m->direction == DIRECTION_OUT ? "me" : "", COLOR_DIM, false);
	table_add(t, m->client, COLOR_BOLD, false);
	/* a whole subject, cut so that the signs stay in sight */
	table_add(t, str_slice(m->facts.subject, 0, 60), COLOR_PLAIN, false);
	add_signs(t, m);
}

static int show(struct invocation *in, struct cursor *cursor, struct table *t, size_t *found,
	struct error *err)
{
	const struct indexed_message *m;
	int more;
	while ((more = cursor_next(cursor, &m, err)) == 1) {
		++*found;
		if (!in->json)
			add_row(in, t, m);
		else if (write_message(in, m, err) < 0)
			return -1;
	}
	return more;
}

static int read_limit(const char *word, struct search_options *options, struct error *err)
{
	uint64_t limit;
	if (!word)
		return 0;
	if (!str_to_u64(str_from(word), 1000000000, &limit) || !limit)
		return error_set(err, ERROR_USAGE, "bad number '%s' of --limit", word);
	options->limit = (size_t)limit;
	return 0;
}

static void say_nothing(struct invocation *in)
{
	if (in->json)
		return;
	fprintf(stderr, "nothing found\n");
	hint_at_arguments(in);
}

static int run(struct invocation *in, struct error *err)
{
	struct search_options options = {.newest_first = has_option(in, "newest")};
	struct query *q = NULL;
	struct cursor *cursor = NULL;
	struct table *t = NULL;
	size_t found = 0;
	int result = read_limit(option(in, "limit"), &options, err);
	if (!result)
		result = find_query(in, 0, &q, err);
	if (!result)
		result = index_search(in->store->index, q, &options, &cursor, err);
	if (!result)
		result = table_new(6, &t, err);
	if (!result)
		result = show(in, cursor, t, &found, err);
	if (!result && !in->json && found)
		result = table_print(in, t, err);
	table_free(t);
	cursor_close(cursor);
	query_free(q);
	if (result < 0)
		return -1;
	if (!found)
		say_nothing(in);
	return found ? 0 : 1;
}

static const struct command_option options[] = {
	{"newest", NULL, "the newest first; else in order of time"},
	{"limit", "N", "at most so many"},
	{0},
};

const struct command command_search = {
	.name = "search",
	.usage = "QUERY",
	.summary = "Find messages by words, people, time, rule or sign",
	.help = "Words stand for messages that hold them; several must all be there. With and, or, not "
		"and parentheses\nthey are joined to fields: 'overstep help query-fields', "
		"overstep-query(7).\n\n"
		"  overstep search 'client:acme (sign:urgency or sign:after-hours) not tag:wrong'\n"
		"  overstep search client:acme text:\\\"blog page\\\" date:2026-03..\n\n"
		"Ends with 1 when nothing was found.",
	.needs = NEEDS_ARCHIVE,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
