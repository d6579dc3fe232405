/* Finds where sentences and paragraphs begin, as people write them in mail: hard-wrapped lines,
 * lists, abbreviations, sloppy capitals. */
#include "sentence.h"
#include "base/array.h"
#include "day_words.h"
#include <stdlib.h>
#include <string.h>

#define ABBREVIATION_BYTES 6
/* Words that a full stop belongs to. Those that may end a sentence do so before a capital. */
static const struct {
	const char *word;
	bool may_end;
} abbreviations[] = {
	{"approx", false},
	{"bl.a", false},
	{"bzw", false},
	{"ca", false},
	{"cf", false},
	{"d.v.s", false},
	{"dr", false},
	{"dvs", false},
	{"e.g", false},
	{"eg", false},
	{"etc", true},
	{"ex", false},
	{"excl", false},
	{"exkl", false},
	{"fr.o.m", false},
	{"i.e", false},
	{"ie", false},
	{"incl", false},
	{"inkl", false},
	{"kl", false},
	{"m.fl", true},
	{"m.m", true},
	{"mlle", false},
	{"mme", false},
	{"mr", false},
	{"mrs", false},
	{"ms", false},
	{"nr", false},
	{"o.s.v", true},
	{"osv", true},
	{"p.ex", false},
	{"prof", false},
	{"resp", false},
	{"s.k", false},
	{"st", false},
	{"t.ex", false},
	{"t.o.m", false},
	{"tel", false},
	{"vs", false},
	{"z.b", false},
};

void breaks_finish(struct breaks *b)
{
	free(b->at);
	*b = (struct breaks){0};
}

void breaks_clear(struct breaks *b)
{
	b->count = 0;
}

