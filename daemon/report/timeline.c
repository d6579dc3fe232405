/* The timeline as one HTML file: every message when it came, its first words and its files. */
#include "report/timeline.h"

#include "base/html.h"
#include "base/utf8.h"
#include "html.h"

/* About three lines of the page: enough to know the message again. */
#define FIRST_WORDS 320

int timeline_order(const void *left, const void *right)
{
	const struct timeline_entry *a = left, *b = right;
	if (a->at.at_us != b->at.at_us)
		return a->at.at_us < b->at.at_us ? -1 : 1;
	return (a->evidence > b->evidence) - (a->evidence < b->evidence);
}

bool timeline_words(struct str text, struct buf *out)
{
	size_t at = 0, shown = 0;
	int32_t c;
	bool gap = false;
	while (at < text.len) {
		size_t start = at;
		c = utf8_next(text, &at);
		if (utf8_is_space(c)) {
			gap = shown > 0;
			if (shown < FIRST_WORDS)
				continue;
			return str_trim(str_slice(text, start, text.len)).len > 0;
		}
		if (gap)
			buf_add_char(out, ' ');
		buf_add_str(out, str_slice(text, start, at));
		gap = false;
		/* one endless word ends somewhere too */
		if (++shown >= 2 * (size_t)FIRST_WORDS)
			return at < text.len;
	}
	return false;
}

/* Whose page it is; nobody's: what is on it. */
static struct fill owner_of(const struct timeline_page *t)
{
	return t->owner.len ? fill_text(t->owner) : fill_phrase(PHRASE_MESSAGES_TITLE);
}

static void add_lede(const struct pen *p, const struct timeline_page *t)
{
	size_t sent = 0, supplied = 0;
	for (size_t i = 0; i < t->count; i++) {
		sent += t->entries[i].kind == TIMELINE_SENT;
		supplied += t->entries[i].kind == TIMELINE_SUPPLIED;
	}
	SAY(p, PHRASE_MESSAGES, fill_count(t->count - supplied));
	buf_add_cstr(p->out, ", ");
	SAY(p, PHRASE_TIMELINE_SENT_COUNTED, fill_count(sent));
	if (supplied) {
		buf_add_cstr(p->out, ", ");
		SAY(p, PHRASE_TIMELINE_SUPPLIED_COUNTED, fill_count(supplied));
	}
	if (t->count) {
		buf_add_cstr(p->out, ", ");
		SAY(p, PHRASE_TIMELINE_SPAN, fill_date(t->entries[0].at),
			fill_date(t->entries[t->count - 1].at));
	}
	buf_add_cstr(p->out, ". ");
	SAY(p, PHRASE_TIMELINE_ZONE, fill_text(t->zone.len ? t->zone : STR("UTC")));
}

static void add_masthead(const struct pen *p, const struct timeline_page *t)
{
	buf_add_cstr(p->out, "<header>\n");
	html_element(p, "p", "brand", PHRASE_TIMELINE);
	buf_add_cstr(p->out, "\n<h1>");
	SAY(p, PHRASE_TIMELINE_HEADING, owner_of(t));
	buf_add_cstr(p->out, "</h1>\n<p class=\"lede\">");
	add_lede(p, t);
	buf_add_cstr(p->out, "</p>\n<p class=\"soft small\">");
	say(p, PHRASE_TIMELINE_CHOSEN);
	buf_add_cstr(p->out, " <code>");
	html_add(p->out, t->filter);
	buf_add_cstr(p->out, "</code></p>\n</header>\n");
}

static void add_link(const struct pen *p, struct str path, enum phrase words)
{
	if (!path.len)
		return;
	buf_add_cstr(p->out, " \xc2\xb7 <a href=\"");
	html_add(p->out, path);
	buf_add_cstr(p->out, "\">");
	say(p, words);
	buf_add_cstr(p->out, "</a>");
}

