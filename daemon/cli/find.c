/* Messages that a command is to work on: by query or by evidence number. */
#include "find.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "base/array.h"
#include "base/clock.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>

static int64_t day_start_us(const void *context, int64_t day)
{
	int64_t instants[2];
	struct date d = date_from_days(day);
	zone_instants(context, d.year, d.month, d.day, 0, 0, instants);
	return instants[0];
}

int find_parse(struct invocation *in, struct str text, struct query **out, struct error *err)
{
	const struct query_zone zone = {
		.day_start_us = day_start_us,
		.context = worktime_zone(in->book->mine),
	};
	return query_parse(text, in->utc ? NULL : &zone, out, err);
}

void find_text(const struct invocation *in, size_t first, struct buf *out)
{
	for (size_t i = first; i < in->argument_count; i++)
		buf_add_format(out, "%s%s", i > first ? " " : "", in->arguments[i]);
}

int find_query(struct invocation *in, size_t first, struct query **out, struct error *err)
{
	struct buf text = {0};
	find_text(in, first, &text);
	int result = text.failed ? error_memory(err) : find_parse(in, buf_str(&text), out, err);
	if (result < 0 && err->kind == ERROR_USAGE && err->column) {
		fprintf(stderr, "  %s\n  %*s^\n", buf_cstr(&text), (int)err->column - 1, "");
		err->line = 0;
	}
	buf_finish(&text);
	return result;
}

int find_all(struct invocation *in, const struct query *q, uint64_t **out, size_t *count,
	struct error *err)
{
	static const struct search_options options = {0};
	struct cursor *cursor = NULL;
	const struct indexed_message *m;
	uint64_t *seqs = NULL;
	size_t n = 0, cap = 0;
	int more = index_search(in->store->index, q, &options, &cursor, err) < 0 ? -1 : 1;
	while (more > 0 && (more = cursor_next(cursor, &m, err)) > 0) {
		if (array_room(&seqs, n, &cap, sizeof(*seqs)) < 0)
			more = error_memory(err);
		else
			seqs[n++] = m->seq;
	}
	cursor_close(cursor);
	if (more < 0) {
		free(seqs);
		return -1;
	}
	*out = seqs;
	*count = n;
	return 0;
}

int find_number(const char *word, uint64_t *seq, struct error *err)
{
	if (evidence_parse(str_from(word), seq))
		return 0;
	return error_set(
		err, ERROR_USAGE, "bad evidence number '%s', expected one such as E-000042", word);
}

int find_sequence(struct invocation *in, const char *word, struct arena *arena,
	struct indexed_sequence *out, struct error *err)
{
	uint64_t seq;
	return find_number(word, &seq, err) < 0
		? -1
		: index_sequence(in->store->index, seq, arena, out, err);
}

int find_message(struct invocation *in, const char *word, struct arena *arena,
	struct indexed_message *out, struct error *err)
{
	uint64_t seq;
	if (find_number(word, &seq, err) < 0)
		return -1;
	int result = index_message(in->store->index, seq, arena, out, err);
	if (result == 1)
		return 0;
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, name);
	return result < 0
		? -1
		: error_set(err, ERROR_NOT_FOUND,
			  "%s is no message of this archive, see 'overstep search'", name);
}
