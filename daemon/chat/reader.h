/* Going through the files of an export, slice by slice. */
#ifndef OVERSTEP_DAEMON_CHAT_READER_H
#define OVERSTEP_DAEMON_CHAT_READER_H

#include "format.h"

extern const struct chat_form *const chat_forms[CHAT_FORMATS];

/* 1 and the next slice with its octets, valid until the next call; 0 at the end; -1. */
int chat_reader_slice(
	struct chat_reader *r, struct chat_slice *out, struct str *octets, struct error *err);
/* Lines of another form than the file's own, so far (chat_survey.h). */
uint64_t chat_reader_other_style(const struct chat_reader *r);

#endif
