/* What a part is to its reader: words, a file, or something that hides words. */
#ifndef OVERSTEP_MESSAGE_PART_KIND_H
#define OVERSTEP_MESSAGE_PART_KIND_H

#include "model/message.h"

enum disposition { DISPOSITION_NONE, DISPOSITION_INLINE, DISPOSITION_ATTACHMENT };

/* From type, filename and depth. related: within a multipart/related, where images are shown. */
bool part_is_attachment(const struct part *p, enum disposition disposition, bool related);

/* Is it a winmail.dat (TNEF), in which Outlook packs files, and the text too where it thinks that
   the receiver has Outlook? */
bool part_is_wrapping(const struct part *p);

/* Why the words inside a part of this type cannot be read; NULL when it hides none. smime_type may
   be NULL (RFC 8551, 3.2.2). */
const char *part_unread(struct str type, const char *smime_type);

#endif
