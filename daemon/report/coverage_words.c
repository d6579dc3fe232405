/* Lines of what was watched and what was missed, in words. */
#include "base/clock.h"
#include "report/coverage.h"
#include "report/words.h"

/* "2026-03-10 02:00-04:10", "2026-03-03 10:00 to 2026-03-09 22:00" */
static void say_period(const struct pen *pen, struct report_time from, struct report_time until)
{
	if (date_of_instant(from.at_us, from.offset_min) ==
		date_of_instant(until.at_us, until.offset_min))
		SAY(pen, PHRASE_SPAN_OF_DAY, fill_time(from), fill_clock(until));
	else
		SAY(pen, PHRASE_SPAN, fill_time(from), fill_time(until));
}

void coverage_say(const struct pen *pen, const struct coverage_line *line)
{
	static const enum phrase begin[] = {
		[COVERAGE_WATCHED] = PHRASE_COVERAGE_WATCHED,
		[COVERAGE_AWAY] = PHRASE_COVERAGE_AWAY,
		[COVERAGE_UNKNOWN] = PHRASE_COVERAGE_UNKNOWN,
		[COVERAGE_UNREAD] = PHRASE_COVERAGE_UNREAD,
		[COVERAGE_RENUMBERED] = PHRASE_COVERAGE_RENUMBERED,
		[COVERAGE_RESTORED] = PHRASE_COVERAGE_RESTORED,
		[COVERAGE_VANISHED] = PHRASE_COVERAGE_VANISHED,
		[COVERAGE_MOVED] = PHRASE_COVERAGE_MOVED,
	};
	if (line->kind >= COVERAGE_VANISHED)
		SAY(pen, begin[line->kind], fill_count(line->count), fill_text(line->why));
	else
		say(pen, begin[line->kind]);
	buf_add_char(pen->out, ' ');
	if (line->kind >= COVERAGE_UNREAD)
		SAY(pen, PHRASE_COVERAGE_PLACE, fill_text(line->folder), fill_text(line->account),
			fill_time(line->from));
	else
		say_period(pen, line->from, line->until);
	if (line->kind == COVERAGE_AWAY || line->kind == COVERAGE_UNREAD)
		buf_add_char(pen->out, ' ');
	if (line->kind == COVERAGE_AWAY)
		SAY(pen, PHRASE_COVERAGE_WHY_AWAY, fill_text(line->account), fill_text(line->why));
	else if (line->kind == COVERAGE_UNREAD)
		SAY(pen, PHRASE_COVERAGE_WHY, fill_text(line->why));
}
