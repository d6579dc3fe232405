/* overstep try: explains one message, or answers a stream of them. */
#include "app/pipeline.h"
#include "app/rulebook.h"
#include "assess.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "config/config.h"
#include "message/message_parse.h"
#include "message_output.h"
#include "rules/ruleset.h"
#include "which_client.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MOST LIMIT_MAX_SIZE_DEFAULT
#define JSON_LINE_MOST (16 * MIB)

static int set_direction(const char *word, struct trial *trial, struct error *err)
{
	if (word && strcmp(word, "client") && strcmp(word, "me"))
		return error_set(
			err, ERROR_USAGE, "bad value '%s' of --from, expected client or me", word);
	trial->direction = word && !strcmp(word, "me") ? DIRECTION_OUT : DIRECTION_IN;
	return 0;
}

static int set_at(
	const struct invocation *in, struct str word, struct trial *trial, struct error *err)
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

static int set_client(
	struct invocation *in, struct str word, struct trial *trial, struct error *err)
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

/* The judgement's findings as the rest of the house shows them; free() it. */
static struct indexed_finding *as_indexed(const struct judgement *j)
{
	struct indexed_finding *findings = calloc(j->finding_count + 1, sizeof(*findings));
	for (size_t i = 0; findings && i < j->finding_count; i++)
		findings[i].finding = j->findings[i];
	return findings;
}

static void show_moment(struct invocation *in, const struct trial_result *r)
{
	char text[TIME_TEXT_SIZE];
	if (r->client.ptr)
		print(in, "client   %.*s, %s\n", STR_ARG(r->client),
			r->direction == DIRECTION_OUT ? "from me" : "to me");
	if (r->automatic.ptr) {
		print(in, "automatic mail: its words are not judged (");
		print_visible(in, r->automatic, false);
		print(in, ")\n");
	}
	if (!r->judgement.has_mine) {
		print_colored(in, COLOR_DIM, "no clock: what depends on the hour was not judged\n");
		return;
	}
	format_time(in, r->clocks.at_us[r->clocks.used], text);
	print(in, "clock    %s (%s%s)\n", text, clock_kind_name(r->clocks.used),
		r->clocks.agreed ? "" : ", disputed");
	print(in, "moment   %s: %s\n", period_name(r->judgement.mine.period),
		r->judgement.mine.why);
	if (r->judgement.has_theirs)
		print(in, "theirs   %s: %.*s\n",
			r->judgement.theirs_working ? "working" : "outside",
			STR_ARG(r->judgement.theirs_why));
}

static void show_near_misses(struct invocation *in, const struct trial_result *r)
{
	for (size_t i = 0; i < r->hits.near_count; i++) {
		const struct near_miss *n = &r->hits.near[i];
		print_colored(in, COLOR_DIM, "near miss");
		print(in, " %.*s  '", STR_ARG(n->rule->name));
		print_visible(in, str_slice(r->text.bytes, n->start, n->end), false);
		print(in, "', held back by ");
		print_visible(in, n->held_back_by, false);
		if (n->has_by_place) {
			print(in, ": '");
			print_visible(in, str_slice(r->text.bytes, n->by_start, n->by_end), false);
			print(in, "'");
		}
		print(in, "\n");
	}
}

/* The reply of a hit's rule, filled with what the hit names: *out is empty where there is none,
   where an earlier hit has the same, or where the words lack what it speaks of. */
static void fill_reply(const struct trial_result *r, size_t hit, struct buf *out)
{
	const struct rule_facts *rule = r->hits.items[hit].rule;
	buf_clear(out);
	for (size_t i = 0; i < hit; i++)
		if (r->hits.items[i].rule == rule)
			return;
	captured_fill(&r->hits.items[hit].captured, rule->reply, out);
}

static void show_replies(struct invocation *in, const struct trial_result *r)
{
	struct buf reply = {0};
	for (size_t i = 0; i < r->hits.count; i++) {
		fill_reply(r, i, &reply);
		if (!reply.len)
			continue;
		print_colored(in, COLOR_DIM, "reply    ");
		print(in, " ");
		print_visible(in, buf_str(&reply), false);
		print(in, "\n");
	}
	buf_finish(&reply);
}

