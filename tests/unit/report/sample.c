/* Messages written as rows, handed to a report as the index would hand them. */
#include "sample.h"

#include "base/clock.h"
#include "report/coverage.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct report_time time_of(const char *text)
{
	struct report_time t = {0};
	ck_assert(time_parse(str_from(text), &t.at_us, &t.offset_min));
	return t;
}

static struct finding finding_of(
	const struct sample_finding *f, struct str text, const struct moment *moment)
{
	struct finding x = {
		.rule = str_from(f->rule),
		.sign = f->sign,
		.severity = f->severity,
		.status = f->status,
		.unsure = f->unsure,
		.consent = str_from(f->consent),
		.captured = {.day_words = str_from(f->day_words),
			.has_day = f->day_words != NULL,
			.day = f->day_words ? moment->day : 0},
		.text = STR("arrived outside my hours"),
		.why = f->words ? STR("matched rule urgency/tonight: Wants it tonight")
				: STR("arrived Sat 22:41; asks to act before Mon 09:00"),
	};
	size_t at;
	if (!f->words)
		return x;
	ck_assert_msg(str_find(text, str_from(f->words), &at), "'%s' is not in the text", f->words);
	x.has_range = true;
	x.start = at;
	x.end = at + strlen(f->words);
	x.text = str_slice(text, x.start, x.end);
	return x;
}

static struct moment moment_of(struct report_time t)
{
	int64_t local_us = t.at_us + t.offset_min * MINUTE_US;
	struct moment m = {.day = local_us / DAY_US, .offset_min = t.offset_min};
	m.weekday = date_weekday(m.day);
	m.hour = (int)(local_us % DAY_US / HOUR_US);
	m.minute = (int)(local_us % HOUR_US / MINUTE_US);
	bool working = m.weekday < 5 && m.hour >= 9 && m.hour < 17;
	bool night = m.hour >= 22 || m.hour < 7;
	m.period = working       ? PERIOD_WORKING
		: m.weekday >= 5 ? PERIOD_WEEKEND
		: night          ? PERIOD_NIGHT
				 : PERIOD_OUTSIDE;
	m.properties = MOMENT_BIT(m.period) | (night ? MOMENT_BIT(PERIOD_NIGHT) : 0);
	snprintf(m.why, sizeof(m.why), "%s %02d:%02d in Europe/Stockholm", weekday_names[m.weekday],
		m.hour, m.minute);
	return m;
}

void sample_add(struct report_client *c, const struct sample_message *m)
{
	struct text text;
	struct judgement judgement;
	struct finding found[SAMPLE_FINDINGS];
	struct report_finding findings[SAMPLE_FINDINGS];
	size_t count = 0;
	struct error err = {0};
	struct report_message message = {
		.evidence = m->evidence,
		.direction = m->outgoing ? DIRECTION_OUT : DIRECTION_IN,
		.at = time_of(m->at),
		.clock_used = CLOCK_RECEIVED,
		.clock_agreed = !m->disputed,
		.from = str_from(m->from ? m->from : "Jane Doe <jane@acme.example>"),
		.subject = str_from(m->subject),
		.text = &text,
		.findings = findings,
	};
	text_init(&text);
	judgement_init(&judgement);
	ck_assert_int_eq(text_plain(&text, str_from(m->text ? m->text : "")), 0);
	judgement.examined = m->examined;
	judgement.has_mine = true;
	judgement.mine = moment_of(message.at);
	for (; count < SAMPLE_FINDINGS && m->findings[count].rule; count++) {
		found[count] = finding_of(&m->findings[count], text.bytes, &judgement.mine);
		findings[count] = (struct report_finding){.finding = &found[count],
			.mark = m->findings[count].mark,
			.note = str_from(m->findings[count].note)};
	}
	message.finding_count = count;
	const struct sample_finding sorry = {.rule = "apology/sorry", .words = m->apology};
	struct finding apology;
	if (m->apology) {
		apology = finding_of(&sorry, text.bytes, &judgement.mine);
		message.apology = &apology;
	}
	/* New York is six hours behind Stockholm in winter */
	int their_hour = judgement.mine.hour - 6;
	message.has_theirs = c->their_zone.ptr != NULL;
	message.their_hour = (their_hour + 24) % 24;
	message.their_weekday = (judgement.mine.weekday + 7 - (their_hour < 0)) % 7;
	message.judgement = m->never_judged ? NULL : &judgement;
	ck_assert_int_eq(sha256_of(text.bytes, &message.sum, &err), 0);
	ck_assert_int_eq(report_add_message(c, &message, &err), 0);
	judgement_finish(&judgement);
	text_finish(&text);
}

