/* One message on the screen and as JSON, the same wherever it is shown. */
#include "message_output.h"

#include "base/clock.h"
#include "base/utf8.h"

enum color severity_color(int severity)
{
	static const enum color colors[] = {
		COLOR_PLAIN, COLOR_PLAIN, COLOR_YELLOW, COLOR_YELLOW, COLOR_RED};
	return severity >= 0 && severity <= 4 ? colors[severity] : COLOR_PLAIN;
}

static void write_time(
	const struct invocation *in, struct json_writer *w, const char *key, bool known, int64_t at)
{
	char text[TIME_TEXT_SIZE];
	if (known)
		format_time(in, at, text);
	json_cstr(w, key, known ? text : NULL);
}

static void write_clock(
	const struct invocation *in, const struct indexed_message *m, struct json_writer *w)
{
	const struct clocks *c = &m->clocks;
	static const enum clock_kind order[] = {
		CLOCK_DATE, CLOCK_RECEIVED, CLOCK_INTERNAL, CLOCK_SEEN};
	json_object(w, "clock");
	for (size_t i = 0; i < 4; i++)
		write_time(in, w, clock_kind_name(order[i]), c->has[order[i]], c->at_us[order[i]]);
	json_cstr(w, "used", clock_kind_name(c->used));
	json_cstr(w, "state", c->agreed ? "agreed" : "disputed");
	json_bool(w, "seconds_known", !m->facts.seconds_unknown);
	json_object_end(w);
}

void findings_write_json(
	struct json_writer *w, const struct indexed_finding *findings, size_t count)
{
	json_array(w, "findings");
	for (size_t i = 0; i < count; i++) {
		const struct finding *f = &findings[i].finding;
		json_object(w, NULL);
		json_str(w, "rule", f->rule);
		json_str(w, "rule_hash", f->rule_hash);
		json_cstr(w, "sign", sign_name(f->sign));
		json_int(w, "severity", f->severity);
		json_cstr(w, "status", rule_status_name(f->status));
		json_str(w, "text", f->text);
		if (f->has_range) {
			json_int(w, "start", (int64_t)f->start);
			json_int(w, "end", (int64_t)f->end);
		} else {
			json_null(w, "start");
			json_null(w, "end");
		}
		json_bool(w, "unsure", f->unsure);
		json_str(w, "why", f->why);
		json_str(w, "consent", f->consent);
		captured_write(w, &f->captured);
		json_cstr(w, "mark", findings[i].mark ? mark_name(findings[i].mark) : NULL);
		json_object_end(w);
	}
	json_array_end(w);
}

static void write_judgement(const struct indexed_message *m, struct json_writer *w)
{
	const struct judgement *j = &m->judgement;
	json_str(w, "author", j->author);
	json_cstr(w, "period", j->has_mine ? period_name(j->mine.period) : NULL);
	json_cstr(w, "client_period",
		!j->has_theirs              ? NULL
			: j->theirs_working ? "working"
					    : "outside");
	findings_write_json(w, m->findings, m->finding_count);
	json_bool(w, "examined", m->judged && j->examined == EXAMINED_YES);
	json_str(w, "not_examined", j->not_examined);
}

/* In a mailbox, or in a file: what the other one has is null. */
static void write_place(const struct place *p, struct json_writer *w)
{
	if (place_in_file(p)) {
		json_null(w, "uid");
		json_null(w, "uidvalidity");
		file_place_write(w, "file", &p->file);
		return;
	}
	json_int(w, "uid", p->uid);
	json_int(w, "uidvalidity", p->uidvalidity);
	json_null(w, "file");
}

void message_write_json(
	const struct invocation *in, const struct indexed_message *m, struct json_writer *w)
{
	char id[EVIDENCE_NAME_SIZE], sum[SHA256_HEX_SIZE];
	evidence_name(m->seq, id);
	sha256_hex(&m->sum, sum);
	json_cstr(w, "id", id);
	json_str(w, "client", m->client);
	json_array(w, "clients");
	for (size_t i = 0; i < m->clients.count; i++)
		json_str(w, NULL, m->clients.items[i]);
	json_array_end(w);
	json_cstr(w, "direction", direction_name(m->direction));
	json_str(w, "from", m->facts.from);
	json_str(w, "to", m->facts.to);
	json_str(w, "subject", m->facts.subject);
	json_str(w, "message_id", m->facts.message_id);
	json_str(w, "account", m->place.account);
	json_str(w, "folder", m->place.folder);
	write_place(&m->place, w);
	write_time(in, w, "sent_at", m->clocks.has[CLOCK_DATE], m->clocks.at_us[CLOCK_DATE]);
	write_time(in, w, "received_at", true, m->clocks.at_us[m->clocks.used]);
	write_clock(in, m, w);
	write_judgement(m, w);
	json_array(w, "tags");
	for (size_t i = 0; i < m->tags.count; i++)
		json_str(w, NULL, m->tags.items[i]);
	json_array_end(w);
	if (m->dkim_result.ptr) {
		json_object(w, "dkim");
		json_str(w, "result", m->dkim_result);
		json_str(w, "domain", m->dkim_domain);
		json_object_end(w);
	}
	json_cstr(w, "sha256", sum);
	json_int(w, "size_bytes", (int64_t)m->size_bytes);
}

