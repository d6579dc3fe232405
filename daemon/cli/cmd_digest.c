/* overstep digest: what a week brought, to read, as a mail in a file, or on its way to me. */
#include "app/outgoing.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "assess.h"
#include "base/clock.h"
#include "base/file.h"
#include "config/config.h"
#include "message/compose.h"
#include "message/message_parse.h"
#include "report/digest.h"
#include "report_make.h"
#include "worktime/worktime.h"
#include "worktime/zone.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the archive's folder: the first day of the week that was sent last. */
#define SENT_FILE "digest-sent"
#define SENT_MOST 64

/* The week, and what goes with it. */
struct weekly {
	struct arena arena;
	struct report report;
	struct digest digest;
	char day[sizeof("2026-03-02")];
};

static int64_t midnight_us(const struct zone *zone, int64_t day)
{
	struct date d = date_from_days(day);
	int64_t instants[2];
	zone_instants(zone, d.year, d.month, d.day, 0, 0, instants);
	return instants[0];
}

/* The last whole week, Monday to Sunday in my zone, before that instant. */
static int make(struct invocation *in, int64_t at_us, enum tongue tongue, struct weekly *w,
	struct error *err)
{
	const struct zone *zone = worktime_zone(in->book->mine);
	int64_t today = assess_day(in, at_us), monday = today - date_weekday(today);
	struct date first = date_from_days(monday - 7);
	if (report_make(in, NULL, midnight_us(zone, monday) - SECOND_US, tongue, false, &w->report,
		    err) < 0)
		return -1;
	w->digest = (struct digest){
		.report = &w->report,
		.from_us = midnight_us(zone, monday - 7),
		.first_day = monday - 7,
	};
	snprintf(w->day, sizeof(w->day), "%04u-%02u-%02u", (unsigned)first.year % 10000u,
		(unsigned)first.month % 100u, (unsigned)first.day % 100u);
	return 0;
}

static int print_words(struct invocation *in, const struct weekly *w, struct error *err)
{
	struct buf words = {0};
	digest_write(&w->digest, false, &words);
	int result = words.failed ? error_memory(err) : 0;
	if (!result)
		print_str(in, buf_str(&words));
	buf_finish(&words);
	return result;
}

static int print_json(struct invocation *in, const struct weekly *w, struct error *err)
{
	struct digest_client c;
	char at[TIME_TEXT_SIZE];
	int result = 0;
	for (size_t i = 0; i < w->report.client_count && !result; i++) {
		struct json_line line;
		digest_look(&w->digest, &w->report.clients[i], &c);
		if (!digest_is_news(&c))
			continue;
		struct json_writer *j = json_item(&line);
		json_str(j, "client", c.client->id);
		json_str(j, "name", c.client->name);
		format_time(in, w->digest.from_us, at);
		json_cstr(j, "from", at);
		format_time(in, w->report.as_of.at_us, at);
		json_cstr(j, "until", at);
		json_tenths(j, "risk", c.client->risk.tenths);
		json_cstr(j, "band", band_name(c.client->risk.band));
		json_tenths(j, "risk_before", c.tenths_before);
		json_cstr(j, "band_before", band_name(c.band_before));
		json_int(j, "messages", (int64_t)c.messages);
		json_int(j, "findings", (int64_t)c.findings);
		json_int(j, "not_examined", (int64_t)c.unexamined);
		result = json_item_end(in, &line, err);
	}
	return result;
}

/* One week from one address is one mail, however often it is sent. */
static int write_draft(const struct invocation *in, struct weekly *w, struct buf *words,
	struct buf *page, struct draft *out, struct error *err)
{
	const struct config *config = in->book->config;
	struct str from = config->smtp.stated ? config->smtp.from : config->me.addresses.items[0];
	struct buf subject = {0};
	digest_subject(&w->digest, &subject);
	digest_write(&w->digest, false, words);
	digest_write(&w->digest, true, page);
	*out = (struct draft){
		.from = from,
		.from_name = STR("overstep"),
		.to = &config->digest_to,
		.subject = arena_str(&w->arena, buf_str(&subject)),
		.message_id = arena_format(&w->arena, "digest.%s.%.*s", w->day, STR_ARG(from)),
		.at_us = w->report.as_of.at_us + SECOND_US,
		.offset_min = w->report.as_of.offset_min,
		.text = buf_str(words),
		.html = buf_str(page),
		.automatic = true,
	};
	bool full = subject.failed || words->failed || page->failed || !out->subject.ptr ||
		!out->message_id.ptr;
	buf_finish(&subject);
	return full ? error_memory(err) : 0;
}

static int save(
	struct invocation *in, const struct draft *draft, const char *path, struct error *err)
{
	struct buf octets = {0};
	message_library_start();
	int result = message_compose(draft, &octets, err);
	if (!result && !strcmp(path, "-"))
		print_str(in, buf_str(&octets));
	else if (!result)
		result = file_write_atomic(path, buf_str(&octets), S_IRUSR | S_IWUSR, err);
	buf_finish(&octets);
	return result;
}

