/* overstep doctor on the mailboxes: logs in to each, all at once, and tells what is there. */
#include "app/control_ask.h"
#include "app/probe.h"
#include "app/rulebook.h"
#include "base/array.h"
#include "base/json.h"
#include "config/config.h"
#include "doctor.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is told of one account. What is wanting comes behind the line that it could be read. */
struct visit {
	const struct account *account;
	size_t folders;
	uint64_t messages;
	struct advice *wanting;
	size_t count, cap;
};

static struct advice *add_wanting(struct doctor *d, struct visit *v, const char *check)
{
	if (array_room(&v->wanting, v->count, &v->cap, sizeof(*v->wanting)) < 0) {
		error_memory(&d->error);
		return NULL;
	}
	v->wanting[v->count] = (struct advice){.check = check};
	return &v->wanting[v->count++];
}

static void add_unwatched(struct advice *a, const struct visit *v, const struct probe_item *item)
{
	if (item->from)
		buf_add_format(&a->text, "%u %s from %.*s", item->from,
			item->from == 1 ? "message" : "messages", STR_ARG(item->client));
	if (item->from && item->to)
		buf_add_format(&a->text, " and %u to it", item->to);
	else if (item->to)
		buf_add_format(&a->text, "%u %s to %.*s", item->to,
			item->to == 1 ? "message" : "messages", STR_ARG(item->client));
	buf_add_format(&a->text, " in '%.*s', which is not watched", STR_ARG(item->folder));
	advice_warn(a, "add \"%.*s\" to folders of account '%.*s'", STR_ARG(item->folder),
		STR_ARG(v->account->name));
}

static void take(struct doctor *d, struct visit *v, const struct probe_item *item)
{
	struct advice *a;
	if (item->event == PROBE_WATCHED) {
		v->folders++;
		v->messages += item->messages;
		return;
	}
	a = add_wanting(d, v, "folder");
	if (!a)
		return;
	if (item->event == PROBE_UNWATCHED) {
		add_unwatched(a, v, item);
	} else if (item->event == PROBE_MISSING) {
		buf_add_format(&a->text, "no folder '%.*s' on the server", STR_ARG(item->folder));
		advice_warn(a, "correct folders of account '%.*s'", STR_ARG(v->account->name));
	} else {
		buf_add_format(&a->text, "%u further folders were not looked into", item->messages);
		advice_warn(a, "look for clients' mail there yourself");
	}
}

static void tell_visit(struct doctor *d, struct visit *v, const struct error *trouble)
{
	const struct account *account = v->account;
	struct advice a = {.check = "account"};
	if (trouble)
		advise_on_trouble(&a, trouble);
	else
		buf_add_format(&a.text, "logged in to %.*s as %.*s, %llu %s in %zu %s",
			STR_ARG(account->host), STR_ARG(account->user),
			(unsigned long long)v->messages, v->messages == 1 ? "message" : "messages",
			v->folders, v->folders == 1 ? "folder" : "folders");
	if (!trouble && !v->folders)
		advice_warn(&a, "name folders that the server has");
	doctor_tell(d, &a, account->name);
	for (size_t i = 0; i < v->count; i++)
		doctor_tell(d, &v->wanting[i], account->name);
	free(v->wanting);
}

static void visit(struct doctor *d, const struct account *account, struct probe *probe)
{
	struct visit v = {.account = account};
	struct error trouble = {0};
	struct probe_item item;
	int more;
	while ((more = probe_next(probe, &item, &trouble)) > 0)
		take(d, &v, &item);
	tell_visit(d, &v, more < 0 ? &trouble : NULL);
}

/* systemd gives a credential to the service alone: how its login goes, only that one can tell. */
static void tell_by_service(struct doctor *d, const struct account *account)
{
	struct str credential = account->secret.credential;
	const struct json_value *known = control_account(d->service, account->name);
	struct str why = json_to_str(json_get(known, "error"));
	struct advice a = {.check = "account"};
	buf_add_format(&a.text, "its credential '%.*s' is systemd's to give to the service; ",
		STR_ARG(credential));
	if (!known)
		buf_add_cstr(&a.text, "which is not running");
	else if (why.len)
		buf_add_format(&a.text, "which says: %.*s", STR_ARG(why));
	else
		buf_add_format(&a.text, "where it is %.*s",
			STR_ARG(json_to_str(json_get(known, "state"))));
	if (!known || why.len)
		advice_warn(&a,
			"LoadCredential=%.*s:FILE in the unit (systemctl edit overstepd), then "
			"restart it",
			STR_ARG(credential));
	doctor_tell(d, &a, account->name);
}

static void tell_files(struct doctor *d, const struct account *account)
{
	struct advice a = {.check = "account"};
	char *path = str_dup(account->path);
	bool good = path && access(path, R_OK) == 0;
	buf_add_format(&a.text, "its files in %.*s %s", STR_ARG(account->path),
		good ? "can be read" : strerror(errno));
	if (!good)
		advice_warn(&a, "correct path of account '%.*s'", STR_ARG(account->name));
	doctor_tell(d, &a, account->name);
	free(path);
}

static bool is_for_the_service(const struct account *account)
{
	return account->secret.credential.len && !getenv("CREDENTIALS_DIRECTORY");
}

void doctor_look_at_accounts(struct doctor *d)
{
	const struct config *config = d->in->book->config;
	struct probe **probes = calloc(config->account_count + 1, sizeof(struct probe *));
	if (!probes) {
		error_memory(&d->error);
		return;
	}
	for (size_t i = 0; i < config->account_count && !d->error.kind; i++)
		if (config->accounts[i].type == ACCOUNT_IMAP &&
			!is_for_the_service(&config->accounts[i]))
			probe_start(d->in->book, &config->accounts[i], &probes[i], &d->error);
	for (size_t i = 0; i < config->account_count; i++) {
		if (probes[i])
			visit(d, &config->accounts[i], probes[i]);
		else if (!d->error.kind && config->accounts[i].type != ACCOUNT_IMAP)
			tell_files(d, &config->accounts[i]);
		else if (!d->error.kind)
			tell_by_service(d, &config->accounts[i]);
		probe_end(probes[i]);
	}
	free(probes);
}
