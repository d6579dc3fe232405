/* The report of one client or all, made from the archive's index. */
#include "report_make.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "assess.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "clock_reason.h"
#include "config/config.h"
#include "coverage.h"
#include "report/words.h"
#include "report_client.h"
#include "report_decision.h"
#include "rules/titles.h"
#include "which_client.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct report_time report_local_time(const struct invocation *in, int64_t at_us)
{
	struct zone_time local;
	if (in->utc)
		return (struct report_time){at_us, 0, true};
	zone_local(worktime_zone(in->book->mine), at_us, &local);
	return (struct report_time){at_us, local.offset_s / 60, false};
}

/* Words of the client's own that say sorry; NULL: none. */
static const struct finding *apology_of(const struct indexed_message *m)
{
	for (size_t i = 0; i < m->marker_count && m->direction == DIRECTION_IN; i++)
		if (m->markers[i].sign == SIGN_APOLOGY)
			return &m->markers[i];
	return NULL;
}

static struct report_finding report_finding_make(
	const struct rule_titles *titles, const struct finding *f, enum mark mark, struct str note)
{
	return (struct report_finding){
		f, mark, note, rule_titles_find(titles, f->rule, finding_reason(f->rule, f->why))};
}

static int add_message(struct invocation *in, const struct indexed_message *m,
	const struct zone *theirs, struct report_client *c, struct error *err)
{
	struct zone_time their_time = {0};
	struct clock_reason clock;
	const struct rule_titles *titles;
	uint64_t differs = 0;
	if (rulebook_titles(in->book, &titles, err) < 0 ||
		index_differs(in->store->index, m->seq, &differs, err) < 0)
		return -1;
	struct report_finding *findings = calloc(m->finding_count + 1, sizeof(*findings));
	if (!findings)
		return error_memory(err);
	for (size_t i = 0; i < m->finding_count; i++)
		findings[i] = report_finding_make(
			titles, &m->findings[i].finding, m->findings[i].mark, m->findings[i].note);
	bool third_party =
		m->judged && m->direction == DIRECTION_IN && !str_eq(m->judgement.author, c->id);
	if (theirs)
		zone_local(theirs, m->clocks.at_us[m->clocks.used], &their_time);
	const struct report_message message = {
		.evidence = m->seq,
		.direction = m->direction,
		.third_party = third_party,
		.at = report_local_time(in, m->clocks.at_us[m->clocks.used]),
		.clock_used = m->clocks.used,
		.clock_agreed = m->clocks.agreed,
		.exported = m->place.file.has_export,
		.differs = differs,
		.from = m->facts.from,
		.subject = m->facts.subject,
		.text = &m->facts.text,
		.judgement = m->judged ? &m->judgement : NULL,
		.findings = findings,
		.finding_count = third_party ? 0 : m->finding_count,
		.clock = clock_reason_make(in, m, &clock) ? &clock : NULL,
		.apology = apology_of(m),
		.has_theirs = theirs != NULL,
		.their_weekday = their_time.weekday,
		.their_hour = their_time.hour,
		.signer = str_eq(m->dkim_result, STR("pass")) ? m->dkim_domain : (struct str){0},
		.sum = m->sum,
	};
	int result = report_add_message(c, &message, err);
	free(findings);
	return result;
}

/* Message by message, so that memory holds one of them and what the report keeps. */
static int add_messages(
	struct invocation *in, int64_t at_us, struct report_client *c, struct error *err)
{
	const struct zone *theirs = report_client_zone(in, c->id);
	struct cursor *cursor = NULL;
	const struct indexed_message *m;
	int more = 0;
	int result = index_client_messages(in->store->index, c->id, at_us, &cursor, err);
	while (!result && (more = cursor_next(cursor, &m, err)) == 1) {
		result = add_message(in, m, theirs, c, err);
		if (!result)
			result = report_decision_message(in, m, c, err);
	}
	cursor_close(cursor);
	return result < 0 || more < 0 ? -1 : 0;
}

