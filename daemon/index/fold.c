/* One record of the archive becomes rows: the same live and in `reindex`. */
#include "base/json.h"
#include "database.h"

static int add_record(struct index *x, const struct record *r, struct error *err)
{
	static const char sql[] = "INSERT INTO record(seq, type, salt) VALUES(?1, ?2, ?3)";
	sqlite3_stmt **s = &x->s.add_record;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)r->seq);
	sqlite3_bind_int(*s, 2, (int)r->type);
	sqlite3_bind_blob(*s, 3, r->salt, sizeof(r->salt), SQLITE_STATIC);
	return index_run(x, *s, "index a record", err);
}

static int add_peer(struct index *x, struct str client, uint64_t seq, uint64_t number,
	int64_t at_us, struct error *err)
{
	static const char sql[] =
		"INSERT OR IGNORE INTO peer(client, seq, number, at) VALUES(?1, ?2, ?3, ?4)";
	sqlite3_stmt **s = &x->s.add_peer;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	bind_str(*s, 1, client);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)seq);
	sqlite3_bind_int64(*s, 3, (sqlite3_int64)number);
	sqlite3_bind_int64(*s, 4, at_us);
	return index_run(x, *s, "index a client's message", err);
}

/* "acme 2" */
static int parse_peer(struct str value, struct str *client, uint64_t *number)
{
	size_t at;
	if (!str_rfind_char(value, ' ', &at))
		return -1;
	*client = str_slice(value, 0, at);
	return client->len && str_to_u64(str_slice(value, at + 1, value.len), INT64_MAX, number)
		? 0
		: -1;
}

static int add_peers(struct index *x, const struct record *r, uint64_t seq, int64_t at_us,
	uint64_t *first, struct error *err)
{
	struct str value, client;
	uint64_t number;
	for (size_t i = 0; (value = record_get(r, "peer", i)).ptr; i++) {
		if (parse_peer(value, &client, &number) < 0)
			return error_set(err, ERROR_INTEGRITY, "a peer that is none: '%.*s'",
				STR_ARG(str_slice(value, 0, 80)));
		if (i == 0)
			*first = number;
		if (add_peer(x, client, seq, number, at_us, err) < 0)
			return -1;
	}
	return 0;
}

static int fold_message(struct index *x, const struct folding *f, struct error *err)
{
	uint64_t number = 0;
	if (!f->entry || !f->facts || !f->entry->client_count || !f->record->has_blob)
		return error_set(err, ERROR_INTEGRITY, "a message without its facts");
	const struct clocks *c = &f->entry->clocks;
	if (add_peers(x, f->record, f->record->seq, c->at_us[c->used], &number, err) < 0)
		return -1;
	return fold_message_rows(x, f, number, err);
}

/* "of: E-000004" */
static int target_of(const struct record *r, uint64_t *seq, struct error *err)
{
	struct str of = record_get(r, "of", 0);
	if (of.ptr && evidence_parse(of, seq))
		return 0;
	return error_set(err, ERROR_INTEGRITY, "a record that does not say of which message it is");
}

static int has_row(
	struct index *x, sqlite3_stmt **s, const char *sql, uint64_t seq, struct error *err)
{
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	int step = sqlite3_step(*s);
	int result = step == SQLITE_ROW ? 1
		: step == SQLITE_DONE   ? 0
					: index_failed(x, "ask the index", err);
	sqlite3_reset(*s);
	return result;
}

/* 1, 0, -1: an erased message is in the index no longer, and what was said of it is passed over. */
static int has_message(struct index *x, uint64_t seq, struct error *err)
{
	return has_row(x, &x->s.has_message, "SELECT 1 FROM message WHERE seq = ?1", seq, err);
}

