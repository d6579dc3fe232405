/* The page on top of a bundle: its messages, and what the owner supplied, in order of time. */
#include "app/rulebook.h"
#include "app/store.h"
#include "config/config.h"
#include "export.h"
#include "output.h"
#include "report/timeline.h"
#include "report_make.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct page {
	struct invocation *in;
	const struct selection *chosen;
	struct arena arena;
	struct timeline_entry *entries;
	size_t count;
};

static struct str path_of(struct page *p, const char *folder, uint64_t seq, const char *extension)
{
	return arena_format(&p->arena, "%s/%06" PRIu64 ".%s", folder, seq, extension);
}

/* The first of what the sender wrote here and now, behind the subject. */
static int add_words(struct page *p, const struct indexed_message *m, struct timeline_entry *e,
	struct redaction *r, struct error *err)
{
	const struct text *t = &m->facts.text;
	struct buf own = {0}, words = {0};
	int result = r ? redaction_find(r, t->bytes, err) : 0;
	for (size_t i = 0; i < t->span_count && result >= 0; i++) {
		const struct span *s = &t->spans[i];
		if (s->kind != SPAN_NEW || s->part < 0 || s->hidden)
			continue;
		if (r)
			redaction_cover(r, t->bytes, s->start, s->end, &own);
		else
			buf_add_str(&own, str_slice(t->bytes, s->start, s->end));
		buf_add_char(&own, '\n');
	}
	e->cut = timeline_words(buf_str(&own), &words);
	e->words = arena_str(&p->arena, buf_str(&words));
	if (result >= 0 && (own.failed || words.failed || !e->words.ptr))
		result = error_memory(err);
	buf_finish(&own);
	buf_finish(&words);
	return result < 0 ? -1 : 0;
}

/* A header can be as long as a book; the words are copied. */
static int shorten(struct page *p, struct str *s, struct error *err)
{
	struct buf words = {0};
	if (timeline_words(*s, &words))
		buf_add_cstr(&words, "\xe2\x80\xa6");
	*s = arena_str(&p->arena, buf_str(&words));
	bool failed = words.failed || !s->ptr;
	buf_finish(&words);
	return failed ? error_memory(err) : 0;
}

static int fill(struct page *p, const struct indexed_message *m, struct timeline_entry *e,
	struct error *err)
{
	bool redacted = p->chosen->redaction && seqs_hold(&p->chosen->withheld, m->seq);
	struct redaction *r = redacted ? p->chosen->redaction : NULL;
	uint64_t differs = 0;
	if (index_differs(p->in->store->index, m->seq, &differs, err) < 0)
		return -1;
	*e = (struct timeline_entry){
		.evidence = m->seq,
		.kind = m->direction == DIRECTION_OUT ? TIMELINE_SENT : TIMELINE_RECEIVED,
		.at = report_local_time(p->in, m->clocks.at_us[m->clocks.used]),
		.clock_used = m->clocks.used,
		.clock_agreed = m->clocks.agreed,
		.exported = m->place.file.has_export,
		.differs = differs,
		.file = redacted ? path_of(p, "redacted", m->seq, "txt")
				 : path_of(p, "messages", m->seq, "eml"),
		.record = path_of(p, "records", m->seq, "txt"),
		.redacted = redacted,
		.sum = m->sum,
	};
	bool blank = seqs_hold(&p->chosen->doubtful, m->seq);
	if (!blank &&
		(export_covered(r, m->facts.from, &p->arena, &e->from, err) < 0 ||
			export_covered(r, m->facts.subject, &p->arena, &e->subject, err) < 0 ||
			add_words(p, m, e, r, err) < 0))
		return -1;
	if (shorten(p, &e->from, err) < 0 || shorten(p, &e->subject, err) < 0)
		return -1;
	return export_agreement_words(
		p->in, m->seq, p->chosen->tongue, &p->arena, &e->agreement, err);
}

static int add_message(struct page *p, uint64_t seq, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	int result = index_message(p->in->store->index, seq, &arena, &m, err);
	if (result > 0) {
		result = fill(p, &m, &p->entries[p->count++], err);
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result;
}

static int add_exhibit(struct page *p, uint64_t seq, struct error *err)
{
	struct indexed_exhibit x;
	struct buf words = {0};
	int result = index_exhibit(p->in->store->index, seq, &p->arena, &x, err);
	if (result <= 0)
		return result;
	struct timeline_entry *e = &p->entries[p->count++];
	*e = (struct timeline_entry){
		.evidence = seq,
		.kind = TIMELINE_SUPPLIED,
		.at = report_local_time(p->in, x.at_us),
		.subject = x.name,
		.file = x.name.ptr ? path_of(p, "attachments", seq, "bin") : (struct str){0},
		.record = path_of(p, "records", seq, "txt"),
		.sum = x.sum,
	};
	e->cut = timeline_words(x.note, &words);
	e->words = arena_str(&p->arena, buf_str(&words));
	bool failed = words.failed || !e->words.ptr;
	buf_finish(&words);
	return failed ? error_memory(err) : 0;
}

int export_page_write(const struct selection *s, struct buf *out, struct error *err)
{
	struct invocation *in = s->in;
	struct page p = {.in = in, .chosen = s};
	struct str owner;
	int result = 0;
	p.entries = calloc(s->messages.count + s->exhibits.count + 1, sizeof(*p.entries));
	if (!p.entries)
		result = error_memory(err);
	for (size_t i = 0; i < s->messages.count && !result; i++)
		result = add_message(&p, s->messages.items[i], err);
	for (size_t i = 0; i < s->exhibits.count && !result; i++)
		result = add_exhibit(&p, s->exhibits.items[i], err);
	if (!result)
		result = export_covered(
			s->redaction, in->book->config->me.name, &p.arena, &owner, err);
	if (!result) {
		qsort(p.entries, p.count, sizeof(*p.entries), timeline_order);
		const struct timeline_page t = {
			.tongue = s->tongue,
			.owner = owner,
			.zone = in->utc ? STR("UTC") : in->book->config->me.time_zone,
			.version = STR(OVERSTEP_VERSION),
			.filter = buf_str(&s->filter),
			.entries = p.entries,
			.count = p.count,
		};
		result = timeline_write(&t, out, err);
	}
	free(p.entries);
	arena_finish(&p.arena);
	return result;
}
