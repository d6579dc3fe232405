/* Amounts of money: the regex that finds "1.200,50 EUR", "$3k" and "500:-", and what they are
 * worth. */
#include "amount.h"
#include "base/utf8.h"
#include <string.h>

#define DIGITS_MOST 12

/* Words and signs of money, folded. A currency that several countries call so is not known, but
   where the rule's language tells. */
static const struct {
	const char *word;
	const char *currency; /* ISO 4217 */
	const char *lang;     /* only in rules of this language */
} units[] = {
	{"\xE2\x82\xAC", "EUR", NULL}, /* the euro sign */
	{"\xC2\xA3", "GBP", NULL},     /* the pound sign */
	{"us$", "USD", NULL},
	{"ca$", "CAD", NULL},
	{"c$", "CAD", NULL},
	{"au$", "AUD", NULL},
	{"a$", "AUD", NULL},
	{"nz$", "NZD", NULL},
	{"r$", "BRL", NULL},
	{"\xE2\x82\xB9", "INR", NULL}, /* the rupee sign */
	{"z\xC5\x82", "PLN", NULL},
	{"k\xC4\x8D", "CZK", NULL},
	{"$", "", NULL},
	{"euros", "EUR", NULL},
	{"euro", "EUR", NULL},
	{"kronor", "SEK", NULL},
	{"kr", "SEK", "sv"},
	{"kr", "", NULL},
	{":-", "SEK", "sv"},
	{":-", "", NULL},
	{"pounds", "GBP", NULL},
	{"quid", "GBP", NULL},
	{"dollars", "", NULL},
	{"dollar", "", NULL},
	{"bucks", "", NULL},
	{"franken", "CHF", NULL},
	{"francs", "", NULL},
	{"pesos", "", NULL},
	{"eur", "EUR", NULL},
	{"usd", "USD", NULL},
	{"gbp", "GBP", NULL},
	{"sek", "SEK", NULL},
	{"nok", "NOK", NULL},
	{"dkk", "DKK", NULL},
	{"chf", "CHF", NULL},
	{"cad", "CAD", NULL},
	{"aud", "AUD", NULL},
	{"nzd", "NZD", NULL},
	{"pln", "PLN", NULL},
	{"czk", "CZK", NULL},
	{"mxn", "MXN", NULL},
};
#define UNIT_COUNT (sizeof(units) / sizeof(*units))

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* The units as alternatives; those of letters are whole words on the side away from the number. */
static void add_units(struct buf *regex, bool before)
{
	for (size_t i = 0; i < UNIT_COUNT; i++) {
		const char *word = units[i].word;
		size_t len = strlen(word);
		bool again = i > 0 && strcmp(word, units[i - 1].word) == 0;
		if (again || (before && word[0] == ':'))
			continue;
		buf_add_cstr(regex, i > 0 ? "|" : "");
		if (before && is_letter(word[0]))
			buf_add_cstr(regex, "\\b");
		for (size_t k = 0; k < len; k++)
			buf_add_format(regex, "%s%c", word[k] == '$' ? "\\" : "", word[k]);
		if (!before && is_letter(word[len - 1]))
			buf_add_cstr(regex, "\\b");
	}
}

void amount_add_group(const char *name, struct buf *regex)
{
	static const char number[] = "(?:\\d{1,3}(?:[ .,']\\d{3}){1,3}|\\d{1,9})(?:[.,]\\d{1,2})?"
				     "(?!\\d)(?:[ ]?k\\b)?";
	buf_add_format(regex, "(?<%s>(?:", name);
	add_units(regex, true);
	buf_add_format(regex, ")[ \\n]?%s|(?<![\\w.,])%s[ \\n]?(?:", number, number);
	add_units(regex, false);
	buf_add_cstr(regex, "))");
}

/* A separator before one or two last digits is the decimal one: "1.200" is twelve hundred. */
static bool read_number(struct str words, int64_t *hundredths)
{
	size_t first = 0, last, digits = 0, decimals = 0;
	while (first < words.len && (words.ptr[first] < '0' || words.ptr[first] > '9'))
		first++;
	last = words.len;
	while (last > first && (words.ptr[last - 1] < '0' || words.ptr[last - 1] > '9'))
		last--;
	*hundredths = 0;
	for (size_t i = first; i < last; i++) {
		char c = words.ptr[i];
		if ((c == '.' || c == ',') && last - i <= 3) {
			decimals = last - i - 1;
		} else if (c >= '0' && c <= '9') {
			if (++digits > DIGITS_MOST)
				return false;
			*hundredths = *hundredths * 10 + (c - '0');
		}
	}
	for (; decimals < 2; decimals++)
		*hundredths *= 10;
	struct str behind = str_trim(str_slice(words, last, words.len));
	size_t next = 1;
	/* "3k EUR", not "3 kr" */
	if (str_starts_nocase(behind, STR("k")) &&
		(behind.len == 1 || !utf8_is_word(utf8_next(behind, &next))))
		*hundredths *= 1000;
	return digits > 0;
}

static void read_currency(struct str words, struct str lang, struct captured *out)
{
	size_t at;
	for (size_t i = 0; i < UNIT_COUNT; i++) {
		if (units[i].lang && !str_eq(lang, str_from(units[i].lang)))
			continue;
		if (!str_find_nocase(words, str_from(units[i].word), &at))
			continue;
		strcpy(out->currency, units[i].currency);
		return;
	}
}

void amount_read(struct str words, struct str lang, struct captured *out)
{
	out->has_value = read_number(words, &out->hundredths);
	read_currency(words, lang, out);
}
