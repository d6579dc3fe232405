/* A zip as the files of an export; read by libarchive. */
#ifndef OVERSTEP_DAEMON_CHAT_ZIP_H
#define OVERSTEP_DAEMON_CHAT_ZIP_H

#include "chat/chat_files.h"

bool zip_is(struct str octets);
/* As chat_files_open. */
int zip_open(struct str name, struct str octets, struct chat_files **out, struct error *err);

#endif
