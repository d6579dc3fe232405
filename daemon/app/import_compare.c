/* Two exports of the same conversations: what the earlier one had and the later one has not. */
#include "app/store.h"
#include "archive/archive.h"
#include "config/config.h"
#include "import_run.h"
#include "index/index.h"
#include "sum_count.h"
#include <stdlib.h>

/* What the export has of one conversation. */
struct covered {
	struct str folder;
	int64_t first_at_us, last_at_us;
	bool has_period;
	struct sum_counts sums;
};

static void cover(struct covered *c, const struct chat_line *line)
{
	if (!line->has_at)
		return;
	if (!c->has_period || line->at_us < c->first_at_us)
		c->first_at_us = line->at_us;
	if (!c->has_period || line->at_us > c->last_at_us)
		c->last_at_us = line->at_us;
	c->has_period = true;
}

/* What stands now where the message was: new with this import, of that time and by the same side.
 */
static uint64_t find_now(const struct import *m, const struct indexed_line *all, size_t count,
	const struct indexed_line *old)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].seq > m->last_before && all[i].at_us == old->at_us &&
			all[i].outgoing == old->outgoing)
			return all[i].seq;
	return 0;
}

static int add_name(struct record *r, const char *key, uint64_t seq)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, name);
	return record_add(r, key, seq ? str_from(name) : STR("-"));
}

/* Was the same said before of that message, by the same export? 1, 0, -1. */
static int was_told(struct import *m, const char *export, uint64_t seq, const uint64_t *imports,
	size_t count, struct error *err)
{
	struct record r;
	uint64_t of;
	int result = 0;
	record_init(&r);
	for (size_t i = 0; i < count && !result; i++) {
		result = archive_record_at(m->store->archive, imports[i], &r, err) < 0 ? -1 : 0;
		if (!result)
			result = str_eq(record_get(&r, "export", 0), str_from(export)) &&
				evidence_parse(record_get(&r, "of", 0), &of) && of == seq;
	}
	record_finish(&r);
	return result;
}

/* A record for each, so that one client's can be shown, or erased, without another's. */
static int tell(struct import *m, const struct indexed_line *old, uint64_t now,
	const uint64_t *imports, size_t import_count, struct error *err)
{
	char export[SHA256_HEX_SIZE];
	struct record r;
	sha256_hex(&m->export, export);
	int told = was_told(m, export, old->seq, imports, import_count, err);
	if (told)
		return told < 0 ? -1 : 0;
	record_init(&r);
	r.type = RECORD_IMPORT;
	int result = record_add(&r, "what", now ? STR("changed") : STR("vanished")) < 0 ||
			add_name(&r, "of", old->seq) < 0 || add_name(&r, "now", now) < 0 ||
			record_add(&r, "export", str_from(export)) < 0
		? error_memory(err)
		: store_append(m->store, &r, (struct str){0}, err);
	record_finish(&r);
	m->out.differing += !result;
	if (!result && m->plan->differs)
		m->plan->differs(m->plan->context, old->seq, now);
	return result;
}

/* As often as the export has the same octets, they are still there. */
static int compare_lines(struct import *m, struct covered *c, const struct indexed_line *all,
	size_t count, struct error *err)
{
	struct sum_counts met = {0};
	uint64_t *imports = NULL;
	size_t import_count = 0;
	int result =
		archive_records_of(m->store->archive, RECORD_IMPORT, &imports, &import_count, err);
	for (size_t i = 0; i < count && !result; i++) {
		uint64_t times = sum_counts_add(&met, &all[i].sum);
		bool covered = c->has_period && all[i].at_us >= c->first_at_us &&
			all[i].at_us <= c->last_at_us;
		if (!times)
			result = error_memory(err);
		else if (covered && times > sum_counts_of(&c->sums, &all[i].sum))
			result = tell(m, &all[i], find_now(m, all, count, &all[i]), imports,
				import_count, err);
	}
	free(imports);
	sum_counts_finish(&met);
	return result;
}

static int compare_conversation(struct import *m, size_t first, size_t *next, struct error *err)
{
	struct covered c = {.folder = m->lines[first].folder};
	struct arena arena = {0};
	struct indexed_line *all = NULL;
	size_t count = 0, at = first;
	int result = 0;
	for (; at < m->line_count && str_eq(m->lines[at].folder, c.folder) && !result; at++) {
		cover(&c, &m->lines[at]);
		result = sum_counts_add(&c.sums, &m->lines[at].sum) ? 0 : error_memory(err);
	}
	*next = at;
	if (!result)
		result = index_conversation(m->store->index, m->plan->account->name, c.folder,
			&arena, &all, &count, err);
	if (!result)
		result = compare_lines(m, &c, all, count, err);
	sum_counts_finish(&c.sums);
	arena_finish(&arena);
	return result;
}

static int by_folder(const void *left, const void *right)
{
	return str_cmp(((const struct chat_line *)left)->folder,
		((const struct chat_line *)right)->folder);
}

int import_compare(struct import *m, struct error *err)
{
	int result = 0;
	if (m->line_count)
		qsort(m->lines, m->line_count, sizeof(*m->lines), by_folder);
	for (size_t at = 0; at < m->line_count && !result;)
		result = compare_conversation(m, at, &at, err);
	return result;
}