/* The same, with its instant by the clock used. */
static int time_of(struct index *x, uint64_t seq, int64_t *at_us, struct error *err)
{
	sqlite3_stmt **s = &x->s.time_of;
	if (index_statement(x, s, "SELECT at FROM message WHERE seq = ?1", err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	int step = sqlite3_step(*s);
	int result = step == SQLITE_ROW ? 1
		: step == SQLITE_DONE   ? 0
					: index_failed(x, "ask the index", err);
	if (result == 1)
		*at_us = sqlite3_column_int64(*s, 0);
	sqlite3_reset(*s);
	return result;
}

/* What a mark can be on: a message, or what a sequence found, unless it was withdrawn. */
static int has_target(struct index *x, uint64_t seq, struct error *err)
{
	static const char sql[] =
		"SELECT 1 FROM message WHERE seq = ?1"
		" UNION ALL SELECT 1 FROM sequence WHERE seq = ?1 AND withdrawn IS NULL";
	return has_row(x, &x->s.has_target, sql, seq, err);
}

static int fold_peer(struct index *x, const struct folding *f, struct error *err)
{
	uint64_t seq, number = 0;
	int64_t at_us = 0;
	if (target_of(f->record, &seq, err) < 0)
		return -1;
	int result = time_of(x, seq, &at_us, err);
	return result <= 0 ? result : add_peers(x, f->record, seq, at_us, &number, err);
}

static void bind_moment(sqlite3_stmt *s, const struct judgement *j)
{
	if (j->has_mine) {
		sqlite3_bind_int(s, 5, (int)j->mine.period);
		sqlite3_bind_int64(s, 7, j->mine.day);
		sqlite3_bind_int(s, 8, j->mine.weekday);
		sqlite3_bind_int(s, 9, j->mine.hour);
	}
	sqlite3_bind_int64(s, 6, j->has_mine ? j->mine.properties : 0);
	if (j->has_theirs)
		sqlite3_bind_int(s, 10, j->theirs_working);
}

static int add_judgement(struct index *x, uint64_t seq, const struct record *r, uint64_t rules,
	const struct judgement *j, struct error *err)
{
	static const char sql[] =
		"INSERT INTO judgement(seq, findings, rules, examined, period, properties,"
		" day, weekday, hour, in_their_hours, json, author)"
		" VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)";
	sqlite3_stmt **s = &x->s.add_judgement;
	struct buf json = {0};
	judgement_write_json(j, &json);
	int result = json.failed ? error_memory(err) : index_statement(x, s, sql, err);
	if (!result) {
		sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
		sqlite3_bind_int64(*s, 2, (sqlite3_int64)r->seq);
		sqlite3_bind_int64(*s, 3, (sqlite3_int64)rules);
		sqlite3_bind_int(*s, 4, (int)j->examined);
		bind_moment(*s, j);
		bind_str(*s, 11, buf_str(&json));
		bind_str(*s, 12, j->author);
		result = index_run(x, *s, "index a judgement", err);
	}
	buf_finish(&json);
	return result;
}

static int add_finding(struct index *x, uint64_t seq, size_t number, bool marker,
	const struct finding *f, struct error *err)
{
	static const char sql[] = "INSERT INTO finding(seq, number, marker, rule, sign, severity,"
				  " shadow, unsure, consent, day)"
				  " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";
	sqlite3_stmt **s = &x->s.add_finding;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)number);
	sqlite3_bind_int(*s, 3, marker);
	bind_str(*s, 4, f->rule);
	sqlite3_bind_int(*s, 5, (int)f->sign);
	sqlite3_bind_int(*s, 6, f->severity);
	sqlite3_bind_int(*s, 7, f->status == RULE_SHADOW);
	sqlite3_bind_int(*s, 8, f->unsure);
	bind_str(*s, 9, f->consent);
	if (f->captured.has_day)
		sqlite3_bind_int64(*s, 10, f->captured.day);
	return index_run(x, *s, "index a finding", err);
}

static int forget_one(
	struct index *x, sqlite3_stmt **s, const char *sql, uint64_t seq, struct error *err)
{
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	return index_run(x, *s, "index a judgement", err);
}

/* The newest judgement is in force: what an older one found is gone. Not by INSERT OR REPLACE: a
   statement that may have to be undone makes FTS5 write out what it holds, for each message. */
