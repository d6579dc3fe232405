/* Writes what `overstep init` found out: the configuration, whole or not at all. */
#include "init.h"

#include "app/rulebook.h"
#include "base/file.h"
#include "base/limits.h"
#include "command.h"
#include "config_write.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PASSWORDS_MOST 1000

static void add_texts(struct buf *out, const struct strs *list)
{
	buf_add_cstr(out, "[ ");
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			buf_add_cstr(out, ", ");
		config_add_text(out, list->items[i]);
	}
	buf_add_cstr(out, list->count ? " ]" : "]");
}

static void add_setting(struct buf *out, const char *name, struct str value)
{
	buf_add_format(out, "%s = ", name);
	config_add_text(out, value);
	buf_add_char(out, ';');
}

static void add_list(struct buf *out, const char *name, const struct strs *list)
{
	buf_add_format(out, "%s = ", name);
	add_texts(out, list);
	buf_add_char(out, ';');
}

static void add_day(struct buf *out, const char *name, struct date d)
{
	buf_add_format(out, "%s = \"%04d-%02d-%02d\";", name, d.year, d.month, d.day);
}

static void add_me(struct buf *out, const struct me *me)
{
	buf_add_cstr(out, "me: {\n  ");
	if (me->name.len) {
		add_setting(out, "name", me->name);
		buf_add_cstr(out, "\n  ");
	}
	add_list(out, "addresses", &me->addresses);
	buf_add_cstr(out, "\n  ");
	add_setting(out, "time_zone", me->time_zone);
	buf_add_cstr(out, "\n  ");
	add_list(out, "hours", &me->hours);
	buf_add_cstr(out, "\n  ");
	add_list(out, "holidays", &me->holidays);
	buf_add_cstr(out,
		" // countries, or paths of .ics files\n"
		"  leave = [ ]; // \"2026-07-01..2026-07-28\": both days "
		"included\n"
		"};\n");
}

static void add_account(struct buf *out, const struct account *a, struct str password_file)
{
	buf_add_cstr(out, "  { ");
	add_setting(out, "name", a->name);
	buf_add_cstr(out, "\n    type = \"imap\"; ");
	add_setting(out, "host", a->host);
	buf_add_format(out, " port = %d; tls = \"%s\";", a->port,
		a->tls == TLS_STARTTLS ? "starttls" : "implicit");
	if (a->ca_file.len) {
		buf_add_cstr(out, "\n    ");
		add_setting(out, "ca_file", a->ca_file);
	}
	buf_add_cstr(out, "\n    ");
	add_setting(out, "user", a->user);
	buf_add_char(out, ' ');
	if (a->auth == AUTH_XOAUTH2) {
		buf_add_cstr(out, "auth = \"xoauth2\"; ");
		add_list(out, "token_command", &a->secret.command);
	} else if (a->secret.command.count) {
		add_list(out, "password_command", &a->secret.command);
	} else {
		add_setting(out, "password_file", password_file);
		buf_add_cstr(out, " // only you can read it");
	}
	buf_add_cstr(out, "\n    ");
	add_list(out, "folders", &a->folders);
	buf_add_cstr(out, " // \"\\\\Sent\": the one for what I sent\n    ");
	add_day(out, "since", a->since);
	buf_add_cstr(out, " // older mail is left alone\n  }");
}

static void add_client(struct buf *out, const struct client *c)
{
	buf_add_cstr(out, "  { ");
	add_setting(out, "id", c->id);
	buf_add_char(out, ' ');
	add_setting(out, "name", c->name);
	buf_add_cstr(out, "\n    ");
	add_list(out, "addresses", &c->addresses);
	if (c->has_hours_told) {
		buf_add_cstr(out, "\n    ");
		add_day(out, "hours_told", c->hours_told);
	}
	buf_add_cstr(out, "\n  }");
}

static void add_clients(struct buf *out, const struct init *i)
{
	for (size_t n = 0; n < i->client_count; n++) {
		if (n)
			buf_add_cstr(out, ",\n");
		add_client(out, &i->clients[n]);
	}
}

