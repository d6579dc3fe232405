/* One client as text: the figure and its lines, signs, hours, incidents. */
#include "text.h"

#include "base/clock.h"
#include "model/record.h"
#include "wording.h"

static void put_title(const struct report_client *c, const struct report_sink *sink)
{
	struct buf counts = {0};
	put(sink, INK_PLAIN, "\n\n");
	put_visible(sink, INK_BOLD, c->name);
	if (!str_eq(c->id, c->name)) {
		put(sink, INK_DIM, " (");
		put_visible(sink, INK_DIM, c->id);
		put(sink, INK_DIM, ")");
	}
	put(sink, INK_PLAIN, "\n");
	put(sink, band_ink(c->risk.band), "%d.%d %s", c->risk.tenths / 10, c->risk.tenths % 10,
		band_name(c->risk.band));
	put(sink, INK_PLAIN, ", ");
	put(sink, INK_PLAIN, "%s", trend_name(c->trend));
	buf_add_cstr(&counts, "; ");
	add_count(&counts, c->messages, "message", "messages");
	buf_add_format(&counts, ", %llu incoming, %llu of them outside hours; ",
		(unsigned long long)c->incoming, (unsigned long long)c->outside_hours);
	add_count(&counts, c->finding_sum, "finding\n", "findings\n");
	put_str(sink, INK_PLAIN, buf_str(&counts));
	buf_finish(&counts);
}

static void add_cause(struct grid *g, const struct risk_cause *x)
{
	char id[EVIDENCE_NAME_SIZE];
	struct date d = date_from_days(x->day);
	evidence_name(x->evidence, id);
	grid_add_format(g, INK_PLAIN, "%04d-%02d-%02d", d.year, d.month, d.day);
	grid_add_cstr(g, INK_PLAIN, id);
	grid_add_format(g, x->tenths ? severity_ink(x->severity) : INK_DIM, "%d.%d", x->tenths / 10,
		x->tenths % 10);
	grid_add(g, INK_PLAIN, x->rule);
	grid_add(g, INK_DIM, x->why);
}

/* Is a line at 0 points for the same reason as another? */
static bool is_alike(const struct risk_cause *a, const struct risk_cause *b)
{
	return !a->tenths && !b->tenths && str_eq(a->why, b->why);
}

/* How many lines have which reason, in the order in which the reasons first occur. */
static int put_zero_reasons(
	const struct report_client *c, const struct report_sink *sink, struct error *err)
{
	struct grid g = {.columns = 2, .right = {[0] = true}};
	const struct risk_cause *causes = c->risk.causes;
	for (size_t i = 0; i < c->risk.cause_count; i++) {
		size_t first = 0, count = 0;
		while (!is_alike(&causes[first], &causes[i]) && first < i)
			first++;
		if (first < i || causes[i].tenths)
			continue;
		for (size_t k = i; k < c->risk.cause_count; k++)
			count += is_alike(&causes[k], &causes[i]);
		grid_add_format(&g, INK_PLAIN, "%zu", count);
		grid_add(&g, INK_DIM, causes[i].why);
	}
	return grid_end(&g, sink, err);
}

static int put_zero_lines(
	const struct report_client *c, const struct report_sink *sink, struct error *err)
{
	struct grid g = {.columns = 5, .right = {[2] = true}};
	for (size_t i = 0; i < c->risk.cause_count; i++)
		if (!c->risk.causes[i].tenths)
			add_cause(&g, &c->risk.causes[i]);
	return grid_end(&g, sink, err);
}

static int put_zero(const struct report_client *c, bool all, size_t count,
	const struct report_sink *sink, struct error *err)
{
	if (!count)
		return 0;
	if (all) {
		text_heading(sink, "Listed at 0 points, each for its reason");
		return put_zero_lines(c, sink, err);
	}
	struct buf title = {0};
	add_count(&title, count, "finding", "findings");
	buf_add_cstr(&title, " at 0 points, for these reasons (--all lists them)");
	text_heading(sink, buf_cstr(&title));
	buf_finish(&title);
	return put_zero_reasons(c, sink, err);
}

static int put_causes(
	const struct report_client *c, bool all, const struct report_sink *sink, struct error *err)
{
	size_t counting;
	int64_t sum = causes_sum(&c->risk, &counting);
	struct grid lines = {.columns = 5, .right = {[2] = true}};
	if (!c->risk.cause_count)
		return 0;
	text_heading(sink, "What the figure is made of");
	for (size_t i = 0; i < c->risk.cause_count; i++)
		if (c->risk.causes[i].tenths)
			add_cause(&lines, &c->risk.causes[i]);
	int result = grid_end(&lines, sink, err);
	put(sink, INK_PLAIN, "The lines add up to %lld.%lld%s.\n", (long long)sum / 10,
		(long long)sum % 10, sum > c->risk.tenths ? ", and the figure ends at 100" : "");
	size_t zero = c->risk.cause_count - counting;
	return put_zero(c, all, zero, sink, err) < 0 ? -1 : result;
}

