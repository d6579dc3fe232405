/* Finds attribution lines by what machines put into them: a verb, a date, a time, an address. */
#include "attribution.h"

#include "language.h"
#include "words.h"
#include <string.h>

/* The longest honest ones have a long name and address; Outlook wraps them over four lines. */
#define ATTRIBUTION_LINES 5
#define ATTRIBUTION_BYTES 600
#define ATTRIBUTION_WORDS 30
#define ATTRIBUTION_WORDS_LATE                                                                     \
	16 /* when it does not begin like one: a sentence may stand before it */
#define ATTRIBUTION_WORDS_UNSURE 8

enum certainty { NO_ATTRIBUTION, ATTRIBUTION_UNSURE, ATTRIBUTION_SURE };

/* A few lines joined by blanks. */
struct joined {
	char bytes[ATTRIBUTION_BYTES];
	size_t len;
};

static bool joined_put_before(struct joined *j, struct str words)
{
	size_t blank = j->len > 0;
	if (words.len + blank + j->len > sizeof(j->bytes))
		return false;
	memmove(j->bytes + words.len + blank, j->bytes, j->len);
	memcpy(j->bytes, words.ptr, words.len);
	if (blank)
		j->bytes[words.len] = ' ';
	j->len += words.len + blank;
	return true;
}

/* Does a pronoun stand right before the verb or right behind it? */
static bool verb_is_personal(
	struct str line, size_t verb, size_t verb_len, const char *const *pronouns)
{
	struct str before = str_trim(str_slice(line, 0, verb));
	struct str behind = str_trim(str_slice(line, verb + verb_len, line.len));
	return words_end_any(before, pronouns) || words_start_any(behind, pronouns);
}

struct verb {
	bool found;
	bool personal; /* "you wrote": a person tells it, no machine */
	bool told;     /* "we met and Bob wrote": a pronoun anywhere */
	bool last;     /* nothing stands behind it */
};

static struct verb verb_find(struct str line)
{
	struct verb verb = {0};
	const struct word_starts starts = words_starts(line);
	for (const struct language *const *l = languages; *l; l++) {
		for (const char *const *word = (*l)->verbs; *word; word++) {
			size_t at, len = strlen(*word);
			if (!words_may_have(&starts, *word) || !words_have(line, *word, &at))
				continue;
			verb.found = true;
			verb.last = verb.last || at + len == line.len;
			verb.told = verb.told || words_starts_have(&starts, line, (*l)->pronouns);
			verb.personal =
				verb.personal || verb_is_personal(line, at, len, (*l)->pronouns);
		}
	}
	return verb;
}

/* "> wrote:" alone is the end of an attribution, never a whole one. */
static bool brackets_balance(struct str line)
{
	int open = 0;
	for (size_t at = 0; at < line.len; at++) {
		open += (line.ptr[at] == '<') - (line.ptr[at] == '>');
		if (open < 0)
			return false;
	}
	return true;
}

static bool starts_like_one(struct str line)
{
	bool number = line.len && line.ptr[0] >= '0' && line.ptr[0] <= '9';
	return (number && words_have_date(line)) || LANGUAGES_ANY(line, intros, words_start_any);
}

/* Name, verb, date and nothing else: Finnish, "Jane Doe kirjoitti 4.5.2026 klo 9.12:". */
static bool ends_dated(struct str line)
{
	char last = line.ptr[line.len - 1];
	return last >= '0' && last <= '9' && words_count(line) <= ATTRIBUTION_WORDS_UNSURE;
}

/* Without a verb of a language known here. Yandex: "04.05.2026, 09:12, "Jane" <jane@acme.example>:"
 */
static enum certainty judge_without_verb(struct str line)
{
	if (!words_have_date(line) || !(words_have_time(line) || words_have_address(line)))
		return NO_ATTRIBUTION;
	bool ends_in_box = line.ptr[line.len - 1] == '>' || line.ptr[line.len - 1] == ')';
	bool boxed = ends_in_box && words_have_boxed_address(line);
	return boxed && words_have_time(line) && starts_like_one(line) ? ATTRIBUTION_SURE
								       : ATTRIBUTION_UNSURE;
}

static enum certainty judge_with_colon(struct str line, struct verb verb)
{
	bool date = words_have_date(line), time = words_have_time(line);
	bool boxed = words_have_boxed_address(line);
	bool address = boxed || words_have_address(line);
	size_t words = words_count(line);
	if (words > (starts_like_one(line) ? ATTRIBUTION_WORDS : ATTRIBUTION_WORDS_LATE))
		return NO_ATTRIBUTION;
	if (verb.personal) /* The Bat: "on Monday, May 4, 2026, 9:12:00 AM, you wrote:" */
		return (date && time) || boxed ? ATTRIBUTION_UNSURE : NO_ATTRIBUTION;
	if (!verb.found)
		return judge_without_verb(line);
	if (boxed ? date || time || !verb.told : address && (date || time))
		return ATTRIBUTION_SURE;
	if (date && time && !verb.told && (verb.last || starts_like_one(line) || ends_dated(line)))
		return ATTRIBUTION_SURE;
	bool unsure = words > 1 && (date || words <= ATTRIBUTION_WORDS_UNSURE);
	return unsure ? ATTRIBUTION_UNSURE : NO_ATTRIBUTION;
}

