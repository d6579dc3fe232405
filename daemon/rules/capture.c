/* Finds {amount} and {day} in a rule, and what they mean in a match. */
#include "capture.h"
#include "amount.h"
#include "base/diag.h"
#include "base/slots.h"
#include "day.h"
#include <stdio.h>

#define LEAD_BYTES 24 /* "no later than", and a blank or two */

const char *const capture_names[CAPTURE_COUNT] = {
	[CAPTURE_AMOUNT] = "amount",
	[CAPTURE_DAY] = "day",
};

/* Of the named groups; no name that a rule's own group has by chance. */
static const char *const group_names[CAPTURE_COUNT] = {
	[CAPTURE_AMOUNT] = "_amount",
	[CAPTURE_DAY] = "_day",
};

/* Of the groups that define them, and how those are called. */
static const char *const definition_names[CAPTURE_COUNT] = {
	[CAPTURE_AMOUNT] = "_an_amount",
	[CAPTURE_DAY] = "_a_day",
};
static const struct str calls[CAPTURE_COUNT] = {
	[CAPTURE_AMOUNT] = {"(?&_an_amount)", 14},
	[CAPTURE_DAY] = {"(?&_a_day)", 10},
};

int capture_at(struct str s, enum capture *out, size_t *len)
{
	struct str name;
	if (!slot_at(s, &name))
		return 0;
	for (unsigned c = 0; c < CAPTURE_COUNT; c++) {
		if (!str_eq(name, str_from(capture_names[c])))
			continue;
		*out = (enum capture)c;
		*len = name.len + 2;
		return 1;
	}
	return -1;
}

void capture_mistake(struct str s, char *out, size_t size)
{
	struct str name;
	if (!slot_at(s, &name))
		return;
	const char *guess = did_you_mean(name, capture_names, CAPTURE_COUNT);
	name = str_slice(name, 0, 40);
	if (guess)
		snprintf(out, size, "unknown class '{%.*s}' (did you mean '{%s}'?)", STR_ARG(name),
			guess);
	else
		snprintf(out, size, "unknown class '{%.*s}', expected {amount} or {day}",
			STR_ARG(name));
}

void capture_add(enum capture c, struct buf *regex)
{
	buf_add_format(regex, "(?<%s>%s)", group_names[c], calls[c].ptr);
}

void capture_words_finish(struct capture_words *w)
{
	for (unsigned c = 0; c < CAPTURE_COUNT; c++)
		buf_finish(&w->groups[c]);
}

static struct str groups_of(struct capture_words *w, enum capture c, struct str lang)
{
	struct buf *groups = &w->groups[c];
	if (!str_eq(w->lang, lang))
		for (unsigned i = 0; i < CAPTURE_COUNT; i++)
			buf_clear(&w->groups[i]);
	w->lang = lang;
	if (groups->len == 0) {
		buf_add_cstr(groups, "(?(DEFINE)");
		if (c == CAPTURE_AMOUNT)
			amount_add_group(definition_names[c], groups);
		else
			day_add_groups(lang, definition_names[c], groups);
		buf_add_char(groups, ')');
	}
	return buf_str(groups);
}

/* Copies what stands before the next call, and passes over the call: its length, 0 at the end. */
static size_t copy_to_call(struct str regex, size_t *at, struct buf *out)
{
	for (; *at < regex.len; ++*at) {
		struct str rest = str_slice(regex, *at, regex.len);
		for (unsigned c = 0; rest.ptr[0] == '(' && c < CAPTURE_COUNT; c++)
			if (str_starts(rest, calls[c]))
				return calls[c].len;
		buf_add_char(out, rest.ptr[0]);
	}
	return 0;
}

void captures_stand_in(struct str regex, struct buf *out)
{
	size_t at = 0, call;
	while ((call = copy_to_call(regex, &at, out)) > 0) {
		buf_add_char(out, '.');
		at += call;
	}
}

void captures_define(struct capture_words *w, struct str regex, struct str lang, struct buf *out)
{
	for (unsigned c = 0; c < CAPTURE_COUNT; c++) {
		size_t at;
		if (!str_find(regex, calls[c], &at))
			continue;
		buf_add_str(out, groups_of(w, (enum capture)c, lang));
		out->failed |= w->groups[c].failed;
	}
}

void captures_note(
	struct capture_places *places, const struct pattern *p, const struct subject *subject)
{
	for (unsigned c = 0; c < CAPTURE_COUNT; c++)
		if (!places->subject[c] && pattern_group(p, group_names[c], &places->range[c]))
			places->subject[c] = subject;
}

/* The words at a place as their sender wrote them, and as the pattern saw them. */
static int take_words(const struct capture_places *places, enum capture c, const struct text *text,
	struct arena *arena, struct str *written, struct str *folded)
{
	const struct subject *subject = places->subject[c];
	struct range at = subject_origin(subject, places->range[c]);
	*folded = str_slice(subject_text(subject), places->range[c].start, places->range[c].end);
	*written = arena_str(arena, str_slice(text->bytes, at.start, at.end));
	return written->ptr ? 0 : -1;
}

/* A few words before a place. */
static struct str lead_of(const struct capture_places *places, enum capture c)
{
	struct str text = subject_text(places->subject[c]);
	size_t end = places->range[c].start, start = end > LEAD_BYTES ? end - LEAD_BYTES : 0;
	while (start < end && ((unsigned char)text.ptr[start] & 0xC0) == 0x80)
		start++;
	return str_slice(text, start, end);
}

int captures_read(const struct capture_places *places, const struct text *text, struct str lang,
	struct today today, struct arena *arena, struct captured *out)
{
	struct captured made = {0};
	struct str words;
	if (places->subject[CAPTURE_AMOUNT]) {
		if (take_words(places, CAPTURE_AMOUNT, text, arena, &made.amount, &words) < 0)
			return -1;
		amount_read(words, lang, &made);
	}
	if (places->subject[CAPTURE_DAY]) {
		if (take_words(places, CAPTURE_DAY, text, arena, &made.day_words, &words) < 0)
			return -1;
		made.has_day =
			day_read(lead_of(places, CAPTURE_DAY), words, lang, today, &made.day);
	}
	*out = made;
	return 0;
}
