/* What sequences find in the clients' histories, kept in step with the archive. */
#include "app/sequences.h"

#include "app/rulebook.h"
#include "archive/archive.h"
#include "base/limits.h"
#include "config/config.h"
#include "index/index.h"
#include "judge/sequence.h"
#include "rules/ruleset.h"
#include "sequence_records.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>

static void difference_finish(struct difference *d)
{
	sequence_findings_finish(&d->found);
	arena_finish(&d->arena);
}

static int offset_min_at(const struct rulebook *book, int64_t at_us)
{
	struct zone_time local;
	zone_local(worktime_zone(book->mine), at_us, &local);
	return local.offset_s / 60;
}

static bool is_for(const struct sequence_rule *rule, struct str client)
{
	for (size_t i = 0; i < rule->clients.count; i++)
		if (str_eq(rule->clients.items[i], client))
			return true;
	return !rule->clients.count;
}

/* Those in force for the client. */
static const struct sequence_rule **rules_for(
	const struct rulebook *book, struct str client, struct arena *arena, size_t *count)
{
	size_t all;
	const struct sequence_rule *const *rules = ruleset_sequences(book->rules, &all);
	const struct sequence_rule **chosen = arena_array(arena, all, sizeof(*chosen));
	*count = 0;
	for (size_t i = 0; chosen && i < all; i++)
		if (is_for(rules[i], client))
			chosen[(*count)++] = rules[i];
	return chosen;
}

static bool is_in_force(
	const struct sequence_rule *const *rules, size_t count, const struct indexed_sequence *s)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(rules[i]->facts.name, s->found.finding.rule))
			return true;
	return false;
}

/* Both are in order of time. */
static void pair(struct difference *d)
{
	size_t from = 0;
	for (size_t i = 0; i < d->found.count; i++) {
		const struct sequence_finding *f = &d->found.items[i];
		while (from < d->standing_count && d->standing[from].found.at_us < f->at_us)
			from++;
		for (size_t k = from; k < d->standing_count && !d->known[i]; k++) {
			if (d->standing[k].found.at_us > f->at_us)
				break;
			if (d->kept[k] || !sequence_finding_same(f, &d->standing[k].found))
				continue;
			d->known[i] = d->kept[k] = true;
		}
	}
}

/* Nothing comes in of one that is a client no more: its silence says nothing. */
static bool is_fetched(const struct rulebook *book, struct str client)
{
	return rulebook_client(book, client) < book->config->client_count;
}

/* A clock that was set back, or a command that knows less of the mailboxes, takes nothing back. */
static struct timeline timeline_of(const struct difference *d, const struct sequences_plan *plan,
	const struct timeline_event *events, size_t count)
{
	struct timeline t = {events, count, plan->now_us, plan->read_until_us};
	if (!is_fetched(plan->book, d->client))
		t.read_until_us = INT64_MIN;
	for (size_t i = 0; i < d->standing_count; i++) {
		const struct sequence_finding *f = &d->standing[i].found;
		if (f->at_us > t.now_us)
			t.now_us = f->at_us;
		if (f->absence && f->at_us > t.read_until_us)
			t.read_until_us = f->at_us;
	}
	return t;
}

/* What goes on standing though it was not found, and is not found anew: that of which not all was
   looked at. */
static void keep_unseen(struct difference *d, const struct sequences_plan *plan,
	const struct sequence_rule *const *rules, size_t rule_count,
	const struct timeline_event *oldest)
{
	int64_t seen_us = d->left_out ? oldest->at_us + LIMIT_SEQUENCE_DAYS * DAY_US : INT64_MIN;
	for (size_t i = 0; i < d->standing_count; i++) {
		const struct indexed_sequence *s = &d->standing[i];
		if ((!plan->forget && !is_in_force(rules, rule_count, s)) ||
			s->found.at_us < seen_us)
			d->kept[i] = true;
	}
	for (size_t i = 0; i < d->found.count && d->found.items[i].at_us < seen_us; i++)
		d->known[i] = true;
}

/* What I had consented to at their time; the words are the rule set's. */
static void note_consents(const struct rulebook *book, struct difference *d)
{
	size_t count;
	const struct consent *consents = ruleset_consents(book->rules, &count);
	const struct worktime *mine = rulebook_hours(book, rulebook_client(book, d->client));
	for (size_t i = 0; i < d->found.count && count > 0; i++) {
		struct sequence_finding *f = &d->found.items[i];
		struct moment moment;
		worktime_at(mine, f->at_us, &moment);
		const struct consent *consent =
			consent_find(consents, count, f->finding.rule, d->client, &moment);
		if (consent)
			f->finding.consent = consent->why;
	}
}

