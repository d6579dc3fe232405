/* What the pages are made of: cells, heads of tables, moments, quoted sentences. */
#include "html.h"

#include "base/clock.h"
#include "base/html.h"
#include "model/record.h"

void html_open(const struct pen *p, const char *tag, const char *classes)
{
	buf_add_format(p->out, "<%s", tag);
	if (classes)
		buf_add_format(p->out, " class=\"%s\"", classes);
	buf_add_char(p->out, '>');
}

void html_close(const struct pen *p, const char *tag)
{
	buf_add_format(p->out, "</%s>", tag);
}

void html_element(const struct pen *p, const char *tag, const char *classes, enum phrase words)
{
	html_open(p, tag, classes);
	say(p, words);
	html_close(p, tag);
}

void html_cell(const struct pen *p, enum phrase label, const char *classes)
{
	buf_add_cstr(p->out, "<td data-label=\"");
	say(p, label);
	buf_add_char(p->out, '"');
	if (classes)
		buf_add_format(p->out, " class=\"%s\"", classes);
	buf_add_cstr(p->out, "><span>");
}

void html_cell_end(const struct pen *p)
{
	buf_add_cstr(p->out, "</span></td>");
}

void html_fill_cell(const struct pen *p, enum phrase label, const char *classes, struct fill fill)
{
	html_cell(p, label, classes);
	say_fill(p, fill);
	html_cell_end(p);
}

void html_columns(const struct pen *p, const struct html_column *columns, size_t count)
{
	buf_add_cstr(p->out, "<thead><tr>");
	for (size_t i = 0; i < count; i++) {
		buf_add_format(
			p->out, "<th scope=\"col\"%s>", columns[i].right ? " class=\"right\"" : "");
		say(p, columns[i].title);
		buf_add_cstr(p->out, "</th>");
	}
	buf_add_cstr(p->out, "</tr></thead>\n");
}

void html_wide(const struct pen *p, const char *classes, enum phrase name)
{
	buf_add_format(p->out, "<div class=\"wide%s\" role=\"group\" tabindex=\"0\" aria-label=\"",
		classes);
	say(p, name);
	buf_add_cstr(p->out, "\">");
}

void html_band(const struct pen *p, enum band band)
{
	static const char *const shapes[] = {
		[BAND_CALM] = "\xe2\x97\x8b",
		[BAND_WATCH] = "\xe2\x97\x94",
		[BAND_STRAINED] = "\xe2\x97\x91",
		[BAND_DECIDE] = "\xe2\x97\x8f",
	};
	buf_add_format(p->out, "<span class=\"band %s\"><span aria-hidden=\"true\">%s</span> ",
		band_name(band), shapes[band]);
	say(p, phrase_of_band(band));
	buf_add_cstr(p->out, "</span>");
}

void html_moment(const struct pen *p, struct report_time t)
{
	char text[TIME_TEXT_SIZE];
	time_format(t.at_us, t.offset_min, t.zulu, text);
	buf_add_format(p->out, "<time datetime=\"%s\">", text);
	say(p, phrase_of_weekday(date_weekday(date_of_instant(t.at_us, t.offset_min))));
	buf_add_char(p->out, ' ');
	say_fill(p, fill_zoned(t));
	buf_add_cstr(p->out, "</time>");
}

void html_evidence(const struct pen *p, uint64_t seq)
{
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(seq, id);
	buf_add_cstr(p->out, id);
}

void html_export(const struct pen *p, bool exported, uint64_t differs)
{
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(differs, id);
	if (exported) {
		buf_add_cstr(p->out, " \xc2\xb7 ");
		say(p, PHRASE_FACT_EXPORT_NOTE);
	}
	if (differs) {
		buf_add_cstr(p->out, " \xc2\xb7 ");
		SAY(p, PHRASE_FACT_DIFFERS, fill_text(str_from(id)));
	}
}

void html_message(const struct pen *p, uint64_t seq)
{
	if (p->served) {
		buf_add_cstr(p->out, "<a href=\"/message/");
		html_evidence(p, seq);
		buf_add_cstr(p->out, "\">");
	}
	html_evidence(p, seq);
	buf_add_cstr(p->out, p->served ? "</a>" : "");
}

void html_address(const struct pen *p, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '_';
		if (plain)
			buf_add_char(p->out, c);
		else
			buf_add_format(p->out, "%%%02x", (unsigned char)c);
	}
}

void html_english(const struct pen *p, struct str words)
{
	bool foreign = p->tongue != TONGUE_EN;
	buf_add_cstr(p->out, foreign ? "<span lang=\"en\">" : "");
	html_add(p->out, words);
	buf_add_cstr(p->out, foreign ? "</span>" : "");
}

void html_passage(const struct pen *p, const struct passage *passage)
{
	struct buf *out = p->out;
	struct str text = passage->text;
	size_t at = 0;
	/* whose language it is nobody knows; the reader's browser finds the direction */
	buf_add_cstr(out, "<blockquote lang=\"\" dir=\"auto\">");
	buf_add_cstr(out, passage->cut_before ? "\xe2\x80\xa6" : "");
	for (size_t i = 0; i < passage->mark_count; i++) {
		const struct passage_mark *m = &passage->marks[i];
		html_add(out, str_slice(text, at, m->start));
		buf_add_format(out, "<mark class=\"s%d\">", m->severity);
		html_add(out, str_slice(text, m->start, m->end));
		buf_add_cstr(out, "</mark>");
		at = m->end;
	}
	html_add(out, str_slice(text, at, text.len));
	buf_add_cstr(out, passage->cut_after ? "\xe2\x80\xa6" : "");
	buf_add_cstr(out, "</blockquote>");
}

#define PIECE_BYTES ((size_t)64 * 1024)

void html_pass_on(const struct pen *p)
{
	if (!p->sink || p->out->failed || p->out->len < PIECE_BYTES)
		return;
	p->sink->put(p->sink->context, INK_PLAIN, buf_str(p->out));
	buf_clear(p->out);
}
