/* Decodes RFC 2047 in a header value, word by word; what is malformed stays as it stands. */
#include "encoded_word.h"

#include "charset.h"
#include "headers.h"
#include "message/message_parse.h"
#include "transfer.h"

#include <string.h>

bool encoded_word_at(struct str s, size_t at, struct encoded_word *out)
{
	struct str rest = str_slice(s, at, s.len);
	size_t len, star;
	if (!str_starts(rest, STR("=?")))
		return false;
	struct str body = str_slice(rest, 2, rest.len), charset, encoding;
	/* A charset's name is short: a '?' further on is not its end. */
	const char *mark = memchr(body.ptr, '?', body.len < 64 ? body.len : 64);
	if (!mark || mark == body.ptr || !str_split(&body, '?', &charset) ||
		!str_split(&body, '?', &encoding) || encoding.len != 1 ||
		!memchr("bBqQ", encoding.ptr[0], 4) || !str_find(body, STR("?="), &len))
		return false;
	if (str_find(charset, STR("*"), &star))
		charset = str_slice(charset, 0, star);
	*out = (struct encoded_word){
		.charset = charset,
		.base64 = (encoding.ptr[0] | 0x20) == 'b',
		.text = str_slice(body, 0, len),
		.len = (size_t)(body.ptr - rest.ptr) + len + 2,
	};
	return true;
}

struct str encoded_words_within(struct str s)
{
	for (size_t end = s.len; end >= 2; end--)
		if (s.ptr[end - 2] == '?' && s.ptr[end - 1] == '=')
			return str_slice(s, 0, end);
	return str_slice(s, 0, 0);
}

/* The octets of neighbours in one charset, which may share a character or a base64 group. */
struct words {
	struct str charset;
	struct buf octets;
	struct base64 state;
	bool open;
};

static void words_flush(struct words *w, struct buf *out)
{
	if (!w->open)
		return;
	base64_end(&w->state, &w->octets);
	charset_to_utf8(w->charset, buf_str(&w->octets), out);
	out->failed = out->failed || w->octets.failed;
	buf_clear(&w->octets);
	w->open = false;
}

static void words_add(struct words *w, const struct encoded_word *word, struct buf *out)
{
	if (w->open && !str_eq_nocase(w->charset, word->charset))
		words_flush(w, out);
	w->open = true;
	w->charset = word->charset;
	if (word->base64) {
		base64_add(&w->state, word->text, &w->octets);
		return;
	}
	base64_end(&w->state, &w->octets);
	q_decode(word->text, &w->octets);
}

static bool only_white(struct str s)
{
	return str_trim(s).len == 0;
}

static void decode_unfolded(struct str s, struct buf *out)
{
	struct str head = encoded_words_within(s);
	struct words words = {0};
	size_t plain = 0, at = 0, ahead;
	while (str_find(str_slice(head, at, head.len), STR("=?"), &ahead)) {
		struct encoded_word word;
		at += ahead;
		if (!encoded_word_at(head, at, &word)) {
			at += 2;
			continue;
		}
		struct str between = str_slice(s, plain, at);
		/* RFC 2047, 6.2: white space between two words is not shown */
		if (!words.open || !only_white(between)) {
			words_flush(&words, out);
			charset_to_utf8((struct str){0}, between, out);
		}
		words_add(&words, &word, out);
		plain = at += word.len;
	}
	words_flush(&words, out);
	charset_to_utf8((struct str){0}, str_slice(s, plain, s.len), out);
	buf_finish(&words.octets);
}

void header_decode(struct str raw_value, struct buf *out)
{
	struct buf line = {0};
	header_unfold(str_trim(raw_value), &line);
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == '\t')
			line.ptr[i] = ' ';
	decode_unfolded(buf_str(&line), out);
	out->failed = out->failed || line.failed;
	buf_finish(&line);
}