static int judge_events(const struct sequences_plan *plan, struct indexed_timeline *events,
	struct difference *d, struct error *err)
{
	size_t rule_count;
	const struct sequence_rule **rules =
		rules_for(plan->book, d->client, &d->arena, &rule_count);
	if (!rules)
		return error_memory(err);
	for (size_t i = 0; i < events->count; i++)
		events->events[i].offset_min = offset_min_at(plan->book, events->events[i].at_us);
	const struct timeline timeline = timeline_of(d, plan, events->events, events->count);
	if (sequences_judge(rules, rule_count, &timeline, &d->found, err) < 0)
		return -1;
	for (size_t i = 0; i < d->found.count; i++)
		d->found.items[i].offset_min = offset_min_at(plan->book, d->found.items[i].at_us);
	note_consents(plan->book, d);
	d->known = arena_array(&d->arena, d->found.count, sizeof(*d->known));
	d->kept = arena_array(&d->arena, d->standing_count, sizeof(*d->kept));
	if (!d->known || !d->kept)
		return error_memory(err);
	pair(d);
	keep_unseen(d, plan, rules, rule_count,
		events->count ? &events->events[events->count - 1] : NULL);
	return 0;
}

static int compare(
	struct store *s, const struct sequences_plan *plan, struct difference *d, struct error *err)
{
	struct indexed_timeline events = {0};
	int result = index_timeline(s->index, d->client, &events, err);
	d->left_out = events.left_out;
	if (!result)
		result = index_sequences(
			s->index, d->client, &d->arena, &d->standing, &d->standing_count, err);
	if (!result)
		result = judge_events(plan, &events, d, err);
	indexed_timeline_finish(&events);
	return result;
}

static bool is_different(const struct difference *d)
{
	for (size_t i = 0; i < d->found.count; i++)
		if (!d->known[i])
			return true;
	for (size_t i = 0; i < d->standing_count; i++)
		if (!d->kept[i])
			return true;
	return false;
}

static void be_due(struct sequences_outcome *out, const struct sequence_findings *found)
{
	if (found->has_due && (!out->has_due || found->due_us < out->due_us)) {
		out->has_due = true;
		out->due_us = found->due_us;
	}
}

/* Is all of the archive in the index? It is not while another process makes that anew: what is
   missing then must not look as if it had never been. 1, 0, -1. */
static int is_whole(struct store *s, struct error *err)
{
	uint64_t last;
	return index_last(s->index, &last, err) < 0 ? -1 : last == archive_last(s->archive);
}

/* The difference with nothing left out, or none at all. */
static int compare_whole(
	struct store *s, const struct sequences_plan *plan, struct difference *d, struct error *err)
{
	int whole = is_whole(s, err);
	if (whole > 0 && compare(s, plan, d, err) < 0)
		return -1;
	if (whole > 0)
		whole = is_whole(s, err);
	if (!whole) {
		/* looked at again when it is there */
		d->found.count = 0;
		d->standing_count = 0;
	}
	return whole < 0 ? -1 : 0;
}

static int end_transaction(struct store *s, int result, struct error *err)
{
	if (!result)
		result = archive_commit(s->archive, err);
	if (result < 0)
		archive_rollback(s->archive);
	return result < 0 ? -1 : store_catch_up(s, NULL, err);
}

/* Under the write lock nobody else appends: what stands is known now. */
static int store_difference(struct store *s, const struct sequences_plan *plan, struct str client,
	struct sequences_outcome *out, struct error *err)
{
	struct difference d = {.client = client};
	uint64_t *seqs = NULL;
	if (!s->on_trial && archive_begin(s->archive, err) < 0)
		return -1;
	int result = s->on_trial ? 0 : store_catch_up(s, NULL, err);
	if (!result)
		result = s->on_trial ? compare(s, plan, &d, err) : compare_whole(s, plan, &d, err);
	if (!result && !(seqs = calloc(d.found.count + 1, sizeof(*seqs))))
		result = error_memory(err);
	if (!result)
		result = difference_append(s, &d, seqs, out, err);
	if (!s->on_trial)
		result = end_transaction(s, result, err);
	for (size_t i = 0; i < d.found.count && !result && plan->tell; i++)
		if (seqs[i])
			plan->tell(plan->context, client, seqs[i], &d.found.items[i]);
	free(seqs);
	difference_finish(&d);
	return result;
}

/* Looks without a lock first: most often there is nothing new. */
static int look_at_client(struct store *s, const struct sequences_plan *plan, struct str client,
	struct sequences_outcome *out, struct error *err)
{
	struct difference d = {.client = client};
	int result = compare(s, plan, &d, err);
	bool different = !result && is_different(&d);
	if (!result && is_fetched(plan->book, client))
		be_due(out, &d.found);
	difference_finish(&d);
	return different ? store_difference(s, plan, client, out, err) : result;
}

int store_sequences(struct store *s, const struct sequences_plan *plan,
	struct sequences_outcome *out, struct error *err)
{
	struct arena arena = {0};
	struct strs clients = {0};
	*out = (struct sequences_outcome){0};
	int result = plan->clients ? 0 : index_clients(s->index, &arena, &clients, err);
	if (plan->clients)
		clients = *plan->clients;
	for (size_t i = 0; i < clients.count && !result; i++)
		result = look_at_client(s, plan, clients.items[i], out, err);
	arena_finish(&arena);
	return result;
}
