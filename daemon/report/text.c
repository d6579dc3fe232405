/* The report for a terminal or a pipe. */
#include "text.h"

#include "model/record.h"
#include "report/coverage.h"
#include "wording.h"
#include "writers.h"

enum ink band_ink(enum band band)
{
	static const enum ink inks[] = {
		[BAND_CALM] = INK_CALM,
		[BAND_WATCH] = INK_PLAIN,
		[BAND_STRAINED] = INK_WARN,
		[BAND_DECIDE] = INK_BAD,
	};
	return inks[band];
}

void text_say(const struct paper *p, enum ink ink, enum phrase phrase, const struct fill *fills,
	size_t count)
{
	struct buf words = {0};
	const struct pen pen = {.out = &words, .tongue = p->tongue};
	say_with(&pen, phrase, fills, count);
	put_visible(p->sink, ink, buf_str(&words));
	buf_finish(&words);
}

void text_fill(const struct paper *p, enum ink ink, struct fill fill)
{
	struct buf words = {0};
	const struct pen pen = {.out = &words, .tongue = p->tongue};
	say_fill(&pen, fill);
	put_visible(p->sink, ink, buf_str(&words));
	buf_finish(&words);
}

void text_mark(const struct paper *p, enum ink ink, char mark)
{
	struct buf words = {0};
	say_mark(&(const struct pen){.out = &words, .tongue = p->tongue}, mark);
	put_visible(p->sink, ink, buf_str(&words));
	buf_finish(&words);
}

void grid_fill(struct grid *g, const struct paper *p, enum ink ink, struct fill fill)
{
	struct buf words = {0};
	const struct pen pen = {.out = &words, .tongue = p->tongue};
	say_fill(&pen, fill);
	g->failed |= words.failed;
	grid_add(g, ink, buf_str(&words));
	buf_finish(&words);
}

void grid_evidence(struct grid *g, uint64_t evidence)
{
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(evidence, id);
	grid_add_cstr(g, INK_PLAIN, id);
}

static void put_paragraph(const struct paper *p, enum ink ink, enum phrase phrase,
	const struct fill *fills, size_t count)
{
	struct buf words = {0};
	const struct pen pen = {.out = &words, .tongue = p->tongue};
	size_t column = 0;
	say_with(&pen, phrase, fills, count);
	paragraph_add(p->sink, ink, buf_str(&words), 0, &column);
	put(p->sink, INK_PLAIN, "\n");
	buf_finish(&words);
}

void text_paragraph(const struct paper *p, enum ink ink, enum phrase text)
{
	put_paragraph(p, ink, text, NULL, 0);
}

void text_heading(const struct paper *p, enum phrase title)
{
	put(p->sink, INK_PLAIN, "\n");
	text_say(p, INK_BOLD, title, NULL, 0);
	put(p->sink, INK_PLAIN, "\n");
}

static void put_masthead(const struct paper *p, const struct report *r)
{
	struct report_sums sums;
	report_sum(r, &sums);
	struct fill zone = fill_text(r->zone.len ? r->zone : STR("UTC"));
	struct fill messages = fill_counted(PHRASE_MESSAGES, sums.messages);
	struct fill findings = fill_counted(PHRASE_FINDINGS, sums.findings);
	struct fill unexamined = fill_counted(PHRASE_UNEXAMINED, sums.unexamined);
	const struct fill all[] = {fill_zoned(r->as_of), messages,
		fill_counted(PHRASE_CLIENTS, r->client_count), findings, unexamined, zone};
	const struct fill one[] = {fill_zoned(r->as_of), messages, findings, unexamined, zone};
	text_say(p, INK_BOLD, PHRASE_BRAND, NULL, 0);
	put(p->sink, INK_BOLD, "\n");
	if (r->overview)
		put_paragraph(p, INK_PLAIN, PHRASE_LEDE_ALL, all, sizeof(all) / sizeof(all[0]));
	else
		put_paragraph(p, INK_PLAIN, PHRASE_LEDE_ONE, one, sizeof(one) / sizeof(one[0]));
}

