/* What I may say or send to a client: days, hours and the form of a letter in a language. */
#include "report/letter.h"

#include "base/clock.h"

#include <stdio.h>

static const struct letter_words *const all[] = {
	&letter_en, &letter_sv, &letter_fr, &letter_de, &letter_es};

const struct letter_words *letter_words_of(struct str lang)
{
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (str_eq(lang, str_from(all[i]->lang)))
			return all[i];
	return NULL;
}

const struct letter_words *letter_words_whole(struct str lang)
{
	const struct letter_words *w = letter_words_of(lang);
	return w && w->letter ? w : NULL;
}

static void add_date(const struct letter_words *w, const char *form, int64_t day, struct str time,
	struct buf *out)
{
	char number[24], year[24];
	struct date d = date_from_days(day);
	snprintf(number, sizeof(number), "%d", d.day);
	snprintf(year, sizeof(year), "%d", d.year);
	const struct slot slots[] = {
		{"weekday", str_from(w->weekdays[date_weekday(day)])},
		{"day", str_from(d.day == 1 ? w->first_day : number)},
		{"month", str_from(w->months[d.month - 1])},
		{"year", str_from(year)},
		{"time", time},
	};
	slots_fill(slots, sizeof(slots) / sizeof(slots[0]), str_from(form), out);
}

void letter_add_day(const struct letter_words *w, int64_t day, struct buf *out)
{
	add_date(w, w->date, day, (struct str){0}, out);
}

void letter_add_opening(const struct letter_words *w, const struct moment *now, struct buf *out)
{
	char time[32];
	int64_t local_us = now->opening_at_us + (int64_t)now->opening_offset_min * MINUTE_US;
	int64_t day = date_of_instant(now->opening_at_us, now->opening_offset_min);
	int64_t minute = (local_us - day * DAY_US) / MINUTE_US;
	snprintf(time, sizeof(time), "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
	add_date(w, w->moment, day, str_from(time), out);
}

/* "mon" or "Monday"; -1: it is no day. */
static int weekday_at(struct str word)
{
	for (int i = 0; i < 7 && word.len >= 3; i++)
		if (str_starts_nocase(word, str_from(weekday_names[i])))
			return i;
	return -1;
}

/* "mon-thu,sat" */
static void add_days(const struct letter_words *w, struct str list, struct buf *out)
{
	struct str part;
	bool first = true;
	while (str_split(&list, ',', &part)) {
		struct str from, rest = part;
		buf_add_cstr(out, first ? "" : ", ");
		str_split(&rest, '-', &from);
		int begin = weekday_at(from), end = weekday_at(rest);
		if (begin >= 0)
			buf_add_cstr(out, w->weekdays[begin]);
		if (begin >= 0 && end >= 0) {
			buf_add_cstr(out, w->to);
			buf_add_cstr(out, w->weekdays[end]);
		}
		first = false;
	}
}

/* "mon-thu 09:00-12:00 13:00-17:30" */
static void add_hours_of_days(const struct letter_words *w, struct str hours, struct buf *out)
{
	struct str word;
	size_t days = 0, times = 0;
	while (str_split(&hours, ' ', &word)) {
		if (!word.len)
			continue;
		if (word.ptr[0] >= '0' && word.ptr[0] <= '9') {
			buf_add_cstr(out, times++ ? w->and : days ? " " : "");
			buf_add_str(out, word);
		} else {
			buf_add_cstr(out, days++ ? ", " : "");
			add_days(w, word, out);
		}
	}
}

void letter_add_hours(const struct letter_words *w, const struct strs *hours, struct buf *out)
{
	for (size_t i = 0; i < hours->count; i++) {
		buf_add_cstr(out, i ? ", " : "");
		add_hours_of_days(w, hours->items[i], out);
	}
}

void letter_add(const struct letter_words *w, struct str name, struct str text, struct str me,
	struct buf *out)
{
	const struct slot slot = {"name", name};
	slots_fill(&slot, 1, str_from(name.len ? w->greeting_name : w->greeting), out);
	buf_add_cstr(out, "\n\n");
	buf_add_str(out, text);
	buf_add_format(out, "\n\n%s\n", w->closing);
	if (me.len)
		buf_add_format(out, "%.*s\n", STR_ARG(me));
}
