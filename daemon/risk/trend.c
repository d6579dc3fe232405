/* Where a client's figure is going: today's against the one a month ago. */
#include "risk/risk_fold.h"

#define TREND_DAYS 30
#define TREND_TENTHS 20

int risk_trend(const struct risk_history *history, int64_t day, enum trend *out, struct error *err)
{
	struct risk now, before;
	risk_init(&now);
	risk_init(&before);
	int result = risk_fold(history, day, &now, err);
	if (!result)
		result = risk_fold(history, day - TREND_DAYS, &before, err);
	if (!result) {
		int change = now.tenths - before.tenths;
		*out = change > TREND_TENTHS     ? TREND_RISING
			: change < -TREND_TENTHS ? TREND_FALLING
						 : TREND_STEADY;
	}
	risk_finish(&now);
	risk_finish(&before);
	return result;
}
