/* A risk figure: begun, ended, and the names of its bands and trends. */
#include "model/risk.h"

#include <assert.h>
#include <stdlib.h>

const char *band_name(enum band b)
{
	static const char *const names[] = {
		[BAND_CALM] = "calm",
		[BAND_WATCH] = "watch",
		[BAND_STRAINED] = "strained",
		[BAND_DECIDE] = "decide",
	};
	assert(b <= BAND_DECIDE);
	return names[b];
}

const char *trend_name(enum trend t)
{
	static const char *const names[] = {
		[TREND_FALLING] = "falling",
		[TREND_STEADY] = "steady",
		[TREND_RISING] = "rising",
	};
	return names[t];
}

enum band band_of(int tenths)
{
	if (tenths < 100)
		return BAND_CALM;
	if (tenths < 300)
		return BAND_WATCH;
	return tenths < 600 ? BAND_STRAINED : BAND_DECIDE;
}

void risk_init(struct risk *r)
{
	*r = (struct risk){0};
}

void risk_finish(struct risk *r)
{
	if (!r)
		return;
	arena_finish(&r->arena);
	free(r->causes);
	*r = (struct risk){0};
}
