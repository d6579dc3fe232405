/* What is known of a message beside its words: who and when, its clocks, its proof. */
#include "message_facts.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "base/array.h"
#include "base/clock.h"
#include "clock_reason.h"
#include "model/platform.h"
#include "output.h"
#include "report/words.h"
#include "report_client.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>

/* Adds lines; that memory has run out is looked at in the end. */
struct writer {
	struct message_facts *facts;
	enum message_fact_group group;
	enum tongue tongue;
	bool failed;
};

/* Nothing for an empty value. note: PHRASE_COUNT for none. */
static void add(struct writer *w, enum phrase name, struct str value, enum phrase note)
{
	struct message_facts *f = w->facts;
	if (!value.len)
		return;
	if (array_room(&f->lines, f->count, &f->cap, sizeof(*f->lines)) < 0) {
		w->failed = true;
		return;
	}
	f->lines[f->count++] = (struct message_fact){
		.group = w->group,
		.name = str_from(phrase_text(w->tongue, name)),
		.value = value,
		.note = str_from(note < PHRASE_COUNT ? phrase_text(w->tongue, note) : NULL),
	};
}

static struct str keep(struct writer *w, struct buf *words)
{
	struct str kept = arena_str(&w->facts->arena, buf_str(words));
	w->failed |= words->failed || !kept.ptr;
	buf_finish(words);
	return kept;
}

static struct str say_kept(
	struct writer *w, enum phrase value, const struct fill *fills, size_t count)
{
	struct buf words = {0};
	say_with(&(const struct pen){.out = &words, .tongue = w->tongue}, value, fills, count);
	return keep(w, &words);
}

#define ADD_SAID(w, name, note, phrase, ...)                                                       \
	add(w, name,                                                                               \
		say_kept(w, phrase, (const struct fill[]){__VA_ARGS__},                            \
			sizeof((const struct fill[]){__VA_ARGS__}) / sizeof(struct fill)),         \
		note)

static void add_time(const struct invocation *in, struct writer *w, enum phrase name, int64_t at_us,
	enum phrase note)
{
	char at[TIME_TEXT_SIZE];
	format_time(in, at_us, at);
	ADD_SAID(w, name, note, PHRASE_FACT_PLAIN, fill_text(str_from(at)));
}

/* As it is recorded, or the same in the language of the page. */
static struct str moment_words(struct writer *w, const struct told_moment *told)
{
	struct buf words = {0};
	if (w->tongue == TONGUE_EN)
		return str_from(told->moment.why);
	say_moment(&(const struct pen){.out = &words, .tongue = w->tongue}, told);
	return keep(w, &words);
}

static void add_moment(
	const struct invocation *in, const struct indexed_message *m, struct writer *w)
{
	size_t author = rulebook_client(in->book, m->judgement.author);
	if (!m->judgement.has_mine)
		return;
	const struct told_moment told = told_moment_make(&m->judgement.mine,
		m->clocks.at_us[m->clocks.used], rulebook_hours(in->book, author));
	ADD_SAID(w, PHRASE_FACT_MOMENT, PHRASE_COUNT, PHRASE_FACT_PLAIN,
		fill_text(moment_words(w, &told)));
}

/* By the number of the record that keeps it, or by its sum. */
static struct str export_words(struct writer *w, const struct indexed_difference *d)
{
	char record[EVIDENCE_NAME_SIZE], sum[SHA256_HEX_SIZE];
	evidence_name(d->export_seq, record);
	sha256_hex(&d->export, sum);
	const struct fill fills[] = {
		fill_text(str_from(d->export_seq ? record : sum)), fill_text(d->export_name)};
	return say_kept(
		w, d->export_seq ? PHRASE_FACT_EXPORT_KEPT : PHRASE_FACT_EXPORT_NOT_KEPT, fills, 2);
}

