/* Opens what a command needs, and says aloud what could not be used. */
#include "command.h"

#include "app/readers.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "config/config.h"
#include "guest.h"
#include "output.h"
#include <stdlib.h>

static int load_book(struct invocation *in, bool settings_only, struct error *err)
{
	const struct rulebook_plan plan = {.config = in->config, .settings_only = settings_only};
	rulebook_free(in->book);
	in->book = NULL;
	diags_finish(&in->diags);
	return rulebook_load(&plan, &in->book, &in->diags, err);
}

int needs_open_book(struct invocation *in, struct error *err)
{
	int result = load_book(in, guest_may_ask(in) || !in->command->with_rules, err);
	if (!result)
		in->by_service = guest_must_ask(in);
	/* a guest's rules are the service's to read */
	if (!result && in->command->with_rules && !in->by_service && guest_may_ask(in))
		result = load_book(in, false, err);
	diags_tell(&in->diags, stderr);
	if (!result && in->book->files_left_out)
		fprintf(stderr, "overstep: %zu rule %s left out, see above\n",
			in->book->files_left_out, in->book->files_left_out == 1 ? "file" : "files");
	return result;
}

int needs_open_rules(struct invocation *in, const struct rulebook_plan *plan, struct error *err)
{
	struct error why = {0};
	struct rulebook_plan asked = *plan;
	asked.config = in->config;
	int result = rulebook_load(&asked, &in->book, &in->diags, &why);
	if (result < 0 && !in->config && why.kind == ERROR_CONFIG && !in->diags.count) {
		asked.no_config = true;
		result = rulebook_load(&asked, &in->book, &in->diags, &why);
	}
	diags_tell(&in->diags, stderr);
	if (result < 0)
		*err = why;
	return result;
}

static int open_store(struct invocation *in, enum store_mode mode, struct error *err)
{
	char *folder = str_dup(in->book->config->archive);
	if (!folder)
		return error_memory(err);
	struct progress progress;
	progress_init(&progress);
	const struct store_progress listener = {.tell = progress_tell, .context = &progress};
	int result = readers_new(in->book, 0, &in->readers, err);
	if (!result)
		result = store_open(folder, mode, NULL, in->readers, &listener, &in->store, err);
	progress_finish(&progress);
	if (result < 0 && err->kind == ERROR_NOT_FOUND)
		error_set(err, ERROR_NOT_FOUND,
			"there is no archive in '%s' yet: run 'overstepd --once' first", folder);
	free(folder);
	return result;
}

int needs_open_archive(struct invocation *in, struct error *err)
{
	return open_store(in, in->command->needs == NEEDS_WRITE ? STORE_WRITE : STORE_READ, err);
}

int needs_make_archive(struct invocation *in, struct error *err)
{
	return open_store(in, STORE_CREATE, err);
}

int needs_open(struct invocation *in, struct error *err)
{
	if (in->command->needs >= NEEDS_CONFIG && needs_open_book(in, err) < 0)
		return -1;
	return in->command->needs >= NEEDS_ARCHIVE && !in->by_service ? needs_open_archive(in, err)
								      : 0;
}

void needs_close(struct invocation *in)
{
	store_close(in->store);
	readers_free(in->readers);
	rulebook_free(in->book);
	diags_finish(&in->diags);
	/* so that it can be opened again */
	in->store = NULL;
	in->readers = NULL;
	in->book = NULL;
}
