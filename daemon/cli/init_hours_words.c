/* The words that hours are told with, one after the other. */
#include "init_hours_words.h"

#include "base/diag.h"
#include <string.h>

#define HALF_DAY (MINUTES_A_DAY / 2)

/* Any beginning of a word from `least` letters on stands for it; so does its plural. */
static const struct {
	const char *word;
	size_t least;
	enum hours_token_kind kind;
	unsigned days;
	int minute;
} words[] = {
	{"monday", 2, HOURS_DAYS, 1U << 0, 0},
	{"tuesday", 2, HOURS_DAYS, 1U << 1, 0},
	{"wednesday", 3, HOURS_DAYS, 1U << 2, 0},
	{"thursday", 2, HOURS_DAYS, 1U << 3, 0},
	{"friday", 2, HOURS_DAYS, 1U << 4, 0},
	{"saturday", 2, HOURS_DAYS, 1U << 5, 0},
	{"sunday", 2, HOURS_DAYS, 1U << 6, 0},
	{"weekday", 7, HOURS_DAYS, WEEKDAYS, 0},
	{"workday", 7, HOURS_DAYS, WEEKDAYS, 0},
	{"weekend", 7, HOURS_DAYS, ALL_DAYS & ~WEEKDAYS, 0},
	{"daily", 5, HOURS_DAYS, ALL_DAYS, 0},
	{"day", 3, HOURS_DAYS, ALL_DAYS, 0},
	{"everyday", 8, HOURS_DAYS, ALL_DAYS, 0},
	{"rest", 4, HOURS_REST, 0, 0},
	{"otherwise", 9, HOURS_REST, 0, 0},
	{"else", 4, HOURS_REST, 0, 0},
	{"noon", 4, HOURS_TIME, 0, HALF_DAY},
	{"midnight", 8, HOURS_TIME, 0, MINUTES_A_DAY},
	{"to", 2, HOURS_TO, 0, 0},
	{"until", 3, HOURS_TO, 0, 0},
	{"till", 3, HOURS_TO, 0, 0},
	{"from", 4, HOURS_FROM, 0, 0},
	{"on", 2, HOURS_ON, 0, 0},
	{"off", 3, HOURS_OFF, 0, 0},
	{"not", 2, HOURS_OFF, 0, 0},
	{"never", 5, HOURS_OFF, 0, 0},
	{"free", 4, HOURS_OFF, 0, 0},
	{"closed", 6, HOURS_OFF, 0, 0},
	{"lunch", 5, HOURS_BREAK, 0, 0},
	{"break", 5, HOURS_BREAK, 0, 0},
	{"pause", 5, HOURS_BREAK, 0, 0},
	{"except", 6, HOURS_BREAK, 0, 0},
	{"without", 7, HOURS_BREAK, 0, 0},
	{"and", 3, HOURS_SEPARATOR, 0, 0},
};

static const char *const silent_words[] = {"every", "each", "the", "at", "with", "i", "work",
	"hours", "only", "for", "a", "clock", "o", "between"};

static size_t take_while(struct str *rest, bool (*fits)(char))
{
	size_t len = 0;
	while (len < rest->len && fits(rest->ptr[len]))
		len++;
	return len;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\'';
}

static int not_understood(struct str text, struct error *err)
{
	static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday", "weekdays", "weekend", "until", "lunch"};
	const char *near = did_you_mean(text, days, sizeof(days) / sizeof(days[0]));
	if (near)
		return error_set(err, ERROR_USAGE, "'%.*s' is not understood (did you mean '%s'?)",
			STR_ARG(text), near);
	return error_set(err, ERROR_USAGE,
		"'%.*s' is not understood, expected such as '9-17, Friday to 15'", STR_ARG(text));
}

/* "thu", "Thursdays", "thurs." */
static bool stands_for(struct str text, const char *word, size_t least)
{
	struct str whole = str_from(word), singular = text;
	if (text.len == whole.len + 1 && (text.ptr[whole.len] | 0x20) == 's')
		singular.len--;
	return singular.len >= least && str_starts_nocase(whole, singular);
}

