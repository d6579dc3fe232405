/* From libconfig's tree to struct config, by the table of settings. */
#ifndef OVERSTEP_DAEMON_CONFIG_READ_H
#define OVERSTEP_DAEMON_CONFIG_READ_H

#include "scan.h"
#include "settings.h"

/* Where an account or a client stands in the file. */
struct group_place {
	size_t at;  /* the token of its opening bracket */
	bool sound; /* no mistake was found inside it */
};

struct reading_config {
	const char *folder; /* what relative paths are relative to */
	const struct config_checks *checks;
	const struct scan *scan;
	struct config *config;
	struct diags *diags;
	struct group_place *accounts, *clients; /* as many as config has */
	bool full;                              /* out of memory */
};

/* A mistake at a token of the file. */
void config_complain(const struct reading_config *r, enum diag_level level, size_t at,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The field at an offset of the table. */
static inline void *config_field(void *target, size_t offset)
{
	return (char *)target + offset;
}

/* text_value.c: a setting that is written as one text, into its field. */
void config_set_text(struct reading_config *r, const struct setting *row, void *target,
	struct str value, size_t at);
/* A copy in the configuration's arena, and one made absolute. */
struct str config_keep(struct reading_config *r, struct str s);
struct str config_absolute(struct reading_config *r, struct str path);
/* Tells when it is not in the setting's range. */
bool config_check_range(
	const struct reading_config *r, const struct setting *row, int64_t value, size_t at);

/* A text of the file looked at more closely. */
void config_check_text(const struct reading_config *r, enum value_check check, struct str value,
	const char *setting, size_t at);

/* What no single setting can tell: doubles, contradictions, what an account lacks. */
void config_check_whole(const struct reading_config *r);

#endif
