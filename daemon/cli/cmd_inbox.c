/* overstep inbox: client messages that wait for my answer, and whether they can wait longer. */
#include "app/rulebook.h"
#include "app/store.h"
#include "assess.h"
#include "base/array.h"
#include "base/clock.h"
#include "config/config.h"
#include "find.h"
#include "inbox.h"
#include "worktime/worktime.h"
#include <stdlib.h>

/* What I left without an answer for longer does not wait for one. */
#define LOOK_BACK_DAYS 14
#define SUBJECT_SHOWN 50

/* When I last wrote to a client. */
struct answer {
	struct str client;
	int64_t at_us;
};

struct inbox {
	struct arena arena;
	int64_t now_us;
	struct waiting *waiting;
	size_t count, cap;
	struct answer *answers;
	size_t answer_count, answer_cap;
};

static struct answer *find_answer(const struct inbox *box, struct str client)
{
	for (size_t i = 0; i < box->answer_count; i++)
		if (str_eq(box->answers[i].client, client))
			return &box->answers[i];
	return NULL;
}

static int note_answer(struct inbox *box, struct str client, int64_t at_us, struct error *err)
{
	struct answer *known = find_answer(box, client);
	if (!known) {
		struct str copy = arena_str(&box->arena, client);
		if (!copy.ptr ||
			array_room(&box->answers, box->answer_count, &box->answer_cap,
				sizeof(*box->answers)) < 0)
			return error_memory(err);
		known = &box->answers[box->answer_count++];
		*known = (struct answer){copy, at_us};
	}
	if (at_us > known->at_us)
		known->at_us = at_us;
	return 0;
}

static int note_message(struct inbox *box, const struct indexed_message *m, struct str client,
	int64_t at_us, struct error *err)
{
	if (array_room(&box->waiting, box->count, &box->cap, sizeof(*box->waiting)) < 0)
		return error_memory(err);
	struct waiting *w = &box->waiting[box->count++];
	*w = (struct waiting){
		.seq = m->seq,
		.client = arena_str(&box->arena, client),
		.from = arena_str(&box->arena, m->facts.from),
		.subject = arena_str(&box->arena, m->facts.subject),
		.at_us = at_us,
		.day = m->judgement.mine.day,
	};
	inbox_weigh(m, w);
	return w->client.ptr ? 0 : error_memory(err);
}

/* A client's own words, and no automatic mail. Of what could not be looked into it is not known. */
static struct str author_of(const struct indexed_message *m)
{
	if (m->facts.automatic.len)
		return (struct str){0};
	if (m->judged && m->judgement.examined == EXAMINED_YES)
		return m->judgement.author;
	return m->client;
}

static int take(struct inbox *box, const struct indexed_message *m, struct error *err)
{
	int64_t at_us = m->clocks.at_us[m->clocks.used];
	if (at_us > box->now_us || at_us <= box->now_us - LOOK_BACK_DAYS * DAY_US)
		return 0;
	if (m->direction == DIRECTION_IN) {
		struct str author = author_of(m);
		return author.len ? note_message(box, m, author, at_us, err) : 0;
	}
	for (size_t i = 0; i < m->clients.count; i++)
		if (note_answer(box, m->clients.items[i], at_us, err) < 0)
			return -1;
	return 0;
}

static int look(struct invocation *in, struct inbox *box, struct error *err)
{
	static const struct search_options by_time = {0};
	struct buf text = {0};
	struct query *query = NULL;
	struct cursor *cursor = NULL;
	const struct indexed_message *m;
	int64_t day = box->now_us / DAY_US;
	struct date first = date_from_days(day - LOOK_BACK_DAYS - 1);
	struct date last = date_from_days(day + 1);
	buf_add_format(&text, "date:%04d-%02d-%02d..%04d-%02d-%02d", first.year, first.month,
		first.day, last.year, last.month, last.day);
	int more = text.failed ? error_memory(err) : find_parse(in, buf_str(&text), &query, err);
	if (!more)
		more = index_search(in->store->index, query, &by_time, &cursor, err);
	if (!more)
		while ((more = cursor_next(cursor, &m, err)) > 0)
			if (take(box, m, err) < 0) {
				more = -1;
				break;
			}
	cursor_close(cursor);
	query_free(query);
	buf_finish(&text);
	return more;
}

