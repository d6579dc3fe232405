/* Reads the date and the time that a WhatsApp line begins with, in any of its languages. */
#include "whatsapp_head.h"

#include <string.h>

/* Takes a literal off the front. */
static bool take(struct str *rest, struct str literal)
{
	if (!str_starts(*rest, literal))
		return false;
	*rest = str_slice(*rest, literal.len, rest->len);
	return true;
}

/* Blanks of every width that the program writes. */
static bool take_blanks(struct str *rest)
{
	const char *before = rest->ptr;
	while (take(rest, STR(" ")) || take(rest, STR("\u202f")) || take(rest, STR("\u00a0")))
		;
	return rest->ptr != before;
}

/* A number of one to `most` digits; *digits: how many. */
static bool take_number(struct str *rest, int most, int *value, int *digits)
{
	*value = 0;
	int i = 0;
	while ((size_t)i < rest->len && rest->ptr[i] >= '0' && rest->ptr[i] <= '9') {
		if (i == most)
			return false;
		*value = *value * 10 + (rest->ptr[i++] - '0');
	}
	*digits = i;
	*rest = str_slice(*rest, (size_t)i, rest->len);
	return i > 0;
}

static bool take_date(struct str *rest, struct whatsapp_head *out)
{
	for (int i = 0; i < 3; i++) {
		if (!take_number(rest, 4, &out->numbers[i], &out->digits[i]) || !rest->len)
			return false;
		if (i == 2)
			break;
		char separator = rest->ptr[0];
		if (!separator || !strchr("/.-", separator) ||
			(i == 1 && separator != out->style.separator))
			return false;
		out->style.separator = separator;
		*rest = str_slice(*rest, 1, rest->len);
	}
	return true;
}

/* Halves of the day as the languages write them; blanks may stand between the letters. */
static const struct {
	struct str word;
	bool afternoon;
} halves[] = {
	{STR("am"), false},
	{STR("pm"), true},
	{STR("a.m."), false},
	{STR("p.m."), true},
	{STR("fm"), false},
	{STR("em"), true},
	{STR("f.m."), false},
	{STR("e.m."), true},
};

/* The word at the front of rest, without caring for case and blanks within. */
static bool take_half(struct str *rest, struct str word)
{
	struct str tried = *rest;
	for (size_t i = 0; i < word.len; i++) {
		if (i > 0)
			take_blanks(&tried);
		if (!str_starts_nocase(tried, str_slice(word, i, i + 1)))
			return false;
		tried = str_slice(tried, 1, tried.len);
	}
	*rest = tried;
	return true;
}

/* Makes 12 hours 24; false: "13:00 PM". No word: they are 24 already. */
static bool take_half_of_day(struct str *rest, int *hour)
{
	struct str behind = *rest;
	take_blanks(&behind);
	for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
		if (!take_half(&behind, halves[i].word))
			continue;
		*rest = behind;
		if (*hour < 1 || *hour > 12)
			return false;
		*hour = *hour % 12 + (halves[i].afternoon ? 12 : 0);
		return true;
	}
	return *hour <= 23;
}

static bool take_time(struct str *rest, struct local_time *t)
{
	int digits;
	char separator = 0;
	for (int i = 0; i < 3; i++) {
		int *const fields[] = {&t->hour, &t->minute, &t->second};
		if (!take_number(rest, 2, fields[i], &digits) || (i > 0 && digits != 2))
			return false;
		t->has_second = i == 2;
		if (i == 2 || !rest->len)
			break;
		bool more = rest->ptr[0] == ':' || rest->ptr[0] == '.';
		if (i == 1 && (!more || rest->ptr[0] != separator))
			break;
		if (!more)
			return false;
		separator = rest->ptr[0];
		*rest = str_slice(*rest, 1, rest->len);
	}
	return t->minute <= 59 && t->second <= 59 && take_half_of_day(rest, &t->hour);
}

/* What parts date and time: "31.12.24, 20:52", "12/03/2025 08:59", "12/03/2025 à 08:59". */
static bool take_gap(struct str *rest)
{
	take(rest, STR(","));
	if (!take_blanks(rest))
		return false;
	if (take(rest, STR("à")) || take(rest, STR("um")) || take(rest, STR("kl.")))
		return take_blanks(rest);
	return true;
}

bool whatsapp_head_read(struct str line, struct whatsapp_head *out)
{
	struct whatsapp_head made = {0};
	struct str rest = line;
	take(&rest, STR("\uFEFF"));
	while (take(&rest, STR("\u200e")) || take(&rest, STR("\u200f")))
		;
	made.style.bracketed = take(&rest, STR("["));
	const char *start = rest.ptr;
	if (!take_date(&rest, &made) || !take_gap(&rest) || !take_time(&rest, &made.time))
		return false;
	made.written = (struct str){start, (size_t)(rest.ptr - start)};
	if (made.style.bracketed) {
		if (!take(&rest, STR("]")) || (rest.len && !take_blanks(&rest)))
			return false;
	} else if (!take_blanks(&rest) || !take(&rest, STR("-")) ||
		(rest.len && !take_blanks(&rest))) {
		return false;
	}
	made.len = (size_t)(rest.ptr - line.ptr);
	if (!whatsapp_head_orders(&made))
		return false;
	*out = made;
	return true;
}

bool whatsapp_style_same(const struct whatsapp_style *a, const struct whatsapp_style *b)
{
	return a->bracketed == b->bracketed && a->separator == b->separator;
}

bool whatsapp_head_date(const struct whatsapp_head *h, enum chat_order order, struct date *out)
{
	/* where year, month and day stand */
	static const int places[][3] = {
		[CHAT_DMY] = {2, 1, 0}, [CHAT_MDY] = {2, 0, 1}, [CHAT_YMD] = {0, 1, 2}};
	if (order == CHAT_ORDER_UNKNOWN)
		return false;
	const int *at = places[order];
	int digits = h->digits[at[0]];
	if ((digits != 2 && digits != 4) || h->digits[at[1]] > 2 || h->digits[at[2]] > 2)
		return false;
	*out = (struct date){.year = h->numbers[at[0]] + (digits == 2 ? 2000 : 0),
		.month = h->numbers[at[1]],
		.day = h->numbers[at[2]]};
	return date_valid(*out);
}

unsigned whatsapp_head_orders(const struct whatsapp_head *h)
{
	unsigned usual = h->style.separator == '/' ? 1u << CHAT_DMY | 1u << CHAT_MDY
		: h->style.separator == '.'        ? 1u << CHAT_DMY
						   : 1u << CHAT_DMY | 1u << CHAT_YMD;
	if (h->digits[0] == 4)
		usual = 1u << CHAT_YMD;
	unsigned orders = 0;
	struct date date;
	for (unsigned o = CHAT_DMY; o <= CHAT_YMD; o++)
		if (whatsapp_head_date(h, (enum chat_order)o, &date))
			orders |= 1u << o;
	return orders & usual ? orders & usual : orders;
}
