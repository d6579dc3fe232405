/* The octets of a chat's export, in the hands of the process that reads it. */
#ifndef OVERSTEP_DAEMON_APP_CHAT_EXPORT_H
#define OVERSTEP_DAEMON_APP_CHAT_EXPORT_H

#include "base/crypto.h"
#include "chat/chat.h"

/* Of its files the one under way stays loaded: both who goes through it and who cuts a message out
   of it ask for it. Zero-initialised: none. */
struct chat_export {
	struct chat_files files; /* once it is open */
	const char *path;        /* borrowed */
	struct buf packed;       /* a folder, as a zip of it; empty: it is a file */
	struct str octets;       /* of the whole file */
	struct chat_files *inner;
	bool holds;
	size_t index;
	struct str held;
	size_t given_back; /* so far, of a file that is mapped */
};

/* The last part of a path. Borrowed. */
struct str chat_export_name(const char *path);
/* Takes it in hand: nothing else is opened after that. Fails: ERROR_SYSTEM, ERROR_INPUT,
   ERROR_LIMIT, ERROR_MEMORY. */
int chat_export_take(const char *path, struct chat_export *out, struct error *err);
/* Finds its files. Fails as chat_files_open. */
int chat_export_open(struct chat_export *e, struct error *err);
/* A folder is one, too. */
bool chat_export_is_zip(const struct chat_export *e);
int chat_export_sum(const struct chat_export *e, struct sha256 *out, struct error *err);
void chat_export_finish(struct chat_export *e);

#endif
