/* The tree that JSON is read into: values in arrays, so that a document is a few pieces of memory.
 */
#ifndef OVERSTEP_DAEMON_BASE_JSON_TREE_H
#define OVERSTEP_DAEMON_BASE_JSON_TREE_H

#include "base/arena.h"
#include "base/json.h"

enum json_type {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_INTEGER,
	JSON_FRACTION, /* nobody asks for its value */
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

struct json_value {
	enum json_type type;
	uint32_t count; /* of items or members */
	union {
		int64_t integer;
		struct str string; /* a NUL stands behind it */
		const struct json_value *items;
		const struct json_object *object;
	};
};

struct json_member {
	struct str key;
	struct json_value value;
};

/* Members in the order in which they were written, and of many also sorted by key. */
struct json_object {
	const struct json_member **sorted; /* NULL: few */
	struct json_member members[];
};

/* Few members are looked through faster than sorted. */
#define JSON_FEW_MEMBERS 16

struct json_document {
	struct arena arena;
	struct json_value root;
};

#endif
