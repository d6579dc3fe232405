/* Decodes a text part: transfer encoding, charset, byte order mark. */
#include "part_text.h"

#include "base/utf8.h"
#include "charset.h"
#include "transfer.h"

#define META_WITHIN                                                                                \
	2048 /* HTML: the charset stands in the first 1024 octets, or a little later               \
	      */

static bool all_base64(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (!base64_char(line.ptr[i]))
			return false;
	return true;
}

/* Lists put their footers behind the padding, in plain text: they are no base64 and make no sense
   as such. */
static void undo_base64(struct str octets, struct buf *out)
{
	struct base64 state = {0};
	struct str line;
	bool padded = false;
	while (str_line(&octets, &line)) {
		line = str_trim(line);
		if (padded && !all_base64(line))
			break;
		base64_add(&state, line, out);
		padded = padded || str_ends(line, STR("="));
	}
	base64_end(&state, out);
}

static void undo_transfer(struct str octets, enum transfer transfer, struct buf *out)
{
	switch (transfer) {
	case TRANSFER_BASE64:
		undo_base64(octets, out);
		break;
	case TRANSFER_QUOTED_PRINTABLE:
		quoted_printable_decode(octets, out);
		break;
	case TRANSFER_NONE:
		buf_add_str(out, octets);
		break;
	}
}

static bool name_char(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
		c == '_';
}

/* <meta charset="iso-8859-2"> or <meta ... content="text/html; charset=iso-8859-2"> */
static struct str meta_charset(struct str html)
{
	size_t at;
	struct str head = str_slice(html, 0, META_WITHIN);
	if (!str_find_nocase(head, STR("charset="), &at))
		return (struct str){0};
	size_t start = at + 8;
	while (start < head.len && (head.ptr[start] == '"' || head.ptr[start] == '\''))
		start++;
	size_t end = start;
	while (end < head.len && name_char(head.ptr[end]))
		end++;
	return str_slice(head, start, end);
}

/* What is not said in the header HTML may say itself; it is asked only when UTF-8 cannot be. */
static struct str charset_of(const struct part *part, struct str octets)
{
	if (part->charset.len > 0 || !str_eq(part->type, STR("text/html")) || utf8_valid(octets))
		return part->charset;
	return meta_charset(octets);
}

int part_text_decode(struct arena *a, struct str octets, enum transfer transfer, struct part *part)
{
	struct buf plain = {0}, text = {0};
	undo_transfer(octets, transfer, &plain);
	charset_to_utf8(charset_of(part, buf_str(&plain)), buf_str(&plain), &text);
	struct str shown = buf_str(&text);
	if (str_starts(shown, STR("\xef\xbb\xbf")))
		shown = str_slice(shown, 3, shown.len);
	struct str kept = {0};
	if (!plain.failed && !text.failed)
		kept = arena_str(a, shown);
	buf_finish(&plain);
	buf_finish(&text);
	if (!kept.ptr)
		return -1;
	part->content = kept;
	return 0;
}