static int put_in_force(struct index *x, uint64_t seq, const struct record *r, uint64_t rules,
	const struct judgement *j, struct error *err)
{
	int known = has_message(x, seq, err);
	if (known <= 0)
		return known;
	if (forget_one(x, &x->s.forget_findings, "DELETE FROM finding WHERE seq = ?1", seq, err) <
			0 ||
		forget_one(x, &x->s.forget_judgement, "DELETE FROM judgement WHERE seq = ?1", seq,
			err) < 0 ||
		add_judgement(x, seq, r, rules, j, err) < 0)
		return -1;
	size_t number = 0;
	for (size_t i = 0; i < j->finding_count; i++)
		if (add_finding(x, seq, number++, false, &j->findings[i], err) < 0)
			return -1;
	for (size_t i = 0; i < j->marker_count; i++)
		if (add_finding(x, seq, number++, true, &j->markers[i], err) < 0)
			return -1;
	return 0;
}

static int read_verdict(struct index *x, const struct record *r, uint64_t rules,
	const struct json_value *one, struct error *err)
{
	uint64_t seq;
	struct judgement judgement;
	if (!evidence_parse(json_to_str(json_get(one, "of")), &seq))
		return error_set(err, ERROR_INTEGRITY, "findings that do not say of which message");
	judgement_init(&judgement);
	int result = judgement_read_value(json_get(one, "judgement"), &judgement, err);
	if (!result)
		result = put_in_force(x, seq, r, rules, &judgement, err);
	judgement_finish(&judgement);
	return result;
}

static int read_findings(struct index *x, const struct folding *f, struct error *err)
{
	struct json_document *document = NULL;
	uint64_t rules = 0;
	if (json_parse(f->blob, &document, err) < 0)
		return -1;
	const struct json_value *root = json_root(document), *list = json_get(root, "messages");
	int result = evidence_parse(json_to_str(json_get(root, "rules")), &rules)
		? 0
		: error_set(err, ERROR_INTEGRITY, "findings that do not name their rules");
	for (size_t i = 0; i < json_count(list) && !result; i++)
		result = read_verdict(x, f->record, rules, json_at(list, i), err);
	if (!result)
		result = fold_sequences(x, f->record, rules, root, err);
	json_free(document);
	return result;
}

/* What its writer still has in hand need not be read. */
static int fold_findings(struct index *x, const struct folding *f, struct error *err)
{
	uint64_t rules;
	if (!f->verdicts)
		return read_findings(x, f, err);
	if (!evidence_parse(record_get(f->record, "rules", 0), &rules))
		return error_set(err, ERROR_INTEGRITY, "findings that do not name their rules");
	int result = 0;
	for (size_t i = 0; i < f->verdict_count && !result; i++)
		result = put_in_force(
			x, f->verdicts[i].seq, f->record, rules, f->verdicts[i].judgement, err);
	return result;
}

static int add_mark(struct index *x, const struct record *r, uint64_t seq, enum mark mark,
	struct str note, struct error *err)
{
	static const char sql[] = "INSERT INTO mark(record, seq, rule, mark, kind, note)"
				  " VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
	sqlite3_stmt **s = &x->s.add_mark;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)r->seq);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)seq);
	bind_str(*s, 3, record_get(r, "rule", 0));
	sqlite3_bind_int(*s, 4, (int)mark);
	bind_str(*s, 5, record_get(r, "kind", 0));
	bind_str(*s, 6, note);
	return index_run(x, *s, "index a mark", err);
}

/* Fields of a mark: of, mark, rule?, kind?; the note is the blob's, for it may hold any letter. */
static int fold_mark(struct index *x, const struct folding *f, struct error *err)
{
	struct json_document *document = NULL;
	uint64_t seq;
	enum mark mark;
	if (target_of(f->record, &seq, err) < 0)
		return -1;
	if (!mark_parse(record_get(f->record, "mark", 0), &mark))
		return error_set(err, ERROR_INTEGRITY, "a mark of an unknown kind");
	if (f->blob.len && json_parse(f->blob, &document, err) < 0)
		return -1;
	struct str note =
		document ? json_to_str(json_get(json_root(document), "note")) : (struct str){0};
	int result = has_target(x, seq, err);
	if (result > 0)
		result = add_mark(x, f->record, seq, mark, note, err);
	json_free(document);
	return result;
}

