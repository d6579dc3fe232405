/* Cuts a message's text into the runs that are its sender's own words, and folds them. */
#include "subject.h"
#include "base/array.h"
#include <stdlib.h>
#include <string.h>

void subjects_finish(struct subjects *s)
{
	for (size_t i = 0; i < s->made; i++) {
		folded_finish(&s->items[i].folded);
		breaks_finish(&s->items[i].sentences);
		breaks_finish(&s->items[i].paragraphs);
	}
	free(s->items);
	*s = (struct subjects){0};
}

static int add_run(struct subjects *s, const struct text *text, size_t start, size_t end)
{
	if (s->count == s->made) {
		if (array_room(&s->items, s->made, &s->cap, sizeof(*s->items)) < 0)
			return -1;
		s->items[s->made++] = (struct subject){0};
	}
	struct subject *subject = &s->items[s->count];
	subject->source = str_slice(text->bytes, start, end);
	subject->base = start;
	subject->broken_up = false;
	if (utf8_fold(subject->source, false, &subject->folded) < 0)
		return -1;
	s->bytes += subject->folded.text.len;
	s->count++;
	return 0;
}

int subjects_load(struct subjects *s, const struct text *text)
{
	size_t i = 0;
	s->count = 0;
	s->bytes = 0;
	while (i < text->span_count) {
		if (text->spans[i].kind != SPAN_NEW) {
			i++;
			continue;
		}
		size_t start = text->spans[i].start, end = text->spans[i].end;
		for (i++; i < text->span_count; i++) {
			if (text->spans[i].kind != SPAN_NEW || text->spans[i].start != end)
				break;
			end = text->spans[i].end;
		}
		if (end > start && add_run(s, text, start, end) < 0)
			return -1;
	}
	return 0;
}

struct str subject_text(const struct subject *s)
{
	return buf_str(&s->folded.text);
}

struct range subject_origin(const struct subject *s, struct range folded)
{
	const uint32_t *origin = s->folded.origin;
	size_t end = folded.end;
	/* a match may end inside what one character was folded to: take the whole character */
	while (end < s->folded.text.len && end > folded.start && origin[end] == origin[end - 1])
		end++;
	return (struct range){s->base + origin[folded.start], s->base + origin[end]};
}

int subject_break_up(struct subject *s)
{
	if (s->broken_up)
		return 0;
	breaks_clear(&s->sentences);
	breaks_clear(&s->paragraphs);
	if (text_break_up(subject_text(s), &s->sentences, &s->paragraphs) < 0)
		return -1;
	s->broken_up = true;
	return 0;
}
