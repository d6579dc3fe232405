/* A closer look: at single texts, and at what no single setting can tell. */
#include "read.h"

#include "base/file.h"
#include "model/platform.h"
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
			return false;
	return s.len > 0;
}

static bool is_id(struct str s)
{
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	for (size_t i = 0; i < s.len; i++)
		if (!strchr(rest, s.ptr[i]) || !s.ptr[i])
			return false;
	return s.len > 0 && s.len <= 64 && !strchr("._-", s.ptr[0]);
}

/* local@domain; with `domains` also @domain. */
static bool is_address(struct str s, bool domains)
{
	size_t at;
	if (!is_plain(s) || !str_rfind_char(s, '@', &at))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (strchr(" \t<>,;\"", s.ptr[i]))
			return false;
	struct str domain = str_slice(s, at + 1, s.len);
	return (at > 0 || domains) && domain.len > 0 && domain.ptr[0] != '.';
}

static bool is_phrase(struct str s)
{
	return str_trim(s).len > 0 && is_plain(s) && !memchr(s.ptr, '|', s.len);
}

static int check_platform(struct str s, struct error *err)
{
	const struct platform *platform;
	struct str name;
	struct buf known = {0};
	if (is_plain(s) && platform_entry(s, &platform, &name))
		return 0;
	platform_list(&known);
	error_set(err, ERROR_CONFIG,
		"bad user '%.*s', expected one such as \"upwork: Jane D.\" (one of %s)", STR_ARG(s),
		buf_cstr(&known));
	buf_finish(&known);
	return -1;
}

static int check_readable(struct str s, struct error *err)
{
	char *path = str_dup(s);
	if (!path)
		return error_memory(err);
	int result =
		access(path, R_OK) < 0 ? error_system(err, errno, "cannot read '%s'", path) : 0;
	free(path);
	return result;
}

static int check_own(enum value_check check, struct str s, struct error *err)
{
	switch (check) {
	case CHECK_ADDRESS:
		return is_address(s, false) ? 0
					    : error_set(err, ERROR_CONFIG,
						      "bad address '%.*s', expected one such as "
						      "jane@acme.example",
						      STR_ARG(s));
	case CHECK_PATTERN:
		return is_address(s, true)
			? 0
			: error_set(err, ERROR_CONFIG,
				  "bad address '%.*s', expected jane@acme.example, or @acme.example "
				  "for all of a domain",
				  STR_ARG(s));
	case CHECK_PLATFORM:
		return check_platform(s, err);
	case CHECK_ID:
		return is_id(s)
			? 0
			: error_set(err, ERROR_CONFIG,
				  "bad name '%.*s', expected small letters, digits, '.', '-' "
				  "and '_', at most 64",
				  STR_ARG(s));
	case CHECK_PLAIN:
		return is_plain(s) ? 0
				   : error_set(err, ERROR_CONFIG,
					     "empty, or control characters, expected plain text");
	case CHECK_PHRASE:
		return is_phrase(s)
			? 0
			: error_set(err, ERROR_CONFIG,
				  "bad phrase '%.*s', expected words, one phrase a text",
				  STR_ARG(s));
	case CHECK_READABLE:
		return check_readable(s, err);
	default:
		return 0;
	}
}

static int check_text(
	const struct config_checks *c, enum value_check check, struct str s, struct error *err)
{
	switch (check) {
	case CHECK_ZONE:
		return c && c->zone ? c->zone(s, err) : 0;
	case CHECK_LOCALE:
		return c && c->locale ? c->locale(s, err) : 0;
	case CHECK_HOURS:
		return c && c->hours ? c->hours(s, err) : 0;
	case CHECK_HOLIDAYS:
		return c && c->holidays ? c->holidays(s, err) : 0;
	case CHECK_LEAVE:
		return c && c->leave ? c->leave(s, err) : 0;
	case CHECK_NIGHT:
		return c && c->night ? c->night(s, err) : 0;
	default:
		return check_own(check, s, err);
	}
}

void config_check_text(const struct reading_config *r, enum value_check check, struct str value,
	const char *setting, size_t at)
{
	struct error why = {0};
	const struct token *token = scan_token(r->scan, at);
	if (check == CHECK_NONE || check_text(r->checks, check, value, &why) == 0 ||
		r->diags->errors >= SCAN_MISTAKES)
		return;
	/* a place inside the text counts from behind its opening quote */
	diags_add(r->diags, DIAG_ERROR, r->scan->name, token->line, token->column + why.column,
		scan_line(r->scan, token->line), "%s: %s", setting, why.text);
}

