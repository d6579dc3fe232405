/* Gaps as records, and back. */
#include "model/gap.h"

#include "base/clock.h"
#include <inttypes.h>
#include <stdio.h>

static const char *const names[GAP_KIND_COUNT] = {
	[GAP_UNREAD] = "unread",
	[GAP_WATCHED] = "watched",
	[GAP_AWAY] = "away",
	[GAP_RENUMBERED] = "renumbered",
	[GAP_VANISHED] = "vanished",
	[GAP_MOVED] = "moved",
	[GAP_RESTORED] = "restored",
	[GAP_SETTLED] = "settled",
};

const char *gap_kind_name(enum gap_kind kind)
{
	return names[kind];
}

static int add_pair(struct record *out, const char *key, uint32_t first, uint32_t second)
{
	char text[32];
	snprintf(text, sizeof(text), "%" PRIu32 " %" PRIu32, first, second);
	return record_add(out, key, str_from(text));
}

static int add_time(struct record *out, const char *key, int64_t at_us)
{
	char text[TIME_TEXT_SIZE];
	time_format(at_us, 0, true, text);
	return record_add(out, key, str_from(text));
}

/* "from", "until" and how closely, or why not. */
static int add_span(const struct gap *g, struct record *out)
{
	char pause[32];
	snprintf(pause, sizeof(pause), "%" PRId64, g->pause_s);
	if (add_time(out, "from", g->from_us) < 0 || add_time(out, "until", g->until_us) < 0)
		return -1;
	return g->kind == GAP_WATCHED ? record_add(out, "pause", str_from(pause))
				      : record_add(out, "why", g->why);
}

static int add_message(const struct gap *g, struct record *out)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(g->of, name);
	if (add_pair(out, "uid", g->uidvalidity, g->uid) < 0)
		return -1;
	if (g->kind == GAP_UNREAD)
		return record_add(out, "why", g->why);
	if (g->kind == GAP_RESTORED)
		return 0;
	if (record_add(out, "of", str_from(name)) < 0)
		return -1;
	if (g->kind == GAP_SETTLED)
		return record_add(out, "why", g->why);
	return g->kind == GAP_MOVED ? record_add(out, "to", g->why) : 0;
}

int gap_write(const struct gap *g, struct record *out, struct error *err)
{
	bool span = g->kind == GAP_WATCHED || g->kind == GAP_AWAY;
	out->type = RECORD_GAP;
	int result = record_add(out, "account", g->account);
	/* the first kind there was is known by having none */
	if (!result && g->kind != GAP_UNREAD)
		result = record_add(out, "what", str_from(gap_kind_name(g->kind)));
	if (!result && !span)
		result = record_add(out, "folder", g->folder);
	if (!result)
		result = span ? add_span(g, out)
			: g->kind == GAP_RENUMBERED
			? add_pair(out, "uidvalidity", g->uidvalidity_before, g->uidvalidity)
			: add_message(g, out);
	return result < 0 ? error_memory(err) : 0;
}

static bool read_number(struct str text, uint32_t *out)
{
	uint64_t number;
	if (!str_to_u64(text, UINT32_MAX, &number))
		return false;
	*out = (uint32_t)number;
	return true;
}

static bool read_pair(const struct record *r, const char *key, uint32_t *first, uint32_t *second)
{
	struct str rest = record_get(r, key, 0), word;
	return str_split(&rest, ' ', &word) && read_number(word, first) &&
		read_number(rest, second);
}

static bool read_time(const struct record *r, const char *key, int64_t *out)
{
	int offset_min;
	return time_parse(record_get(r, key, 0), out, &offset_min);
}

static bool read_kind(const struct record *r, enum gap_kind *out)
{
	struct str what = record_get(r, "what", 0);
	*out = GAP_UNREAD;
	for (int i = 1; what.ptr && i < GAP_KIND_COUNT; i++)
		if (str_eq(what, str_from(names[i])))
			*out = (enum gap_kind)i;
	return !what.ptr || *out != GAP_UNREAD;
}

/* What its kind has beyond account, folder and why. */
static bool read_rest(const struct record *r, struct gap *g)
{
	uint64_t pause = 0;
	bool good = true;
	switch (g->kind) {
	case GAP_WATCHED:
		good = str_to_u64(record_get(r, "pause", 0), INT64_MAX, &pause);
		g->pause_s = (int64_t)pause;
		break;
	case GAP_RENUMBERED:
		return read_pair(r, "uidvalidity", &g->uidvalidity_before, &g->uidvalidity);
	case GAP_MOVED:
		g->why = record_get(r, "to", 0);
		good = g->why.ptr && evidence_parse(record_get(r, "of", 0), &g->of);
		break;
	case GAP_VANISHED:
	case GAP_SETTLED:
		good = evidence_parse(record_get(r, "of", 0), &g->of);
		break;
	default:
		break;
	}
	if (g->folder.ptr)
		return good && read_pair(r, "uid", &g->uidvalidity, &g->uid);
	return good && read_time(r, "from", &g->from_us) && read_time(r, "until", &g->until_us);
}

int gap_read(const struct record *r, struct gap *out, struct error *err)
{
	int64_t noted_us = r->stored_at_us - r->stored_at_us % SECOND_US;
	struct gap g = {
		.seq = r->seq,
		.account = record_get(r, "account", 0),
		.folder = record_get(r, "folder", 0),
		.from_us = noted_us,
		.until_us = noted_us,
		.why = record_get(r, "why", 0),
	};
	if (!g.account.ptr || !read_kind(r, &g.kind) ||
		(g.folder.ptr == NULL) != (g.kind == GAP_WATCHED || g.kind == GAP_AWAY) ||
		!read_rest(r, &g))
		return error_set(err, ERROR_INTEGRITY, "record %" PRIu64 " is no gap", r->seq);
	*out = g;
	return 0;
}
