/* Locales and the order in which they write a date. */
#include "suites.h"

static const struct {
	const char *locale;
	enum chat_order order; /* CHAT_ORDER_UNKNOWN: refused */
} rows[] = {
	{"dmy", CHAT_DMY},
	{"mdy", CHAT_MDY},
	{"ymd", CHAT_YMD},
	{"en-US", CHAT_MDY},
	{"en_US.UTF-8", CHAT_MDY},
	{"en-us", CHAT_MDY},
	{"en-GB", CHAT_DMY},
	{"en", CHAT_ORDER_UNKNOWN},
	{"en-XX", CHAT_ORDER_UNKNOWN},
	{"sv", CHAT_YMD},
	{"sv-SE", CHAT_YMD},
	{"sv-FI", CHAT_DMY},
	{"sv_FI", CHAT_DMY},
	{"de", CHAT_DMY},
	{"de-AT", CHAT_DMY},
	{"fr-CA", CHAT_YMD},
	{"fr", CHAT_DMY},
	{"es-MX", CHAT_DMY},
	{"xx", CHAT_ORDER_UNKNOWN},
	{"", CHAT_ORDER_UNKNOWN},
	{"dmyx", CHAT_ORDER_UNKNOWN},
	{"d", CHAT_ORDER_UNKNOWN},
	{"deutsch", CHAT_ORDER_UNKNOWN},
};

START_TEST(a_locale_tells_the_order_of_its_dates)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum chat_order order = CHAT_ORDER_UNKNOWN;
		struct error err = {0};
		int result = chat_order_parse(str_from(rows[i].locale), &order, &err);
		ck_assert_msg(order == rows[i].order, "%s", rows[i].locale);
		ck_assert_int_eq(result, order ? 0 : -1);
		ck_assert_int_eq(err.kind, order ? ERROR_NONE : ERROR_USAGE);
	}
}
END_TEST

START_TEST(a_format_is_told_by_its_name)
{
	struct buf names = {0};
	enum chat_format format;
	chat_format_list(&names);
	ck_assert_str_eq(buf_cstr(&names), "whatsapp, telegram, slack, discord, messenger, sms");
	buf_finish(&names);
	ck_assert(chat_format_parse(STR("sms"), &format) && format == CHAT_SMS);
	ck_assert(!chat_format_parse(STR("SMS"), &format));
}
END_TEST

Suite *suite_order(void)
{
	Suite *suite = suite_create("chat: names");
	TCase *all = tcase_create("order");
	tcase_add_test(all, a_locale_tells_the_order_of_its_dates);
	tcase_add_test(all, a_format_is_told_by_its_name);
	suite_add_tcase(suite, all);
	return suite;
}
