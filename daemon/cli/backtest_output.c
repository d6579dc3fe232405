/* What a backtest shows. */
#include "backtest_output.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "model/sequence.h"
#include <stdlib.h>

static bool is_shown(const struct outlook *o, const struct backtest_rule *r)
{
	const struct sequence_glob glob = {.names = str_from(o->glob)};
	return !o->glob || sequence_glob_fits(&glob, r->rule);
}

static struct backtest_count sum(const struct outlook *o)
{
	struct backtest_count all = {0};
	for (size_t i = 0; i < o->backtest.rule_count; i++) {
		const struct backtest_rule *r = &o->backtest.rules[i];
		if (!is_shown(o, r))
			continue;
		all.gained += r->all.gained;
		all.lost += r->all.lost;
		all.changed += r->all.changed;
	}
	return all;
}

static void write_count(struct json_writer *w, const struct backtest_count *c)
{
	json_int(w, "gained", (int64_t)c->gained);
	json_int(w, "lost", (int64_t)c->lost);
	json_int(w, "changed", (int64_t)c->changed);
}

static void write_sample(
	const struct invocation *in, struct json_writer *w, const struct backtest_sample *s)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	evidence_name(s->evidence, id);
	format_time(in, s->at_us, at);
	json_object(w, NULL);
	json_cstr(w, "change", s->lost ? "lost" : "gained");
	json_cstr(w, "id", id);
	json_str(w, "client", s->client);
	json_cstr(w, "received_at", at);
	json_str(w, "before", s->before);
	json_str(w, "text", s->words);
	json_str(w, "behind", s->behind);
	json_object_end(w);
}

static int write_rule(struct invocation *in, const struct backtest_rule *r, struct error *err)
{
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_str(w, "rule", r->rule);
	json_cstr(w, "sign", sign_name(r->sign));
	write_count(w, &r->all);
	json_array(w, "clients");
	for (size_t i = 0; i < r->client_count; i++) {
		json_object(w, NULL);
		json_str(w, "client", r->clients[i].client);
		write_count(w, &r->clients[i]);
		json_object_end(w);
	}
	json_array_end(w);
	json_array(w, "samples");
	for (size_t i = 0; i < r->sample_count; i++)
		write_sample(in, w, &r->samples[i]);
	json_array_end(w);
	return json_item_end(in, &line, err);
}

/* Nothing of it changes: all zero. */
static struct backtest_count count_of(const struct backtest *b, struct str client)
{
	for (size_t i = 0; i < b->client_count; i++)
		if (str_eq(b->clients[i].client, client))
			return b->clients[i];
	return (struct backtest_count){.client = client};
}

static int write_client(
	struct invocation *in, const struct outlook *o, size_t client, struct error *err)
{
	const struct assessment *before = &o->before[client], *after = &o->after[client];
	struct backtest_count count = count_of(&o->backtest, before->client);
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_str(w, "client", before->client);
	json_str(w, "name", before->name);
	write_count(w, &count);
	json_tenths(w, "risk_before", before->risk.tenths);
	json_cstr(w, "band_before", band_name(before->risk.band));
	json_tenths(w, "risk_after", after->risk.tenths);
	json_cstr(w, "band_after", band_name(after->risk.band));
	return json_item_end(in, &line, err);
}

static int write_all(struct invocation *in, const struct outlook *o, struct error *err)
{
	const struct backtest *b = &o->backtest;
	struct backtest_count all = sum(o);
	for (size_t i = 0; i < b->rule_count; i++)
		if (is_shown(o, &b->rules[i]) && write_rule(in, &b->rules[i], err) < 0)
			return -1;
	for (size_t i = 0; i < o->client_count; i++)
		if (write_client(in, o, i, err) < 0)
			return -1;
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_int(w, "messages", (int64_t)b->messages);
	json_int(w, "different", (int64_t)b->different);
	json_int(w, "not_examined", (int64_t)b->unread);
	json_int(w, "rules", (int64_t)o->rules);
	json_bool(w, "files_in_force", !o->others);
	write_count(w, &all);
	return json_item_end(in, &line, err);
}

/* "acme 10, lumen 5" */
static void add_clients(const struct backtest_rule *r, struct buf *out)
{
	for (size_t i = 0; i < r->client_count; i++) {
		const struct backtest_count *c = &r->clients[i];
		buf_add_format(out, "%s%.*s %zu", i ? ", " : "", STR_ARG(c->client),
			c->gained + c->lost + c->changed);
	}
}

static int print_rules(struct invocation *in, const struct outlook *o, struct error *err)
{
	struct table *t = NULL;
	if (table_new(6, &t, err) < 0)
		return -1;
	static const char *const heads[] = {"RULE", "SIGN", "GAINED", "LOST", "CHANGED", "CLIENTS"};
	for (size_t i = 0; i < 6; i++)
		table_add_cstr(t, heads[i], COLOR_DIM, i >= 2 && i <= 4);
	for (size_t i = 0; i < o->backtest.rule_count; i++) {
		const struct backtest_rule *r = &o->backtest.rules[i];
		struct buf clients = {0};
		if (!is_shown(o, r))
			continue;
		add_clients(r, &clients);
		table_add(t, r->rule, COLOR_BOLD, false);
		table_add_cstr(t, sign_name(r->sign), COLOR_PLAIN, false);
		table_add_format(t, COLOR_PLAIN, true, "%zu", r->all.gained);
		table_add_format(t, COLOR_PLAIN, true, "%zu", r->all.lost);
		table_add_format(t, COLOR_PLAIN, true, "%zu", r->all.changed);
		table_add(t, buf_str(&clients), COLOR_PLAIN, false);
		buf_finish(&clients);
	}
	int result = table_print(in, t, err);
	table_free(t);
	return result;
}

