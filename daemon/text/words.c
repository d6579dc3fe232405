/* Word, date, time and address tests on one folded line. */
#include "words.h"

#include <string.h>

bool word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool digit(struct str s, size_t at)
{
	return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

static bool border(struct str line, size_t at)
{
	return at == 0 || at >= line.len || !word_byte(line.ptr[at - 1]) ||
		!word_byte(line.ptr[at]);
}

/* Of a hundred phrases few begin with the same letter: the others are not even measured. */
static bool begins_alike(struct str line, size_t at, const char *phrase)
{
	return at < line.len && line.ptr[at] == *phrase;
}

static bool phrase_at(struct str line, size_t at, struct str phrase)
{
	return line.len - at >= phrase.len && border(line, at) &&
		memcmp(line.ptr + at, phrase.ptr, phrase.len) == 0 && border(line, at + phrase.len);
}

/* Where a word begins like `wanted`, from *at on. Lines are short: a search that prepares itself
   would take longer to begin than this takes. */
static bool next_beginning(struct str line, struct str wanted, size_t *at)
{
	for (; wanted.len && *at + wanted.len <= line.len; (*at)++) {
		const char *first =
			memchr(line.ptr + *at, wanted.ptr[0], line.len - wanted.len + 1 - *at);
		if (!first)
			return false;
		*at = (size_t)(first - line.ptr);
		if (border(line, *at) && memcmp(first, wanted.ptr, wanted.len) == 0)
			return true;
	}
	return false;
}

bool words_have(struct str line, const char *phrase, size_t *at)
{
	struct str wanted = str_from(phrase);
	for (size_t from = 0; next_beginning(line, wanted, &from); from++) {
		if (!border(line, from + wanted.len))
			continue;
		if (at)
			*at = from;
		return true;
	}
	return false;
}

/* Which bit stands for so many octets; the upper ones of such a product are mixed best. */
static unsigned bit_of_two(const char *octets)
{
	uint16_t start;
	memcpy(&start, octets, sizeof(start));
	return start * UINT32_C(2654435761) >> 20;
}

static unsigned bit_of_four(const char *octets)
{
	uint32_t start;
	memcpy(&start, octets, sizeof(start));
	return start * UINT32_C(2654435761) >> 20;
}

static void set_bit(struct word_starts *starts, unsigned bit)
{
	starts->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

struct word_starts words_starts(struct str line)
{
	struct word_starts starts = {0};
	bool within = false;
	for (size_t at = 0; at + 2 <= line.len; at++) {
		bool letter = word_byte(line.ptr[at]);
		if (!(within && letter)) {
			set_bit(&starts, bit_of_two(line.ptr + at));
			if (at + 4 <= line.len)
				set_bit(&starts, bit_of_four(line.ptr + at));
		}
		within = letter;
	}
	return starts;
}

bool words_may_have(const struct word_starts *starts, const char *phrase)
{
	if (!phrase[0] || !phrase[1])
		return true; /* too short to be told */
	unsigned bit = phrase[2] && phrase[3] ? bit_of_four(phrase) : bit_of_two(phrase);
	return starts->bits[bit / 64] >> bit % 64 & 1;
}

bool words_starts_have(
	const struct word_starts *starts, struct str line, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (words_may_have(starts, *phrases) && words_have(line, *phrases, NULL))
			return true;
	return false;
}

bool words_have_any(struct str line, const char *const *phrases)
{
	const struct word_starts starts = words_starts(line);
	return words_starts_have(&starts, line, phrases);
}

size_t words_have_how_many(
	struct str line, const struct word_starts *starts, const char *const *phrases)
{
	size_t count = 0;
	for (; phrases && *phrases; phrases++)
		count += words_may_have(starts, *phrases) && words_have(line, *phrases, NULL);
	return count;
}

bool words_begin_any(
	struct str line, const struct word_starts *starts, const char *const *beginnings)
{
	for (; *beginnings; beginnings++)
		if (words_may_have(starts, *beginnings) &&
			next_beginning(line, str_from(*beginnings), &(size_t){0}))
			return true;
	return false;
}

bool words_start(struct str line, const char *phrase)
{
	return begins_alike(line, 0, phrase) && phrase_at(line, 0, str_from(phrase));
}

bool words_start_any(struct str line, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (words_start(line, *phrases))
			return true;
	return false;
}

bool words_end_any(struct str line, const char *const *phrases)
{
	for (; *phrases; phrases++) {
		struct str phrase = str_from(*phrases);
		if (phrase.len <= line.len &&
			line.ptr[line.len - 1] == phrase.ptr[phrase.len - 1] &&
			phrase_at(line, line.len - phrase.len, phrase))
			return true;
	}
	return false;
}

bool words_are_any(struct str line, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (begins_alike(line, 0, *phrases) && str_eq(line, str_from(*phrases)))
			return true;
	return false;
}

size_t words_count(struct str line)
{
	size_t count = 0;
	bool inside = false;
	for (size_t at = 0; at < line.len; at++) {
		bool blank = line.ptr[at] == ' ' || line.ptr[at] == '\t';
		count += !blank && !inside;
		inside = !blank;
	}
	return count;
}

/* A run of digits that begins at `at`, with its value up to 9999. */
static size_t number_at(struct str line, size_t at, unsigned *value)
{
	size_t end = at;
	*value = 0;
	while (digit(line, end)) {
		if (end - at < 4)
			*value = *value * 10 + (unsigned)(line.ptr[end] - '0');
		end++;
	}
	return end - at;
}

/* 3/5/24, 03.05.2024, 2024-05-03, 2024/5/3: three numbers with the same separator. */
static bool numeric_date_at(struct str line, size_t at)
{
	unsigned value;
	size_t first = number_at(line, at, &value);
	at += first;
	if (first == 0 || first > 4 || at >= line.len || !strchr("./-", line.ptr[at]))
		return false;
	char separator = line.ptr[at++];
	size_t second = number_at(line, at, &value);
	at += second;
	if (second == 0 || second > 2 || at >= line.len || line.ptr[at++] != separator)
		return false;
	size_t third = number_at(line, at, &value);
	return third > 0 && third <= 4 && (first <= 2 || first == 4);
}

static bool year_at(struct str line, size_t at)
{
	unsigned value;
	return number_at(line, at, &value) == 4 && value >= 1970 && value < 2100;
}

static bool has_year(struct str line)
{
	for (size_t at = 0; at < line.len; at++)
		if (digit(line, at) && (at == 0 || !digit(line, at - 1)) && year_at(line, at))
			return true;
	return false;
}

bool words_start_date(struct str line)
{
	return numeric_date_at(line, 0);
}

bool words_have_date(struct str line)
{
	bool year = false;
	size_t numbers = 0;
	for (size_t at = 0; at < line.len; at++) {
		if (!digit(line, at) || (at > 0 && digit(line, at - 1)))
			continue;
		if (numeric_date_at(line, at))
			return true;
		year = year || year_at(line, at);
		numbers++;
	}
	return year && numbers > 1;
}

static bool time_at(struct str line, size_t at)
{
	unsigned hour, minute;
	size_t digits = number_at(line, at, &hour);
	at += digits;
	if (digits == 0 || digits > 2 || hour > 24 || at >= line.len ||
		!strchr(":.h", line.ptr[at]))
		return false;
	bool dotted = line.ptr[at] == '.';
	if (number_at(line, at + 1, &minute) != 2 || minute > 59)
		return false;
	/* 30.09.2017 is no time; 9.12.33 is one, beside a date that has its year elsewhere. */
	if (!dotted || !(at + 3 < line.len && line.ptr[at + 3] == '.' && digit(line, at + 4)))
		return true;
	return number_at(line, at + 4, &minute) == 2 && minute <= 59 && has_year(line);
}

bool words_have_time(struct str line)
{
	for (size_t at = 0; at < line.len; at++)
		if (digit(line, at) &&
			(at == 0 || (!digit(line, at - 1) && line.ptr[at - 1] != '.')) &&
			time_at(line, at))
			return true;
	return false;
}

bool words_have_address(struct str line)
{
	for (size_t at = 1; at + 1 < line.len; at++)
		if (line.ptr[at] == '@' && line.ptr[at - 1] > ' ' && line.ptr[at - 1] != '<' &&
			word_byte(line.ptr[at + 1]))
			return true;
	return false;
}

bool words_have_boxed_address(struct str line)
{
	for (size_t at = 0; at < line.len; at++) {
		if (line.ptr[at] != '<' && line.ptr[at] != '(')
			continue;
		size_t end = at + 1;
		while (end < line.len && !strchr("<>()", line.ptr[end]))
			end++;
		if (words_have_address(str_slice(line, at + 1, end)))
			return true;
	}
	return false;
}

/* What ruler lines are drawn with. */
static size_t ruler_mark(struct str line, size_t at)
{
	static const char *const wide[] = {"\u2014", "\u2013", "\u2501", "\u2500", "\u1427", NULL};
	if (memchr("-_=*~#+", line.ptr[at], 7))
		return 1;
	for (const char *const *mark = wide; *mark; mark++)
		if (str_starts(str_slice(line, at, line.len), str_from(*mark)))
			return 3;
	return 0;
}

bool words_ruler(struct str line)
{
	size_t at = 0;
	while (at < line.len) {
		size_t mark = line.ptr[at] == ' ' ? 1 : ruler_mark(line, at);
		if (mark == 0)
			return false;
		at += mark;
	}
	return line.len > 1;
}

struct str words_inside(struct str line)
{
	while (line.len && memchr(" -_=*~\t", line.ptr[0], 7))
		line = str_slice(line, 1, line.len);
	while (line.len && memchr(" -_=*~\t", line.ptr[line.len - 1], 7))
		line = str_slice(line, 0, line.len - 1);
	return line;
}
