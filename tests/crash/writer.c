/* Writes an archive in batches: writer FOLDER BATCHES. Before it says that a batch is stored it
   writes a line to FOLDER/acks, for the trace. Ends with 3 when the archive would not take one,
   after it has opened it anew and gone on once. */
#include "archive/archive.h"
#include "archive/checkpoint.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH 5

static int add_one(struct archive *a, int number, struct error *err)
{
	const struct str client = STR("acme");
	const struct message_entry entry = {
		.place = {.account = STR("studio"),
			.folder = STR("INBOX"),
			.uidvalidity = 1,
			.uid = (uint32_t)number + 1},
		.direction = DIRECTION_IN,
		.clients = &client,
		.client_count = 1,
		.clocks = {.has = {[CLOCK_SEEN] = true}, .used = CLOCK_SEEN},
		.size_bytes = 1,
	};
	char octets[6000];
	struct record r;
	/* sizes on both sides of a page */
	int len = snprintf(octets, sizeof(octets), "Subject: %d\r\n\r\n", number);
	memset(octets + len, 'a' + number % 26, sizeof(octets) - (size_t)len);
	size_t size = 100 + (size_t)(number * 977) % (sizeof(octets) - 100);
	record_init(&r);
	int result = archive_message_record(a, &entry, &r, err);
	if (!result)
		result = archive_append(a, &r, (struct str){octets, size}, err);
	record_finish(&r);
	return result;
}

static int add_batch(struct archive *a, int first, struct error *err)
{
	const struct position position = {1, (uint32_t)first + BATCH, STR("acme")};
	if (archive_begin(a, err) < 0)
		return -1;
	int result = 0;
	for (int i = 0; i < BATCH && !result; i++)
		result = add_one(a, first + i, err);
	if (!result)
		result = archive_set_position(a, STR("studio"), STR("INBOX"), &position, err);
	if (!result)
		result = archive_commit(a, err);
	if (result < 0)
		archive_rollback(a);
	return result;
}

static int sign(struct archive *a, struct error *err)
{
	struct log_key key = {0};
	int result = log_key_open(a, NULL, &key, err);
	if (!result)
		result = archive_checkpoint(a, &key, err) < 0 ? -1 : 0;
	log_key_close(&key);
	return result;
}

int main(int argc, char **argv)
{
	struct archive *a = NULL;
	struct error err = {0};
	char acks[512];
	int troubles = 0;
	if (argc != 3)
		return 2;
	snprintf(acks, sizeof(acks), "%s/acks", argv[1]);
	int fd = open(acks, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	for (int batch = 0; batch < atoi(argv[2]);) {
		int result = a ? 0 : archive_open(argv[1], ARCHIVE_CREATE, NULL, &a, &err);
		if (!result)
			result = add_batch(a, batch * BATCH, &err);
		if (result < 0) {
			/* as the keeper does: a new handle, and the batch again */
			archive_close(a);
			a = NULL;
			if (troubles++)
				break;
			continue;
		}
		batch++;
		dprintf(fd, "%d\n", batch * BATCH);
		if (batch % 4 == 0 && sign(a, &err) < 0)
			troubles++;
	}
	archive_close(a);
	if (troubles)
		fprintf(stderr, "%s\n", err.text);
	return troubles ? 3 : 0;
}
