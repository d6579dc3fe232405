/* Mail in files: a Maildir, an mbox file, files that are a mail each, or a folder of all that.
 */
#ifndef OVERSTEP_SOURCE_FILES_H
#define OVERSTEP_SOURCE_FILES_H

#include "source/source.h"

/* What is in files, and how it lies there. */
enum mail_format {
	MAIL_AUTO, /* each file is looked at */
	MAIL_MAILDIR,
	MAIL_MBOX,
	MAIL_EML, /* each file is a mail */
	MAIL_FORMATS
};
const char *mail_format_name(enum mail_format f);
bool mail_format_parse(struct str name, enum mail_format *out);

/* Mail in files. Strings borrowed for the source's life. */
struct files_plan {
	struct str account;
	struct str path; /* a file, or a folder that is looked through */
	enum mail_format format;
	uint64_t max_size_bytes;
	bool growing; /* it is watched: a file that was changed just now is left for later */
	int wake_fd;  /* as of imap_plan */
};

/* Looks through the files. A round gives what is in them and was not given before: what a file was
   when it was read is remembered while the source is open, whatever its name is by then. A file
   that cannot be read is told of and passed over. Fails: ERROR_NOT_FOUND, ERROR_SYSTEM (the path),
   ERROR_INPUT (neither file nor folder), ERROR_MEMORY. */
int source_open_files(const struct files_plan *plan, const struct source_watcher *watcher,
	struct source **out, struct error *err);

#endif
