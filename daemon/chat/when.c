/* Instants out of local readings, seconds and milliseconds. */
#include "when.h"

#define LAST_SECOND INT64_C(253402300799) /* of the year 9999 */

void when_instant(int64_t at_us, int offset_min, struct chat_time *out)
{
	out->state = CHAT_TIME_PLAIN;
	out->seconds_known = true;
	out->at_us = at_us;
	out->offset_min = offset_min;
}

void when_local(
	const struct chat_declared *declared, const struct local_time *t, struct chat_time *out)
{
	out->local = true;
	out->seconds_known = t->has_second;
	if (!declared->zone)
		return;
	int64_t at_us[2];
	int count = declared->instants(declared->zone, t->date.year, t->date.month, t->date.day,
		t->hour, t->minute, at_us);
	static const enum chat_time_state states[] = {
		CHAT_TIME_GAP, CHAT_TIME_PLAIN, CHAT_TIME_FOLD};
	out->state = states[count];
	int64_t as_utc_us =
		date_to_days(t->date) * DAY_US + t->hour * HOUR_US + t->minute * MINUTE_US;
	out->offset_min = (int)((as_utc_us - at_us[0]) / MINUTE_US);
	out->at_us = at_us[0] + t->second * SECOND_US;
	if (count == 2)
		out->other_us = at_us[1] + t->second * SECOND_US;
}

bool when_seconds(struct str s, int64_t *at_us)
{
	struct str rest = s, whole, fraction;
	uint64_t seconds, micro = 0;
	if (!str_split(&rest, '.', &whole) || !str_to_u64(whole, LAST_SECOND, &seconds))
		return false;
	fraction = str_slice(rest, 0, 6);
	if (rest.len && !str_to_u64(rest, UINT64_MAX, &micro))
		return false;
	if (fraction.len && !str_to_u64(fraction, 999999, &micro))
		return false;
	for (size_t i = fraction.len; i < 6; i++)
		micro *= 10;
	*at_us = (int64_t)seconds * SECOND_US + (int64_t)micro;
	return true;
}

bool when_milliseconds(int64_t ms, int64_t *at_us)
{
	if (ms < 0 || ms / 1000 > LAST_SECOND)
		return false;
	*at_us = ms * 1000;
	return true;
}

/* Two digits at `at`, at most `most`. */
static bool two_digits(struct str s, size_t at, uint64_t most, int *out)
{
	uint64_t value;
	if (at + 2 > s.len || !str_to_u64(str_slice(s, at, at + 2), most, &value))
		return false;
	*out = (int)value;
	return true;
}

bool when_iso(const struct chat_declared *declared, struct str s, struct chat_time *out)
{
	int64_t at_us;
	int offset_min;
	if (time_parse(s, &at_us, &offset_min)) {
		when_instant(at_us, offset_min, out);
		return true;
	}
	struct local_time t = {.has_second = true};
	if (s.len != 19 || s.ptr[10] != 'T' || s.ptr[13] != ':' || s.ptr[16] != ':' ||
		!date_parse(str_slice(s, 0, 10), &t.date) || !two_digits(s, 11, 23, &t.hour) ||
		!two_digits(s, 14, 59, &t.minute) || !two_digits(s, 17, 59, &t.second))
		return false;
	when_local(declared, &t, out);
	return true;
}
