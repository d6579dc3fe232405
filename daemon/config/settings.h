/* The table of settings: what each is called, what it holds, what it is when it is not stated. */
#ifndef OVERSTEP_DAEMON_CONFIG_SETTINGS_H
#define OVERSTEP_DAEMON_CONFIG_SETTINGS_H

#include "config/config.h"

enum value_kind {
	VALUE_TEXT,    /* struct str */
	VALUE_TEXTS,   /* struct strs, from [ "..." ] or ( "..." ) */
	VALUE_NUMBER,  /* int */
	VALUE_FLAG,    /* bool */
	VALUE_SECONDS, /* int64_t, from "2 min" */
	VALUE_BYTES,   /* uint64_t, from "64 MiB" */
	VALUE_DATE,    /* struct date, from "2026-01-15", and the bool at `has` */
	VALUE_WORD,    /* an enum (int), from one of `words` */
	VALUE_PATH,    /* struct str, made absolute */
	VALUE_PATHS,   /* struct strs */
	VALUE_GROUP,   /* { }: `table` */
	VALUE_CLIENTS, /* ( {...}, {...} ): an array of struct client */
	VALUE_ACCOUNTS,
};

/* A further look at a text, or each of several: the caller's config_checks, or ours. */
enum value_check {
	CHECK_NONE,
	CHECK_ZONE,
	CHECK_LOCALE,
	CHECK_HOURS,
	CHECK_HOLIDAYS,
	CHECK_LEAVE,
	CHECK_NIGHT,
	CHECK_ADDRESS,  /* jane@acme.example */
	CHECK_PATTERN,  /* the same, or @acme.example */
	CHECK_PLATFORM, /* "upwork: Jane D." */
	CHECK_PLAIN,    /* no control characters: it is sent to a server */
	CHECK_ID,
	CHECK_READABLE,
	CHECK_PHRASE,
};

struct setting {
	const char *name;
	enum value_kind kind;
	size_t offset;
	const char *fallback; /* as it would be written; NULL: zero */
	const char *help;
	bool required;
	bool filled; /* a list that holds at least one */
	enum value_check check;
	int64_t least, most; /* of numbers, seconds, bytes; both 0: any */
	size_t has;          /* offset of a bool that says it was stated; 0: none */
	const char *const *words;
	const struct setting *table; /* of a group or of each item; ends with an empty row */
	size_t item_size;            /* of CLIENTS and ACCOUNTS */
	size_t count_offset;
};

extern const struct setting root_settings[], account_settings[], client_settings[];

/* describe.c. "text", "list of texts", "duration such as \"2 min\"" ... */
const char *value_kind_name(const struct setting *s);

/* Adds the words that it may be: "\"implicit\" or \"starttls\"". */
void value_words(const struct setting *s, struct buf *out);

/* Adds least and most in their largest units: "5 s to 1 d". */
void value_range(const struct setting *s, struct buf *out);

#endif
