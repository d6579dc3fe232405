/* Makes mails (RFC 5322) of the letters of the sample mailbox. */
#include "demo_mailbox.h"

#include "base/html.h"
#include <assert.h>
#include <string.h>

#define DELIVERY_US (4 * SECOND_US) /* from the writer's mail program to my server */
#define BOUNDARY "=_a-part-of-the-demo"

static const char table[] = "item,day\r\nfirst proof,2026-03-02\r\nsecond proof,2026-03-16\r\n";

static const struct demo_letter *find_letter(const char *name)
{
	for (size_t i = 0; i < demo_letter_count; i++)
		if (!strcmp(demo_letters[i].name, name))
			return &demo_letters[i];
	return NULL;
}

bool demo_letter_is_mine(const struct demo_letter *l)
{
	return l->from == ADA;
}

struct sending {
	int64_t at_us;
	int offset_min;
	struct date day; /* as the writer's wall clock shows it */
	int weekday;
	int hour, minute;
};

static struct sending sending_of(const struct demo_letter *l)
{
	struct sending s;
	bool valid = time_parse(str_from(l->sent), &s.at_us, &s.offset_min);
	assert(valid);
	(void)valid;
	int64_t local_us = s.at_us + s.offset_min * MINUTE_US;
	int64_t days = local_us / DAY_US;
	s.day = date_from_days(days);
	s.weekday = date_weekday(days);
	s.hour = (int)(local_us % DAY_US / HOUR_US);
	s.minute = (int)(local_us % HOUR_US / MINUTE_US);
	return s;
}

int64_t demo_letter_at_us(const struct demo_letter *l)
{
	return sending_of(l).at_us + (demo_letter_is_mine(l) ? 0 : DELIVERY_US);
}

static void add_date(const struct demo_letter *l, int64_t later_us, struct buf *out)
{
	char text[TIME_TEXT_SIZE];
	struct sending s = sending_of(l);
	time_format_mail(s.at_us + later_us, s.offset_min, text);
	buf_add_cstr(out, text);
}

static const char *domain_of(const struct demo_letter *l)
{
	return strchr(demo_people[l->from].address, '@') + 1;
}

static void add_person(enum demo_person person, struct buf *out)
{
	const struct demo_person_facts *facts = &demo_people[person];
	buf_add_format(out, "%s <%s>", facts->name, facts->address);
}

static void add_message_id(const struct demo_letter *l, struct buf *out)
{
	struct sending s = sending_of(l);
	buf_add_format(out, "<%04d%02d%02d.%s@%s>", s.day.year, s.day.month, s.day.day, l->name,
		domain_of(l));
}

static bool is_ascii(const char *s)
{
	while (*s && (unsigned char)*s < 0x80)
		s++;
	return !*s;
}

/* One encoded word (RFC 2047, Q) for the whole subject: ours are short enough for one line. */
static void add_subject_words(const char *words, struct buf *out)
{
	if (is_ascii(words)) {
		buf_add_cstr(out, words);
		return;
	}
	buf_add_cstr(out, "=?UTF-8?Q?");
	for (const char *c = words; *c; c++) {
		bool bare = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
		if (*c == ' ')
			buf_add_char(out, '_');
		else if (bare)
			buf_add_char(out, *c);
		else
			buf_add_format(out, "=%02X", (unsigned)(unsigned char)*c);
	}
	buf_add_cstr(out, "?=");
}

static void add_subject(const struct demo_letter *l, struct buf *out)
{
	const char *prefix = "";
	while (!l->subject) {
		prefix = demo_people[l->from].language == DEMO_SWEDISH ? "Sv: " : "Re: ";
		l = find_letter(l->answers);
	}
	buf_add_format(out, "Subject: %s", prefix);
	add_subject_words(l->subject, out);
	buf_add_cstr(out, "\r\n");
}

