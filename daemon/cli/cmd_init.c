/* overstep init: from nothing to a configuration that works, by questions that are tested at once.
 */
#include "app/control_ask.h"
#include "app/rulebook.h"
#include "base/crypto.h"
#include "base/file.h"
#include "command.h"
#include "init.h"
#include "source/source.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where the configuration is or will be: the system's own is not one person's to make. */
static int find_path(struct init *i, struct error *err)
{
	const char *home = getenv("HOME"), *base = getenv("XDG_CONFIG_HOME");
	const char *named = i->in->config ? i->in->config : getenv("OVERSTEP_CONFIG");
	i->in_its_place = !named || !*named;
	if (named && *named)
		i->path = file_join(".", named);
	else if (base && base[0] == '/')
		i->path = file_join(base, "overstep/overstep.conf");
	else if (home && home[0] == '/')
		i->path = file_join(home, ".config/overstep/overstep.conf");
	else
		return error_set(
			err, ERROR_USAGE, "no place for a configuration, expected --config FILE");
	return i->path ? 0 : error_memory(err);
}

/* Said before the questions, not after them. */
static int check_place(const struct init *i, struct error *err)
{
	char *folder = file_folder(i->path);
	while (folder && !file_exists(folder)) {
		char *above = file_folder(folder);
		free(folder);
		folder = above;
	}
	if (!folder)
		return error_memory(err);
	int result = access(folder, W_OK | X_OK) == 0
		? 0
		: error_set(err, ERROR_SYSTEM, "cannot write '%s': no right to '%s'", i->path,
			  folder);
	free(folder);
	return result;
}

enum existing { EXISTING_ADD, EXISTING_REPLACE, EXISTING_STOP, EXISTING_COUNT };

static int check_existing(void *context, struct str answer, struct error *err)
{
	static const char *const words[EXISTING_COUNT] = {"add", "replace", "stop"};
	for (int n = 0; n < EXISTING_COUNT; n++)
		if (str_eq_nocase(answer, str_from(words[n]))) {
			*(enum existing *)context = (enum existing)n;
			return 0;
		}
	return error_set(err, ERROR_USAGE,
		"'%.*s' is not understood, expected add, replace or stop", STR_ARG(answer));
}

static void say_what_is_there(const struct init *i, const struct rulebook *book)
{
	const struct config *config = book->config;
	remark("%s is there: %zu %s, %zu %s", i->path, config->account_count,
		config->account_count == 1 ? "account" : "accounts", config->client_count,
		config->client_count == 1 ? "client" : "clients");
	for (size_t n = 0; n < config->client_count; n++)
		remark("  %.*s: %.*s", STR_ARG(config->clients[n].id),
			STR_ARG(config->clients[n].name));
}

static int ask_existing(struct init *i, bool good, enum existing *what, struct error *err)
{
	struct str answer;
	const struct question q = {
		.option = "existing",
		.text = good ? "Add clients to it, replace it (it is kept beside), or stop?"
			     : "It has mistakes. Replace it (it is kept beside), or stop?",
		.fallback = i->dialogue.asks ? (good ? "add" : "stop") : NULL,
		.check = check_existing,
		.context = what,
	};
	return ask(&i->dialogue, &q, &answer, err);
}

static int ask_write(struct init *i, struct error *err)
{
	struct buf text = {0};
	bool yes = true;
	buf_add_format(&text, "Write %s?", i->path);
	const struct question q = {.text = buf_cstr(&text), .fallback = "yes"};
	int result = i->dialogue.asks ? ask_yes(&i->dialogue, &q, &yes, err) : 0;
	buf_finish(&text);
	if (!result && !yes)
		return error_set(err, ERROR_USAGE, "nothing was written");
	return result;
}

static int make_new(struct init *i, struct error *err)
{
	if (option(i->in, "archive"))
		i->archive = str_from(option(i->in, "archive"));
	if (init_ask_me(i, err) < 0 || init_ask_account(i, err) < 0 || init_ask_time(i, err) < 0 ||
		init_ask_languages(i, err) < 0 || init_ask_clients(i, err) < 0 ||
		ask_write(i, err) < 0)
		return -1;
	dialogue_hold_signals();
	int result = init_write_new(i, err);
	dialogue_release_signals();
	return result;
}

/* 0 clients are added, 1 nothing is to be done, -1. */
static int add_clients(struct init *i, const struct rulebook *book, struct error *err)
{
	i->book = book;
	i->me = book->config->me;
	if (init_ask_since(i, err) < 0 || init_ask_clients(i, err) < 0)
		return -1;
	if (!i->client_count) {
		remark("no clients were added, nothing was written");
		return 1;
	}
	if (ask_write(i, err) < 0)
		return -1;
	dialogue_hold_signals();
	int result = init_write_clients(i, err);
	dialogue_release_signals();
	return result;
}