static int breaks_add(struct breaks *b, size_t at)
{
	if (at == 0 || (b->count > 0 && b->at[b->count - 1] >= at))
		return 0;
	if (array_room(&b->at, b->count, &b->cap, sizeof(*b->at)) < 0)
		return -1;
	b->at[b->count++] = at;
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_ascii_letter(char c)
{
	return is_capital(c) || (c >= 'a' && c <= 'z');
}

static size_t skip_blanks(struct str s, size_t at)
{
	while (at < s.len && is_blank(s.ptr[at]))
		at++;
	return at;
}

static size_t skip_space(struct str s, size_t at)
{
	while (at < s.len && (is_blank(s.ptr[at]) || s.ptr[at] == '\n'))
		at++;
	return at;
}

/* Quotation marks and brackets that close behind a full stop. */
static size_t skip_closers(struct str s, size_t at)
{
	for (;;) {
		struct str rest = str_slice(s, at, s.len);
		if (str_starts(rest, STR("\xE2\x80\x9D")))
			at += 3;
		else if (str_starts(rest, STR("\xC2\xBB")))
			at += 2;
		else if (rest.len > 0 && memchr(")]\"'*_", rest.ptr[0], 6))
			at++;
		else
			return at;
	}
}

/* "- item", "* item", "2. item", "2) item", at the beginning of a line. */
static bool is_list_item(struct str s, size_t at)
{
	size_t digits = at;
	while (digits < s.len && is_digit(s.ptr[digits]))
		digits++;
	if (digits > at && digits - at <= 3)
		return digits + 1 < s.len && (s.ptr[digits] == '.' || s.ptr[digits] == ')') &&
			is_blank(s.ptr[digits + 1]);
	if (str_starts(str_slice(s, at, s.len), STR("\xE2\x80\xA2")))
		return true;
	return at + 1 < s.len && (s.ptr[at] == '-' || s.ptr[at] == '*' || s.ptr[at] == '+') &&
		is_blank(s.ptr[at + 1]);
}

/* The word that ends at `end`, with the dots inside it. */
static struct str word_before(struct str s, size_t end)
{
	size_t start = end;
	while (start > 0 && !is_blank(s.ptr[start - 1]) && s.ptr[start - 1] != '\n' &&
		s.ptr[start - 1] != '(' && s.ptr[start - 1] != '"')
		start--;
	return str_slice(s, start, end);
}

static bool is_list_number(struct str s, struct str word)
{
	size_t start = (size_t)(word.ptr - s.ptr);
	return word.len > 0 && word.len <= 3 && is_digit(word.ptr[0]) &&
		is_digit(word.ptr[word.len - 1]) && (start == 0 || s.ptr[start - 1] == '\n');
}

/* Does the one full stop at `dot` end a sentence that would go on at `next`? */
static bool full_stop_ends(struct str s, size_t dot, size_t next)
{
	struct str word = word_before(s, dot);
	bool capital = next < s.len && is_capital(s.ptr[next]);
	if (word.len == 1 && is_ascii_letter(word.ptr[0]))
		return false; /* an initial */
	if (str_eq_nocase(word, STR("no")) && next < s.len && is_digit(s.ptr[next]))
		return false; /* number, not a refusal */
	if (is_list_number(s, word))
		return false;
	if (word.len > 0 && word.len <= 2 && is_digit(word.ptr[0]) &&
		day_month_begins(str_slice(s, next, s.len)))
		return false; /* the 14. März */
	if (word.len > ABBREVIATION_BYTES)
		return true;
	for (size_t i = 0; i < sizeof(abbreviations) / sizeof(*abbreviations); i++)
		if (str_eq_nocase(word, str_from(abbreviations[i].word)))
			return abbreviations[i].may_end && capital;
	return true;
}

/* The end marks at `at` up to `end`, and what closes behind them up to `behind`: is it an end? */
static bool marks_end(struct str s, size_t at, size_t end, size_t behind)
{
	if (behind < s.len && !is_blank(s.ptr[behind]) && s.ptr[behind] != '\n')
		return false; /* 3.5, overstep.example */
	size_t next = skip_space(s, behind);
	for (size_t i = at; i < end; i++)
		if (s.ptr[i] != '.')
			return true;
	if (end - at == 1)
		return full_stop_ends(s, at, next);
	/* three dots before a small letter are a pause */
	return next >= s.len || !(s.ptr[next] >= 'a' && s.ptr[next] <= 'z');
}

/* A line ends at `at`. Returns where to go on. */
static size_t break_line(
	struct str s, size_t at, struct breaks *sentences, struct breaks *paragraphs, int *rc)
{
	size_t next = skip_blanks(s, at + 1);
	if (next < s.len && s.ptr[next] == '\n') {
		next = skip_space(s, next);
		if (next < s.len &&
			(breaks_add(sentences, next) < 0 || breaks_add(paragraphs, next) < 0))
			*rc = -1;
	} else if (next < s.len && is_list_item(s, next) && breaks_add(sentences, next) < 0) {
		*rc = -1;
	}
	return next > at ? next : at + 1;
}

int text_break_up(struct str s, struct breaks *sentences, struct breaks *paragraphs)
{
	int rc = 0;
	size_t at = 0;
	while (rc == 0 && at < s.len) {
		char c = s.ptr[at];
		if (c == '\n') {
			at = break_line(s, at, sentences, paragraphs, &rc);
			continue;
		}
		if (c != '.' && c != '!' && c != '?') {
			at++;
			continue;
		}
		size_t end = at;
		while (end < s.len && (s.ptr[end] == '.' || s.ptr[end] == '!' || s.ptr[end] == '?'))
			end++;
		size_t behind = skip_closers(s, end);
		if (marks_end(s, at, end, behind) && behind < s.len)
			rc = breaks_add(sentences, behind);
		at = behind;
	}
	return rc;
}

/* How many breaks stand at or before `at`. */
static size_t breaks_up_to(const struct breaks *b, size_t at)
{
	size_t low = 0, high = b->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (b->at[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct range breaks_around(const struct breaks *b, size_t text_len, struct range range)
{
	size_t first = breaks_up_to(b, range.start);
	size_t last = breaks_up_to(b, range.end > range.start ? range.end - 1 : range.end);
	return (struct range){
		first > 0 ? b->at[first - 1] : 0,
		last < b->count ? b->at[last] : text_len,
	};
}
