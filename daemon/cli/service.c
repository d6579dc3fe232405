/* The service from its command line to its exit code. */
#include "cli/program.h"

#include "app/events.h"
#include "app/keeper.h"
#include "app/rulebook.h"
#include "base/diag.h"
#include "base/file.h"
#include "guest.h"
#include "options.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { OPTION_CONFIG, OPTION_ONCE, OPTION_FOREGROUND, OPTION_HELP, OPTION_VERSION, OPTION_COUNT };

const struct command_option service_options[] = {
	[OPTION_CONFIG] = {"config", "FILE",
		"the configuration; else $OVERSTEP_CONFIG, ~/.config/overstep/overstep.conf or "
		"/etc/overstep/overstep.conf"},
	[OPTION_ONCE] = {"once", NULL, "fetch, judge and store everything there is now, then end"},
	[OPTION_FOREGROUND] = {"foreground", NULL,
		"run from a terminal: progress on standard error, Ctrl-C ends it"},
	[OPTION_HELP] = {"help", NULL, "tell this"},
	[OPTION_VERSION] = {"version", NULL, "tell the version"},
	[OPTION_COUNT] = {NULL, NULL, NULL},
};

static void print_help(void)
{
	fputs("overstepd polls the mailboxes of a configuration and keeps the evidence.\n\n"
	      "usage: overstepd [--config FILE] [--once] [--foreground]\n\n",
		stdout);
	help_options(service_options, stdout);
	fputs("\nexit codes:\n", stdout);
	for (const struct exit_code *row = exit_codes; row->meaning; row++)
		if (row->of_service)
			printf("  %-2d  %s\n", row->code, row->meaning);
}

struct wishes {
	const char *config;
	bool once;
	bool foreground;
};

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct wishes *out)
{
	struct option rows[OPTION_COUNT + 1] = {0};
	for (int i = 0; i < OPTION_COUNT; i++)
		rows[i] = (struct option){service_options[i].name,
			service_options[i].argument ? required_argument : no_argument, NULL, i};
	for (int c; (c = getopt_long(argc, argv, "", rows, NULL)) != -1;)
		switch (c) {
		case OPTION_CONFIG:
			out->config = optarg;
			break;
		case OPTION_ONCE:
			out->once = true;
			break;
		case OPTION_FOREGROUND:
			out->foreground = true;
			break;
		case OPTION_HELP:
			print_help();
			return EXIT_SUCCESS;
		case OPTION_VERSION:
			printf("overstepd %s\n", OVERSTEP_VERSION);
			return EXIT_SUCCESS;
		default:
			fputs("see 'overstepd --help'\n", stderr);
			return 2;
		}
	if (optind == argc)
		return -1;
	fprintf(stderr, "overstepd: unexpected '%s', see 'overstepd --help'\n", argv[optind]);
	return 2;
}

/* What RuntimeDirectory= of the system unit made for us. */
static const char *guest_folder(const struct wishes *options)
{
	return options->once ? NULL : getenv("RUNTIME_DIRECTORY");
}

static int serve(const struct wishes *options)
{
	struct rulebook *book = NULL;
	struct diags diags = {0};
	struct error err = {0};
	const struct rulebook_plan book_plan = {.config = options->config};
	int code = rulebook_load(&book_plan, &book, &diags, &err);
	diags_tell(&diags, stderr);
	diags_finish(&diags);
	if (!code) {
		char *folder = file_program_folder();
		char *tool = folder ? file_join(folder, "overstep") : NULL;
		const struct keeper_plan plan = {
			.book = &book,
			.once = options->once,
			.boxed = true,
			.progress = options->foreground || isatty(STDERR_FILENO),
			.guests = {guest_folder(options), tool, guest_check},
		};
		if (book->files_left_out)
			log_event(&event_files_left_out,
				LOG_FIELDS(log_number("files", book->files_left_out)));
		code = tool ? keeper_run(&plan, &err) : error_memory(&err);
		free(tool);
		free(folder);
	}
	rulebook_free(book);
	if (code >= 0)
		return code;
	fprintf(stderr, "overstepd: %s\n", err.text);
	return error_exit_code(&err);
}

int overstepd_main(int argc, char **argv)
{
	struct wishes options = {0};
	int code = read_options(argc, argv, &options);
	if (code >= 0)
		return code;
	log_setup(
		LOG_LEVEL_INFO, options.foreground ? NULL : log_journal(getenv("JOURNAL_STREAM")));
	if (geteuid() == 0)
		log_event(&event_as_root, LOG_FIELDS(log_cstr("expected", "an ordinary user")));
	return serve(&options);
}
