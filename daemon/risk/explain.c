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
	[FATE_SAME_BURST] = "an earlier line of the same moment counts",
	[FATE_LESSER_OF_MESSAGE] = "another finding of the same message counts",
	[FATE_LATER_OF_DAY] = "two heavier messages of the same day count",
};

static void add_weights(const struct risk_cause *cause, struct buf *out)
{
	const struct risk_weighing *w = &cause->weighing;
	static const char *const points[] = {"", "1", "3", "8", "20"};
	int severity = cause->severity < 1 ? 1 : cause->severity > 4 ? 4 : cause->severity;
	buf_add_format(out, "%s %s", severity_name(severity), points[severity]);
	if (w->disputed)
		buf_add_cstr(out, ", disputed clock x 1/2");
	if (w->unsure)
		buf_add_cstr(out, ", unsure whose words x 1/2");
	if (w->credits == 1)
		buf_add_cstr(out, ", mended since x 0.75");
	if (w->credits > 1)
		buf_add_cstr(out, ", mended more than once since x 0.5");
	if (w->second)
		buf_add_cstr(out, ", second message of its day x 1/4");
}

static void add_age(int64_t days, struct buf *out)
{
	if (days == 1)
		buf_add_cstr(out, ", 1 day old");
	else if (days > 1)
		buf_add_format(out, ", %lld days old", (long long)days);
}

struct str line_why(const struct risk_cause *cause, struct arena *arena)
{
	const struct risk_weighing *w = &cause->weighing;
	struct buf text = {0};
	if (w->fate == FATE_COUNTS) {
		add_weights(cause, &text);
		add_age(w->age_days, &text);
	} else if (w->fate == FATE_ALLOWED && w->allowed_days == 1) {
		buf_add_cstr(&text, "tolerated: the first day with this sign in the month");
	} else if (w->fate == FATE_ALLOWED) {
		buf_add_format(&text,
			"tolerated: among the first %d days with this sign in the month",
			w->allowed_days);
	} else if (w->fate == FATE_CONSENT) {
		buf_add_format(&text, "excepted: %.*s", STR_ARG(w->consent));
	} else {
		buf_add_cstr(&text, fates[w->fate]);
	}
	struct str why = text.failed ? (struct str){0} : arena_str(arena, buf_str(&text));
	buf_finish(&text);
	return why;
}