/* As add_clients. */
static int go_on_from(struct init *i, struct error *err)
{
	const struct rulebook_plan plan = {.config = i->path, .settings_only = true};
	struct rulebook *book = NULL;
	struct diags diags = {0};
	enum existing what = EXISTING_STOP;
	bool good = rulebook_load(&plan, &book, &diags, NULL) == 0;
	if (good)
		say_what_is_there(i, book);
	else
		remark("%s is there; 'overstep check' shows its mistakes", i->path);
	int result = ask_existing(i, good, &what, err);
	if (!result && what == EXISTING_ADD)
		result = good ? add_clients(i, book, err)
			      : error_set(err, ERROR_CONFIG,
					"'%s' has mistakes, expected none to add to", i->path);
	else if (!result && what == EXISTING_REPLACE)
		result = make_new(i, err);
	else if (!result)
		result = 1;
	rulebook_free(book);
	diags_finish(&diags);
	return result;
}

/* The configuration stands; what follows can be had later too. */
static int check_and_fetch(struct init *i, struct error *err)
{
	static const struct question fetch = {
		.option = "fetch", .text = "Fetch and judge the mail now?", .fallback = "yes"};
	bool yes, start;
	i->in->config = i->path;
	int code = command_check.run(i->in, err);
	if (code)
		return code;
	if (control_runs(i->in->book->config->archive)) {
		remark("overstepd is running: 'overstep reload' gives it the new configuration");
		return 0;
	}
	if (ask_yes(&i->dialogue, &fetch, &yes, err) < 0 || init_ask_start(i, &start, err) < 0)
		return -1;
	code = yes ? init_fetch(i, err) : 0;
	if (code < 0 || (start && init_start(err) < 0) || (yes && init_say_seen(i, err) < 0))
		return -1;
	remark("next: 'overstep clients', 'overstep report --html FILE'%s",
		start ? "" : "; 'overstepd' keeps watching");
	return code;
}

static int run(struct invocation *in, struct error *err)
{
	struct init i = {.in = in};
	bool asks = !has_option(in, "non-interactive");
	int result = dialogue_begin(&i.dialogue, in, asks, err);
	if (!result)
		result = find_path(&i, err);
	if (!result)
		result = check_place(&i, err);
	if (!result)
		result = init_find_service(&i, err);
	if (!result)
		result = file_exists(i.path) ? go_on_from(&i, err) : make_new(&i, err);
	buf_wipe(&i.secret);
	int code = result < 0 ? -1 : result ? 0 : check_and_fetch(&i, err);
	in->config = NULL;
	dialogue_end(&i.dialogue);
	free(i.path);
	return code;
}

static const struct command_option options[] = {
	{"non-interactive", NULL, "ask nothing: options tell all"},
	{"existing", "add|replace|stop", "what to do with a configuration that is there"},
	{"name", "NAME", "my name, for reports"},
	{"address", "ADDRESS,...", "my addresses, the mailbox's first"},
	{"host", "HOST[:PORT]", "IMAP server; large providers' are known"},
	{"tls", "implicit|starttls", "how TLS begins; by the port when not given"},
	{"ca-file", "FILE", "a private CA instead of the system's"},
	{"user", "NAME", "login; my first address when not given"},
	{"password-file", "FILE", "where the password is: 0600"},
	{"password-command", "COMMAND", "what prints it: 'pass show mail'"},
	{"token-command", "COMMAND",
		"what prints an OAuth token; overstep.conf(5) names a program"},
	{"time-zone", "ZONE", "my zone; this machine's when not given"},
	{"hours", "WORDS", "such as '9-17, Friday to 15'"},
	{"holidays", "CODE|FILE|none", "the zone's country when not given"},
	{"since", "DAY", "leave older mail alone; a year when not given"},
	{"clients", "LIST", "such as 'acme:Acme GmbH=@acme.example; nora=nora@x.example'"},
	{"hours-told", "DAY|today|no", "since when they know my hours"},
	{"archive", "DIR", "folder of the evidence"},
	{"languages", "LIST|all", "rule packs, such as 'en sv'; all when not given"},
	{"fetch", "yes|no", "fetch and judge the mail at once; yes when not given"},
	{"start", "yes|no", "start the service too, and at each login; no when not given"},
	{0},
};

const struct command command_init = {
	.name = "init",
	.usage = "[--non-interactive]",
	.summary = "Ask a few questions, test the answers, and write the configuration",
	.help = "An option answers its question. The login is tried at once; those who wrote most in "
		"the last year\nare listed to pick clients from. Nothing is written before the last "
		"question, and then the\npassword into a file of its own that only you can read. Run "
		"again, it offers to add clients.\n\n"
		"  overstep init\n"
		"  overstep --config ./overstep.conf init --non-interactive \\\n"
		"      --address ada@studio.example --host imap.studio.example \\\n"
		"      --password-command 'pass show studio' --hours '9-17, Friday to 15' \\\n"
		"      --clients 'acme:Acme GmbH=@acme.example; nora=nora@lumen.example'\n\n"
		"Ends with 0, 4 when the login is refused, 75 when the server cannot be reached.",
	.needs = NEEDS_NOTHING,
	.asks = true,
	.options = options,
	.run = run,
};
