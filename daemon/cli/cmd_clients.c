/* overstep clients: all clients, the one that needs thought first. */
#include "assess.h"
#include "base/clock.h"

static uint64_t count_findings(const struct client_summary *s)
{
	uint64_t sum = 0;
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		sum += s->findings[i];
	return sum;
}

static int write_client(struct invocation *in, const struct assessment *a, struct error *err)
{
	char last[TIME_TEXT_SIZE];
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_str(w, "client", a->client);
	json_str(w, "name", a->name);
	json_tenths(w, "risk", a->risk.tenths);
	json_cstr(w, "band", band_name(a->risk.band));
	json_cstr(w, "trend", trend_name(a->trend));
	json_int(w, "messages", (int64_t)a->summary.messages);
	json_int(w, "outside_hours", (int64_t)a->summary.outside_hours);
	json_int(w, "outside_messages", (int64_t)a->summary.outside_messages);
	json_object(w, "findings");
	for (int i = 0; i < SIGN_FIRST_MARKER; i++)
		if (a->summary.findings[i])
			json_int(w, sign_name((enum sign)i), (int64_t)a->summary.findings[i]);
	json_object_end(w);
	if (a->summary.has_last_finding)
		format_time(in, a->summary.last_finding_at_us, last);
	json_cstr(w, "last_finding_at", a->summary.has_last_finding ? last : NULL);
	return json_item_end(in, &line, err);
}

static void add_row(struct invocation *in, struct table *t, const struct assessment *a)
{
	char last[TIME_TEXT_SIZE] = "-";
	if (a->summary.has_last_finding)
		format_time(in, a->summary.last_finding_at_us, last);
	enum color color = band_color(a->risk.band);
	table_add(t, a->client, COLOR_BOLD, false);
	table_add(t, a->name, COLOR_PLAIN, false);
	table_add_format(t, color, true, "%d.%d", a->risk.tenths / 10, a->risk.tenths % 10);
	table_add_cstr(t, band_name(a->risk.band), color, false);
	table_add_cstr(t, trend_name(a->trend), COLOR_PLAIN, false);
	table_add_format(t, COLOR_PLAIN, true, "%llu", (unsigned long long)a->summary.messages);
	table_add_format(
		t, COLOR_PLAIN, true, "%llu", (unsigned long long)a->summary.outside_hours);
	table_add_format(
		t, COLOR_PLAIN, true, "%llu", (unsigned long long)count_findings(&a->summary));
	table_add_cstr(t, last, COLOR_PLAIN, false);
}

static int print_table(
	struct invocation *in, const struct assessment *all, size_t count, struct error *err)
{
	static const struct {
		const char *title;
		bool right;
	} columns[] = {{"CLIENT", false}, {"NAME", false}, {"RISK", true}, {"BAND", false},
		{"TREND", false}, {"MESSAGES", true}, {"OUTSIDE", true}, {"FINDINGS", true},
		{"LAST FINDING", false}};
	size_t width = sizeof(columns) / sizeof(columns[0]);
	struct table *t;
	if (table_new(width, &t, err) < 0)
		return -1;
	for (size_t i = 0; i < width; i++)
		table_add_cstr(t, columns[i].title, COLOR_DIM, columns[i].right);
	for (size_t i = 0; i < count; i++)
		add_row(in, t, &all[i]);
	int result = table_print(in, t, err);
	table_free(t);
	return result;
}

int clients_print(struct invocation *in, int64_t at_us, struct error *err)
{
	struct assessment *all;
	size_t count;
	if (assess_all(in, at_us, ASSESS_FIGURE, &all, &count, err) < 0)
		return -1;
	int result = 0;
	for (size_t i = 0; in->json && i < count && !result; i++)
		result = write_client(in, &all[i], err);
	if (!in->json && count)
		result = print_table(in, all, count, err);
	if (!in->json && !count)
		print(in, "no clients: name them in 'clients' of the configuration\n");
	assessments_free(all, count);
	return result < 0 ? -1 : count ? 0 : 1;
}

static int run(struct invocation *in, struct error *err)
{
	int64_t at_us;
	if (assess_time(in, option(in, "at"), &at_us, err) < 0)
		return -1;
	return clients_print(in, at_us, err);
}

static const struct command_option options[] = {
	{"at", "TIME", "the figures as they were at that day or time"},
	{0},
};

const struct command command_clients = {
	.name = "clients",
	.usage = "[--at TIME]",
	.summary = "Show all clients with their risk, the highest first",
	.help = "OUTSIDE counts incoming messages outside my working hours, FINDINGS those in force.\n"
		"Bands: calm below 10, watch below 30, strained below 60, decide from 60.",
	.needs = NEEDS_ARCHIVE,
	.options = options,
	.most = 0,
	.run = run,
};
