/* Fuzzes the TZif reader, and what a zone answers once it is read. */
#include "base/clock.h"
#include "worktime/zone.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int64_t instants_us[] = {INT64_MIN, -62135596800 * SECOND_US, -1, 0,
	1790000000 * SECOND_US, 4102444800 * SECOND_US, 253402300799 * SECOND_US, INT64_MAX};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zone *zone = NULL;
	if (zone_parse(STR("Fuzz"), (struct str){(const char *)data, size}, &zone, NULL) < 0)
		return 0;
	for (size_t i = 0; i < sizeof(instants_us) / sizeof(instants_us[0]); i++) {
		struct zone_time local;
		zone_local(zone, instants_us[i], &local);
		if (local.month < 1 || local.month > 12 || local.second < 0 || local.second > 59)
			abort();
	}
	for (int year = 1; year <= 9999; year += 357) {
		int64_t out[2];
		int count = zone_instants(zone, year, 3, 29, 2, 30, out);
		if (count < 0 || count > 2 || (count == 2 && out[0] >= out[1]))
			abort();
		for (int i = 0; i < count; i++) {
			struct zone_time local;
			zone_local(zone, out[i], &local);
			if (local.year != year || local.month != 3 || local.day != 29 ||
				local.hour != 2 || local.minute != 30 || local.second != 0)
				abort();
		}
	}
	zone_close(zone);
	return 0;
}
