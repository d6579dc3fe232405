/* Makes texts that are hard for a regex out of its own letters, and counts the steps of searching
 * them in vain. */
#include "slow.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "pattern.h"
#include <string.h>

#define TEXT_BYTES 1024
#define WORDS_MAX 12
#define PIECE_BYTES 160
/* A bounded gap makes the steps grow like the text, or a little more while it is short. */
#define GROWTH 3
#define FEW_STEPS 20000

/* The runs of letters and digits in a regex, which are mostly words that it looks for. */
struct soup {
	struct str words[WORDS_MAX];
	size_t count;
};

/* A search in progress. */
struct trial {
	struct str regex;
	struct slow *out;
	uint64_t *spent;
};

static bool is_plain(char c)
{
	return (unsigned char)c >= 0x80 || utf8_is_word((unsigned char)c);
}

static void read_words(struct str regex, struct soup *out)
{
	for (size_t at = 0; at < regex.len && out->count < WORDS_MAX;) {
		size_t start = at;
		if (regex.ptr[at] == '\\' || regex.ptr[at] == '{') {
			at += 2; /* an escape, or a count */
			continue;
		}
		while (at < regex.len && is_plain(regex.ptr[at]))
			at++;
		if (at > start)
			out->words[out->count++] = str_slice(regex, start, at);
		else
			at++;
	}
}

static uint64_t steps_on(struct trial *t, size_t bytes)
{
	struct buf text = {0};
	const struct buf *piece = &t->out->piece;
	while (piece->len > 0 && text.len + piece->len <= bytes && !text.failed)
		buf_add_str(&text, buf_str(piece));
	bool good = !text.failed && utf8_valid(buf_str(&text));
	uint64_t steps = good ? pattern_steps(t->regex, buf_str(&text), LIMIT_LINT_STEPS) : 0;
	*t->spent += steps;
	t->out->bytes = text.len;
	buf_finish(&text);
	return steps;
}

static bool is_hard(struct trial *t)
{
	struct slow *s = t->out;
	s->half = steps_on(t, TEXT_BYTES / 2);
	s->steps = steps_on(t, TEXT_BYTES);
	return s->steps >= LIMIT_LINT_STEPS ||
		(s->steps > FEW_STEPS && s->steps > GROWTH * s->half && s->half > 0);
}

static bool piece_is_hard(struct trial *t, struct str word, const char *behind)
{
	buf_clear(&t->out->piece);
	buf_add_str(&t->out->piece, word);
	buf_add_cstr(&t->out->piece, behind);
	return is_hard(t);
}

/* All words up to one: a match begins again and again and never ends. */
static bool soup_is_hard(struct trial *t, const struct soup *soup, size_t last)
{
	struct buf *piece = &t->out->piece;
	buf_clear(piece);
	for (size_t i = 0; i <= last && piece->len < PIECE_BYTES; i++) {
		buf_add_str(piece, soup->words[i]);
		buf_add_char(piece, ' ');
	}
	return is_hard(t);
}

/* Nothing that repeats much: whatever the text, each place of it is soon done with. */
static bool repeats(struct str regex)
{
	for (size_t i = 0; i < regex.len; i++) {
		char c = regex.ptr[i];
		if (c == '*' || c == '+' || (c == '{' && i + 1 < regex.len))
			return true;
	}
	return false;
}

bool regex_slow(struct str regex, struct str written, struct slow *out, uint64_t *spent)
{
	static const char *const always[] = {"a", " ", "a ", "1", ".", "aA1 "};
	struct trial t = {regex, out, spent};
	struct soup soup = {0};
	if (!repeats(written))
		return false;
	read_words(written, &soup);
	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		if (piece_is_hard(&t, str_from(always[i]), ""))
			return true;
	for (size_t i = 0; i < soup.count; i++)
		if (piece_is_hard(&t, soup.words[i], "") || piece_is_hard(&t, soup.words[i], " ") ||
			soup_is_hard(&t, &soup, i))
			return true;
	return false;
}
