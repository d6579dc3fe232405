/* Any bytes from the other end of a channel: frames, or an error; whole and byte by byte the same.
 */
#include "channel.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* What is read when the bytes come in steps of that size. */
static void read_frames(const unsigned char *data, size_t size, size_t step, struct buf *out)
{
	int pair[2];
	struct channel *channel;
	struct frame frame;
	struct error err = {0};
	int result = 0;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 ||
		channel_new(pair[0], false, &channel, &err) < 0)
		abort();
	for (size_t at = 0; at < size && result >= 0; at += step) {
		size_t left = size - at;
		if (write(pair[1], data + at, left < step ? left : step) < 0)
			abort();
		while ((result = channel_next(channel, &frame, &err)) > 0)
			buf_add_format(out, "%s|%.*s|%.*s\n", frame.verb, STR_ARG(frame.head),
				STR_ARG(frame.payload));
	}
	buf_add_format(out, "%d\n", result < 0 ? (int)err.kind : 0);
	channel_free(channel);
	close(pair[1]);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct buf whole = {0}, stepped = {0};
	if (!size || size > 4096)
		return 0;
	read_frames(data, size, size, &whole);
	read_frames(data, size, 1, &stepped);
	if (whole.len != stepped.len || memcmp(whole.ptr, stepped.ptr, whole.len) != 0)
		abort();
	buf_finish(&whole);
	buf_finish(&stepped);
	return 0;
}
