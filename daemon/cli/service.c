/* The service from its command line to its exit code. */
#include "cli/program.h"

#include "app/events.h"
#include "app/keeper.h"
#include "app/rulebook.h"
#include "base/diag.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char help[] =
	"overstepd polls the mailboxes of a configuration and keeps the evidence.\n\n"
	"usage: overstepd [--config FILE] [--once] [--foreground]\n\n"
	"  --config FILE  the configuration; else $OVERSTEP_CONFIG, then\n"
	"                 ~/.config/overstep/overstep.conf, then /etc/overstep/overstep.conf\n"
	"  --once         fetch, judge and store everything there is now, then end\n"
	"  --foreground   run from a terminal: progress on standard error, Ctrl-C ends it\n"
	"  --help         this help\n"
	"  --version      the version\n\n"
	"exit codes: 0 done, 2 usage, 4 login refused, 75 temporary, 78 configuration\n";

struct service_options {
	const char *config;
	bool once;
	bool foreground;
};

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct service_options *out)
{
	static const struct option rows[] = {
		{"config", required_argument, NULL, 'c'},
		{"once", no_argument, NULL, 'o'},
		{"foreground", no_argument, NULL, 'f'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'v'},
		{0},
	};
	for (int c; (c = getopt_long(argc, argv, "", rows, NULL)) != -1;)
		switch (c) {
		case 'c':
			out->config = optarg;
			break;
		case 'o':
			out->once = true;
			break;
		case 'f':
			out->foreground = true;
			break;
		case 'h':
			fputs(help, stdout);
			return EXIT_SUCCESS;
		case 'v':
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

static void say_mistakes(struct diags *diags)
{
	struct buf text = {0};
	if (diags->count)
		diags_print(diags, &text);
	fputs(buf_cstr(&text), stderr);
	buf_finish(&text);
}

static int serve(const struct service_options *options)
{
	struct rulebook *book = NULL;
	struct diags diags = {0};
	struct error err = {0};
	const struct rulebook_plan book_plan = {.config = options->config};
	int code = rulebook_load(&book_plan, &book, &diags, &err);
	say_mistakes(&diags);
	diags_finish(&diags);
	if (!code) {
		const struct keeper_plan plan = {
			.book = book,
			.once = options->once,
			.progress = options->foreground || isatty(STDERR_FILENO),
		};
		if (book->files_left_out)
			log_event(&event_files_left_out,
				LOG_FIELDS(log_number("files", book->files_left_out)));
		code = keeper_run(&plan, &err);
	}
	rulebook_free(book);
	if (code >= 0)
		return code;
	fprintf(stderr, "overstepd: %s\n", err.text);
	return error_exit_code(&err);
}

int overstepd_main(int argc, char **argv)
{
	struct service_options options = {0};
	int code = read_options(argc, argv, &options);
	if (code >= 0)
		return code;
	log_setup(
		LOG_LEVEL_INFO, options.foreground ? NULL : log_journal(getenv("JOURNAL_STREAM")));
	if (geteuid() == 0)
		log_event(&event_as_root, LOG_FIELDS(log_cstr("expected", "an ordinary user")));
	return serve(&options);
}
