/* Messages as the index has them: one by number, or all that a query finds. */
#include "base/json.h"
#include "query.h"
#include "rows.h"
#include <stdlib.h>
#include <string.h>

#define COLUMNS                                                                                     \
	"m.seq, m.client, m.outgoing, m.account, m.folder, m.uidvalidity, m.uid, m.octets, m.size," \
	" m.received, m.internal, m.date, m.seen, m.date_offset, m.clock, m.agreed, m.peer,"        \
	" c.written, j.json, j.findings, j.rules, d.record, d.result, d.domain, m.file"
#define BESIDE                                                                                     \
	" JOIN facts c ON c.seq = m.seq LEFT JOIN judgement j ON j.seq = m.seq"                    \
	" LEFT JOIN dkim d ON d.seq = m.seq"
#define TABLES " FROM message m" BESIDE

struct cursor {
	struct index *index;
	sqlite3_stmt *rows;
	struct arena arena;
	struct indexed_message message;
	bool loaded;
};

static int load_file(
	struct str json, struct arena *arena, struct file_place *out, struct error *err)
{
	struct json_document *document = NULL;
	if (!json.ptr)
		return 0;
	if (json_parse(json, &document, err) < 0)
		return -1;
	int result = file_place_read(json_root(document), arena, out);
	json_free(document);
	return result < 0 ? error_set(err, ERROR_INTEGRITY, "a message's place in its file") : 0;
}

/* The columns of the row itself. facts and judgement have arenas of their own: message_finish. */
static int load_row(
	sqlite3_stmt *s, struct arena *arena, struct indexed_message *m, struct error *err)
{
	bool full = false;
	m->seq = (uint64_t)sqlite3_column_int64(s, 0);
	m->client = column_str(s, 1, arena, &full);
	m->direction = sqlite3_column_int(s, 2) ? DIRECTION_OUT : DIRECTION_IN;
	m->place.account = column_str(s, 3, arena, &full);
	m->place.folder = column_str(s, 4, arena, &full);
	m->place.uidvalidity = (uint32_t)sqlite3_column_int64(s, 5);
	m->place.uid = (uint32_t)sqlite3_column_int64(s, 6);
	if (sqlite3_column_bytes(s, 7) == SHA256_SIZE)
		memcpy(m->sum.octet, sqlite3_column_blob(s, 7), SHA256_SIZE);
	m->size_bytes = (uint64_t)sqlite3_column_int64(s, 8);
	column_clocks(s, 9, &m->clocks);
	m->peer_number = (uint64_t)sqlite3_column_int64(s, 16);
	m->dkim_result = column_str(s, 22, arena, &full);
	m->dkim_domain = column_str(s, 23, arena, &full);
	if (full)
		return error_memory(err);
	if (load_file(column_borrowed(s, 24), arena, &m->place.file, err) < 0)
		return -1;
	if (facts_read(column_borrowed(s, 17), &m->facts, err) < 0)
		return -1;
	struct str judgement = column_borrowed(s, 18);
	m->judged = judgement.ptr != NULL;
	m->findings_seq = (uint64_t)sqlite3_column_int64(s, 19);
	m->rules_seq = (uint64_t)sqlite3_column_int64(s, 20);
	m->dkim_seq = (uint64_t)sqlite3_column_int64(s, 21);
	return m->judged ? judgement_read_json(judgement, &m->judgement, err) : 0;
}

static int load_peers(
	struct index *x, struct arena *arena, struct indexed_message *m, struct error *err)
{
	/* the primary first */
	static const char sql[] =
		"SELECT client FROM peer WHERE seq = ?1 ORDER BY client != ?2, client";
	sqlite3_stmt **s = &x->s.load_peers;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)m->seq);
	bind_str(*s, 2, m->client);
	return rows_collect(x, *s, sizeof(struct str), row_fill_str, arena, &m->clients.items,
		&m->clients.count, err);
}

static int copy_findings(struct arena *arena, struct indexed_message *m, struct error *err)
{
	size_t count = m->judgement.finding_count;
	m->findings = arena_array(arena, count, sizeof(*m->findings));
	if (!m->findings)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		m->findings[i].finding = m->judgement.findings[i];
	m->finding_count = count;
	m->markers = m->judgement.markers;
	m->marker_count = m->judgement.marker_count;
	return 0;
}

static bool is_verdict(enum mark mark)
{
	return mark == MARK_WRONG || mark == MARK_AGREED || mark == MARK_RIGHT;
}

/* Marks come in the order in which they were made: the last one counts. */
static void apply_mark(struct indexed_message *m, struct str rule, enum mark mark, struct str note)
{
	for (size_t i = 0; i < m->finding_count; i++) {
		struct indexed_finding *f = &m->findings[i];
		if (!str_eq(f->finding.rule, rule))
			continue;
		/* a note goes with its verdict, and with the next one it goes */
		if (is_verdict(mark) || note.ptr)
			f->note = note;
		if (is_verdict(mark))
			f->mark = mark;
	}
}

struct mark_row {
	struct str rule, kind, note;
	enum mark mark;
};

