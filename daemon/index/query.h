/* A query as the SQL condition it becomes. */
#ifndef OVERSTEP_DAEMON_INDEX_QUERY_H
#define OVERSTEP_DAEMON_INDEX_QUERY_H

#include "base/arena.h"
#include "index/index.h"
#include <sqlite3.h>

struct parameter {
	bool is_text;
	int64_t number;
	struct str text; /* in the query's arena */
};

/* condition is over the tables message AS m and judgement AS j (which may be NULL); its `?` are the
   parameters, in order. Only words of ours stand in it. */
struct query {
	struct arena arena;
	struct buf condition;
	struct parameter *parameters;
	size_t count, cap;
};

/* One term, "field:value" or a bare word (field absent). Adds to the condition. Fails: ERROR_USAGE
   with what was expected. */
int query_term(struct query *q, struct str field, struct str value, const struct query_zone *zone,
	struct error *err);

void query_add(struct query *q, const char *sql);
/* Adds the parameter that the next `?` stands for. 0 or -1 (memory). */
int query_number(struct query *q, int64_t value, struct error *err);
int query_text(struct query *q, struct str value, struct error *err);
/* SQLITE_OK, or what is wrong. */
int query_bind(const struct query *q, sqlite3_stmt *s);

#endif
