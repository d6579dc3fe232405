/* A client's figures, and the history that its risk is folded from. */
#include "history.h"
#include "rows.h"

#include "model/burst.h"

int history_prepare(
	struct index *x, const char *sql, struct str client, sqlite3_stmt **out, struct error *err)
{
	*out = NULL;
	if (sqlite3_prepare_v2(x->db, sql, -1, out, NULL) != SQLITE_OK)
		return index_failed(x, "ask the index", err);
	bind_str(*out, 1, client);
	return 0;
}

static int end(struct index *x, sqlite3_stmt *s, int step, struct error *err)
{
	int result = step == SQLITE_DONE ? 0 : index_failed(x, "ask the index", err);
	sqlite3_finalize(s);
	return result;
}

static int count_messages(struct index *x, struct str client, int64_t until_us,
	struct client_summary *out, struct error *err)
{
	static const char sql[] =
		"SELECT count(*),"
		/* until it is judged, a message is taken for its first client's */
		" sum(NOT m.outgoing AND iif(j.seq IS NULL, m.client, j.author) = p.client),"
		" min(m.at), max(m.at) FROM peer p JOIN message m ON m.seq = p.seq"
		" LEFT JOIN judgement j ON j.seq = m.seq WHERE p.client = ?1 AND m.at <= ?2";
	sqlite3_stmt *s;
	if (history_prepare(x, sql, client, &s, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 2, until_us);
	int step = sqlite3_step(s);
	if (step == SQLITE_ROW) {
		out->messages = (uint64_t)sqlite3_column_int64(s, 0);
		out->incoming = (uint64_t)sqlite3_column_int64(s, 1);
		out->first_at_us = sqlite3_column_int64(s, 2);
		out->last_at_us = sqlite3_column_int64(s, 3);
		step = sqlite3_step(s);
	}
	return end(x, s, step, err);
}

static int count_outside(struct index *x, struct str client, int64_t until_us,
	struct client_summary *out, struct error *err)
{
	static const char sql[] =
		"SELECT " IN_CHAT ", m.at, j.day FROM peer p JOIN message m ON m.seq = p.seq"
		" JOIN judgement j ON j.seq = m.seq WHERE p.client = ?1 AND m.at <= ?2"
		" AND j.author = p.client AND j.period IS NOT NULL AND NOT (j.properties & ?3)"
		" ORDER BY m.at";
	struct burst burst = {0};
	sqlite3_stmt *s;
	int step;
	if (history_prepare(x, sql, client, &s, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 2, until_us);
	sqlite3_bind_int64(s, 3, MOMENT_BIT(PERIOD_WORKING));
	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		bool chat = sqlite3_column_int(s, 0) != 0;
		out->outside_messages++;
		out->outside_hours += !chat ||
			burst_begins(
				&burst, sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 2));
	}
	return end(x, s, step, err);
}

static int count_findings(struct index *x, struct str client, int64_t until_us,
	struct client_summary *out, struct error *err)
{
	static const char sql[] =
		"SELECT sign, count(*), max(at) FROM ("
		" SELECT f.sign AS sign, m.at AS at, " VERDICT " AS mark"
		" FROM peer p JOIN message m ON m.seq = p.seq"
		" JOIN judgement j ON j.seq = p.seq JOIN finding f ON f.seq = p.seq"
		" WHERE p.client = ?1 AND " OWN_WORDS " AND NOT f.marker AND NOT f.shadow"
		" AND f.consent IS NULL"
		" UNION ALL SELECT f.sign, f.at, " VERDICT " FROM sequence f"
		" WHERE f.client = ?1 AND f.withdrawn IS NULL AND NOT f.shadow"
		" AND f.consent IS NULL)"
		" WHERE at <= ?2 AND coalesce(mark, 0) NOT IN (1, 2) GROUP BY sign";
	sqlite3_stmt *s;
	int step;
	if (history_prepare(x, sql, client, &s, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 2, until_us);
	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		int sign = sqlite3_column_int(s, 0);
		int64_t at_us = sqlite3_column_int64(s, 2);
		if (sign < 0 || sign >= SIGN_COUNT)
			continue;
		out->findings[sign] = (uint64_t)sqlite3_column_int64(s, 1);
		if (!out->has_last_finding || at_us > out->last_finding_at_us)
			out->last_finding_at_us = at_us;
		out->has_last_finding = true;
	}
	return end(x, s, step, err);
}

int index_client(struct index *x, struct str client, int64_t until_us, struct client_summary *out,
	struct error *err)
{
	*out = (struct client_summary){0};
	if (count_messages(x, client, until_us, out, err) < 0 ||
		count_outside(x, client, until_us, out, err) < 0)
		return -1;
	return count_findings(x, client, until_us, out, err);
}

