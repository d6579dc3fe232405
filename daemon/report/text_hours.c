/* One client as text: when it writes, and what I did myself. */
#include "text.h"

#include "base/utf8.h"
#include "own.h"

/* Most of the hour is working. */
static bool works_at(const struct report_client *c, int day, int hour)
{
	int quarters = 0;
	for (int i = 0; i < 4 && c->has_hours && hour >= 0 && hour < 24; i++)
		quarters += c->working[day][hour * 4 + i];
	return quarters >= 2;
}

/* What stands between two hours: the brackets around working hours. */
static char edge(const struct report_client *c, int day, int hour)
{
	bool before = works_at(c, day, hour - 1), after = works_at(c, day, hour);
	return before == after ? ' ' : after ? '[' : ']';
}

#define DAY_WIDTH 4 /* the longest of weekdays' names */

static void put_day(const struct paper *p, const struct report_client *c, int day)
{
	struct str name = str_from(phrase_text(p->tongue, phrase_of_weekday(day)));
	put(p->sink, INK_PLAIN, "%.*s%*s", STR_ARG(name), (int)(DAY_WIDTH - utf8_width(name)), "");
	for (int hour = 0; hour < 24; hour++) {
		uint64_t count = c->heat[day][hour];
		put(p->sink, INK_PLAIN, "%c", edge(c, day, hour));
		if (!count)
			put(p->sink, INK_DIM, " .");
		else if (count > 99)
			put(p->sink, INK_BOLD, "++");
		else
			put(p->sink, works_at(c, day, hour) ? INK_PLAIN : INK_WARN, "%2u",
				(unsigned)count);
	}
	put(p->sink, INK_PLAIN, "%s\n", edge(c, day, 24) == ']' ? "]" : "");
}

void text_hours(const struct paper *p, const struct report_client *c)
{
	if (!c->incoming)
		return;
	text_heading(p, PHRASE_HOURS);
	put(p->sink, INK_DIM, "%*s", DAY_WIDTH, "");
	for (int hour = 0; hour < 24; hour++)
		put(p->sink, INK_DIM, " %02d", hour);
	put(p->sink, INK_PLAIN, "\n");
	for (int day = 0; day < 7; day++)
		put_day(p, c, day);
	if (c->has_hours)
		text_paragraph(p, INK_DIM, PHRASE_HEAT_BRACKETS);
}

int text_own(const struct paper *p, const struct report_client *c, struct error *err)
{
	struct grid g = {.columns = 2, .right = {[1] = true}};
	struct own_fact facts[OWN_FACTS];
	if (!c->own.sent)
		return 0;
	text_heading(p, PHRASE_OWN);
	own_facts(&c->own, facts);
	for (size_t i = 0; i < OWN_FACTS; i++) {
		grid_fill(&g, p, INK_PLAIN, fill_phrase(facts[i].name));
		grid_fill(&g, p, INK_PLAIN, facts[i].value);
	}
	return grid_end(&g, p->sink, err);
}
