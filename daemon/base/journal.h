/* The systemd journal's native protocol: one datagram of NAME=value lines an event. */
#ifndef OVERSTEP_DAEMON_BASE_JOURNAL_H
#define OVERSTEP_DAEMON_BASE_JOURNAL_H

#include "base/log.h"

#define JOURNAL_SOCKET "/run/systemd/journal/socket"

struct journal_entry {
	size_t len;
	char text[8192];
};

/* stream: "DEVICE:INODE", what systemd connected standard error to; is fd still that? */
bool journal_is_stream(const char *stream, int fd);

void journal_begin(struct journal_entry *entry, const struct log_kind *kind);
/* value is one line; a field for which there is no room is left out. */
void journal_add(struct journal_entry *entry, const char *name, struct str value);
/* message is one line. false: nobody has it. */
bool journal_send(struct journal_entry *entry, struct str message, const char *socket_path);

#endif
