/* overstep import: mail in files into the archive, judged as if it had just come. */
#include "app/import.h"
#include "app/readers.h"
#include "app/rulebook.h"
#include "assess.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/number_words.h"
#include "base/utf8.h"
#include "config/config.h"
#include "follow.h"
#include "import_names.h"
#include "output.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <string.h>

#define ACCOUNT_MOST 64

/* What one call is to do, and how it goes. */
struct importing {
	struct invocation *in;
	struct import_plan plan;
	struct account account;
	/* not the store's: while these have work, that asks its own what to index */
	struct readers *readers;
	struct progress progress;
	struct import_outcome sum;
	bool any_format;   /* each path is looked at */
	struct zone *zone; /* of --zone */
	struct import_names *names;
	struct buf others; /* people of chats who are neither I nor a client */
};

static void tell_progress(void *context, const char *what, uint64_t done, uint64_t all)
{
	struct importing *i = context;
	progress_tell(&i->progress, what, done, all);
}

static void tell_passed_over(void *context, struct str path, struct str why)
{
	(void)context;
	import_tell(path, "%.*s", STR_ARG(why));
}

/* The day begins in my zone. */
static int read_since(struct importing *i, const char *word, struct error *err)
{
	struct date day;
	int64_t instants[2];
	if (!date_parse(str_from(word), &day))
		return error_set(err, ERROR_USAGE, "bad day '%s', expected 2026-01-15", word);
	zone_instants(
		worktime_zone(i->in->book->mine), day.year, day.month, day.day, 0, 0, instants);
	i->plan.has_since = true;
	i->plan.since_us = instants[0];
	return 0;
}

static int read_format(struct importing *i, const char *format, struct error *err)
{
	struct buf chats = {0};
	i->any_format = !strcmp(format, "auto");
	i->plan.chat = i->plan.has_chat_format =
		chat_format_parse(str_from(format), &i->plan.chat_format);
	if (i->plan.chat || mail_format_parse(str_from(format), &i->plan.format))
		return 0;
	chat_format_list(&chats);
	error_set(err, ERROR_USAGE, "unknown format '%s', expected auto, maildir, mbox, eml, %s",
		format, buf_cstr(&chats));
	buf_finish(&chats);
	return -1;
}

static int read_chat_options(struct importing *i, struct error *err)
{
	struct invocation *in = i->in;
	const char *zone = option(in, "zone"), *locale = option(in, "locale");
	i->plan.zone = worktime_zone(in->book->mine);
	if (zone && zone_open(str_from(zone), NULL, &i->zone, err) < 0)
		return -1;
	if (i->zone)
		i->plan.zone = i->zone;
	if (locale && chat_order_parse(str_from(locale), &i->plan.order, err) < 0)
		return -1;
	return import_names_new(in, &i->names, err);
}

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

/* What is in the export, and how it was read: nothing is guessed in silence. False: whose it is has
   to be asked first. */
static bool tell_survey(void *context, const struct json_value *head)
{
	struct importing *i = context;
	if (import_names_note(i->names, head))
		return false;
	struct str dates = json_to_str(json_get(head, "dates"));
	struct str why = json_to_str(json_get(head, "unread_why"));
	long long unread = json_to_int(json_get(head, chat_kind_name(CHAT_UNREAD)), 0);
	long long pasted = json_to_int(json_get(head, "other_style"), 0);
	long long disputed =
		json_to_int(json_get(head, "folds"), 0) + json_to_int(json_get(head, "gaps"), 0);
	struct str path = i->account.path, zone = zone_name(i->plan.zone);
	import_add_others(head, &i->others);
	if (dates.len)
		import_tell(path, "dates are %.*s: %.*s",
			STR_ARG(json_to_str(json_get(head, "order"))), STR_ARG(dates));
	if (json_to_bool(json_get(head, "local_times"), false))
		import_tell(path, "times are read in %.*s%s", STR_ARG(zone),
			i->zone ? "" : ", my own zone (--zone says otherwise)");
	if (json_to_bool(json_get(head, "seconds_missing"), false))
		import_tell(path, "seconds are not known");
	if (disputed)
		import_tell(path, "%lld time%s disputed: the clock was set then", disputed,
			disputed == 1 ? " is" : "s are");
	if (pasted)
		import_tell(path,
			"%lld line%s like the first of a message in another form than the file's: "
			"taken for words of the message before",
			pasted, pasted == 1 ? " looks" : "s look");
	if (unread)
		import_tell(path, "%lld piece%s could not be read: %.*s", unread,
			plural((uint64_t)unread), STR_ARG(why));
	return true;
}