static enum certainty judge(struct str line)
{
	struct str core = words_inside(line);
	bool colon = str_ends(core, STR(":"));
	if (colon)
		core = str_trim(str_slice(core, 0, core.len - 1));
	if (core.len == 0 || !brackets_balance(core))
		return NO_ATTRIBUTION;
	struct verb verb = verb_find(core);
	if (colon)
		return judge_with_colon(core, verb);
	/* Some mailers leave the colon out: then everything else must be there. */
	bool complete = verb.last && !verb.personal && words_have_date(core) &&
		words_have_time(core) && words_have_address(core) && starts_like_one(core);
	return complete ? ATTRIBUTION_SURE : NO_ATTRIBUTION;
}

/* Old Gmail: "2016-03-03 17:21 GMT+01:00 Jane Doe", a paragraph of its own. */
static bool date_led(const struct lines *l, size_t i)
{
	struct str line = line_words(l, i);
	if (!words_start_date(line) || line.len > ATTRIBUTION_BYTES || words_count(line) > 12)
		return false;
	if (i > 0 && !line_blank(l, i - 1))
		return false;
	if (i + 1 < l->count && !line_blank(l, i + 1))
		return false;
	return words_have(line, "gmt", NULL) ||
		(words_have_boxed_address(line) && str_ends(line, STR(">")));
}

static bool could_end_one(struct str line)
{
	struct str core = words_inside(line);
	return str_ends(core, STR(":")) || LANGUAGES_ANY(core, verbs, words_end_any);
}

/* May the line above i belong to the same attribution? One empty line may stand between when an
   address was broken out of it. */
static bool line_above(const struct lines *l, size_t i, size_t *above)
{
	if (i == 0)
		return false;
	*above = i - 1;
	if (line_blank(l, i - 1)) {
		if (i < 2 || line_blank(l, i - 2) || !str_starts(line_words(l, i), STR("<")))
			return false;
		*above = i - 2;
	}
	const struct line *line = &l->items[*above];
	return line->depth == 0 && line->hint != HINT_SIGNATURE && line->attribution == 0;
}

/* "On Mon, Feb 1, 2016 at 6:32 PM," above "Jane <jane@acme.example> wrote:". */
static bool is_first_half(const struct lines *l, size_t i)
{
	struct str line = line_words(l, i);
	return line.len < ATTRIBUTION_BYTES && starts_like_one(line) && words_have_date(line) &&
		!str_ends(line, STR(".")) && !str_ends(line, STR(":"));
}

/* Lines [first, last] are one; when no date is in them it stands in a line above. */
static void mark(struct lines *l, size_t first, size_t last, bool dated, enum certainty certainty)
{
	size_t above;
	for (size_t i = first; !dated && last - i < ATTRIBUTION_LINES && line_above(l, i, &above);
		i = above) {
		if (!is_first_half(l, above))
			continue;
		first = above;
		dated = true;
	}
	l->items[first].attribution = (unsigned)(last - first + 1);
	l->items[first].attribution_sure = certainty == ATTRIBUTION_SURE;
}

/* The shortest run of lines that ends here and is one: longer would take words from above. */
static void find_ending_at(struct lines *l, size_t last)
{
	struct joined joined = {.len = 0};
	size_t unsure_first = l->count;
	bool unsure_dated = false;
	size_t i = last;
	do {
		struct str words = line_words(l, i);
		if (!joined_put_before(&joined, words))
			break;
		struct str text = {joined.bytes, joined.len};
		enum certainty c = judge(text);
		if (c == ATTRIBUTION_SURE && !str_starts(words, STR("<"))) {
			mark(l, i, last, words_have_date(text), c);
			return;
		}
		bool whole = i == last || starts_like_one(words);
		if (c == ATTRIBUTION_UNSURE && unsure_first == l->count && whole) {
			unsure_first = i;
			unsure_dated = words_have_date(text);
		}
	} while (line_above(l, i, &i) && last - i < ATTRIBUTION_LINES);
	if (unsure_first < l->count)
		mark(l, unsure_first, last, unsure_dated, ATTRIBUTION_UNSURE);
}

void attributions_find(struct lines *l)
{
	for (size_t i = 0; i < l->count; i++) {
		struct str words = line_words(l, i);
		if (l->items[i].depth > 0 || words.len == 0 || words.len > ATTRIBUTION_BYTES)
			continue;
		if (could_end_one(words))
			find_ending_at(l, i);
		else if (date_led(l, i))
			mark(l, i, i, true, ATTRIBUTION_SURE);
	}
}
