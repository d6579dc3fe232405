/* A chat's export that is a folder: its files, none of them reached by a symbolic link. */
#ifndef OVERSTEP_DAEMON_APP_CHAT_FOLDER_H
#define OVERSTEP_DAEMON_APP_CHAT_FOLDER_H

#include "base/error.h"
#include "base/str.h"

/* Slack's, unpacked: a list of people and one of conversations lie in it. */
bool chat_folder_is(const char *path);

/* Appends a zip of its .json files and of those in its folders, in the order of their names: the
   same files give the same octets. Of a path that is no folder nothing is appended. Fails:
   ERROR_INPUT none of these, ERROR_LIMIT (limits.h, LIMIT_CHAT_*), ERROR_SYSTEM. */
int chat_folder_zip(const char *path, struct buf *out, struct error *err);

#endif
