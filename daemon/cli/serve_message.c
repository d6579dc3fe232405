/* The page of one message, as `overstep show --why` tells of it, or of what a sequence found. */
#include "serve_pages.h"

#include "app/store.h"
#include "find.h"
#include "message_facts.h"
#include "report/words.h"
#include "report_make.h"
#include <stdlib.h>

static int write_message(
	const struct serving *s, const struct indexed_message *m, struct error *err)
{
	struct message_facts facts = {0};
	struct report r;
	struct report_finding *findings = calloc(m->finding_count + 1, sizeof(*findings));
	if (!findings)
		return error_memory(err);
	if (report_make_message(s->in, m, &r, err) < 0) {
		free(findings);
		return -1;
	}
	for (size_t i = 0; i < m->finding_count; i++)
		findings[i] = (struct report_finding){.finding = &m->findings[i].finding,
			.mark = m->findings[i].mark,
			.note = m->findings[i].note};
	int result = message_facts_make(s->in, s->tongue, m, &facts, err);
	char id[EVIDENCE_NAME_SIZE];
	struct buf verdict = {0};
	message_verdict(m, &(const struct pen){.out = &verdict, .tongue = s->tongue});
	evidence_name(m->seq, id);
	const struct message_page page = {
		.page = serving_page(
			s, m->facts.subject.len ? m->facts.subject : str_from(id), PAGE_ELSEWHERE),
		.found = &r.clients[0],
		.text = &m->facts.text,
		.findings = findings,
		.finding_count = m->finding_count,
		.verdict = buf_str(&verdict),
		.facts = facts.lines,
		.fact_count = facts.count,
	};
	if (!result)
		result = message_page_write(&page, s->out, err);
	buf_finish(&verdict);
	message_facts_finish(&facts);
	report_finish(&r);
	free(findings);
	return result;
}

static int write_sequence(
	const struct serving *s, const struct indexed_sequence *sequence, struct error *err)
{
	struct report r;
	char id[EVIDENCE_NAME_SIZE];
	if (report_make_sequence(s->in, sequence, &r, err) < 0)
		return -1;
	evidence_name(sequence->seq, id);
	const struct message_page page = {
		.page = serving_page(s, str_from(id), PAGE_ELSEWHERE), .found = &r.clients[0]};
	int result = message_page_write(&page, s->out, err);
	report_finish(&r);
	return result;
}

int serve_message(const struct serving *s, struct error *err)
{
	struct arena arena = {0};
	struct indexed_sequence sequence;
	struct indexed_message message;
	char *word = str_dup(s->name);
	int found = word ? find_sequence(s->in, word, &arena, &sequence, err) : error_memory(err);
	int result = found < 0 ? -1 : 0;
	if (found > 0)
		result = write_sequence(s, &sequence, err);
	else if (!found && find_message(s->in, word, &arena, &message, err) < 0)
		result = -1;
	else if (!found) {
		result = write_message(s, &message, err);
		indexed_message_finish(&message);
	}
	free(word);
	arena_finish(&arena);
	return result;
}
