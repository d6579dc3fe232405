/* The systemd journal's native protocol: one datagram of NAME=value lines an event. */
#include "journal.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Kept for the line that every entry ends with. */
#define MESSAGE_ROOM 3072

bool journal_is_stream(const char *stream, int fd)
{
	struct stat status;
	char own[64];
	if (!stream || fstat(fd, &status) < 0)
		return false;
	snprintf(own, sizeof(own), "%llu:%llu", (unsigned long long)status.st_dev,
		(unsigned long long)status.st_ino);
	return strcmp(stream, own) == 0;
}

static void add_line(
	struct journal_entry *entry, const char *name, struct str value, size_t left_free)
{
	size_t room = sizeof(entry->text) - left_free - entry->len;
	int len = snprintf(entry->text + entry->len, room, "%s=%.*s\n", name, STR_ARG(value));
	if (len > 0 && (size_t)len < room)
		entry->len += (size_t)len;
}

void journal_begin(struct journal_entry *entry, const struct log_kind *kind)
{
	char priority[] = {(char)('0' + kind->level), '\0'};
	entry->len = 0;
	add_line(entry, "PRIORITY", str_from(priority), MESSAGE_ROOM);
	add_line(entry, "SYSLOG_IDENTIFIER", STR("overstepd"), MESSAGE_ROOM);
	add_line(entry, "MESSAGE_ID", str_from(kind->message_id), MESSAGE_ROOM);
}

void journal_add(struct journal_entry *entry, const char *name, struct str value)
{
	char upper[64] = "OVERSTEP_";
	size_t len = strlen(upper);
	for (; *name && len < sizeof(upper) - 1; name++)
		upper[len++] = *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name;
	add_line(entry, upper, value, MESSAGE_ROOM);
}

/* A socket an event: nothing is kept open that a child could inherit. */
bool journal_send(struct journal_entry *entry, struct str message, const char *socket_path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(socket_path) >= sizeof(address.sun_path))
		return false;
	strcpy(address.sun_path, socket_path);
	add_line(entry, "MESSAGE", message, 0);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	/* a journal that does not keep up holds nobody up */
	ssize_t sent = sendto(fd, entry->text, entry->len, MSG_NOSIGNAL | MSG_DONTWAIT,
		(struct sockaddr *)&address, sizeof(address));
	close(fd);
	return sent >= 0;
}
