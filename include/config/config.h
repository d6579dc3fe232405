/* The configuration: read once, checked whole, then frozen. */
#ifndef OVERSTEP_CONFIG_CONFIG_H
#define OVERSTEP_CONFIG_CONFIG_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/error.h"
#include "model/client.h"

/* In the order of their names in settings.c. All but IMAP are in files: such an account's fetcher
   reads its `path` and what lies below it (openat, fstat, getdents64, pread64; told of changes by
   inotify), follows no symbolic link there, and needs neither network nor secret. */
enum account_type {
	ACCOUNT_IMAP,
	ACCOUNT_MAILDIR,
	ACCOUNT_MBOX,
	ACCOUNT_EML,
	/* exports of chats: */
	ACCOUNT_WHATSAPP,
	ACCOUNT_TELEGRAM,
	ACCOUNT_SLACK,
	ACCOUNT_DISCORD,
	ACCOUNT_MESSENGER,
	ACCOUNT_SMS
};
/* Has it exports of chats? */
bool account_has_chats(enum account_type type);
enum tls_mode { TLS_IMPLICIT, TLS_STARTTLS };
enum auth_mode { AUTH_PASSWORD, AUTH_XOAUTH2, AUTH_OAUTHBEARER };

/* Where a secret comes from; exactly one is set. Never the secret itself. */
struct secret_source {
	struct str file;       /* absolute; 0600 */
	struct strs command;   /* argv, no shell */
	struct str credential; /* name below $CREDENTIALS_DIRECTORY */
};

struct account {
	struct str name; /* unique */
	enum account_type type;
	struct str path;      /* absolute; of a type that is in files */
	struct str time_zone; /* of a chat's local times; absent: mine */
	struct str locale;    /* of a chat's dates; absent: as can be inferred */
	struct str host;
	int port;
	enum tls_mode tls;
	struct str ca_file; /* absolute; absent: the system's */
	struct str user;
	enum auth_mode auth;
	struct secret_source secret; /* password, or token_command in .command */
	struct strs folders;         /* names, globs, or "\\Sent" */
	struct str drafts;           /* a name; absent: the folder that is for drafts */
	int64_t poll_s;
	bool idle;
	int64_t timeout_s;
	bool has_since;
	struct date since;
	uint64_t max_size_bytes;
};

/* Where mail of ours is sent from. */
struct mail_out {
	bool stated;
	struct str host;
	int port;
	enum tls_mode tls;
	struct str ca_file;
	struct str user; /* absent: no login */
	struct secret_source secret;
	struct str from; /* absent: me.addresses' first */
};

struct config {
	struct arena arena;
	struct str path;    /* absolute; absent for the built-in default of `try` */
	struct str archive; /* absolute folder */
	bool languages_stated;
	struct strs languages; /* packs in use; not stated: all there are */
	struct strs rules;     /* absolute files or folders */
	struct me me;
	struct account *accounts;
	size_t account_count;
	struct client *clients;
	size_t client_count;
	int64_t half_life_s;
	bool dkim;
	struct mail_out smtp;
	struct strs digest_to;
	struct strs anchor_urls;    /* RFC 3161 authorities; empty: none */
	struct str anchor_ca_file;  /* absolute; absent: the system's */
	struct strs anchor_mail_to; /* a copy of each anchored checkpoint goes there; empty: none */
	struct strs anchor_command; /* argv; empty: none */
	int64_t anchor_every_s;
	struct strs on_finding; /* argv, empty: none */
};

/* Checks that other rooms know how to make; the caller hands them in. Each fails with what was
 * expected. */
struct config_checks {
	int (*zone)(struct str s, struct error *err);
	int (*locale)(struct str s, struct error *err);
	int (*hours)(struct str s, struct error *err);
	int (*holidays)(
		struct str s, struct error *err); /* a code, or an absolute path of an .ics file */
	int (*leave)(struct str s, struct error *err);
	int (*night)(struct str s, struct error *err);
};

/* The file to read: `given`, else $OVERSTEP_CONFIG, else $XDG_CONFIG_HOME
   (~/.config)/overstep/overstep.conf, else /etc/overstep/overstep.conf. environment: a getenv.
   free() *path. Fails: ERROR_CONFIG naming where it looked. */
int config_find(
	const char *given, char *(*environment)(const char *), char **path, struct error *err);

/* Reads and checks. All mistakes go to *diags at once; with any error the result is -1
   (ERROR_CONFIG, counting them) and nothing is made. Warnings alone do not fail it. free with
   config_free. */
int config_load(const char *path, const struct config_checks *checks, struct config **out,
	struct diags *diags, struct error *err);
/* The same from bytes; folder: what relative paths are relative to. */
int config_parse(const char *name, const char *folder, struct str bytes,
	const struct config_checks *checks, struct config **out, struct diags *diags,
	struct error *err);
void config_free(struct config *c);

/* The same text with groups ("{ ... }, { ... }") behind those of the list `clients`, or with such a
   list at its end; all else stays as it is. Appends to *out. Fails: ERROR_CONFIG when the text
   cannot be read. */
int config_add_clients(
	const char *name, struct str bytes, struct str groups, struct buf *out, struct error *err);

/* The same text with a name more among `names` of a client, by its place in the list, or of
   CONFIG_ME; all else stays as it is. The text must be one that config_parse takes. Appends to
   *out, and tells on which line the name stands. Fails: ERROR_CONFIG when the text cannot be read.
 */
#define CONFIG_ME SIZE_MAX
int config_add_name(const char *file, struct str bytes, size_t client, struct str name,
	struct buf *out, unsigned *line, struct error *err);
/* Appends a text in quotes, as libconfig reads it back. */
void config_add_text(struct buf *out, struct str s);

/* Appends every setting as it is in force: two configurations that spell the same are the same. */
void config_spell(const struct config *c, struct buf *out);

/* Borrowed, NULL when there is none of that id. */
const struct client *config_client(const struct config *c, struct str id);

/* A setting as people read of it. All borrowed until the call returns. */
struct setting_help {
	const char *name;
	unsigned depth; /* 0: of the file itself; else of the group that was told before it */
	bool required;
	bool group; /* holds settings of its own */
	const char *help;
	const char *expected; /* "a text in quotes" */
	const char *range;    /* "5 s to 1 d"; NULL: any */
	const char *fallback; /* as it would be written; NULL: none */
};

/* Tells of every setting, in the table's order. */
void config_describe(void (*tell)(void *context, const struct setting_help *s), void *context);

#endif
