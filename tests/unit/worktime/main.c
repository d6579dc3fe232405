/* Tests of the room worktime. */
#include "suites.h"
#include "unit.h"
#include <stdio.h>

uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

int main(void)
{
	Suite *(*const suites[])(void) = {tz_rule_suite, tzif_suite, zone_suite, schedule_suite,
		holidays_suite, ics_suite, moment_suite};
	setvbuf(stdout, NULL, _IOLBF, 0); /* a failing check leaves without flushing */
	return unit_run(suites, sizeof(suites) / sizeof(suites[0]));
}
