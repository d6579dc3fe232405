/* Fuzzes how an mbox is cut into mails: no octet is lost or told twice, and how much of it is held
   at once changes nothing. */
#include "mbox.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each mail's own octets, and behind it where it was. */
static void split(int fd, size_t size, size_t window, struct buf *out)
{
	struct mbox *m = NULL;
	struct mbox_event event;
	uint64_t start = 0, end = 0, found = 0;
	int more;
	if (mbox_open(fd, 0, window, &m, NULL) < 0)
		abort();
	while ((more = mbox_next(m, &event, NULL)) > 0) {
		if (event.kind == MBOX_OCTETS) {
			if (event.own.len > event.found.len)
				abort();
			found += event.found.len;
			buf_add_str(out, event.own);
			continue;
		}
		/* a mail lies behind the one before it, and has the octets that were told of it */
		if (event.start < end || event.end > size || event.start + found > event.end)
			abort();
		start = event.start;
		end = event.end;
		found = 0;
		buf_add_format(out, "[%llu %s]", (unsigned long long)start, event.format);
	}
	if (more < 0 || found)
		abort();
	mbox_close(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf one = {0}, other = {0};
	int fd = memfd_create("mbox", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	split(fd, size, MBOX_WINDOW_LEAST, &one);
	split(fd, size, 4 * MBOX_WINDOW_LEAST + size, &other);
	if (!one.failed && !other.failed && !str_eq(buf_str(&one), buf_str(&other)))
		abort();
	buf_finish(&one);
	buf_finish(&other);
	close(fd);
	return 0;
}
