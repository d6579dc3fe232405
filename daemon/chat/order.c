/* In which order languages and countries write a date's numbers. */
#include "chat/chat.h"

#include <assert.h>

static const char *const names[] = {
	[CHAT_ORDER_UNKNOWN] = "unknown",
	[CHAT_DMY] = "day/month/year",
	[CHAT_MDY] = "month/day/year",
	[CHAT_YMD] = "year/month/day",
};

const char *chat_order_name(enum chat_order o)
{
	assert(o < sizeof(names) / sizeof(names[0]));
	return names[o];
}

/* The first row that fits: a country's before its language's. "en" alone has none. */
static const struct {
	struct str locale;
	enum chat_order order;
} locales[] = {
	{STR("dmy"), CHAT_DMY},
	{STR("mdy"), CHAT_MDY},
	{STR("ymd"), CHAT_YMD},
	{STR("en-US"), CHAT_MDY},
	{STR("en-PH"), CHAT_MDY},
	{STR("en-CA"), CHAT_YMD},
	{STR("en-GB"), CHAT_DMY},
	{STR("en-IE"), CHAT_DMY},
	{STR("en-AU"), CHAT_DMY},
	{STR("en-NZ"), CHAT_DMY},
	{STR("en-IN"), CHAT_DMY},
	{STR("en-SG"), CHAT_DMY},
	{STR("en-ZA"), CHAT_YMD},
	{STR("es-US"), CHAT_DMY},
	{STR("es-PR"), CHAT_MDY},
	{STR("es-PA"), CHAT_MDY},
	{STR("fr-CA"), CHAT_YMD},
	{STR("sv-FI"), CHAT_DMY},
	{STR("sv"), CHAT_YMD},
	{STR("lt"), CHAT_YMD},
	{STR("hu"), CHAT_YMD},
	{STR("ja"), CHAT_YMD},
	{STR("ko"), CHAT_YMD},
	{STR("zh"), CHAT_YMD},
	{STR("de"), CHAT_DMY},
	{STR("fr"), CHAT_DMY},
	{STR("es"), CHAT_DMY},
	{STR("it"), CHAT_DMY},
	{STR("pt"), CHAT_DMY},
	{STR("nl"), CHAT_DMY},
	{STR("da"), CHAT_DMY},
	{STR("nb"), CHAT_DMY},
	{STR("nn"), CHAT_DMY},
	{STR("no"), CHAT_DMY},
	{STR("fi"), CHAT_DMY},
	{STR("pl"), CHAT_DMY},
	{STR("cs"), CHAT_DMY},
	{STR("ca"), CHAT_DMY},
	{STR("tr"), CHAT_DMY},
	{STR("ru"), CHAT_DMY},
};

/* "sv_SE.UTF-8" is sv-SE, and that is sv when there is no row for it. */
static bool fits(struct str locale, struct str row)
{
	if (locale.len < row.len || (locale.len > row.len && row.len != 2))
		return false;
	for (size_t i = 0; i < row.len; i++) {
		struct str c = str_slice(locale, i, i + 1);
		if (!str_eq_nocase(c, str_slice(row, i, i + 1)) &&
			!(row.ptr[i] == '-' && c.ptr[0] == '_'))
			return false;
	}
	return locale.len == row.len || locale.ptr[2] == '-' || locale.ptr[2] == '_';
}

int chat_order_parse(struct str locale, enum chat_order *out, struct error *err)
{
	struct str rest = locale, name;
	if (!str_split(&rest, '.', &name))
		name = locale;
	if (str_eq_nocase(name, STR("en")))
		return error_set(err, ERROR_USAGE,
			"the locale 'en' writes dates both ways, expected en-US or en-GB");
	for (size_t i = 0; i < sizeof(locales) / sizeof(locales[0]); i++)
		if (fits(name, locales[i].locale)) {
			*out = locales[i].order;
			return 0;
		}
	return error_set(err, ERROR_USAGE,
		"unknown locale '%.*s', expected one such as en-US, en-GB, sv, de, or the order "
		"itself: dmy, mdy, ymd",
		STR_ARG(locale));
}
