/* The list of people that an export has beside its messages: ids and the names they stand for. */
#ifndef OVERSTEP_DAEMON_CHAT_PEOPLE_H
#define OVERSTEP_DAEMON_CHAT_PEOPLE_H

#include "base/arena.h"
#include "base/error.h"

struct person {
	struct str id;
	struct str name;
};

/* Zero is nobody. */
struct people {
	struct arena arena;
	struct person *items; /* by id */
	size_t count, cap;
};

/* Slack's users.json. What is no person in it is passed over. Fails: ERROR_MEMORY. */
int people_read(struct str octets, struct people *out, struct error *err);
void people_finish(struct people *p);
/* Absent when the list does not have the id. */
struct str people_name(const struct people *p, struct str id);

#endif
