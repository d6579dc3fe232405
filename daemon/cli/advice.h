/* One line of `overstep doctor`: what was looked at, how it is, and how to mend it. */
#ifndef OVERSTEP_DAEMON_CLI_ADVICE_H
#define OVERSTEP_DAEMON_CLI_ADVICE_H

#include "base/error.h"
#include "base/str.h"
#include <stdint.h>
#include <sys/types.h>

enum advice_level { ADVICE_OK, ADVICE_WARNING, ADVICE_WRONG };
const char *advice_level_name(enum advice_level level);

struct advice {
	const char *check; /* "zone" */
	enum advice_level level;
	enum error_kind kind; /* ADVICE_WRONG: what kind of trouble */
	struct buf text;      /* how it is */
	struct buf mend;      /* what to do; empty when all is well */
};

void advice_finish(struct advice *a);
/* Sets level and mend; the text is the caller's. */
void advice_warn(struct advice *a, const char *mend, ...) __attribute__((format(printf, 2, 3)));
void advice_wrong(struct advice *a, enum error_kind kind, const char *mend, ...)
	__attribute__((format(printf, 3, 4)));

/* What others may do with a file or folder of ours. `read`: is reading it already too much? */
void advise_on_mode(struct advice *a, const char *path, bool read);

/* Room for evidence on its disk. */
void advise_on_space(struct advice *a, uint64_t free_bytes);

/* Time zone data: "2025b" or "unknown", in that year. */
void advise_on_zone(struct advice *a, struct str zone, const char *version, int year);

/* Does the user's service go on when the user has logged out? */
struct lingering {
	const char *user;
	bool is_person; /* else the system's service, which needs none of this */
	bool has_systemd;
	const char *folder; /* holds a file for each user who lingers */
};
void advise_on_lingering(struct advice *a, const struct lingering *l);
/* doctor_machine.c: of whoever runs this, here. */
void advise_on_my_lingering(struct advice *a);

/* A command without a shell; path: $PATH. */
void advise_on_command(struct advice *a, const char *program, const char *path);

/* What trouble with an account asks for. text is the error's. */
void advise_on_trouble(struct advice *a, const struct error *why);

#endif
