/* Octet strings in the archive, each stored once under its SHA-256. */
#include "database.h"

int archive_find_blob(struct archive *a, const struct sha256 *sum, sqlite3_int64 *rowid, int *size,
	struct error *err)
{
	static const char sql[] = "SELECT rowid, size FROM blob WHERE sha256 = ?1";
	sqlite3_stmt **s = &a->statement.blob_find;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_blob64(*s, 1, sum->octet, SHA256_SIZE, SQLITE_STATIC);
	int result = sqlite3_step(*s);
	if (result == SQLITE_DONE)
		return archive_statement_end(*s, 0);
	if (result != SQLITE_ROW)
		return archive_statement_end(*s, archive_failed(a, "find stored octets", err));
	if (rowid)
		*rowid = sqlite3_column_int64(*s, 0);
	if (size)
		*size = sqlite3_column_int(*s, 1);
	return archive_statement_end(*s, 1);
}

bool archive_has_blob(struct archive *a, const struct sha256 *sum)
{
	return archive_find_blob(a, sum, NULL, NULL, NULL) == 1;
}

int archive_store_blob(
	struct archive *a, const struct sha256 *sum, struct str octets, struct error *err)
{
	static const char sql[] = "INSERT INTO blob(sha256, size, data) VALUES (?1, ?2, ?3)"
				  " ON CONFLICT(sha256) DO NOTHING";
	sqlite3_stmt **s = &a->statement.blob_insert;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_blob64(*s, 1, sum->octet, SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)octets.len);
	sqlite3_bind_blob64(*s, 3, octets.ptr, octets.len, SQLITE_STATIC);
	int status = 0;
	if (sqlite3_step(*s) != SQLITE_DONE)
		status = archive_failed(a, "store octets", err);
	return archive_statement_end(*s, status);
}