void init_config_text(const struct init *i, struct str password_file, struct buf *out)
{
	buf_add_cstr(out,
		"// Written by 'overstep init'. Every setting: overstep help "
		"configuration\n\n");
	if (i->archive.len) {
		add_setting(out, "archive", i->archive);
		buf_add_cstr(out, " // the evidence\n\n");
	}
	if (i->languages.count) {
		add_list(out, "languages", &i->languages);
		buf_add_cstr(out, " // rule packs in use\n\n");
	}
	add_me(out, &i->me);
	buf_add_cstr(out,
		"\n// Mailboxes to read; nothing on the server is ever changed.\n"
		"accounts = (\n");
	add_account(out, &i->account, password_file);
	buf_add_cstr(out,
		"\n);\n\n"
		"// Whose mail is kept and judged. More can be said of each: time_zone, "
		"office_hours,\n"
		"// contract: { excludes = [ \"newsletter\" ]; }\n"
		"clients = (\n");
	add_clients(out, i);
	buf_add_cstr(out, i->client_count ? "\n);\n" : ");\n");
}

/* A file that is there already is somebody's: another name is taken. free() *path. */
static int write_password(const struct init *i, const char *folder, char **path, struct error *err)
{
	for (unsigned number = 1; number < PASSWORDS_MOST; number++) {
		char name[128];
		snprintf(name, sizeof(name), number > 1 ? "%.*s-%u.password" : "%.*s.password",
			STR_ARG(i->account.name), number);
		char *whole = file_join(folder, name);
		if (!whole)
			return error_memory(err);
		int fd = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			S_IRUSR | S_IWUSR);
		if (fd < 0 && errno == EEXIST) {
			free(whole);
			continue;
		}
		int result = fd < 0 ? error_system(err, errno, "cannot write '%s'", whole)
				    : file_write_all(fd, i->secret.ptr, i->secret.len, err);
		if (!result && (file_write_all(fd, "\n", 1, err) < 0 || fsync(fd) < 0))
			result = error_system(err, errno, "cannot write '%s'", whole);
		if (fd >= 0)
			close(fd);
		if (result < 0) {
			if (fd >= 0)
				unlink(whole);
			free(whole);
			return -1;
		}
		*path = whole;
		return 0;
	}
	return error_set(err, ERROR_SYSTEM, "too many password files in '%s'", folder);
}

/* Looked at as the service will, before anything is in its way. */
static int check_text(const char *path, struct str text, struct error *err)
{
	struct diags diags = {0};
	struct config *config = NULL;
	char *folder = file_folder(path);
	int result = folder
		? config_parse(path, folder, text, rulebook_checks(), &config, &diags, err)
		: error_memory(err);
	diags_tell(&diags, stderr);
	diags_finish(&diags);
	config_free(config);
	free(folder);
	return result;
}

static int write_checked(const struct init *i, struct str text, struct error *err)
{
	struct buf kept = {0};
	int result = check_text(i->path, text, err);
	if (!result)
		result = config_write(i->path, text, S_IRUSR | S_IWUSR, &kept, err);
	if (kept.len)
		remark("what was there is in %s", buf_cstr(&kept));
	if (!result)
		remark("wrote %s", i->path);
	buf_finish(&kept);
	return result;
}

int init_write_new(struct init *i, struct error *err)
{
	struct buf text = {0};
	char *folder = file_folder(i->path), *password = NULL;
	struct str file = i->account.secret.file;
	int result = folder ? file_make_folder(folder, S_IRWXU, err) : error_memory(err);
	if (!result && i->secret.len) {
		result = write_password(i, folder, &password, err);
		if (!result)
			file = str_from(strrchr(password, '/') + 1);
	}
	if (!result) {
		init_config_text(i, file, &text);
		result = text.failed ? error_memory(err) : write_checked(i, buf_str(&text), err);
	}
	if (result < 0 && password)
		unlink(password);
	free(password);
	free(folder);
	buf_finish(&text);
	return result;
}

int init_write_clients(struct init *i, struct error *err)
{
	struct buf old = {0}, groups = {0}, text = {0};
	int result = file_read(i->path, LIMIT_CONFIG_FILE, &old, err);
	add_clients(&groups, i);
	if (!result)
		result = groups.failed
			? error_memory(err)
			: config_add_clients(i->path, buf_str(&old), buf_str(&groups), &text, err);
	if (!result)
		result = write_checked(i, buf_str(&text), err);
	buf_finish(&old);
	buf_finish(&groups);
	buf_finish(&text);
	return result;
}
