/* What was judged of messages, as a findings record says it. */
#include "verdicts.h"

#include "archive/archive.h"
#include "index/index.h"

static void add_verdict(const struct verdict *v, struct buf *blob)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(v->seq, name);
	buf_add_format(blob, "\n{\"of\":\"%s\",\"judgement\":", name);
	judgement_write_json(v->judgement, blob);
	buf_add_char(blob, '}');
}

void verdicts_write(const struct store *s, const struct verdict *v, size_t count, struct buf *blob)
{
	char rules[EVIDENCE_NAME_SIZE], terms[EVIDENCE_NAME_SIZE];
	evidence_name(s->rules_seq, rules);
	evidence_name(s->terms_seq, terms);
	buf_add_format(blob, "{\"schema\":1,\"rules\":\"%s\",\"terms\":\"%s\",\"messages\":[",
		rules, terms);
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(blob, i ? "," : "");
		add_verdict(&v[i], blob);
	}
	buf_add_cstr(blob, "\n]}\n");
}

int store_put(struct store *s, struct record *record, struct str blob, struct error *err)
{
	if (!s->on_trial)
		return archive_append(s->archive, record, blob, err);
	const struct folding folding = {.record = record, .blob = blob};
	uint64_t last;
	if (index_last(s->index, &last, err) < 0)
		return -1;
	record->seq = last + 1;
	return index_fold(s->index, &folding, err);
}
