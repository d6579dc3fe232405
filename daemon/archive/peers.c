/* The numbering of a client's messages: found in the log once, then kept in memory. */
#include "peers.h"
#include "base/array.h"
#include "database.h"
#include "record_form.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct peer_number {
	char *client; /* a copy, not NUL-terminated */
	size_t len;
	uint64_t number;
};

void peers_forget(struct peer_numbers *peers)
{
	for (size_t i = 0; i < peers->count; i++)
		free(peers->items[i].client);
	free(peers->items);
	*peers = (struct peer_numbers){0};
}

/* The place of the client, or the place where it belongs. */
static size_t place_of(const struct peer_numbers *peers, struct str client, bool *found)
{
	size_t low = 0, high = peers->count;
	*found = false;
	while (low < high && !*found) {
		size_t middle = low + (high - low) / 2;
		const struct peer_number *p = &peers->items[middle];
		int order = str_cmp((struct str){p->client, p->len}, client);
		*found = order == 0;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return *found ? high : low;
}

int peers_set(struct archive *a, struct str client, uint64_t number, struct error *err)
{
	struct peer_numbers *peers = &a->peers;
	bool found;
	size_t at = place_of(peers, client, &found);
	if (found) {
		peers->items[at].number = number;
		return 0;
	}
	char *copy = str_dup(client);
	if (copy == NULL ||
		array_room(&peers->items, peers->count, &peers->cap, sizeof(*peers->items)) < 0) {
		free(copy);
		return error_memory(err);
	}
	memmove(&peers->items[at + 1], &peers->items[at],
		(peers->count - at) * sizeof(*peers->items));
	peers->items[at] = (struct peer_number){copy, client.len, number};
	peers->count++;
	return 0;
}

/* The number in the last "peer: <word> N" line of a record's text. */
static bool number_in(struct str body, struct str line_start, uint64_t *number)
{
	struct str rest = body, line;
	bool found = false;
	while (str_line(&rest, &line))
		if (str_starts(line, line_start))
			found = str_to_u64(
				str_slice(line, line_start.len, line.len), INT64_MAX, number);
	return found;
}

/* The newest record that names the client, whatever its type: an erasure that takes a client's last
   messages away repeats the number in a line of its own, so that no number is given twice. */
static int newest(struct archive *a, struct str line_start, uint64_t *number, struct error *err)
{
	static const char sql[] =
		"SELECT seq, body FROM record"
		" WHERE instr(body, char(10) || ?1) > 0 ORDER BY seq DESC LIMIT 1";
	sqlite3_stmt **s = &a->statement.peer_newest;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_text64(*s, 1, line_start.ptr, line_start.len, SQLITE_STATIC, SQLITE_UTF8);
	int result = sqlite3_step(*s);
	*number = 0;
	if (result == SQLITE_DONE)
		return archive_statement_end(*s, 0);
	if (result != SQLITE_ROW)
		return archive_statement_end(*s, archive_failed(a, "number a message", err));
	struct str body = {
		(const char *)sqlite3_column_text(*s, 1), (size_t)sqlite3_column_bytes(*s, 1)};
	int status = 0;
	if (!number_in(body, line_start, number))
		status = error_set(err, ERROR_INTEGRITY,
			"record %lld: its 'peer' line has no number",
			(long long)sqlite3_column_int64(*s, 0));
	return archive_statement_end(*s, status);
}

int peers_last(struct archive *a, struct str client, uint64_t *number, struct error *err)
{
	assert(a->in_transaction);
	bool found;
	size_t at = place_of(&a->peers, client, &found);
	if (found) {
		*number = a->peers.items[at].number;
		return 0;
	}
	struct buf line_start = {0};
	uint64_t last = 0;
	int status = -1;
	buf_add_cstr(&line_start, "peer: ");
	word_write(&line_start, client);
	buf_add_char(&line_start, ' ');
	if (line_start.failed) {
		error_memory(err);
		goto out;
	}
	if (newest(a, buf_str(&line_start), &last, err) < 0 || peers_set(a, client, last, err) < 0)
		goto out;
	*number = last;
	status = 0;
out:
	buf_finish(&line_start);
	return status;
}
