/* What each rule has found in the archive, and what was said of it. */
#include "index/rule_counts.h"

#include "rows.h"

static void fill_count(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct rule_count *)item = (struct rule_count){
		.rule = column_str(s, 0, arena, full),
		.hits = (uint64_t)sqlite3_column_int64(s, 1),
		.wrong = (uint64_t)sqlite3_column_int64(s, 2),
		.agreed = (uint64_t)sqlite3_column_int64(s, 3),
		.right = (uint64_t)sqlite3_column_int64(s, 4),
	};
}

int index_rule_counts(struct index *x, struct arena *arena, struct rule_count **out, size_t *count,
	struct error *err)
{
	/* a mark is of a message and a rule, however often the rule was found there */
	static const char sql[] =
		"WITH hit AS (SELECT DISTINCT seq, rule FROM finding UNION ALL"
		" SELECT seq, rule FROM sequence WHERE withdrawn IS NULL),"
		" marked AS (SELECT f.rule AS rule, coalesce(" VERDICT ", 0) AS mark FROM hit f)"
		" SELECT rule, count(*), sum(mark = 1), sum(mark = 2), sum(mark = 3)"
		" FROM marked GROUP BY rule ORDER BY rule";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	int result = rows_collect(x, s, sizeof(**out), fill_count, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}
