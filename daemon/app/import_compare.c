/* Two exports of the same conversations: what the earlier one had and the later one has not. */
#include "app/store.h"
#include "archive/archive.h"
#include "config/config.h"
#include "import_run.h"
#include "index/export_lines.h"
#include "index/index.h"
#include <stdlib.h>

/* Lines that are looked at together, and differences told in one transaction. */
#define PAGE 500

struct comparison {
	struct import *m;
	struct line_range range;          /* what was here before */
	const struct export_talk **talks; /* by the names under which they are known */
	char export[SHA256_HEX_SIZE];
	/* the last difference, and how many before it were of its time and side */
	struct indexed_line last;
	size_t alike;
};

static int by_known_name(const void *left, const void *right)
{
	return str_cmp((*(const struct export_talk *const *)left)->known_as,
		(*(const struct export_talk *const *)right)->known_as);
}

static int sort_talks(struct comparison *c, struct error *err)
{
	const struct import *m = c->m;
	c->talks = calloc(m->talk_count + 1, sizeof(*c->talks));
	if (!c->talks)
		return error_memory(err);
	for (size_t i = 0; i < m->talk_count; i++)
		c->talks[i] = &m->talks[i];
	qsort(c->talks, m->talk_count, sizeof(*c->talks), by_known_name);
	return 0;
}

static const struct export_talk *find_talk(const struct comparison *c, struct str known_as)
{
	const struct export_talk key = {.known_as = known_as}, *at = &key;
	const struct export_talk *const *found =
		bsearch(&at, c->talks, c->m->talk_count, sizeof(*c->talks), by_known_name);
	return found ? *found : NULL;
}

static bool is_covered(const struct export_talk *t, const struct indexed_line *old)
{
	return t->has_period && old->at_us >= t->first_at_us && old->at_us <= t->last_at_us;
}

/* As often as the export has the same octets, or else the same speech, it is still there. 1, 0, -1.
 */
static int is_missing(struct comparison *c, const struct indexed_line *old, struct error *err)
{
	const struct export_talk *t = find_talk(c, old->conversation);
	if (!t || !is_covered(t, old))
		return 0;
	int there = export_lines_take(c->m->lines, t->number, &old->sum, err);
	if (!there && old->has_speech)
		there = export_lines_take(c->m->lines, t->number, &old->speech, err);
	return there < 0 ? -1 : !there;
}

/* Once is enough: what an earlier export did not have either is on record. 1, 0, -1. */
static int was_told(const struct comparison *c, uint64_t seq, struct error *err)
{
	uint64_t record;
	return index_differs(c->m->store->index, seq, &record, err);
}

/* What stands now where the message was: new with this import, of that time and by the same side.
   Of several that are missing there each has its own. */
static int find_now(
	struct comparison *c, const struct indexed_line *old, uint64_t *now, struct error *err)
{
	bool again = c->last.at_us == old->at_us && c->last.outgoing == old->outgoing;
	c->alike = again ? c->alike + 1 : 0;
	c->last = (struct indexed_line){.at_us = old->at_us, .outgoing = old->outgoing};
	return index_line_instead(c->m->store->index, &c->range, old, c->alike, now, err);
}

static int add_name(struct record *r, const char *key, uint64_t seq)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, name);
	return record_add(r, key, seq ? str_from(name) : STR("-"));
}

/* A record for each, so that one client's can be shown, or erased, without another's. */
static int describe(const struct comparison *c, uint64_t of, uint64_t now, struct record *r)
{
	r->type = RECORD_IMPORT;
	return record_add(r, "what", now ? STR("changed") : STR("vanished")) < 0 ||
			add_name(r, "of", of) < 0 || add_name(r, "now", now) < 0 ||
			record_add(r, "export", str_from(c->export)) < 0
		? -1
		: 0;
}

/* What is missing of these lines, and was not said before, moves to their front with what is there
   instead. *count: how many. */
static int sift(struct comparison *c, struct indexed_line *lines, uint64_t *now, size_t *count,
	struct error *err)
{
	size_t kept = 0;
	for (size_t i = 0; i < *count; i++) {
		int missing = is_missing(c, &lines[i], err);
		int told = missing > 0 ? was_told(c, lines[i].seq, err) : 0;
		if (missing < 0 || told < 0)
			return -1;
		if (!missing || told)
			continue;
		if (find_now(c, &lines[i], &now[kept], err) < 0)
			return -1;
		lines[kept++] = lines[i];
	}
	*count = kept;
	return 0;
}

static int tell(struct comparison *c, const struct indexed_line *lines, const uint64_t *now,
	size_t count, struct error *err)
{
	struct import *m = c->m;
	struct record *records = calloc(count + 1, sizeof(*records));
	int result = records ? import_keep_export(m, err) : error_memory(err);
	for (size_t i = 0; records && i < count; i++) {
		record_init(&records[i]);
		if (!result && describe(c, lines[i].seq, now[i], &records[i]) < 0)
			result = error_memory(err);
	}
	if (!result)
		result = store_append_all(m->store, records, count, err);
	for (size_t i = 0; records && i < count; i++)
		record_finish(&records[i]);
	free(records);
	m->out.differing += result ? 0 : count;
	for (size_t i = 0; i < count && !result && m->plan->differs; i++)
		m->plan->differs(m->plan->context, lines[i].seq, now[i]);
	return result;
}

/* 1 there may be more, 0 that was all, -1. */
static int compare_page(struct comparison *c, struct error *err)
{
	struct arena arena = {0};
	struct indexed_line *lines = NULL;
	uint64_t now[PAGE];
	size_t count = 0;
	int result = index_lines(c->m->store->index, &c->range, &arena, &lines, &count, err);
	bool more = !result && count == PAGE;
	if (count)
		c->range.after = lines[count - 1].seq;
	if (!result)
		result = sift(c, lines, now, &count, err);
	if (!result && count)
		result = tell(c, lines, now, count, err);
	arena_finish(&arena);
	return result < 0 ? -1 : more;
}

int import_compare(struct import *m, struct error *err)
{
	struct comparison c = {
		.m = m,
		.range = {.account = m->plan->account->name, .last = m->last_before, .most = PAGE},
	};
	if (!m->talk_count)
		return 0;
	sha256_hex(&m->export, c.export);
	int more = sort_talks(&c, err) < 0 ? -1 : 1;
	while (more > 0)
		more = compare_page(&c, err);
	free(c.talks);
	return more;
}
