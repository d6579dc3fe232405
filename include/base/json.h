/* JSON written as a stream of ours, and read through a tree of jansson's that stays hidden here. */
#ifndef OVERSTEP_BASE_JSON_H
#define OVERSTEP_BASE_JSON_H

#include "base/error.h"
#include "base/str.h"

/* Writes into a buffer; commas and quotes are kept right. Invalid UTF-8 becomes U+FFFD. */
struct json_writer {
	struct buf *out;
	bool comma;
};

void json_begin(struct json_writer *w, struct buf *out);
/* key is NULL inside an array or at the top. */
void json_object(struct json_writer *w, const char *key);
void json_object_end(struct json_writer *w);
void json_array(struct json_writer *w, const char *key);
void json_array_end(struct json_writer *w);
void json_str(struct json_writer *w, const char *key, struct str value); /* absent string: null */
void json_cstr(struct json_writer *w, const char *key, const char *value);
void json_int(struct json_writer *w, const char *key, int64_t value);
/* tenths: 671 is written 67.1 */
void json_tenths(struct json_writer *w, const char *key, int64_t tenths);
void json_bool(struct json_writer *w, const char *key, bool value);
void json_null(struct json_writer *w, const char *key);

/* A parsed value; owned by the document. NULL stands for "absent" everywhere. */
struct json_document;
struct json_value;

/* Depth at most LIMIT_JSON_DEPTH; duplicates refused. Fails: ERROR_INPUT with line and column. */
int json_parse(struct str text, struct json_document **out, struct error *err);
void json_free(struct json_document *d);
const struct json_value *json_root(const struct json_document *d);
const struct json_value *json_get(const struct json_value *object, const char *key);
size_t json_count(const struct json_value *array); /* 0 when not an array */
const struct json_value *json_at(const struct json_value *array, size_t index);
bool json_is_object(const struct json_value *v);
bool json_is_null(const struct json_value *v); /* also for NULL */
/* {NULL, 0} when not a string; borrowed from the document. */
struct str json_to_str(const struct json_value *v);
int64_t json_to_int(const struct json_value *v, int64_t otherwise);
bool json_to_bool(const struct json_value *v, bool otherwise);
/* Object walk: *state starts NULL. */
const struct json_value *json_each(const struct json_value *object, void **state, const char **key);

#endif