static const struct worktime *hours_for(struct invocation *in, struct str client)
{
	return rulebook_hours(in->book, rulebook_client(in->book, client));
}

static bool is_working(const struct worktime *hours, int64_t at_us, struct moment *out)
{
	worktime_at(hours, at_us, out);
	return out->period == PERIOD_WORKING;
}

/* Is it time for nobody, neither by my hours nor by those agreed with a client? */
static bool is_quiet(struct invocation *in, int64_t now_us, struct moment *mine)
{
	struct moment agreed;
	if (is_working(in->book->mine, now_us, mine))
		return false;
	for (size_t i = 0; i < in->book->config->client_count; i++)
		if (is_working(rulebook_hours(in->book, i), now_us, &agreed))
			return false;
	return true;
}

static int allowance_of(struct invocation *in, const struct waiting *w, int64_t now_us,
	struct allowance *out, struct error *err)
{
	struct arena arena = {0};
	struct risk_history history;
	struct risk_fold *fold = NULL;
	int result = assess_history(in, w->client, &arena, &history, err);
	if (!result)
		result = risk_fold_new(&history, &fold, err);
	if (!result)
		risk_fold_allowance(fold, w->sign, w->day, assess_day(in, now_us), out);
	risk_fold_free(fold);
	arena_finish(&arena);
	return result;
}

static int write_json(struct invocation *in, const struct waiting *w, bool answer,
	const struct moment *now, const struct allowance *allowance, struct buf *verdict,
	struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	struct json_line line;
	struct json_writer *j = json_item(&line);
	evidence_name(w->seq, id);
	json_cstr(j, "id", id);
	json_str(j, "client", w->client);
	json_str(j, "from", w->from);
	json_str(j, "subject", w->subject);
	format_time(in, w->at_us, at);
	json_cstr(j, "received_at", at);
	json_bool(j, "urgent", w->urgent);
	json_bool(j, "answer_now", answer);
	json_cstr(j, "sign", w->urgent ? sign_name(w->sign) : NULL);
	if (w->urgent) {
		json_int(j, "allowed", allowance->allowed);
		json_int(j, "number", allowance->number);
	} else {
		json_null(j, "allowed");
		json_null(j, "number");
	}
	if (now->has_opening)
		format_time(in, now->opening_at_us, at);
	json_cstr(j, "opening", now->has_opening ? at : NULL);
	json_str(j, "verdict", buf_str(verdict));
	return json_item_end(in, &line, err);
}

static void add_row(struct invocation *in, struct table *t, const struct waiting *w, bool answer,
	struct buf *verdict)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	evidence_name(w->seq, id);
	format_time(in, w->at_us, at);
	table_add_cstr(t, id, COLOR_PLAIN, false);
	table_add_cstr(t, at, COLOR_PLAIN, false);
	table_add(t, w->client, COLOR_BOLD, false);
	table_add(t, str_slice(w->subject, 0, SUBJECT_SHOWN), COLOR_PLAIN, false);
	table_add(t, buf_str(verdict), answer ? COLOR_RED : COLOR_PLAIN, false);
}

/* How many there are: on the screen, and left for hours agreed with their client. */
struct shown {
	size_t count, held;
};

