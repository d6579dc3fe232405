/* The archive checked against itself, part by part. */
#include "verify_run.h"

#include "base/array.h"
#include <inttypes.h>
#include <stdlib.h>

void verify_tell(struct verify_run *v, enum verify_state state, const char *part, uint64_t evidence,
	const char *format, ...)
{
	struct buf text = {0};
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(&text, format, arguments);
	va_end(arguments);
	if (state == VERIFY_ALTERED)
		v->summary.altered++;
	else
		v->summary.cannot_tell++;
	const struct verify_note note = {state, evidence, part, buf_str(&text)};
	v->plan->listener.note(v->plan->listener.context, &note);
	buf_finish(&text);
}

int verify_remember(uint64_t **items, size_t *count, size_t *cap, uint64_t item, struct error *err)
{
	if (array_room(items, *count, cap, sizeof(**items)) < 0)
		return error_memory(err);
	(*items)[(*count)++] = item;
	return 0;
}

/* Each row of the pragma is a complaint, except the word "ok". */
static int ask_database(struct verify_run *v, const char *pragma, struct error *err)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(v->archive->db, pragma, -1, &s, NULL) != SQLITE_OK)
		return archive_failed(v->archive, "check its structure", err);
	int step;
	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		const char *words = (const char *)sqlite3_column_text(s, 0);
		if (!words || !str_eq(str_from(words), STR("ok")))
			verify_tell(v, VERIFY_ALTERED, "database", 0, "the database says: %s",
				words ? words : "no memory");
	}
	sqlite3_finalize(s);
	if ((step & 0xff) == SQLITE_CORRUPT)
		verify_tell(v, VERIFY_ALTERED, "database", 0, "the database is damaged");
	else if (step != SQLITE_DONE)
		return archive_failed(v->archive, "check its structure", err);
	return 0;
}

static int check_database(struct verify_run *v, struct error *err)
{
	if (ask_database(v, "PRAGMA foreign_key_check", err) < 0)
		return -1;
	if (v->plan->structure)
		return ask_database(v, "PRAGMA integrity_check(20)", err);
	verify_tell(v, VERIFY_CANNOT_TELL, "database", 0,
		"the structure of the database was not looked at while the service runs; what is "
		"in it was");
	return 0;
}

/* Where both ended, the octets first: what is stored by then is named by then. */
static int look_at_ends(struct verify_run *v, struct error *err)
{
	sqlite3_stmt *s = NULL;
	const char *sql = "SELECT coalesce(max(rowid), 0) FROM blob";
	if (sqlite3_prepare_v2(v->archive->db, sql, -1, &s, NULL) != SQLITE_OK ||
		sqlite3_step(s) != SQLITE_ROW) {
		sqlite3_finalize(s);
		return archive_failed(v->archive, "look at its end", err);
	}
	v->last_octets = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return archive_read_last(v->archive, &v->last, err);
}

static int by_number(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return left < right ? -1 : left > right;
}

static void check_erasures(struct verify_run *v)
{
	const size_t size = sizeof(*v->erasures);
	if (v->erasures_count)
		qsort(v->erasures, v->erasures_count, size, by_number);
	for (size_t i = 0; i < v->erased_count; i++)
		if (!v->erasures_count ||
			!bsearch(&v->erased[i], v->erasures, v->erasures_count, size, by_number))
			verify_tell(v, VERIFY_ALTERED, "record", v->erased[i],
				"the text of E-%06" PRIu64
				" is gone, and no erasure record says so",
				v->erased[i]);
}

/* What stands behind the last checkpoint that holds, nobody has signed; and who has the key can
   sign anything. */
static void tell_what_is_open(struct verify_run *v)
{
	const struct verify_summary *s = &v->summary;
	if (s->records && !s->covered)
		verify_tell(v, VERIFY_CANNOT_TELL, "checkpoint", 0,
			"no checkpoint holds: whether records are missing at the end cannot be told");
	else if (s->covered < s->records)
		verify_tell(v, VERIFY_CANNOT_TELL, "checkpoint", 0,
			"%" PRIu64 " %s behind the last checkpoint (E-%06" PRIu64
			"): whether more were there cannot be told",
			s->records - s->covered,
			s->records - s->covered == 1 ? "record stands" : "records stand",
			s->covered);
	if (s->covered && !s->anchored)
		verify_tell(v, VERIFY_CANNOT_TELL, "anchor", 0,
			"whether all of this was written anew, or cut off at a checkpoint: no time "
			"stamp by anybody who is believed here covers any of it");
}

static void run_finish(struct verify_run *v)
{
	for (size_t i = 0; i < v->key_count; i++)
		buf_finish(&v->keys[i].pem);
	free(v->keys);
	free(v->octets);
	free(v->erased);
	free(v->erasures);
	free(v->held);
	free(v->clients);
	stored_checkpoint_finish(&v->next);
	sha256_end(v->list, NULL, NULL);
	arena_finish(&v->arena);
}

int archive_verify(struct archive *a, const struct verify_plan *plan, struct verify_summary *out,
	struct error *err)
{
	struct verify_run v = {.archive = a, .plan = plan};
	int result = sha256_start(&v.list, err);
	if (!result)
		result = check_database(&v, err);
	if (!result)
		result = look_at_ends(&v, err);
	if (!result)
		result = verify_records(&v, err);
	if (!result) {
		check_erasures(&v);
		result = verify_octets(&v, err);
	}
	if (!result) {
		tell_what_is_open(&v);
		*out = v.summary;
	}
	run_finish(&v);
	return result;
}
