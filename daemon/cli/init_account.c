/* The mailbox: its server and its login, tried before the next question. */
#include "init.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "command.h"
#include "source/provider.h"
#include "source/source.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DAYS_BACK 365

/* "imap.acme.example" or "imap.acme.example:143". */
static int check_server(void *context, struct str answer, struct error *err)
{
	struct account *a = context;
	struct str host = answer;
	uint64_t port = 0;
	size_t at;
	if (str_rfind_char(answer, ':', &at)) {
		host = str_slice(answer, 0, at);
		if (!str_to_u64(str_slice(answer, at + 1, answer.len), 65535, &port) || !port)
			return error_set(err, ERROR_USAGE,
				"bad port in '%.*s', expected 1 to 65535", STR_ARG(answer));
	}
	bool good = host.len > 0;
	for (size_t i = 0; i < host.len && good; i++)
		good = !strchr(" /@,;\"", host.ptr[i]);
	if (!good)
		return error_set(err, ERROR_USAGE,
			"bad server '%.*s', expected such as imap.acme.example", STR_ARG(answer));
	a->port = (int)port;
	return 0;
}

static int check_tls(void *context, struct str answer, struct error *err)
{
	enum tls_mode *tls = context;
	*tls = str_eq(answer, STR("starttls")) ? TLS_STARTTLS : TLS_IMPLICIT;
	if (*tls == TLS_STARTTLS || str_eq(answer, STR("implicit")))
		return 0;
	return error_set(err, ERROR_USAGE, "unknown tls '%.*s', expected implicit or starttls",
		STR_ARG(answer));
}

static int check_file(void *context, struct str answer, struct error *err)
{
	(void)context;
	char *path = str_dup(answer);
	if (!path)
		return error_memory(err);
	int result = access(path, R_OK) < 0
		? error_set(err, ERROR_USAGE, "cannot read '%s': %s", path, strerror(errno))
		: 0;
	free(path);
	return result;
}

/* Relative paths of answers are the shell's, those of the configuration are its own. */
static int make_absolute(struct init *i, struct str *path, struct error *err)
{
	char *from = str_dup(*path), *whole = from ? realpath(from, NULL) : NULL;
	int result = 0;
	if (!from)
		result = error_memory(err);
	else if (!whole)
		result = error_set(err, ERROR_USAGE, "cannot read '%s': %s", from, strerror(errno));
	else if (!(*path = arena_str(&i->dialogue.arena, str_from(whole))).ptr)
		result = error_memory(err);
	free(from);
	free(whole);
	return result;
}

/* Server, port and TLS: those of a provider that is known are not asked for. */
static int ask_server(struct init *i, const struct provider *known, bool again, struct error *err)
{
	struct account *a = &i->account;
	struct buf guess = {0};
	struct str server, tls;
	if (known && !again && !option(i->in, "host")) {
		a->host = str_from(known->host);
		a->port = known->port;
		a->tls = known->starttls ? TLS_STARTTLS : TLS_IMPLICIT;
		remark("  %s: %s, port %d", known->name, known->host, known->port);
		return 0;
	}
	if (again)
		buf_add_format(&guess, "%.*s:%d", STR_ARG(a->host), a->port);
	else
		buf_add_format(&guess, "imap.%.*s", STR_ARG(domain_of(i->me.addresses.items[0])));
	const struct question host = {
		.option = "host",
		.text = "IMAP server, HOST or HOST:PORT (143 is STARTTLS)",
		.fallback = buf_cstr(&guess),
		.again = again,
		.check = check_server,
		.context = a,
	};
	int result = guess.failed ? error_memory(err) : ask(&i->dialogue, &host, &server, err);
	buf_finish(&guess);
	if (result < 0)
		return -1;
	size_t colon;
	a->host = str_rfind_char(server, ':', &colon) ? str_slice(server, 0, colon) : server;
	a->tls = a->port == 143 || a->port == 1143 ? TLS_STARTTLS : TLS_IMPLICIT;
	const struct question mode = {.option = "tls", .check = check_tls, .context = &a->tls};
	if (option(i->in, "tls") && ask(&i->dialogue, &mode, &tls, err) < 0)
		return -1;
	if (!a->port)
		a->port = a->tls == TLS_STARTTLS ? 143 : 993;
	return 0;
}

