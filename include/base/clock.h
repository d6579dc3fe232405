/* Now, as a parameter, so that a test can fix it; and the civil calendar (proleptic Gregorian). */
#ifndef OVERSTEP_BASE_CLOCK_H
#define OVERSTEP_BASE_CLOCK_H

#include "base/str.h"

#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

/* Zero-initialised is the system's clock. fixed_us other than 0 stands still there. */
struct clock {
	int64_t fixed_us;
};

int64_t clock_now_us(const struct clock *c); /* UTC since 1970; c may be NULL */
int64_t clock_monotonic_us(void);            /* for deadlines only */
int64_t clock_boot_us(void);                 /* the same, but goes on while the machine sleeps */

/* A day of the calendar, month 1-12, day 1-31. */
struct date {
	int year;
	int month;
	int day;
};

bool date_valid(struct date d);      /* years 1 to 9999 */
int64_t date_to_days(struct date d); /* days since 1970-01-01 */
struct date date_from_days(int64_t days);
int date_weekday(int64_t days); /* 0 Monday ... 6 Sunday */
/* The civil day of an instant, days since 1970, so far east of UTC. */
int64_t date_of_instant(int64_t at_us, int offset_min);
int date_days_in_month(int year, int month);
bool date_parse(struct str s, struct date *out); /* "2026-01-15" exactly */
int date_cmp(struct date a, struct date b);
extern const char *const weekday_names[7]; /* "Mon" ... "Sun" */

/* RFC 3339: "2026-11-22T09:04:00+01:00", or Z when offset_min is 0 and `zulu`. Whole seconds. */
#define TIME_TEXT_SIZE 40
void time_format(int64_t at_us, int offset_min, bool zulu, char out[TIME_TEXT_SIZE]);
/* RFC 5322 section 3.3, as mails have it: "Mon, 12 Jan 2026 10:05:00 +0100". */
void time_format_mail(int64_t at_us, int offset_min, char out[TIME_TEXT_SIZE]);
/* RFC 3339 date-time with offset or Z (seconds may be missing, fraction kept to the microsecond).
 */
bool time_parse(struct str s, int64_t *at_us, int *offset_min);
/* "60 s", "2 min", "1 h", "60 d", "3 w", "3 y" (365 days) -> seconds. */
bool duration_parse(struct str s, int64_t *seconds);
/* "64 MiB", "10 KiB", "5 MB", "1024" -> bytes. */
bool size_parse(struct str s, uint64_t *bytes);

#endif