static void tell_known_as(void *context, struct str name, struct str known_as, uint64_t found)
{
	struct importing *i = context;
	if (found)
		import_tell(i->account.path,
			"'%.*s' is the conversation '%.*s' that is here, by %llu message%s that both "
			"have",
			STR_ARG(name), STR_ARG(known_as), (unsigned long long)found, plural(found));
	else
		import_tell(i->account.path,
			"another '%.*s' is here, of the same time and with other messages: this one is "
			"kept as '%.*s'",
			STR_ARG(name), STR_ARG(known_as));
}

static void tell_difference(void *context, uint64_t seq, uint64_t now)
{
	(void)context;
	char old_name[EVIDENCE_NAME_SIZE], new_name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, old_name);
	evidence_name(now, new_name);
	if (now)
		fprintf(stderr, "overstep: %s has other words in this export: %s\n", old_name,
			new_name);
	else
		fprintf(stderr, "overstep: %s is in this export no longer\n", old_name);
}

static int read_options(struct importing *i, struct error *err)
{
	struct invocation *in = i->in;
	const char *format = option(in, "format"), *account = option(in, "account");
	struct str name = str_from(account ? account : "import");
	if (read_format(i, format ? format : "auto", err) < 0 || read_chat_options(i, err) < 0)
		return -1;
	for (size_t k = 0; k < name.len; k++)
		if ((unsigned char)name.ptr[k] <= ' ' || name.ptr[k] == 127)
			name.len = 0;
	if (!name.len || name.len > ACCOUNT_MOST)
		return error_set(err, ERROR_USAGE,
			"bad name of an account '%s', expected one word of at most %d letters",
			account, ACCOUNT_MOST);
	i->account = (struct account){
		.name = name,
		.type = ACCOUNT_EML,
		.max_size_bytes = LIMIT_MAX_SIZE_DEFAULT,
	};
	i->plan.account = &i->account;
	i->plan.dry = has_option(in, "dry-run");
	i->plan.context = i;
	i->plan.progress = tell_progress;
	i->plan.passed_over = tell_passed_over;
	i->plan.survey = tell_survey;
	i->plan.known_as = tell_known_as;
	i->plan.differs = tell_difference;
	return option(in, "since") ? read_since(i, option(in, "since"), err) : 0;
}

/* A dry run needs no archive, and makes none. */
static int open_archive(struct importing *i, struct error *err)
{
	struct invocation *in = i->in;
	struct error why = {0};
	if (!i->plan.dry)
		return needs_make_archive(in, err) < 0
			? -1
			: store_terms(in->store, in->book, NULL, err);
	if (needs_open_archive(in, &why) == 0)
		return 0;
	i->account.max_size_bytes = LIMIT_IMAP_WHOLE - 1;
	if (why.kind != ERROR_NOT_FOUND)
		*err = why;
	return why.kind == ERROR_NOT_FOUND ? 0 : -1;
}

static void format_day(struct invocation *in, int64_t at_us, char out[TIME_TEXT_SIZE])
{
	format_time(in, at_us, out);
	out[sizeof("2026-01-31") - 1] = '\0';
}

static void say_count(struct invocation *in, uint64_t count, const char *what)
{
	char words[NUMBER_WORDS_SIZE];
	if (count)
		print(in, ", %s %s", number_words((size_t)count, words), what);
}

static int say_clients(struct importing *i, struct error *err)
{
	const struct config *config = i->in->book->config;
	struct table *table;
	if (table_new(3, &table, err) < 0)
		return -1;
	for (size_t k = 0; k < config->client_count; k++) {
		const struct import_client *c = &i->sum.clients[k];
		char first[TIME_TEXT_SIZE], last[TIME_TEXT_SIZE];
		if (!c->messages)
			continue;
		format_day(i->in, c->first_at_us, first);
		format_day(i->in, c->last_at_us, last);
		table_add(table, config->clients[k].id, COLOR_BOLD, false);
		table_add_format(
			table, COLOR_PLAIN, true, "%llu new", (unsigned long long)c->messages);
		table_add_format(table, COLOR_DIM, false, "%s to %s", first, last);
	}
	int result = table_print(i->in, table, err);
	table_free(table);
	return result;
}

