/* Two verdicts on a message, beside each other. */
#ifndef OVERSTEP_DAEMON_APP_BACKTEST_COUNT_H
#define OVERSTEP_DAEMON_APP_BACKTEST_COUNT_H

#include "app/backtest.h"

/* The message at hand. */
struct backtest_message {
	uint64_t evidence;
	struct str client; /* whose it is counted for */
	int64_t at_us;
	struct str facts; /* JSON, read when words are to be shown; absent: there are none */
};

/* Counts what is in one list and not in the other, each in order of place. Fails: ERROR_MEMORY. */
int backtest_compare(struct backtest *b, size_t samples, const struct backtest_message *m,
	const struct judgement *before, const struct judgement *after, struct error *err);
/* One finding more or less. */
int backtest_add(struct backtest *b, size_t samples, const struct backtest_message *m,
	const struct finding *f, bool lost, struct error *err);
/* By name, by id. */
void backtest_sort(struct backtest *b);

#endif
