/* A client and the freelancer, as the configuration tells them. */
#ifndef OVERSTEP_MODEL_CLIENT_H
#define OVERSTEP_MODEL_CLIENT_H

#include "base/clock.h"
#include "base/str.h"
#include "model/tongue.h"

struct strs {
	struct str *items;
	size_t count;
};

/* What was agreed with a client. Absent strings and zero numbers were not stated. */
struct contract {
	bool present;
	bool has_signed;
	struct date signed_on;
	struct strs includes; /* `says` phrases */
	struct strs excludes;
	int payment_days;
	int notice_days;
	int revisions;
	struct str rate;
};

/* Memory belongs to the configuration that it came from. */
struct client {
	struct str id;         /* [a-z0-9][a-z0-9._-]*, unique */
	struct str name;       /* the id when not stated */
	struct strs addresses; /* "jane@acme.example" or "@acme.example" (that domain, not its
				  subdomains) */
	struct strs platform;  /* "upwork: Jane D.": who it is there (model/platform.h) */
	struct strs names;     /* in chats: "Jane D.", "+49 170 5550101", "U024BE7LH" */
	struct str time_zone;  /* absent: not known */
	struct strs office_hours;
	struct strs hours; /* agreed with this client, in my zone; empty: me.hours */
	bool has_hours_told;
	struct date hours_told;
	struct contract contract;
	int income_share;        /* per cent of my income; 0: not stated */
	struct strs owed, i_owe; /* what is to be paid and to be delivered, in words */
	int64_t retention_s;     /* 0: for ever */
	bool hold;
};

struct me {
	struct str name;
	struct strs addresses;
	struct strs names; /* in chats */
	struct str time_zone;
	struct strs hours;
	struct strs holidays; /* calendar codes or absolute paths of .ics files */
	struct strs leave;    /* "2026-07-01..2026-07-28", both days included */
	struct str night;     /* "22:00-07:00" */
	enum tongue tongue;   /* of reports and letters */
};

/* Does an address fit one of the patterns? In any case; a plus-part is ignored when the pattern has
   none; and as providers have it, jane.doe@gmail.com is janedoe@googlemail.com. */
bool address_fits(struct str address, const struct strs *patterns);
/* Does one of the patterns stand anywhere in octets that nobody has parsed, any case? */
bool address_named(struct str octets, const struct strs *patterns);

/* Is somebody of a chat one of them? In any case and spelling of blanks; "~ Jane", as WhatsApp
   names whom it does not know, is Jane; what cannot be seen does not count; a telephone number is
   its digits. */
bool person_fits(struct str name, const struct strs *names);
/* Appends the name as a configuration can have it, without control and invisible characters; it
   fits what the name fits. */
void person_plain(struct str name, struct buf *out);

enum direction { DIRECTION_IN, DIRECTION_OUT };
const char *direction_name(enum direction d);

#endif