static int put_overview(const struct paper *p, const struct report *r, struct error *err)
{
	static const enum phrase titles[] = {PHRASE_COLUMN_CLIENT, PHRASE_COLUMN_RISK,
		PHRASE_COLUMN_BAND, PHRASE_COLUMN_TREND, PHRASE_COLUMN_MESSAGES,
		PHRASE_COLUMN_OUTSIDE, PHRASE_COLUMN_FINDINGS, PHRASE_COLUMN_LAST};
	struct grid g = {.columns = 8, .right = {[1] = true, [4] = true, [5] = true, [6] = true}};
	text_heading(p, PHRASE_OVERVIEW);
	for (size_t i = 0; i < 8; i++)
		grid_fill(&g, p, INK_DIM, fill_phrase(titles[i]));
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[i];
		enum ink ink = band_ink(c->risk.band);
		grid_add(&g, INK_BOLD, c->name);
		grid_fill(&g, p, ink, fill_tenths(c->risk.tenths));
		grid_fill(&g, p, ink, fill_phrase(phrase_of_band(c->risk.band)));
		grid_fill(&g, p, INK_PLAIN, fill_phrase(phrase_of_trend(c->trend)));
		grid_fill(&g, p, INK_PLAIN, fill_count(c->messages));
		grid_fill(&g, p, INK_PLAIN, fill_count(c->outside_hours));
		grid_fill(&g, p, INK_PLAIN, fill_count(c->finding_sum));
		grid_fill(&g, p, INK_PLAIN,
			c->finding_sum ? fill_time(c->last_finding) : fill_phrase(PHRASE_NONE));
	}
	return grid_end(&g, p->sink, err);
}

#define SHARE_WIDTH 25 /* columns of a whole bar */

static void grid_add_share(
	struct grid *g, const struct paper *p, enum ink ink, uint64_t part, uint64_t whole)
{
	static const char full[SHARE_WIDTH + 1] = "#########################";
	unsigned share = percent(part, whole);
	grid_fill(g, p, INK_PLAIN, fill_counted(PHRASE_PERCENT, share));
	grid_add_format(g, ink, "%.*s", (int)(share * SHARE_WIDTH + 50) / 100, full);
}

static int put_shares(const struct paper *p, const struct report *r, struct error *err)
{
	struct report_sums sums;
	struct grid g = {.columns = 5, .right = {[1] = true, [3] = true}};
	report_sum(r, &sums);
	text_heading(p, PHRASE_SHARES_BOTH);
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[i];
		grid_add(&g, INK_BOLD, c->name);
		grid_add_share(&g, p, INK_DIM, c->messages, sums.messages);
		grid_add_share(&g, p, INK_WARN, c->finding_sum, sums.findings);
	}
	return grid_end(&g, p->sink, err);
}

static void put_coverage(const struct paper *p, const struct report *r)
{
	size_t first = coverage_first_shown(r->coverage_count);
	text_heading(p, PHRASE_COVERAGE);
	if (!r->coverage_count)
		text_paragraph(p, INK_PLAIN, PHRASE_COVERAGE_NONE);
	const struct fill skipped = fill_count(first);
	if (first)
		put_paragraph(p, INK_DIM, PHRASE_COVERAGE_EARLIER, &skipped, 1);
	for (size_t i = first; i < r->coverage_count; i++) {
		struct buf line = {0};
		coverage_say(
			&(const struct pen){.out = &line, .tongue = p->tongue}, &r->coverage[i]);
		put_visible(p->sink, r->coverage[i].kind == COVERAGE_WATCHED ? INK_PLAIN : INK_WARN,
			buf_str(&line));
		put(p->sink, INK_PLAIN, "\n");
		buf_finish(&line);
	}
}

int report_write_text(const struct report *r, const struct report_sink *sink, struct error *err)
{
	const struct paper paper = {sink, r->tongue, r->all, r->now, r->for_others};
	put_masthead(&paper, r);
	if (r->overview && r->client_count &&
		(put_overview(&paper, r, err) < 0 || put_shares(&paper, r, err) < 0))
		return -1;
	for (size_t i = 0; i < r->client_count; i++)
		if (text_client(&paper, &r->clients[i], err) < 0)
			return -1;
	put_coverage(&paper, r);
	text_heading(&paper, PHRASE_LIMITS_TITLE);
	text_paragraph(&paper, INK_PLAIN, PHRASE_LIMITS);
	text_heading(&paper, PHRASE_CHECKING_TITLE);
	text_paragraph(&paper, INK_PLAIN, PHRASE_CHECKING);
	return 0;
}
