/* The tables of archive.db in numbered steps, and the settings under which it is opened. */
#include "database.h"
#include <inttypes.h>

/* "ovst" in the file's header: what file(1) and we know it by. */
#define APPLICATION_ID 0x6f767374

/* `user_version` counts the steps taken. A step that has shipped is never changed. */
static const char *const steps[] = {
	/* 1: four tables of evidence that only grow, and one of positions.
	   The triggers guard against accidents, not against the owner of the file. */
	/* every octet string once; the data last, so that the rest is read without it. No CHECK
	   names data: it would bring the whole of it into memory, and reading compares anyway. */
	"CREATE TABLE blob(\n"
	"	sha256 BLOB PRIMARY KEY NOT NULL CHECK (length(sha256) = 32),\n"
	"	size INTEGER NOT NULL CHECK (size >= 0),\n"
	"	data BLOB NOT NULL\n"
	") STRICT;\n"

	/* the log; body is NULL when it was erased, the hash stays */
	"CREATE TABLE record(\n"
	"	seq INTEGER PRIMARY KEY CHECK (seq > 0),\n"
	"	hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),\n"
	"	body TEXT\n"
	") STRICT;\n"

	"CREATE TABLE checkpoint(\n"
	"	records INTEGER PRIMARY KEY CHECK (records > 0),\n"
	"	body TEXT NOT NULL,\n"
	"	sig BLOB NOT NULL\n"
	") STRICT;\n"

	"CREATE TABLE anchor(\n"
	"	records INTEGER NOT NULL REFERENCES checkpoint(records),\n"
	"	kind TEXT NOT NULL,\n"
	"	at INTEGER NOT NULL,\n"
	"	proof BLOB NOT NULL\n"
	") STRICT;\n"

	/* no evidence: losing it costs a rescan */
	"CREATE TABLE position(\n"
	"	account TEXT NOT NULL,\n"
	"	folder TEXT NOT NULL,\n"
	"	uidvalidity INTEGER NOT NULL,\n"
	"	next_uid INTEGER NOT NULL,\n"
	"	watched TEXT NOT NULL,\n"
	"	PRIMARY KEY (account, folder)\n"
	") STRICT, WITHOUT ROWID;\n"

	"CREATE TRIGGER record_gapless BEFORE INSERT ON record\n"
	"WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM record)\n"
	"BEGIN SELECT raise(ABORT, 'a record follows the last one'); END;\n"

	"CREATE TRIGGER record_stays BEFORE DELETE ON record\n"
	"BEGIN SELECT raise(ABORT, 'a record is never deleted'); END;\n"

	/* Erasing is the one change there is, and only behind the record that says so. */
	"CREATE TRIGGER record_fixed BEFORE UPDATE ON record\n"
	"WHEN new.seq IS NOT old.seq OR new.hash IS NOT old.hash OR new.body IS NOT NULL\n"
	"	OR NOT EXISTS (SELECT 1 FROM record WHERE seq = (SELECT max(seq) FROM record)\n"
	"		AND instr(body, char(10) || 'type: erasure' || char(10)) > 0)\n"
	"BEGIN SELECT raise(ABORT, 'a record is never changed'); END;\n"

	"CREATE TRIGGER blob_stays BEFORE DELETE ON blob\n"
	"WHEN NOT EXISTS (SELECT 1 FROM record WHERE seq = (SELECT max(seq) FROM record)\n"
	"	AND instr(body, char(10) || 'type: erasure' || char(10)) > 0)\n"
	"BEGIN SELECT raise(ABORT, 'octets are only erased behind an erasure record'); END;\n"

	"CREATE TRIGGER blob_fixed BEFORE UPDATE ON blob\n"
	"BEGIN SELECT raise(ABORT, 'octets are never changed'); END;\n"

	"CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint\n"
	"BEGIN SELECT raise(ABORT, 'a checkpoint is never deleted'); END;\n"

	"CREATE TRIGGER checkpoint_fixed BEFORE UPDATE ON checkpoint\n"
	"BEGIN SELECT raise(ABORT, 'a checkpoint is never changed'); END;\n"

	"CREATE TRIGGER anchor_stays BEFORE DELETE ON anchor\n"
	"BEGIN SELECT raise(ABORT, 'an anchor is never deleted'); END;\n"

	"CREATE TRIGGER anchor_fixed BEFORE UPDATE ON anchor\n"
	"BEGIN SELECT raise(ABORT, 'an anchor is never changed'); END;\n",

	/* 2: a token is a record with its octets, once */
	"DROP TABLE anchor;\n",

	/* 3: no evidence either: where a message was seen last that is stored by another place */
	"CREATE TABLE whereabouts(\n"
	"	seq INTEGER PRIMARY KEY CHECK (seq > 0),\n"
	"	account TEXT NOT NULL,\n"
	"	folder TEXT NOT NULL,\n"
	"	uidvalidity INTEGER NOT NULL,\n"
	"	uid INTEGER NOT NULL\n"
	") STRICT;\n"
	"CREATE INDEX whereabouts_by_place ON whereabouts(account, folder, uidvalidity, uid);\n",
};
enum { STEP_COUNT = sizeof(steps) / sizeof(*steps) };

