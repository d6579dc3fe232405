/* Turns the phrases of `says` into a regex: whole words, any white space, accents that may be
 * missing. */
#include "phrase.h"
#include "base/utf8.h"
#include "capture.h"
#include "rule.h"

static bool is_quote(struct str s, bool at_end)
{
	static const char *const quotes[] = {
		"\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xC2\xAB", "\xC2\xBB"};
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
static void add_phrase(struct buf *regex, struct str phrase, struct str lang)
{
	bool word = false, blank = false;
	for (size_t at = 0; at < phrase.len;) {
		bool first = at == 0;
		enum capture class;
		size_t len;
		if (capture_at(str_slice(phrase, at, phrase.len), &class, &len) > 0) {
			capture_add(class, lang, regex);
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

static const char *phrase_mistake(struct str phrase)
{
	size_t at;
	if (phrase.len == 0)
		return "empty phrase";
	if (is_quote(phrase, false) && is_quote(phrase, true))
		return "phrase in quotation marks, expected it without";
	if (str_find(phrase, STR("\\"), &at))
		return "backslash in a phrase, expected plain words (a regex stands behind 'match')";
	return NULL;
}

const char *phrases_to_regex(struct str phrases, struct str lang, struct buf *regex, size_t *at)
{
	struct folded folded = {0};
	struct str rest = phrases, part;
	const char *mistake = NULL;
	bool first = true;
	/* str_split gives nothing for the empty part behind a last '|' */
	bool open = str_ends(phrases, STR("|"));
	while (!mistake && str_split(&rest, '|', &part)) {
		struct str phrase = str_trim(part);
		*at = (size_t)(phrase.ptr - phrases.ptr);
		mistake = phrase_mistake(phrase);
		if (mistake)
			break;
		if (utf8_fold(phrase, false, &folded) < 0) {
			regex->failed = true;
			break;
		}
		if (str_trim(buf_str(&folded.text)).len == 0)
			mistake = "phrase of invisible characters only";
		if (!first)
			buf_add_char(regex, '|');
		add_phrase(regex, str_trim(buf_str(&folded.text)), lang);
		first = false;
	}
	if (!mistake && (open || first)) {
		*at = phrases.len;
		mistake = "empty phrase";
	}
	folded_finish(&folded);
	return mistake;
}
