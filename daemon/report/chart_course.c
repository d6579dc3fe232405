/* A client's figure over time as inline SVG, each cause marked on it, and the table of it. */
#include "html.h"

#include "base/clock.h"
#include "base/html.h"

#define LEFT 30
#define WIDTH 520
#define TOP 10
#define HEIGHT 150
#define NAMES 70 /* room for the bands' names on the right */

struct course {
	const struct report_client *client;
	int64_t first, last; /* days */
};

static int y_of(int64_t tenths)
{
	return (int)(TOP + HEIGHT - tenths * HEIGHT / 1000);
}

static int x_of(const struct course *course, int64_t day)
{
	int64_t days = course->last - course->first;
	return LEFT + (int)(days ? (day - course->first) * WIDTH / days : WIDTH);
}

static void add_bands(const struct pen *p)
{
	static const int steps[] = {0, 100, 300, 600, 1000};
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		int y = y_of(steps[i]);
		buf_add_format(p->out,
			"<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
			"<text class=\"end\" x=\"%d\" y=\"%d\">%d</text>",
			LEFT, LEFT + WIDTH, y, y, LEFT - 6, y + 3, steps[i] / 10);
		if (i > BAND_DECIDE)
			continue;
		buf_add_format(p->out, "<text x=\"%d\" y=\"%d\">", LEFT + WIDTH + 10,
			(y + y_of(steps[i + 1])) / 2 + 4);
		say(p, phrase_of_band((enum band)i));
		buf_add_cstr(p->out, "</text>");
	}
}

/* Its first of each month, as far apart as their names need. */
static void add_months(const struct pen *p, const struct course *course)
{
	int free_from = 0;
	for (int64_t day = course->first; day <= course->last; day++) {
		struct date d = date_from_days(day);
		int x = x_of(course, day);
		if (d.day != 1 || x < free_from)
			continue;
		buf_add_format(p->out,
			"<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
			"<text class=\"mid\" x=\"%d\" y=\"%d\">",
			x, x, TOP + HEIGHT, TOP + HEIGHT + 4, x, TOP + HEIGHT + 16);
		say(p, phrase_of_short_month(d.month));
		buf_add_cstr(p->out, "</text>");
		free_from = x + 34;
	}
}

/* On the line, where it stood that day. */
static int height_on(const struct report_client *c, int64_t day)
{
	size_t after = 1;
	while (after + 1 < c->point_count && c->points[after].day < day)
		after++;
	const struct risk_point *a = &c->points[after - 1], *b = &c->points[after];
	int64_t days = b->day - a->day, into = day - a->day;
	return y_of(days ? a->tenths + (b->tenths - a->tenths) * into / days : b->tenths);
}

/* What weighs: the graver the larger, and grave ones are squares on their corner. */
static void add_cause(const struct pen *p, const struct course *course, const struct risk_cause *x)
{
	int cx = x_of(course, x->day), cy = height_on(course->client, x->day);
	buf_add_format(p->out, "<g class=\"cause c%d\"><title>", x->severity);
	say_fill(p, fill_short_day(x->day));
	buf_add_char(p->out, ' ');
	html_add(p->out, x->rule);
	buf_add_cstr(p->out, ", ");
	say_fill(p, fill_tenths(x->tenths));
	buf_add_cstr(p->out, "</title>");
	if (x->severity >= 4)
		buf_add_format(p->out, "<path d=\"M%d %dl6 6l-6 6l-6 -6z\"/></g>", cx, cy - 6);
	else
		buf_add_format(p->out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\"/></g>", cx, cy,
			2 + x->severity);
}

void chart_course(const struct pen *p, const struct report_client *c)
{
	if (c->point_count < 2)
		return;
	const struct course course = {c, c->points[0].day, c->points[c->point_count - 1].day};
	html_wide(p, " newest", PHRASE_COURSE);
	buf_add_format(p->out, "<svg class=\"risk\" viewBox=\"0 0 %d %d\" role=\"img\"><title>",
		LEFT + WIDTH + NAMES, TOP + HEIGHT + 22);
	SAY(p, PHRASE_COURSE_TITLE, fill_tenths(c->points[0].tenths), fill_day(course.first),
		fill_tenths(c->risk.tenths), fill_day(course.last));
	buf_add_cstr(p->out, "</title>");
	add_bands(p);
	add_months(p, &course);
	buf_add_cstr(p->out, "<polyline class=\"course\" points=\"");
	for (size_t i = 0; i < c->point_count; i++)
		buf_add_format(p->out, "%s%d,%d", i ? " " : "", x_of(&course, c->points[i].day),
			y_of(c->points[i].tenths));
	buf_add_cstr(p->out, "\"/>");
	/* the graver on top of the others */
	for (int severity = 1; severity <= 4; severity++)
		for (size_t i = 0; i < c->risk.cause_count; i++) {
			const struct risk_cause *x = &c->risk.causes[i];
			if (x->severity == severity && x->tenths && x->day >= course.first)
				add_cause(p, &course, x);
		}
	buf_add_cstr(p->out, "</svg></div>");
}

void table_course(const struct pen *p, const struct report_client *c)
{
	static const struct html_column columns[] = {{PHRASE_DAY, false}, {PHRASE_FIGURE, true}};
	if (c->point_count < 2)
		return;
	buf_add_cstr(p->out, "<details><summary>");
	say(p, PHRASE_COURSE_TABLE);
	buf_add_cstr(p->out, "</summary><table>");
	html_columns(p, columns, 2);
	buf_add_cstr(p->out, "<tbody>");
	for (size_t i = 0; i < c->point_count; i++) {
		buf_add_cstr(p->out, "<tr><th scope=\"row\">");
		say_fill(p, fill_short_day(c->points[i].day));
		buf_add_cstr(p->out, "</th><td class=\"right\">");
		say_fill(p, fill_tenths(c->points[i].tenths));
		buf_add_cstr(p->out, "</td></tr>");
	}
	buf_add_cstr(p->out, "</tbody></table></details>\n");
}
