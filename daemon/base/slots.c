/* Text with names in braces, filled in with what is known. */
#include "base/slots.h"

#include <string.h>

static bool is_name_char(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

bool slot_at(struct str s, struct str *name)
{
	size_t end = 1;
	if (s.len == 0 || s.ptr[0] != '{')
		return false;
	while (end < s.len && is_name_char(s.ptr[end]))
		end++;
	*name = str_slice(s, 1, end);
	return name->len > 0 && end < s.len && s.ptr[end] == '}';
}

/* Behind the sentence that begins at the start: its end and the blanks after it, or a line end. */
static size_t sentence_end(struct str text)
{
	size_t at = 0;
	while (at < text.len && text.ptr[at] != '\n') {
		bool ends = strchr(".?!", text.ptr[at]) != NULL;
		at++;
		if (!ends || at == text.len || text.ptr[at] != ' ')
			continue;
		while (at < text.len && text.ptr[at] == ' ')
			at++;
		return at;
	}
	return at < text.len ? at + 1 : at;
}

static const struct slot *find(const struct slot *slots, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(name, str_from(slots[i].name)))
			return &slots[i];
	return NULL;
}

static bool fill_sentence(
	const struct slot *slots, size_t count, struct str sentence, struct buf *out)
{
	for (size_t at = 0; at < sentence.len;) {
		struct str name;
		const struct slot *slot = slot_at(str_slice(sentence, at, sentence.len), &name)
			? find(slots, count, name)
			: NULL;
		if (slot && !slot->words.ptr)
			return false;
		if (slot)
			buf_add_str(out, slot->words);
		else
			buf_add_char(out, sentence.ptr[at]);
		at += slot ? name.len + 2 : 1;
	}
	return true;
}

bool slots_fill(const struct slot *slots, size_t count, struct str text, struct buf *out)
{
	size_t before = out->len;
	while (text.len) {
		size_t end = sentence_end(text), from = out->len;
		bool line_end = text.ptr[end - 1] == '\n';
		if (!fill_sentence(slots, count, str_slice(text, 0, end), out)) {
			out->len = from;
			if (line_end)
				buf_add_char(out, '\n');
		}
		text = str_slice(text, end, text.len);
	}
	while (out->len > before && strchr(" \n", out->ptr[out->len - 1]))
		out->len--;
	return out->len > before;
}
