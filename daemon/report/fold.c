/* The page model: messages pass by, counts and incidents stay. */
#include "report/report.h"

#include "base/array.h"
#include "base/utf8.h"
#include "keep.h"
#include "passage.h"
#include "report/decision.h"
#include "tally.h"
#include "trace.h"
#include <stdlib.h>

void report_init(struct report *r)
{
	*r = (struct report){0};
}

static void incidents_free(struct incident *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		arena_finish(&all[i].own);
	free(all);
}

static void client_finish(struct report_client *c)
{
	decision_finish(c);
	risk_finish(&c->risk);
	arena_finish(&c->arena);
	incidents_free(c->incidents, c->incident_count);
	incidents_free(c->harmful, c->harmful_count);
	free(c->trace_days);
	free(c->exhibits);
	free(c->blind_spots);
	free(c->weeks);
	free(c->months);
	free(c->credits);
	free(c->waits);
}

void report_finish(struct report *r)
{
	for (size_t i = 0; i < r->client_count; i++)
		client_finish(&r->clients[i]);
	free(r->clients);
	arena_finish(&r->arena);
	report_init(r);
}

struct report_client *report_add_client(struct report *r, struct str id, struct str name)
{
	struct report_client c = {.tongue = r->tongue, .most_incidents = r->most_incidents};
	c.id = arena_str(&c.arena, id);
	c.name = arena_str(&c.arena, name);
	if (!c.id.ptr || !c.name.ptr ||
		array_room(&r->clients, r->client_count, &r->client_cap, sizeof(c)) < 0) {
		arena_finish(&c.arena);
		return NULL;
	}
	risk_init(&c.risk);
	r->clients[r->client_count] = c;
	return &r->clients[r->client_count++];
}

/* A subject may be as long as its sender likes; a line of the page is not. */
#define LINE_MOST 300

static struct str keep_line(struct arena *arena, struct str s, bool *full)
{
	if (s.len <= LINE_MOST)
		return keep(arena, s, full);
	struct str cut =
		arena_format(arena, "%.*s\xe2\x80\xa6", (int)utf8_cut(s, LINE_MOST), s.ptr);
	*full |= !cut.ptr;
	return cut;
}

static const struct clock_reason *keep_clock(
	struct arena *arena, const struct clock_reason *clock, bool *full)
{
	struct clock_reason *kept = arena_alloc(arena, sizeof(*kept));
	if (!kept) {
		*full = true;
		return NULL;
	}
	*kept = *clock;
	kept->asks = keep(arena, clock->asks, full);
	kept->leaves = keep(arena, clock->leaves, full);
	return kept;
}

/* clock: the reason of what the clock found; may be NULL. */
static struct incident_finding keep_finding(struct arena *arena, const struct report_finding *f,
	const struct clock_reason *clock, bool *full)
{
	const struct finding *x = f->finding;
	struct captured captured = {0};
	*full |= captured_copy(&x->captured, arena, &captured) < 0;
	return (struct incident_finding){
		.rule = keep(arena, x->rule, full),
		.rule_hash = keep(arena, x->rule_hash, full),
		.text = keep(arena, x->text, full),
		.why = keep(arena, x->why, full),
		.note = keep(arena, f->note, full),
		.title = f->title,
		.clock = clock && !x->rule_hash.ptr ? keep_clock(arena, clock, full) : NULL,
		.consent = keep(arena, x->consent, full),
		.captured = captured,
		.named = keep_named(arena, &x->captured, full),
		.sign = x->sign,
		.severity = x->severity,
		.status = x->status,
		.unsure = x->unsure,
		.mark = f->mark,
	};
}

static int fill_incident(struct arena *arena, const struct report_message *m,
	const struct report_finding *const *chosen, size_t count, struct incident *out)
{
	const struct judgement *j = m->judgement;
	bool full = false;
	*out = (struct incident){
		.evidence = m->evidence,
		.direction = m->direction,
		.at = m->at,
		.clock_used = m->clock_used,
		.clock_agreed = m->clock_agreed,
		.exported = m->exported,
		.differs = m->differs,
		.from = keep_line(arena, m->from, &full),
		.subject = keep_line(arena, m->subject, &full),
		.sum = m->sum,
		.signer = keep(arena, m->signer, &full),
		.findings = arena_array(arena, count, sizeof(*out->findings)),
		.finding_count = count,
	};
	if (!out->findings)
		return -1;
	if (j && j->has_mine) {
		out->has_period = true;
		out->period = j->mine.period;
	}
	for (size_t i = 0; i < count; i++)
		out->findings[i] = keep_finding(arena, chosen[i], m->clock, &full);
	if (full)
		return -1;
	return passages_cut(m->text, chosen, count, arena, &out->passages, &out->passage_count);
}

