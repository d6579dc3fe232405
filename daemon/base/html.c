/* Text of strangers inside HTML and SVG. */
#include "base/html.h"

#include "base/utf8.h"

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void html_add(struct buf *out, struct str s)
{
	size_t good = 0;
	for (size_t i = 0; i < s.len; i++) {
		const char *replaced = entity(s.ptr[i]);
		if (!replaced)
			continue;
		utf8_add_visible(out, str_slice(s, good, i), true);
		buf_add_cstr(out, replaced);
		good = i + 1;
	}
	utf8_add_visible(out, str_slice(s, good, s.len), true);
}
