/* Looks at the bytes of a rule file before anybody reads them: UTF-8, no NUL, no endless lines. */
#include "file_text.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define NO_BREAK_SPACE "\xC2\xA0"
#define REPLACEMENT "\xEF\xBF\xBD"

#define COMPLAIN(s, line, source, offset, ...)                                                     \
	do {                                                                                       \
		struct spot spot_ = line_spot((line), (source), (offset));                         \
		complain((s), DIAG_ERROR, &spot_, __VA_ARGS__);                                    \
	} while (0)

/* The first byte that is no UTF-8, or the line's length. */
static size_t find_bad_byte(struct str line)
{
	for (size_t next = 0; next < line.len;) {
		size_t at = next;
		if (utf8_next(line, &next) == 0xFFFD &&
			!str_starts(str_slice(line, at, line.len), STR(REPLACEMENT)))
			return at;
	}
	return line.len;
}

bool line_is_text(const struct script *s, unsigned line, struct str *source)
{
	struct str text = *source;
	size_t blanks = 0;
	if (text.len > LIMIT_RULE_LINE) {
		*source = word_brief(text);
		COMPLAIN(s, line, *source, 0, "line of %zu bytes, at most %zu", text.len,
			LIMIT_RULE_LINE);
		return false;
	}
	if (line > 1 && str_starts(text, STR(BYTE_ORDER_MARK))) {
		COMPLAIN(s, line, text, 0, "byte order mark behind the beginning of the file");
		return false;
	}
	const char *nul = text.len ? memchr(text.ptr, 0, text.len) : NULL;
	if (nul) {
		COMPLAIN(s, line, text, (size_t)(nul - text.ptr),
			"NUL byte, expected text in UTF-8");
		return false;
	}
	size_t bad = find_bad_byte(text);
	if (bad < text.len) {
		COMPLAIN(s, line, text, bad, "byte 0x%02X is no UTF-8",
			(unsigned)(unsigned char)text.ptr[bad]);
		return false;
	}
	while (blanks < text.len && (text.ptr[blanks] == ' ' || text.ptr[blanks] == '\t'))
		blanks++;
	if (str_starts(str_slice(text, blanks, text.len), STR(NO_BREAK_SPACE))) {
		COMPLAIN(s, line, text, blanks,
			"no-break space in the indentation, expected blanks or tabs");
		return false;
	}
	return true;
}

bool file_text(const struct script *s, struct str *text)
{
	struct str bytes = s->file->bytes, none = {NULL, 0};
	if (bytes.len > LIMIT_RULE_FILE) {
		COMPLAIN(s, 1, none, 0, "file of %zu bytes, at most %zu", bytes.len,
			LIMIT_RULE_FILE);
		return false;
	}
	if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"))) {
		COMPLAIN(s, 1, none, 0, "file in UTF-16, expected UTF-8");
		return false;
	}
	*text = str_starts(bytes, STR(BYTE_ORDER_MARK)) ? str_slice(bytes, 3, bytes.len) : bytes;
	return true;
}
