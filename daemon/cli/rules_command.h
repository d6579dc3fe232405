/* What the parts of `overstep rules` share. */
#ifndef OVERSTEP_DAEMON_CLI_RULES_COMMAND_H
#define OVERSTEP_DAEMON_CLI_RULES_COMMAND_H

#include "index/rule_counts.h"
#include "output.h"
#include "rules/rule_view.h"

/* A rule or sequence in force, and what it found: zero without an archive. */
struct rule_known {
	const struct rule_facts *facts;
	struct rule_view view;
	struct rule_count count;
};

struct rules_known {
	struct arena arena;
	struct rule_known *rules; /* by name */
	size_t count;
	bool has_counts; /* there is an archive */
};

/* Opens the archive of in->book when there is one; one that cannot be opened is told of. */
int rules_know(struct invocation *in, struct rules_known *out, struct error *err);
void rules_known_finish(struct rules_known *k);
/* NULL: there is none of that name. */
struct rule_known *rules_find(const struct rules_known *k, struct str name);

/* "rule","kind","title","sign","severity","status","lang","pack","file","line","hash" */
void rules_write_facts(const struct rule_known *rule, struct json_writer *w);
/* "hits","wrong","agreed","right","precision","proposed_shadow"; null without an archive. */
void rules_write_count(
	const struct rules_known *k, const struct rule_known *rule, struct json_writer *w);
/* Live, and seldom right by what was marked. */
bool rules_is_proposed(const struct rule_known *rule);

/* rules_list.c, rules_show.c, rules_new.c. Each returns the exit code or -1. */
int rules_list(struct invocation *in, const struct rules_known *k, struct error *err);
int rules_show(struct invocation *in, const struct rules_known *k, struct error *err);
int rules_new(struct invocation *in, struct error *err);

#endif
