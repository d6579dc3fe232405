/* Fuzzes the readers of JSON: no bytes harm them, and what they accept is written back the same. */
#include "base/json.h"
#include "model/facts.h"
#include "model/finding.h"
#include "model/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void walk(const struct json_value *v)
{
	void *state = NULL;
	const char *key;
	for (const struct json_value *field; (field = json_each(v, &state, &key));) {
		require(json_get(v, key) == field);
		walk(field);
	}
	for (size_t i = 0; i < json_count(v); i++)
		walk(json_at(v, i));
	json_to_str(v);
	json_to_int(v, 0);
	json_to_bool(v, false);
}

static void try_text(struct str in)
{
	struct text text, back;
	struct buf once = {0}, twice = {0};
	if (text_read(in, &text, NULL) < 0)
		return;
	text_write(&text, &once);
	require(text_read(buf_str(&once), &back, NULL) == 0);
	text_write(&back, &twice);
	require(str_eq(buf_str(&once), buf_str(&twice)));
	text_finish(&text);
	text_finish(&back);
	buf_finish(&once);
	buf_finish(&twice);
}

static void try_judgement(struct str in)
{
	struct judgement judgement, back;
	struct buf once = {0}, twice = {0};
	if (judgement_read_json(in, &judgement, NULL) < 0)
		return;
	judgement_write_json(&judgement, &once);
	require(judgement_read_json(buf_str(&once), &back, NULL) == 0);
	judgement_write_json(&back, &twice);
	require(str_eq(buf_str(&once), buf_str(&twice)));
	judgement_finish(&judgement);
	judgement_finish(&back);
	buf_finish(&once);
	buf_finish(&twice);
}

static void try_facts(struct str in)
{
	struct facts facts, back;
	struct buf once = {0}, twice = {0};
	if (facts_read(in, &facts, NULL) < 0)
		return;
	facts_write(&facts, &once);
	require(facts_read(buf_str(&once), &back, NULL) == 0);
	facts_write(&back, &twice);
	require(str_eq(buf_str(&once), buf_str(&twice)));
	facts_finish(&facts);
	facts_finish(&back);
	buf_finish(&once);
	buf_finish(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};
	struct json_document *document;
	try_text(in);
	try_facts(in);
	if (json_parse(in, &document, NULL) < 0)
		return 0;
	walk(json_root(document));
	json_free(document);
	try_judgement(in);
	return 0;
}
