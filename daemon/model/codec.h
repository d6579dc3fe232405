/* The JSON of nouns that stand inside others, and what the readers of all of them share. */
#ifndef OVERSTEP_MODEL_CODEC_H
#define OVERSTEP_MODEL_CODEC_H

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "model/message.h"

struct finding;
struct text;

/* Sets *out to an arena copy of the string under key, absent when the value is null or missing.
   -1: another type, or out of memory. */
int read_text(const struct json_value *object, const char *key, struct arena *arena,
	struct str *out, struct error *err);
/* A whole number from 0 to max. -1: anything else. */
int read_number(const struct json_value *object, const char *key, uint64_t max, uint64_t *out,
	struct error *err);
int read_flag(const struct json_value *object, const char *key, bool *out, struct error *err);

/* "examined":true|false, "reason": one of examined_name or null, "why_not": in words or null. */
void write_examined(struct json_writer *w, enum examined examined, struct str why_not);
int read_examined(const struct json_value *object, struct arena *arena, enum examined *examined,
	struct str *why_not, struct error *err);

void write_finding(struct json_writer *w, const char *key, const struct finding *f);
int read_finding(
	const struct json_value *object, struct arena *arena, struct finding *f, struct error *err);

/* A text but for its bytes. */
void write_text_object(struct json_writer *w, const char *key, const struct text *t);
int read_text_object(
	const struct json_value *object, struct str bytes, struct text *out, struct error *err);
/* They stand behind the line of JSON that has the rest. */
void write_text_bytes(const struct text *t, struct buf *out);
void split_text_bytes(struct str written, struct str *json, struct str *bytes);

#endif
