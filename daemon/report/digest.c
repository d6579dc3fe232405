/* What a week brought, at the length of a mail: who is worse, what was said, what was not seen. */
#include "report/digest.h"

#include "base/utf8.h"
#include "model/record.h"
#include "report/coverage.h"
#include "report/words.h"

#define LINES_MOST 5  /* a client; the report has all */
#define WORDS_MOST 80 /* octets of what was said */

static bool counts(const struct incident_finding *f)
{
	return counts_against(f->status, f->consent, f->mark);
}

/* The gravest of those that count; NULL when none does. */
static const struct incident_finding *gravest(const struct incident *x)
{
	const struct incident_finding *worst = NULL;
	for (size_t i = 0; i < x->finding_count; i++)
		if (counts(&x->findings[i]) &&
			(!worst || x->findings[i].severity > worst->severity))
			worst = &x->findings[i];
	return worst;
}

static bool is_of_week(const struct digest *d, const struct incident *x)
{
	return x->direction == DIRECTION_IN && x->at.at_us >= d->from_us && gravest(x);
}

static void count_lane(
	const struct digest *d, const struct incident *all, size_t count, struct digest_client *out)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_of_week(d, &all[i]))
			continue;
		int severity = gravest(&all[i])->severity;
		out->messages++;
		out->worst = severity > out->worst ? severity : out->worst;
		for (size_t k = 0; k < all[i].finding_count; k++)
			out->findings += counts(&all[i].findings[k]);
	}
}

void digest_look(const struct digest *d, const struct report_client *c, struct digest_client *out)
{
	*out = (struct digest_client){.client = c};
	for (size_t i = 0; i < c->point_count; i++)
		if (c->points[i].day < d->first_day)
			out->tenths_before = c->points[i].tenths;
	out->band_before = band_of(out->tenths_before);
	count_lane(d, c->incidents, c->incident_count, out);
	count_lane(d, c->harmful, c->harmful_count, out);
	for (size_t i = 0; i < c->blind_spot_count; i++)
		out->unexamined += c->blind_spots[i].at.at_us >= d->from_us;
}

bool digest_is_news(const struct digest_client *c)
{
	return c->worst > 1 || c->band_before != c->client->risk.band || c->unexamined;
}

static bool is_unwatched(const struct digest *d)
{
	for (size_t i = 0; i < d->report->coverage_count; i++) {
		const struct coverage_line *line = &d->report->coverage[i];
		if (line->kind != COVERAGE_WATCHED && line->until.at_us >= d->from_us)
			return true;
	}
	return false;
}

bool digest_is_empty(const struct digest *d)
{
	struct digest_client c;
	for (size_t i = 0; i < d->report->client_count; i++) {
		digest_look(d, &d->report->clients[i], &c);
		if (digest_is_news(&c))
			return false;
	}
	return !is_unwatched(d);
}

void digest_subject(const struct digest *d, struct buf *out)
{
	const struct pen pen = {.out = out, .tongue = d->report->tongue};
	struct digest_client c;
	size_t findings = 0;
	for (size_t i = 0; i < d->report->client_count; i++) {
		digest_look(d, &d->report->clients[i], &c);
		findings += c.findings;
	}
	SAY(&pen, PHRASE_DIGEST_SUBJECT, fill_counted(PHRASE_FINDINGS, findings),
		fill_day(d->first_day));
}

/* A block of its own: an element, or lines. */
static void begin(const struct pen *pen, const char *element)
{
	if (pen->html)
		buf_add_format(pen->out, "<%s>", element);
}

static void end(const struct pen *pen, const char *element)
{
	if (pen->html)
		buf_add_format(pen->out, "</%s>", element);
	buf_add_char(pen->out, '\n');
}

/* What another has written, on one line and with nothing that a screen obeys. */
static void say_line(const struct pen *pen, struct str words)
{
	struct buf visible = {0};
	utf8_add_visible(&visible, str_slice(words, 0, utf8_cut(words, WORDS_MOST)), false);
	if (words.len > WORDS_MOST)
		buf_add_cstr(&visible, "\xe2\x80\xa6");
	pen->out->failed |= visible.failed;
	say_fill(pen, fill_text(buf_str(&visible)));
	buf_finish(&visible);
}

/* The client's words; of what was found over time the title, of a mere arrival its period. */
static void say_words(
	const struct pen *pen, const struct incident *x, const struct incident_finding *f)
{
	struct buf title = {0}, words = {0};
	bool of_clock = f->sign == SIGN_AFTER_HOURS && !f->rule_hash.ptr;
	struct str spoken = x->member_count ? (struct str){0}
		: !of_clock                 ? f->text
		: f->clock                  ? f->clock->asks
					    : (struct str){0};
	if (of_clock && x->has_period)
		say(&(const struct pen){.out = &title, .tongue = pen->tongue},
			phrase_of_period(x->period));
	else
		say_title(&(const struct pen){.out = &title, .tongue = pen->tongue}, f);
	say_line(&(const struct pen){.out = &words, .tongue = pen->tongue},
		spoken.len ? spoken : buf_str(&title));
	pen->out->failed |= title.failed || words.failed;
	if (spoken.len)
		SAY(pen, PHRASE_DIGEST_WORDS, fill_text(buf_str(&words)));
	else
		say_fill(pen, fill_text(buf_str(&words)));
	buf_finish(&title);
	buf_finish(&words);
}

