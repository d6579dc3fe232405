/* Is it the same mail, but for what programs note in it where they keep it? */
#ifndef OVERSTEP_DAEMON_APP_SAME_MAIL_H
#define OVERSTEP_DAEMON_APP_SAME_MAIL_H

#include "base/error.h"
#include "base/str.h"

struct entry;
struct store;

/* Two mails in CRLF form, without the fields that mail programs write into their own files, and
   without empty lines at their ends. */
bool mail_is_same(struct str a, struct str b);
/* Is the mail of that Message-ID in the archive the same one? 1 and *seq, 0, -1. */
int same_mail_find(struct store *s, const struct entry *e, uint64_t *seq, struct error *err);

#endif