static void fill_mark(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct mark_row *)item = (struct mark_row){
		.rule = column_str(s, 0, arena, full),
		.mark = (enum mark)sqlite3_column_int(s, 1),
		.kind = column_str(s, 2, arena, full),
		.note = column_str(s, 3, arena, full),
	};
}

static int load_marks(
	struct index *x, struct arena *arena, struct indexed_message *m, struct error *err)
{
	static const char sql[] =
		"SELECT rule, mark, kind, note FROM mark WHERE seq = ?1 ORDER BY record";
	sqlite3_stmt **s = &x->s.load_marks;
	struct mark_row *rows;
	size_t count;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)m->seq);
	if (rows_collect(x, *s, sizeof(*rows), fill_mark, arena, &rows, &count, err) < 0)
		return -1;
	m->tags.items = arena_array(arena, count, sizeof(*m->tags.items));
	if (!m->tags.items)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		struct str tag = rows[i].kind.ptr ? rows[i].kind : rows[i].note;
		if (rows[i].rule.ptr)
			apply_mark(m, rows[i].rule, rows[i].mark, rows[i].note);
		else if (tag.ptr)
			m->tags.items[m->tags.count++] = tag;
	}
	return 0;
}

static int load(struct index *x, sqlite3_stmt *row, struct arena *arena, struct indexed_message *m,
	struct error *err)
{
	*m = (struct indexed_message){0};
	facts_init(&m->facts);
	judgement_init(&m->judgement);
	if (load_row(row, arena, m, err) < 0 || load_peers(x, arena, m, err) < 0 ||
		copy_findings(arena, m, err) < 0)
		return -1;
	return load_marks(x, arena, m, err);
}

void indexed_message_finish(struct indexed_message *m)
{
	facts_finish(&m->facts);
	judgement_finish(&m->judgement);
}

int index_search(struct index *x, const struct query *q, const struct search_options *options,
	struct cursor **out, struct error *err)
{
	struct cursor *c = calloc(1, sizeof(*c));
	struct buf sql = {0};
	if (!c)
		return error_memory(err);
	c->index = x;
	buf_add_cstr(&sql, "SELECT " COLUMNS TABLES " WHERE ");
	buf_add_str(&sql, buf_str(&q->condition));
	buf_add_cstr(&sql,
		options->newest_first ? " ORDER BY m.at DESC, m.seq DESC"
				      : " ORDER BY m.at, m.seq");
	if (options->limit)
		buf_add_format(&sql, " LIMIT %zu", options->limit);
	int result = sql.failed ? error_memory(err) : 0;
	if (!result &&
		(sqlite3_prepare_v2(x->db, buf_cstr(&sql), -1, &c->rows, NULL) != SQLITE_OK ||
			query_bind(q, c->rows) != SQLITE_OK))
		result = index_failed(x, "search", err);
	buf_finish(&sql);
	if (result < 0) {
		cursor_close(c);
		return -1;
	}
	*out = c;
	return 0;
}

int index_client_messages(struct index *x, struct str client, int64_t until_us, struct cursor **out,
	struct error *err)
{
	/* by peer_by_time: nothing is sorted, however many there are */
	static const char sql[] =
		"SELECT " COLUMNS " FROM peer p JOIN message m ON m.seq = p.seq" BESIDE
		" WHERE p.client = ?1 AND p.at <= ?2 ORDER BY p.at, p.seq";
	struct cursor *c = calloc(1, sizeof(*c));
	if (!c)
		return error_memory(err);
	c->index = x;
	if (sqlite3_prepare_v2(x->db, sql, -1, &c->rows, NULL) != SQLITE_OK) {
		cursor_close(c);
		return index_failed(x, "ask the index", err);
	}
	/* the cursor may live longer than the name */
	sqlite3_bind_text64(c->rows, 1, client.ptr, client.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	sqlite3_bind_int64(c->rows, 2, until_us);
	*out = c;
	return 0;
}

static void drop_message(struct cursor *c)
{
	if (c->loaded)
		indexed_message_finish(&c->message);
	c->loaded = false;
	arena_finish(&c->arena);
}

int cursor_next(struct cursor *c, const struct indexed_message **out, struct error *err)
{
	drop_message(c);
	int step = sqlite3_step(c->rows);
	if (step == SQLITE_DONE)
		return 0;
	if (step != SQLITE_ROW)
		return index_failed(c->index, "search", err);
	c->loaded = true;
	if (load(c->index, c->rows, &c->arena, &c->message, err) < 0)
		return -1;
	*out = &c->message;
	return 1;
}

void cursor_close(struct cursor *c)
{
	if (!c)
		return;
	drop_message(c);
	sqlite3_finalize(c->rows);
	free(c);
}

int index_message(struct index *x, uint64_t seq, struct arena *arena, struct indexed_message *out,
	struct error *err)
{
	sqlite3_stmt **s = &x->s.load;
	if (index_statement(x, s, "SELECT " COLUMNS TABLES " WHERE m.seq = ?1", err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	int step = sqlite3_step(*s);
	int result = step == SQLITE_DONE ? 0
		: step == SQLITE_ROW     ? 1
					 : index_failed(x, "read the index", err);
	if (result == 1 && load(x, *s, arena, out, err) < 0) {
		indexed_message_finish(out);
		result = -1;
	}
	sqlite3_reset(*s);
	return result;
}