/* The value of an account's or a client's setting; where it begins, when it has none. */
static size_t place_of(
	const struct reading_config *r, const struct group_place *place, const char *name)
{
	size_t at = scan_member(r->scan, place->at, name);
	return at == SCAN_NOWHERE ? place->at : at;
}

static void check_secret_file(const struct reading_config *r, struct str file, size_t at)
{
	char *path = str_dup(file);
	struct stat info;
	if (!path)
		return;
	if (stat(path, &info) < 0)
		config_complain(r, DIAG_ERROR, at, "cannot read the secret file '%s': %s", path,
			strerror(errno));
	else if (!S_ISREG(info.st_mode))
		config_complain(r, DIAG_ERROR, at, "the secret file '%s' is no file", path);
	else if (info.st_mode & 077)
		config_complain(r, DIAG_ERROR, at,
			"others can read the secret file '%s', expected mode 0600: chmod 600 it",
			path);
	else if (access(path, R_OK) < 0)
		config_complain(r, DIAG_ERROR, at, "cannot read the secret file '%s': %s", path,
			strerror(errno));
	free(path);
}

/* Which of them fit which `auth`. */
static const struct {
	const char *name;
	bool token, password;
} secrets[] = {
	{"password_file", false, true},
	{"password_command", false, true},
	{"token_command", true, false},
	{"credential", true, true},
};

static void check_secret(
	const struct reading_config *r, const struct account *a, const struct group_place *place)
{
	unsigned count = 0;
	bool token = a->auth != AUTH_PASSWORD;
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		size_t at = scan_member(r->scan, place->at, secrets[i].name);
		if (at == SCAN_NOWHERE)
			continue;
		if (count++)
			config_complain(r, DIAG_ERROR, at, "a second secret, expected one");
		else if (token ? !secrets[i].token : !secrets[i].password)
			config_complain(r, DIAG_ERROR, at,
				"'%s' does not fit this 'auth', expected %s or credential",
				secrets[i].name,
				token ? "token_command" : "password_file, password_command");
	}
	if (!count)
		config_complain(r, DIAG_ERROR, place->at,
			"no secret, expected password_file, password_command, token_command or "
			"credential");
	if (a->secret.file.len)
		check_secret_file(r, a->secret.file, place_of(r, place, "password_file"));
}

static void check_stated(const struct reading_config *r, const struct group_place *place,
	const char *group, const struct setting *row, const char *name)
{
	while (row->name && strcmp(row->name, name))
		row++;
	if (scan_member(r->scan, place->at, name) == SCAN_NOWHERE)
		config_complain(r, DIAG_ERROR, place->at, "missing '%s.%s', expected %s", group,
			name, row->help);
}

/* What an account in files has no use for. */
static const char *const of_servers[] = {"host", "port", "tls", "ca_file", "user", "auth",
	"password_file", "password_command", "token_command", "credential", "folders", "timeout",
	"since"};

/* What only exports of chats leave open. */
static const char *const of_chats[] = {"time_zone", "locale"};

static void check_useless(const struct reading_config *r, const struct group_place *place,
	const char *const *names, size_t count, const char *why)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = scan_member(r->scan, place->at, names[i]);
		if (at != SCAN_NOWHERE)
			config_complain(r, DIAG_ERROR, at, "'%s' is of %s", names[i], why);
	}
}

static void check_files(const struct reading_config *r, const struct group_place *place)
{
	check_stated(r, place, "accounts", account_settings, "path");
	check_useless(r, place, of_servers, sizeof(of_servers) / sizeof(of_servers[0]),
		"an IMAP account, this one is in files");
}

static void check_account(
	const struct reading_config *r, struct account *a, const struct group_place *place)
{
	static const char *const of_files[] = {"path"};
	if (!account_has_chats(a->type))
		check_useless(r, place, of_chats, sizeof(of_chats) / sizeof(of_chats[0]),
			"exports of chats, this account has none");
	if (a->type != ACCOUNT_IMAP) {
		check_files(r, place);
		return;
	}
	check_useless(r, place, of_files, 1, "an account in files, this one is IMAP");
	check_stated(r, place, "accounts", account_settings, "host");
	check_stated(r, place, "accounts", account_settings, "user");
	check_secret(r, a, place);
	if (!a->port)
		a->port = a->tls == TLS_STARTTLS ? 143 : 993;
}

static void check_accounts(const struct reading_config *r)
{
	struct config *c = r->config;
	for (size_t i = 0; i < c->account_count; i++) {
		struct account *a = &c->accounts[i];
		for (size_t k = 0; k < i; k++)
			if (a->name.len && str_eq(c->accounts[k].name, a->name)) {
				config_complain(r, DIAG_ERROR, place_of(r, &r->accounts[i], "name"),
					"a second account named '%.*s'", STR_ARG(a->name));
				break;
			}
		if (r->accounts[i].sound)
			check_account(r, a, &r->accounts[i]);
	}
}

