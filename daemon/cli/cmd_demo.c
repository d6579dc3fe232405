/* overstep demo: the whole thing on a bundled mailbox, without an account and without a network. */
#include "app/readers.h"
#include "app/store.h"
#include "assess.h"
#include "base/file.h"
#include "demo_archive.h"
#include "demo_mailbox.h"
#include "message_output.h"
#include "report_make.h"
#include "show.h"
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

/* The mailbox ends in June: the figures are those of this day, whatever day it is. */
#define DEMO_DAY "2026-06-30"

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

/* The folder to keep, which must be new or empty; free() *out. */
static int make_kept(const char *path, char **out, struct error *err)
{
	char **names = NULL;
	size_t count = 0;
	if (file_make_folder(path, S_IRWXU, err) < 0 ||
		file_list(path, "", &names, &count, err) < 0)
		return -1;
	file_list_free(names, count);
	if (count)
		return error_set(
			err, ERROR_USAGE, "'%s' is not empty, expected a new folder", path);
	*out = realpath(path, NULL);
	return *out ? 0 : error_system(err, errno, "cannot find '%s'", path);
}

static int make_temporary(char **out, struct error *err)
{
	const char *above = getenv("TMPDIR");
	char *path = file_join(above && *above ? above : "/tmp", "overstep-demo-XXXXXX");
	if (!path)
		return error_memory(err);
	if (!mkdtemp(path)) {
		error_system(err, errno, "cannot make folder '%s'", path);
		free(path);
		return -1;
	}
	*out = path;
	return 0;
}

static void print_title(struct invocation *in, const char *title)
{
	print(in, "\n");
	print_colored(in, COLOR_BOLD, "%s", title);
	print(in, "\n\n");
}

static void tell_what_was_done(struct invocation *in, size_t stored)
{
	print(in,
		"Half a year of mail between a designer in Stockholm and her four clients, judged and "
		"stored\nas the service does it, but without a network. Of %zu mails %zu were stored as "
		"evidence;\nthe other %zu concern no client and were passed over.\n",
		demo_letter_count, stored, demo_letter_count - stored);
}