/* Hands over what was filled (0: it was) into `own` or the client's memory. */
static int hand_over(const struct lane *lane, int filled, struct incident *x, struct arena own)
{
	x->own = own;
	if (!filled && !lane_add(lane, x))
		return 0;
	arena_finish(&x->own);
	return -1;
}

static int worst_of(const struct report_finding *const *findings, size_t count)
{
	int worst = 0;
	for (size_t i = 0; i < count; i++)
		if (findings[i]->mark != MARK_WRONG && findings[i]->finding->severity > worst)
			worst = findings[i]->finding->severity;
	return worst;
}

static int add_incident(struct report_client *c, const struct report_message *m,
	const struct report_finding *const *chosen, size_t count, bool harmful)
{
	const struct trace trace = {.evidence = m->evidence, .at = m->at};
	const struct rank rank = {worst_of(chosen, count), m->at.at_us, m->evidence};
	struct lane lane = lane_of(c, harmful);
	struct incident x;
	struct arena own = {0};
	if (!harmful && trace_add(c, trace, false, m->direction, chosen, count) < 0)
		return -1;
	if (!lane_wants(&lane, rank))
		return 0;
	int filled = fill_incident(lane.most ? &own : &c->arena, m, chosen, count, &x);
	return hand_over(&lane, filled, &x, own);
}

/* The findings of one lane as one incident. */
static int add_lane(struct report_client *c, const struct report_message *m, bool harmful)
{
	const struct report_finding **chosen = calloc(m->finding_count, sizeof(*chosen));
	size_t n = 0;
	if (!chosen)
		return -1;
	for (size_t i = 0; i < m->finding_count; i++)
		if ((m->findings[i].finding->sign == SIGN_HARMFUL_REQUEST) == harmful)
			chosen[n++] = &m->findings[i];
	int result = n ? add_incident(c, m, chosen, n, harmful) : 0;
	free(chosen);
	return result;
}

static int add_blind_spot(struct report_client *c, const struct report_message *m)
{
	const struct judgement *j = m->judgement;
	if (j && j->examined == EXAMINED_YES)
		return 0;
	if (array_room(&c->blind_spots, c->blind_spot_count, &c->blind_spot_cap,
		    sizeof(*c->blind_spots)) < 0)
		return -1;
	bool full = false;
	struct str why = !j           ? STR("not judged yet")
		: j->not_examined.len ? j->not_examined
				      : str_from(examined_name(j->examined));
	c->blind_spots[c->blind_spot_count++] = (struct blind_spot){
		.evidence = m->evidence,
		.at = m->at,
		.judged = j != NULL,
		.examined = j ? j->examined : EXAMINED_YES,
		.why = keep(&c->arena, why, &full),
	};
	return full ? -1 : 0;
}

/* The words of an apology that counts as one. */
static int keep_apology(struct report_client *c, const struct report_message *m)
{
	const struct report_finding words = {.finding = m->apology};
	const struct report_finding *chosen[] = {&words};
	for (size_t i = 0; i < c->credit_count && m->apology; i++)
		if (c->credits[i].evidence == m->evidence)
			return passages_cut(m->text, chosen, 1, &c->arena, &c->credits[i].passages,
				&c->credits[i].passage_count);
	return 0;
}

int report_add_credit(struct report_client *c, enum credit_kind kind, uint64_t evidence,
	struct report_time at, struct error *err)
{
	if (array_room(&c->credits, c->credit_count, &c->credit_cap, sizeof(*c->credits)) < 0)
		return error_memory(err);
	c->credits[c->credit_count++] =
		(struct report_credit){.kind = kind, .evidence = evidence, .at = at};
	return 0;
}

int report_add_message(struct report_client *c, const struct report_message *m, struct error *err)
{
	if (tally_message(c, m) < 0 || keep_apology(c, m) < 0 || add_blind_spot(c, m) < 0)
		return error_memory(err);
	if (m->finding_count && (add_lane(c, m, false) < 0 || add_lane(c, m, true) < 0))
		return error_memory(err);
	return 0;
}