/* 1, 0 the message is here no longer, -1. */
static int fill_member(
	struct invocation *in, uint64_t seq, struct report_member *out, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	int result = index_message(in->store->index, seq, &arena, &m, err);
	if (result > 0) {
		*out = (struct report_member){
			seq, report_local_time(in, m.clocks.at_us[m.clocks.used])};
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result;
}

static int add_sequence(struct invocation *in, const struct indexed_sequence *s,
	struct arena *arena, struct report_client *c, struct error *err)
{
	struct report_member *members = arena_array(arena, s->found.member_count, sizeof(*members));
	const struct rule_titles *titles;
	if (!members)
		return error_memory(err);
	if (rulebook_titles(in->book, &titles, err) < 0)
		return -1;
	struct report_sequence sequence = {
		.evidence = s->seq,
		.at = report_local_time(in, s->found.at_us),
		.absence = s->found.absence,
		.finding = report_finding_make(titles, &s->found.finding, s->mark, s->note),
		.members = members,
	};
	for (size_t i = 0; i < s->found.member_count; i++) {
		int result =
			fill_member(in, s->found.members[i], &members[sequence.member_count], err);
		if (result < 0)
			return -1;
		sequence.member_count += (size_t)result;
	}
	return report_add_sequence(c, &sequence, err);
}

static int add_sequences(
	struct invocation *in, int64_t at_us, struct report_client *c, struct error *err)
{
	struct arena arena = {0};
	struct indexed_sequence *all;
	size_t count = 0;
	int result = index_sequences(in->store->index, c->id, &arena, &all, &count, err);
	for (size_t i = 0; i < count && !result; i++)
		if (all[i].found.at_us <= at_us)
			result = add_sequence(in, &all[i], &arena, c, err);
	arena_finish(&arena);
	return result;
}

static int add_exhibits(
	struct invocation *in, int64_t at_us, struct report_client *c, struct error *err)
{
	struct arena arena = {0};
	struct indexed_exhibit *all = NULL;
	size_t count = 0;
	int result =
		index_exhibits(in->store->index, c->id, (struct str){0}, &arena, &all, &count, err);
	for (size_t i = 0; i < count && !result; i++) {
		const struct report_exhibit e = {
			.evidence = all[i].seq,
			.at = report_local_time(in, all[i].at_us),
			.name = all[i].name,
			.note = all[i].note,
			.sum = all[i].sum,
		};
		if (all[i].at_us <= at_us)
			result = report_add_exhibit(c, &e, err);
	}
	arena_finish(&arena);
	return result;
}

static int add_client(struct invocation *in, int64_t at_us, struct assessment *a, struct report *r,
	struct error *err)
{
	struct report_client *c = report_add_client(r, a->client, a->name);
	if (!c)
		return error_memory(err);
	/* the report owns the lines from here on */
	c->risk = a->risk;
	risk_init(&a->risk);
	c->trend = a->trend;
	if (report_client_begin(in, at_us, a, c, err) < 0 ||
		report_decision_begin(in, at_us, c, err) < 0 ||
		add_messages(in, at_us, c, err) < 0 || add_sequences(in, at_us, c, err) < 0 ||
		add_exhibits(in, at_us, c, err) < 0)
		return -1;
	if (report_client_end(c, err) < 0 || decision_end(c, err) < 0)
		return -1;
	report_client_check(in, c);
	return 0;
}

static enum assess_lines lines_of(const struct report *r)
{
	return r->most_incidents ? ASSESS_PAGE : ASSESS_ALL;
}

static int add_all(struct invocation *in, int64_t at_us, struct report *r, struct error *err)
{
	struct assessment *all;
	size_t count;
	int result = 0;
	if (assess_all(in, at_us, lines_of(r), &all, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count && !result; i++)
		result = add_client(in, at_us, &all[i], r, err);
	assessments_free(all, count);
	return result;
}

static int add_one(
	struct invocation *in, struct str word, int64_t at_us, struct report *r, struct error *err)
{
	struct assessment a;
	struct str client;
	if (client_named(in, word, &r->arena, &client, err) < 0 ||
		assess(in, client, at_us, lines_of(r), &a, err) < 0)
		return -1;
	int result = add_client(in, at_us, &a, r, err);
	assessment_finish(&a);
	return result;
}

/* From the first message that is shown. */
static int add_coverage(struct invocation *in, int64_t at_us, struct report *r, struct error *err)
{
	struct coverage_plan plan = {
		.client = r->overview ? (struct str){0} : r->clients[0].id, .until_us = at_us};
	struct coverage_line *lines = NULL;
	bool any = false;
	for (size_t i = 0; i < r->client_count; i++) {
		const struct report_client *c = &r->clients[i];
		if (c->messages && (!any || c->first.at_us < plan.from_us))
			plan.from_us = c->first.at_us;
		any |= c->messages > 0;
	}
	int result = any ? coverage_make(in, in->store->index, &plan, &r->arena, &lines,
				   &r->coverage_count, err)
			 : 0;
	r->coverage = lines;
	return result;
}

int report_tongue(const struct invocation *in, enum tongue *out, struct error *err)
{
	const char *code = option(in, "lang");
	enum tongue tongue = in->book->config->me.tongue;
	if (code && !tongue_parse(str_from(code), &tongue))
		return error_set(
			err, ERROR_USAGE, "unknown language '%s', expected en, sv or fr", code);
	*out = tongue;
	return 0;
}

/* Absent: out of memory. */
static struct str zone_words(const struct invocation *in, enum tongue tongue, struct arena *arena)
{
	struct str zone = in->book->config->me.time_zone;
	struct buf words = {0};
	if (!in->utc)
		return zone;
	SAY(&((const struct pen){.out = &words, .tongue = tongue}), PHRASE_ZONE_UTC,
		fill_text(zone));
	struct str kept = words.failed ? (struct str){0} : arena_str(arena, buf_str(&words));
	buf_finish(&words);
	return kept;
}

int report_make(struct invocation *in, const char *client, int64_t at_us, enum tongue tongue,
	bool page, struct report *out, struct error *err)
{
	const struct me *me = &in->book->config->me;
	report_init(out);
	out->as_of = report_local_time(in, at_us);
	out->owner = me->name;
	out->zone = zone_words(in, tongue, &out->arena);
	out->version = STR(OVERSTEP_VERSION);
	out->tongue = tongue;
	out->overview = !client;
	out->most_incidents = page ? LIMIT_REPORT_INCIDENTS + LIMIT_REPORT_LINES : 0;
	int result = client ? add_one(in, str_from(client), at_us, out, err)
			    : add_all(in, at_us, out, err);
	if (!result)
		result = add_coverage(in, at_us, out, err);
	if (result < 0)
		report_finish(out);
	return result;
}

int report_make_message(struct invocation *in, const struct indexed_message *m, struct report *out,
	struct error *err)
{
	report_init(out);
	struct report_client *c = report_add_client(out, m->client, m->client);
	int result = c ? add_message(in, m, report_client_zone(in, m->client), c, err)
		       : error_memory(err);
	if (!result)
		result = report_client_end(c, err);
	if (!result)
		report_client_check(in, c);
	else
		report_finish(out);
	return result;
}

int report_make_sequence(struct invocation *in, const struct indexed_sequence *s,
	struct report *out, struct error *err)
{
	report_init(out);
	struct report_client *c = report_add_client(out, s->client, s->client);
	int result = c ? add_sequence(in, s, &out->arena, c, err) : error_memory(err);
	if (!result)
		result = report_client_end(c, err);
	if (result < 0)
		report_finish(out);
	return result;
}

/* Where a report goes, piece by piece; without a file to the output. */
struct outlet {
	struct invocation *in;
	struct file_out *file;
	struct error err;
	bool failed;
};

static void put(void *context, enum ink ink, struct str bytes)
{
	struct outlet *o = context;
	(void)ink;
	if (!o->file)
		print_str(o->in, bytes);
	else if (!o->failed)
		o->failed = file_out_write(o->file, bytes, &o->err) < 0;
}

int report_save(struct invocation *in, const struct report *r, const char *form, const char *path,
	struct error *err)
{
	struct outlet o = {.in = in};
	const struct report_sink sink = {put, &o};
	if (strcmp(path, "-") != 0 && file_out_begin(path, S_IRUSR | S_IWUSR, &o.file, err) < 0)
		return -1;
	int result = report_writer_find(form)->write(r, &sink, err);
	if (!result && o.failed) {
		*err = o.err;
		result = -1;
	}
	if (!o.file)
		return result;
	if (!result)
		return file_out_end(o.file, err);
	file_out_drop(o.file);
	return -1;
}

int report_write_html(struct invocation *in, const char *client, int64_t at_us, const char *path,
	struct error *err)
{
	struct report r;
	if (report_make(in, client, at_us, in->book->config->me.tongue, true, &r, err) < 0)
		return -1;
	int result = report_save(in, &r, "html", path, err);
	report_finish(&r);
	return result;
}