static int fold_dkim(struct index *x, const struct folding *f, struct error *err)
{
	static const char sql[] = "INSERT OR REPLACE INTO dkim(seq, record, result, domain)"
				  " VALUES(?1, ?2, ?3, ?4)";
	sqlite3_stmt **s = &x->s.add_dkim;
	uint64_t seq;
	if (target_of(f->record, &seq, err) < 0)
		return -1;
	int result = has_message(x, seq, err);
	if (result <= 0)
		return result;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)f->record->seq);
	bind_str(*s, 3, record_get(f->record, "result", 0));
	bind_str(*s, 4, record_get(f->record, "domain", 0));
	return index_run(x, *s, "index a signature", err);
}

/* The rows of everything that an erasure names, as if it had never been here. */
static int forget(struct index *x, uint64_t seq, struct error *err)
{
	static const char *const sql[] = {
		("INSERT INTO words(words, rowid, subject, body, people)"
		 " SELECT 'delete', seq, subject, body, people FROM said WHERE seq = ?1"),
		"DELETE FROM message WHERE seq = ?1", "DELETE FROM facts WHERE seq = ?1",
		"DELETE FROM peer WHERE seq = ?1", "DELETE FROM judgement WHERE seq = ?1",
		"DELETE FROM finding WHERE seq = ?1", "DELETE FROM dkim WHERE seq = ?1",
		"DELETE FROM exhibit WHERE seq = ?1", "DELETE FROM mark WHERE seq = ?1",
		"DELETE FROM mark WHERE record = ?1", "DELETE FROM member WHERE seq = ?1",
		"DELETE FROM sequence WHERE seq = ?1",
		"UPDATE sequence SET withdrawn = NULL WHERE withdrawn = ?1",
		"DELETE FROM gap WHERE seq = ?1", "DELETE FROM export WHERE seq = ?1",
		"DELETE FROM difference WHERE seq = ?1", "DELETE FROM record WHERE seq = ?1"};
	for (size_t i = 0; i < sizeof(sql) / sizeof(*sql); i++) {
		sqlite3_stmt *s = NULL;
		if (index_statement(x, &s, sql[i], err) < 0)
			return -1;
		sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
		int result = index_run(x, s, "forget what was erased", err);
		sqlite3_finalize(s);
		if (result < 0)
			return -1;
	}
	return 0;
}

static int fold_erasure(struct index *x, const struct folding *f, struct error *err)
{
	struct str name;
	uint64_t seq;
	for (size_t i = 0; (name = record_get(f->record, "of", i)).ptr; i++)
		if (evidence_parse(name, &seq) && forget(x, seq, err) < 0)
			return -1;
	return 0;
}

static int (*const folds[RECORD_TYPE_COUNT])(
	struct index *x, const struct folding *f, struct error *err) = {
	[RECORD_MESSAGE] = fold_message,
	[RECORD_PEER] = fold_peer,
	[RECORD_FINDINGS] = fold_findings,
	[RECORD_MARK] = fold_mark,
	[RECORD_DKIM] = fold_dkim,
	[RECORD_ATTACHMENT] = fold_exhibit,
	[RECORD_GAP] = fold_gap,
	[RECORD_IMPORT] = fold_import,
	[RECORD_ERASURE] = fold_erasure,
};

int index_fold(struct index *x, const struct folding *f, struct error *err)
{
	if (add_record(x, f->record, err) < 0)
		return -1;
	int result = folds[f->record->type] ? folds[f->record->type](x, f, err) : 0;
	/* what is archived was ours once: unreadable means altered */
	if (result < 0 && err && err->kind == ERROR_INPUT)
		err->kind = ERROR_INTEGRITY;
	return result;
}
