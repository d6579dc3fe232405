/* The files that an export consists of: one, those in a zip, or those in a folder. */
#ifndef OVERSTEP_CHAT_CHAT_FILES_H
#define OVERSTEP_CHAT_CHAT_FILES_H

#include "base/error.h"
#include "base/str.h"

struct chat_file {
	struct str
		name; /* path within the export, '/' between folders: "general/2026-01-10.json" */
	uint64_t size_bytes;
};

/* Whoever owns a folder makes one of its own with this as its first member. */
struct chat_files {
	struct str name; /* of the export as a whole: "WhatsApp Chat - Jane D..zip" */
	const struct chat_file *items;
	size_t count;
	/* Octets of one, valid until the next load or close. Going through in order is cheap. */
	int (*load)(struct chat_files *files, size_t index, struct str *octets, struct error *err);
	/* Whoever goes through the one that was loaded last is at that octet. NULL: nobody asks. */
	void (*reached)(struct chat_files *files, size_t at);
	void (*close)(struct chat_files *files);
};

/* One file's octets (borrowed until chat_files_close), or what is in them when they are a zip: its
   members are named and unpacked in memory, one at a time, never to disk. Fails: ERROR_INPUT no
   sound zip, or a member whose name leads out of it or is there twice; ERROR_LIMIT (limits.h,
   LIMIT_CHAT_*).
 */
int chat_files_open(struct str name, struct str octets, struct chat_files **out, struct error *err);
void chat_files_close(struct chat_files *files); /* NULL is fine */

/* Appends a zip of them, uncompressed and without times: the same files give the same octets.
   Fails: ERROR_LIMIT more than LIMIT_CHAT_MEMBER in all, and what loading a file says. */
int chat_files_zip(struct chat_files *files, struct buf *out, struct error *err);

#endif