static void say_incident(const struct pen *pen, const struct incident *x)
{
	const struct incident_finding *f = gravest(x);
	int64_t day = date_of_instant(x->at.at_us, x->at.offset_min);
	struct buf words = {0};
	const struct pen inner = {.out = &words, .tongue = pen->tongue};
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(x->evidence, name);
	say_words(&inner, x, f);
	pen->out->failed |= words.failed;
	buf_add_cstr(pen->out, pen->html ? "<li>" : "  ");
	SAY(pen, PHRASE_DIGEST_LINE, fill_phrase(phrase_of_weekday(date_weekday(day))),
		fill_time(x->at), fill_text(str_from(name)), fill_phrase(phrase_of_sign(f->sign)),
		fill_text(buf_str(&words)));
	end(pen, "li");
	buf_finish(&words);
}

static size_t say_lane(const struct digest *d, const struct pen *pen, const struct incident *all,
	size_t count, size_t room)
{
	size_t shown = 0;
	for (size_t i = 0; i < count && shown < room; i++)
		if (is_of_week(d, &all[i])) {
			say_incident(pen, &all[i]);
			shown++;
		}
	return shown;
}

static void say_incidents(
	const struct digest *d, const struct pen *pen, const struct digest_client *c)
{
	const struct report_client *client = c->client;
	struct buf command = {0};
	begin(pen, "ul");
	size_t shown = say_lane(d, pen, client->harmful, client->harmful_count, LINES_MOST);
	shown += say_lane(d, pen, client->incidents, client->incident_count, LINES_MOST - shown);
	if (c->messages > shown) {
		buf_add_format(&command, "overstep report --client %.*s", STR_ARG(client->id));
		buf_add_cstr(pen->out, pen->html ? "<li>" : "  ");
		SAY(pen, PHRASE_DIGEST_MORE, fill_count(c->messages - shown),
			fill_text(buf_str(&command)));
		end(pen, "li");
	}
	if (pen->html)
		end(pen, "ul");
	pen->out->failed |= command.failed;
	buf_finish(&command);
}

static void say_client(const struct digest *d, const struct pen *pen, const struct digest_client *c)
{
	begin(pen, "h2");
	say_line(pen, c->client->name);
	end(pen, "h2");
	begin(pen, "p");
	SAY(pen, PHRASE_DIGEST_FIGURE, fill_tenths(c->client->risk.tenths),
		fill_phrase(phrase_of_band(c->client->risk.band)), fill_tenths(c->tenths_before),
		fill_phrase(phrase_of_band(c->band_before)));
	if (c->findings) {
		buf_add_char(pen->out, ' ');
		SAY(pen, PHRASE_DIGEST_FOUND, fill_counted(PHRASE_FINDINGS, c->findings),
			fill_counted(PHRASE_MESSAGES, c->messages));
	}
	if (c->unexamined) {
		buf_add_char(pen->out, ' ');
		SAY(pen, PHRASE_DIGEST_UNEXAMINED, fill_count(c->unexamined));
	}
	end(pen, "p");
	if (c->messages)
		say_incidents(d, pen, c);
	if (!pen->html)
		buf_add_char(pen->out, '\n');
}

/* A paragraph of one phrase, with an empty line behind it where nothing else parts them. */
static void say_paragraph(const struct pen *pen, enum phrase p, const struct fill *fill)
{
	begin(pen, "p");
	say_with(pen, p, fill, fill ? 1 : 0);
	end(pen, "p");
	if (!pen->html)
		buf_add_char(pen->out, '\n');
}

static void say_clients(const struct digest *d, const struct pen *pen)
{
	size_t quiet = 0;
	struct digest_client c;
	for (size_t i = 0; i < d->report->client_count; i++) {
		digest_look(d, &d->report->clients[i], &c);
		if (digest_is_news(&c))
			say_client(d, pen, &c);
		else
			quiet++;
	}
	const struct fill others = fill_counted(PHRASE_CLIENTS, quiet);
	if (quiet)
		say_paragraph(pen, PHRASE_DIGEST_OTHERS, &others);
}

void digest_write(const struct digest *d, bool html, struct buf *out)
{
	const struct pen pen = {.out = out, .tongue = d->report->tongue, .html = html};
	if (html)
		buf_add_format(out,
			"<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"></head>"
			"<body>\n",
			tongue_codes[pen.tongue]);
	begin(&pen, "h1");
	SAY(&pen, PHRASE_DIGEST_TITLE, fill_day(d->first_day), fill_day(d->first_day + 6));
	end(&pen, "h1");
	if (!html)
		buf_add_char(out, '\n');
	say_clients(d, &pen);
	if (is_unwatched(d))
		say_paragraph(&pen, PHRASE_DIGEST_UNWATCHED, NULL);
	say_paragraph(&pen, PHRASE_DIGEST_MEANING, NULL);
	say_paragraph(&pen, PHRASE_DIGEST_COMMANDS, NULL);
	if (html)
		buf_add_cstr(out, "</body></html>\n");
}
