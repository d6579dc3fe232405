/* overstep try: reads one message and what is said of it. */
#include "app/pipeline.h"
#include "app/rulebook.h"
#include "assess.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "config/config.h"
#include "message/message_parse.h"
#include "rules/ruleset.h"
#include "try.h"
#include "which_client.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MOST LIMIT_MAX_SIZE_DEFAULT

int try_set_direction(const char *word, struct trial *trial, struct error *err)
{
	if (word && strcmp(word, "client") && strcmp(word, "me"))
		return error_set(
			err, ERROR_USAGE, "bad value '%s' of --from, expected client or me", word);
	trial->direction = word && !strcmp(word, "me") ? DIRECTION_OUT : DIRECTION_IN;
	return 0;
}

int try_set_at(const struct invocation *in, struct str word, struct trial *trial, struct error *err)
{
	int offset_min;
	trial->has_at = word.ptr != NULL;
	if (!word.ptr || time_parse(word, &trial->at_us, &offset_min))
		return 0;
	/* a day is one of my zone */
	if (in->book->mine)
		return assess_time_of(in, word, &trial->at_us, err);
	return error_set(err, ERROR_USAGE,
		"bad time '%.*s', expected one such as 2026-03-12T21:40:00+01:00", STR_ARG(word));
}

int try_set_client(struct invocation *in, struct str word, struct trial *trial, struct error *err)
{
	const struct config *config = in->book->config;
	struct arena arena = {0};
	struct str id;
	trial->client = config ? config->client_count : 0;
	if (!word.ptr)
		return 0;
	if (!config)
		return error_set(err, ERROR_USAGE, "no client '%.*s': there is no configuration",
			STR_ARG(word));
	int result = client_named(in, word, &arena, &id, err);
	if (!result)
		trial->client = rulebook_client(in->book, id);
	arena_finish(&arena);
	return result;
}

/* Does it begin as a mail does: header lines, and an empty one behind them? */
static bool looks_like_mail(struct str octets)
{
	struct str rest = str_slice(octets, 0, LIMIT_HEADER_BLOCK), line;
	size_t fields = 0, colon;
	while (str_line(&rest, &line)) {
		if (!line.len)
			return fields >= 2;
		bool folded = line.ptr[0] == ' ' || line.ptr[0] == '\t';
		if (folded && fields)
			continue;
		if (!str_find(line, STR(":"), &colon) || !colon)
			return false;
		for (size_t i = 0; i < colon; i++)
			if (line.ptr[i] <= ' ' || line.ptr[i] > '~')
				return false;
		fields++;
	}
	return false;
}

/* One word with a '/' in it, or the end of a file's name: nobody writes only that to me. */
static bool looks_like_path(const char *what)
{
	struct str word = str_from(what);
	return !strpbrk(what, " \t\n") &&
		(strchr(what, '/') || str_ends(word, STR(".eml")) || str_ends(word, STR(".txt")));
}

/* The argument is a file, standard input, or the words themselves. */
static int read_argument(
	struct invocation *in, struct buf *octets, struct trial *trial, struct error *err)
{
	const char *what = in->argument_count ? in->arguments[0] : "-";
	bool words = strcmp(what, "-") && !file_exists(what);
	int result = 0;
	if (words && looks_like_path(what))
		return error_set(err, ERROR_USAGE, "cannot read '%s': %s", what, strerror(ENOENT));
	if (!strcmp(what, "-") && isatty(STDIN_FILENO))
		fputs("type the message, and Ctrl-D on a line of its own behind it\n", stderr);
	if (words)
		buf_add_cstr(octets, what);
	else if (!strcmp(what, "-"))
		result = file_read_fd(STDIN_FILENO, "standard input", TEXT_MOST, octets, err);
	else
		result = file_read(what, TEXT_MOST, octets, err);
	if (result < 0)
		return -1;
	trial->octets = buf_str(octets);
	trial->kind = words                      ? TRIAL_WORDS
		: looks_like_mail(trial->octets) ? TRIAL_MAIL
						 : TRIAL_BODY;
	return octets->failed ? error_memory(err) : 0;
}

