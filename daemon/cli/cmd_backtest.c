/* overstep backtest: what other rules would make of the archive. */
#include "app/backtest.h"
#include "app/rulebook.h"
#include "assess.h"
#include "backtest_output.h"
#include "base/clock.h"
#include "find.h"
#include "rules/ruleset.h"
#include "which_client.h"
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SAMPLES "3"
#define SAMPLES_MOST 1000

/* The rules in force with those of --rules; a mistake in those is the end. -1, 0, or an exit code.
 */
static int load_trial(
	struct invocation *in, const char *path, struct rulebook **out, struct error *err)
{
	const struct rulebook_plan plan = {.config = in->config, .rules_on_trial = path};
	struct diags diags = {0};
	if (access(path, R_OK) < 0)
		return error_set(err, ERROR_USAGE, "cannot read '%s': %s", path, strerror(errno));
	int code = rulebook_load(&plan, out, &diags, err);
	if (!code && (*out)->files_left_out > in->book->files_left_out) {
		diags_tell(&diags, stderr);
		code = rules_exit_code((*out)->rules, &diags);
	}
	diags_finish(&diags);
	return code;
}

/* "2026-03-01", or as much of a day as a query takes. */
static int add_since(const char *since, struct buf *text, struct error *err)
{
	for (const char *c = since; *c; c++)
		if (!isdigit((unsigned char)*c) && *c != '-')
			return error_set(err, ERROR_USAGE,
				"bad day '%s', expected one such as 2026-03-01", since);
	buf_add_format(text, " date:%s..", since);
	return 0;
}

static int add_client(
	struct invocation *in, const char *client, struct buf *text, struct error *err)
{
	struct arena arena = {0};
	struct str id;
	int result = client_named(in, str_from(client), &arena, &id, err);
	if (!result)
		buf_add_format(text, " client:\"%.*s\"", STR_ARG(id));
	arena_finish(&arena);
	return result;
}

static int read_query(struct invocation *in, struct query **out, struct error *err)
{
	struct buf text = {0};
	const char *since = option(in, "since"), *client = option(in, "client");
	int result = 0;
	if (in->argument_count) {
		/* a mistake in it is shown at its own place */
		result = find_query(in, 0, out, err);
		query_free(result ? NULL : *out);
		buf_add_char(&text, '(');
		find_text(in, 0, &text);
		buf_add_char(&text, ')');
	}
	if (!result && since)
		result = add_since(since, &text, err);
	if (!result && client)
		result = add_client(in, client, &text, err);
	if (!result)
		result = text.failed ? error_memory(err) : find_parse(in, buf_str(&text), out, err);
	buf_finish(&text);
	return result;
}

static int read_samples(const struct invocation *in, size_t *out, struct error *err)
{
	uint64_t number;
	const char *word = option(in, "samples") ? option(in, "samples") : SAMPLES;
	if (!str_to_u64(str_from(word), SAMPLES_MOST, &number))
		return error_set(err, ERROR_USAGE, "bad number '%s' of --samples, expected 0 to %d",
			word, SAMPLES_MOST);
	*out = (size_t)number;
	return 0;
}

/* Judges, and assesses each client before and after. */
static int look(struct invocation *in, const struct rulebook *book, const struct query *query,
	struct outlook *o, struct error *err)
{
	struct progress progress;
	const struct store_progress listener = {.tell = progress_tell, .context = &progress};
	const struct backtest_plan plan = {
		.book = book,
		.query = query,
		.samples = o->samples,
		.now_us = clock_now_us(NULL),
		.progress = &listener,
	};
	int known = store_terms_known(in->store, in->book, err);
	if (known < 0 ||
		assess_all(in, o->at_us, ASSESS_FIGURE, &o->before, &o->client_count, err) < 0)
		return -1;
	o->others = known == 0;
	progress_init(&progress);
	int result = backtest_run(in->store, &plan, &o->backtest, err);
	progress_finish(&progress);
	if (result < 0)
		return -1;
	o->after = calloc(o->client_count + 1, sizeof(*o->after));
	if (!o->after)
		return error_memory(err);
	for (; o->assessed < o->client_count; o->assessed++)
		if (assess(in, o->before[o->assessed].client, o->at_us, ASSESS_FIGURE,
			    &o->after[o->assessed], err) < 0)
			return -1;
	return 0;
}

static void outlook_finish(struct outlook *o)
{
	assessments_free(o->before, o->client_count);
	assessments_free(o->after, o->assessed);
	backtest_finish(&o->backtest);
}

static int run(struct invocation *in, struct error *err)
{
	struct outlook o = {.glob = option(in, "rule"), .rules_path = option(in, "rules")};
	struct rulebook *trial = NULL;
	struct query *query = NULL;
	int code = read_samples(in, &o.samples, err);
	if (!code)
		code = assess_time(in, option(in, "at"), &o.at_us, err);
	if (!code)
		code = read_query(in, &query, err);
	if (!code && o.rules_path)
		code = load_trial(in, o.rules_path, &trial, err);
	if (!code) {
		const struct rulebook *book = trial ? trial : in->book;
		o.rules = ruleset_count(book->rules);
		code = look(in, book, query, &o, err);
	}
	if (!code)
		code = outlook_print(in, &o, err);
	outlook_finish(&o);
	query_free(query);
	rulebook_free(trial);
	return code;
}

static const struct command_option options[] = {
	{"rules", "FILE|DIR", "these rules beside those of the files, in place of the same names"},
	{"since", "DAY", "only messages from that day on"},
	{"client", "C", "only messages of that client"},
	{"rule", "GLOB", "tell only of rules that fit, such as 'urgency/*'"},
	{"samples", "N", "so many samples of what each rule gains and loses (" SAMPLES ")"},
	{"at", "TIME", "the risk as it is at that day or time"},
	{0},
};

const struct command command_backtest = {
	.name = "backtest",
	.usage = "[--rules FILE|DIR] [--since DAY] [--client C] [--rule GLOB] [QUERY]",
	.summary = "Show what changed rules would find in the archive, and change nothing",
	.help = "Judges archived messages on trial, by the rule files as they are now and those of "
		"--rules, and shows\nbeside what is in force: findings gained (+) and lost (-) by rule, "
		"samples, and each client's risk\nbefore and after. Without --rules: what 'overstep "
		"rejudge' would change.\n\n"
		"  overstep backtest --rules new.rules\n"
		"  overstep backtest --rules rules.d --since 2026-01-01 --rule 'urgency/*'\n"
		"  overstep --json backtest --samples 0 | jq 'select(.rule)'\n\n"
		"Ends with 1 when nothing would change, or an example of --rules fails; 2 when those are "
		"broken.",
	.needs = NEEDS_ARCHIVE,
	.with_rules = true,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