/* Words may go on in the next line of their mail. */
static void add_one_line(struct buf *out, struct str words)
{
	struct str line;
	for (bool first = true; str_line(&words, &line); first = false) {
		buf_add_cstr(out, first ? "" : " ");
		utf8_add_visible(out, str_trim(line), false);
	}
}

static void print_sample(struct invocation *in, const struct backtest_sample *s)
{
	char id[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	evidence_name(s->evidence, id);
	format_time(in, s->at_us, at);
	print_colored(in, s->lost ? COLOR_YELLOW : COLOR_GREEN, "  %c", s->lost ? '-' : '+');
	print(in, " %s  %.10s  %.*s  ", id, at, STR_ARG(s->client));
	print_visible(in, s->before, false);
	if (!in->color)
		print(in, "[");
	struct buf words = {0};
	add_one_line(&words, s->words);
	print_colored(in, s->lost ? COLOR_YELLOW : COLOR_GREEN, "%s", buf_cstr(&words));
	buf_finish(&words);
	if (!in->color)
		print(in, "]");
	print_visible(in, s->behind, false);
	print(in, "\n");
}

static void print_samples(struct invocation *in, const struct outlook *o)
{
	for (size_t i = 0; i < o->backtest.rule_count; i++) {
		const struct backtest_rule *r = &o->backtest.rules[i];
		if (!is_shown(o, r) || !r->sample_count)
			continue;
		print(in, "\n");
		print_colored(in, COLOR_BOLD, "%.*s", STR_ARG(r->rule));
		print(in, "\n");
		for (size_t k = 0; k < r->sample_count; k++)
			print_sample(in, &r->samples[k]);
	}
}

static bool is_touched(const struct outlook *o, size_t i)
{
	struct backtest_count c = count_of(&o->backtest, o->before[i].client);
	return c.gained + c.lost + c.changed || o->before[i].risk.tenths != o->after[i].risk.tenths;
}

static int print_clients(struct invocation *in, const struct outlook *o, struct error *err)
{
	static const char *const heads[] = {"CLIENT", "GAINED", "LOST", "RISK", "AFTER", "BAND"};
	struct table *t = NULL;
	if (table_new(6, &t, err) < 0)
		return -1;
	for (size_t i = 0; i < 6; i++)
		table_add_cstr(t, heads[i], COLOR_DIM, i >= 1 && i <= 4);
	for (size_t i = 0; i < o->client_count; i++) {
		const struct risk *a = &o->before[i].risk, *b = &o->after[i].risk;
		struct backtest_count c = count_of(&o->backtest, o->before[i].client);
		if (!is_touched(o, i))
			continue;
		table_add(t, o->before[i].client, COLOR_BOLD, false);
		table_add_format(t, COLOR_PLAIN, true, "%zu", c.gained);
		table_add_format(t, COLOR_PLAIN, true, "%zu", c.lost);
		table_add_format(t, COLOR_PLAIN, true, "%d.%d", a->tenths / 10, a->tenths % 10);
		table_add_format(
			t, band_color(b->band), true, "%d.%d", b->tenths / 10, b->tenths % 10);
		table_add_format(t, COLOR_PLAIN, false, "%s%s%s", band_name(a->band),
			a->band == b->band ? "" : " to ",
			a->band == b->band ? "" : band_name(b->band));
	}
	print(in, "\n");
	int result = table_print(in, t, err);
	table_free(t);
	return result;
}

static void print_sums(struct invocation *in, const struct outlook *o)
{
	const struct backtest *b = &o->backtest;
	struct backtest_count all = sum(o);
	print(in, "%zu %s judged on trial by %zu rules: %zu %s gained, %zu lost, %zu changed\n",
		b->messages, b->messages == 1 ? "message" : "messages", o->rules, all.gained,
		all.gained == 1 ? "finding" : "findings", all.lost, all.changed);
	if (b->unread)
		print(in, "%zu could not be read, and are left as they are\n", b->unread);
	if (o->others && o->rules_path)
		print(in,
			"the files in force have changed since the archive was judged: that is in "
			"these figures too\n");
}

int outlook_print(struct invocation *in, const struct outlook *o, struct error *err)
{
	struct backtest_count all = sum(o);
	bool any = all.gained + all.lost + all.changed > 0;
	if (in->json)
		return write_all(in, o, err) < 0 ? -1 : !any;
	print_sums(in, o);
	if (!any)
		return 1;
	print(in, "\n");
	if (print_rules(in, o, err) < 0)
		return -1;
	print_samples(in, o);
	return print_clients(in, o, err);
}
