/* Reads the transfer encodings of a mail without its structure, for a search that misses nothing.
 */
#include "message/layers.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "charset.h"
#include "encoded_word.h"
#include "transfer.h"
#include <string.h>

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

static bool is_name(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-';
}

/* "; filename*1*=" at s[at], with a quote at its end: its length, 0 when it is none. */
static size_t joint(struct str s, size_t at)
{
	size_t i = at + 1;
	while (i < s.len && i - at < LONGEST_WORD && memchr(" \t\r\n", s.ptr[i], 4))
		i++;
	size_t name = i;
	while (i < s.len && i - at < LONGEST_WORD && is_name(s.ptr[i]))
		i++;
	if (i == name || i + 1 >= s.len || s.ptr[i++] != '*')
		return 0;
	size_t number = i;
	while (i < s.len && i - number < 4 && s.ptr[i] >= '0' && s.ptr[i] <= '9')
		i++;
	if (i == number)
		return 0;
	i += i < s.len && s.ptr[i] == '*';
	if (i >= s.len || s.ptr[i++] != '=')
		return 0;
	return i + (i < s.len && s.ptr[i] == '"') - at;
}

void layer_parameters(struct str octets, struct buf *out)
{
	for (size_t at = 0; at < octets.len; at++) {
		char c = octets.ptr[at];
		int high = c == '%' && at + 2 < octets.len ? hex_value(octets.ptr[at + 1]) : -1;
		int low = high >= 0 ? hex_value(octets.ptr[at + 2]) : -1;
		size_t len = c == ';' ? joint(octets, at) : 0;
		if (low >= 0) {
			c = (char)(high << 4 | low);
			at += 2;
		} else if (len) {
			out->len -= out->len && out->ptr[out->len - 1] == '"';
			at += len - 1;
			continue;
		}
		buf_add_char(out, c);
	}
}

/* The number of "\u00e9" at s[at]; -1: there is none. */
static int32_t escaped(struct str s, size_t at)
{
	int32_t value = 0;
	if (at + 6 > s.len || s.ptr[at] != '\\' || s.ptr[at + 1] != 'u')
		return -1;
	for (size_t i = at + 2; i < at + 6; i++) {
		int digit = hex_value(s.ptr[i]);
		if (digit < 0)
			return -1;
		value = value << 4 | digit;
	}
	return value;
}

/* What stands at s[at] behind a backslash, its length in *len; two halves of a pair are one. */
static int32_t escape_at(struct str s, size_t at, size_t *len)
{
	static const char letters[] = "nrtbf", meant[] = "\n\r\t\b\f";
	int32_t c = escaped(s, at), low = c >= 0xD800 && c <= 0xDBFF ? escaped(s, at + 6) : -1;
	*len = c >= 0 ? 6 : 2;
	if (low >= 0xDC00 && low <= 0xDFFF) {
		*len = 12;
		return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
	}
	if (c >= 0 || at + 1 >= s.len)
		return c;
	const char *letter = memchr(letters, s.ptr[at + 1], sizeof(letters) - 1);
	return letter ? meant[letter - letters] : (unsigned char)s.ptr[at + 1];
}

static void unescape(struct str octets, bool as_octets, struct buf *out)
{
	if (!octets.len || !memchr(octets.ptr, '\\', octets.len))
		return;
	for (size_t at = 0, len; at < octets.len; at += len) {
		char utf8[4];
		int32_t c = octets.ptr[at] == '\\' ? escape_at(octets, at, &len) : -1;
		if (c < 0) {
			buf_add_char(out, octets.ptr[at]);
			len = 1;
		} else if (c < 0x80 || (c <= 0xFF && as_octets)) {
			buf_add_char(out, (char)c);
		} else {
			bool half = c >= 0xD800 && c <= 0xDFFF;
			buf_add(out, utf8, utf8_encode(half ? 0xFFFD : c, utf8));
		}
	}
}

void layer_escapes(struct str octets, struct buf *out)
{
	unescape(octets, false, out);
}

void layer_escaped_octets(struct str octets, struct buf *out)
{
	unescape(octets, true, out);
}

/* What a layer makes of the octets, looked at, and base64 looked into. */
static int walk(
	struct str octets, unsigned depth, layer_visit *visit, void *context, struct error *err)
{
	static void (*const layers[])(struct str, struct buf *) = {
		layer_quoted, layer_parameters, layer_escapes, layer_escaped_octets, layer_base64};
	int result = visit(context, octets, err);
	for (size_t i = 0; i < sizeof(layers) / sizeof(*layers) && !result; i++) {
		struct buf text = {0};
		layers[i](octets, &text);
		bool within = layers[i] == layer_base64 && depth < LIMIT_LAYERS;
		if (text.failed)
			result = error_memory(err);
		else if (!str_trim(buf_str(&text)).len)
			result = 0;
		else
			result = within ? walk(buf_str(&text), depth + 1, visit, context, err)
					: visit(context, buf_str(&text), err);
		buf_finish(&text);
	}
	return result;
}

int layers_walk(struct str octets, layer_visit *visit, void *context, struct error *err)
{
	return walk(octets, 1, visit, context, err);
}

/* What a name of a charset is made of, "iso-8859-1"; at most as long as iconv's. */
static struct str charset_name(struct str s, size_t at)
{
	size_t end = at;
	while (end < s.len && end - at < 64 &&
		(is_name(s.ptr[end]) || memchr("._:+", s.ptr[end], 4)))
		end++;
	return str_slice(s, at, end);
}

/* behind: one of these follows the name; what quoted-printable has made of one does not. */
static bool take_charset(struct str s, size_t at, const char *behind, struct str *name)
{
	*name = charset_name(s, at);
	size_t end = at + name->len;
	return name->len && !str_starts_nocase(*name, STR("3d")) && end < s.len && s.ptr[end] &&
		strchr(behind, s.ptr[end]);
}

bool layer_next_charset(struct str octets, size_t *at, struct str *name)
{
	while (*at < octets.len) {
		size_t i = (*at)++;
		struct str rest = str_slice(octets, i, octets.len);
		if (str_starts(rest, STR("=?"))) {
			if (take_charset(octets, i + 2, "?*", name))
				return true;
		} else if (str_starts(rest, STR("*="))) {
			if (take_charset(octets, i + 2, "'", name))
				return true;
		} else if (str_starts_nocase(rest, STR("charset"))) {
			for (i += sizeof("charset") - 1; i < octets.len && octets.ptr[i] == ' ';
				i++)
				;
			if (i >= octets.len || octets.ptr[i] != '=')
				continue;
			for (i++; i < octets.len && memchr(" \"'", octets.ptr[i], 3); i++)
				;
			if (take_charset(octets, i, " \t\r\n\"';>/,)", name))
				return true;
		}
	}
	return false;
}

bool layer_charset(struct str charset, struct str octets, struct buf *out)
{
	if (!charset_known(charset))
		return false;
	charset_to_utf8(charset, octets, out);
	return true;
}