/* The gravest severity of the findings that hold byte `at`, 0 for none; *next: where that may
 * change.
 */
static int severity_at(
	const struct indexed_finding *findings, size_t count, size_t at, size_t *next)
{
	int severity = 0;
	for (size_t i = 0; i < count; i++) {
		const struct finding *f = &findings[i].finding;
		if (!f->has_range)
			continue;
		if (f->start <= at && at < f->end && f->severity > severity)
			severity = f->severity;
		if (f->start > at && f->start < *next)
			*next = f->start;
		if (f->end > at && f->end < *next)
			*next = f->end;
	}
	return severity;
}

static void print_run(struct invocation *in, struct str words, int severity, bool own)
{
	struct buf visible = {0};
	utf8_add_visible(&visible, words, true);
	enum color color = severity >= 3 ? COLOR_RED
		: severity               ? COLOR_YELLOW
		: own                    ? COLOR_PLAIN
					 : COLOR_DIM;
	print_colored(in, color, "%s", buf_cstr(&visible));
	buf_finish(&visible);
}

/* Without colour the words are bracketed, so that a pipe shows them too: findings that overlap or
   touch share one pair. */
static void print_bracket(struct invocation *in, bool marked, bool *open)
{
	if (marked != *open && !in->color)
		print(in, marked ? "[" : "]");
	*open = marked;
}

void print_marked_text(struct invocation *in, const struct text *text,
	const struct indexed_finding *findings, size_t count)
{
	bool open = false;
	for (size_t i = 0; i < text->span_count; i++) {
		const struct span *span = &text->spans[i];
		for (size_t at = span->start; at < span->end;) {
			size_t next = span->end;
			int severity = severity_at(findings, count, at, &next);
			print_bracket(in, severity > 0, &open);
			print_run(in, str_slice(text->bytes, at, next), severity,
				span->kind == SPAN_NEW);
			at = next;
		}
	}
	print_bracket(in, false, &open);
	if (!text->bytes.len || text->bytes.ptr[text->bytes.len - 1] != '\n')
		print(in, "\n");
	if (text->cut)
		print_colored(in, COLOR_DIM, "[the text goes on; the rest was not examined]\n");
}

void print_marker(struct invocation *in, const struct finding *f)
{
	print_colored(in, COLOR_DIM, "context ");
	print(in, " %.*s  '", STR_ARG(f->rule));
	print_visible(in, f->text, false);
	print(in, "'\n");
}

static void print_line(struct invocation *in, const char *name, struct str words)
{
	if (!words.len)
		return;
	print(in, "         %s", name);
	print_visible(in, words, false);
	print(in, "\n");
}

void print_finding(struct invocation *in, const struct indexed_finding *f, bool why)
{
	const struct finding *x = &f->finding;
	print_colored(in, severity_color(x->severity), "%-8s", severity_name(x->severity));
	print(in, " %.*s", STR_ARG(x->rule));
	if (x->text.len) {
		print(in, "  '");
		print_visible(in, x->text, false);
		print(in, "'");
	}
	if (x->status == RULE_SHADOW)
		print(in, "  (shadow: never part of the risk)");
	if (x->unsure)
		print(in, "  (unsure whose words)");
	if (f->mark)
		print(in, "  (marked %s)", mark_name(f->mark));
	print(in, "\n");
	struct buf named = {0};
	captured_add_words(&x->captured, &named);
	print_line(in, "excepted: ", x->consent);
	print_line(in, "names ", buf_str(&named));
	buf_finish(&named);
	if (why)
		print_line(in, "", x->why);
	print_line(in, "note: ", f->note);
}