/* The answer of a statement that gives one number. */
static int ask(struct archive *a, const char *sql, int64_t *out, struct error *err)
{
	sqlite3_stmt *s = NULL;
	int status = -1;
	if (sqlite3_prepare_v2(a->db, sql, -1, &s, NULL) == SQLITE_OK &&
		sqlite3_step(s) == SQLITE_ROW) {
		*out = sqlite3_column_int64(s, 0);
		status = 0;
	} else {
		archive_failed(a, "read its head", err);
	}
	sqlite3_finalize(s);
	return status;
}

static int run(struct archive *a, const char *sql, const char *doing, struct error *err)
{
	if (sqlite3_exec(a->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return archive_failed(a, doing, err);
	return 0;
}

/* Set before anything in the file is believed: a schema from elsewhere can call no function with
   side effects, and a damaged page is noticed. */
static int distrust(struct archive *a, struct error *err)
{
	static const struct {
		int setting;
		int on;
	} guards[] = {
		{SQLITE_DBCONFIG_DEFENSIVE, 1},
		{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
		{SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
		{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
		{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
		{SQLITE_DBCONFIG_DQS_DML, 0},
		{SQLITE_DBCONFIG_DQS_DDL, 0},
	};
	for (size_t i = 0; i < sizeof(guards) / sizeof(*guards); i++)
		if (sqlite3_db_config(a->db, guards[i].setting, guards[i].on, NULL) != SQLITE_OK)
			return archive_failed(a, "set its guards", err);
	sqlite3_limit(a->db, SQLITE_LIMIT_ATTACHED, 0);
	return run(a,
		"PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;",
		"set its guards", err);
}

/* Whose file is it, and from which step? */
static int recognise(struct archive *a, int64_t *version, struct error *err)
{
	int64_t application, tables;
	if (ask(a, "PRAGMA application_id", &application, err) < 0 ||
		ask(a, "PRAGMA user_version", version, err) < 0 ||
		ask(a, "SELECT count(*) FROM sqlite_schema", &tables, err) < 0)
		return -1;
	if (application == 0 && *version == 0 && tables == 0)
		return 0;
	if (application != APPLICATION_ID)
		return error_set(err, ERROR_INTEGRITY,
			"'%s' is a database of something else, not an archive", a->path);
	if (*version > STEP_COUNT)
		return error_set(err, ERROR_INTEGRITY,
			"archive '%s' was written by a newer version (form %" PRId64
			", this version knows %d)",
			a->path, *version, (int)STEP_COUNT);
	return 0;
}

/* All missing steps in one transaction; another process may have been faster. */
static int upgrade(struct archive *a, struct error *err)
{
	int64_t version;
	char head[96];
	if (run(a, "BEGIN IMMEDIATE", "begin the upgrade", err) < 0)
		return -1;
	if (recognise(a, &version, err) < 0)
		goto undo;
	for (int64_t step = version; step < STEP_COUNT; step++)
		if (run(a, steps[step], "make its tables", err) < 0)
			goto undo;
	sqlite3_snprintf(sizeof(head), head, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		APPLICATION_ID, (int)STEP_COUNT);
	if (run(a, head, "make its tables", err) < 0 ||
		run(a, "COMMIT", "make its tables", err) < 0)
		goto undo;
	return 0;
undo:
	sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

/* evidence.md, Two databases: DELETE with EXTRA is the only pair that lost nothing in simulated
   power cuts; recursive_triggers, or INSERT OR REPLACE walks past the delete triggers. */
static int settle(struct archive *a, struct error *err)
{
	static const char *const writing =
		"PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
		"PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
		"PRAGMA secure_delete = ON;";
	return run(a, a->writable ? writing : "PRAGMA query_only = ON;", "set its modes", err);
}

int archive_schema(struct archive *a, enum archive_mode mode, struct error *err)
{
	int64_t version;
	if (distrust(a, err) < 0 || recognise(a, &version, err) < 0)
		return -1;
	if (version == 0 && mode != ARCHIVE_CREATE)
		return error_set(err, ERROR_NOT_FOUND, "there is no archive at '%s' yet", a->path);
	if (version < STEP_COUNT && !a->writable)
		return error_set(err, ERROR_TEMPORARY,
			"archive '%s' is of an older version, the service upgrades it at its start",
			a->path);
	if (settle(a, err) < 0)
		return -1;
	return version < STEP_COUNT ? upgrade(a, err) : 0;
}
