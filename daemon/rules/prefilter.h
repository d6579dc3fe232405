/* Which patterns can match a text at all, and where: one pass over it for all rules' fixed words.
 */
#ifndef OVERSTEP_RULES_PREFILTER_H
#define OVERSTEP_RULES_PREFILTER_H

#include "rule.h"

struct prefilter;

/* A pattern of a rule that is worth trying on a text, for matches that begin in [from, before). */
struct window {
	uint32_t rule;
	uint32_t pattern; /* of rule.match */
	uint32_t subject;
	size_t from, before;
};

struct windows {
	struct window *items;
	size_t count, cap;
};

void windows_finish(struct windows *w);
int windows_add(struct windows *w, struct window window);

/* The rules must outlive the prefilter. 0 or -1 (memory). */
int prefilter_new(const struct rule *rules, size_t count, struct prefilter **out);
void prefilter_free(struct prefilter *p);

/* Adds the windows of a folded text; patterns without fixed words are always among them. They come
   in no order. 0 or -1 (memory). */
int prefilter_run(struct prefilter *p, struct str text, uint32_t subject, struct windows *out);

#endif
