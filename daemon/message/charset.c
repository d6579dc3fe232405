/* Converts with iconv, and by itself what iconv does not know or what mail gets wrong. */
#include "charset.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

/* What stands in mail, and what iconv is to be asked for. Supersets are named where the declared
   one is a subset that senders do not keep to (as the Encoding standard has it). */
struct alias {
	const char *mail;
	const char *iconv;
};

static const struct alias aliases[] = {
	{"ks_c_5601-1987", "CP949"},
	{"ks_c_5601", "CP949"},
	{"ksc5601", "CP949"},
	{"euc-kr", "CP949"},
	{"gb2312", "GB18030"},
	{"gbk", "GB18030"},
	{"x-gbk", "GB18030"},
	{"gb_2312-80", "GB18030"},
	{"big5", "BIG5-HKSCS"},
	{"shift_jis", "CP932"},
	{"shift-jis", "CP932"},
	{"x-sjis", "CP932"},
	{"sjis", "CP932"},
	{"iso-8859-9", "CP1254"},
	{"iso-8859-11", "CP874"},
	{"tis-620", "CP874"},
	{"windows-874", "CP874"},
	{"iso-8859-8-i", "ISO-8859-8"},
	{"iso-8859-8-e", "ISO-8859-8"},
	{"iso-8859-6-i", "ISO-8859-6"},
	{"x-mac-roman", "MACINTOSH"},
	{"x-mac-cyrillic", "MAC-CYRILLIC"},
	{"unicode-1-1-utf-7", "UTF-7"},
	{"x-unicode-2-0-utf-7", "UTF-7"},
	{"iso-2022-jp-ms", "ISO-2022-JP-3"},
};

/* Kept open from the start. */
static const char *const usual[] = {"ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5",
	"ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-10", "ISO-8859-13", "ISO-8859-14",
	"ISO-8859-15", "ISO-8859-16", "CP1250", "CP1251", "CP1253", "CP1254", "CP1255", "CP1256",
	"CP1257", "CP1258", "CP437", "CP850", "CP852", "CP866", "CP874", "KOI8-R", "KOI8-U",
	"MACINTOSH", "GB18030", "BIG5-HKSCS", "EUC-TW", "CP932", "EUC-JP", "ISO-2022-JP",
	"ISO-2022-JP-2", "ISO-2022-JP-3", "ISO-2022-KR", "ISO-2022-CN", "CP949", "UTF-7", "UTF-16",
	"UTF-16BE", "UTF-16LE", "UTF-32"};
#define USUAL_COUNT (sizeof(usual) / sizeof(usual[0]))

/* Filled once by charset_start; NULL where iconv has none. */
static iconv_t kept[USUAL_COUNT];

static iconv_t converter_open(const char *name)
{
	iconv_t opened = iconv_open("UTF-8", name);
	return opened == (iconv_t)-1 ? NULL : opened;
}

void charset_start(void)
{
	for (size_t i = 0; i < USUAL_COUNT; i++)
		if (!kept[i])
			kept[i] = converter_open(usual[i]);
}

static const int32_t windows_1252_c1[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020,
	0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018,
	0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153,
	0xfffd, 0x017e, 0x0178};

static void windows_1252(struct str bytes, struct buf *out)
{
	size_t plain = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];
		char encoded[4];
		if (c < 0x80)
			continue;
		utf8_repair(str_slice(bytes, plain, i), out);
		buf_add(out, encoded,
			utf8_encode(c < 0xa0 ? windows_1252_c1[c - 0x80] : c, encoded));
		plain = i + 1;
	}
	utf8_repair(str_slice(bytes, plain, bytes.len), out);
}

static void guess(struct str bytes, struct buf *out)
{
	if (utf8_valid(bytes))
		utf8_repair(bytes, out);
	else
		windows_1252(bytes, out);
}

