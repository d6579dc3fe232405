/* RFC 4180 fields, safe to open in a spreadsheet. */
#include "base/csv.h"

#include "base/utf8.h"

/* A spreadsheet takes these at the start of a cell for a formula. */
static bool looks_like_formula(struct str value)
{
	static const char starts[] = {'=', '+', '-', '@', '\t', '\r'};
	for (size_t i = 0; i < sizeof(starts) && value.len > 0; i++)
		if (value.ptr[0] == starts[i])
			return true;
	return false;
}

void csv_add(struct buf *out, struct str value)
{
	size_t good = 0;
	buf_add_char(out, '"');
	if (looks_like_formula(value))
		buf_add_char(out, '\'');
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] != '"')
			continue;
		utf8_add_visible(out, str_slice(value, good, i), false);
		buf_add_cstr(out, "\"\"");
		good = i + 1;
	}
	utf8_add_visible(out, str_slice(value, good, value.len), false);
	buf_add_char(out, '"');
}