#define REPORT_DAY 20524 /* 2026-03-12 */

void sample_risk(struct report_client *c, const struct sample_cause *causes, enum band band)
{
	size_t count = 0;
	while (causes[count].day)
		count++;
	c->risk.causes = calloc(count + 1, sizeof(*c->risk.causes));
	ck_assert_ptr_nonnull(c->risk.causes);
	c->risk.cause_count = count;
	c->risk.band = band;
	for (size_t i = 0; i < count; i++) {
		struct date day;
		ck_assert(date_parse(str_from(causes[i].day), &day));
		c->risk.causes[i] = (struct risk_cause){
			.evidence = causes[i].evidence,
			.day = date_to_days(day),
			.at_us = date_to_days(day) * DAY_US,
			.rule = str_from(causes[i].rule),
			.sign = causes[i].sign,
			.severity = causes[i].severity,
			.tenths = causes[i].tenths,
			.weighing = {.fate = causes[i].fate,
				.age_days = REPORT_DAY - date_to_days(day),
				.allowed_days = 1},
			.why = str_from(causes[i].why),
		};
		c->risk.tenths += causes[i].tenths;
		c->risk.zero_count += !causes[i].tenths;
	}
}

void sample_hours(struct report_client *c)
{
	c->has_hours = true;
	for (int day = 0; day < 5; day++)
		for (int quarter = 9 * 4; quarter < 17 * 4; quarter++)
			c->working[day][quarter] = day == 4 || quarter / 4 != 12;
}

static const struct sample_message acme[] = {
	{.evidence = 4,
		.at = "2026-03-02T10:05:00+01:00",
		.subject = "Landing page",
		.text = "The draft looks good. Thank you for the quick work."},
	{.evidence = 6,
		.at = "2026-03-03T16:20:00+01:00",
		.subject = "Re: Landing page",
		.text = "Hi Anna,\n\nWhile you're at it, add a blog to the\nwebsite. It only takes "
			"five minutes. Best, Jane",
		.findings = {FOUND("scope-creep/add-on", SIGN_SCOPE_CREEP, 2, "While you're at it"),
			FOUND("unreasonable-demand/five-minutes", SIGN_UNREASONABLE_DEMAND, 2,
				"only takes five minutes")}},
	{.evidence = 8,
		.at = "2026-03-04T23:50:00+01:00",
		.outgoing = true,
		.from = "Anna <anna@studio.example>",
		.subject = "Re: Landing page",
		.text = "Please stop asking for whatever comes to your mind.",
		.findings = {FOUND("insult/whatever", SIGN_INSULT, 2, "whatever comes to")}},
	{.evidence = 7,
		.at = "2026-03-05T10:00:00+01:00",
		.subject = "Re: Landing page",
		.text = "I was wrong to add that. Sorry about the blog, forget it.",
		.apology = "Sorry about the blog"},
	{.evidence = 9,
		.at = "2026-03-07T22:41:00+01:00",
		.subject = "NOW",
		.text = "I need this tonight, no excuses. Answer your phone!",
		.disputed = true,
		.findings = {FOUND("urgency/tonight", SIGN_URGENCY, 3, "need this tonight",
				     .day_words = "tonight"),
			FOUND("urgency/no-excuses", SIGN_URGENCY, 2, "tonight, no excuses",
				.consent = "launch week, agreed in E-000003, until 2026-03-08"),
			FOUND("after-hours/demand", SIGN_AFTER_HOURS, 3, NULL)}},
	{.evidence = 10,
		.at = "2026-03-08T09:00:00+01:00",
		.outgoing = true,
		.from = "Anna <anna@studio.example>",
		.subject = "Re: NOW",
		.text = "My hours are Monday to Friday. The invoice of February is still open.",
		.findings = {FOUND(
			"late-payment/my-reminder", SIGN_LATE_PAYMENT, 1, "still open")}},
	{.evidence = 12,
		.at = "2026-03-09T11:15:00+01:00",
		.subject = "Reviews",
		.text = "Please write three reviews of us under other names. Nobody checks.",
		.findings = {FOUND("harmful-request/fake-review", SIGN_HARMFUL_REQUEST, 3,
			"reviews of us under other names")}},
	{.evidence = 13,
		.at = "2026-03-10T13:30:00+01:00",
		.subject = "Re: Reviews",
		.text = "You are useless. I will tell everyone about you unless you start today.",
		.findings = {FOUND("insult/useless", SIGN_INSULT, 4, "You are useless"),
			FOUND("threat/smear", SIGN_THREAT, 4, "I will tell everyone",
				.unsure = true),
			FOUND("urgency/trial", SIGN_URGENCY, 2, "start today",
				.status = RULE_SHADOW),
			FOUND("manipulation/unless", SIGN_MANIPULATION, 2, "unless",
				.mark = MARK_WRONG, .note = "a plain condition")}},
	{.evidence = 15,
		.at = "2026-03-11T08:12:00+01:00",
		.subject = "",
		.examined = EXAMINED_TOO_LARGE},
	{.evidence = 16, .at = "2026-03-11T08:15:00+01:00", .never_judged = true},
};

