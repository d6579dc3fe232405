/* Fuzzes the reader of records: no bytes harm it, and what it accepts is written back the same. */
#include "archive/archive.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};
	struct message_entry entry;
	struct buf again = {0};
	struct record r;
	record_init(&r);
	if (record_read(bytes, &r, NULL) == 0) {
		if (record_write(&r, &again, NULL) < 0 || !str_eq(buf_str(&again), bytes))
			abort();
		if (r.type == RECORD_MESSAGE)
			archive_message_entry(&r, &entry, NULL);
	}
	buf_finish(&again);
	record_finish(&r);
	return 0;
}
