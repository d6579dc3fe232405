/* overstep risk: one client's figure, with every line that it is the sum of. */
#include "app/rulebook.h"
#include "assess.h"
#include "base/clock.h"
#include "config/config.h"
#include "message_output.h"
#include "which_client.h"

static int write_risk(struct invocation *in, const struct assessment *a, struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_str(w, "client", a->client);
	json_tenths(w, "risk", a->risk.tenths);
	json_cstr(w, "band", band_name(a->risk.band));
	json_cstr(w, "trend", trend_name(a->trend));
	json_array(w, "causes");
	for (size_t i = 0; i < a->risk.cause_count; i++) {
		const struct risk_cause *c = &a->risk.causes[i];
		evidence_name(c->evidence, id);
		format_time(in, c->at_us, at);
		json_object(w, NULL);
		json_cstr(w, "evidence", id);
		json_str(w, "rule", c->rule);
		json_cstr(w, "sign", sign_name(c->sign));
		json_int(w, "severity", c->severity);
		json_cstr(w, "at", at);
		json_tenths(w, "points", c->tenths);
		json_str(w, "why", c->why);
		json_object_end(w);
	}
	json_array_end(w);
	return json_item_end(in, &line, err);
}

static void add_cause(struct invocation *in, struct table *t, const struct risk_cause *c)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	evidence_name(c->evidence, id);
	format_time(in, c->at_us, at);
	enum color color = c->tenths ? severity_color(c->severity) : COLOR_DIM;
	table_add_cstr(t, at, COLOR_PLAIN, false);
	table_add_cstr(t, id, COLOR_PLAIN, false);
	table_add_format(t, color, true, "%d.%d", c->tenths / 10, c->tenths % 10);
	table_add(t, c->rule, COLOR_PLAIN, false);
	table_add(t, c->why, COLOR_DIM, false);
}

/* The sum's own line: it says when the figure stops at 100. */
static void print_sum(struct invocation *in, const struct risk *risk)
{
	long sum = 0;
	for (size_t i = 0; i < risk->cause_count; i++)
		sum += risk->causes[i].tenths;
	print(in, "\nthe lines add up to ");
	print_colored(in, COLOR_BOLD, "%ld.%ld", sum / 10, sum % 10);
	if (sum > risk->tenths)
		print(in, ", and the figure ends at 100");
	print(in, "\n");
}

/* Of most clients, most findings are at 0 points: without `all` they are counted, not listed. */
static int print_risk(
	struct invocation *in, const struct assessment *a, bool all, struct error *err)
{
	struct table *t;
	size_t hidden = 0;
	print_colored(in, COLOR_BOLD, "%.*s", STR_ARG(a->client));
	print(in, "  %.*s  risk ", STR_ARG(a->name));
	print_colored(in, band_color(a->risk.band), "%d.%d %s", a->risk.tenths / 10,
		a->risk.tenths % 10, band_name(a->risk.band));
	print(in, ", %s\n\n", trend_name(a->trend));
	if (!a->risk.cause_count) {
		print(in, "no findings\n");
		return 0;
	}
	if (table_new(5, &t, err) < 0)
		return -1;
	for (size_t i = 0; i < a->risk.cause_count; i++)
		if (all || a->risk.causes[i].tenths)
			add_cause(in, t, &a->risk.causes[i]);
		else
			hidden++;
	int result = table_print(in, t, err);
	table_free(t);
	if (result < 0)
		return -1;
	if (hidden)
		print(in, "\n%zu more at 0 points; --all lists them, each with its reason\n",
			hidden);
	print_sum(in, &a->risk);
	return 0;
}

int risk_print(struct invocation *in, struct str client, int64_t at_us, bool all, struct error *err)
{
	struct assessment a;
	if (assess(in, client, at_us, ASSESS_ALL, &a, err) < 0)
		return -1;
	int result = in->json ? write_risk(in, &a, err) : print_risk(in, &a, all, err);
	assessment_finish(&a);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	int64_t at_us;
	struct arena arena = {0};
	struct str client;
	int result = client_named(in, str_from(in->arguments[0]), &arena, &client, err);
	if (!result)
		result = assess_time(in, option(in, "at"), &at_us, err);
	if (!result)
		result = risk_print(in, client, at_us, has_option(in, "all"), err);
	arena_finish(&arena);
	return result;
}

static const struct command_option options[] = {
	{"at", "TIME", "the figure as it was at that day or time"},
	{"all", NULL, "as text: the lines at 0 points too, not their number alone"},
	{0},
};

const struct command command_risk = {
	.name = "risk",
	.usage = "CLIENT [--all] [--at TIME]",
	.summary = "Show one client's risk and every line that it is the sum of",
	.help = "  overstep risk acme\n"
		"  overstep risk acme --at 2026-03-31\n\n"
		"Lines at 0 points say why they do not count. A wrong one is taken out with\n"
		"'overstep mark'.",
	.needs = NEEDS_ARCHIVE,
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
