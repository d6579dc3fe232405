/* Was anything missed: records of looks at the mailboxes as lines that can be read. */
#include "report/coverage.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/json.h"
#include <stdlib.h>
#include <string.h>

/* As long as two looks of one that watches may lie apart. */
#define UNKNOWN_LEAST_US (15 * MINUTE_US)

static const char *const names[] = {
	[COVERAGE_WATCHED] = "watched",
	[COVERAGE_AWAY] = "away",
	[COVERAGE_UNKNOWN] = "unknown",
	[COVERAGE_UNREAD] = "unread",
	[COVERAGE_RENUMBERED] = "renumbered",
	[COVERAGE_RESTORED] = "restored",
	[COVERAGE_VANISHED] = "vanished",
	[COVERAGE_MOVED] = "moved",
};

/* As many lines as a page bears. */
#define SHOWN_MOST 40

size_t coverage_first_shown(size_t count)
{
	return count > SHOWN_MOST ? count - SHOWN_MOST : 0;
}

/* Half-open, in order, apart from each other. */
struct spans {
	struct stretch {
		int64_t from_us, until_us;
	} * items;
	size_t count, cap;
};

static int add_span(struct spans *s, int64_t from_us, int64_t until_us, struct error *err)
{
	if (from_us >= until_us)
		return 0;
	struct stretch *last = s->count ? &s->items[s->count - 1] : NULL;
	if (last && from_us <= last->until_us) {
		if (until_us > last->until_us)
			last->until_us = until_us;
		return 0;
	}
	if (array_room(&s->items, s->count, &s->cap, sizeof(*s->items)) < 0)
		return error_memory(err);
	s->items[s->count++] = (struct stretch){from_us, until_us};
	return 0;
}

/* *a becomes what is in both. */
static int intersect(struct spans *a, const struct spans *b, struct error *err)
{
	struct spans both = {0};
	int result = 0;
	for (size_t i = 0, k = 0; i < a->count && k < b->count && !result;) {
		const struct stretch *x = &a->items[i], *y = &b->items[k];
		int64_t from_us = x->from_us > y->from_us ? x->from_us : y->from_us;
		int64_t until_us = x->until_us < y->until_us ? x->until_us : y->until_us;
		result = add_span(&both, from_us, until_us, err);
		if (x->until_us < y->until_us)
			i++;
		else
			k++;
	}
	free(a->items);
	*a = both;
	return result;
}

struct folding {
	const struct gap *gaps;
	size_t count;
	int64_t from_us, until_us;
	struct coverage_line *lines; /* room for all */
	size_t line_count;
	struct spans watched; /* of all accounts */
	struct spans told;    /* one of them watched or away */
};

static bool is_look(const struct gap *g)
{
	return g->kind == GAP_WATCHED || g->kind == GAP_AWAY;
}

static int64_t clip(const struct folding *f, int64_t at_us)
{
	return at_us < f->from_us ? f->from_us : at_us > f->until_us ? f->until_us : at_us;
}

/* Where one account stood in nothing's way: where it was watched, before its first record, and, of
   one that is gone, behind its last. */
static int add_account(
	struct folding *f, struct str account, bool configured, size_t first, struct error *err)
{
	struct spans mine = {0};
	int64_t last_us = f->from_us;
	int result = add_span(&mine, f->from_us, clip(f, f->gaps[first].from_us), err);
	for (size_t i = first; i < f->count && !result; i++) {
		const struct gap *g = &f->gaps[i];
		if (!is_look(g) || !str_eq(g->account, account))
			continue;
		if (g->kind == GAP_WATCHED)
			result = add_span(&mine, clip(f, g->from_us), clip(f, g->until_us), err);
		if (clip(f, g->until_us) > last_us)
			last_us = clip(f, g->until_us);
	}
	if (!result && !configured)
		result = add_span(&mine, last_us, f->until_us, err);
	if (!result)
		result = intersect(&f->watched, &mine, err);
	free(mine.items);
	return result;
}

static bool is_among(const struct strs *list, struct str name)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(list->items[i], name))
			return true;
	return false;
}

/* Nothing was missed before the first record of all only as far as it tells. */
static int fold_looks(struct folding *f, const struct strs *configured, struct error *err)
{
	int result = 0;
	for (size_t i = 0; i < f->count && !result; i++)
		if (is_look(&f->gaps[i]))
			result = add_span(&f->told, clip(f, f->gaps[i].from_us),
				clip(f, f->gaps[i].until_us), err);
	for (size_t i = 0; i < f->told.count && !result; i++)
		result = add_span(
			&f->watched, f->told.items[i].from_us, f->told.items[i].until_us, err);
	for (size_t i = 0; i < f->count && !result; i++) {
		size_t first = 0;
		while (!is_look(&f->gaps[first]) ||
			!str_eq(f->gaps[first].account, f->gaps[i].account))
			if (first++ == i)
				break;
		if (first == i)
			result = add_account(f, f->gaps[i].account,
				is_among(configured, f->gaps[i].account), i, err);
	}
	return result;
}