static int add_differences(const struct invocation *in, const struct indexed_message *m,
	struct writer *w, struct error *err)
{
	struct indexed_difference *all = NULL;
	size_t count = 0;
	if (index_differences(in->store->index, m->seq, &w->facts->arena, &all, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const struct indexed_difference *d = &all[i];
		bool later = d->of == m->seq;
		char other[EVIDENCE_NAME_SIZE], record[EVIDENCE_NAME_SIZE];
		evidence_name(later ? d->now : d->of, other);
		evidence_name(d->seq, record);
		ADD_SAID(w, PHRASE_FACT_EXPORT, PHRASE_COUNT,
			!later           ? PHRASE_FACT_STOOD_OTHERWISE
				: d->now ? PHRASE_FACT_CHANGED
					 : PHRASE_FACT_VANISHED,
			fill_text(export_words(w, d)), fill_text(str_from(other)),
			fill_text(str_from(record)));
	}
	return 0;
}

static void add_head(const struct invocation *in, const struct indexed_message *m, struct writer *w)
{
	add(w, PHRASE_FACT_FROM, m->facts.from, PHRASE_COUNT);
	add(w, PHRASE_FACT_TO, m->facts.to, PHRASE_COUNT);
	add(w, PHRASE_FACT_CC, m->facts.cc, PHRASE_COUNT);
	add(w, PHRASE_FACT_SUBJECT, m->facts.subject, PHRASE_COUNT);
	add_time(in, w, PHRASE_FACT_RECEIVED, m->clocks.at_us[m->clocks.used], PHRASE_COUNT);
	add_moment(in, m, w);
	add(w, PHRASE_FACT_AUTOMATIC, m->facts.automatic, PHRASE_COUNT);
	for (size_t i = 0; i < m->facts.attachment_count; i++) {
		const struct attachment *a = &m->facts.attachments[i];
		add(w, PHRASE_FACT_ATTACHED, a->name.len ? a->name : a->type, PHRASE_COUNT);
	}
	for (size_t i = 0; i < m->tags.count; i++)
		add(w, PHRASE_FACT_MARKED, m->tags.items[i], PHRASE_COUNT);
}

/* Of a chat, the export says it. */
static enum phrase date_meaning(const struct indexed_message *m)
{
	if (!m->place.file.has_export)
		return PHRASE_FACT_CLOCK_DATE_NOTE;
	return m->facts.seconds_unknown ? PHRASE_FACT_EXPORT_MINUTE : PHRASE_FACT_EXPORT_DATE;
}

/* Of the client's hours the record has the words alone. */
static struct str their_words(
	const struct invocation *in, const struct indexed_message *m, struct writer *w)
{
	const struct worktime *hours = report_client_hours(in, m->client);
	struct told_moment told = {.whole = true};
	if (!hours || w->tongue == TONGUE_EN)
		return m->judgement.theirs_why;
	worktime_at(hours, m->clocks.at_us[m->clocks.used], &told.moment);
	told.zone = zone_name(worktime_zone(hours));
	return str_eq(str_from(told.moment.why), m->judgement.theirs_why) ? moment_words(w, &told)
									  : m->judgement.theirs_why;
}

static void add_clocks(
	const struct invocation *in, const struct indexed_message *m, struct writer *w)
{
	for (int k = 0; k < 4; k++) {
		enum phrase name = PHRASE_FACT_CLOCK_RECEIVED + (enum phrase)k,
			    note = k == CLOCK_DATE
			? date_meaning(m)
			: PHRASE_FACT_CLOCK_RECEIVED_NOTE + (enum phrase)k;
		if (m->clocks.has[k])
			add_time(in, w, name, m->clocks.at_us[k], note);
		else
			add(w, name, STR("-"), note);
	}
	if (m->judgement.has_theirs)
		ADD_SAID(w, PHRASE_FACT_THEIR_ZONE, PHRASE_COUNT, PHRASE_FACT_THEIRS,
			fill_phrase(m->judgement.theirs_working ? PHRASE_PERIOD_WORKING
								: PHRASE_PERIOD_OUTSIDE),
			fill_text(their_words(in, m, w)));
}

/* A platform signs all that it sends; whoever writes in its name cannot. */
static void add_doubt(const struct indexed_message *m, struct writer *w)
{
	size_t open;
	struct str mail = m->facts.from;
	if (str_rfind_char(mail, '<', &open) && str_ends(mail, STR(">")))
		mail = str_slice(mail, open + 1, mail.len - 1);
	const struct platform *platform = platform_of_mail(mail);
	bool waits = m->facts.is_signed && !m->dkim_result.ptr;
	if (!platform || waits ||
		(str_eq(m->dkim_result, STR("pass")) &&
			platform_has_domain(platform, m->dkim_domain)))
		return;
	ADD_SAID(w, PHRASE_FACT_DOUBTFUL, PHRASE_COUNT, PHRASE_FACT_CLAIMS,
		fill_text(platform->name), fill_text(platform->domain));
}

static void add_sum(struct writer *w, enum phrase name, const struct sha256 *sum, enum phrase note,
	enum phrase value, struct fill behind)
{
	char hex[SHA256_HEX_SIZE];
	sha256_hex(sum, hex);
	ADD_SAID(w, name, note, value, fill_text(str_from(hex)), behind);
}

/* What only imported messages have: the file, and what it was there. */
static void add_file(const struct file_place *f, struct writer *w)
{
	const struct str none = STR("-");
	enum phrase note =
		str_eq(f->format, STR("whatsapp")) ? PHRASE_FACT_FILE_NOTE : PHRASE_COUNT;
	ADD_SAID(w, PHRASE_FACT_FILE, f->size_bytes ? note : PHRASE_COUNT,
		f->size_bytes ? PHRASE_FACT_BYTES_IN_FILE : PHRASE_FACT_IN_FILE, fill_text(f->name),
		fill_text(f->format), fill_number((int64_t)f->number),
		fill_number((int64_t)f->start), fill_number((int64_t)(f->start + f->size_bytes)));
	add_sum(w, PHRASE_FACT_FOUND_AS, &f->sum, PHRASE_COUNT, PHRASE_FACT_LINE_ENDS,
		fill_text(str_from(line_ends_name(f->line_ends))));
	if (!f->has_export)
		return;
	add_sum(w, PHRASE_FACT_EXPORT, &f->export, PHRASE_FACT_EXPORT_NOTE, PHRASE_FACT_PLAIN,
		fill_text(none));
	if (f->zone.len || f->locale.len)
		ADD_SAID(w, PHRASE_FACT_READ_BY, PHRASE_COUNT, PHRASE_FACT_ZONE_LOCALE,
			fill_text(f->zone.len ? f->zone : none),
			fill_text(f->locale.len ? f->locale : none));
}

static void add_place(const struct place *p, struct writer *w)
{
	ADD_SAID(w, PHRASE_FACT_PLACE, PHRASE_COUNT,
		place_in_file(p) ? PHRASE_FACT_IN_CONVERSATION : PHRASE_FACT_IN_FOLDER,
		fill_text(p->account), fill_text(p->folder), fill_number(p->uidvalidity),
		fill_number(p->uid));
	if (place_in_file(p))
		add_file(&p->file, w);
}

static void add_signature(const struct indexed_message *m, struct writer *w)
{
	char record[EVIDENCE_NAME_SIZE];
	evidence_name(m->dkim_seq, record);
	if (m->dkim_result.ptr)
		ADD_SAID(w, PHRASE_FACT_DKIM, PHRASE_COUNT,
			m->dkim_domain.len ? PHRASE_FACT_SIGNED_BY : PHRASE_FACT_SIGNED,
			fill_text(m->dkim_result), fill_text(str_from(record)),
			fill_text(m->dkim_domain));
	add_doubt(m, w);
}

static void add_proof(const struct indexed_message *m, struct writer *w)
{
	char id[EVIDENCE_NAME_SIZE], findings[EVIDENCE_NAME_SIZE], rules[EVIDENCE_NAME_SIZE];
	evidence_name(m->seq, id);
	evidence_name(m->findings_seq, findings);
	evidence_name(m->rules_seq, rules);
	add_sum(w, PHRASE_FACT_SHA256, &m->sum, PHRASE_COUNT, PHRASE_FACT_OCTETS,
		fill_number((int64_t)m->size_bytes));
	add_place(&m->place, w);
	ADD_SAID(w, PHRASE_FACT_NUMBER, PHRASE_COUNT, PHRASE_FACT_OF_PEER,
		fill_number((int64_t)m->peer_number), fill_text(m->client));
	if (m->judged)
		ADD_SAID(w, PHRASE_FACT_JUDGED, PHRASE_COUNT, PHRASE_FACT_JUDGED_IN,
			fill_text(str_from(findings)), fill_text(str_from(rules)));
	add_signature(m, w);
	struct str command =
		arena_format(&w->facts->arena, "overstep show %s --raw | sha256sum", id);
	w->failed |= !command.ptr;
	add(w, PHRASE_FACT_CHECK, command, PHRASE_COUNT);
}

int message_facts_make(const struct invocation *in, enum tongue tongue,
	const struct indexed_message *m, struct message_facts *out, struct error *err)
{
	struct writer w = {.facts = out, .group = FACTS_HEAD, .tongue = tongue};
	add_head(in, m, &w);
	if (add_differences(in, m, &w, err) < 0)
		return -1;
	w.group = FACTS_CLOCKS;
	add_clocks(in, m, &w);
	w.group = FACTS_PROOF;
	add_proof(m, &w);
	return w.failed ? error_memory(err) : 0;
}

void message_facts_finish(struct message_facts *f)
{
	free(f->lines);
	arena_finish(&f->arena);
}

void message_verdict(const struct indexed_message *m, const struct pen *pen)
{
	if (!m->judged)
		say(pen, PHRASE_VERDICT_NOT_JUDGED);
	else if (m->judgement.examined != EXAMINED_YES)
		SAY(pen, PHRASE_VERDICT_NOT_EXAMINED, fill_text(m->judgement.not_examined));
	else if (m->direction == DIRECTION_IN && !m->judgement.author.ptr)
		say(pen, PHRASE_VERDICT_NO_CLIENT);
	else if (!m->finding_count)
		say(pen, PHRASE_VERDICT_NOTHING);
}
