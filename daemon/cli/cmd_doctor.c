/* overstep doctor: everything that can be wrong, looked at in turn, each with its mend. */
#include "app/rulebook.h"
#include "config/config.h"
#include "doctor.h"
#include "output.h"
#include "rules/ruleset.h"
#include <stdlib.h>
#include <string.h>

static void write_advice(
	struct invocation *in, struct advice *a, struct str account, struct error *err)
{
	struct json_line line;
	struct json_writer *w = json_item(&line);
	json_cstr(w, "check", a->check);
	json_cstr(w, "level", advice_level_name(a->level));
	json_str(w, "account", account);
	json_str(w, "text", buf_str(&a->text));
	json_cstr(w, "mend", a->mend.len ? buf_cstr(&a->mend) : NULL);
	json_item_end(in, &line, err);
}

static void print_advice(struct invocation *in, struct advice *a, struct str account)
{
	static const enum color colors[] = {COLOR_GREEN, COLOR_YELLOW, COLOR_RED};
	print_colored(in, colors[a->level], "%-8s", advice_level_name(a->level));
	print(in, " %-13s ", a->check);
	if (account.len) {
		print_visible(in, account, false);
		print(in, ": ");
	}
	print_visible(in, buf_str(&a->text), false);
	print(in, "\n");
	if (a->mend.len) {
		print(in, "%23s", "");
		print_colored(in, COLOR_BOLD, "mend: ");
		print_visible(in, buf_str(&a->mend), false);
		print(in, "\n");
	}
	fflush(in->out); /* the next may take a while */
}

void doctor_tell(struct doctor *d, struct advice *a, struct str account)
{
	if (a->text.failed || a->mend.failed)
		error_memory(&d->error);
	else if (d->in->json)
		write_advice(d->in, a, account, &d->error);
	else
		print_advice(d->in, a, account);
	d->warnings += a->level == ADVICE_WARNING;
	d->wrong += a->level == ADVICE_WRONG;
	if (a->level == ADVICE_WRONG)
		d->code = exit_code_graver(
			d->code, error_exit_code(&(struct error){.kind = a->kind}));
	advice_finish(a);
}

/* A mistake in the configuration stops the service; a rule file in error is only left out. */
static void tell_mistakes(struct doctor *d, const char *config)
{
	for (size_t i = 0; i < d->in->diags.count; i++) {
		const struct diag *diag = &d->in->diags.items[i];
		bool of_config = config && !strcmp(diag->file, config);
		struct advice a = {.check = of_config ? "configuration" : "rules"};
		buf_add_format(&a.text, "%s:%u: %s", diag->file, diag->line, diag->text);
		if (of_config && diag->level == DIAG_ERROR)
			advice_wrong(&a, ERROR_CONFIG, "mend that line; 'overstep check' shows it");
		else if (diag->level == DIAG_ERROR)
			advice_warn(&a,
				"mend the rule: its file is left out; 'overstep check' shows it");
		else
			advice_warn(&a, "'overstep check' shows it");
		doctor_tell(d, &a, (struct str){0});
	}
}

static void tell_rules(struct doctor *d)
{
	const struct rulebook *book = d->in->book;
	struct advice a = {.check = "rules"};
	size_t count = ruleset_count(book->rules);
	buf_add_format(&a.text, "%zu in force, %zu %s left out", count, book->files_left_out,
		book->files_left_out == 1 ? "file" : "files");
	if (!count)
		advice_warn(&a, "name rule packs in languages, or files in rules");
	doctor_tell(d, &a, (struct str){0});
}

static void tell_configuration(struct doctor *d)
{
	const struct config *config = d->in->book->config;
	struct advice a = {.check = "configuration"};
	buf_add_format(&a.text, "%s: %zu %s, %zu %s", d->in->book->config_path,
		config->account_count, config->account_count == 1 ? "account" : "accounts",
		config->client_count, config->client_count == 1 ? "client" : "clients");
	if (!config->client_count)
		advice_warn(&a, "name your clients: without one nothing is stored");
	else if (!config->account_count)
		advice_warn(&a, "name a mailbox in accounts");
	doctor_tell(d, &a, (struct str){0});
	tell_rules(d);
}

/* 0 when there is a configuration to go on with. */
static int look_at_configuration(struct doctor *d)
{
	const struct rulebook_plan plan = {.config = d->in->config};
	struct error why = {0};
	char *path = NULL;
	int result = config_find(d->in->config, getenv, &path, &why);
	if (!result)
		result = rulebook_load(&plan, &d->in->book, &d->in->diags, &why);
	tell_mistakes(d, path);
	if (!result) {
		tell_configuration(d);
	} else if (why.kind == ERROR_MEMORY) {
		d->error = why;
	} else if (!d->wrong) {
		struct advice a = {.check = "configuration"};
		buf_add_cstr(&a.text, why.text);
		advice_wrong(&a, ERROR_CONFIG, "write one, see 'overstep help configuration'");
		doctor_tell(d, &a, (struct str){0});
	}
	free(path);
	return result;
}

static void tell_sum(struct doctor *d)
{
	if (d->in->json)
		return;
	if (!d->in->book)
		print(d->in, "\nthe rest cannot be looked at without a configuration\n");
	else if (!d->warnings && !d->wrong)
		print(d->in, "\nall is well\n");
	else
		print(d->in, "\n%zu wrong, %zu %s\n", d->wrong, d->warnings,
			d->warnings == 1 ? "warning" : "warnings");
}

static int run(struct invocation *in, struct error *err)
{
	struct doctor d = {.in = in};
	if (look_at_configuration(&d) == 0) {
		d.archive = str_dup(in->book->config->archive);
		if (!d.archive)
			return error_memory(err);
		doctor_look_at_machine(&d);
		doctor_look_at_service(&d);
		doctor_look_at_archive(&d);
		doctor_look_at_accounts(&d);
	}
	tell_sum(&d);
	json_free(d.service);
	free(d.archive);
	if (d.error.kind) {
		*err = d.error;
		return -1;
	}
	return d.code;
}

const struct command command_doctor = {
	.name = "doctor",
	.usage = "",
	.summary = "Look for what is wrong or could go wrong, and say how to mend it",
	.help = "Looks at the configuration, at who may read what, time zone data, the clock, the "
		"disk, the\nservice, archive and index; then logs in to each account and tells of "
		"clients' mail that lies in\nfolders which are not watched. Nothing is fetched, "
		"marked or changed.\n\n"
		"  overstep doctor\n"
		"  overstep --json doctor | jq 'select(.level != \"ok\")'\n\n"
		"Ends with 0, or for what is wrong with the gravest of 78 (configuration), 4 (login "
		"refused), 75\n(temporary) and 3 (archive and index do not agree). Warnings alone are "
		"0.",
	.needs = NEEDS_NOTHING,
	.most = 0,
	.run = run,
};
