/* Progress of long work on standard error: a bar on a terminal, a line now and then in a pipe. */
#include "output.h"

#include "base/clock.h"
#include <string.h>
#include <unistd.h>

#define QUIET_US SECOND_US /* what takes less is not worth a word */
#define BAR_EVERY_US (SECOND_US / 10)
#define LINE_EVERY_US (10 * SECOND_US)
#define BAR_WIDTH 30

void progress_init(struct progress *p)
{
	*p = (struct progress){
		.started_us = clock_monotonic_us(), .terminal = isatty(STDERR_FILENO)};
}

static void draw_bar(const char *what, uint64_t done, uint64_t all)
{
	char bar[BAR_WIDTH + 1];
	size_t full = all ? (size_t)(done * BAR_WIDTH / all) : 0;
	if (full > BAR_WIDTH)
		full = BAR_WIDTH;
	memset(bar, '#', full);
	memset(bar + full, '.', BAR_WIDTH - full);
	bar[BAR_WIDTH] = '\0';
	fprintf(stderr, "\r\033[K%s [%s] %llu of %llu", what, bar, (unsigned long long)done,
		(unsigned long long)all);
	fflush(stderr);
}

void progress_tell(void *context, const char *what, uint64_t done, uint64_t all)
{
	struct progress *p = context;
	int64_t now = clock_monotonic_us();
	int64_t every = p->terminal ? BAR_EVERY_US : LINE_EVERY_US;
	if (now - p->started_us < QUIET_US || (p->told && now - p->told_us < every))
		return;
	if (p->terminal)
		draw_bar(what, done, all);
	else
		fprintf(stderr, "%s %llu of %llu\n", what, (unsigned long long)done,
			(unsigned long long)all);
	p->told = true;
	p->told_us = now;
}

void progress_finish(struct progress *p)
{
	if (p->told && p->terminal)
		fputs("\r\033[K", stderr);
}
