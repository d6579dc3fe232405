/* What a bundle's messages are marked to fix, and the records that say so. */
#include "app/store.h"
#include "export.h"
#include "output.h"
#include "report/words.h"

int export_add_agreements(
	struct invocation *in, uint64_t seq, struct seqs *records, struct error *err)
{
	struct arena arena = {0};
	struct indexed_agreement *all;
	size_t count = 0;
	int result = index_agreements(in->store->index, seq, &arena, &all, &count, err);
	for (size_t i = 0; i < count && !result; i++) {
		char name[EVIDENCE_NAME_SIZE];
		evidence_name(all[i].record, name);
		if (all[i].note.ptr)
			fprintf(stderr,
				"%s, which marks an agreement, is left out: it has a note of yours; mark it "
				"once more without one\n",
				name);
		else
			result = seqs_add(records, all[i].record, err);
	}
	arena_finish(&arena);
	return result;
}

int export_agreement_words(struct invocation *in, uint64_t seq, enum tongue tongue,
	struct arena *arena, struct str *out, struct error *err)
{
	struct indexed_agreement *all;
	size_t count = 0;
	struct buf text = {0};
	const struct pen pen = {.out = &text, .tongue = tongue};
	int result = index_agreements(in->store->index, seq, arena, &all, &count, err);
	for (size_t i = 0; i < count && !result; i++) {
		char name[EVIDENCE_NAME_SIZE];
		evidence_name(all[i].record, name);
		buf_add_cstr(&text, text.len ? ", " : "");
		say_agreements(&pen, all[i].kind);
		if (!all[i].note.ptr)
			buf_add_format(&text, " (%s)", name);
	}
	*out = arena_str(arena, buf_str(&text));
	if (!result && (text.failed || !out->ptr))
		result = error_memory(err);
	buf_finish(&text);
	return result;
}
