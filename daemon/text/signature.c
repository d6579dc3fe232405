/* Finds signatures: "-- ", list footers, "Sent from my iPhone", legal notices, a last ruler. */
#include "signature.h"

#include "language.h"
#include "words.h"
#include <limits.h>

#define MOBILE_BYTES 160
#define MOBILE_WORDS 14
#define SIGNATURE_LINES 30 /* not empty; longer is a text of its own below a separator */
#define FOOTER_LINES 10
#define NOTICE_BYTES 100    /* a legal notice is never shorter */
#define PROSE_WORDS 5       /* with a full stop behind them, */
#define PROSE_WORDS_LONG 10 /* or without */

/* One of them, or a device, stands in every line that a mailer adds about itself. Some languages
   put an ending to them: "iPhonesta". */
static const char *const products[] = {"iphone", "ipad", "ipod", "android", "galaxy", "samsung",
	"blackberry", "huawei", "xiaomi", "redmi", "oneplus", "pixel", "nokia", "xperia", "windows",
	"surface", "outlook", "gmail", "yahoo", "proton", "thunderbird", "k-9", "spark", "sparrow",
	"airmail", "mailspring", "bluemail", "typeapp", "gmx", "web.de", "aquamail", "tuta", NULL};

static const char *const links[] = {"http", NULL};

/* Typed below a signature all the same. */
static const char *const afterthoughts[] = {"ps", "p.s", "p.s.", "p.p.s.", NULL};

/* The new lines [start, end) between two that are not. */
struct segment {
	struct lines *l;
	size_t start, end;
	size_t words_end; /* behind it there are rulers at most, which a quote below may take */
};

static void tag(struct lines *l, size_t start, size_t end, enum span_kind kind, bool unsure)
{
	for (size_t i = start; i < end; i++) {
		l->items[i].kind = kind;
		l->items[i].unsure = unsure || (kind == SPAN_NEW && l->items[i].unsure);
	}
}

/* The line without the brackets and marks that mailers and Markdown put in it. */
static struct str without_brackets(struct str line, char out[MOBILE_BYTES])
{
	static const bool dropped[UCHAR_MAX + 1] = {['['] = true,
		[']'] = true,
		['('] = true,
		[')'] = true,
		['<'] = true,
		['>'] = true,
		['*'] = true,
		['_'] = true,
		['"'] = true};
	size_t len = 0;
	for (size_t at = 0; at < line.len && len < MOBILE_BYTES; at++)
		if (!dropped[(unsigned char)line.ptr[at]])
			out[len++] = line.ptr[at];
	return str_trim((struct str){out, len});
}

/* What stands behind its first sentence or comma is an excuse, if anything does. */
static bool only_excuses_behind(struct str line)
{
	size_t stop;
	if (!str_find(line, STR(". "), &stop) && !str_find(line, STR(", "), &stop) &&
		!str_find(line, STR("! "), &stop))
		return true;
	struct str more = str_slice(line, stop + 1, line.len);
	const struct word_starts starts = words_starts(more);
	return LANGUAGES_HAVE(more, &starts, excuses);
}

static bool names_device(struct str line)
{
	const struct word_starts starts = words_starts(line);
	bool named = words_begin_any(line, &starts, products) ||
		LANGUAGES_HAVE(line, &starts, devices) || words_begin_any(line, &starts, links);
	if (named && LANGUAGES_ANY(line, mobiles, words_start_any))
		return true;
	if (LANGUAGES_ANY(line, mobile_ended_starts, words_start_any))
		return LANGUAGES_ANY(line, mobile_ends, words_end_any);
	return words_count(line) <= 4 && words_end_any(line, language_en.mobile_ends);
}

/* "Sent from my iPhone", at most with an excuse for its typing errors. */
static bool is_mobile(struct str line)
{
	char bytes[MOBILE_BYTES];
	if (line.len > MOBILE_BYTES)
		return false;
	struct str plain = without_brackets(line, bytes);
	size_t words = words_count(plain);
	if (words < 2 || words > MOBILE_WORDS)
		return false;
	return names_device(plain) && only_excuses_behind(plain);
}

static bool has_contact(struct str line)
{
	return words_have_address(line) || str_find(line, STR("://"), &(size_t){0}) ||
		words_have(line, "www", NULL);
}

/* Words without digits: no fingerprints, numbers, addresses of houses. */
static size_t plain_words(struct str line)
{
	size_t count = 0;
	struct str word;
	while (str_split(&line, ' ', &word)) {
		bool plain = word.len > 0;
		for (size_t at = 0; at < word.len; at++)
			plain = plain && !(word.ptr[at] >= '0' && word.ptr[at] <= '9');
		count += plain;
	}
	return count;
}

/* A sentence, where a signature has names, titles and numbers. */
static bool is_prose(struct str line)
{
	bool ends =
		str_ends(line, STR(".")) || str_ends(line, STR("!")) || str_ends(line, STR("?"));
	bool enough = plain_words(line) >= (ends ? PROSE_WORDS : PROSE_WORDS_LONG);
	return enough && !has_contact(line) && !is_mobile(line);
}

static bool any_new_above(const struct segment *s, size_t i)
{
	while (i-- > 0)
		if (s->l->items[i].kind != SPAN_SIGNATURE && !line_blank(s->l, i))
			return true;
	return false;
}

struct block {
	size_t lines; /* not empty */
	bool prose;
	bool contact;
	size_t end; /* where a "PS" begins, or the segment ends */
};