static int take_word(struct str *rest, struct hours_token *out, struct error *err)
{
	out->text = str_slice(*rest, 0, take_while(rest, is_letter));
	*rest = str_slice(*rest, out->text.len, rest->len);
	if (rest->len && rest->ptr[0] == '.')
		*rest = str_slice(*rest, 1, rest->len);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (stands_for(out->text, words[i].word, words[i].least)) {
			out->kind = words[i].kind;
			out->days = words[i].days;
			out->minute = words[i].minute;
			out->sure = true;
			return 0;
		}
	for (size_t i = 0; i < sizeof(silent_words) / sizeof(silent_words[0]); i++)
		if (str_eq_nocase(out->text, str_from(silent_words[i]))) {
			out->kind = HOURS_SILENT;
			return 0;
		}
	return not_understood(out->text, err);
}

/* Moves a time by what stands behind it: "5 pm". */
static bool take_half(struct str *rest, int *minute)
{
	struct str behind = *rest;
	while (behind.len && is_space(behind.ptr[0]))
		behind = str_slice(behind, 1, behind.len);
	bool pm = str_starts_nocase(behind, STR("pm"));
	if (!pm && !str_starts_nocase(behind, STR("am")))
		return false;
	if (behind.len > 2 && is_letter(behind.ptr[2]))
		return false;
	*rest = str_slice(behind, 2, behind.len);
	*minute = *minute % HALF_DAY + (pm ? HALF_DAY : 0);
	return true;
}

static bool take_number(struct str *rest, int *out, size_t *digits)
{
	*digits = take_while(rest, is_digit);
	if (*digits < 1 || *digits > 4)
		return false;
	*out = 0;
	for (size_t i = 0; i < *digits; i++)
		*out = *out * 10 + (rest->ptr[i] - '0');
	*rest = str_slice(*rest, *digits, rest->len);
	return true;
}

/* 9, 09:30, 9.30, 9h, 9h30, 0930. */
static int take_time(struct str *rest, struct hours_token *out, struct error *err)
{
	struct str start = *rest;
	int hour = 0, minute = 0;
	size_t digits, minute_digits = 2;
	bool good = take_number(rest, &hour, &digits);
	char next = rest->len ? rest->ptr[0] : '\0';
	bool behind = rest->len > 1 && is_digit(rest->ptr[1]);
	if (good && digits > 2) {
		minute = hour % 100;
		hour /= 100;
	} else if (good && (next == ':' || next == '.' || next == 'h') && behind) {
		*rest = str_slice(*rest, 1, rest->len);
		good = take_number(rest, &minute, &minute_digits);
	} else if (good && next == 'h' && !(rest->len > 1 && is_letter(rest->ptr[1]))) {
		*rest = str_slice(*rest, 1, rest->len);
	}
	out->text = str_slice(start, 0, start.len - rest->len);
	out->kind = HOURS_TIME;
	out->minute = hour * 60 + minute;
	if (!good || minute_digits != 2 || minute > 59 || out->minute > MINUTES_A_DAY)
		return error_set(err, ERROR_USAGE, "'%.*s' is no time of day", STR_ARG(out->text));
	out->sure = digits == 2 && out->text.ptr[0] == '0';
	if (out->minute <= HALF_DAY + 59 && take_half(rest, &out->minute))
		out->sure = true;
	return 0;
}

/* Signs of several octets: en and em dash, minus. */
static size_t dash_length(struct str rest)
{
	static const char *const dashes[] = {"-", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x88\x92"};
	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++)
		if (str_starts(rest, str_from(dashes[i])))
			return strlen(dashes[i]);
	return 0;
}

static int take_token(struct str *rest, struct hours_token *out, struct error *err)
{
	while (rest->len && is_space(rest->ptr[0]))
		*rest = str_slice(*rest, 1, rest->len);
	*out = (struct hours_token){.kind = HOURS_END};
	if (!rest->len)
		return 0;
	if (is_letter(rest->ptr[0]))
		return take_word(rest, out, err);
	if (is_digit(rest->ptr[0]))
		return take_time(rest, out, err);
	size_t len = dash_length(*rest);
	out->kind = HOURS_DASH;
	if (!len && strchr(",;&+/", rest->ptr[0])) {
		len = 1;
		out->kind = HOURS_SEPARATOR;
	}
	if (!len)
		return not_understood(str_slice(*rest, 0, 20), err);
	out->text = str_slice(*rest, 0, len);
	*rest = str_slice(*rest, len, rest->len);
	return 0;
}

int hours_token(struct str *rest, struct hours_token *out, struct error *err)
{
	int result;
	do
		result = take_token(rest, out, err);
	while (!result && out->kind == HOURS_SILENT);
	return result;
}
