/* Incidents as text: when, the words in their sentence, what matched, and the proof. */
#include "text.h"

#include "model/record.h"
#include "wording.h"

enum ink severity_ink(int severity)
{
	return severity >= 4 ? INK_BAD : severity == 3 ? INK_WARN : INK_BOLD;
}

#define QUOTE_INDENT 4

/* Brackets show the words where there is no colour. */
static void put_passage(const struct passage *p, const struct report_sink *sink)
{
	size_t at = 0, column = QUOTE_INDENT;
	put(sink, INK_DIM, "  | %s", p->cut_before ? "..." : "");
	column += p->cut_before ? 3 : 0;
	for (size_t i = 0; i < p->mark_count; i++) {
		const struct passage_mark *m = &p->marks[i];
		enum ink ink = severity_ink(m->severity);
		struct str before = str_slice(p->text, at, m->start);
		struct buf marked = {0};
		/* the space before the bracket goes with it, so that a line can break there */
		if (before.len && before.ptr[before.len - 1] == ' ') {
			before.len--;
			buf_add_char(&marked, ' ');
		}
		buf_add_char(&marked, '[');
		buf_add_str(&marked, str_slice(p->text, m->start, m->end));
		buf_add_char(&marked, ']');
		paragraph_add(sink, INK_PLAIN, before, QUOTE_INDENT, &column);
		paragraph_add(sink, ink, buf_str(&marked), QUOTE_INDENT, &column);
		buf_finish(&marked);
		at = m->end;
	}
	paragraph_add(sink, INK_PLAIN, str_slice(p->text, at, p->text.len), QUOTE_INDENT, &column);
	put(sink, INK_DIM, "%s\n", p->cut_after ? "..." : "");
}

static void put_remark(const struct report_sink *sink, const char *words)
{
	if (words)
		put(sink, INK_DIM, " (%s)", words);
}

static void put_more(const struct report_sink *sink, const char *name, struct str words)
{
	size_t column = QUOTE_INDENT;
	if (!words.len)
		return;
	put(sink, INK_DIM, "    %s", name);
	paragraph_add(sink, INK_DIM, words, QUOTE_INDENT, &column);
	put_str(sink, INK_PLAIN, STR("\n"));
}

static void put_finding(const struct incident_finding *f, const struct report_sink *sink)
{
	put(sink, INK_PLAIN, "  ");
	put(sink, severity_ink(f->severity), "%s", severity_name(f->severity));
	put(sink, INK_PLAIN, ", %s: matched rule ", sign_name(f->sign));
	put_visible(sink, INK_PLAIN, f->rule);
	put_remark(sink, f->status == RULE_SHADOW ? "shadow: never part of the figure" : NULL);
	put_remark(sink, f->unsure ? "unsure whose words these are" : NULL);
	put_remark(sink, mark_words(f->mark));
	put_str(sink, INK_PLAIN, STR("\n"));
	put_more(sink, "", reason_words(f));
	put_more(sink, "excepted: ", f->consent);
	put_more(sink, "names ", f->named);
	put_more(sink, "note: ", f->note);
}

static void put_sender(const struct incident *x, const struct report_sink *sink)
{
	struct buf line = {0};
	size_t column = 2;
	if (x->direction == DIRECTION_OUT)
		buf_add_cstr(&line, "my own words, ");
	buf_add_str(&line, x->from);
	buf_add_cstr(&line, ": ");
	buf_add_str(&line, x->subject.len ? x->subject : STR("(no subject)"));
	put(sink, INK_PLAIN, "  ");
	paragraph_add(sink, INK_DIM, buf_str(&line), 2, &column);
	put_str(sink, INK_PLAIN, STR("\n"));
	buf_finish(&line);
}

static void put_members(const struct incident *x, const struct report_sink *sink)
{
	struct buf line = {0};
	size_t column = 2;
	buf_add_cstr(&line, "made of ");
	for (size_t i = 0; i < x->member_count; i++) {
		char id[EVIDENCE_NAME_SIZE];
		evidence_name(x->members[i].evidence, id);
		buf_add_format(&line, "%s%s (", i ? ", " : "", id);
		add_date(&line, x->members[i].at);
		buf_add_char(&line, ')');
	}
	put(sink, INK_PLAIN, "  ");
	paragraph_add(sink, INK_DIM, buf_str(&line), 2, &column);
	put_str(sink, INK_PLAIN, STR("\n"));
	buf_finish(&line);
}

static void put_proof(const struct incident *x, const struct report_sink *sink)
{
	char sum[SHA256_HEX_SIZE];
	sha256_hex(&x->sum, sum);
	if (x->member_count)
		put(sink, INK_DIM, "  %s\n", dating_words(x->absence));
	else
		put(sink, INK_DIM, "  clock: %s; SHA-256 %s\n",
			clock_words(x->clock_used, x->clock_agreed), sum);
}

static void put_incident(const struct incident *x, const struct report_sink *sink)
{
	char id[EVIDENCE_NAME_SIZE];
	struct buf at = {0};
	evidence_name(x->evidence, id);
	add_time_zone(&at, x->at);
	put(sink, INK_BOLD, "\n%s %s", weekday_of(x->at), buf_cstr(&at));
	put(sink, INK_PLAIN, "  %s%s%s\n", id, x->has_period ? "  " : "",
		x->has_period ? period_name(x->period) : "");
	if (x->member_count)
		put_members(x, sink);
	else
		put_sender(x, sink);
	for (size_t i = 0; i < x->passage_count; i++)
		put_passage(&x->passages[i], sink);
	for (size_t i = 0; i < x->finding_count; i++)
		put_finding(&x->findings[i], sink);
	put_proof(x, sink);
	buf_finish(&at);
}

void text_incidents(const struct incident *all, size_t count, const struct report_sink *sink)
{
	for (size_t i = 0; i < count; i++)
		put_incident(&all[i], sink);
}
