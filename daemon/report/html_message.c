/* The page of one message: what was found, the whole of it, and what is known of it. */
#include "page_frame.h"

#include "base/html.h"
#include "html.h"
#include "passage.h"
#include "report/words.h"

/* From byte `at` to `end`, which one speaker said, with what is marked in it. */
static void add_speech(
	struct buf *out, const struct passage *whole, size_t at, size_t end, size_t *mark)
{
	while (at < end) {
		const struct passage_mark *m =
			*mark < whole->mark_count ? &whole->marks[*mark] : NULL;
		bool marked = m && m->start <= at && at < m->end;
		size_t stop = marked ? m->end : m && m->start > at ? m->start : end;
		size_t shown = stop < end ? stop : end;
		if (marked)
			buf_add_format(out, "<mark class=\"s%d\">", m->severity);
		html_add(out, str_slice(whole->text, at, shown));
		buf_add_cstr(out, marked ? "</mark>" : "");
		if (m && shown >= m->end)
			++*mark;
		at = shown;
	}
}

static int add_whole(const struct pen *pen, const struct message_page *m, struct error *err)
{
	struct arena arena = {0};
	struct passage whole;
	size_t mark = 0;
	if (passage_whole(m->text, m->findings, m->finding_count, &arena, &whole) < 0) {
		arena_finish(&arena);
		return error_memory(err);
	}
	buf_add_cstr(pen->out, "<section>");
	html_element(pen, "h2", NULL, PHRASE_SERVE_WHOLE);
	html_element(pen, "p", "soft", PHRASE_SERVE_WHOLE_HELP);
	buf_add_cstr(pen->out, "<div class=\"whole\" lang=\"\" dir=\"auto\">");
	for (size_t i = 0; i < m->text->span_count; i++) {
		const struct span *span = &m->text->spans[i];
		bool own = span->kind == SPAN_NEW;
		buf_add_format(pen->out, own ? "<span>" : "<span class=\"set-back\" title=\"%s\">",
			phrase_text(pen->tongue, PHRASE_SPAN_NEW + (enum phrase)span->kind));
		add_speech(pen->out, &whole, span->start, span->end, &mark);
		buf_add_cstr(pen->out, "</span>");
	}
	buf_add_cstr(pen->out, "</div>\n");
	if (!m->text->bytes.len)
		html_element(pen, "p", "soft", PHRASE_SERVE_NO_WORDS);
	if (m->text->cut)
		html_element(pen, "p", "soft", PHRASE_SERVE_GOES_ON);
	buf_add_cstr(pen->out, "</section>\n");
	arena_finish(&arena);
	return 0;
}

static void add_fact(const struct pen *pen, const struct message_fact *f)
{
	buf_add_cstr(pen->out, "<tr><th scope=\"row\">");
	html_add(pen->out, f->name);
	buf_add_cstr(pen->out, "</th><td><bdi>");
	html_add(pen->out, f->value);
	buf_add_cstr(pen->out, "</bdi>");
	if (f->note.len) {
		buf_add_cstr(pen->out, "<br><span class=\"soft small\">");
		html_add(pen->out, f->note);
		buf_add_cstr(pen->out, "</span>");
	}
	buf_add_cstr(pen->out, "</td></tr>\n");
}

/* A table for each group that has any. */
static void add_facts(const struct pen *pen, const struct message_page *m)
{
	static const enum phrase titles[] = {
		[FACTS_HEAD] = PHRASE_SERVE_FACTS_HEAD,
		[FACTS_CLOCKS] = PHRASE_SERVE_FACTS_CLOCKS,
		[FACTS_PROOF] = PHRASE_SERVE_FACTS_PROOF,
	};
	static const struct html_column columns[] = {
		{PHRASE_SERVE_FACT, false}, {PHRASE_SERVE_VALUE, false}};
	for (size_t i = 0; i < m->fact_count; i++) {
		const struct message_fact *f = &m->facts[i];
		if (!i || f->group != f[-1].group) {
			buf_add_cstr(pen->out, i ? "</tbody></table></section>\n" : "");
			buf_add_cstr(pen->out, "<section>");
			html_element(pen, "h2", NULL, titles[f->group]);
			html_open(pen, "table", "record");
			html_columns(pen, columns, sizeof(columns) / sizeof(columns[0]));
			buf_add_cstr(pen->out, "<tbody>");
		}
		add_fact(pen, f);
	}
	buf_add_cstr(pen->out, m->fact_count ? "</tbody></table></section>\n" : "");
}

static void add_found(const struct pen *pen, const struct message_page *m)
{
	const struct report_client *c = m->found;
	const struct html_lane lanes[] = {html_lane(c, 1, false), html_lane(c, 1, true)};
	html_element(pen, "h2", NULL, PHRASE_SERVE_FINDINGS);
	if (m->verdict.len) {
		html_open(pen, "p", NULL);
		html_add(pen->out, m->verdict);
		html_close(pen, "p");
	}
	for (size_t i = 0; i < sizeof(lanes) / sizeof(lanes[0]); i++) {
		if (lanes[i].count)
			html_open(pen, "ol", "incidents");
		for (size_t k = 0; k < lanes[i].count; k++)
			html_incident(pen, &lanes[i], &lanes[i].all[k]);
		if (lanes[i].count)
			html_close(pen, "ol");
	}
}

int message_page_write(const struct message_page *m, struct buf *out, struct error *err)
{
	const struct pen pen = {.out = out, .tongue = m->page.tongue, .html = true, .served = true};
	page_begin(&m->page, out);
	buf_add_cstr(out, "<section>");
	add_found(&pen, m);
	buf_add_cstr(out, "</section>\n");
	if (m->text && add_whole(&pen, m, err) < 0)
		return -1;
	add_facts(&pen, m);
	page_end(out);
	return 0;
}
