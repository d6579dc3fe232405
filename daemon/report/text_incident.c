/* Incidents as text: when, the words in their sentence, what matched, and the proof. */
#include "text.h"

#include "base/clock.h"
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

static void put_remark(const struct paper *p, bool holds, enum phrase words)
{
	if (!holds)
		return;
	put(p->sink, INK_DIM, " (");
	text_say(p, INK_DIM, words, NULL, 0);
	put(p->sink, INK_DIM, ")");
}

/* A line of its own below a finding; name may be PHRASE_COUNT, for none. */
static void put_more(const struct paper *p, enum phrase name, struct str words)
{
	struct buf line = {0};
	const struct pen pen = {.out = &line, .tongue = p->tongue};
	size_t column = QUOTE_INDENT;
	if (!words.len)
		return;
	if (name != PHRASE_COUNT) {
		say(&pen, name);
		buf_add_char(&line, ' ');
	}
	buf_add_str(&line, words);
	put(p->sink, INK_DIM, "%*s", QUOTE_INDENT, "");
	paragraph_add(p->sink, INK_DIM, buf_str(&line), QUOTE_INDENT, &column);
	put(p->sink, INK_PLAIN, "\n");
	buf_finish(&line);
}

static void put_reason(const struct paper *p, const struct incident_finding *f)
{
	struct buf words = {0};
	say_reason(&(const struct pen){.out = &words, .tongue = p->tongue}, f);
	put_more(p, PHRASE_COUNT, buf_str(&words));
	buf_finish(&words);
}

static void put_finding(const struct paper *p, const struct incident_finding *f)
{
	put(p->sink, INK_PLAIN, "  ");
	text_say(p, severity_ink(f->severity), phrase_of_severity(f->severity), NULL, 0);
	put(p->sink, INK_PLAIN, ", ");
	text_say(p, INK_PLAIN, phrase_of_sign(f->sign), NULL, 0);
	text_mark(p, INK_PLAIN, ':');
	text_say(p, INK_PLAIN, PHRASE_MATCHED_RULE_LOW, NULL, 0);
	put(p->sink, INK_PLAIN, " ");
	put_visible(p->sink, INK_PLAIN, f->rule);
	put_remark(p, f->status == RULE_SHADOW, PHRASE_SHADOW);
	put_remark(p, f->unsure, PHRASE_UNSURE);
	put_remark(p, f->mark != MARK_NONE, phrase_of_mark(f->mark));
	put(p->sink, INK_PLAIN, "\n");
	put_reason(p, f);
	put_more(p, PHRASE_EXCEPTED, f->consent);
	put_more(p, PHRASE_NAMES, f->named);
	put_more(p, PHRASE_NOTE, f->note);
}

static void put_line(const struct paper *p, struct buf *line)
{
	size_t column = 2;
	put(p->sink, INK_PLAIN, "  ");
	paragraph_add(p->sink, INK_DIM, buf_str(line), 2, &column);
	put(p->sink, INK_PLAIN, "\n");
	buf_finish(line);
}

static void put_sender(const struct paper *p, const struct incident *x)
{
	struct buf line = {0};
	const struct pen pen = {.out = &line, .tongue = p->tongue};
	if (x->direction == DIRECTION_OUT) {
		say(&pen, PHRASE_MY_OWN_WORDS);
		buf_add_cstr(&line, ", ");
	}
	buf_add_str(&line, x->from);
	say_mark(&pen, ':');
	say_fill(&pen, x->subject.len ? fill_text(x->subject) : fill_phrase(PHRASE_NO_SUBJECT));
	put_line(p, &line);
}

static void put_members(const struct paper *p, const struct incident *x)
{
	struct buf line = {0};
	const struct pen pen = {.out = &line, .tongue = p->tongue};
	say(&pen, PHRASE_MADE_OF);
	for (size_t i = 0; i < x->member_count; i++) {
		char id[EVIDENCE_NAME_SIZE];
		evidence_name(x->members[i].evidence, id);
		buf_add_format(&line, "%s%s (", i ? ", " : " ", id);
		say_fill(&pen, fill_date(x->members[i].at));
		buf_add_char(&line, ')');
	}
	put_line(p, &line);
}

static void put_proof(const struct paper *p, const struct incident *x)
{
	static const enum phrase states[] = {
		[OCTETS_CANNOT_TELL] = PHRASE_CANNOT_TELL,
		[OCTETS_VERIFIED] = PHRASE_VERIFIED,
		[OCTETS_ALTERED] = PHRASE_ALTERED,
	};
	char sum[SHA256_HEX_SIZE], record[EVIDENCE_NAME_SIZE];
	put(p->sink, INK_DIM, "  ");
	if (x->member_count) {
		text_say(p, INK_DIM, phrase_of_dating(x->absence), NULL, 0);
		put(p->sink, INK_PLAIN, "\n");
		return;
	}
	sha256_hex(&x->sum, sum);
	TEXT_SAY(p, INK_DIM, PHRASE_CLOCK,
		fill_phrase(phrase_of_clock(x->clock_used, x->clock_agreed)));
	text_mark(p, INK_DIM, ';');
	if (x->exported) {
		text_say(p, INK_DIM, PHRASE_FACT_EXPORT_NOTE, NULL, 0);
		text_mark(p, INK_DIM, ';');
	}
	if (x->differs) {
		evidence_name(x->differs, record);
		TEXT_SAY(p, INK_DIM, PHRASE_FACT_DIFFERS, fill_text(str_from(record)));
		text_mark(p, INK_DIM, ';');
	}
	text_say(p, x->octets == OCTETS_ALTERED ? INK_BAD : INK_DIM, states[x->octets], NULL, 0);
	text_mark(p, INK_DIM, ';');
	put(p->sink, INK_DIM, "SHA-256 %s\n", sum);
}

static void put_incident(const struct paper *p, const struct incident *x)
{
	char id[EVIDENCE_NAME_SIZE];
	evidence_name(x->evidence, id);
	put(p->sink, INK_PLAIN, "\n");
	text_say(p, INK_BOLD,
		phrase_of_weekday(date_weekday(date_of_instant(x->at.at_us, x->at.offset_min))),
		NULL, 0);
	put(p->sink, INK_BOLD, " ");
	text_fill(p, INK_BOLD, fill_zoned(x->at));
	put(p->sink, INK_PLAIN, "  %s", id);
	if (x->has_period) {
		put(p->sink, INK_PLAIN, "  ");
		text_say(p, INK_PLAIN, phrase_of_period(x->period), NULL, 0);
	}
	put(p->sink, INK_PLAIN, "\n");
	if (x->member_count)
		put_members(p, x);
	else
		put_sender(p, x);
	for (size_t i = 0; i < x->passage_count; i++)
		put_passage(&x->passages[i], p->sink);
	for (size_t i = 0; i < x->finding_count; i++)
		put_finding(p, &x->findings[i]);
	put_proof(p, x);
}

void text_incidents(const struct paper *p, const struct incident *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_incident(p, &all[i]);
}
