/* A bundle checked as its own verify.sh does it, without its help. */
#ifndef OVERSTEP_ARCHIVE_BUNDLE_VERIFY_H
#define OVERSTEP_ARCHIVE_BUNDLE_VERIFY_H

#include "archive/verify.h"

/* Nothing in the folder is believed: links are not followed, names are plain, sizes bounded. What
   is found is told; in the summary records, messages, octet strings, checkpoints and covered are
   counted. Fails: ERROR_NOT_FOUND (no such folder), ERROR_USAGE (it is no bundle), ERROR_LIMIT,
   ERROR_SYSTEM, ERROR_MEMORY. */
int bundle_verify(const char *folder, const struct verify_plan *plan, struct verify_summary *out,
	struct error *err);

#endif
