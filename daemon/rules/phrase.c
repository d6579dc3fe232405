/* Turns the phrases of `says` into a regex: whole words, any white space, accents that may be
 * missing. */
#include "phrase.h"
#include "base/utf8.h"
#include "capture.h"
#include "rule.h"

void words_plain(struct str words, bool bare, struct buf *out)
{
	struct folded folded = {0};
	bool blank = true;
	if (utf8_fold(words, true, &folded) < 0)
		out->failed = true;
	for (size_t at = 0; !out->failed && at < folded.text.len;) {
		char bytes[4];
		int32_t c = utf8_next(buf_str(&folded.text), &at);
		bool space = utf8_is_space(c);
		if (!space)
			buf_add(out, bytes, utf8_encode(bare ? utf8_bare(c) : c, bytes));
		else if (!blank)
			buf_add_char(out, ' ');
		blank = space;
	}
	folded_finish(&folded);
}

static bool is_quote(struct str s, bool at_end)
{
	static const char *const quotes[] = {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E",
		"\xC2\xAB", "\xC2\xBB", "'", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9A"};
	for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++) {
		struct str quote = str_from(quotes[i]);
		if (at_end ? str_ends(s, quote) : str_starts(s, quote))
			return true;
	}
	return false;
}

static void add_character(struct buf *regex, int32_t c)
{
	char bytes[4];
	size_t len = utf8_encode(c, bytes);
	if (c < 0x80 && !utf8_is_word(c))
		buf_add_char(regex, '\\');
	int32_t bare = utf8_bare(c);
	if (bare == c) {
		buf_add(regex, bytes, len);
		return;
	}
	buf_add_char(regex, '[');
	buf_add(regex, bytes, len);
	buf_add(regex, bytes, utf8_encode(bare, bytes));
	buf_add_char(regex, ']');
}

/* phrase is trimmed and folded. */
static void add_phrase(struct buf *regex, struct str phrase)
{
	bool word = false, blank = false;
	for (size_t at = 0; at < phrase.len;) {
		bool first = at == 0;
		enum capture class;
		size_t len;
		if (capture_at(str_slice(phrase, at, phrase.len), &class, &len) > 0) {
			capture_add(class, regex);
			at += len;
			word = blank = false;
			continue;
		}
		int32_t c = utf8_next(phrase, &at);
		if (utf8_is_space(c)) {
			if (!blank)
				buf_add_cstr(regex, PHRASE_GAP);
			blank = true;
			continue;
		}
		blank = false;
		word = utf8_is_word(c);
		if (first && word)
			buf_add_cstr(regex, "\\b");
		add_character(regex, c);
	}
	if (word)
		buf_add_cstr(regex, "\\b");
}

static bool is_invisible(struct str phrase)
{
	struct buf plain = {0};
	words_plain(phrase, false, &plain);
	bool invisible = !plain.failed && str_trim(buf_str(&plain)).len == 0;
	buf_finish(&plain);
	return invisible;
}

static const char *phrase_mistake(struct str phrase)
{
	size_t at;
	if (phrase.len == 0)
		return "empty phrase";
	if (is_invisible(phrase))
		return "phrase of invisible characters only";
	if (is_quote(phrase, false) && is_quote(phrase, true))
		return "phrase in quotation marks, expected it without";
	if (str_find(phrase, STR("\\"), &at))
		return "backslash in a phrase, expected plain words (a regex stands behind 'match')";
	return NULL;
}

const char *phrases_mistake(struct str phrases, size_t from, size_t *at)
{
	struct str rest = phrases, part;
	while (str_split(&rest, '|', &part)) {
		struct str phrase = str_trim(part);
		*at = (size_t)(phrase.ptr - phrases.ptr);
		const char *mistake = *at >= from ? phrase_mistake(phrase) : NULL;
		if (mistake)
			return mistake;
	}
	/* str_split gives nothing for the empty part behind a last '|' */
	*at = phrases.len;
	bool open = phrases.len == 0 || str_ends(phrases, STR("|"));
	return open && *at >= from ? "empty phrase" : NULL;
}

void phrases_to_regex(struct str phrases, struct buf *regex)
{
	struct folded folded = {0};
	struct str rest = phrases, part;
	for (bool first = true; str_split(&rest, '|', &part); first = false) {
		if (utf8_fold(str_trim(part), false, &folded) < 0)
			regex->failed = true;
		buf_add_cstr(regex, first ? "" : "|");
		add_phrase(regex, str_trim(buf_str(&folded.text)));
	}
	folded_finish(&folded);
}