static int show(struct invocation *in, const struct inbox *box, const struct waiting *w,
	struct table *t, struct shown *shown, struct error *err)
{
	struct moment now;
	struct allowance allowance = {0};
	struct buf verdict = {0};
	const struct answer *answer = find_answer(box, w->client);
	if (answer && answer->at_us >= w->at_us)
		return 0;
	if (!is_working(hours_for(in, w->client), box->now_us, &now) && !has_option(in, "now")) {
		shown->held++;
		return 0;
	}
	if (w->urgent && allowance_of(in, w, box->now_us, &allowance, err) < 0)
		return -1;
	bool at_once = inbox_verdict(w, box->now_us, &now, &allowance, &verdict);
	int result = verdict.failed ? error_memory(err) : 0;
	if (!result && in->json)
		result = write_json(in, w, at_once, &now, &allowance, &verdict, err);
	else if (!result)
		add_row(in, t, w, at_once, &verdict);
	shown->count++;
	buf_finish(&verdict);
	return result;
}

static int say_held(struct invocation *in, size_t held, struct error *err)
{
	if (!in->json) {
		print(in, "quiet: %zu more for hours agreed with a client (--now shows all)\n",
			held);
		return 0;
	}
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_bool(w, "quiet", true);
	json_int(w, "held", (int64_t)held);
	return json_item_end(in, &line, err);
}

static int show_all(struct invocation *in, const struct inbox *box, struct error *err)
{
	struct table *t = NULL;
	struct shown shown = {0};
	int result = table_new(5, &t, err);
	for (size_t i = 0; i < box->count && !result; i++)
		result = show(in, box, &box->waiting[i], t, &shown, err);
	if (!result && !in->json)
		result = table_print(in, t, err);
	table_free(t);
	if (!result && shown.held)
		result = say_held(in, shown.held, err);
	if (result < 0)
		return -1;
	bool nothing = !shown.count && !shown.held;
	if (nothing && !in->json)
		print(in, "nothing waits for an answer\n");
	return nothing ? 1 : 0;
}

static int say_quiet(
	struct invocation *in, int64_t now_us, const struct moment *mine, struct error *err)
{
	struct buf opening = {0};
	inbox_add_opening(now_us, mine, &opening);
	int result = opening.failed ? error_memory(err) : 0;
	if (!result && in->json) {
		char at[TIME_TEXT_SIZE];
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_bool(w, "quiet", true);
		if (mine->has_opening)
			format_time(in, mine->opening_at_us, at);
		json_cstr(w, "opening", mine->has_opening ? at : NULL);
		result = json_item_end(in, &line, err);
	} else if (!result) {
		print(in, "quiet: outside your hours, first opening %s (--now shows what waits)\n",
			buf_cstr(&opening));
	}
	buf_finish(&opening);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	struct inbox box = {0};
	struct moment mine;
	if (assess_time(in, option(in, "at"), &box.now_us, err) < 0)
		return -1;
	if (is_quiet(in, box.now_us, &mine) && !has_option(in, "now"))
		return say_quiet(in, box.now_us, &mine, err);
	int result = look(in, &box, err);
	if (!result)
		result = show_all(in, &box, err);
	free(box.waiting);
	free(box.answers);
	arena_finish(&box.arena);
	return result;
}

static const struct command_option options[] = {
	{"now", NULL, "outside my hours too"},
	{"at", "TIME", "as it was at that day or time"},
	{0},
};

const struct command command_inbox = {
	.name = "inbox",
	.usage = "[--now] [--at TIME]",
	.summary = "Show client messages that wait for an answer, and whether they can wait longer",
	.help = "A message waits when it came in the last 14 days and I have not written to that "
		"client since;\nautomatic mail does not. One is urgent that has an urgency finding or an "
		"after-hours demand. Each\nclient may be urgent on some days of a month: one, and one "
		"more for every 40 messages without a\nfinding. On those the verdict is 'answer now'; "
		"beyond them it can wait for the next opening.\n\n"
		"Outside my hours, and those agreed with a client, it only says that it is quiet: that "
		"is the\npoint.\n\n"
		"  overstep inbox\n"
		"  overstep inbox --now\n"
		"  overstep --json inbox --now | jq 'select(.answer_now)'\n\n"
		"Ends with 1 when nothing waits.",
	.needs = NEEDS_ARCHIVE,
	.options = options,
	.most = 0,
	.run = run,
};