/* Words from a terminal may not be UTF-8: they are repaired at the door. */
static int repair(struct trial *trial, struct buf *repaired, struct error *err)
{
	if (trial->kind == TRIAL_MAIL || utf8_valid(trial->octets))
		return 0;
	utf8_repair(trial->octets, repaired);
	trial->octets = buf_str(repaired);
	return repaired->failed ? error_memory(err) : 0;
}

static int check_rule(const struct trial *trial, const struct trial_result *r, struct error *err)
{
	if (!trial->rule.ptr || r->explanation.rule)
		return 0;
	return error_set(err, ERROR_USAGE,
		"no rule '%.*s' that looks at one message, see 'overstep rules list'",
		STR_ARG(trial->rule));
}

static int try_one(struct invocation *in, struct error *err)
{
	struct trial trial = {.near_misses = true};
	trial.find_parties = !option(in, "client") && !option(in, "from");
	struct trial_result result;
	struct buf octets = {0}, repaired = {0};
	struct str client = str_from(option(in, "client"));
	trial.lang = str_from(option(in, "lang"));
	trial.rule = str_from(option(in, "rule"));
	trial_result_init(&result);
	int code = try_set_direction(option(in, "from"), &trial, err);
	if (!code)
		code = try_set_at(in, str_from(option(in, "at")), &trial, err);
	if (!code)
		code = try_set_client(in, client, &trial, err);
	if (!code)
		code = read_argument(in, &octets, &trial, err);
	if (!code)
		code = repair(&trial, &repaired, err);
	if (!code)
		code = pipeline_try(in->book, &trial, &result, err);
	if (!code && result.judgement.examined == EXAMINED_NO_RULES)
		code = error_set(err, ERROR_USAGE, "%.*s", STR_ARG(result.judgement.not_examined));
	if (!code)
		code = check_rule(&trial, &result, err);
	if (!code)
		code = in->json ? try_write(in, &result, err) : try_show(in, &trial, &result, err);
	trial_result_finish(&result);
	buf_finish(&octets);
	buf_finish(&repaired);
	return code;
}

static int run(struct invocation *in, struct error *err)
{
	const char *stream = option(in, "jsonl"), *rules = option(in, "rules");
	const struct rulebook_plan plan = {
		.rules_on_trial = rules,
		/* a stream is judged by the shipped packs alone unless --config says otherwise */
		.no_config = stream && !in->config,
	};
	if (rules && access(rules, R_OK) < 0)
		return error_set(err, ERROR_USAGE, "cannot read '%s': %s", rules, strerror(errno));
	message_library_start();
	if (needs_open_rules(in, &plan, err) < 0)
		return -1;
	return stream ? try_jsonl(in, stream, err) : try_one(in, err);
}

static const struct command_option options[] = {
	{"client", "C", "judge it as this client's: its hours, its contract"},
	{"from", "client|me", "who wrote it"},
	{"at", "TIME", "when it came: 2026-03-12T21:40:00+01:00, or a day (its end)"},
	{"lang", "L", "only this rule pack"},
	{"rule", "R", "why this rule was found or was not, step by step"},
	{"rules", "FILE|DIR", "these rules too"},
	{"jsonl", "FILE|-", "a stream of {\"id\",\"text\"} lines, an answer a line"},
	{0},
};

const struct command command_try = {
	.name = "try",
	.usage = "[--client C] [--from client|me] [--at TIME] [--lang L] [--rule R] [FILE|-|TEXT]",
	.summary = "Explain one message: what was found, what nearly, and why",
	.help = "  overstep try 'I need this tonight, no excuses'\n"
		"  overstep try --client acme --at 2026-03-12T21:40:00+01:00 mail.eml\n"
		"  overstep try --rule urgency/now 'Could you call me now and then?'\n"
		"  overstep try --jsonl messages.jsonl\n\n"
		"Places are line:column of the text as it is shown. Ends with 1 when nothing was found; "
		"with --rule,\nwhen that rule was not.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.most = 1,
	.run = run,
};
