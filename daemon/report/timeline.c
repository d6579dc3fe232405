/* The timeline as one HTML file: every message when it came, its first words and its files. */
#include "report/timeline.h"

#include "base/html.h"
#include "base/utf8.h"
#include "html.h"
#include "wording.h"

/* About three lines of the page: enough to know the message again. */
#define FIRST_WORDS 320

static const char explanation[] =
	"This page is for reading: of each message it shows the first words that its sender wrote, in "
	"order of time by the clock named beside it. The evidence is in the files that it links to, "
	"and README.txt in the folder above tells how they are checked without trusting this page. "
	"What is supplied by the owner is no mail: the log shows that it was held when it was added, "
	"and the time is the owner's word. 'Agreement' is the owner's mark on a message. The page "
	"does not say what anybody meant, nor that a person rather than an address wrote a message. "
	"Messages that were not chosen, were deleted before they were fetched, or went through other "
	"channels are not here.";

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

static void add_masthead(struct buf *out, const struct timeline_page *t)
{
	size_t sent = 0, supplied = 0;
	for (size_t i = 0; i < t->count; i++) {
		sent += t->entries[i].kind == TIMELINE_SENT;
		supplied += t->entries[i].kind == TIMELINE_SUPPLIED;
	}
	buf_add_cstr(out, "<header>\n<p class=\"brand\">overstep timeline</p>\n<h1>");
	html_add(out, t->owner.len ? t->owner : STR("Messages"));
	buf_add_cstr(out, ": what was written, and when</h1>\n<p class=\"lede\">");
	add_count(out, t->count - supplied, "message", "messages");
	buf_add_cstr(out, ", ");
	add_count(out, sent, "of them sent by me", "of them sent by me");
	if (supplied) {
		buf_add_cstr(out, "; ");
		add_count(out, supplied, "file or note", "files and notes");
		buf_add_cstr(out, " supplied by the owner");
	}
	if (t->count) {
		buf_add_cstr(out, "; from ");
		add_date(out, t->entries[0].at);
		buf_add_cstr(out, " to ");
		add_date(out, t->entries[t->count - 1].at);
	}
	buf_add_cstr(out, ". Times are those of ");
	html_add(out, t->zone.len ? t->zone : STR("UTC"));
	buf_add_cstr(out, ".</p>\n<p class=\"soft small\">Chosen by: <code>");
	html_add(out, t->filter);
	buf_add_cstr(out, "</code></p>\n</header>\n");
}

static void add_link(struct buf *out, struct str path, const char *words)
{
	if (!path.len)
		return;
	buf_add_cstr(out, " \xc2\xb7 <a href=\"");
	html_add(out, path);
	buf_add_format(out, "\">%s</a>", words);
}

static void add_proof(struct buf *out, const struct timeline_entry *e)
{
	static const struct sha256 none;
	char sum[SHA256_HEX_SIZE];
	bool supplied = e->kind == TIMELINE_SUPPLIED;
	buf_add_cstr(out, "<p class=\"proof\">Evidence <span class=\"mono\">");
	const struct pen pen = {.out = out, .tongue = TONGUE_EN, .html = true};
	html_evidence(&pen, e->evidence);
	buf_add_cstr(out, "</span> \xc2\xb7 clock: ");
	if (supplied)
		buf_add_cstr(out, "as stated by the owner");
	else
		say(&pen, phrase_of_clock(e->clock_used, e->clock_agreed));
	add_link(out, e->file, e->redacted ? "redacted copy" : supplied ? "file" : "message");
	add_link(out, e->record, "record");
	if (!sha256_eq(&e->sum, &none)) {
		sha256_hex(&e->sum, sum);
		buf_add_format(out, " \xc2\xb7 SHA-256 <span class=\"mono sum\">%s</span>", sum);
	}
	buf_add_cstr(out, "</p>");
}

static void add_title(struct buf *out, const struct timeline_entry *e)
{
	bool supplied = e->kind == TIMELINE_SUPPLIED;
	buf_add_cstr(out, "<p class=\"soft small\"><bdi>");
	html_add(out, supplied ? STR("Supplied by the owner") : e->from);
	buf_add_cstr(out, "</bdi>: <bdi>");
	html_add(out, e->subject.len ? e->subject : supplied ? STR("note") : STR("(no subject)"));
	buf_add_cstr(out, "</bdi></p>");
}

static void add_entry(struct buf *out, const struct timeline_entry *e)
{
	static const char *const kinds[] = {
		[TIMELINE_RECEIVED] = "received",
		[TIMELINE_SENT] = "sent",
		[TIMELINE_SUPPLIED] = "supplied by the owner",
	};
	static const char *const classes[] = {
		[TIMELINE_RECEIVED] = "received",
		[TIMELINE_SENT] = "sent",
		[TIMELINE_SUPPLIED] = "supplied",
	};
	buf_add_format(out, "<li class=\"%s\" id=\"e%llu\"><p class=\"when\">", classes[e->kind],
		(unsigned long long)e->evidence);
	html_moment(&(const struct pen){.out = out, .tongue = TONGUE_EN, .html = true}, e->at);
	buf_add_format(out, "<span>%s</span>", kinds[e->kind]);
	if (e->redacted)
		buf_add_cstr(out, "<span>words covered</span>");
	if (e->agreement.len) {
		buf_add_cstr(out, "<span class=\"agreement\">agreement: ");
		html_add(out, e->agreement);
		buf_add_cstr(out, "</span>");
	}
	buf_add_cstr(out, "</p>");
	add_title(out, e);
	if (e->words.len) {
		/* whose language it is nobody knows; the reader's browser finds the direction */
		buf_add_cstr(out, "<blockquote lang=\"\" dir=\"auto\">");
		html_add(out, e->words);
		buf_add_cstr(out, e->cut ? "\xe2\x80\xa6</blockquote>" : "</blockquote>");
	}
	add_proof(out, e);
	buf_add_cstr(out, "</li>\n");
}

int timeline_write(const struct timeline_page *t, struct buf *out, struct error *err)
{
	const struct pen pen = {.out = out, .tongue = TONGUE_EN, .html = true};
	if (html_head(&pen, t->version, err) < 0)
		return -1;
	html_add(out, t->owner.len ? t->owner : STR("Messages"));
	buf_add_cstr(out, ": timeline");
	html_head_end(&pen);
	add_masthead(out, t);
	buf_add_cstr(out, "<main>\n<ol class=\"incidents timeline\">\n");
	for (size_t i = 0; i < t->count; i++)
		add_entry(out, &t->entries[i]);
	buf_add_format(out,
		"</ol>\n</main>\n<footer>\n<section><h2>What this page is</h2><p>%s</p></section>\n"
		"</footer>\n</body>\n</html>\n",
		explanation);
	return out->failed ? error_memory(err) : 0;
}