static int fill_sequence(struct arena *arena, const struct report_sequence *s, struct incident *out)
{
	bool full = false;
	*out = (struct incident){
		.evidence = s->evidence,
		.direction = DIRECTION_IN,
		.at = s->at,
		.findings = arena_array(arena, 1, sizeof(*out->findings)),
		.finding_count = 1,
		.members = arena_array(arena, s->member_count, sizeof(*out->members)),
		.member_count = s->member_count,
		.absence = s->absence,
	};
	if (!out->findings || !out->members)
		return -1;
	out->findings[0] = keep_finding(arena, &s->finding, NULL, &full);
	for (size_t i = 0; i < s->member_count; i++)
		out->members[i] = s->members[i];
	return full ? -1 : 0;
}

static int add_sequence(struct report_client *c, const struct report_sequence *s)
{
	bool harmful = s->finding.finding->sign == SIGN_HARMFUL_REQUEST;
	const struct report_finding *chosen[] = {&s->finding};
	const struct trace trace = {.evidence = s->evidence, .at = s->at};
	struct lane lane = lane_of(c, harmful);
	struct incident x;
	struct arena own = {0};
	if (!harmful && trace_add(c, trace, s->member_count > 0, DIRECTION_IN, chosen, 1) < 0)
		return -1;
	if (!lane_wants(&lane, (struct rank){worst_of(chosen, 1), s->at.at_us, s->evidence}))
		return 0;
	int filled = fill_sequence(lane.most ? &own : &c->arena, s, &x);
	return hand_over(&lane, filled, &x, own);
}

int report_add_sequence(struct report_client *c, const struct report_sequence *s, struct error *err)
{
	if (add_sequence(c, s) < 0 || tally_finding(c, &s->finding, DIRECTION_IN, s->at) < 0)
		return error_memory(err);
	return 0;
}

static bool keep_words(struct arena *arena, struct str *words)
{
	*words = words->ptr ? arena_str(arena, *words) : *words;
	return words->ptr != NULL;
}

int report_add_exhibit(struct report_client *c, const struct report_exhibit *e, struct error *err)
{
	if (array_room(&c->exhibits, c->exhibit_count, &c->exhibit_cap, sizeof(*c->exhibits)) < 0)
		return error_memory(err);
	struct report_exhibit *kept = &c->exhibits[c->exhibit_count];
	*kept = *e;
	if ((e->name.ptr && !keep_words(&c->arena, &kept->name)) ||
		(e->note.ptr && !keep_words(&c->arena, &kept->note)))
		return error_memory(err);
	c->exhibit_count++;
	return 0;
}

int report_time_order(
	struct report_time a, uint64_t a_evidence, struct report_time b, uint64_t b_evidence)
{
	if (a.at_us != b.at_us)
		return a.at_us < b.at_us ? -1 : 1;
	return (a_evidence > b_evidence) - (a_evidence < b_evidence);
}

static int by_time(const void *left, const void *right)
{
	const struct incident *a = left, *b = right;
	return report_time_order(a->at, a->evidence, b->at, b->evidence);
}

static int exhibits_by_time(const void *left, const void *right)
{
	const struct report_exhibit *a = left, *b = right;
	return report_time_order(a->at, a->evidence, b->at, b->evidence);
}

static int blind_spots_by_time(const void *left, const void *right)
{
	const struct blind_spot *a = left, *b = right;
	return report_time_order(a->at, a->evidence, b->at, b->evidence);
}

static int credits_by_time(const void *left, const void *right)
{
	const struct report_credit *a = left, *b = right;
	return report_time_order(a->at, a->evidence, b->at, b->evidence);
}

static void sort(void *items, size_t count, size_t size, int (*order)(const void *, const void *))
{
	if (count)
		qsort(items, count, size, order);
}

int report_client_end(struct report_client *c, struct error *err)
{
	sort(c->incidents, c->incident_count, sizeof(*c->incidents), by_time);
	sort(c->harmful, c->harmful_count, sizeof(*c->harmful), by_time);
	sort(c->exhibits, c->exhibit_count, sizeof(*c->exhibits), exhibits_by_time);
	sort(c->blind_spots, c->blind_spot_count, sizeof(*c->blind_spots), blind_spots_by_time);
	sort(c->credits, c->credit_count, sizeof(*c->credits), credits_by_time);
	tally_end(c);
	if (incidents_form(c->incidents, c->incident_count) < 0 ||
		incidents_form(c->harmful, c->harmful_count) < 0)
		return error_memory(err);
	return 0;
}
