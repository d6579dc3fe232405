/* Fuzzes the reader of calendar files; what it took must be in order and findable. */
#include "ics.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct days_off days = {0};
	struct error err = {0};
	int result = ics_read((struct str){(const char *)data, size}, "fuzz.ics", &days, &err);
	if (result < 0 && (err.kind == ERROR_NONE || err.text[0] == '\0'))
		abort();
	days_off_sort(&days);
	for (size_t i = 0; i < days.count; i++) {
		if (!days_off_find(&days, days.items[i].day))
			abort();
	}
	days_off_finish(&days);
	return 0;
}
