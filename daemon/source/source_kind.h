/* What every source is behind the scenes. A new one is a file with such a table, and a function to
 * open it.
 */
#ifndef OVERSTEP_SOURCE_KIND_H
#define OVERSTEP_SOURCE_KIND_H

#include "source/source.h"

struct source_kind {
	const char *name;
	int (*next)(struct source *s, struct source_item *out, struct error *err);
	int (*again)(struct source *s, struct error *err);
	/* NULL: nothing to wait for but the clock. */
	int (*wait)(struct source *s, int64_t timeout_us, struct error *err);
	struct str (*capabilities)(const struct source *s);
	/* NULL: nothing to be told without fetching. */
	int (*look)(struct source *s, const struct source_probe *probe, struct error *err);
	/* NULL: nobody is known without fetching. */
	int (*senders)(struct source *s, const struct source_senders *ask, struct error *err);
	/* NULL: it takes none. */
	int (*append)(struct source *s, const struct source_draft *draft, struct str *folder,
		struct error *err);
	void (*close)(struct source *s);
};

/* The first member of each kind's own struct. */
struct source {
	const struct source_kind *kind;
	int wake_fd;
};

#endif
