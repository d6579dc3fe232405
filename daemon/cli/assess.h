/* A client's risk, figures and trend, as several commands show them. */
#ifndef OVERSTEP_DAEMON_CLI_ASSESS_H
#define OVERSTEP_DAEMON_CLI_ASSESS_H

#include "command.h"
#include "index/index.h"
#include "output.h"
#include "risk/risk_fold.h"

struct assessment {
	struct arena arena;
	struct str client;
	struct str name;              /* as configured, else the id */
	struct risk_history *history; /* in arena */
	struct risk_fold *fold;       /* of it */
	struct risk risk;             /* without lines, where these were not asked for */
	enum trend trend;
	struct client_summary summary;
};

/* Which lines a figure comes with: none, all that weigh and as many at 0 points as a page shows, or
   all. */
enum assess_lines { ASSESS_FIGURE, ASSESS_PAGE, ASSESS_ALL };

/* at_us: the instant whose day (my zone) the figure is for. out is zeroed first. Needs the archive.
 */
int assess(struct invocation *in, struct str client, int64_t at_us, enum assess_lines lines,
	struct assessment *out, struct error *err);
void assessment_finish(struct assessment *a);

/* What a client's figure is made of. Arrays and strings in arena. */
int assess_history(struct invocation *in, struct str client, struct arena *arena,
	struct risk_history *out, struct error *err);

/* All clients: those configured, in their order, then those that only the archive knows. free()
   with assessments_free. Sorted by risk, highest first. */
int assess_all(struct invocation *in, int64_t at_us, enum assess_lines lines,
	struct assessment **out, size_t *count, struct error *err);
void assessments_free(struct assessment *all, size_t count);

/* "--at" of a command: RFC 3339, or a day (its end in my zone); now when absent. */
int assess_time(const struct invocation *in, const char *word, int64_t *at_us, struct error *err);
/* The same of a text. */
int assess_time_of(const struct invocation *in, struct str text, int64_t *at_us, struct error *err);
/* The civil day in my zone. */
int64_t assess_day(const struct invocation *in, int64_t at_us);

/* The lines of `overstep clients` and `overstep risk`, for `demo` and `report` too. */
int clients_print(struct invocation *in, int64_t at_us, struct error *err);
/* all: with the lines at 0 points. */
int risk_print(
	struct invocation *in, struct str client, int64_t at_us, bool all, struct error *err);

enum color band_color(enum band band);

#endif
