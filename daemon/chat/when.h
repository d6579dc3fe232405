/* From what an export says of a moment to an instant. */
#ifndef OVERSTEP_DAEMON_CHAT_WHEN_H
#define OVERSTEP_DAEMON_CHAT_WHEN_H

#include "base/clock.h"
#include "chat/chat.h"

/* What a clock on the wall showed. */
struct local_time {
	struct date date;
	int hour;
	int minute;
	int second;
	bool has_second;
};

/* Through the declared zone; without one the state is CHAT_TIME_NONE. */
void when_local(
	const struct chat_declared *declared, const struct local_time *t, struct chat_time *out);
/* An instant that stands there itself, and the offset it stands with. */
void when_instant(int64_t at_us, int offset_min, struct chat_time *out);
/* "1736478514.897649" or "1736478514": seconds since 1970, to the microsecond. */
bool when_seconds(struct str s, int64_t *at_us);
/* RFC 3339 with offset, or without one a local time: "2019-07-05T16:55:32". */
bool when_iso(const struct chat_declared *declared, struct str s, struct chat_time *out);
/* Milliseconds since 1970, of the years 1970 to 9999. */
bool when_milliseconds(int64_t ms, int64_t *at_us);

#endif