/* "3,120 messages read, 412 of clients: 400 new, 12 known already, 3 not examined" */
static int say(struct importing *i, struct error *err)
{
	struct invocation *in = i->in;
	const struct import_outcome *o = &i->sum;
	char read[NUMBER_WORDS_SIZE], of_clients[NUMBER_WORDS_SIZE], added[NUMBER_WORDS_SIZE];
	print(in, "%s message%s read, %s of clients: %s %s", number_words((size_t)o->read, read),
		plural(o->read), number_words((size_t)o->of_clients, of_clients),
		number_words((size_t)o->added, added), i->plan.dry ? "would be new" : "new");
	say_count(in, o->known, "known already");
	say_count(in, o->older, "older than --since");
	say_count(in, o->not_examined, "not examined");
	print(in, "\n");
	if (o->unclear)
		print(in, "%llu could not be read, and whose they are is not known: not stored\n",
			(unsigned long long)o->unclear);
	if (o->passed_over)
		print(in, "%llu file%s passed over, see above\n",
			(unsigned long long)o->passed_over, plural(o->passed_over));
	if (o->differing)
		print(in, "%llu of an earlier export changed or vanished, see above\n",
			(unsigned long long)o->differing);
	if (i->others.len)
		print(in,
			"nobody's: %s\nwhose are they? --as 'NAME=CLIENT' tells it once, names = [ "
			"\"NAME\" ] of a client or of me in the configuration for good\n",
			buf_cstr(&i->others));
	return say_clients(i, err);
}

static int say_json(struct importing *i, struct error *err)
{
	const struct config *config = i->in->book->config;
	const struct import_outcome *o = &i->sum;
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_str(w, "account", i->account.name);
	json_bool(w, "dry_run", i->plan.dry);
	json_int(w, "read", (int64_t)o->read);
	json_int(w, "of_clients", (int64_t)o->of_clients);
	json_int(w, "new", (int64_t)o->added);
	json_int(w, "known", (int64_t)o->known);
	json_int(w, "older", (int64_t)o->older);
	json_int(w, "not_examined", (int64_t)o->not_examined);
	json_int(w, "unclear", (int64_t)o->unclear);
	json_int(w, "passed_over", (int64_t)o->passed_over);
	json_int(w, "differing", (int64_t)o->differing);
	json_str(w, "nobodys", i->others.len ? buf_str(&i->others) : (struct str){0});
	json_array(w, "clients");
	for (size_t k = 0; k < config->client_count; k++) {
		const struct import_client *c = &o->clients[k];
		char first[TIME_TEXT_SIZE], last[TIME_TEXT_SIZE];
		if (!c->messages)
			continue;
		format_time(i->in, c->first_at_us, first);
		format_time(i->in, c->last_at_us, last);
		json_object(w, NULL);
		json_str(w, "client", config->clients[k].id);
		json_int(w, "new", (int64_t)c->messages);
		json_cstr(w, "first_at", first);
		json_cstr(w, "last_at", last);
		json_object_end(w);
	}
	json_array_end(w);
	return json_item_end(i->in, &line, err);
}

static void add_up(struct import_outcome *sum, const struct import_outcome *o, size_t client_count)
{
	uint64_t *const to[] = {&sum->read, &sum->of_clients, &sum->added, &sum->known, &sum->older,
		&sum->not_examined, &sum->unclear, &sum->passed_over, &sum->differing};
	const uint64_t from[] = {o->read, o->of_clients, o->added, o->known, o->older,
		o->not_examined, o->unclear, o->passed_over, o->differing};
	for (size_t k = 0; k < sizeof(from) / sizeof(from[0]); k++)
		*to[k] += from[k];
	for (size_t k = 0; o->clients && k < client_count; k++) {
		struct import_client *c = &sum->clients[k];
		const struct import_client *more = &o->clients[k];
		if (!more->messages)
			continue;
		if (!c->messages || more->first_at_us < c->first_at_us)
			c->first_at_us = more->first_at_us;
		if (!c->messages || more->last_at_us > c->last_at_us)
			c->last_at_us = more->last_at_us;
		c->messages += more->messages;
	}
}

static int import_once(struct importing *i, struct error *err)
{
	struct invocation *in = i->in;
	struct import_outcome outcome = {0};
	int result = store_import(in->store, i->readers, in->book, &i->plan, &outcome, err);
	add_up(&i->sum, &outcome, in->book->config->client_count);
	import_outcome_finish(&outcome);
	return result;
}

/* The archive's terms have the names, too. */
static int ask_whose(struct importing *i, struct error *err)
{
	struct invocation *in = i->in;
	if (import_names_ask(i->names, i->account.path, err) < 0 ||
		store_terms(in->store, in->book, NULL, err) < 0)
		return -1;
	progress_init(&i->progress);
	return 0;
}

/* A chat whose people had to be asked for is begun anew: it is read in a process that knows only
   what was known when it began. */
