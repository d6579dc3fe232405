/* Weekdays and hours as inline SVG, working hours outlined, and the table that says the same. */
#include "html.h"

#define CELL 28 /* with its gap of 2 */
#define LEFT 36
#define TOP 20
#define LEVELS 5

unsigned heat_level(uint64_t count, uint64_t most)
{
	/* one is never dark, however few there are */
	uint64_t scale = most < LEVELS ? LEVELS : most;
	return (unsigned)((count * LEVELS + scale - 1) / scale);
}

static uint64_t most_of(const struct heat_map *heat)
{
	uint64_t most = 0;
	for (int day = 0; day < 7; day++)
		for (int hour = 0; hour < 24; hour++)
			if (heat->count[day][hour] > most)
				most = heat->count[day][hour];
	return most;
}

static void add_cell(const struct pen *p, int day, int hour, uint64_t count, uint64_t most)
{
	unsigned level = heat_level(count, most);
	int x = LEFT + hour * CELL, y = TOP + day * CELL;
	buf_add_format(p->out, "<rect class=\"h%u\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
		level, x + 1, y + 1, CELL - 2, CELL - 2);
	if (count)
		buf_add_format(p->out, "<text class=\"n%s\" x=\"%d\" y=\"%d\">%llu</text>",
			level >= 4 ? " d" : "", x + CELL / 2, y + CELL / 2 + 4,
			(unsigned long long)count);
}

static bool works(const struct heat_map *heat, int day, int quarter)
{
	return day >= 0 && day < 7 && quarter >= 0 && quarter < QUARTERS_A_DAY &&
		heat->working[day][quarter];
}

/* Lines wherever working hours meet others, to the quarter of an hour. */
static void add_hours(const struct pen *p, const struct heat_map *heat)
{
	buf_add_cstr(p->out, "<path class=\"outline\" d=\"");
	for (int day = 0; day <= 7; day++)
		for (int quarter = 0; quarter <= QUARTERS_A_DAY; quarter++) {
			int x = LEFT + quarter * CELL / 4, y = TOP + day * CELL;
			if (works(heat, day, quarter) != works(heat, day - 1, quarter))
				buf_add_format(p->out, "M%d %dh%d", x, y, CELL / 4);
			if (works(heat, day, quarter) != works(heat, day, quarter - 1))
				buf_add_format(p->out, "M%d %dv%d", x, y, CELL);
		}
	buf_add_cstr(p->out, "\"/>");
}

void chart_heat(const struct pen *p, const struct heat_map *heat)
{
	uint64_t most = most_of(heat);
	html_wide(p, "", heat->title);
	buf_add_format(p->out, "<svg class=\"heat\" viewBox=\"0 0 %d %d\" role=\"img\"><title>",
		LEFT + 24 * CELL + 2, TOP + 7 * CELL + 2);
	say(p, heat->title);
	buf_add_cstr(p->out, "</title>");
	for (int hour = 0; hour < 24; hour++)
		buf_add_format(p->out, "<text class=\"mid\" x=\"%d\" y=\"14\">%02d</text>",
			LEFT + hour * CELL + CELL / 2, hour);
	for (int day = 0; day < 7; day++) {
		buf_add_format(p->out, "<text x=\"0\" y=\"%d\">", TOP + day * CELL + CELL / 2 + 4);
		say(p, phrase_of_weekday(day));
		buf_add_cstr(p->out, "</text>");
		for (int hour = 0; hour < 24; hour++)
			add_cell(p, day, hour, heat->count[day][hour], most);
	}
	if (heat->working)
		add_hours(p, heat);
	buf_add_cstr(p->out, "</svg></div>");
}

void table_heat(const struct pen *p, const struct heat_map *heat)
{
	buf_add_cstr(p->out, "<details><summary>");
	say(p, PHRASE_HEAT_TABLE);
	buf_add_cstr(p->out, "</summary>");
	html_wide(p, "", heat->title);
	buf_add_cstr(p->out, "<table><thead><tr><th scope=\"col\">");
	say(p, PHRASE_DAY);
	buf_add_cstr(p->out, "</th>");
	for (int hour = 0; hour < 24; hour++)
		buf_add_format(p->out, "<th scope=\"col\" class=\"right\">%02d</th>", hour);
	buf_add_cstr(p->out, "</tr></thead><tbody>");
	for (int day = 0; day < 7; day++) {
		buf_add_cstr(p->out, "<tr><th scope=\"row\">");
		say(p, phrase_of_weekday(day));
		buf_add_cstr(p->out, "</th>");
		for (int hour = 0; hour < 24; hour++)
			buf_add_format(p->out, "<td class=\"right\">%llu</td>",
				(unsigned long long)heat->count[day][hour]);
		buf_add_cstr(p->out, "</tr>");
	}
	buf_add_cstr(p->out, "</tbody></table></div></details>\n");
}
