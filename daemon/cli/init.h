/* What `overstep init` finds out, in the order in which it asks. */
#ifndef OVERSTEP_DAEMON_CLI_INIT_H
#define OVERSTEP_DAEMON_CLI_INIT_H

#include "app/survey.h"
#include "config/config.h"
#include "dialogue.h"

#define INIT_CLIENTS_MOST 1000

/* Strings in dialogue.arena. */
struct init {
	struct invocation *in;
	struct dialogue dialogue;
	char *path;                  /* of the configuration; free() it */
	bool in_its_place;           /* where the unit looks for it */
	bool can_start;              /* the unit */
	const struct rulebook *book; /* of the one that is there and stays; NULL: a new one */
	struct str archive;          /* absent: where it is when not stated */
	struct strs languages;       /* rule packs; none: all */
	struct me me;
	struct account account;
	struct buf secret; /* a password that was typed, for a file of its own */
	struct client *clients;
	size_t client_count;
	bool has_hours_told;
	struct date hours_told;
};

struct rulebook;
struct provider;

/* init_me.c: name, addresses; then zone, hours, holidays. */
int init_ask_me(struct init *i, struct error *err);
int init_ask_time(struct init *i, struct error *err);
/* init_languages.c: which rule packs. */
int init_ask_languages(struct init *i, struct error *err);
/* init_zone.c: the machine's zone, "UTC" when it does not tell; into a buffer. And the code of that
   zone's country in zone.tab of the folder (NULL: the system's), "" when it is in none or in
   several. */
void zone_guess(struct str environment, struct buf *out);
void zone_country(const char *folder, struct str zone, char out[3]);

/* init_account.c: server, login, secret, tried at once; then what folders there are. */
int init_ask_account(struct init *i, struct error *err);
/* --since, or a year back: account.since. */
int init_ask_since(struct init *i, struct error *err);

/* init_clients.c: picks clients among those who write to the accounts, or takes --clients; then
   since when they know my hours. */
int init_ask_clients(struct init *i, struct error *err);
/* init_pick.c: "1,3-5 7" of `count`: sets chosen[]. Fails: ERROR_USAGE. */
int pick_numbers(struct str words, size_t count, bool *chosen, struct error *err);
/* "acme:Acme GmbH=@acme.example,jane@x.example; lumen=nora@lumen.example": replaces i->clients.
   Fails: ERROR_USAGE. */
int pick_clients(struct init *i, struct str words, struct error *err);
/* A client more, its id made from id_from; or, when there is one of that name in i->clients, an
   address more for it. */
int init_add_client(
	struct init *i, struct str id_from, struct str name, struct str address, struct error *err);
/* Small letters, digits and '-', at most 64; "client" when nothing is left. */
void client_id_from(struct str name, struct buf *out);

/* init_write.c: the configuration, and its password file. Neither is left half-written. */
int init_write_new(struct init *i, struct error *err);
/* The clients into the configuration that is there; its old form stays beside it. */
int init_write_clients(struct init *i, struct error *err);
/* The text that init_write_new writes, for its test. password_file may be absent. */
void init_config_text(const struct init *i, struct str password_file, struct buf *out);

/* init_fetch.c: fetches what there is. The exit code, or -1. Then what was seen of it, in a line.
 */
int init_fetch(struct init *i, struct error *err);
int init_say_seen(struct init *i, struct error *err);

/* init_start.c: does a service manager of mine know the unit? Fails: ERROR_USAGE (--start yes, and
   it does not). Then whether it is to be started, not asked when it cannot be; and starting it. */
int init_find_service(struct init *i, struct error *err);
int init_ask_start(struct init *i, bool *start, struct error *err);
int init_start(struct error *err);

/* Words with commas or spaces between them, each of which must be good; borrowed from `words`. out
   may be NULL, then they are only checked; check too, then any is good. Fails: as `check`. */
int split_words(struct str words, struct arena *a, struct strs *out,
	int (*check)(struct str word, struct error *err), struct error *err);

/* "jane@acme.example", with domains also "@acme.example". Fails: ERROR_USAGE. */
int check_address(struct str s, bool domains, struct error *err);

#endif
