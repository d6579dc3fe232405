/* What the service tells of: the kinds of its events, whose MESSAGE_IDs others may filter by. */
#ifndef OVERSTEP_APP_EVENTS_H
#define OVERSTEP_APP_EVENTS_H

#include "base/log.h"

extern const struct log_kind event_started;         /* accounts, clients */
extern const struct log_kind event_ended;           /* stored */
extern const struct log_kind event_as_root;         /* expected */
extern const struct log_kind event_files_left_out;  /* files */
extern const struct log_kind event_reloaded;        /* rules */
extern const struct log_kind event_reload_refused;  /* code */
extern const struct log_kind event_changed_on_disk; /* errors */
extern const struct log_kind event_account_read;    /* account */
extern const struct log_kind event_account_failed;  /* account, reason */
extern const struct log_kind event_export;          /* account, format, dates, zone */
extern const struct log_kind event_export_read;     /* account, new, known, differing */
extern const struct log_kind event_export_failed;   /* account; status tells which, and why */
extern const struct log_kind event_folder;          /* account, folder, text */
extern const struct log_kind event_stored;          /* messages */
extern const struct log_kind event_finding;         /* client, evidence, rules; more */
extern const struct log_kind event_hook_failed;     /* reason */
extern const struct log_kind event_hook_behind;     /* pending, or untold: dropped at the end */
extern const struct log_kind event_indexing;        /* work, done, all */
extern const struct log_kind event_cannot_store;    /* reason, retry_s */
extern const struct log_kind event_storing_again;
extern const struct log_kind event_without_jit;   /* reason */
extern const struct log_kind event_without_box;   /* reason */
extern const struct log_kind event_forbidden;     /* process; account of a fetcher */
extern const struct log_kind event_slept;         /* seconds */
extern const struct log_kind event_clock_set;     /* ahead_s or back_s */
extern const struct log_kind event_cannot_sign;   /* reason */
extern const struct log_kind event_anchor_failed; /* source, reason */

/* All of them, the last one NULL. */
extern const struct log_kind *const events[];

#endif
