/* The index's tables. */
#include "schema.h"

/* A record's salt is random: it tells whether the archive's record of that number is the same one.
   Times are microseconds UTC, days are civil days since 1970-01-01 in my zone. `file` is JSON
   (model/raw.h). `speech` is of a chat's line (model/speech.h). `renumbered` is the record that
   says that its UID was given anew. A peer's `at` is its message's. */
const char index_schema[] =
	"CREATE TABLE record("
	" seq INTEGER PRIMARY KEY, type INTEGER NOT NULL, salt BLOB NOT NULL) STRICT;"
	"CREATE INDEX record_by_type ON record(type, seq);"
	"CREATE TABLE message("
	" seq INTEGER PRIMARY KEY, client TEXT NOT NULL, outgoing INTEGER NOT NULL,"
	" account TEXT NOT NULL, folder TEXT NOT NULL, uidvalidity INTEGER NOT NULL,"
	" uid INTEGER NOT NULL, renumbered INTEGER, file TEXT, octets BLOB NOT NULL, size INTEGER NOT NULL,"
	" received INTEGER, internal INTEGER, date INTEGER, seen INTEGER,"
	" date_offset INTEGER NOT NULL, clock INTEGER NOT NULL, agreed INTEGER NOT NULL,"
	" at INTEGER NOT NULL, peer INTEGER NOT NULL,"
	" sender TEXT, recipients TEXT, subject TEXT, message_id TEXT, automatic INTEGER NOT NULL,"
	" attachments INTEGER NOT NULL, signed INTEGER NOT NULL, speech BLOB) STRICT;"
	"CREATE UNIQUE INDEX message_by_place ON message(account, folder, uidvalidity, uid)"
	" WHERE file IS NULL AND renumbered IS NULL;"
	"CREATE INDEX message_by_octets ON message(octets, account);"
	"CREATE INDEX message_by_speech ON message(speech, folder) WHERE speech IS NOT NULL;"
	"CREATE INDEX message_by_time ON message(at, seq);"
	"CREATE INDEX message_by_id ON message(message_id, outgoing, at, octets, seq);"
	"CREATE INDEX message_signed ON message(seq) WHERE signed AND NOT outgoing;"
	/* what its signatures are worth, and the record that says so */
	"CREATE TABLE dkim(seq INTEGER PRIMARY KEY, record INTEGER NOT NULL, result TEXT NOT NULL,"
	" domain TEXT) STRICT;"
	/* what the owner supplied: files, and notes of what is not mail */
	"CREATE TABLE exhibit(seq INTEGER PRIMARY KEY, client TEXT NOT NULL, at INTEGER NOT NULL,"
	" name TEXT, note TEXT, octets BLOB NOT NULL, size INTEGER NOT NULL) STRICT;"
	"CREATE INDEX exhibit_by_client ON exhibit(client, at);"
	/* as facts_write */
	"CREATE TABLE facts(seq INTEGER PRIMARY KEY, written TEXT NOT NULL) STRICT;"
	"CREATE TABLE peer(client TEXT NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL,"
	" at INTEGER NOT NULL, PRIMARY KEY(client, seq)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX peer_by_seq ON peer(seq);"
	/* a client's messages in order of time, without sorting them */
	"CREATE UNIQUE INDEX peer_by_time ON peer(client, at, seq);"
	"CREATE TABLE judgement("
	" seq INTEGER PRIMARY KEY, findings INTEGER NOT NULL, rules INTEGER NOT NULL,"
	" examined INTEGER NOT NULL, period INTEGER, properties INTEGER NOT NULL,"
	" day INTEGER, weekday INTEGER, hour INTEGER, in_their_hours INTEGER, author TEXT,"
	" json TEXT NOT NULL) STRICT;"
	"CREATE INDEX judgement_by_record ON judgement(findings);"
	"CREATE TABLE finding("
	" seq INTEGER NOT NULL, number INTEGER NOT NULL, marker INTEGER NOT NULL,"
	" rule TEXT NOT NULL, sign INTEGER NOT NULL, severity INTEGER NOT NULL,"
	" shadow INTEGER NOT NULL, unsure INTEGER NOT NULL, consent TEXT, day INTEGER,"
	" PRIMARY KEY(seq, number)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX finding_by_sign ON finding(sign, seq);"
	/* findings of sequences; `withdrawn` is the record that took one back, NULL: in force */
	"CREATE TABLE sequence("
	" seq INTEGER PRIMARY KEY, client TEXT NOT NULL, rule TEXT NOT NULL, sign INTEGER NOT NULL,"
	" severity INTEGER NOT NULL, shadow INTEGER NOT NULL, unsure INTEGER NOT NULL,"
	" consent TEXT, at INTEGER NOT NULL, day INTEGER NOT NULL, rules INTEGER NOT NULL, withdrawn INTEGER,"
	" json TEXT NOT NULL) STRICT;"
	"CREATE INDEX sequence_by_client ON sequence(client, at);"
	"CREATE TABLE member("
	" seq INTEGER NOT NULL, message INTEGER NOT NULL,"
	" PRIMARY KEY(seq, message)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX member_by_message ON member(message);"
	"CREATE TABLE mark("
	" record INTEGER PRIMARY KEY, seq INTEGER NOT NULL, rule TEXT, mark INTEGER NOT NULL,"
	" kind TEXT, note TEXT) STRICT;"
	"CREATE INDEX mark_by_message ON mark(seq, record);"
	/* what may be missing, and when it was looked for (model/gap.h) */
	"CREATE TABLE gap(seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, account TEXT NOT NULL,"
	" folder TEXT, before INTEGER NOT NULL, uidvalidity INTEGER NOT NULL, uid INTEGER NOT NULL,"
	" message INTEGER, begin INTEGER NOT NULL, until INTEGER NOT NULL, pause INTEGER NOT NULL,"
	" why TEXT) STRICT;"
	"CREATE INDEX gap_by_message ON gap(message) WHERE message IS NOT NULL;"
	/* chats' exports that are kept, and what one has otherwise than an earlier one: `instead`
	   is the message that stands where the other stood, NULL: none does */
	"CREATE TABLE export(seq INTEGER PRIMARY KEY, octets BLOB NOT NULL, name TEXT) STRICT;"
	"CREATE TABLE difference(seq INTEGER PRIMARY KEY, message INTEGER NOT NULL,"
	" instead INTEGER, export BLOB NOT NULL) STRICT;"
	"CREATE INDEX difference_by_message ON difference(message);"
	"CREATE INDEX difference_by_instead ON difference(instead) WHERE instead IS NOT NULL;"
	/* The full text keeps no copy of what it was made of: that stands in the tables. Its rowid
	   is the record. Who deletes a row there tells it before. Octets: as text it ends at a NUL.
	 */
	"CREATE VIEW said(seq, subject, body, people) AS"
	" SELECT m.seq, m.subject, CAST(substr(f.octets, instr(f.octets, x'0a') + 1) AS TEXT),"
	"  coalesce(m.sender, '') || char(10) || m.recipients"
	" FROM message m JOIN (SELECT seq, CAST(written AS BLOB) AS octets FROM facts) f"
	"  ON f.seq = m.seq"
	" UNION ALL SELECT seq, name, note, NULL FROM exhibit;"
	"CREATE VIRTUAL TABLE words USING fts5(subject, body, people, content = 'said',"
	" content_rowid = 'seq', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');"
	/* segments that are merged at once: more of them, so words are moved less often */
	"INSERT INTO words(words, rank) VALUES('automerge', 8);";

const char *const index_tables[] = {"record ORDER BY seq", "message ORDER BY seq",
	"dkim ORDER BY seq", "exhibit ORDER BY seq", "facts ORDER BY seq",
	"peer ORDER BY client, seq", "judgement ORDER BY seq", "finding ORDER BY seq, number",
	"sequence ORDER BY seq", "member ORDER BY seq, message", "mark ORDER BY record",
	"gap ORDER BY seq", "export ORDER BY seq", "difference ORDER BY seq",
	"words ORDER BY rowid"};
const unsigned index_table_count = sizeof(index_tables) / sizeof(index_tables[0]);
