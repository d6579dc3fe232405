/* What a format is: how its files are told, cut into messages, and how one message is read. */
#ifndef OVERSTEP_DAEMON_CHAT_FORMAT_H
#define OVERSTEP_DAEMON_CHAT_FORMAT_H

#include "chat/chat.h"

#include "json_split.h"
#include "whatsapp_head.h"

/* Going through one file. */
struct chat_cursor {
	struct str octets;
	size_t at; /* what lies before is done */
	struct json_split split;
	size_t message_paths; /* of those that are split off (json_form.h) */
	struct whatsapp_style style;
	uint64_t other_style;    /* chat_survey.h */
	struct buf conversation; /* where the file says whose chat it is */
};

/* A piece of the file: a message, or what is none. */
struct chat_slice {
	size_t start;
	size_t end;
	const char *why; /* it cannot be read: literal; else NULL */
};

struct chat_form {
	const char *name;
	/* Could it be one, by its first octets? */
	bool (*sniff)(struct str head);
	/* Does this file of an export hold messages? By its path within. */
	bool (*holds)(struct str path);
	/* NULL: the file says it. */
	struct str (*conversation)(struct str path);
	/* Of a new file. May be NULL. -1: out of memory. */
	int (*begin)(struct chat_cursor *c);
	/* 1 and the next piece, 0 at the end, -1 out of memory. */
	int (*next)(struct chat_cursor *c, struct chat_slice *out);
	/* Into a zeroed message. Octets that are none give CHAT_UNREAD. -1: out of memory. */
	int (*read)(
		const struct chat_declared *declared, struct str octets, struct chat_message *out);
	/* The list of people, when this file is it. NULL: the format has none. */
	bool (*lists_people)(struct str path);
};

extern const struct chat_form chat_whatsapp, chat_telegram, chat_slack, chat_discord,
	chat_messenger, chat_sms;

/* The last part of a path, and the folder it lies in (the last one only, absent: none). */
struct str path_name(struct str path);
struct str path_folder(struct str path);

/* `out` becomes CHAT_UNREAD for the reason given. 0, or -1 out of memory. */
int chat_unread(struct chat_message *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A copy of the message's own, invalid bytes repaired. An absent value stays absent. 0 or -1. */
int chat_set(struct chat_message *m, struct str value, struct str *out);

#endif