static int put_signs(
	const struct report_client *c, const struct report_sink *sink, struct error *err)
{
	struct grid g = {.columns = 2, .right = {[1] = true}};
	if (!c->finding_sum)
		return 0;
	text_heading(sink, "Findings by sign");
	for (int i = 0; i < SIGN_FIRST_MARKER; i++) {
		if (!c->findings[i])
			continue;
		grid_add_cstr(&g, INK_PLAIN, sign_name((enum sign)i));
		grid_add_format(&g, INK_PLAIN, "%llu", (unsigned long long)c->findings[i]);
	}
	return grid_end(&g, sink, err);
}

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

static void put_heat_day(const struct report_client *c, int day, const struct report_sink *sink)
{
	put(sink, INK_PLAIN, "%s ", weekday_names[day]);
	for (int hour = 0; hour < 24; hour++) {
		uint64_t count = c->heat[day][hour];
		put(sink, INK_PLAIN, "%c", edge(c, day, hour));
		if (!count)
			put(sink, INK_DIM, " .");
		else if (count > 99)
			put(sink, INK_BOLD, "++");
		else
			put(sink, works_at(c, day, hour) ? INK_PLAIN : INK_WARN, "%2u",
				(unsigned)count);
	}
	put(sink, INK_PLAIN, "%s\n", edge(c, day, 24) == ']' ? "]" : "");
}

static void put_heat(const struct report_client *c, const struct report_sink *sink)
{
	if (!c->incoming)
		return;
	text_heading(sink, "When messages arrive");
	put(sink, INK_DIM, "    ");
	for (int hour = 0; hour < 24; hour++)
		put(sink, INK_DIM, " %02d", hour);
	put(sink, INK_PLAIN, "\n");
	for (int day = 0; day < 7; day++)
		put_heat_day(c, day, sink);
	if (c->has_hours)
		put(sink, INK_DIM, "In [ ]: the working hours that hold for this client.\n");
}

static int put_exhibits(
	const struct report_client *c, const struct report_sink *sink, struct error *err)
{
	struct grid g = {.columns = 4};
	if (!c->exhibit_count)
		return 0;
	text_heading(sink, "Supplied by the owner, times as stated by the owner");
	for (size_t i = 0; i < c->exhibit_count; i++) {
		const struct report_exhibit *e = &c->exhibits[i];
		char id[EVIDENCE_NAME_SIZE];
		struct buf at = {0};
		evidence_name(e->evidence, id);
		add_time(&at, e->at);
		grid_add_cstr(&g, INK_PLAIN, id);
		grid_add(&g, INK_PLAIN, buf_str(&at));
		grid_add(&g, INK_PLAIN, e->name.ptr ? e->name : STR("note"));
		grid_add(&g, INK_PLAIN, e->note);
		buf_finish(&at);
	}
	return grid_end(&g, sink, err);
}

static int put_blind_spots(
	const struct report_client *c, const struct report_sink *sink, struct error *err)
{
	struct grid g = {.columns = 3};
	text_heading(sink, "Not examined");
	if (!c->blind_spot_count)
		put(sink, INK_PLAIN, "Nothing: every message was examined whole.\n");
	for (size_t i = 0; i < c->blind_spot_count; i++) {
		char id[EVIDENCE_NAME_SIZE];
		struct buf at = {0};
		evidence_name(c->blind_spots[i].evidence, id);
		add_time(&at, c->blind_spots[i].at);
		grid_add_cstr(&g, INK_PLAIN, id);
		grid_add(&g, INK_PLAIN, buf_str(&at));
		grid_add(&g, INK_PLAIN, c->blind_spots[i].why);
		buf_finish(&at);
	}
	return grid_end(&g, sink, err);
}

int text_client(
	const struct report_client *c, bool all, const struct report_sink *sink, struct error *err)
{
	put_title(c, sink);
	if (!c->messages && !c->risk.cause_count && !c->exhibit_count)
		return 0;
	if (put_causes(c, all, sink, err) < 0 || put_signs(c, sink, err) < 0)
		return -1;
	put_heat(c, sink);
	text_heading(sink, "Incidents");
	if (!c->incident_count)
		put(sink, INK_PLAIN, "None: no rule has matched.\n");
	text_incidents(c->incidents, c->incident_count, sink);
	if (c->harmful_count) {
		text_heading(sink, "Harmful requests");
		text_paragraph(sink, INK_DIM, wording_harmful);
		text_incidents(c->harmful, c->harmful_count, sink);
	}
	return put_exhibits(c, sink, err) < 0 ? -1 : put_blind_spots(c, sink, err);
}
