/* The report for a terminal or a pipe. */
#include "text.h"

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

void text_paragraph(const struct report_sink *sink, enum ink ink, const char *text)
{
	size_t column = 0;
	paragraph_add(sink, ink, str_from(text), 0, &column);
	put_str(sink, INK_PLAIN, STR("\n"));
}

void text_heading(const struct report_sink *sink, const char *title)
{
	put_str(sink, INK_PLAIN, STR("\n"));
	put_str(sink, INK_BOLD, str_from(title));
	put_str(sink, INK_PLAIN, STR("\n"));
}

static void put_masthead(const struct report *r, const struct report_sink *sink)
{
	struct report_sums sums;
	struct buf line = {0};
	report_sum(r, &sums);
	buf_add_cstr(&line, "As of ");
	add_time_zone(&line, r->as_of);
	buf_add_cstr(&line, ". ");
	add_count(&line, sums.messages, "message", "messages");
	if (r->overview) {
		buf_add_cstr(&line, " with ");
		add_count(&line, r->client_count, "client", "clients");
	}
	buf_add_cstr(&line, ", ");
	add_count(&line, sums.findings, "finding", "findings");
	buf_add_cstr(&line, ", ");
	add_count(&line, sums.unexamined, "message", "messages");
	buf_add_cstr(&line, " not examined. Times are those of ");
	buf_add_str(&line, r->zone.len ? r->zone : STR("UTC"));
	buf_add_cstr(&line, ".");
	put_str(sink, INK_BOLD, STR("overstep report\n"));
	text_paragraph(sink, INK_PLAIN, buf_cstr(&line));
	buf_finish(&line);
}

static void grid_add_time(struct grid *g, bool known, struct report_time t)
{
	struct buf text = {0};
	if (known)
		add_time(&text, t);
	grid_add(g, INK_PLAIN, known ? buf_str(&text) : STR("none"));
	g->failed |= text.failed;
	buf_finish(&text);
}

static int put_overview(const struct report *r, const struct report_sink *sink, struct error *err)
{
	static const char *const titles[] = {"CLIENT", "RISK", "BAND", "TREND", "MESSAGES",
		"OUTSIDE HOURS", "FINDINGS", "LAST FINDING"};
	struct grid g = {.columns = 8, .right = {[1] = true, [4] = true, [5] = true, [6] = true}};
	text_heading(sink, "Overview");
	for (size_t i = 0; i < 8; i++)
		grid_add_cstr(&g, INK_DIM, titles[i]);
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[i];
		enum ink ink = band_ink(c->risk.band);
		grid_add(&g, INK_BOLD, c->name);
		grid_add_format(&g, ink, "%d.%d", c->risk.tenths / 10, c->risk.tenths % 10);
		grid_add_cstr(&g, ink, band_name(c->risk.band));
		grid_add_cstr(&g, INK_PLAIN, trend_name(c->trend));
		grid_add_format(&g, INK_PLAIN, "%llu", (unsigned long long)c->messages);
		grid_add_format(&g, INK_PLAIN, "%llu", (unsigned long long)c->outside_hours);
		grid_add_format(&g, INK_PLAIN, "%llu", (unsigned long long)c->finding_sum);
		grid_add_time(&g, c->finding_sum, c->last_finding);
	}
	return grid_end(&g, sink, err);
}

#define SHARE_WIDTH 25 /* columns of a whole bar */

static void grid_add_share(struct grid *g, enum ink ink, uint64_t part, uint64_t whole)
{
	static const char full[SHARE_WIDTH + 1] = "#########################";
	unsigned share = percent(part, whole);
	grid_add_format(g, INK_PLAIN, "%u %%", share);
	grid_add_format(g, ink, "%.*s", (int)(share * SHARE_WIDTH + 50) / 100, full);
}

static int put_shares(const struct report *r, const struct report_sink *sink, struct error *err)
{
	struct report_sums sums;
	struct grid g = {.columns = 5, .right = {[1] = true, [3] = true}};
	report_sum(r, &sums);
	text_heading(sink, "Share of all messages, and of all findings");
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[i];
		grid_add(&g, INK_BOLD, c->name);
		grid_add_share(&g, INK_DIM, c->messages, sums.messages);
		grid_add_share(&g, INK_WARN, c->finding_sum, sums.findings);
	}
	return grid_end(&g, sink, err);
}

static void put_coverage(const struct report *r, const struct report_sink *sink)
{
	size_t first = coverage_first_shown(r->coverage_count);
	text_heading(sink, wording_coverage_title);
	if (!r->coverage_count)
		text_paragraph(sink, INK_PLAIN, wording_coverage_none);
	if (first)
		put(sink, INK_DIM, "%zu earlier lines, all of them with --json\n", first);
	for (size_t i = first; i < r->coverage_count; i++) {
		struct buf line = {0};
		coverage_words(&r->coverage[i], &line);
		put_visible(sink, r->coverage[i].kind == COVERAGE_WATCHED ? INK_PLAIN : INK_WARN,
			buf_str(&line));
		put(sink, INK_PLAIN, "\n");
		buf_finish(&line);
	}
}

int report_write_text(const struct report *r, const struct report_sink *sink, struct error *err)
{
	put_masthead(r, sink);
	if (r->overview && r->client_count &&
		(put_overview(r, sink, err) < 0 || put_shares(r, sink, err) < 0))
		return -1;
	for (size_t i = 0; i < r->client_count; i++)
		if (text_client(&r->clients[i], r->all, sink, err) < 0)
			return -1;
	put_coverage(r, sink);
	text_heading(sink, "What this report does not prove");
	text_paragraph(sink, INK_PLAIN, wording_limits);
	text_heading(sink, "How to check it");
	text_paragraph(sink, INK_PLAIN, wording_checking);
	return 0;
}
