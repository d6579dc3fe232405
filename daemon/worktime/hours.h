/* What a worktime is made of; its two files share it. */
#ifndef OVERSTEP_WORKTIME_HOURS_H
#define OVERSTEP_WORKTIME_HOURS_H

#include "days_off.h"
#include "schedule.h"
#include "worktime/zone.h"

struct worktime {
	struct zone *zone;
	struct schedule hours;
	struct interval night;
	struct days_off holidays;
	struct days_off leave;
};

#endif
