/* Time zones of the system's tz database: our own reader of TZif (RFC 9636) with its footer. */
#ifndef OVERSTEP_WORKTIME_ZONE_H
#define OVERSTEP_WORKTIME_ZONE_H

#include "base/error.h"
#include "base/str.h"

struct zone;

/* The system's, of files of that form. */
#define ZONE_FOLDER "/usr/share/zoneinfo"

/* Local reading of an instant. */
struct zone_time {
	int year;
	int month; /* 1-12 */
	int day;   /* 1-31 */
	int hour;
	int minute;
	int second;
	int weekday;  /* 0 Monday ... 6 Sunday */
	int offset_s; /* east positive */
	bool dst;
	char abbreviation[16];
};

/* name: an IANA name such as "Europe/Stockholm". folder: where TZif files are; NULL is
   ZONE_FOLDER. Fails: ERROR_CONFIG unknown zone (with did-you-mean) or no path
   below the folder, ERROR_INPUT broken file, or one that counts leap seconds. */
int zone_open(struct str name, const char *folder, struct zone **out, struct error *err);
/* From bytes, for tests and fuzzing. */
int zone_parse(struct str name, struct str tzif, struct zone **out, struct error *err);
void zone_close(struct zone *z);
struct str zone_name(const struct zone *z);

/* at_us: UTC since 1970. Any instant from year 1 to 9999. */
void zone_local(const struct zone *z, int64_t at_us, struct zone_time *out);

/* The instants that a local wall clock reading names: 1; 2 in a fold (earlier first); 0 in a gap,
   then out[0] is the reading taken with the offset from before the gap. Units: us UTC. */
int zone_instants(
	const struct zone *z, int year, int month, int day, int hour, int minute, int64_t out[2]);

/* "2025b": from the folder's tzdata.zi, else its +VERSION; "unknown" when neither tells. */
#define TZDATA_VERSION_SIZE 32
void zone_tzdata_version(const char *folder, char out[TZDATA_VERSION_SIZE]);

#endif
