/* What a JSON text is read into: values in an arena, each list and object one array. */
#ifndef OVERSTEP_BASE_JSON_VALUE_H
#define OVERSTEP_BASE_JSON_VALUE_H

#include "base/arena.h"
#include "base/json.h"

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_INTEGER,
	JSON_REAL, /* that it is one is all we ask */
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

struct json_value {
	enum json_kind kind;
	struct str key; /* of a member of an object, with a NUL behind it */
	union {
		int64_t integer;
		struct str text;
		struct {
			struct json_value *items;
			size_t count;
		} list;
	} as;
};

struct json_document {
	struct arena arena;
	struct json_value root;
};

#endif