/* The letters that led to this one, oldest first. */
static void add_references(const struct demo_letter *l, struct buf *out)
{
	if (!l->answers)
		return;
	const struct demo_letter *answered = find_letter(l->answers);
	add_references(answered, out);
	buf_add_cstr(out, "\r\n ");
	add_message_id(answered, out);
}

static void add_headers(const struct demo_letter *l, struct buf *out)
{
	if (!demo_letter_is_mine(l)) {
		buf_add_format(out,
			"Received: from mail.%s (mail.%s [192.0.2.25])\r\n\tby mx.studio.example "
			"with ESMTPS; ",
			domain_of(l), domain_of(l));
		add_date(l, DELIVERY_US, out);
		buf_add_cstr(out, "\r\n");
	}
	buf_add_cstr(out, "Date: ");
	add_date(l, 0, out);
	buf_add_cstr(out, "\r\nFrom: ");
	add_person(l->from, out);
	buf_add_cstr(out, "\r\nTo: ");
	add_person(l->to, out);
	if (l->cc) {
		buf_add_cstr(out, "\r\nCc: ");
		add_person(l->cc, out);
	}
	buf_add_cstr(out, "\r\n");
	add_subject(l, out);
	buf_add_cstr(out, "Message-ID: ");
	add_message_id(l, out);
	if (l->answers) {
		buf_add_cstr(out, "\r\nIn-Reply-To: ");
		add_message_id(find_letter(l->answers), out);
		buf_add_cstr(out, "\r\nReferences:");
		add_references(l, out);
	}
	buf_add_cstr(out, "\r\n");
	struct str rest = str_from(l->headers), line;
	while (str_line(&rest, &line)) {
		buf_add_str(out, line);
		buf_add_cstr(out, "\r\n");
	}
	buf_add_cstr(out, "MIME-Version: 1.0\r\n");
}

/* The line over a quotation, as the writer's mail program words it. */
static void add_attribution(
	const struct demo_letter *l, const struct demo_letter *quoted, struct buf *out)
{
	static const char *const swedish_days[] = {
		"mån", "tis", "ons", "tors", "fre", "lör", "sön"};
	static const char *const swedish_months[] = {"jan.", "feb.", "mars", "apr.", "maj", "juni"};
	static const char *const french_days[] = {
		"lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."};
	static const char *const french_months[] = {
		"janv.", "févr.", "mars", "avr.", "mai", "juin"};
	static const char *const english_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun"};
	const struct demo_person_facts *writer = &demo_people[quoted->from];
	struct sending s = sending_of(quoted);
	int month = s.day.month - 1;
	switch (demo_people[l->from].language) {
	case DEMO_ENGLISH:
		buf_add_format(out,
			"On %s, %d %s %d at %02d:%02d, %s <%s> wrote:", weekday_names[s.weekday],
			s.day.day, english_months[month], s.day.year, s.hour, s.minute,
			writer->name, writer->address);
		break;
	case DEMO_SWEDISH:
		buf_add_format(out,
			"Den %s %d %s %d kl %02d:%02d skrev %s <%s>:", swedish_days[s.weekday],
			s.day.day, swedish_months[month], s.day.year, s.hour, s.minute,
			writer->name, writer->address);
		break;
	case DEMO_FRENCH:
		buf_add_format(out,
			"Le %s %d %s %d à %02d:%02d, %s <%s> a écrit :", french_days[s.weekday],
			s.day.day, french_months[month], s.day.year, s.hour, s.minute, writer->name,
			writer->address);
		break;
	}
}

/* Each line with a mark before it. */
static void add_lines(const char *text, const char *mark, struct buf *out)
{
	struct str rest = str_from(text), line;
	while (str_line(&rest, &line)) {
		buf_add_cstr(out, mark);
		buf_add_str(out, line);
		buf_add_cstr(out, "\r\n");
	}
}

