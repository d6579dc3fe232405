/* Finds values of interest in JSON of any size without reading the rest: flat in memory. */
#ifndef OVERSTEP_DAEMON_CHAT_JSON_SPLIT_H
#define OVERSTEP_DAEMON_CHAT_JSON_SPLIT_H

#include "base/str.h"

#define JSON_SPLIT_DEPTH 8
#define JSON_SPLIT_PATH 128

struct json_split {
	struct str octets;
	/* Paths of the values asked for, ended by NULL: "name", "chats.list[].messages[]". What
	   lies below no such path is skipped whole, however deep it is. */
	const char *const *wanted;
	size_t at;
	char path[JSON_SPLIT_PATH];
	size_t path_len;
	size_t depth;
	struct json_level {
		bool object;
		bool begun; /* something stood in it: a comma comes before the next */
		size_t path_len;
	} levels[JSON_SPLIT_DEPTH];
	bool finished;
};

struct json_piece {
	size_t which; /* index in wanted */
	size_t start;
	size_t end;
};

void json_split_begin(struct json_split *s, struct str octets, const char *const *wanted);

/* 1 and the next value asked for; 0 at the end; -1 where it is no JSON: *why, literal, and then
   out->start to the end of the octets is what was not understood (the value asked for, when the
   file ends within it). Brackets inside a value are counted, not checked. */
int json_split_next(struct json_split *s, struct json_piece *out, const char **why);

#endif
