/* The words that every form of the report shares: neutral, and never more than is known. */
#include "wording.h"

#include "base/clock.h"

const char *const wording_bands =
	"The figure runs from 0 to 100: calm below 10, watch below 30, strained below 60, decide "
	"from 60. Every finding fades with time, each line below is rounded to a tenth, and the "
	"lines add up to the figure.";

const char *const wording_limits =
	"This report is the freelancer's own. It shows that words in archived messages matched "
	"rules, and when the messages arrived by the clock named beside each. It does not show what "
	"anyone meant, nor that a person rather than an address wrote a message. Rules err: a match "
	"is a reason to read the message, not a verdict, and messages that matched nothing can still "
	"matter. Whoever holds the archive could rewrite it as a whole; only what others hold, such "
	"as a time stamp, an earlier checkpoint or a domain's signature, speaks against that, and "
	"this page contains none of them. Messages that were deleted before they were fetched, or "
	"that went through other channels, are not here. What was not examined is listed as such.";

const char *const wording_checking =
	"Each incident names its record in the archive and the SHA-256 of the message as it was "
	"stored. 'overstep show ID --raw | sha256sum' must give the same figure, and 'overstep export "
	"--client ID --out DIR' writes the messages with their records for somebody who has only "
	"sha256sum and openssl.";

const char *const wording_timeline =
	"This page is for reading: of each message it shows the first words that its sender wrote, in "
	"order of time by the clock named beside it. The evidence is in the files that it links to, "
	"and README.txt in the folder above tells how they are checked without trusting this page. "
	"What is supplied by the owner is no mail: the log shows that it was held when it was added, "
	"and the time is the owner's word. 'Agreement' is the owner's mark on a message. The page "
	"does not say what anybody meant, nor that a person rather than an address wrote a message. "
	"Messages that were not chosen, were deleted before they were fetched, or went through other "
	"channels are not here.";

const char *const wording_harmful =
	"Requests to do something wrong to others. They are kept apart and are no part of the "
	"figure, whatever the tone.";

const char *const wording_coverage_title = "Whether anything was missed";
const char *const wording_coverage_none =
	"Nothing is recorded of when mailboxes were watched: these messages were imported, or the "
	"service has not run for long.";

const char *const wording_heat =
	"Incoming messages by weekday and hour of arrival. The outline is the working hours that "
	"hold for this client.";
const char *const wording_heat_no_hours = "Incoming messages by weekday and hour of arrival.";

const char *sign_title(enum sign s)
{
	static const char *const titles[SIGN_FIRST_MARKER] = {
		[SIGN_INSULT] = "Insult",
		[SIGN_THREAT] = "Threat",
		[SIGN_MANIPULATION] = "Manipulation",
		[SIGN_URGENCY] = "Urgency",
		[SIGN_SCOPE_CREEP] = "Scope creep",
		[SIGN_UNREASONABLE_DEMAND] = "Unreasonable demand",
		[SIGN_UNPAID_WORK] = "Unpaid work",
		[SIGN_LATE_PAYMENT] = "Late payment",
		[SIGN_HARMFUL_REQUEST] = "Harmful request",
		[SIGN_INDECISION] = "Indecision",
		[SIGN_AFTER_HOURS] = "After hours",
		[SIGN_UNSTEADY_WORK] = "Unsteady work",
	};
	return s < SIGN_FIRST_MARKER ? titles[s] : sign_name(s);
}

const char *clock_words(enum clock_kind used, bool agreed)
{
	static const char *const words[][2] = {
		[CLOCK_RECEIVED] = {"received, disputed by another clock", "received, agreed"},
		[CLOCK_INTERNAL] = {"the server's, disputed by another clock",
			"the server's, agreed"},
		[CLOCK_DATE] = {"the sender's Date, disputed", "the sender's Date, agreed"},
		[CLOCK_SEEN] = {"when it was fetched, disputed", "when it was fetched"},
	};
	return words[used][agreed];
}

const char *dating_words(bool absence)
{
	return absence ? "dated when the time was up" : "dated as its last message";
}

const char *mark_words(enum mark m)
{
	static const char *const words[MARK_COUNT] = {
		[MARK_WRONG] = "marked wrong by the freelancer: the rule erred",
		[MARK_AGREED] = "marked agreed by the freelancer: consented to beforehand",
		[MARK_RIGHT] = "confirmed by the freelancer",
	};
	return words[m];
}

struct str reason_words(const struct incident_finding *f)
{
	const struct str before = STR("matched rule ");
	struct str why = f->why, name = f->rule;
	if (!str_starts(why, before) || !str_starts(str_slice(why, before.len, why.len), name))
		return why;
	struct str rest = str_slice(why, before.len + name.len, why.len);
	return str_starts(rest, STR(": ")) ? str_slice(rest, 2, rest.len) : why;
}

const char *weekday_of(struct report_time t)
{
	int64_t local_us = t.at_us + t.offset_min * MINUTE_US;
	return weekday_names[date_weekday(local_us / DAY_US - (local_us % DAY_US < 0))];
}

static void add_clock(struct buf *out, struct report_time t, char *text)
{
	time_format(t.at_us, t.offset_min, t.zulu, text);
	/* "2026-03-12T21:40:00+01:00" up to the minutes */
	buf_add(out, text, 10);
	buf_add_char(out, ' ');
	buf_add(out, text + 11, 5);
}

void add_time(struct buf *out, struct report_time t)
{
	char text[TIME_TEXT_SIZE];
	add_clock(out, t, text);
}

void add_time_zone(struct buf *out, struct report_time t)
{
	char text[TIME_TEXT_SIZE];
	add_clock(out, t, text);
	buf_add_format(out, " %s", text + 19);
}

void add_date(struct buf *out, struct report_time t)
{
	char text[TIME_TEXT_SIZE];
	time_format(t.at_us, t.offset_min, t.zulu, text);
	buf_add(out, text, 10);
}

void add_day(struct buf *out, int64_t day)
{
	struct date d = date_from_days(day);
	buf_add_format(out, "%04d-%02d-%02d", d.year, d.month, d.day);
}

void add_tenths(struct buf *out, int64_t tenths)
{
	buf_add_format(out, "%lld.%lld", (long long)tenths / 10, (long long)tenths % 10);
}

unsigned percent(uint64_t part, uint64_t whole)
{
	return whole ? (unsigned)((part * 200 + whole) / (whole * 2)) : 0;
}

static void add_grouped(struct buf *out, uint64_t n)
{
	if (n >= 1000) {
		add_grouped(out, n / 1000);
		buf_add_format(out, ",%03u", (unsigned)(n % 1000));
	} else {
		buf_add_format(out, "%u", (unsigned)n);
	}
}

void add_count(struct buf *out, uint64_t count, const char *one, const char *many)
{
	add_grouped(out, count);
	buf_add_format(out, " %s", count == 1 ? one : many);
}

void report_sum(const struct report *r, struct report_sums *out)
{
	*out = (struct report_sums){0};
	for (size_t i = 0; i < r->client_count; i++) {
		out->messages += r->clients[i].messages;
		out->findings += r->clients[i].finding_sum;
		out->unexamined += r->clients[i].blind_spot_count;
	}
}

int64_t causes_sum(const struct risk *risk, size_t *counting)
{
	int64_t sum = 0;
	*counting = 0;
	for (size_t i = 0; i < risk->cause_count; i++) {
		sum += risk->causes[i].tenths;
		*counting += risk->causes[i].tenths != 0;
	}
	return sum;
}