/* The first day of the latest week that was sent; empty: none was. */
static int read_sent(const char *path, struct buf *out, struct error *err)
{
	struct error why = {0};
	if (file_read(path, SENT_MOST, out, &why) == 0 || why.kind == ERROR_NOT_FOUND)
		return 0;
	*err = why;
	return -1;
}

/* What could not be noted would be sent again and again: whether it can be is tried first. */
static int send_draft(struct invocation *in, const struct draft *draft, const char *path,
	struct str last, struct str noted, struct error *err)
{
	const struct config *config = in->book->config;
	const mode_t mode = S_IRUSR | S_IWUSR;
	if (file_write_atomic(path, last, mode, err) < 0 ||
		outgoing_send_apart(config, draft, err) < 0 ||
		file_write_atomic(path, noted, mode, err) < 0)
		return -1;
	for (size_t i = 0; i < config->digest_to.count; i++)
		print(in, "sent to %.*s\n", STR_ARG(config->digest_to.items[i]));
	return 0;
}

static int send_once(
	struct invocation *in, const struct weekly *w, const struct draft *draft, struct error *err)
{
	char *path = file_join(in->book->config->archive.ptr, SENT_FILE);
	struct buf last = {0};
	int result = path ? read_sent(path, &last, err) : error_memory(err);
	int order = str_cmp(str_trim(buf_str(&last)), str_from(w->day));
	if (!result && order >= 0 && !has_option(in, "again"))
		fprintf(stderr,
			order ? "a later week than that from %s was sent already (--again sends "
				"that, too)\n"
			      : "the week from %s was sent already (--again sends it once more)\n",
			w->day);
	else if (!result)
		result = send_draft(in, draft, path, buf_str(&last),
			order < 0 ? str_from(w->day) : buf_str(&last), err);
	buf_finish(&last);
	free(path);
	return result;
}

static int deliver(struct invocation *in, struct weekly *w, struct error *err)
{
	const char *path = option(in, "out");
	struct buf words = {0}, page = {0};
	struct draft draft;
	int result = write_draft(in, w, &words, &page, &draft, err);
	if (!result)
		result = path ? save(in, &draft, path, err) : send_once(in, w, &draft, err);
	buf_finish(&words);
	buf_finish(&page);
	return result;
}

static int show(struct invocation *in, struct weekly *w, struct error *err)
{
	bool goes_out = has_option(in, "send") || has_option(in, "out");
	if (digest_is_empty(&w->digest)) {
		if (!goes_out && !in->json)
			print(in, "nothing new in the week from %s\n", w->day);
		return 1;
	}
	if (goes_out)
		return deliver(in, w, err);
	return in->json ? print_json(in, w, err) : print_words(in, w, err);
}

static int run(struct invocation *in, struct error *err)
{
	struct weekly w = {0};
	int64_t at_us;
	enum tongue tongue;
	if (has_option(in, "send") && has_option(in, "out"))
		return error_set(
			err, ERROR_USAGE, "--send and --out together, expected one of them");
	if (has_option(in, "send") && !in->book->config->smtp.stated)
		return error_set(err, ERROR_CONFIG,
			"no mail can be sent: expected 'smtp' with the server in the configuration "
			"(--out FILE writes the mail to a file)");
	if (report_tongue(in, &tongue, err) < 0 ||
		assess_time(in, option(in, "at"), &at_us, err) < 0)
		return -1;
	report_init(&w.report);
	int result = make(in, at_us, tongue, &w, err);
	if (!result)
		result = show(in, &w, err);
	report_finish(&w.report);
	arena_finish(&w.arena);
	return result;
}

static const struct command_option options[] = {
	{"send", NULL, "mail it to 'digest.mail_to' by the server of 'smtp', each week once"},
	{"again", NULL, "with --send: even if that week was sent"},
	{"out", "FILE", "write the mail to a file instead; - is the output"},
	{"at", "TIME", "the last whole week before that day or time"},
	{"lang", "L", "in English (en), Swedish (sv) or French (fr); else in me.language"},
	{0},
};

const struct command command_digest = {
	.name = "digest",
	.usage = "[--send|--out FILE] [--again] [--at TIME] [--lang L]",
	.summary = "Tell what the last whole week brought; mail it",
	.help = "A week goes from Monday to Sunday in my zone. In it are clients with a finding above "
		"a note, with\nanother band than the week before, or with a message that could not be "
		"examined. When there are\nnone and the mailboxes were watched throughout, nothing is "
		"written or sent.\n\n"
		"  overstep digest\n"
		"  overstep digest --at 2026-03-02 --out week.eml\n"
		"  systemctl --user enable --now overstep-digest.timer    # mails it each Monday\n\n"
		"The mail leaves this machine with the words that matched: its subject has counts alone, "
		"and it goes\nto me.addresses' first unless 'digest.mail_to' says otherwise. Ends with 1 "
		"when there is nothing.",
	.needs = NEEDS_ARCHIVE,
	.options = options,
	.most = 0,
	.run = run,
};
