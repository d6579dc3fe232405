/* Small charts inside tables and lines, as inline SVG; what they say stands beside them as text. */
#include "html.h"

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

#define SPARK_DAYS 182
#define SPARK_WIDTH 120
#define SPARK_HEIGHT 18

/* The figure of the last half year; all clients' have the same scale. */
void chart_sparkline(struct buf *out, const struct report_client *c)
{
	if (c->point_count < 2)
		return;
	int64_t last = c->points[c->point_count - 1].day;
	int x = 0, y = 0;
	buf_add_format(out,
		"<svg class=\"spark\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">"
		"<line class=\"grid\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
		"<polyline class=\"course\" points=\"",
		SPARK_WIDTH, SPARK_HEIGHT + 6, SPARK_WIDTH, SPARK_HEIGHT + 3, SPARK_HEIGHT + 3);
	for (size_t i = 0; i < c->point_count; i++) {
		int64_t ago = last - c->points[i].day;
		if (ago > SPARK_DAYS)
			continue;
		x = (int)((SPARK_DAYS - ago) * (SPARK_WIDTH - 4) / SPARK_DAYS);
		y = SPARK_HEIGHT + 3 - c->points[i].tenths * SPARK_HEIGHT / 1000;
		buf_add_format(out, "%d,%d ", x, y);
	}
	buf_add_format(out, "\"/><circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"3\"/></svg>", x, y);
}
