/* For whom a platform speaks: "Jane D. via Upwork <room_...@email.upwork.com>". */
#ifndef OVERSTEP_MESSAGE_SPEAKER_H
#define OVERSTEP_MESSAGE_SPEAKER_H

#include "model/message.h"
#include "model/platform.h"

/* The name of a user, by the address alone: of one who is written to as well. Borrowed; false when
   the form is not known. */
bool speaker_of_address(
	const struct platform *platform, const struct address *address, struct str *name);
/* The same of a mail, whose subject may tell it too. */
bool speaker_of_mail(const struct platform *platform, const struct address *from,
	struct str subject, struct str *name);

#endif
