/* The words that hours are told with, one after the other. */
#ifndef OVERSTEP_DAEMON_CLI_INIT_HOURS_WORDS_H
#define OVERSTEP_DAEMON_CLI_INIT_HOURS_WORDS_H

#include "base/error.h"
#include "base/str.h"

#define MINUTES_A_DAY 1440
#define WEEKDAYS 0x1fU /* bit 0 is Monday */
#define ALL_DAYS 0x7fU

enum hours_token_kind {
	HOURS_END,
	HOURS_SILENT,    /* says nothing; never given */
	HOURS_DAYS,      /* days */
	HOURS_REST,      /* the weekdays that nothing was said of */
	HOURS_TIME,      /* minute */
	HOURS_DASH,      /* - */
	HOURS_TO,        /* to, until: a dash, or an end alone */
	HOURS_FROM,      /* a beginning alone */
	HOURS_ON,        /* days that belong to the times before them */
	HOURS_OFF,       /* no work */
	HOURS_BREAK,     /* times that are taken out */
	HOURS_SEPARATOR, /* , ; and */
};

struct hours_token {
	enum hours_token_kind kind;
	unsigned days;
	int minute;
	bool sure;       /* am, pm, or a 24-hour form: not to be moved by half a day */
	struct str text; /* as it was written */
};

/* Takes the next off *rest. Fails: ERROR_USAGE. */
int hours_token(struct str *rest, struct hours_token *out, struct error *err);

#endif
