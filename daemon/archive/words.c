/* Values and words from outside as safe characters on one line, and back exactly. */
#include "record_form.h"
#include <inttypes.h>

static bool printable(unsigned char c)
{
	return c >= 0x20 && c <= 0x7e;
}

void value_write(struct buf *out, struct str value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		bool at_end = i == 0 || i + 1 == value.len;
		if (!printable(c) || c == '\\' || (c == ' ' && at_end))
			buf_add_format(out, "\\x%02x", c);
		else
			buf_add_char(out, (char)c);
	}
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	for (int i = 0; digits[i]; i++)
		if (digits[i] == c)
			return i % 16;
	return -1;
}

/* Undoes `mark` followed by two hexadecimal digits. */
static bool unescape(struct str written, struct str mark, struct buf *out)
{
	size_t i = 0;
	while (i < written.len) {
		if (written.ptr[i] != mark.ptr[0]) {
			buf_add_char(out, written.ptr[i++]);
			continue;
		}
		struct str rest = str_slice(written, i, written.len);
		if (rest.len < mark.len + 2 || !str_starts(rest, mark))
			return false;
		int high = hex_digit(rest.ptr[mark.len]), low = hex_digit(rest.ptr[mark.len + 1]);
		if (high < 0 || low < 0)
			return false;
		buf_add_char(out, (char)(high * 16 + low));
		i += mark.len + 2;
	}
	return true;
}

bool value_read(struct str written, struct buf *out)
{
	return unescape(written, STR("\\x"), out);
}

void word_write(struct buf *out, struct str word)
{
	if (word.len == 0) {
		buf_add_char(out, '-');
		return;
	}
	bool lone_dash = str_eq(word, STR("-"));
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.ptr[i];
		if (!printable(c) || c == ' ' || c == '\\' || c == '%' || lone_dash)
			buf_add_format(out, "%%%02X", c);
		else
			buf_add_char(out, (char)c);
	}
}

bool word_read(struct str written, struct arena *arena, struct str *out)
{
	struct buf plain = {0}, again = {0};
	bool fits = written.len > 0 &&
		(str_eq(written, STR("-")) || unescape(written, STR("%"), &plain));
	struct str copy = {NULL, 0};
	if (fits)
		word_write(&again, buf_str(&plain));
	if (fits && str_eq(buf_str(&again), written))
		copy = arena_str(arena, buf_str(&plain));
	buf_finish(&plain);
	buf_finish(&again);
	if (copy.ptr == NULL)
		return false;
	*out = copy;
	return true;
}

void peer_write(struct buf *out, const struct peer *peer)
{
	word_write(out, peer->client);
	buf_add_format(out, " %" PRIu64, peer->number);
}

bool peer_read(struct str written, struct arena *arena, struct peer *out)
{
	struct str client;
	struct peer peer;
	if (!str_split(&written, ' ', &client) || !word_read(client, arena, &peer.client))
		return false;
	if (!str_to_u64(written, INT64_MAX, &peer.number) || peer.number == 0)
		return false;
	*out = peer;
	return true;
}