static int import_path(struct importing *i, const char *path, struct error *err)
{
	i->account.path = str_from(path);
	if (i->any_format)
		i->plan.chat = chat_source_is(path);
	int result = import_once(i, err);
	while (!result && import_names_pending(i->names))
		result = ask_whose(i, err) < 0 ? -1 : import_once(i, err);
	return result;
}

static int import_all(struct importing *i, struct error *err)
{
	struct invocation *in = i->in;
	struct sequences_outcome sequences;
	int result = readers_new(in->book, 0, &i->readers, err);
	progress_init(&i->progress);
	for (size_t k = 0; k < in->argument_count && !result; k++)
		result = import_path(i, in->arguments[k], err);
	progress_finish(&i->progress);
	readers_free(i->readers);
	if (!result && i->sum.added && !i->plan.dry)
		result = follow_sequences(in, NULL, false, &sequences, err);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	struct importing i = {.in = in};
	int result = read_options(&i, err);
	if (!result)
		result = open_archive(&i, err);
	if (result < 0) {
		import_names_free(i.names);
		zone_close(i.zone);
		return -1;
	}
	i.sum.clients = calloc(in->book->config->client_count + 1, sizeof(*i.sum.clients));
	result = i.sum.clients ? import_all(&i, err) : error_memory(err);
	/* what went in before it failed is in */
	if (i.sum.clients && (!result || i.sum.added))
		if ((in->json ? say_json(&i, err) : say(&i, err)) < 0)
			result = -1;
	bool any = i.sum.added > 0 || i.sum.differing > 0;
	import_outcome_finish(&i.sum);
	buf_finish(&i.others);
	import_names_free(i.names);
	zone_close(i.zone);
	return result < 0 ? -1 : any ? 0 : 1;
}

static const struct command_option options[] = {
	{"format", "F", "auto (by the content), maildir, mbox, eml, or a chat: whatsapp, ..."},
	{"account", "NAME", "under which it is archived; 'import' when not given"},
	{"zone", "ZONE", "of a chat: in which its times are written; mine when not given"},
	{"locale", "L", "of a chat: how its dates are written: dmy, mdy, ymd, de, en-US"},
	{"as", "NAME=CLIENT|me", "of a chat: whose name it is; as often as needed"},
	{"non-interactive", NULL, "ask nothing: what nobody told of stays nobody's"},
	{"since", "DAY", "leave what is older alone"},
	{"dry-run", NULL, "say what would be added, and add nothing"},
	{0},
};

const struct command command_import = {
	.name = "import",
	.usage = "PATH... [--format F] [--account NAME] [--zone ZONE] [--locale L] "
		 "[--as NAME=CLIENT|me]... [--non-interactive] [--since DAY] [--dry-run]",
	.summary = "Take mail in files, and chats, into the archive",
	.help = "Maildir, mbox and .eml: a file, or a folder that is looked through; symbolic links\n"
		"are not followed. Or one chat's export, as .txt, .json, .xml or .zip, or Slack's\n"
		"unpacked as a folder, which is kept as a zip of its .json files. Only what is\n"
		"exchanged with clients is kept, judged by the rules in force, with its place in\n"
		"the file and the hash of what stood there. What is known already is not added\n"
		"again, so that after an interruption the same command goes on. It can be run\n"
		"beside the service. Ends with 1 when there is nothing new.\n\n"
		"  overstep import ~/old/Inbox.mbox --dry-run\n"
		"  overstep import ~/Maildir ~/letters --account old\n"
		"  overstep import chat.zip --zone Europe/Paris --as 'Jane D.=acme' --as Ada=me\n"
		"  overstep import ~/slack-export\n\n"
		"On a terminal you are asked whose a chat's name is that nobody is known by. The answer\n"
		"is remembered in the configuration, as 'names' of a client or of me, and the file as\n"
		"it was stays beside it; nobody's is nobody's until the next import. --as holds for one\n"
		"import. A chat's export becomes part of the evidence as a whole; a later one adds what\n"
		"is new, and what it has otherwise is recorded, whatever the file is named: a\n"
		"conversation is known again by what clients said in it. Edits and deletions before an\n"
		"export cannot be known.\n\n"
		"Look first (--dry-run): a record is there to stay. 'overstep search account:old'\n"
		"names them, and 'overstep erase' can take them out, which leaves a record, too.\n"
		"An account of type maildir, mbox, eml or of a chat's with a 'path' is read by the\n"
		"service as files come there.",
	.needs = NEEDS_CONFIG,
	.with_rules = true,
	.asks = true,
	.options = options,
	.least = 1,
	.most = SIZE_MAX,
	.run = run,
};
