/* A chat export taken apart: its messages in the order of the file, each with the place of its
   octets there, so that whoever cuts these out with dd has what was judged. */
#ifndef OVERSTEP_CHAT_CHAT_H
#define OVERSTEP_CHAT_CHAT_H

#include "base/error.h"
#include "chat/chat_files.h"
#include "model/text.h"

struct zone;

enum chat_format {
	CHAT_WHATSAPP,  /* .txt, or the .zip it comes in */
	CHAT_TELEGRAM,  /* result.json, of one chat or of all */
	CHAT_SLACK,     /* a folder or .zip: users.json, <channel>/<day>.json; or one such day */
	CHAT_DISCORD,   /* JSON of DiscordChatExporter */
	CHAT_MESSENGER, /* message_1.json of a download of one's information */
	CHAT_SMS,       /* SMS Backup & Restore XML */
	CHAT_FORMATS,
};
const char *chat_format_name(enum chat_format f);
bool chat_format_parse(struct str name, enum chat_format *out);
/* "whatsapp, telegram, ...": for complaints. */
void chat_format_list(struct buf *out);
/* Which of the formats is it? From the first octets of the files that could be of one. Fails:
   ERROR_INPUT none (UTF-16 is named), and what loading a file says. */
int chat_detect(struct chat_files *files, enum chat_format *out, struct error *err);

/* Text that some program has written anew in UTF-16, by its first octets: no export is made so. */
bool chat_is_utf16(struct str head);

enum chat_order { CHAT_ORDER_UNKNOWN, CHAT_DMY, CHAT_MDY, CHAT_YMD };
const char *chat_order_name(enum chat_order o); /* "day/month/year", ... */
/* "dmy", "mdy", "ymd", or a language with or without a region: "de", "en-US", "sv_SE.UTF-8". Fails:
   ERROR_USAGE, also for "en" alone, which writes dates both ways. */
int chat_order_parse(struct str locale, enum chat_order *out, struct error *err);

/* What an export does not say of itself. With it a message can be read from its octets alone. */
struct chat_declared {
	enum chat_order order; /* of dates; only WhatsApp asks for it */
	/* How a local reading becomes an instant: zone_instants of worktime and its zone. Without
	   them a local time has no instant. */
	const struct zone *zone;
	int (*instants)(const struct zone *zone, int year, int month, int day, int hour, int minute,
		int64_t out[2]);
};

enum chat_kind {
	CHAT_SAID,    /* somebody's words */
	CHAT_MEDIA,   /* a picture, a recording, a file, a call; a caption is new words */
	CHAT_SYSTEM,  /* the program's own line: joined, renamed, is encrypted */
	CHAT_DELETED, /* what stands where a message was */
	CHAT_UNREAD,  /* octets that are no message of the format: `why` says what was expected */
	CHAT_KINDS,
};
const char *chat_kind_name(enum chat_kind k);

enum chat_time_state {
	CHAT_TIME_NONE,  /* absent, or local and no zone was declared */
	CHAT_TIME_PLAIN, /* one instant */
	CHAT_TIME_FOLD,  /* the clock showed it twice: at_us is the first, other_us the second */
	CHAT_TIME_GAP,   /* the clock never showed it: at_us is as if it had not been set forward */
};
const char *chat_time_state_name(enum chat_time_state s);

struct chat_time {
	enum chat_time_state state; /* FOLD and GAP: disputed */
	bool local;                 /* written without offset: rests on the declared zone */
	bool seconds_known;         /* else at_us is the minute's first */
	int offset_min;             /* east of UTC, there and then */
	int64_t at_us;
	int64_t other_us;
	struct str written; /* as it stands there: "31/8/25, 20:47" */
};

/* Strings are the message's own, absent when the export does not tell. */
struct chat_message {
	struct arena arena;
	size_t file; /* index of the export's files */
	size_t start;
	size_t end;       /* half-open range of its octets in that file */
	uint64_t ordinal; /* among all messages of the export, from 0 */
	enum chat_kind kind;
	struct str
		conversation; /* not in the octets: the file's name, a channel, the other person */
	struct str author;    /* name as written, or as the export's list of people has it */
	struct str author_id; /* "U024BE7LH", "user300000000", a telephone number */
	struct str id;        /* of the message, stable between exports */
	struct str reply_to;  /* id of another message; the thread it stands in */
	struct chat_time time;
	bool outgoing;  /* the format itself says that the owner of the device wrote it */
	bool automatic; /* written by a bot */
	bool edited;    /* the export says so; what it said before is not known */
	bool has_edited_at;
	int64_t edited_at_us;
	struct text text; /* forwarded and quoted words tagged; system lines are automatic */
	struct str why;   /* CHAT_UNREAD: "date '31/8/25' does not fit month/day/year" */
};

void chat_message_init(struct chat_message *m);
void chat_message_finish(struct chat_message *m);

struct chat_reader;

/* Borrows files until chat_close, and the zone. Fails: ERROR_INPUT when no file of it can be of
   that format. */
int chat_open(enum chat_format format, struct chat_files *files,
	const struct chat_declared *declared, struct chat_reader **out, struct error *err);
void chat_close(struct chat_reader *r);
/* 1 and the next message (out must be init'ed; its former content is freed), 0 at the end, -1
   (ERROR_MEMORY, or what loading a file said). Octets that cannot be read come as CHAT_UNREAD. */
int chat_next(struct chat_reader *r, struct chat_message *out, struct error *err);

/* The same message again from its octets alone, without file, ordinal, conversation and what only
   the export's list of people knew. Pure. out must be init'ed. Fails: ERROR_MEMORY. */
int chat_read(enum chat_format format, const struct chat_declared *declared, struct str octets,
	struct chat_message *out, struct error *err);

#endif
