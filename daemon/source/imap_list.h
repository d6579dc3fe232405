/* Lists the folders of an IMAP server. */
#ifndef OVERSTEP_SOURCE_IMAP_LIST_H
#define OVERSTEP_SOURCE_IMAP_LIST_H

#include "folder.h"
#include "imap_session.h"

/* Replaces *out (zero-initialised at first). */
int session_list(struct imap_session *s, struct folder_list *out, struct error *err);

#endif