static void add_plain(const struct demo_letter *l, struct buf *out)
{
	const char *signature = demo_people[l->from].signature;
	buf_add_cstr(out,
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: 8bit\r\n\r\n");
	add_lines(l->text, "", out);
	if (signature) {
		buf_add_cstr(out, "\r\n-- \r\n");
		add_lines(signature, "", out);
	}
	if (l->answers) {
		const struct demo_letter *quoted = find_letter(l->answers);
		buf_add_cstr(out, "\r\n");
		add_attribution(l, quoted, out);
		buf_add_cstr(out, "\r\n");
		add_lines(quoted->text, "> ", out);
	}
}

static void add_paragraphs(const char *text, struct buf *out)
{
	struct str rest = str_from(text), line;
	while (str_line(&rest, &line)) {
		if (!line.len)
			continue;
		buf_add_cstr(out, "<p>");
		html_add(out, line);
		buf_add_cstr(out, "</p>\n");
	}
}

/* RFC 2045, 6.7: at most 76 characters a line. */
static void add_quoted_printable(struct str text, struct buf *out)
{
	size_t column = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c == '\n') {
			buf_add_cstr(out, "\r\n");
			column = 0;
			continue;
		}
		if (column > 72) {
			buf_add_cstr(out, "=\r\n");
			column = 0;
		}
		bool before_end = i + 1 == text.len || text.ptr[i + 1] == '\n';
		bool bare = c > ' ' && c <= '~' && c != '=';
		if (bare || (c == ' ' && !before_end))
			buf_add_char(out, (char)c);
		else
			buf_add_format(out, "=%02X", c);
		column += bare || c == ' ' ? 1 : 3;
	}
}

static void add_html(const struct demo_letter *l, struct buf *out)
{
	struct buf page = {0}, attribution = {0};
	buf_add_cstr(&page, "<html><body>\n");
	add_paragraphs(l->text, &page);
	if (l->answers) {
		const struct demo_letter *quoted = find_letter(l->answers);
		add_attribution(l, quoted, &attribution);
		buf_add_cstr(&page, "<div class=\"gmail_quote\"><div class=\"gmail_attr\">");
		html_add(&page, buf_str(&attribution));
		buf_add_cstr(&page, "</div>\n<blockquote class=\"gmail_quote\">\n");
		add_paragraphs(quoted->text, &page);
		buf_add_cstr(&page, "</blockquote></div>\n");
	}
	buf_add_cstr(&page, "</body></html>\n");
	buf_add_cstr(out,
		"Content-Type: text/html; charset=utf-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	add_quoted_printable(buf_str(&page), out);
	out->failed |= page.failed || attribution.failed;
	buf_finish(&page);
	buf_finish(&attribution);
}

static void add_attachment(const struct demo_letter *l, struct buf *out)
{
	buf_add_format(out,
		"Content-Type: text/csv; charset=us-ascii\r\n"
		"Content-Disposition: attachment; filename=\"%s.csv\"\r\n\r\n%s",
		l->name, table);
}

static void add_two_parts(const struct demo_letter *l, const char *type,
	void (*second)(const struct demo_letter *, struct buf *), struct buf *out)
{
	buf_add_format(out,
		"Content-Type: multipart/%s; boundary=\"" BOUNDARY "\"\r\n\r\n--" BOUNDARY "\r\n",
		type);
	add_plain(l, out);
	buf_add_cstr(out, "\r\n--" BOUNDARY "\r\n");
	second(l, out);
	buf_add_cstr(out, "\r\n--" BOUNDARY "--\r\n");
}

void demo_letter_write(const struct demo_letter *l, struct buf *octets)
{
	add_headers(l, octets);
	switch (l->form) {
	case LETTER_PLAIN:
		add_plain(l, octets);
		break;
	case LETTER_HTML:
		add_html(l, octets);
		break;
	case LETTER_ALTERNATIVE:
		add_two_parts(l, "alternative", add_html, octets);
		break;
	case LETTER_ATTACHED:
		add_two_parts(l, "mixed", add_attachment, octets);
		break;
	}
}
