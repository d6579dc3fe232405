/* A POSIX TZ string, as it ends a TZif file: the offsets for ever after and when they change. */
#ifndef OVERSTEP_WORKTIME_TZ_RULE_H
#define OVERSTEP_WORKTIME_TZ_RULE_H

#include "base/error.h"
#include "base/str.h"

#define DAY_S 86400

/* Towards minus infinity, as civil time needs it before 1970. */
static inline int64_t floor_divide(int64_t value, int64_t by)
{
	return value / by - (value % by < 0);
}

/* What clocks show for a while: TZif's "local time type". */
struct zone_type {
	int32_t offset_s; /* east positive */
	bool dst;
	char abbreviation[16];
};

enum tz_day_kind {
	TZ_DAY_OF_MONTH_WEEK, /* Mm.w.d: weekday d of week w (5 is the last) of month m */
	TZ_DAY_WITHOUT_LEAP,  /* Jn: 1-365, 29 February is never counted */
	TZ_DAY_WITH_LEAP,     /* n: 0-365, 29 February is counted */
};

struct tz_day {
	enum tz_day_kind kind;
	int month, week, weekday; /* weekday 0 is Sunday, as POSIX has it */
	int number;
	int32_t time_s; /* wall clock before the change, -167 h to 167 h */
};

struct tz_rule {
	struct zone_type standard;
	bool has_dst;
	struct zone_type dst;
	struct tz_day dst_begins, dst_ends;
};

/* Source: RFC 9636, section 3.3.2 with 3.3.1's wider range of times. Fails: ERROR_INPUT. */
int tz_rule_parse(struct str s, struct tz_rule *out, struct error *err);

/* The instants of a year (1 to 10000) at which DST begins and ends, seconds UTC; needs has_dst. */
void tz_rule_year(const struct tz_rule *r, int year, int64_t *begins_s, int64_t *ends_s);

#endif