static const struct sample_cause acme_causes[] = {
	{"2026-03-03", 6, "scope-creep/add-on", SIGN_SCOPE_CREEP, 2, 0,
		"tolerated: the first day with this sign in the month", FATE_ALLOWED},
	{"2026-03-07", 9, "urgency/tonight", SIGN_URGENCY, 3, 75, "serious 8, 5 days old",
		FATE_COUNTS},
	{"2026-03-09", 12, "harmful-request/fake-review", SIGN_HARMFUL_REQUEST, 3, 0,
		"kept in a lane of its own, never part of the risk", FATE_OWN_LANE},
	{"2026-03-10", 13, "insult/useless", SIGN_INSULT, 4, 195, "grave 20, 2 days old",
		FATE_COUNTS},
	{"2026-03-10", 13, "threat/smear", SIGN_THREAT, 4, 0,
		"another finding of the same message counts", FATE_LESSER_OF_MESSAGE},
	{"2026-03-11", 14, "sequence/nagging", SIGN_URGENCY, 3, 79, "serious 8, 1 day old",
		FATE_COUNTS},
	{0},
};

static const struct sample_message bright[] = {
	{.evidence = 5,
		.at = "2026-03-02T14:00:00+01:00",
		.from = "Bo <bo@bright.example>",
		.subject = "Logo",
		.text = "No hurry at all."},
	{.evidence = 11,
		.at = "2026-03-08T20:00:00+01:00",
		.from = "Bo <bo@bright.example>",
		.subject = "Logo",
		.text = "No need to answer before Monday."},
};

/* The cause of record 14: two messages that are shown, and one that is not. */
static void add_nagging(struct report_client *c)
{
	const struct finding nagging = {
		.rule = STR("sequence/nagging"),
		.sign = SIGN_URGENCY,
		.severity = 3,
		.text = STR("3 messages in 3 d"),
		.why = STR("matched rule sequence/nagging: Nudges before I could answer (needs 3 "
			   "of urgency/* within 7 d without reply)"),
	};
	const struct report_member members[] = {
		{9, time_of("2026-03-07T22:41:00+01:00")},
		{13, time_of("2026-03-10T13:30:00+01:00")},
		{15, time_of("2026-03-11T08:12:00+01:00")},
	};
	const struct report_sequence sequence = {
		.evidence = 14,
		.at = members[2].at,
		.finding = {.finding = &nagging},
		.members = members,
		.member_count = 3,
	};
	struct error err = {0};
	ck_assert_int_eq(report_add_sequence(c, &sequence, &err), 0);
}

