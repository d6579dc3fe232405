/* A line of the risk in words: why it counts, how it was weighed, or why it counts nothing. */
#include "value.h"

#include <stddef.h>

static const char *const fates[FATE_COUNT] = {
	[FATE_WRONG] = "marked wrong: the rule erred",
	[FATE_AGREED] = "marked agreed: I had consented to it",
	[FATE_SHADOW] = "shadow rule: shown, never counted",
	[FATE_OWN_LANE] = "kept in a lane of its own, never part of the risk",
	[FATE_OUTGOING] = "my own words",
	[FATE_HOURS_NOT_TOLD] = "before the client was told my hours",
	[FATE_CONTACT_NOT_TOLD] = "contact only, and the client was never told my hours",
	[FATE_THEIR_HOURS] = "contact inside the client's own working hours",
	[FATE_LESSER_OF_MESSAGE] = "another finding of the same message counts",
	[FATE_LATER_OF_DAY] = "two heavier messages of the same day count",
};

static void add_weights(const struct line *line, struct buf *out)
{
	const struct risk_finding *f = line->finding;
	static const char *const points[] = {"", "1", "3", "8", "20"};
	int severity = f->severity < 1 ? 1 : f->severity > 4 ? 4 : f->severity;
	buf_add_format(out, "%s %s", severity_name(severity), points[severity]);
	if (f->sign == SIGN_AFTER_HOURS && f->disputed_clock)
		buf_add_cstr(out, ", disputed clock x 1/2");
	if (f->unsure)
		buf_add_cstr(out, ", unsure whose words x 1/2");
	if (line->credits == 1)
		buf_add_cstr(out, ", mended since x 0.75");
	if (line->credits > 1)
		buf_add_cstr(out, ", mended more than once since x 0.5");
	if (line->rank == 2)
		buf_add_cstr(out, ", second message of its day x 1/4");
}

static void add_age(int64_t days, struct buf *out)
{
	if (days == 1)
		buf_add_cstr(out, ", 1 day old");
	else if (days > 1)
		buf_add_format(out, ", %lld days old", (long long)days);
}

struct str line_why(const struct line *line, int64_t day, struct arena *arena)
{
	struct buf text = {0};
	if (line->fate == FATE_COUNTS) {
		add_weights(line, &text);
		add_age(day - line->finding->day, &text);
	} else if (line->fate == FATE_ALLOWED && line->allowed_days == 1) {
		buf_add_cstr(&text, "tolerated: the first day with this sign in the month");
	} else if (line->fate == FATE_ALLOWED) {
		buf_add_format(&text,
			"tolerated: among the first %d days with this sign in the month",
			line->allowed_days);
	} else if (line->fate == FATE_CONSENT) {
		buf_add_format(&text, "excepted: %.*s", STR_ARG(line->finding->consent));
	} else {
		buf_add_cstr(&text, fates[line->fate]);
	}
	struct str why = text.failed ? (struct str){0} : arena_str(arena, buf_str(&text));
	buf_finish(&text);
	return why;
}
