/* Every row as text, in an order that does not depend on how the index came to be. */
#include "base/crypto.h"
#include "database.h"
#include "schema.h"

static void dump_cell(sqlite3_stmt *s, int at, struct buf *out)
{
	const unsigned char *octets = sqlite3_column_blob(s, at);
	int len = sqlite3_column_bytes(s, at);
	char hex[3];
	buf_add_char(out, '|');
	if (sqlite3_column_type(s, at) != SQLITE_BLOB) {
		for (int i = 0; i < len; i++)
			/* a row is a line */
			buf_add_char(out, octets[i] == '\n' ? ' ' : (char)octets[i]);
		return;
	}
	for (int i = 0; i < len; i++) {
		hex_encode(octets + i, 1, hex);
		buf_add_cstr(out, hex);
	}
}

int index_dump(struct index *x, struct buf *out, struct error *err)
{
	for (unsigned i = 0; i < index_table_count; i++) {
		struct buf sql = {0};
		sqlite3_stmt *s = NULL;
		buf_add_format(&sql, "SELECT * FROM %s", index_tables[i]);
		int code = sqlite3_prepare_v2(x->db, buf_cstr(&sql), -1, &s, NULL);
		buf_finish(&sql);
		while (code == SQLITE_OK || code == SQLITE_ROW) {
			code = sqlite3_step(s);
			if (code != SQLITE_ROW)
				break;
			buf_add_format(out, "%u", i);
			for (int c = 0; c < sqlite3_column_count(s); c++)
				dump_cell(s, c, out);
			buf_add_char(out, '\n');
		}
		sqlite3_finalize(s);
		if (code != SQLITE_DONE)
			return index_failed(x, "read the index", err);
	}
	return out->failed ? error_memory(err) : 0;
}
