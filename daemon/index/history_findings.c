/* A client's findings in order of time, row by row: however many there are, memory holds one. */
#include "history.h"

#include <string.h>

/* Of names of rules and reasons of consent there are few, so each is kept once. */
struct findings {
	struct index *index;
	struct str client;
	struct arena *arena;
	struct str *words; /* in order */
	size_t word_count, word_cap;
};

/* The place of a word, or where it would stand. */
static size_t place_of(const struct findings *all, struct str s)
{
	size_t from = 0, until = all->word_count;
	while (from < until) {
		size_t middle = from + (until - from) / 2;
		if (str_cmp(all->words[middle], s) < 0)
			from = middle + 1;
		else
			until = middle;
	}
	return from;
}

static bool make_room(struct findings *all)
{
	size_t cap = all->word_cap ? all->word_cap * 2 : 16;
	struct str *words;
	if (all->word_count < all->word_cap)
		return true;
	words = arena_array(all->arena, cap, sizeof(*words));
	if (!words)
		return false;
	if (all->word_count)
		memcpy(words, all->words, all->word_count * sizeof(*words));
	all->words = words;
	all->word_cap = cap;
	return true;
}

static struct str word(struct findings *all, struct str s, bool *full)
{
	size_t at = place_of(all, s);
	if (!s.ptr || (at < all->word_count && str_eq(all->words[at], s)))
		return s.ptr ? all->words[at] : s;
	struct str kept = arena_str(all->arena, s);
	*full |= !kept.ptr || !make_room(all);
	if (*full)
		return kept;
	memmove(&all->words[at + 1], &all->words[at], (all->word_count - at) * sizeof(kept));
	all->words[at] = kept;
	all->word_count++;
	return kept;
}

static void fill_finding(struct findings *all, sqlite3_stmt *s, bool *full, struct risk_finding *f)
{
	*f = (struct risk_finding){
		.evidence = (uint64_t)sqlite3_column_int64(s, 0),
		.at_us = sqlite3_column_int64(s, 1),
		.day = sqlite3_column_int64(s, 2),
		.rule = word(all, column_borrowed(s, 3), full),
		.sign = (enum sign)sqlite3_column_int(s, 4),
		.severity = sqlite3_column_int(s, 5),
		.shadow = sqlite3_column_int(s, 6) != 0,
		.unsure = sqlite3_column_int(s, 7) != 0,
		.disputed_clock = !sqlite3_column_int(s, 8),
		.outgoing = sqlite3_column_int(s, 9) != 0,
		.in_their_hours = sqlite3_column_int(s, 10) != 0,
		.mark = (enum mark)sqlite3_column_int(s, 11),
		.consent = word(all, column_borrowed(s, 12), full),
		.chat = sqlite3_column_int(s, 13) != 0,
	};
	f->contact = str_eq(f->rule, STR("after-hours/contact"));
}

static const char findings_sql[] =
	"SELECT p.seq, p.at, j.day, f.rule, f.sign, f.severity, f.shadow, f.unsure, m.agreed,"
	" m.outgoing, j.in_their_hours, " VERDICT ", f.consent, " IN_CHAT CLIENT_MESSAGES
	" JOIN finding f ON f.seq = p.seq"
	" WHERE p.client = ?1 AND NOT f.marker AND j.day IS NOT NULL AND " OWN_WORDS
	" UNION ALL SELECT f.seq, f.at, f.day, f.rule, f.sign, f.severity, f.shadow, f.unsure, 1, 0,"
	" 0, " VERDICT ", f.consent, 0 FROM sequence f WHERE f.client = ?1"
	" AND f.withdrawn IS NULL"
	" ORDER BY 2, 1";

static int walk(void *findings, risk_visit *visit, void *context, struct error *err)
{
	struct findings *all = findings;
	struct risk_finding f;
	sqlite3_stmt *s;
	bool full = false;
	int step, result = 0;
	if (history_prepare(all->index, findings_sql, all->client, &s, err) < 0)
		return -1;
	while (!result && (step = sqlite3_step(s)) == SQLITE_ROW) {
		fill_finding(all, s, &full, &f);
		result = full ? error_memory(err) : visit(context, &f, err);
	}
	if (!result && step != SQLITE_DONE)
		result = index_failed(all->index, "ask the index", err);
	sqlite3_finalize(s);
	return result;
}

int history_findings(struct index *x, struct str client, struct arena *arena,
	struct risk_history *out, struct error *err)
{
	struct findings *all = arena_alloc(arena, sizeof(*all));
	if (!all)
		return error_memory(err);
	*all = (struct findings){.index = x, .client = arena_str(arena, client), .arena = arena};
	if (!all->client.ptr)
		return error_memory(err);
	out->walk = walk;
	out->findings = all;
	return 0;
}
