/* What a backtest shows. */
#ifndef OVERSTEP_DAEMON_CLI_BACKTEST_OUTPUT_H
#define OVERSTEP_DAEMON_CLI_BACKTEST_OUTPUT_H

#include "app/backtest.h"
#include "assess.h"

struct outlook {
	const char *rules_path; /* --rules; NULL: the files as they are */
	const char *glob;       /* --rule; NULL: all */
	size_t samples;
	int64_t at_us;
	size_t rules; /* judged by */
	bool others;  /* the files are not what the archive was last judged by */
	struct backtest backtest;
	struct assessment *before, *after; /* of the same clients */
	size_t client_count, assessed;
};

/* 0, 1 when nothing would change, -1. */
int outlook_print(struct invocation *in, const struct outlook *o, struct error *err);

#endif
