/* From libconfig's tree to struct config, by the table of settings. */
#ifndef OVERSTEP_DAEMON_CONFIG_READ_H
#define OVERSTEP_DAEMON_CONFIG_READ_H

#include "scan.h"
#include "settings.h"

struct reading_config {
	const char *folder; /* what relative paths are relative to */
	const struct config_checks *checks;
	const struct scan *scan;
	struct config *config;
	struct diags *diags;
	bool full; /* out of memory */
};

/* A mistake at a place of the file; column 0: no caret. */
void config_complain(const struct reading_config *r, enum diag_level level, unsigned line,
	unsigned column, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A text of the file looked at more closely; line and column are where it stands. */
void config_check_text(const struct reading_config *r, enum value_check check, struct str value,
	const char *setting, unsigned line, unsigned column);

/* What no single setting can tell: doubles, contradictions, what an account lacks. */
void config_check_whole(const struct reading_config *r);

#endif
