/* Reads the transfer encodings of a mail without its structure, for a search that misses nothing.
 */
#include "message/layers.h"

#include "base/utf8.h"
#include "encoded_word.h"
#include "transfer.h"

/* Real ones have 75 octets; a bound keeps the walk linear. */
#define LONGEST_WORD 1024

#define LONGEST_TAG 4096

/* One behind the other, for what is said may be cut anywhere. */
static void add_encoded_words(struct str octets, bool base64, struct buf *out)
{
	struct encoded_word word;
	for (size_t at = 0; at + 1 < octets.len; at++) {
		if (octets.ptr[at] != '=' || octets.ptr[at + 1] != '?' ||
			!encoded_word_at(str_slice(octets, at, at + LONGEST_WORD), 0, &word))
			continue;
		struct base64 state = {0};
		if (word.base64 && base64) {
			base64_add(&state, word.text, out);
			base64_end(&state, out);
		} else if (!word.base64 && !base64) {
			q_decode(word.text, out);
		}
		at += word.len - 1;
	}
}

void layer_quoted(struct str octets, struct buf *out)
{
	quoted_printable_decode(octets, out);
	buf_add_char(out, '\n');
	add_encoded_words(octets, false, out);
}

static bool all_base64(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (!base64_char(line.ptr[i]))
			return false;
	return line.len > 0;
}

void layer_base64(struct str octets, struct buf *out)
{
	struct base64 state = {0};
	struct str rest = octets, line;
	bool within = false;
	while (str_line(&rest, &line)) {
		line = str_trim(line);
		if (all_base64(line)) {
			base64_add(&state, line, out);
			within = true;
		} else if (within) {
			base64_end(&state, out);
			buf_add_char(out, '\n');
			within = false;
		}
	}
	base64_end(&state, out);
	buf_add_char(out, '\n');
	add_encoded_words(octets, true, out);
}

/* "&#90;" or "&#x5a;" at s[at]: its length, 0 when it is none. */
static size_t numbered(struct str s, size_t at, int32_t *code_point)
{
	struct str rest = str_slice(s, at, at + sizeof("&#x10ffff;") + 4), digits;
	bool hex = str_starts_nocase(rest, STR("&#x"));
	uint32_t value = 0;
	if (!str_starts(rest, STR("&#")))
		return 0;
	size_t start = hex ? 3 : 2, i = start;
	for (; i < rest.len && value < 0x110000; i++) {
		char c = rest.ptr[i], letter = (char)(c | 0x20);
		bool number = c >= '0' && c <= '9';
		if (!number && !(hex && letter >= 'a' && letter <= 'f'))
			break;
		value = value * (hex ? 16 : 10) + (uint32_t)(number ? c - '0' : letter - 'a' + 10);
	}
	digits = str_slice(rest, start, i);
	if (!digits.len || value == 0 || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 0;
	*code_point = (int32_t)value;
	return i + (i < rest.len && rest.ptr[i] == ';');
}

void layer_markup(struct str octets, struct buf *out)
{
	for (size_t at = 0; at < octets.len;) {
		char c = octets.ptr[at], encoded[4];
		int32_t code_point;
		size_t len = c == '&' ? numbered(octets, at, &code_point) : 0, end;
		if (len) {
			buf_add(out, encoded, utf8_encode(code_point, encoded));
			at += len;
		} else if (c == '<' &&
			str_find(str_slice(octets, at, at + LONGEST_TAG), STR(">"), &end)) {
			at += end + 1;
		} else {
			buf_add_char(out, c);
			at++;
		}
	}
}
