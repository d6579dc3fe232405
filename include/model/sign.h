/* The warning signs, and the markers: what a rule can say about a message that is no warning. */
#ifndef OVERSTEP_MODEL_SIGN_H
#define OVERSTEP_MODEL_SIGN_H

#include "base/str.h"

enum sign {
	SIGN_INSULT,
	SIGN_THREAT,
	SIGN_MANIPULATION,
	SIGN_URGENCY,
	SIGN_SCOPE_CREEP,
	SIGN_UNREASONABLE_DEMAND,
	SIGN_UNPAID_WORK,
	SIGN_LATE_PAYMENT,
	SIGN_HARMFUL_REQUEST,
	SIGN_INDECISION,
	SIGN_AFTER_HOURS,
	SIGN_UNSTEADY_WORK,
	/* Markers: never findings, never points. Judge and risk read them as context. */
	SIGN_APOLOGY,   /* credit of risk.md */
	SIGN_BOUNDARY,  /* my own words: hours told, scope reminded */
	SIGN_COURTESY,  /* "no need to answer before Monday": cancels an after-hours demand */
	SIGN_REQUEST,   /* a sentence that asks for something */
	SIGN_IMMEDIATE, /* asks to act before the next opening */
	SIGN_TODAY,     /* asks to act by the end of the day: there may be an opening before it */
	SIGN_PAYMENT,   /* the money has come, or has gone out */
	SIGN_COUNT,
};

#define SIGN_FIRST_MARKER SIGN_APOLOGY

const char *sign_name(enum sign s); /* the slug, "scope-creep" */
const char *sign_help(enum sign s); /* what it stands for, in a line */
bool sign_parse(struct str slug, enum sign *out);
bool sign_is_marker(enum sign s);
/* All slugs, for "did you mean". */
extern const char *const sign_names[SIGN_COUNT];

/* 1 note, 2 minor, 3 serious, 4 grave. */
const char *severity_name(int severity);

#endif
