/* Folder names between UTF-8 and the modified UTF-7 of RFC 3501 section 5.1.3. */
#include "folder.h"

#include "base/utf8.h"
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

static int digit_value(char c)
{
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

static bool stands_for_itself(char c)
{
	return c >= ' ' && c <= '~';
}

static bool add_code_point(struct buf *out, int32_t code_point)
{
	char octets[4];
	/* what could have been written as itself must have been: one name, one form */
	if (code_point <= '~' && stands_for_itself((char)code_point))
		return false;
	buf_add(out, octets, utf8_encode(code_point, octets));
	return code_point != 0;
}

/* The base64 between & and -: UTF-16, big-endian. */
static bool decode_run(struct str run, struct buf *out)
{
	uint32_t bits = 0, high = 0;
	unsigned have = 0;
	for (size_t i = 0; i < run.len; i++) {
		int value = digit_value(run.ptr[i]);
		if (value < 0)
			return false;
		bits = bits << 6 | (uint32_t)value;
		have += 6;
		if (have < 16)
			continue;
		have -= 16;
		uint32_t unit = bits >> have & 0xffff;
		bits &= (1U << have) - 1;
		bool is_low = unit >= 0xdc00 && unit < 0xe000;
		if (is_low != (high != 0))
			return false;
		if (unit >= 0xd800 && unit < 0xdc00) {
			high = unit;
			continue;
		}
		if (high)
			unit = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
		high = 0;
		if (!add_code_point(out, (int32_t)unit))
			return false;
	}
	return high == 0 && have < 6 && bits == 0;
}

bool folder_decode(struct str wire, struct buf *out)
{
	size_t start = out->len;
	for (size_t i = 0; i < wire.len; i++) {
		struct str rest = str_slice(wire, i + 1, wire.len);
		size_t len;
		if (!stands_for_itself(wire.ptr[i]))
			goto malformed;
		if (wire.ptr[i] != '&') {
			buf_add_char(out, wire.ptr[i]);
			continue;
		}
		if (!str_find(rest, STR("-"), &len))
			goto malformed;
		if (len == 0)
			buf_add_char(out, '&');
		else if (!decode_run(str_slice(rest, 0, len), out))
			goto malformed;
		i += len + 1;
	}
	return true;
malformed:
	out->len = start;
	return false;
}

/* Bits of UTF-16 on their way out. */
struct run {
	uint32_t bits;
	unsigned have;
	bool open;
};

static void run_add(struct run *r, struct buf *out, uint32_t unit)
{
	if (!r->open)
		buf_add_char(out, '&');
	r->open = true;
	r->bits = r->bits << 16 | unit;
	r->have += 16;
	while (r->have >= 6) {
		r->have -= 6;
		buf_add_char(out, digits[r->bits >> r->have & 63]);
	}
	r->bits &= (1U << r->have) - 1;
}

static void run_close(struct run *r, struct buf *out)
{
	if (!r->open)
		return;
	if (r->have > 0)
		buf_add_char(out, digits[r->bits << (6 - r->have) & 63]);
	buf_add_char(out, '-');
	*r = (struct run){0};
}

void folder_encode(struct str name, struct buf *out)
{
	struct run run = {0};
	int32_t c;
	for (size_t at = 0; (c = utf8_next(name, &at)) >= 0;) {
		if (c <= '~' && stands_for_itself((char)c)) {
			run_close(&run, out);
			buf_add_cstr(out, c == '&' ? "&-" : "");
			if (c != '&')
				buf_add_char(out, (char)c);
		} else if (c < 0x10000) {
			run_add(&run, out, (uint32_t)c);
		} else {
			run_add(&run, out, 0xd800 + ((uint32_t)(c - 0x10000) >> 10));
			run_add(&run, out, 0xdc00 + ((uint32_t)(c - 0x10000) & 0x3ff));
		}
	}
	run_close(&run, out);
}