/* Only the Bridge needs one; anybody may name one by option. */
static int ask_ca(struct init *i, const struct provider *p, bool again, struct error *err)
{
	const struct question file = {
		.option = "ca-file",
		.text = "File with the Bridge's certificate (its settings export it)",
		.again = again,
		.check = check_file,
	};
	if (!(p && p->own_ca) && (again || !option(i->in, "ca-file")))
		return 0;
	if (ask(&i->dialogue, &file, &i->account.ca_file, err) < 0)
		return -1;
	return make_absolute(i, &i->account.ca_file, err);
}

/* A command's words: spaces between them, quotes around what has some. */
static int split_command(struct init *i, struct str words, struct strs *out, struct error *err)
{
	struct arena *a = &i->dialogue.arena;
	struct strs made = {.items = arena_array(a, words.len + 1, sizeof(struct str))};
	if (!made.items)
		return error_memory(err);
	for (struct str rest = str_trim(words); rest.len; rest = str_trim(rest)) {
		char quote = rest.ptr[0];
		bool quoted = quote == '"' || quote == '\'';
		size_t end = quoted ? 1 : 0;
		while (end < rest.len && rest.ptr[end] != (quoted ? quote : ' '))
			end++;
		if (quoted && end == rest.len)
			return error_set(err, ERROR_USAGE, "a quote without its end");
		made.items[made.count++] = str_slice(rest, quoted, end);
		rest = str_slice(rest, end + quoted, rest.len);
	}
	*out = made;
	return made.count ? 0 : error_set(err, ERROR_USAGE, "no command in it");
}

static int check_command(void *context, struct str answer, struct error *err)
{
	struct strs words;
	return split_command(context, answer, &words, err);
}

static int ask_command(
	struct init *i, const char *name, const char *text, bool again, struct error *err)
{
	struct str words;
	const struct question q = {
		.option = name, .text = text, .again = again, .check = check_command, .context = i};
	if (ask(&i->dialogue, &q, &words, err) < 0)
		return -1;
	return split_command(i, words, &i->account.secret.command, err);
}

/* Where the password comes from: an option, typed, or a command. */
static int ask_password(struct init *i, bool again, struct error *err)
{
	static const struct question file = {
		.option = "password-file",
		.text = "a file with the password that only you can read (or --password-command)",
		.check = check_file,
	};
	i->account.secret = (struct secret_source){0};
	buf_wipe(&i->secret);
	if (!again && option(i->in, "password-command"))
		return ask_command(i, "password-command", "Password command", false, err);
	if (!i->dialogue.asks || (!again && option(i->in, "password-file"))) {
		if (ask(&i->dialogue, &file, &i->account.secret.file, err) < 0)
			return -1;
		return make_absolute(i, &i->account.secret.file, err);
	}
	if (ask_secret(&i->dialogue, "Password (not shown; empty: a command prints it)", &i->secret,
		    err) < 0)
		return -1;
	if (i->secret.len)
		return 0;
	return ask_command(i, "password-command", "Command, such as pass show mail", again, err);
}

static int ask_login(struct init *i, const struct provider *p, bool again, struct error *err)
{
	char *fallback = str_dup(again ? i->account.user : i->me.addresses.items[0]);
	if (!fallback)
		return error_memory(err);
	const struct question user = {
		.option = "user", .text = "Login name", .fallback = fallback, .again = again};
	int result = ask(&i->dialogue, &user, &i->account.user, err);
	free(fallback);
	if (result < 0)
		return -1;
	if (p)
		remark("  %s", p->hint);
	i->account.auth = AUTH_PASSWORD;
	if (!(p && p->token) && !option(i->in, "token-command"))
		return ask_password(i, again, err);
	i->account.auth = AUTH_XOAUTH2;
	return ask_command(i, "token-command", "Command that prints an OAuth token", again, err);
}

