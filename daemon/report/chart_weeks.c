/* Half a year week by week as inline SVG: quiet ones, those with findings, what speaks for it. */
#include "html.h"

#include "base/clock.h"

#define WEEKS 26
#define CELL 28 /* with its gap of 2 */
#define TOP 6

static const struct report_week *week_at(const struct report_client *c, int64_t monday)
{
	for (size_t i = c->week_count; i > 0 && c->weeks[i - 1].monday >= monday; i--)
		if (c->weeks[i - 1].monday == monday)
			return &c->weeks[i - 1];
	return NULL;
}

static int64_t monday_of(int64_t day)
{
	return day - date_weekday(day);
}

static size_t credits_in(const struct report_client *c, int64_t monday)
{
	size_t count = 0;
	for (size_t i = 0; i < c->credit_count; i++) {
		struct report_time t = c->credits[i].at;
		count += monday_of(date_of_instant(t.at_us, t.offset_min)) == monday;
	}
	return count;
}

uint64_t weeks_quiet(const struct report_client *c, int64_t today)
{
	uint64_t quiet = 0;
	for (int week = 0; week < WEEKS; week++) {
		const struct report_week *w = week_at(c, monday_of(today) - 7 * week);
		quiet += w && w->incoming && !w->findings;
	}
	return quiet;
}

/* No square at all where nothing came; a tick where it was quiet. */
static void add_week(const struct pen *p, const struct report_client *c, int64_t monday, int x)
{
	const struct report_week *w = week_at(c, monday);
	bool quiet = w && !w->findings;
	buf_add_format(p->out,
		"<rect class=\"%s%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
		w ? "w" : "none", w ? w->worst : 0, x + 1, TOP + 1, CELL - 2, CELL - 2);
	if (w)
		buf_add_format(p->out, "<text class=\"n%s\" x=\"%d\" y=\"%d\">",
			w->worst >= 3 ? " d" : "", x + CELL / 2, TOP + CELL / 2 + 4);
	if (quiet)
		buf_add_cstr(p->out, "\xe2\x9c\x93</text>");
	else if (w)
		buf_add_format(p->out, "%llu</text>", (unsigned long long)w->findings);
	if (credits_in(c, monday))
		buf_add_format(p->out, "<path class=\"credit\" d=\"M%d %dl5 8h-10z\"/>",
			x + CELL / 2, TOP + CELL + 2);
}

void chart_weeks(const struct pen *p, const struct report_client *c, int64_t today)
{
	int64_t last = monday_of(today);
	html_wide(p, " newest", PHRASE_WEEKS);
	buf_add_format(p->out, "<svg class=\"weeks\" viewBox=\"0 0 %d %d\" role=\"img\"><title>",
		WEEKS * CELL + 2, TOP + CELL + 30);
	say(p, PHRASE_WEEKS_TITLE);
	buf_add_cstr(p->out, "</title>");
	for (int i = 0; i < WEEKS; i++) {
		int64_t monday = last - 7 * (WEEKS - 1 - i);
		struct date d = date_from_days(monday + 6);
		add_week(p, c, monday, i * CELL);
		if (d.day > 7)
			continue;
		buf_add_format(p->out, "<text x=\"%d\" y=\"%d\">", i * CELL + 2, TOP + CELL + 24);
		say(p, phrase_of_short_month(d.month));
		buf_add_cstr(p->out, "</text>");
	}
	buf_add_cstr(p->out, "</svg></div>");
}

void table_weeks(const struct pen *p, const struct report_client *c, int64_t today)
{
	static const struct html_column columns[] = {{PHRASE_WEEK_OF, false},
		{PHRASE_INCOMING, true}, {PHRASE_FINDINGS_TITLE, true},
		{PHRASE_CREDITS_TITLE, true}};
	buf_add_cstr(p->out, "<details><summary>");
	say(p, PHRASE_WEEKS_TABLE);
	buf_add_cstr(p->out, "</summary><table>");
	html_columns(p, columns, sizeof(columns) / sizeof(columns[0]));
	buf_add_cstr(p->out, "<tbody>");
	for (int i = WEEKS - 1; i >= 0; i--) {
		int64_t monday = monday_of(today) - 7 * i;
		const struct report_week *w = week_at(c, monday);
		const uint64_t numbers[] = {
			w ? w->incoming : 0, w ? w->findings : 0, credits_in(c, monday)};
		buf_add_cstr(p->out, "<tr><th scope=\"row\">");
		say_fill(p, fill_short_day(monday));
		buf_add_cstr(p->out, "</th>");
		for (size_t k = 0; k < 3; k++)
			buf_add_format(p->out, "<td class=\"right\">%llu</td>",
				(unsigned long long)numbers[k]);
		buf_add_cstr(p->out, "</tr>");
	}
	buf_add_cstr(p->out, "</tbody></table></details>\n");
}
