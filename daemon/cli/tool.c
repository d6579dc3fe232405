/* The tool from its command line to its exit code. */
#include "cli/program.h"

#include "base/utf8.h"
#include "command.h"
#include "guest.h"
#include "options.h"
#include "output.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Long answers on a terminal go through a pager, as git does it. NULL: no pager. */
static FILE *open_pager(const struct invocation *in)
{
	const char *pager = getenv("PAGER");
	if (in->command->asks || in->no_pager || in->json || !isatty(STDOUT_FILENO) ||
		(pager && !strcmp(pager, "cat")))
		return NULL;
	fflush(stdout);
	/* less: quit when it fits on one screen, keep colours, leave the text there */
	return popen("LESS=${LESS-FRX} exec ${PAGER:-less}", "w");
}

/* What is repeated there of files and arguments does not steer the terminal. */
static int say(const struct error *err)
{
	struct buf line = {0};
	buf_add_cstr(&line, "overstep: ");
	if (err->file[0] && err->line) {
		utf8_add_visible(&line, str_from(err->file), false);
		buf_add_format(&line, ":%u: ", err->line);
	}
	utf8_add_visible(&line, str_from(err->text), true);
	fprintf(stderr, "%s\n", line.failed ? "overstep: out of memory" : buf_cstr(&line));
	buf_finish(&line);
	return error_exit_code(err);
}

/* Output that was lost is said; a reader that has seen enough is no error. */
static int check_written(int code)
{
	errno = 0;
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	struct pollfd out = {.fd = STDOUT_FILENO};
	if (errno == EPIPE || (poll(&out, 1, 0) > 0 && (out.revents & POLLERR)))
		return code;
	struct error err = {0};
	if (errno)
		error_system(&err, errno, "cannot write");
	else /* what was lost in the middle has left no reason */
		error_set(&err, ERROR_SYSTEM, "cannot write all of the output");
	return say(&err);
}

static int run(struct invocation *in)
{
	struct error err = {0};
	int code = needs_open(in, &err);
	FILE *pager = NULL;
	if (in->command->needs >= NEEDS_ARCHIVE && geteuid() == 0)
		fputs("overstep: running as root, expected an ordinary user\n", stderr);
	if (!code) {
		pager = open_pager(in);
		in->out = pager ? pager : stdout;
		code = in->by_service ? guest_run(in, &err) : in->command->run(in, &err);
	}
	if (pager)
		pclose(pager);
	if (code < 0)
		code = say(&err);
	needs_close(in);
	return code > 1 ? code : check_written(code);
}

int overstep_main(int argc, char **argv)
{
	struct invocation in = {.out = stdout};
	struct asked asked = {0};
	struct error err = {0};
	/* a reader that has seen enough is no error */
	signal(SIGPIPE, SIG_IGN);
	if (options_read(argc, argv, &in, &asked, &err) < 0)
		return say(&err);
	if (asked.version) {
		printf("overstep %s\n", OVERSTEP_VERSION);
		return EXIT_SUCCESS;
	}
	if (asked.help) {
		if (in.command)
			help_command(in.command, stdout);
		else
			help_overview(stdout);
		return EXIT_SUCCESS;
	}
	return run(&in);
}
