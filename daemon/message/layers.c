/* Reads the transfer encodings of a mail without its structure, for a search that misses nothing.
 */
#include "message/layers.h"

#include "encoded_word.h"
#include "transfer.h"

/* Real ones have 75 octets; a bound keeps the walk linear. */
#define LONGEST_WORD 1024

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
