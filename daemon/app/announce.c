/* What has been stored is told: in the log, as the status' last mail, to on_finding's command. */
#include "app/events.h"
#include "app/rulebook.h"
#include "base/clock.h"
#include "config/config.h"
#include "keeper_state.h"
#include "model/sequence.h"

/* Messages of one commit whose findings are told one by one: live mail, not a first look at years
   of it. And of each so many rules. */
#define FINDINGS_TOLD 20
#define RULES_TOLD 8

static bool has_finding(const struct judgement *j, size_t below, struct str rule)
{
	for (size_t i = 0; i < below; i++)
		if (j->findings[i].status == RULE_LIVE &&
			(!rule.ptr || str_eq(j->findings[i].rule, rule)))
			return true;
	return false;
}

static void tell_findings(const struct entry *e, uint64_t seq)
{
	const struct judgement *j = &e->reading->judgement;
	struct log_field fields[2 + RULES_TOLD + 1] = {0};
	char evidence[EVIDENCE_NAME_SIZE];
	size_t count = 2;
	evidence_name(seq, evidence);
	fields[0] = log_text("client", e->reading->clients[0]);
	fields[1] = log_cstr("evidence", evidence);
	for (size_t i = 0; i < j->finding_count && count < 2 + RULES_TOLD; i++)
		if (j->findings[i].status == RULE_LIVE && !has_finding(j, i, j->findings[i].rule))
			fields[count++] = log_text("rule", j->findings[i].rule);
	log_event(&event_finding, fields);
}

static void note_mail(struct keeper *k, const struct reading *r)
{
	int64_t now = clock_now_us(k->plan->clock), at = r->clocks.at_us[r->clocks.used];
	if (r->direction != DIRECTION_IN)
		return;
	if (at > now) /* its clock is wrong */
		at = now;
	if (!k->has_last_mail || at > k->last_mail_at_us)
		k->last_mail_at_us = at;
	k->has_last_mail = true;
}

void keeper_announce(struct keeper *k, const struct batch *batch, size_t stored)
{
	size_t told = 0;
	if (!stored)
		return;
	log_event(&event_stored, LOG_FIELDS(log_number("messages", stored)));
	for (size_t i = 0; i < batch->entry_count; i++) {
		const struct entry *e = &batch->entries[i];
		const struct judgement *j = &e->reading->judgement;
		if (!batch->seqs[i] || e->gap.ptr)
			continue;
		note_mail(k, e->reading);
		if (has_finding(j, j->finding_count, (struct str){0}) && told++ < FINDINGS_TOLD)
			tell_findings(e, batch->seqs[i]);
	}
	if (told > FINDINGS_TOLD)
		log_event(&event_finding, LOG_FIELDS(log_number("more", told - FINDINGS_TOLD)));
	hook_tell(&k->hook, &k->book->config->on_finding, batch, clock_now_us(k->plan->clock));
}

void keeper_announce_sequence(struct keeper *k, struct str client, uint64_t seq,
	const struct sequence_finding *found, bool logged)
{
	char evidence[EVIDENCE_NAME_SIZE];
	evidence_name(seq, evidence);
	if (logged)
		log_event(&event_finding,
			LOG_FIELDS(log_text("client", client), log_cstr("evidence", evidence),
				log_text("rule", found->finding.rule)));
	hook_tell_sequence(&k->hook, &k->book->config->on_finding, client, seq, found,
		clock_now_us(k->plan->clock));
}