/* What a report is told of acme besides its messages. */
static void add_terms(struct report_client *c)
{
	struct error err = {0};
	c->their_zone = STR("America/New_York");
	for (int day = 0; day < 5; day++)
		for (int quarter = 9 * 4; quarter < 18 * 4; quarter++)
			c->their_working[day][quarter] = true;
	c->has_before = true;
	c->tenths_before = 92;
	ck_assert_int_eq(
		report_add_credit(c, CREDIT_APOLOGY, 7, time_of("2026-03-05T10:00:00+01:00"), &err),
		0);
}

static void add_client(struct report *r, const char *id, const char *name, enum trend trend,
	const struct sample_message *messages, size_t count, const struct sample_cause *causes,
	enum band band)
{
	struct report_client *c = report_add_client(r, str_from(id), str_from(name));
	ck_assert_ptr_nonnull(c);
	c->trend = trend;
	sample_hours(c);
	sample_risk(c, causes, band);
	c->recent_since_us = time_of("2026-03-05T18:00:00+01:00").at_us;
	c->outside_hours = 1;
	c->outside_messages = strcmp(id, "acme") ? 1 : 2; /* lines of one moment */
	if (!strcmp(id, "acme"))
		add_terms(c);
	for (size_t i = 0; i < count; i++)
		sample_add(c, &messages[i]);
	if (!strcmp(id, "acme"))
		add_nagging(c);
	struct error err = {0};
	ck_assert_int_eq(report_client_end(c, &err), 0);
}

void sample_report(struct report *r)
{
	static const struct sample_cause none[] = {{0}};
	static struct risk_point points[] = {{20500, 0}, {20507, 0}, {20514, 75}, {20524, 349}};
	static struct coverage_line lines[] = {
		{.kind = COVERAGE_WATCHED},
		{.kind = COVERAGE_AWAY,
			.account = {"studio", 6},
			.why = {"connection refused", 18},
			.evidence = 41},
		{.kind = COVERAGE_VANISHED,
			.account = {"studio", 6},
			.folder = {"INBOX", 5},
			.count = 2,
			.evidence = 43},
	};
	lines[0].from = time_of("2026-03-02T10:00:00+01:00");
	lines[0].until = lines[1].from = time_of("2026-03-10T02:00:00+01:00");
	lines[1].until = time_of("2026-03-10T04:10:00+01:00");
	lines[2].from = lines[2].until = time_of("2026-03-11T09:00:00+01:00");
	report_init(r);
	r->coverage = lines;
	r->coverage_count = sizeof(lines) / sizeof(lines[0]);
	r->as_of = time_of("2026-03-12T18:00:00+01:00");
	r->owner = STR("Anna");
	r->zone = STR("Europe/Stockholm");
	r->version = STR("0.0.0");
	r->overview = true;
	add_client(r, "acme", "Acme GmbH", TREND_RISING, acme, sizeof(acme) / sizeof(acme[0]),
		acme_causes, BAND_STRAINED);
	add_client(r, "bright", "bright", TREND_STEADY, bright, sizeof(bright) / sizeof(bright[0]),
		none, BAND_CALM);
	r->clients[0].incidents[3].octets = OCTETS_VERIFIED;
	r->clients[0].incidents[3].signer = STR("acme.example");
	r->clients[0].incidents[4].octets = OCTETS_ALTERED;
	r->clients[0].points = points;
	r->clients[0].point_count = sizeof(points) / sizeof(points[0]);
}

static void put(void *context, enum ink ink, struct str bytes)
{
	struct sample_output *out = context;
	buf_add_str(&out->bytes, bytes);
	out->colored |= ink != INK_PLAIN;
}

void sample_write(const struct report *r, const char *form, struct sample_output *out)
{
	struct error err = {0};
	const struct report_writer *writer = report_writer_find(form);
	const struct report_sink sink = {put, out};
	ck_assert_ptr_nonnull(writer);
	ck_assert_int_eq(writer->write(r, &sink, &err), 0);
	ck_assert(!out->bytes.failed);
}