static int say_folder(
	void *context, struct str name, bool missing, uint32_t messages, struct error *err)
{
	size_t *found = context;
	(void)err;
	struct buf shown = {0};
	utf8_add_visible(&shown, name, false);
	if (missing)
		remark("  no folder is %s: what you send is not seen", buf_cstr(&shown));
	else
		remark("  folder %s: %u %s%s", buf_cstr(&shown), messages,
			messages == 1 ? "message" : "messages", *found ? ", what you sent" : "");
	++*found;
	buf_finish(&shown);
	return 0;
}

static int try_login(struct init *i, struct error *err)
{
	size_t found = 0;
	const struct survey_plan plan = {.account = &i->account,
		.secret = i->secret.len ? buf_str(&i->secret) : (struct str){0}};
	remark("  connecting to %.*s ...", STR_ARG(i->account.host));
	return survey_folders(&plan, say_folder, &found, err);
}

/* "studio" of anna@studio.example: what the account is called. */
static int name_account(struct init *i, struct error *err)
{
	struct str domain = domain_of(i->me.addresses.items[0]), label;
	struct buf name = {0};
	if (!str_split(&domain, '.', &label))
		label = STR("mail");
	client_id_from(label, &name);
	i->account.name = arena_str(&i->dialogue.arena, buf_str(&name));
	buf_finish(&name);
	return i->account.name.ptr ? 0 : error_memory(err);
}

static int check_day(void *context, struct str answer, struct error *err)
{
	if (date_parse(answer, context))
		return 0;
	return error_set(
		err, ERROR_USAGE, "bad day '%.*s', expected such as 2026-01-15", STR_ARG(answer));
}

/* A year of mail; older by option. */
int init_ask_since(struct init *i, struct error *err)
{
	static const struct question since = {.option = "since", .check = check_day};
	struct question q = since;
	struct str day;
	int64_t today = clock_now_us(NULL) / DAY_US;
	i->account.has_since = true;
	i->account.since = date_from_days(today - DAYS_BACK);
	q.context = &i->account.since;
	return option(i->in, "since") ? ask(&i->dialogue, &q, &day, err) : 0;
}

static int set_defaults(struct init *i, struct error *err)
{
	static struct str folders[] = {{"INBOX", 5}, {"\\Sent", 5}};
	i->account.type = ACCOUNT_IMAP;
	i->account.folders = (struct strs){folders, 2};
	i->account.timeout_s = 60;
	i->account.max_size_bytes = LIMIT_MAX_SIZE_DEFAULT;
	return init_ask_since(i, err) < 0 ? -1 : name_account(i, err);
}

int init_ask_account(struct init *i, struct error *err)
{
	struct provider const *known = provider_of_domain(domain_of(i->me.addresses.items[0])), *p;
	bool server_again = false, login_again = false;
	if (set_defaults(i, err) < 0)
		return -1;
	for (;;) {
		struct error why = {0};
		if (!login_again && ask_server(i, known, server_again, err) < 0)
			return -1;
		p = provider_of_host(i->account.host);
		if (!login_again && ask_ca(i, p, server_again, err) < 0)
			return -1;
		if (ask_login(i, p, login_again || server_again, err) < 0)
			return -1;
		if (try_login(i, &why) == 0)
			return 0;
		if (!i->dialogue.asks || why.kind == ERROR_MEMORY || why.kind == ERROR_SYSTEM) {
			*err = why;
			return -1;
		}
		say_error(&why);
		login_again = why.kind != ERROR_TEMPORARY;
		server_again = !login_again;
	}
}