static struct block block_read(const struct segment *s, size_t i)
{
	struct block b = {.end = s->end};
	/* One more line than any signature has decides it. */
	for (; i < s->words_end && b.lines <= SIGNATURE_LINES; i++) {
		struct str line = line_words(s->l, i);
		if (words_start_any(line, afterthoughts)) {
			b.end = i;
			break;
		}
		b.lines += line.len > 0;
		b.prose = b.prose || is_prose(line);
		b.contact = b.contact || has_contact(line);
	}
	return b;
}

static bool quoted_above(const struct segment *s, size_t i)
{
	while (i > 0 && line_blank(s->l, i - 1))
		i--;
	return i > 0 && s->l->items[i - 1].kind == SPAN_QUOTED;
}

enum separator { NO_SEPARATOR, SEPARATOR_PROPER, SEPARATOR_DASHES, SEPARATOR_UNDERSCORES };

static enum separator separator_at(const struct lines *l, size_t i)
{
	struct str words = line_words(l, i);
	if (str_eq(line_source(l, i), STR("-- "))) /* RFC 3676, section 4.3 */
		return SEPARATOR_PROPER;
	if (str_eq(words, STR("--")))
		return SEPARATOR_DASHES;
	bool underscores =
		str_starts(words, STR("__")) && words_ruler(words) && words_inside(words).len == 0;
	return underscores ? SEPARATOR_UNDERSCORES : NO_SEPARATOR;
}

/* Only the proper separator speaks for itself; the others want a body that looks it. */
static bool is_signature(const struct segment *s, size_t i, enum separator sep, struct block b)
{
	if (sep == SEPARATOR_PROPER)
		return b.lines <= SIGNATURE_LINES && any_new_above(s, i);
	if (sep == SEPARATOR_DASHES)
		return b.lines <= SIGNATURE_LINES && any_new_above(s, i) && !b.prose;
	return !b.prose; /* a list's footer may be all there is */
}

static bool tag_separated(struct segment *s, size_t i)
{
	enum separator sep = separator_at(s->l, i);
	if (sep == NO_SEPARATOR)
		return false;
	struct block b = block_read(s, i + 1);
	/* Underscores between paragraphs are common: nothing is said of what is no footer. */
	if (sep == SEPARATOR_UNDERSCORES &&
		(b.lines > FOOTER_LINES || !(b.contact || quoted_above(s, i))))
		return false;
	bool signature = is_signature(s, i, sep, b);
	tag(s->l, i, b.end, signature ? SPAN_SIGNATURE : SPAN_NEW, !signature);
	tag(s->l, b.end, s->end, SPAN_NEW, true);
	s->end = i;
	return true;
}

/* At an edge of its paragraph: nothing above it, or nothing below but a ruler. */
static bool at_edge(const struct segment *s, size_t i)
{
	const struct lines *l = s->l;
	return i == s->start || i + 1 == s->end || line_blank(l, i - 1) || line_blank(l, i + 1) ||
		l->items[i - 1].kind == SPAN_SIGNATURE || words_ruler(line_words(l, i + 1)) ||
		is_mobile(line_words(l, i + 1));
}

/* What comes below a mobile signature is often the quote without any mark. */
static void tag_mobiles(struct segment *s)
{
	bool below = false;
	for (size_t i = s->start; i < s->end; i++) {
		struct line *line = &s->l->items[i];
		if (is_mobile(line_words(s->l, i)) && at_edge(s, i)) {
			line->kind = SPAN_SIGNATURE;
			below = true;
		} else if (below) {
			line->unsure = true;
		}
	}
}

static bool is_notice(const struct lines *l, size_t start, size_t end)
{
	if (l->items[end - 1].end - l->items[start].start < NOTICE_BYTES)
		return false;
	struct str paragraph = str_slice(
		buf_str(&l->folded), l->items[start].folded_start, l->items[end - 1].folded_end);
	const struct word_starts starts = words_starts(paragraph);
	for (const struct language *const *lang = languages; *lang; lang++) {
		size_t addressees = words_have_how_many(paragraph, &starts, (*lang)->addressees);
		if (addressees > 1 ||
			(addressees && words_have_how_many(paragraph, &starts, (*lang)->secrets)))
			return true;
	}
	return false;
}

/* Legal notices, below the first paragraph. */
static void tag_notices(struct segment *s)
{
	struct lines *l = s->l;
	bool first = true;
	for (size_t i = line_next(l, s->start); i < s->end; i = line_next(l, i)) {
		size_t start = i;
		while (i < s->end && !line_blank(l, i))
			i++;
		if (!first && is_notice(l, start, i))
			tag(l, start, i, SPAN_SIGNATURE, false);
		first = false;
	}
}

/* A ruler with nothing below it separates a signature that is not there. */
static void tag_last_rulers(struct segment *s)
{
	size_t i = s->end;
	while (i > s->start &&
		(line_blank(s->l, i - 1) || words_ruler(line_words(s->l, i - 1)) ||
			s->l->items[i - 1].kind == SPAN_SIGNATURE))
		i--;
	if (i > s->start)
		tag(s->l, i, s->end, SPAN_SIGNATURE, false);
}

static void tag_segment(struct lines *l, size_t start, size_t end)
{
	struct segment s = {l, start, end, end};
	while (s.words_end > start &&
		(line_blank(l, s.words_end - 1) || words_ruler(line_words(l, s.words_end - 1))))
		s.words_end--;
	for (size_t i = start; i < s.end; i++)
		if (tag_separated(&s, i))
			break;
	tag_mobiles(&s);
	tag_notices(&s);
	tag_last_rulers(&s);
}

void signature_tag(struct lines *l)
{
	for (size_t i = 0; i < l->count;) {
		size_t start = i;
		while (i < l->count && l->items[i].kind == SPAN_NEW)
			i++;
		if (i > start)
			tag_segment(l, start, i);
		else
			i++;
	}
}
