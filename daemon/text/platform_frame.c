/* The known forms of platforms' mail, one a row: where a user's words begin, and where they end. */
#include "platform_frame.h"

#include "base/utf8.h"
#include "language.h"
#include "words.h"

#define NAME_BYTES 80
#define STAMP_WORDS 8

/* "Jane D." and "12:47 PM EEST, 27 Jun 2021" below it: the words begin behind that. 0: no opening.
 */
static size_t name_and_time(const struct lines *l, size_t i)
{
	size_t stamp = line_next(l, i + 1);
	if (line_blank(l, i) || stamp == l->count || line_words(l, i).len > NAME_BYTES)
		return 0;
	struct str words = line_words(l, stamp);
	bool told = words_have_time(words) && words_have_date(words) &&
		words_count(words) <= STAMP_WORDS;
	return told ? stamp + 1 : 0;
}

/* "Jane (@janedoe) left you a message" */
static size_t left_a_message(const struct lines *l, size_t i)
{
	struct str words = line_words(l, i);
	bool told = words.len <= 2 * NAME_BYTES &&
		words_have_any(words, LIST("left you a message", "left you message"));
	return told ? i + 1 : 0;
}

static const struct frame {
	struct str platform;
	size_t (*opens)(const struct lines *l, size_t i);
	bool name_alone; /* the opening line is the name; else it stands in it somewhere */
	/* Whole lines. The last of them ends the words: a user who writes one hides nothing by it.
	 */
	const char *const *buttons;
	const char *const *elsewhere;
} frames[] = {
	{STR("upwork"), name_and_time, true,
		LIST("reply", "view message", "view messages", "view and reply", "reply on upwork"),
		LIST("view your message and send a reply")},
	{STR("fiverr"), left_a_message, false,
		LIST("reply", "view message", "view and reply", "view & reply", "reply on fiverr"),
		NULL},
};

/* Does the opening line name the speaker? Their own pages shorten "Jane Doe" to "Jane D.". */
static bool names(const struct frame *f, struct str line, struct str speaker)
{
	size_t at;
	struct str stem =
		str_ends(speaker, STR(".")) ? str_slice(speaker, 0, speaker.len - 1) : speaker;
	if (!f->name_alone)
		return str_find(line, speaker, &at) && (at == 0 || !word_byte(line.ptr[at - 1])) &&
			(at + speaker.len == line.len || !word_byte(line.ptr[at + speaker.len]));
	return str_eq(line, speaker) ||
		(stem.len < speaker.len && str_starts(line, stem) &&
			words_count(line) == words_count(speaker));
}

static enum frame_result tag_words(struct lines *l, const struct frame *f, struct str speaker)
{
	size_t end = l->count;
	enum span_kind kind = SPAN_AUTOMATIC;
	enum frame_result result = FRAME_UNKNOWN;
	while (end > 0 && !words_are_any(line_words(l, end - 1), f->buttons)) {
		if (f->elsewhere && words_are_any(line_words(l, end - 1), f->elsewhere))
			result = FRAME_ELSEWHERE;
		end--;
	}
	for (size_t i = 0; i + 1 < end;) {
		size_t words = f->opens(l, i);
		if (words) {
			bool theirs = names(f, line_words(l, i), speaker);
			kind = theirs ? SPAN_NEW : SPAN_FORWARDED;
			i = words;
			continue;
		}
		l->items[i].kind = kind;
		if (kind == SPAN_NEW && !line_blank(l, i))
			result = FRAME_READ;
		i++;
	}
	return result;
}

enum frame_result platform_frame_tag(struct lines *l, struct str platform, struct str speaker)
{
	struct folded folded = {0};
	enum frame_result result = FRAME_UNKNOWN;
	for (size_t i = 0; i < l->count; i++)
		l->items[i].kind = SPAN_AUTOMATIC;
	if (utf8_fold(speaker, true, &folded) < 0) {
		l->failed = true;
		return result;
	}
	for (size_t f = 0; f < sizeof(frames) / sizeof(frames[0]) && folded.text.len; f++)
		if (str_eq(frames[f].platform, platform))
			result = tag_words(l, &frames[f], str_trim(buf_str(&folded.text)));
	folded_finish(&folded);
	return result;
}