static struct coverage_line *add_line(
	struct folding *f, enum coverage_kind kind, int64_t from_us, int64_t until_us)
{
	struct coverage_line *line = &f->lines[f->line_count++];
	*line = (struct coverage_line){
		.kind = kind, .from.at_us = from_us, .until.at_us = until_us, .count = 1};
	return line;
}

static void add_gap(struct folding *f, const struct gap *g)
{
	static const enum coverage_kind kinds[GAP_KIND_COUNT] = {
		[GAP_UNREAD] = COVERAGE_UNREAD,
		[GAP_AWAY] = COVERAGE_AWAY,
		[GAP_RENUMBERED] = COVERAGE_RENUMBERED,
		[GAP_RESTORED] = COVERAGE_RESTORED,
		[GAP_VANISHED] = COVERAGE_VANISHED,
		[GAP_MOVED] = COVERAGE_MOVED,
	};
	for (size_t i = 0; kinds[g->kind] >= COVERAGE_RESTORED && i < f->line_count; i++)
		if (f->lines[i].kind == kinds[g->kind] && str_eq(f->lines[i].account, g->account) &&
			str_eq(f->lines[i].folder, g->folder) && str_eq(f->lines[i].why, g->why)) {
			f->lines[i].count++;
			return;
		}
	struct coverage_line *line =
		add_line(f, kinds[g->kind], clip(f, g->from_us), clip(f, g->until_us));
	line->account = g->account;
	line->folder = g->folder;
	line->why = g->why;
	line->evidence = g->seq;
}

static int by_time(const void *a, const void *b)
{
	const struct coverage_line *x = a, *y = b;
	if (x->from.at_us != y->from.at_us)
		return x->from.at_us < y->from.at_us ? -1 : 1;
	return (x->evidence > y->evidence) - (x->evidence < y->evidence);
}

/* What neither was watched nor is known not to have been; lines are in order. */
static void add_unknown(struct folding *f)
{
	int64_t at_us = f->from_us;
	size_t known = f->line_count;
	for (size_t i = 0; i < known; i++) {
		const struct coverage_line *line = &f->lines[i];
		if (line->kind != COVERAGE_WATCHED && line->kind != COVERAGE_AWAY)
			continue;
		if (line->from.at_us - at_us >= UNKNOWN_LEAST_US)
			add_line(f, COVERAGE_UNKNOWN, at_us, line->from.at_us);
		if (line->until.at_us > at_us)
			at_us = line->until.at_us;
	}
	if (f->until_us - at_us >= UNKNOWN_LEAST_US)
		add_line(f, COVERAGE_UNKNOWN, at_us, f->until_us);
}

static void sort_lines(struct folding *f)
{
	if (f->line_count)
		qsort(f->lines, f->line_count, sizeof(*f->lines), by_time);
}

int coverage_fold(const struct gap *gaps, size_t count, const struct strs *configured,
	int64_t from_us, int64_t until_us, struct arena *arena, struct coverage_line **lines,
	size_t *line_count, struct error *err)
{
	struct folding f = {.gaps = gaps, .count = count, .from_us = from_us, .until_us = until_us};
	int result = fold_looks(&f, configured, err);
	/* and behind each of them what nothing tells of */
	size_t room = 2 * (count + f.watched.count) + 1;
	if (!result && !(f.lines = arena_array(arena, room, sizeof(*f.lines))))
		result = error_memory(err);
	for (size_t i = 0; i < f.watched.count && !result; i++)
		add_line(&f, COVERAGE_WATCHED, f.watched.items[i].from_us,
			f.watched.items[i].until_us);
	for (size_t i = 0; i < count && !result; i++)
		if (gaps[i].kind != GAP_WATCHED)
			add_gap(&f, &gaps[i]);
	free(f.watched.items);
	free(f.told.items);
	if (result < 0)
		return -1;
	sort_lines(&f);
	if (count)
		add_unknown(&f);
	sort_lines(&f);
	*lines = f.lines;
	*line_count = f.line_count;
	return 0;
}

static void write_time(struct json_writer *w, const char *key, struct report_time t)
{
	char text[TIME_TEXT_SIZE];
	time_format(t.at_us, t.offset_min, t.zulu, text);
	json_cstr(w, key, text);
}

void coverage_write(const struct coverage_line *lines, size_t count, struct json_writer *w)
{
	json_array(w, "coverage");
	for (size_t i = 0; i < count; i++) {
		const struct coverage_line *line = &lines[i];
		char id[EVIDENCE_NAME_SIZE];
		evidence_name(line->evidence, id);
		json_object(w, NULL);
		json_cstr(w, "what", names[line->kind]);
		write_time(w, "from", line->from);
		write_time(w, "until", line->until);
		json_str(w, "account", line->account);
		json_str(w, "folder", line->folder);
		json_str(w, "why", line->why);
		json_int(w, "count", (int64_t)line->count);
		json_cstr(w, "evidence", line->evidence ? id : NULL);
		json_object_end(w);
	}
	json_array_end(w);
}