/* For charsets that need no iconv. */
struct own {
	const char *name;
	void (*convert)(struct str bytes, struct buf *out);
};

static const struct own own[] = {
	{"", guess},
	{"us-ascii", guess},
	{"ascii", guess},
	{"ansi_x3.4-1968", guess},
	{"utf-8", utf8_repair},
	{"utf8", utf8_repair},
	{"utf-8mb4", utf8_repair},
	{"unicode-1-1-utf-8", utf8_repair},
	/* RFC 2046 knows no C1 controls in mail: what stands there is Windows' */
	{"iso-8859-1", windows_1252},
	{"iso8859-1", windows_1252},
	{"iso_8859-1", windows_1252},
	{"latin1", windows_1252},
	{"windows-1252", windows_1252},
	{"cp1252", windows_1252},
};

/* Runs the converter to the end; a byte that it refuses becomes U+FFFD. */
static void convert(iconv_t converter, struct str bytes, struct buf *out)
{
	char chunk[4096];
	char *in = (char *)(uintptr_t)bytes.ptr;
	size_t left = bytes.len;
	bool flushing = false;
	iconv(converter, NULL, NULL, NULL, NULL);
	for (;;) {
		char *to = chunk;
		size_t room = sizeof(chunk);
		size_t done = flushing ? iconv(converter, NULL, NULL, &to, &room)
				       : iconv(converter, &in, &left, &to, &room);
		int why = done == (size_t)-1 ? errno : 0;
		utf8_repair((struct str){chunk, sizeof(chunk) - room}, out);
		if (why == E2BIG)
			continue;
		if (flushing)
			return;
		if (why != 0 && left > 0) {
			buf_add_cstr(out, "\xef\xbf\xbd");
			in++;
			left--;
		}
		flushing = left == 0;
	}
}

static bool known_name(struct str charset)
{
	if (charset.len > 40)
		return false;
	/* '/' would reach iconv's own options */
	for (size_t i = 0; i < charset.len; i++) {
		char c = charset.ptr[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		if (!letter && !(c >= '0' && c <= '9') && !memchr("-_.:+()", c, 7))
			return false;
	}
	return true;
}

static const char *iconv_name(struct str charset, char out[48])
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (str_eq_nocase(charset, str_from(aliases[i].mail)))
			return aliases[i].iconv;
	bool windows = str_starts_nocase(charset, STR("windows-"));
	struct str rest = windows ? str_slice(charset, 8, charset.len) : charset;
	snprintf(out, 48, "%s%.*s", windows ? "CP" : "", STR_ARG(rest));
	return out;
}

/* One that is kept open, or *rare, which the caller closes; NULL: there is none. */
static iconv_t converter_of(struct str charset, iconv_t *rare)
{
	char room[48];
	*rare = NULL;
	if (!known_name(charset))
		return NULL;
	const char *name = iconv_name(charset, room);
	for (size_t i = 0; i < USUAL_COUNT; i++)
		if (kept[i] && str_eq_nocase(str_from(name), str_from(usual[i])))
			return kept[i];
	return *rare = converter_open(name);
}

static const struct own *own_of(struct str charset)
{
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (str_eq_nocase(charset, str_from(own[i].name)))
			return &own[i];
	return NULL;
}

void charset_to_utf8(struct str charset, struct str bytes, struct buf *out)
{
	const struct own *by_us = own_of(str_trim(charset));
	iconv_t rare = NULL;
	iconv_t converter = by_us ? NULL : converter_of(str_trim(charset), &rare);
	if (by_us)
		by_us->convert(bytes, out);
	else if (converter)
		convert(converter, bytes, out);
	else
		guess(bytes, out);
	if (rare)
		iconv_close(rare);
}

bool charset_known(struct str charset)
{
	iconv_t rare = NULL;
	bool known = own_of(str_trim(charset)) || converter_of(str_trim(charset), &rare);
	if (rare)
		iconv_close(rare);
	return known;
}
