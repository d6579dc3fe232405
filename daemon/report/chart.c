/* Charts as inline SVG, and the tables that say the same. */
#include "html.h"

#include "base/clock.h"
#include "wording.h"

void chart_bar(struct buf *out, unsigned per_mille, const char *classes)
{
	buf_add_format(out,
		"<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
		"aria-hidden=\"true\"><rect class=\"track\" width=\"1000\" height=\"10\"/>"
		"<rect class=\"%s\" width=\"%u\" height=\"10\"/></svg>",
		classes, per_mille > 1000 ? 1000 : per_mille);
}

void chart_risk_bar(struct buf *out, const struct risk *risk)
{
	buf_add_format(out,
		"<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
		"aria-hidden=\"true\"><rect class=\"track\" width=\"1000\" height=\"10\"/>"
		"<rect class=\"f-%s\" width=\"%d\" height=\"10\"/>",
		band_name(risk->band), risk->tenths);
	static const int steps[] = {100, 300, 600};
	for (size_t i = 0; i < 3; i++)
		buf_add_format(out, "<rect class=\"tick\" x=\"%d\" width=\"8\" height=\"10\"/>",
			steps[i] - 4);
	buf_add_cstr(out, "</svg>");
}

/* Four steps, as many filled as the severity: readable without colour. */
void chart_severity(struct buf *out, int severity)
{
	buf_add_cstr(out, "<svg class=\"level\" viewBox=\"0 0 23 12\" aria-hidden=\"true\">");
	for (int i = 0; i < 4; i++)
		buf_add_format(out,
			"<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"5\" height=\"%d\"/>",
			i < severity ? "on" : "off", i * 6, 9 - i * 3, 3 + i * 3);
	buf_add_cstr(out, "</svg>");
}

/* The figure over time */

#define COURSE_LEFT 30
#define COURSE_WIDTH 480
#define COURSE_TOP 8
#define COURSE_HEIGHT 110

static int course_y(int tenths)
{
	return COURSE_TOP + COURSE_HEIGHT - tenths * COURSE_HEIGHT / 1000;
}

static int course_x(const struct report_client *c, size_t point)
{
	int64_t first = c->points[0].day, days = c->points[c->point_count - 1].day - first;
	return COURSE_LEFT +
		(int)(days ? (c->points[point].day - first) * COURSE_WIDTH / days : COURSE_WIDTH);
}

static void add_band_lines(struct buf *out)
{
	static const struct {
		int tenths;
		const char *name;
	} steps[] = {{0, "calm"}, {100, "watch"}, {300, "strained"}, {600, "decide"}, {1000, ""}};
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		int y = course_y(steps[i].tenths);
		buf_add_format(out,
			"<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
			"<text class=\"end\" x=\"%d\" y=\"%d\">%d</text>"
			"<text x=\"%d\" y=\"%d\">%s</text>",
			COURSE_LEFT, COURSE_LEFT + COURSE_WIDTH, y, y, COURSE_LEFT - 6, y + 3,
			steps[i].tenths / 10, COURSE_LEFT + COURSE_WIDTH + 10, y - 3,
			steps[i].name);
	}
}

static void add_course_days(struct buf *out, const struct report_client *c)
{
	int y = COURSE_TOP + COURSE_HEIGHT + 15;
	buf_add_format(out, "<text x=\"%d\" y=\"%d\">", COURSE_LEFT, y);
	add_day(out, c->points[0].day);
	buf_add_format(out, "</text><text class=\"end\" x=\"%d\" y=\"%d\">",
		COURSE_LEFT + COURSE_WIDTH, y);
	add_day(out, c->points[c->point_count - 1].day);
	buf_add_cstr(out, "</text>");
}

void chart_course(struct buf *out, const struct report_client *c)
{
	if (c->point_count < 2)
		return;
	size_t last = c->point_count - 1;
	buf_add_format(out,
		"<div class=\"wide newest\" tabindex=\"0\"><svg class=\"risk\" viewBox=\"0 0 %d %d\" role=\"img\">"
		"<title>The figure over time</title>",
		COURSE_LEFT + COURSE_WIDTH + 60, COURSE_TOP + COURSE_HEIGHT + 20);
	add_band_lines(out);
	buf_add_cstr(out, "<polyline class=\"course\" points=\"");
	for (size_t i = 0; i <= last; i++)
		buf_add_format(out, "%s%d,%d", i ? " " : "", course_x(c, i),
			course_y(c->points[i].tenths));
	buf_add_format(out, "\"/><circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"4\"/>",
		course_x(c, last), course_y(c->points[last].tenths));
	add_course_days(out, c);
	buf_add_cstr(out, "</svg></div>");
}