static void write_replies(const struct trial_result *r, struct json_writer *w)
{
	struct buf reply = {0};
	json_array(w, "replies");
	for (size_t i = 0; i < r->hits.count; i++) {
		fill_reply(r, i, &reply);
		if (!reply.len)
			continue;
		json_object(w, NULL);
		json_str(w, "rule", r->hits.items[i].rule->name);
		json_str(w, "text", buf_str(&reply));
		json_object_end(w);
	}
	json_array_end(w);
	buf_finish(&reply);
}

static int show_result(struct invocation *in, const struct trial_result *r, struct error *err)
{
	struct indexed_finding *findings = as_indexed(&r->judgement);
	if (!findings)
		return error_memory(err);
	show_moment(in, r);
	print(in, "\n");
	print_marked_text(in, &r->text, findings, r->judgement.finding_count);
	print(in, "\n");
	for (size_t i = 0; i < r->judgement.finding_count; i++)
		print_finding(in, &findings[i], true);
	for (size_t i = 0; i < r->judgement.marker_count; i++)
		print_marker(in, &r->judgement.markers[i]);
	show_near_misses(in, r);
	if (r->hits.too_many_near)
		print(in, "more near misses than %d, the rest is not shown\n", LIMIT_HITS);
	show_replies(in, r);
	if (r->judgement.examined != EXAMINED_YES)
		print(in, "not examined: %.*s\n", STR_ARG(r->judgement.not_examined));
	else if (r->third_party)
		print(in, "no client wrote this: nothing is looked for in it\n");
	else if (!r->judgement.finding_count)
		print(in, "examined, nothing found\n");
	free(findings);
	return r->judgement.finding_count ? 0 : 1;
}

/* A stream's own names for its lines: texts or whole numbers, given back as they came. */
static bool is_id(const struct json_value *v)
{
	return json_to_str(v).ptr || json_to_int(v, 0) == json_to_int(v, 1);
}

static void write_id(struct json_writer *w, const struct json_value *id)
{
	if (json_to_str(id).ptr)
		json_str(w, "id", json_to_str(id));
	else if (id)
		json_int(w, "id", json_to_int(id, 0));
}

/* id is NULL outside of a stream. */
static int write_result(struct invocation *in, const struct json_value *id,
	const struct trial_result *r, bool near_misses, struct error *err)
{
	struct indexed_finding *findings = as_indexed(&r->judgement);
	if (!findings)
		return error_memory(err);
	struct json_line line;
	struct json_writer *w = json_item(&line);
	write_id(w, id);
	findings_write_json(w, findings, r->judgement.finding_count);
	json_bool(w, "examined", r->judgement.examined == EXAMINED_YES);
	if (r->judgement.examined != EXAMINED_YES)
		json_str(w, "not_examined", r->judgement.not_examined);
	if (r->judgement.has_mine)
		json_cstr(w, "period", period_name(r->judgement.mine.period));
	json_array(w, near_misses ? "near_misses" : "markers");
	for (size_t i = 0; near_misses && i < r->hits.near_count; i++) {
		json_object(w, NULL);
		json_str(w, "rule", r->hits.near[i].rule->name);
		json_int(w, "start", (int64_t)r->hits.near[i].start);
		json_int(w, "end", (int64_t)r->hits.near[i].end);
		json_str(w, "held_back_by", r->hits.near[i].held_back_by);
		json_object_end(w);
	}
	for (size_t i = 0; !near_misses && i < r->judgement.marker_count; i++)
		json_str(w, NULL, r->judgement.markers[i].rule);
	json_array_end(w);
	if (near_misses) {
		json_bool(w, "more_near_misses", r->hits.too_many_near);
		write_replies(r, w);
	}
	free(findings);
	return json_item_end(in, &line, err);
}

static int try_one(struct invocation *in, struct error *err)
{
	struct trial trial = {.near_misses = true};
	trial.find_parties = !option(in, "client") && !option(in, "from");
	struct trial_result result;
	struct buf octets = {0}, repaired = {0};
	struct str client = str_from(option(in, "client"));
	trial.lang = str_from(option(in, "lang"));
	trial_result_init(&result);
	int code = set_direction(option(in, "from"), &trial, err);
	if (!code)
		code = set_at(in, str_from(option(in, "at")), &trial, err);
	if (!code)
		code = set_client(in, client, &trial, err);
	if (!code)
		code = read_argument(in, &octets, &trial, err);
	if (!code)
		code = repair(&trial, &repaired, err);
	if (!code)
		code = pipeline_try(in->book, &trial, &result, err);
	if (!code && result.judgement.examined == EXAMINED_NO_RULES)
		code = error_set(err, ERROR_USAGE, "%.*s", STR_ARG(result.judgement.not_examined));
	if (!code && in->json) {
		code = write_result(in, NULL, &result, true, err);
		if (!code)
			code = result.judgement.finding_count ? 0 : 1;
	} else if (!code) {
		code = show_result(in, &result, err);
	}
	trial_result_finish(&result);
	buf_finish(&octets);
	buf_finish(&repaired);
	return code;
}

