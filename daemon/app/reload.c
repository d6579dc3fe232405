/* Configuration and rules read again while the service runs: all of it or nothing. */
#include "app/events.h"
#include "app/rulebook.h"
#include "config/config.h"
#include "keeper_state.h"
#include "rules/ruleset.h"
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* Files that somebody else can read, while the keeper has closed itself in. */
static void tell_of_box(const struct keeper *k, struct buf *text)
{
	enum spawner_taken answer;
	if (k->plan->boxed && spawner_take(&k->spawner, "", &answer, NULL) == 0 &&
		answer == SPAWNER_READ_OTHER)
		buf_add_cstr(text,
			"these files are well, but the service closed itself in before they were "
			"named, expected a restart\n");
}

/* What would be in force; NULL with *code and *text when it is refused. */
static struct rulebook *load(struct keeper *k, int *code, struct buf *text)
{
	struct rulebook *book = NULL;
	struct diags diags = {0};
	struct error why = {0};
	const struct rulebook_plan plan = {.config = k->book->config_path};
	if (spawner_read(&k->spawner, &why) < 0 || rulebook_load(&plan, &book, &diags, &why) < 0)
		*code = error_exit_code(&why);
	else
		*code = rules_exit_code(book->rules, &diags);
	if (diags.count)
		diags_print(&diags, text);
	if (*code && !diags.errors)
		buf_add_format(text, "%s\n", why.text);
	diags_finish(&diags);
	if (*code)
		tell_of_box(k, text);
	if (!*code && !str_eq(book->config->archive, k->book->config->archive)) {
		buf_add_cstr(text, "the archive's folder changed, expected a restart for that\n");
		*code = error_exit_code(&(struct error){.kind = ERROR_CONFIG});
	}
	const struct account *outside = *code ? NULL : keeper_lacks(k, book->config);
	if (outside) {
		buf_add_format(text,
			"account '%.*s' has a path that the service closed itself off from, "
			"expected a restart\n",
			STR_ARG(outside->name));
		*code = error_exit_code(&(struct error){.kind = ERROR_CONFIG});
	}
	if (!*code)
		return book;
	rulebook_free(book);
	return NULL;
}

/* Whoever starts readers and commands reads by itself, and has to have read the same. Adds to *text
   why it has not. */
static bool spawner_agrees(
	const struct keeper *k, const struct rulebook *book, int *code, struct buf *text)
{
	char sum[SHA256_HEX_SIZE];
	struct error why = {0};
	enum spawner_taken answer = SPAWNER_REFUSED;
	if (rulebook_sum(book, sum, &why) == 0 &&
		spawner_take(&k->spawner, sum, &answer, &why) == 0 && answer != SPAWNER_TOOK_OVER)
		error_set(&why, ERROR_TEMPORARY,
			"the files changed while they were read, expected another reload");
	if (!why.kind)
		return true;
	buf_add_format(text, "%s\n", why.text);
	*code = error_exit_code(&why);
	return false;
}

/* What was read by the rules before goes into the archive as theirs, then the new ones hold. */
static int swap(struct keeper *k, struct rulebook *book, struct error *err)
{
	struct crew fresh;
	if (crew_new(k, book, &fresh, err) < 0)
		return -1;
	int result = k->store ? keeper_commit(k, err) : 0;
	crew_replace(&k->crew, &fresh);
	rulebook_free(*k->plan->book);
	k->book = k->spawner.book = *k->plan->book = book;
	disk_watch_begin(&k->disk, book);
	if (result < 0 || !k->store)
		return result;
	k->store->readers = k->crew.store_readers;
	const struct store_progress progress = {.tell = keeper_tell_progress, .context = k};
	return store_terms(k->store, book, &progress, err);
}

void keeper_remember_reload(struct keeper *k, const char *text)
{
	free(k->reload_text);
	k->reload_text = text ? strdup(text) : NULL;
}

int keeper_reload(struct keeper *k, struct buf *text, struct error *err)
{
	int code;
	struct rulebook *book = load(k, &code, text);
	if (book && !spawner_agrees(k, book, &code, text)) {
		rulebook_free(book);
		book = NULL;
	}
	if (!book) {
		keeper_remember_reload(k, buf_cstr(text));
		log_event(&event_reload_refused, LOG_FIELDS(log_number("code", (uint64_t)code)));
		return code;
	}
	keeper_remember_reload(k, NULL);
	if (swap(k, book, err) < 0) {
		if (k->book != book)
			rulebook_free(book);
		return -1;
	}
	buf_add_format(text, "%zu %s, %zu %s, %zu rules in force\n", book->config->account_count,
		book->config->account_count == 1 ? "account" : "accounts",
		book->config->client_count, book->config->client_count == 1 ? "client" : "clients",
		ruleset_count(book->rules));
	log_event(&event_reloaded, LOG_FIELDS(log_number("rules", ruleset_count(book->rules))));
	malloc_trim(0); /* for a moment there were two books */
	return 0;
}
