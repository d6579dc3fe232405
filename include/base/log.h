/* One event, one line, named fields; only app and cli may log. Never message text, addresses or
 * secrets. */
#ifndef OVERSTEP_BASE_LOG_H
#define OVERSTEP_BASE_LOG_H

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_NOTICE = 5,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7
};

/* Lines below `level` in gravity are dropped; with `journal` each line begins "<N>" for systemd. */
void log_setup(enum log_level level, int journal);

/* log_event(LOG_LEVEL_INFO, "synced", "account=%s stored=%zu", ...) prints "synced account=...
   stored=..." in one write(2) to stderr. Control characters become '?'. fields may be NULL. */
void log_event(enum log_level level, const char *event, const char *fields, ...)
	__attribute__((format(printf, 3, 4)));

#endif
