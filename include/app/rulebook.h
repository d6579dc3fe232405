/* Everything that messages are judged by, loaded once and frozen: configuration, rules, calendars.
 */
#ifndef OVERSTEP_APP_RULEBOOK_H
#define OVERSTEP_APP_RULEBOOK_H

#include "base/crypto.h"
#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"
#include "model/sign.h"

struct config;
struct client;
struct rule_titles;
struct ruleset;
struct worktime;
struct zone;

/* All borrowed from the rulebook. */
struct rulebook {
	struct config *config;      /* NULL: none was asked for (`try` without --config) */
	struct ruleset *rules;      /* NULL with settings_only */
	size_t files_left_out;      /* rule files in error, packs and folders that are not there */
	struct worktime *mine;      /* NULL without a configuration */
	struct worktime **agreed;   /* by client: hours agreed with it, else NULL */
	struct worktime **theirs;   /* by client: its own office hours, NULL when not known */
	struct zone **zones;        /* by account: of its chats' times, NULL when not stated */
	char *config_path;          /* may be NULL */
	char *shipped_rules;        /* the folder in use, NULL when there is none */
	struct rule_titles *titles; /* NULL until they are asked for */
};

struct rulebook_plan {
	const char *config;         /* --config FILE; NULL: found as contract.md says */
	bool no_config;             /* do not look for one */
	bool settings_only;         /* the configuration and its clocks: no rules */
	bool remarks;               /* check: warn of what may well be meant, too */
	bool no_jit;                /* in a box where there is none */
	const char *rules_on_trial; /* --rules FILE|DIR of backtest and try: they stand for rules
				       of the same names; may be NULL */
};

/* Fails: ERROR_CONFIG (each mistake is in *diags), ERROR_SYSTEM. Mistakes of rule files that were
 * left out are in *diags too. */
int rulebook_load(const struct rulebook_plan *plan, struct rulebook **out, struct diags *diags,
	struct error *err);
void rulebook_free(struct rulebook *b);

struct rule_file;
/* The rulebook of an earlier day (app/recall.h): a configuration, which it takes over even when it
   fails, and rule files whose examples were tried in their time. */
int rulebook_recall(struct config *config, const struct rule_file *files, size_t count,
	struct rulebook **out, struct diags *diags, struct error *err);

struct config_checks;
/* What rulebook_load has a configuration checked by, for a text that is no file yet. */
const struct config_checks *rulebook_checks(void);

/* The exit code of rule files with these mistakes: 0, 1 when only examples fail, 2. rules: what was
   loaded of them, may be NULL. */
int rules_exit_code(const struct ruleset *rules, const struct diags *diags);

/* The rules folder beside the program, else the installed one. free() it; NULL: neither is there.
 */
char *rulebook_shipped_folder(void);

/* The titles of all rules that the configuration names, also without the rules. Belongs to the
   rulebook. Fails: ERROR_MEMORY, ERROR_SYSTEM. */
int rulebook_titles(struct rulebook *b, const struct rule_titles **out, struct error *err);

/* The packs of that folder, NULL for none: its folders, byte-sorted. file_list_free them. */
int rulebook_packs(const char *shipped, char ***names, size_t *count, struct error *err);

/* Index of a client in config->clients, or config->client_count. */
size_t rulebook_client(const struct rulebook *b, struct str id);
/* My hours as they hold for that client (index as above). NULL without a configuration. */
const struct worktime *rulebook_hours(const struct rulebook *b, size_t client);

/* The hours, zones, holidays, leave, contract phrases and tzdata version in force, as text for the
   evidence log. */
void rulebook_terms(const struct rulebook *b, struct buf *out);
/* The SHA-256 of settings, rules and terms, but for what no reload can change, as the program's
   version: with the same one a reload would change nothing. */
int rulebook_sum(const struct rulebook *b, char out[SHA256_HEX_SIZE], struct error *err);
/* Addresses and domains of all clients, sorted, each once; free() *out, strings borrowed. */
int rulebook_watched(const struct rulebook *b, struct str **out, size_t *count, struct error *err);

#endif
