/* overstep report: what was written and when, with its causes and proofs, for people to read. */
#include "app/rulebook.h"
#include "app/store.h"
#include "assess.h"
#include "config/config.h"
#include "report_make.h"
#include "rule_proposals.h"
#include <string.h>

/* Pieces of one ink go out together, so that a colour is not begun anew with every word. */
struct screen {
	struct invocation *in;
	enum ink ink;
	struct buf pending;
};

static void screen_flush(struct screen *screen)
{
	static const enum color colors[INK_COUNT] = {
		[INK_PLAIN] = COLOR_PLAIN,
		[INK_DIM] = COLOR_DIM,
		[INK_BOLD] = COLOR_BOLD,
		[INK_CALM] = COLOR_GREEN,
		[INK_WARN] = COLOR_YELLOW,
		[INK_BAD] = COLOR_RED,
	};
	if (screen->ink == INK_PLAIN)
		print_str(screen->in, buf_str(&screen->pending));
	else
		print_colored(screen->in, colors[screen->ink], "%s", buf_cstr(&screen->pending));
	buf_clear(&screen->pending);
}

static void put(void *context, enum ink ink, struct str bytes)
{
	struct screen *screen = context;
	if (ink != screen->ink)
		screen_flush(screen);
	screen->ink = ink;
	buf_add_str(&screen->pending, bytes);
}

static int write_screen(
	struct invocation *in, const struct report *r, const char *form, struct error *err)
{
	struct screen screen = {.in = in};
	const struct report_sink sink = {put, &screen};
	int result = report_writer_find(form)->write(r, &sink, err);
	if (!result && screen.pending.failed)
		result = error_memory(err);
	if (!result)
		screen_flush(&screen);
	buf_finish(&screen.pending);
	return result;
}

/* The forms that go to a file each have an option of their name. */
static const char *const file_forms[] = {"html", "csv"};
#define FILE_FORMS (sizeof(file_forms) / sizeof(file_forms[0]))

static bool goes_to_output(const struct invocation *in)
{
	for (size_t i = 0; i < FILE_FORMS; i++)
		if (option(in, file_forms[i]) && !strcmp(option(in, file_forms[i]), "-"))
			return true;
	return in->json;
}

static int write_files(
	struct invocation *in, const struct report *r, size_t *written, struct error *err)
{
	*written = 0;
	for (size_t i = 0; i < FILE_FORMS; i++) {
		const char *path = option(in, file_forms[i]);
		if (!path)
			continue;
		if (report_save(in, r, file_forms[i], path, err) < 0)
			return -1;
		/* what is the output's is nothing else's */
		if (strcmp(path, "-") && !goes_to_output(in))
			print(in, "written to '%s'\n", path);
		++*written;
	}
	return 0;
}

/* For the owner alone: what is written to files is shown to others. */
static int show_proposals(struct invocation *in, struct error *err)
{
	struct rule_proposals proposals;
	int result = rule_proposals_look(in, in->store->index, &proposals, err);
	if (!result)
		rule_proposals_show(in, &proposals, "\nDoubtful rule: ");
	rule_proposals_finish(&proposals);
	return result;
}

static int show(struct invocation *in, const struct report *r, struct error *err)
{
	size_t written;
	if (write_files(in, r, &written, err) < 0)
		return -1;
	if (written)
		return 0;
	if (!in->json && !r->client_count)
		fputs("no clients: name them in 'clients' of the configuration\n", stderr);
	else if (write_screen(in, r, in->json ? "json" : "text", err) < 0 ||
		(!in->json && r->overview && show_proposals(in, err) < 0))
		return -1;
	return r->client_count ? 0 : 1;
}

static int run(struct invocation *in, struct error *err)
{
	struct report r;
	enum tongue tongue;
	int64_t at_us;
	bool page = option(in, "html") && !option(in, "csv");
	if (report_tongue(in, &tongue, err) < 0 ||
		assess_time(in, option(in, "at"), &at_us, err) < 0 ||
		report_make(in, option(in, "client"), at_us, tongue, page, &r, err) < 0)
		return -1;
	r.all = has_option(in, "all");
	r.now = has_option(in, "now");
	r.for_others = has_option(in, "for-others");
	int result = show(in, &r, err);
	report_finish(&r);
	return result;
}

static const struct command_option options[] = {
	{"client", "C", "this client alone: nothing of another is in it"},
	{"html", "FILE",
		"write a page that stands alone, without script or request; - is the output"},
	{"csv", "FILE", "write a row for each finding"},
	{"lang", "L", "in English (en), Swedish (sv) or French (fr); else in me.language"},
	{"all", NULL, "as text: with every finding at 0 points, not their number alone"},
	{"at", "TIME", "as it was at that day or time, without what came later"},
	{"now", NULL, "with what the three days of sleeping on a decision hold back"},
	{"for-others", NULL, "without what is for you alone: what to try, to settle and to say"},
	{0},
};

const struct command command_report = {
	.name = "report",
	.usage = "[--client C] [--html FILE] [--csv FILE] [--lang L] [--all] [--at TIME] "
		 "[--now] [--for-others]",
	.summary = "Report on all clients or one: figures, causes, incidents and proofs",
	.help = "  overstep report\n"
		"  overstep report --client acme --html acme.html\n"
		"  overstep report --client acme --at 2026-03-31 --html - > march.html\n\n"
		"Files are readable by you alone. With --json an object a client.\n\n"
		"Of a client who is strained it tells what was tried and what became of it; at the "
		"decision what is to\nbe settled, what to say and the letter that confirms it, but only "
		"three days after that band was\nentered, or with --now. A grave insult, threat or "
		"manipulation needs no waiting.",
	.needs = NEEDS_ARCHIVE,
	.options = options,
	.most = 0,
	.run = run,
};
