/* Finds a server's warning above the sender's words, sentence by sentence. */
#include "banner.h"

#include "language.h"
#include "words.h"

#define BANNER_LINES 6 /* with words or rulers */
/* What stands behind the phrase that gives it away: a company's name, an address, a link. So much
   of an insult would be lost there, whose writer would have to begin it like a machine. */
#define TAIL_WORDS 6
#define TAIL_BYTES 80

/* Takes the next sentence off *rest, without marks around it; false when nothing is left. */
static bool next_sentence(struct str *rest, struct str *sentence)
{
	size_t end = 0;
	*rest = words_inside(*rest);
	if (str_starts(*rest, STR("[")))
		*rest = str_slice(*rest, 1, rest->len);
	if (rest->len == 0)
		return false;
	for (; end < rest->len; end++) {
		char c = rest->ptr[end];
		bool stop = c == '.' || c == '!' || c == '?' || c == ':' || c == ']';
		if (stop && (end + 1 == rest->len || rest->ptr[end + 1] == ' '))
			break;
	}
	*sentence = words_inside(str_slice(*rest, 0, end));
	*rest = str_slice(*rest, end + 1, rest->len);
	return true;
}

static bool short_tail(struct str sentence, const char *const *phrases)
{
	for (; *phrases; phrases++) {
		struct str tail = str_slice(sentence, str_from(*phrases).len, sentence.len);
		if (words_start(sentence, *phrases) && tail.len <= TAIL_BYTES &&
			words_count(tail) <= TAIL_WORDS)
			return true;
	}
	return false;
}

/* Can the line be of a warning as a whole? One of its sentences gives it away; advice follows. */
static bool is_banner(struct str line, bool *given_away)
{
	bool said = *given_away;
	struct str sentence;
	while (next_sentence(&line, &sentence)) {
		if (sentence.len == 0 || LANGUAGES_ANY(sentence, alarms, words_are_any))
			continue;
		if (LANGUAGES_ANY(sentence, banners, short_tail))
			said = true;
		else if (!said || !LANGUAGES_ANY(sentence, banner_advice, short_tail))
			return false;
	}
	*given_away = said;
	return true;
}

void banner_tag(struct lines *l)
{
	bool given_away = false;
	size_t end = 0, at = line_next(l, 0);
	for (size_t i = 0; i < BANNER_LINES && at < l->count; i++, at = line_next(l, at + 1)) {
		struct str words = line_words(l, at);
		if (l->items[at].kind != SPAN_NEW || l->items[at].depth > 0)
			break;
		if (!words_ruler(words) && !is_banner(words, &given_away))
			break;
		if (given_away)
			end = at + 1;
	}
	for (at = 0; at < end; at++) {
		l->items[at].kind = SPAN_AUTOMATIC;
		l->items[at].unsure = false;
	}
}
