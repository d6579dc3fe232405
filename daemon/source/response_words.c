/* Knows the answers of IMAP that a reader of mail needs: RFC 3501 section 7, and no more. */
#include "response_words.h"

#include "base/limits.h"
#include <string.h>

/* Brace initialisers, for tables. */
#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

static const struct {
	struct str word;
	enum line_shape shape;
	bool numbered; /* "* 12 EXISTS" */
	bool tagged;   /* may follow our tag */
} words[] = {
	{WORD("OK"), LINE_STATUS, false, true},
	{WORD("NO"), LINE_STATUS, false, true},
	{WORD("BAD"), LINE_STATUS, false, true},
	{WORD("PREAUTH"), LINE_STATUS, false, false},
	{WORD("BYE"), LINE_GOODBYE, false, false},
	{WORD("CAPABILITY"), LINE_WORDS, false, false},
	{WORD("SEARCH"), LINE_NUMBERS, false, false},
	{WORD("LIST"), LINE_TREE, false, false},
	{WORD("FLAGS"), LINE_TREE, false, false},
	{WORD("EXISTS"), LINE_BARE, true, false},
	{WORD("RECENT"), LINE_BARE, true, false},
	{WORD("EXPUNGE"), LINE_BARE, true, false},
	{WORD("FETCH"), LINE_FETCH, true, false},
};

enum code_shape { CODE_ALONE, CODE_NUMBER, CODE_BIG_NUMBER, CODE_TWO_NUMBERS, CODE_WORDS };

static const struct {
	struct str name;
	enum code_shape shape;
} codes[] = {
	{WORD("UIDVALIDITY"), CODE_NUMBER},
	{WORD("UIDNEXT"), CODE_NUMBER},
	{WORD("UNSEEN"), CODE_NUMBER},
	{WORD("READ-ONLY"), CODE_ALONE},
	{WORD("READ-WRITE"), CODE_ALONE},
	{WORD("CAPABILITY"), CODE_WORDS},
	{WORD("HIGHESTMODSEQ"), CODE_BIG_NUMBER},
	{WORD("NOMODSEQ"), CODE_ALONE},
	{WORD("APPENDUID"), CODE_TWO_NUMBERS},
	{WORD("TRYCREATE"), CODE_ALONE},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The library's numbers wrap at 32 bits. */
static bool fits_u32(struct str digits)
{
	uint64_t value;
	return digits.len <= LIMIT_IMAP_LITERAL_DIGITS && str_to_u64(digits, UINT32_MAX, &value);
}

static enum line_shape find_word(struct str word, bool numbered, bool tagged)
{
	for (size_t i = 0; i < COUNT(words); i++)
		if (words[i].numbered == numbered && (words[i].tagged || !tagged) &&
			str_eq_nocase(words[i].word, word))
			return words[i].shape;
	return LINE_UNKNOWN;
}

static enum line_shape broken(const char **reason, const char *text)
{
	*reason = text;
	return LINE_BROKEN;
}

static enum line_shape untagged_shape(struct str rest, const char **reason)
{
	struct str word;
	if (!str_split(&rest, ' ', &word))
		return LINE_UNFINISHED;
	if (word.len == 0 || word.ptr[0] < '0' || word.ptr[0] > '9')
		return find_word(word, false, false);
	if (!fits_u32(word))
		return broken(reason, "a malformed number");
	if (!str_split(&rest, ' ', &word))
		return LINE_UNFINISHED;
	return find_word(word, true, false);
}

enum line_shape line_shape_of(struct str head, uint32_t tag, const char **reason)
{
	struct str rest = head, word;
	uint64_t number = 0;
	if (!str_split(&rest, ' ', &word))
		return LINE_UNKNOWN;
	if (str_eq(word, STR("*")))
		return untagged_shape(rest, reason);
	if (!fits_u32(word) || !str_to_u64(word, UINT32_MAX, &number) || number == 0 ||
		number != tag)
		return broken(reason, "an answer to a command that was not sent");
	if (!str_split(&rest, ' ', &word))
		return LINE_UNFINISHED;
	enum line_shape shape = find_word(word, false, true);
	return shape != LINE_UNKNOWN ? shape : broken(reason, "an answer without OK, NO or BAD");
}

bool response_word_char(char c)
{
	return c > ' ' && c <= '~' && !memchr("(){}\"\\%*", c, 8);
}

static bool are_words(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!response_word_char(text.ptr[i]) && text.ptr[i] != ' ')
			return false;
	return text.len > 0;
}

static bool arguments_fit(struct str text, enum code_shape shape)
{
	struct str first;
	uint64_t value;
	switch (shape) {
	case CODE_ALONE:
		return text.len == 0;
	case CODE_NUMBER:
		return fits_u32(text);
	case CODE_BIG_NUMBER: /* 63 bits, RFC 7162 */
		return text.len <= 18 && str_to_u64(text, INT64_MAX, &value);
	case CODE_TWO_NUMBERS:
		return str_split(&text, ' ', &first) && fits_u32(first) && fits_u32(text);
	case CODE_WORDS:
		return are_words(text);
	}
	return false;
}

bool response_code_is_safe(struct str code)
{
	struct str name, arguments = code;
	if (!str_split(&arguments, ' ', &name))
		return false;
	for (size_t i = 0; i < COUNT(codes); i++)
		if (str_eq_nocase(codes[i].name, name))
			return arguments_fit(arguments, codes[i].shape);
	return false;
}