static bool holds(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq_nocase(list->items[i], s))
			return true;
	return false;
}

static void check_shared_addresses(
	const struct reading_config *r, const struct client *client, size_t at)
{
	const struct config *c = r->config;
	for (size_t i = 0; i < client->addresses.count; i++) {
		struct str address = client->addresses.items[i];
		size_t place = scan_element(r->scan, at, i);
		if (holds(&c->me.addresses, address))
			config_complain(r, DIAG_ERROR, place, "'%.*s' is one of my addresses too",
				STR_ARG(address));
		for (const struct client *other = c->clients; other < client; other++)
			if (holds(&other->addresses, address))
				config_complain(r, DIAG_WARNING, place,
					"'%.*s' is an address of '%.*s' too, which is taken for "
					"the sender",
					STR_ARG(address), STR_ARG(other->id));
	}
}

/* In a chat a name tells who wrote: it may not be two people's. */
static void check_shared_names(
	const struct reading_config *r, const struct client *client, size_t at)
{
	const struct config *c = r->config;
	for (size_t i = 0; i < client->names.count; i++) {
		struct str name = client->names.items[i];
		size_t place = scan_element(r->scan, at, i);
		if (person_fits(name, &c->me.names))
			config_complain(r, DIAG_ERROR, place, "'%.*s' is one of my names too",
				STR_ARG(name));
		for (const struct client *other = c->clients; other < client; other++)
			if (person_fits(name, &other->names))
				config_complain(r, DIAG_ERROR, place,
					"'%.*s' is a name of '%.*s' too", STR_ARG(name),
					STR_ARG(other->id));
	}
}

static void check_clients(const struct reading_config *r)
{
	struct config *c = r->config;
	for (size_t i = 0; i < c->client_count; i++) {
		struct client *client = &c->clients[i];
		for (size_t k = 0; k < i; k++)
			if (client->id.len && str_eq(c->clients[k].id, client->id)) {
				config_complain(r, DIAG_ERROR, place_of(r, &r->clients[i], "id"),
					"a second client with the id '%.*s'", STR_ARG(client->id));
				break;
			}
		if (!client->name.len)
			client->name = client->id;
		if (!r->clients[i].sound)
			continue;
		if (!client->platform.count && !client->names.count)
			check_stated(r, &r->clients[i], "clients", client_settings, "addresses");
		check_shared_addresses(r, client, place_of(r, &r->clients[i], "addresses"));
		check_shared_names(r, client, place_of(r, &r->clients[i], "names"));
	}
}

/* Whom mail is for is of no use without a server. */
static void check_recipients(const struct reading_config *r, const char *name, struct strs *to)
{
	size_t group = scan_member(r->scan, SCAN_NOWHERE, name);
	if (to->count && scan_member(r->scan, SCAN_NOWHERE, "smtp") == SCAN_NOWHERE)
		config_complain(r, DIAG_ERROR, scan_member(r->scan, group, "mail_to"),
			"no server to send it by, expected 'smtp' with its host");
}

/* What goes by mail needs a server, and a login its secret. */
static void check_smtp(const struct reading_config *r)
{
	struct config *c = r->config;
	size_t group = scan_member(r->scan, SCAN_NOWHERE, "smtp");
	const struct secret_source *secret = &c->smtp.secret;
	check_recipients(r, "anchor", &c->anchor_mail_to);
	check_recipients(r, "digest", &c->digest_to);
	if (!c->digest_to.count && c->me.addresses.count)
		c->digest_to = (struct strs){.items = c->me.addresses.items, .count = 1};
	if (group == SCAN_NOWHERE)
		return;
	if (!c->smtp.host.len)
		config_complain(
			r, DIAG_ERROR, group, "missing 'smtp.host', expected the SMTP server");
	if (c->smtp.user.len && !secret->file.len && !secret->command.count &&
		!secret->credential.len)
		config_complain(r, DIAG_ERROR, group,
			"no secret for the login, expected password_file, password_command or "
			"credential");
	if (secret->file.len)
		check_secret_file(r, secret->file, scan_member(r->scan, group, "password_file"));
	if (!c->smtp.port)
		c->smtp.port = c->smtp.tls == TLS_STARTTLS ? 587 : 465;
	if (!c->smtp.from.len && c->me.addresses.count)
		c->smtp.from = c->me.addresses.items[0];
}

void config_check_whole(const struct reading_config *r)
{
	check_accounts(r);
	check_clients(r);
	check_smtp(r);
}
