/* A closer look: at single texts, and at what no single setting can tell. */
#include "read.h"

#include "base/file.h"
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
	const char *setting, unsigned line, unsigned column)
{
	struct error why = {0};
	if (check == CHECK_NONE || check_text(r->checks, check, value, &why) == 0)
		return;
	/* a place inside the text is behind its opening quote */
	config_complain(r, DIAG_ERROR, line, column && why.column ? column + why.column : column,
		"%s: %s", setting, why.text);
}

/* The line where a text of the file stands; 0 when it cannot be found. */
static unsigned line_of_text(const struct reading_config *r, struct str s, unsigned *column)
{
	const struct token *token = scan_string(r->scan, (unsigned)-1, s);
	*column = token ? token->column : 0;
	return token ? token->line : 0;
}

static void complain_of(
	const struct reading_config *r, enum diag_level level, struct str text, const char *what)
{
	unsigned column, line = line_of_text(r, text, &column);
	config_complain(r, level, line, column, "%s", what);
}

__attribute__((format(printf, 4, 5))) static void complain_format(const struct reading_config *r,
	enum diag_level level, struct str text, const char *format, ...)
{
	struct buf what = {0};
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(&what, format, arguments);
	va_end(arguments);
	complain_of(r, level, text, buf_cstr(&what));
	buf_finish(&what);
}

static void check_secret_file(const struct reading_config *r, const struct account *a)
{
	char *path = str_dup(a->secret.file);
	struct stat info;
	/* the path in the file may have been relative: the account's name tells where to look */
	if (!path)
		return;
	if (stat(path, &info) < 0)
		complain_format(r, DIAG_ERROR, a->name,
			"account '%.*s': cannot read the secret file '%s': %s", STR_ARG(a->name),
			path, strerror(errno));
	else if (!S_ISREG(info.st_mode))
		complain_format(r, DIAG_ERROR, a->name,
			"account '%.*s': the secret file '%s' is no file", STR_ARG(a->name), path);
	else if (info.st_mode & 077)
		complain_format(r, DIAG_ERROR, a->name,
			"account '%.*s': others can read the secret file '%s', expected mode 0600: "
			"chmod 600 it",
			STR_ARG(a->name), path);
	free(path);
}

static void check_imap(const struct reading_config *r, struct account *a)
{
	int secrets = (a->secret.file.len > 0) + (a->secret.command.count > 0) +
		(a->secret.credential.len > 0);
	if (!a->host.len)
		complain_format(
			r, DIAG_ERROR, a->name, "account '%.*s': missing 'host'", STR_ARG(a->name));
	if (!a->user.len)
		complain_format(
			r, DIAG_ERROR, a->name, "account '%.*s': missing 'user'", STR_ARG(a->name));
	if (secrets != 1)
		complain_format(r, DIAG_ERROR, a->name,
			"account '%.*s': %s secret, expected one of password_file, "
			"password_command, token_command or credential",
			STR_ARG(a->name), secrets ? "more than one" : "no");
	else if (a->secret.file.len)
		check_secret_file(r, a);
	if (!a->folders.count)
		complain_format(r, DIAG_ERROR, a->name,
			"account '%.*s': no folders, expected at least one", STR_ARG(a->name));
	if (!a->port)
		a->port = a->tls == TLS_STARTTLS ? 143 : 993;
}

static void check_accounts(const struct reading_config *r)
{
	struct config *c = r->config;
	for (size_t i = 0; i < c->account_count; i++) {
		struct account *a = &c->accounts[i];
		for (size_t k = 0; k < i; k++)
			if (str_eq(c->accounts[k].name, a->name))
				complain_format(r, DIAG_ERROR, a->name,
					"two accounts are named '%.*s'", STR_ARG(a->name));
		if (a->type == ACCOUNT_IMAP)
			check_imap(r, a);
		else if (!a->path.len)
			complain_format(r, DIAG_ERROR, a->name, "account '%.*s': missing 'path'",
				STR_ARG(a->name));
	}
}

static bool holds(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_eq_nocase(list->items[i], s))
			return true;
	return false;
}

static void check_shared_addresses(const struct reading_config *r, const struct client *client)
{
	const struct config *c = r->config;
	for (size_t i = 0; i < client->addresses.count; i++) {
		struct str address = client->addresses.items[i];
		if (holds(&c->me.addresses, address))
			complain_format(r, DIAG_ERROR, address,
				"'%.*s' is both mine and client '%.*s'", STR_ARG(address),
				STR_ARG(client->id));
		for (const struct client *other = c->clients; other < client; other++)
			if (holds(&other->addresses, address))
				complain_format(r, DIAG_WARNING, address,
					"'%.*s' is an address of both '%.*s' and '%.*s', the first "
					"is taken for the sender",
					STR_ARG(address), STR_ARG(other->id), STR_ARG(client->id));
	}
}

static void check_clients(const struct reading_config *r)
{
	struct config *c = r->config;
	for (size_t i = 0; i < c->client_count; i++) {
		struct client *client = &c->clients[i];
		for (size_t k = 0; k < i; k++)
			if (str_eq(c->clients[k].id, client->id))
				complain_format(r, DIAG_ERROR, client->id,
					"two clients have the id '%.*s'", STR_ARG(client->id));
		if (!client->addresses.count)
			complain_format(r, DIAG_ERROR, client->id,
				"client '%.*s': no addresses, expected at least one",
				STR_ARG(client->id));
		if (!client->name.len)
			client->name = client->id;
		check_shared_addresses(r, client);
	}
}

static void check_me(const struct reading_config *r)
{
	const struct me *me = &r->config->me;
	if (!me->addresses.count)
		config_complain(r, DIAG_ERROR, 0, 0,
			"me.addresses is empty, expected at least one address of mine");
	if (!me->hours.count)
		config_complain(r, DIAG_ERROR, 0, 0,
			"me.hours is empty, expected at least one such as \"mon-fri 09:00-17:00\"");
}

void config_check_whole(const struct reading_config *r)
{
	check_me(r);
	check_accounts(r);
	check_clients(r);
}
