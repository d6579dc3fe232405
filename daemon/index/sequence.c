/* What sequences found: from a findings record into rows, and back out of them. */
#include "base/json.h"
#include "rows.h"

static int add_sequence(struct index *x, uint64_t seq, struct str client, uint64_t rules,
	const struct sequence_finding *f, struct error *err)
{
	static const char sql[] =
		"INSERT INTO sequence(seq, client, rule, sign, severity, shadow, unsure, consent,"
		" at, day, rules, json) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)";
	sqlite3_stmt **s = &x->s.add_sequence;
	struct buf json = {0};
	struct json_writer w;
	json_begin(&w, &json);
	json_object(&w, NULL);
	sequence_finding_write(f, &w);
	json_object_end(&w);
	int result = json.failed ? error_memory(err) : index_statement(x, s, sql, err);
	if (!result) {
		sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
		bind_str(*s, 2, client);
		bind_str(*s, 3, f->finding.rule);
		sqlite3_bind_int(*s, 4, (int)f->finding.sign);
		sqlite3_bind_int(*s, 5, f->finding.severity);
		sqlite3_bind_int(*s, 6, f->finding.status == RULE_SHADOW);
		sqlite3_bind_int(*s, 7, f->finding.unsure);
		bind_str(*s, 8, f->finding.consent);
		sqlite3_bind_int64(*s, 9, f->at_us);
		sqlite3_bind_int64(*s, 10, date_of_instant(f->at_us, f->offset_min));
		sqlite3_bind_int64(*s, 11, (sqlite3_int64)rules);
		bind_str(*s, 12, buf_str(&json));
		result = index_run(x, *s, "index a sequence", err);
	}
	buf_finish(&json);
	return result;
}

static int add_members(
	struct index *x, uint64_t seq, const struct sequence_finding *f, struct error *err)
{
	static const char sql[] = "INSERT OR IGNORE INTO member(seq, message) VALUES(?1, ?2)";
	sqlite3_stmt **s = &x->s.add_member;
	for (size_t i = 0; i < f->member_count; i++) {
		if (index_statement(x, s, sql, err) < 0)
			return -1;
		sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
		sqlite3_bind_int64(*s, 2, (sqlite3_int64)f->members[i]);
		if (index_run(x, *s, "index a sequence's message", err) < 0)
			return -1;
	}
	return 0;
}

static int withdraw(struct index *x, uint64_t by, const struct json_value *name, struct error *err)
{
	static const char sql[] =
		"UPDATE sequence SET withdrawn = ?1 WHERE seq = ?2 AND withdrawn IS NULL";
	sqlite3_stmt **s = &x->s.withdraw;
	uint64_t seq;
	if (!evidence_parse(json_to_str(name), &seq))
		return error_set(err, ERROR_INTEGRITY, "a withdrawal that does not say of what");
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)by);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)seq);
	return index_run(x, *s, "index what was withdrawn", err);
}

static int fold_sequence(struct index *x, uint64_t seq, uint64_t rules,
	const struct json_value *root, struct error *err)
{
	struct arena arena = {0};
	struct sequence_finding f;
	struct str client = json_to_str(json_get(root, "client"));
	const struct json_value *replaces = json_get(root, "replaces");
	int result = client.len ? sequence_finding_read(json_get(root, "sequence"), &arena, &f, err)
				: error_set(err, ERROR_INTEGRITY, "a sequence of nobody's");
	if (!result)
		result = add_sequence(x, seq, client, rules, &f, err);
	if (!result)
		result = add_members(x, seq, &f, err);
	if (!result && !json_is_null(replaces))
		result = withdraw(x, seq, replaces, err);
	arena_finish(&arena);
	return result;
}

int fold_sequences(struct index *x, const struct record *r, uint64_t rules,
	const struct json_value *root, struct error *err)
{
	const struct json_value *withdrawn = json_get(root, "withdrawn");
	int result = json_is_null(json_get(root, "sequence"))
		? 0
		: fold_sequence(x, r->seq, rules, root, err);
	for (size_t i = 0; i < json_count(withdrawn) && !result; i++)
		result = withdraw(x, r->seq, json_at(withdrawn, i), err);
	return result;
}

#define COLUMNS                                                                                    \
	"SELECT f.seq, f.client, f.json, f.rules, f.withdrawn, " VERDICT ","                       \
	" (SELECT k.note FROM mark k WHERE k.seq = f.seq AND k.rule = f.rule"                      \
	" ORDER BY k.record DESC LIMIT 1) FROM sequence f WHERE "

struct sequence_row {
	struct indexed_sequence made;
	struct str json;
};

static void fill_row(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct sequence_row *)item = (struct sequence_row){
		.made.seq = (uint64_t)sqlite3_column_int64(s, 0),
		.made.client = column_str(s, 1, arena, full),
		.json = column_str(s, 2, arena, full),
		.made.rules_seq = (uint64_t)sqlite3_column_int64(s, 3),
		.made.withdrawn = (uint64_t)sqlite3_column_int64(s, 4),
		.made.mark = (enum mark)sqlite3_column_int(s, 5),
		.made.note = column_str(s, 6, arena, full),
	};
}

static int read_row(struct sequence_row *row, struct arena *arena, struct error *err)
{
	struct json_document *document = NULL;
	if (json_parse(row->json, &document, err) < 0)
		return -1;
	int result = sequence_finding_read(json_root(document), arena, &row->made.found, err);
	json_free(document);
	return result;
}

static int load(struct index *x, sqlite3_stmt *s, struct arena *arena,
	struct indexed_sequence **out, size_t *count, struct error *err)
{
	struct sequence_row *rows;
	size_t n;
	int result = rows_collect(x, s, sizeof(*rows), fill_row, arena, &rows, &n, err);
	sqlite3_finalize(s);
	if (result < 0)
		return -1;
	struct indexed_sequence *all = arena_array(arena, n, sizeof(*all));
	if (!all)
		return error_memory(err);
	for (size_t i = 0; i < n; i++) {
		if (read_row(&rows[i], arena, err) < 0)
			return -1;
		all[i] = rows[i].made;
	}
	*out = all;
	*count = n;
	return 0;
}

int index_sequences(struct index *x, struct str client, struct arena *arena,
	struct indexed_sequence **out, size_t *count, struct error *err)
{
	static const char sql[] =
		COLUMNS "f.client = ?1 AND f.withdrawn IS NULL ORDER BY f.at, f.seq";
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(x->db, sql, -1, &s, NULL) != SQLITE_OK)
		return index_failed(x, "ask the index", err);
	bind_str(s, 1, client);
	return load(x, s, arena, out, count, err);
}

int index_sequence(struct index *x, uint64_t seq, struct arena *arena, struct indexed_sequence *out,
	struct error *err)
{
	sqlite3_stmt *s;
	struct indexed_sequence *one;
	size_t count;
	if (sqlite3_prepare_v2(x->db, COLUMNS "f.seq = ?1", -1, &s, NULL) != SQLITE_OK)
		return index_failed(x, "ask the index", err);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	if (load(x, s, arena, &one, &count, err) < 0)
		return -1;
	if (count)
		*out = one[0];
	return count > 0;
}