void table_course(struct buf *out, const struct report_client *c)
{
	if (c->point_count < 2)
		return;
	buf_add_cstr(out,
		"<details><summary>The figure over time, as a table</summary><table>"
		"<thead><tr><th scope=\"col\">Day</th>"
		"<th scope=\"col\" class=\"right\">Figure</th></tr></thead><tbody>");
	for (size_t i = 0; i < c->point_count; i++) {
		buf_add_cstr(out, "<tr><th scope=\"row\">");
		add_day(out, c->points[i].day);
		buf_add_cstr(out, "</th><td class=\"right\">");
		add_tenths(out, c->points[i].tenths);
		buf_add_cstr(out, "</td></tr>");
	}
	buf_add_cstr(out, "</tbody></table></details>");
}

/* Weekdays and hours */

#define CELL 28 /* with its gap of 2 */
#define HEAT_LEFT 36
#define HEAT_TOP 20

static uint64_t heat_most(const struct report_client *c)
{
	uint64_t most = 0;
	for (int day = 0; day < 7; day++)
		for (int hour = 0; hour < 24; hour++)
			if (c->heat[day][hour] > most)
				most = c->heat[day][hour];
	return most;
}

static void add_heat_cell(struct buf *out, int day, int hour, uint64_t count, uint64_t most)
{
	/* one message is never dark, however few there are */
	uint64_t scale = most < 5 ? 5 : most;
	unsigned level = (unsigned)((count * 5 + scale - 1) / scale);
	int x = HEAT_LEFT + hour * CELL, y = HEAT_TOP + day * CELL;
	buf_add_format(out, "<rect class=\"h%u\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
		level, x + 1, y + 1, CELL - 2, CELL - 2);
	if (count)
		buf_add_format(out, "<text class=\"n%s\" x=\"%d\" y=\"%d\">%llu</text>",
			level >= 4 ? " d" : "", x + CELL / 2, y + CELL / 2 + 4,
			(unsigned long long)count);
}

static bool works(const struct report_client *c, int day, int quarter)
{
	return day >= 0 && day < 7 && quarter >= 0 && quarter < QUARTERS_A_DAY &&
		c->working[day][quarter];
}

/* Lines wherever working hours meet others, to the quarter of an hour. */
static void add_hours(struct buf *out, const struct report_client *c)
{
	buf_add_cstr(out, "<path class=\"outline\" d=\"");
	for (int day = 0; day <= 7; day++)
		for (int quarter = 0; quarter <= QUARTERS_A_DAY; quarter++) {
			int x = HEAT_LEFT + quarter * CELL / 4, y = HEAT_TOP + day * CELL;
			if (works(c, day, quarter) != works(c, day - 1, quarter))
				buf_add_format(out, "M%d %dh%d", x, y, CELL / 4);
			if (works(c, day, quarter) != works(c, day, quarter - 1))
				buf_add_format(out, "M%d %dv%d", x, y, CELL);
		}
	buf_add_cstr(out, "\"/>");
}

void chart_heat(struct buf *out, const struct report_client *c)
{
	uint64_t most = heat_most(c);
	buf_add_format(out,
		"<div class=\"wide\" tabindex=\"0\"><svg class=\"heat\" viewBox=\"0 0 %d %d\" role=\"img\">"
		"<title>Incoming messages by weekday and hour</title>",
		HEAT_LEFT + 24 * CELL + 2, HEAT_TOP + 7 * CELL + 2);
	for (int hour = 0; hour < 24; hour++)
		buf_add_format(out, "<text class=\"mid\" x=\"%d\" y=\"12\">%02d</text>",
			HEAT_LEFT + hour * CELL + CELL / 2, hour);
	for (int day = 0; day < 7; day++) {
		buf_add_format(out, "<text x=\"0\" y=\"%d\">%s</text>",
			HEAT_TOP + day * CELL + CELL / 2 + 4, weekday_names[day]);
		for (int hour = 0; hour < 24; hour++)
			add_heat_cell(out, day, hour, c->heat[day][hour], most);
	}
	if (c->has_hours)
		add_hours(out, c);
	buf_add_cstr(out, "</svg></div>");
}

void table_heat(struct buf *out, const struct report_client *c)
{
	buf_add_cstr(out,
		"<details><summary>Weekdays and hours, as a table</summary>"
		"<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Day</th>");
	for (int hour = 0; hour < 24; hour++)
		buf_add_format(out, "<th scope=\"col\" class=\"right\">%02d</th>", hour);
	buf_add_cstr(out, "</tr></thead><tbody>");
	for (int day = 0; day < 7; day++) {
		buf_add_format(out, "<tr><th scope=\"row\">%s</th>", weekday_names[day]);
		for (int hour = 0; hour < 24; hour++)
			buf_add_format(out, "<td class=\"right\">%llu</td>",
				(unsigned long long)c->heat[day][hour]);
		buf_add_cstr(out, "</tr>");
	}
	buf_add_cstr(out, "</tbody></table></div></details>");
}