static int show_message(struct invocation *in, uint64_t seq, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	int result = index_message(in->store->index, seq, &arena, &m, err);
	if (result > 0 && in->json) {
		struct json_line line;
		message_write_json(in, &m, json_item(&line));
		result = json_item_end(in, &line, err);
		indexed_message_finish(&m);
	} else if (result > 0) {
		result = message_show(in, &m, true, err);
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result < 0 ? -1 : 0;
}

static bool is_message(struct invocation *in, uint64_t seq)
{
	struct arena arena = {0};
	struct indexed_message m;
	bool found = index_message(in->store->index, seq, &arena, &m, NULL) == 1;
	if (found)
		indexed_message_finish(&m);
	arena_finish(&arena);
	return found;
}

/* The message behind the line that weighs most, the newest of such; 0: no line of one weighs
   anything. */
static uint64_t heaviest(struct invocation *in, const struct risk *risk)
{
	int most = 0;
	uint64_t seq = 0;
	for (size_t i = 0; i < risk->cause_count; i++) {
		const struct risk_cause *c = &risk->causes[i];
		if (c->tenths && c->tenths >= most && is_message(in, c->evidence)) {
			most = c->tenths;
			seq = c->evidence;
		}
	}
	return seq;
}

static int write_report(struct invocation *in, const char *folder, int64_t at_us, struct error *err)
{
	char *path = file_join(folder, "report.html");
	int result = path ? report_write_html(in, NULL, at_us, path, err) : error_memory(err);
	if (!result && !in->json) {
		print_title(in, "A report to hand on");
		print(in, "%s\n", path);
	}
	free(path);
	return result;
}

static void tell_what_next(struct invocation *in, const char *kept, struct str worst, uint64_t seq)
{
	const char *me = program_invocation_name;
	if (!kept) {
		print(in,
			"\nNothing is left behind. To look around in it yourself: %s demo --keep DIR\n",
			me);
		return;
	}
	print(in, "\nConfiguration, mail, archive and a report are in %s. Go on with\n\n", kept);
	const char *conf = "overstep.conf";
	print(in, "  %s --config %s/%s search sign:urgency\n", me, kept, conf);
	print(in, "  %s --config %s/%s search 'client:harbour period:outside'\n", me, kept, conf);
	print(in, "  %s --config %s/%s show %llu --why\n", me, kept, conf, (unsigned long long)seq);
	print(in, "  %s --config %s/%s risk %.*s --at 2026-03-31\n", me, kept, conf,
		STR_ARG(worst));
	print(in, "  %s --config %s/%s clients --at " DEMO_DAY "\n", me, kept, conf);
	print(in, "  %s --config %s/%s try 'I need this tonight, no excuses'\n", me, kept, conf);
	print(in, "\nMost figures fade with time: without --at they are today's.\n");
}

static int show_all(struct invocation *in, const char *kept, struct error *err)
{
	struct assessment *all;
	int64_t at_us;
	size_t stored, count;
	if (assess_time(in, DEMO_DAY, &at_us, err) < 0 ||
		demo_archive_fill(in, at_us, &stored, err) < 0 ||
		assess_all(in, at_us, ASSESS_ALL, &all, &count, err) < 0)
		return -1;
	struct str worst = all[0].client;
	uint64_t seq = heaviest(in, &all[0].risk);
	if (!in->json) {
		tell_what_was_done(in, stored);
		print_title(in, "The clients, as they stood on " DEMO_DAY);
	}
	int result = clients_print(in, at_us, err);
	if (!result && !in->json)
		print_title(in, "The message that weighs most, and why");
	if (!result)
		result = show_message(in, seq, err);
	if (!result && !in->json)
		print_title(in, "What makes the highest risk");
	if (!result)
		result = risk_print(in, worst, at_us, false, err);
	if (!result && kept)
		result = write_report(in, kept, at_us, err);
	if (!result && !in->json)
		tell_what_next(in, kept, worst, seq);
	assessments_free(all, count);
	return result;
}

/* For those who have a mail server to put it on. */
static int write_mailbox(const char *path, struct error *err)
{
	char *folder = NULL;
	if (make_kept(path, &folder, err) < 0)
		return -1;
	int result = demo_folder_write(folder, err);
	free(folder);
	return result;
}

static int run(struct invocation *in, struct error *err)
{
	const char *keep = option(in, "keep");
	char *folder = NULL;
	if (keep && has_option(in, "mailbox"))
		return error_set(
			err, ERROR_USAGE, "--keep and --mailbox together, expected one of them");
	if (has_option(in, "mailbox"))
		return write_mailbox(option(in, "mailbox"), err);
	int result = keep ? make_kept(keep, &folder, err) : make_temporary(&folder, err);
	if (result < 0)
		return -1;
	result = demo_folder_write(folder, err);
	if (!result)
		result = demo_archive_open(in, folder, DEMO_DAY, err);
	if (!result)
		result = show_all(in, keep ? folder : NULL, err);
	if (!keep) {
		/* the databases are closed before their folder goes */
		store_close(in->store);
		in->store = NULL;
		nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	}
	free(folder);
	return result;
}

static const struct command_option options[] = {
	{"keep", "DIR", "keep configuration, mail and archive in this new folder"},
	{"mailbox", "DIR", "write only configuration and mail, judge and show nothing"},
	{0},
};

const struct command command_demo = {
	.name = "demo",
	.usage = "[--keep DIR|--mailbox DIR]",
	.summary = "Show the whole thing on a bundled mailbox: no account, no network",
	.help = "  overstep demo\n"
		"  overstep demo --keep /tmp/demo\n\n"
		"People, clients and mails are invented. What is shown is worked out anew each time, by "
		"the\nsame code as the service's.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.run = run,
};