/* One line of the stream. */
static int try_line(struct invocation *in, const struct json_value *v, struct error *err)
{
	struct trial trial = {.octets = json_to_str(json_get(v, "text")),
		.lang = json_to_str(json_get(v, "lang"))};
	const struct json_value *id = json_get(v, "id");
	struct str from = json_to_str(json_get(v, "from"));
	/* clients are those of a configuration: without one there is nobody to judge it as */
	struct str client = in->book->config ? json_to_str(json_get(v, "client")) : (struct str){0};
	char word[16] = "";
	if (!is_id(id) || !trial.octets.ptr)
		return error_set(err, ERROR_USAGE, "expected {\"id\":\"...\",\"text\":\"...\"}");
	if (from.len < sizeof(word))
		memcpy(word, from.ptr ? from.ptr : "", from.len);
	struct trial_result result;
	trial_result_init(&result);
	int code = set_direction(from.ptr ? word : NULL, &trial, err);
	if (!code)
		code = set_at(in, json_to_str(json_get(v, "at")), &trial, err);
	if (!code)
		code = set_client(in, client, &trial, err);
	if (!code)
		code = pipeline_try(in->book, &trial, &result, err);
	if (!code)
		code = write_result(in, id, &result, false, err);
	trial_result_finish(&result);
	return code;
}

static int try_stream(struct invocation *in, FILE *stream, const char *name, struct error *err)
{
	char *text = NULL;
	size_t room = 0;
	unsigned number = 0;
	int code = 0;
	for (ssize_t len; !code && (len = getline(&text, &room, stream)) >= 0;) {
		struct json_document *document = NULL;
		struct str line = str_trim((struct str){text, (size_t)len});
		number++;
		if (!line.len)
			continue;
		if (line.len > JSON_LINE_MOST)
			code = error_set(err, ERROR_USAGE, "a line of %zu bytes", line.len);
		else if (json_parse(line, &document, err) < 0)
			code = -1;
		else
			code = try_line(in, json_root(document), err);
		json_free(document);
	}
	free(text);
	if (code < 0) {
		error_prefix(err, "%s:%u", name, number);
		if (err->kind == ERROR_INPUT)
			err->kind = ERROR_USAGE;
	}
	return code;
}

static int try_jsonl(struct invocation *in, const char *path, struct error *err)
{
	if (!strcmp(path, "-"))
		return try_stream(in, stdin, "standard input", err);
	FILE *stream = fopen(path, "re");
	if (!stream)
		return error_system(err, errno, "cannot read '%s'", path);
	int code = try_stream(in, stream, path, err);
	fclose(stream);
	return code;
}

/* In a stream each line says these of itself: stated once for all they would be passed over. */
static int refuse_for_stream(struct invocation *in, struct error *err)
{
	static const char *const names[] = {"client", "from", "at", "lang"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (option(in, names[i]))
			return error_set(err, ERROR_USAGE,
				"--%s is of one message; with --jsonl it is said in each line",
				names[i]);
	return in->argument_count
		? error_set(err, ERROR_USAGE, "unexpected '%s', --jsonl has its file already",
			  in->arguments[0])
		: 0;
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
	if (stream && refuse_for_stream(in, err) < 0)
		return -1;
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
	{"rules", "FILE|DIR", "these rules too"},
	{"jsonl", "FILE|-", "a stream of {\"id\",\"text\"} lines, an answer a line"},
	{0},
};

const struct command command_try = {
	.name = "try",
	.usage = "[--client C] [--from client|me] [--at TIME] [--lang L] [FILE|-|TEXT]",
	.summary = "Explain one message: what was found, what nearly, and why",
	.help = "  overstep try 'I need this tonight, no excuses'\n"
		"  overstep try --client acme --at 2026-03-12T21:40:00+01:00 mail.eml\n"
		"  overstep try --jsonl messages.jsonl\n\n"
		"Ends with 1 when nothing was found.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.most = 1,
	.run = run,
};