static void add_proof(const struct pen *p, const struct timeline_entry *e)
{
	static const struct sha256 none;
	char sum[SHA256_HEX_SIZE];
	bool supplied = e->kind == TIMELINE_SUPPLIED;
	html_open(p, "p", "proof");
	say(p, PHRASE_EVIDENCE);
	buf_add_cstr(p->out, " <span class=\"mono\">");
	html_evidence(p, e->evidence);
	buf_add_cstr(p->out, "</span> \xc2\xb7 ");
	SAY(p, PHRASE_CLOCK,
		fill_phrase(supplied ? PHRASE_TIMELINE_CLOCK_STATED
				     : phrase_of_clock(e->clock_used, e->clock_agreed)));
	html_export(p, e->exported, e->differs);
	add_link(p, e->file,
		e->redacted        ? PHRASE_TIMELINE_COPY
			: supplied ? PHRASE_TIMELINE_FILE
				   : PHRASE_TIMELINE_MESSAGE);
	add_link(p, e->record, PHRASE_TIMELINE_RECORD);
	if (!sha256_eq(&e->sum, &none)) {
		sha256_hex(&e->sum, sum);
		buf_add_format(p->out, " \xc2\xb7 SHA-256 <span class=\"mono sum\">%s</span>", sum);
	}
	html_close(p, "p");
}

static void add_title(const struct pen *p, const struct timeline_entry *e)
{
	bool supplied = e->kind == TIMELINE_SUPPLIED;
	buf_add_cstr(p->out, "<p class=\"soft small\"><bdi>");
	say_fill(p, supplied ? fill_phrase(PHRASE_SUPPLIED) : fill_text(e->from));
	buf_add_cstr(p->out, "</bdi>");
	say_mark(p, ':');
	buf_add_cstr(p->out, "<bdi>");
	say_fill(p,
		e->subject.len ? fill_text(e->subject)
			       : fill_phrase(supplied ? PHRASE_A_NOTE : PHRASE_NO_SUBJECT));
	buf_add_cstr(p->out, "</bdi></p>");
}

static void add_when(const struct pen *p, const struct timeline_entry *e)
{
	html_open(p, "p", "when");
	html_moment(p, e->at);
	html_element(p, "span", NULL, PHRASE_TIMELINE_RECEIVED + (enum phrase)e->kind);
	if (e->redacted)
		html_element(p, "span", NULL, PHRASE_TIMELINE_COVERED);
	if (e->agreement.len) {
		html_open(p, "span", "agreement");
		SAY(p, PHRASE_TIMELINE_AGREEMENT, fill_text(e->agreement));
		html_close(p, "span");
	}
	html_close(p, "p");
}

static void add_entry(const struct pen *p, const struct timeline_entry *e)
{
	static const char *const classes[] = {
		[TIMELINE_RECEIVED] = "received",
		[TIMELINE_SENT] = "sent",
		[TIMELINE_SUPPLIED] = "supplied",
	};
	buf_add_format(p->out, "<li class=\"%s\" id=\"e%llu\">", classes[e->kind],
		(unsigned long long)e->evidence);
	add_when(p, e);
	add_title(p, e);
	if (e->words.len) {
		/* whose language it is nobody knows; the reader's browser finds the direction */
		buf_add_cstr(p->out, "<blockquote lang=\"\" dir=\"auto\">");
		html_add(p->out, e->words);
		buf_add_cstr(p->out, e->cut ? "\xe2\x80\xa6</blockquote>" : "</blockquote>");
	}
	add_proof(p, e);
	buf_add_cstr(p->out, "</li>\n");
}

int timeline_write(const struct timeline_page *t, struct buf *out, struct error *err)
{
	const struct pen pen = {.out = out, .tongue = t->tongue, .html = true};
	if (html_head(&pen, t->version, err) < 0)
		return -1;
	SAY(&pen, PHRASE_TIMELINE_TITLE, owner_of(t));
	html_head_end(&pen);
	add_masthead(&pen, t);
	buf_add_cstr(out, "<main>\n<ol class=\"incidents timeline\">\n");
	for (size_t i = 0; i < t->count; i++)
		add_entry(&pen, &t->entries[i]);
	buf_add_cstr(out, "</ol>\n</main>\n<footer>\n<section>");
	html_element(&pen, "h2", NULL, PHRASE_TIMELINE_MEANING_TITLE);
	html_element(&pen, "p", NULL, PHRASE_TIMELINE_MEANING);
	buf_add_cstr(out, "</section>\n</footer>\n</body>\n</html>\n");
	return out->failed ? error_memory(err) : 0;
}