int index_count_before(
	struct index *x, struct str client, int64_t before_us, uint64_t *count, struct error *err)
{
	static const char sql[] =
		"SELECT count(*) FROM peer p JOIN message m ON m.seq = p.seq"
		" WHERE p.client = ?1 AND m.at < ?2 AND NOT EXISTS"
		" (SELECT 1 FROM peer q WHERE q.seq = p.seq AND q.client <> p.client)";
	sqlite3_stmt *s;
	if (history_prepare(x, sql, client, &s, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 2, before_us);
	int step = sqlite3_step(s);
	if (step == SQLITE_ROW) {
		*count = (uint64_t)sqlite3_column_int64(s, 0);
		step = sqlite3_step(s);
	}
	return end(x, s, step, err);
}

int index_clients(struct index *x, struct arena *arena, struct strs *out, struct error *err)
{
	sqlite3_stmt *s;
	if (history_prepare(x, "SELECT DISTINCT client FROM peer ORDER BY client", (struct str){0},
		    &s, err) < 0)
		return -1;
	int result = rows_collect(
		x, s, sizeof(*out->items), row_fill_str, arena, &out->items, &out->count, err);
	sqlite3_finalize(s);
	return result;
}

static void fill_credit(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	(void)arena;
	(void)full;
	*(struct risk_credit *)item = (struct risk_credit){
		.kind = CREDIT_APOLOGY,
		.evidence = (uint64_t)sqlite3_column_int64(s, 0),
		.at_us = sqlite3_column_int64(s, 1),
		.day = sqlite3_column_int64(s, 2),
	};
}

static void fill_clean(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	(void)arena;
	(void)full;
	*(struct risk_clean *)item = (struct risk_clean){
		.day = sqlite3_column_int64(s, 0),
		.messages = sqlite3_column_int(s, 1),
	};
}

struct chat_line {
	int64_t day;
	int64_t at_us;
};

static void fill_chat_line(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	(void)arena;
	(void)full;
	*(struct chat_line *)item =
		(struct chat_line){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1)};
}

/* One a message: an apology said twice in a mail is one; a rule in shadow has no say. */
static const char credits_sql[] =
	"SELECT p.seq, m.at, j.day" CLIENT_MESSAGES
	" WHERE p.client = ?1 AND j.author = p.client AND j.day IS NOT NULL AND EXISTS"
	" (SELECT 1 FROM finding f WHERE f.seq = p.seq AND f.sign = ?2 AND NOT f.shadow)"
	" ORDER BY m.at, p.seq";

#define CLEAN                                                                                      \
	" WHERE p.client = ?1 AND j.author = p.client AND j.day IS NOT NULL AND NOT EXISTS"        \
	" (SELECT 1 FROM finding f WHERE f.seq = p.seq AND NOT f.marker)"

static const char clean_sql[] = "SELECT j.day, count(*)" CLIENT_MESSAGES CLEAN " AND NOT " IN_CHAT
				" GROUP BY j.day ORDER BY j.day";

static const char clean_chat_sql[] =
	"SELECT j.day, m.at" CLIENT_MESSAGES CLEAN " AND " IN_CHAT " ORDER BY j.day, m.at";

static int collect(struct index *x, const char *sql, struct str client, size_t item_size,
	row_fill *fill, struct arena *arena, void *items, size_t *count, struct error *err)
{
	sqlite3_stmt *s;
	if (history_prepare(x, sql, client, &s, err) < 0)
		return -1;
	sqlite3_bind_int(s, 2, SIGN_APOLOGY);
	int result = rows_collect(x, s, item_size, fill, arena, items, count, err);
	sqlite3_finalize(s);
	return result;
}

/* A burst of lines is one message more on its day. Both lists are in order of days. */
static int add_bursts(struct arena *arena, const struct chat_line *lines, size_t count,
	struct risk_history *history)
{
	struct risk_clean *all = arena_array(arena, history->clean_count + count, sizeof(*all));
	size_t kept = 0, mails = 0;
	struct burst burst = {0};
	if (!all)
		return -1;
	for (size_t i = 0; i < count; i++) {
		while (mails < history->clean_count && history->clean[mails].day <= lines[i].day)
			all[kept++] = history->clean[mails++];
		if (!burst_begins(&burst, lines[i].at_us, lines[i].day))
			continue;
		if (!kept || all[kept - 1].day != lines[i].day)
			all[kept++] = (struct risk_clean){.day = lines[i].day};
		all[kept - 1].messages++;
	}
	while (mails < history->clean_count)
		all[kept++] = history->clean[mails++];
	history->clean = all;
	history->clean_count = kept;
	return 0;
}

int index_history(struct index *x, struct str client, struct arena *arena, struct risk_history *out,
	struct error *err)
{
	struct risk_history made = {0};
	struct chat_line *lines = NULL;
	size_t line_count = 0;
	if (history_findings(x, client, arena, &made, err) < 0 ||
		collect(x, credits_sql, client, sizeof(*made.credits), fill_credit, arena,
			&made.credits, &made.credit_count, err) < 0 ||
		collect(x, clean_sql, client, sizeof(*made.clean), fill_clean, arena, &made.clean,
			&made.clean_count, err) < 0 ||
		collect(x, clean_chat_sql, client, sizeof(*lines), fill_chat_line, arena, &lines,
			&line_count, err) < 0)
		return -1;
	if (line_count && add_bursts(arena, lines, line_count, &made) < 0)
		return error_memory(err);
	*out = made;
	return 0;
}
