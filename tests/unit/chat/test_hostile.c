/* Exports that nobody's program made: each is bounded, told of, and nothing of it is lost. */
#include "suites.h"

#include "base/limits.h"
#include "worktime/zone.h"
#include <string.h>

/* One file of that name in memory; the survey of it, in UTC. */
static void survey_octets(enum chat_format format, const char *name, const struct buf *octets,
	struct chat_survey *out, struct buf *shown)
{
	const struct chat_file item = {str_from(name), octets->len};
	const struct str content = buf_str(octets);
	struct memory_files files;
	struct error err = {0};
	struct chat_declared declared = declare("UTC", CHAT_ORDER_UNKNOWN);
	memory_files_init(&files, item.name, &item, &content, 1);
	ck_assert(!octets->failed);
	ck_assert_int_eq(chat_survey(format, &files.files, &declared, out, &err), 0);
	declared.order = out->dates.order;
	if (shown)
		read_all(format, &files.files, &declared, shown);
	zone_close((struct zone *)declared.zone);
}

/* A message of so many letters, and one behind it. */
static void make_long(size_t size, struct buf *out)
{
	buf_add_cstr(out, "30/11/2026, 10:00 - Rhea: ");
	char *room = buf_reserve(out, size);
	ck_assert(room != NULL);
	memset(room, 'a', size);
	out->len += size;
	buf_add_cstr(out, "\n30/11/2026, 10:01 - Rhea: last\n");
}

START_TEST(a_line_of_a_hundred_megabytes_is_told_of_and_passed_over)
{
	struct buf octets = {0}, shown = {0};
	struct chat_survey survey;
	chat_survey_init(&survey);
	make_long(100 * MIB, &octets);
	survey_octets(CHAT_WHATSAPP, "chat.txt", &octets, &survey, &shown);
	ck_assert_str_eq(buf_cstr(&shown),
		"unread: 104857627 bytes, at most 15728640 of one message are read\n"
		"said 2026-11-30T10:01Z Rhea: last\n");
	ck_assert_uint_eq(survey.unread_bytes, 104857627);
	chat_survey_finish(&survey);
	buf_finish(&octets);
	buf_finish(&shown);
}
END_TEST

START_TEST(of_a_message_of_some_megabytes_the_beginning_is_read)
{
	struct buf octets = {0};
	const struct chat_declared declared = {.order = CHAT_DMY};
	struct chat_message m;
	struct error err = {0};
	chat_message_init(&m);
	make_long(5 * MIB, &octets);
	ck_assert_int_eq(chat_read(CHAT_WHATSAPP, &declared, buf_str(&octets), &m, &err), 0);
	ck_assert_int_eq(m.kind, CHAT_SAID);
	ck_assert(m.text.cut);
	ck_assert_uint_eq(m.text.bytes.len, LIMIT_TEXT);
	chat_message_finish(&m);
	buf_finish(&octets);
}
END_TEST

START_TEST(json_nested_ten_thousand_deep_is_told_of_and_passed_over)
{
	struct buf octets = {0}, shown = {0};
	struct chat_survey survey;
	chat_survey_init(&survey);
	buf_add_cstr(&octets, "{\"type\":\"personal_chat\",\"other\":");
	for (int i = 0; i < 10000; i++)
		buf_add_cstr(&octets, "[{\"a\":");
	buf_add_cstr(&octets, "1");
	for (int i = 0; i < 10000; i++)
		buf_add_cstr(&octets, "}]");
	buf_add_cstr(&octets, ",\"messages\":[{\"date\":\"2026-03-02T09:00:00\",\"text\":");
	for (int i = 0; i < 10000; i++)
		buf_add_char(&octets, '[');
	for (int i = 0; i < 10000; i++)
		buf_add_char(&octets, ']');
	buf_add_cstr(&octets, "},{\"date\":\"2026-03-02T09:00:01\",\"text\":\"good\"}]}");
	survey_octets(CHAT_TELEGRAM, "result.json", &octets, &survey, &shown);
	ck_assert_str_eq(buf_cstr(&shown),
		"unread: json is nested deeper than 64\n"
		"said 2026-03-02T09:00:01Z: good\n");
	ck_assert_uint_eq(survey.kinds[CHAT_UNREAD], 1);
	ck_assert_uint_gt(survey.unread_bytes, 20000);
	chat_survey_finish(&survey);
	buf_finish(&octets);
	buf_finish(&shown);
}
END_TEST

START_TEST(a_message_that_is_no_json_is_told_of_in_the_words_of_its_reader)
{
	static const char *const rows[] = {
		"{\"id\": 1, \"id\": 2}", "{\"id\": }", "{\"id\": [1}", "{\"id\": \"\xff\"}"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct chat_declared nothing = {0};
		struct chat_message m;
		struct error err = {0};
		chat_message_init(&m);
		ck_assert_int_eq(
			chat_read(CHAT_TELEGRAM, &nothing, str_from(rows[i]), &m, &err), 0);
		ck_assert_int_eq(m.kind, CHAT_UNREAD);
		ck_assert_msg(str_starts(m.why, STR("json")), "%s: %.*s", rows[i], STR_ARG(m.why));
		chat_message_finish(&m);
	}
}
END_TEST

START_TEST(a_message_of_json_that_is_too_large_is_told_of)
{
	struct buf octets = {0}, shown = {0};
	struct chat_survey survey;
	chat_survey_init(&survey);
	buf_add_cstr(&octets, "[{\"ts\":\"1.0\",\"type\":\"message\",\"text\":\"");
	char *room = buf_reserve(&octets, LIMIT_CHAT_MESSAGE);
	ck_assert(room != NULL);
	memset(room, 'a', LIMIT_CHAT_MESSAGE);
	octets.len += LIMIT_CHAT_MESSAGE;
	buf_add_cstr(&octets, "\"},{\"ts\":\"2.0\",\"type\":\"message\",\"text\":\"good\"}]");
	survey_octets(CHAT_SLACK, "2026-03-02.json", &octets, &survey, &shown);
	ck_assert_str_eq(buf_cstr(&shown),
		"unread: 15728679 bytes, at most 15728640 of one message are read\n"
		"said 1970-01-01T00:00:02Z #2.0: good\n");
	chat_survey_finish(&survey);
	buf_finish(&octets);
	buf_finish(&shown);
}
END_TEST

START_TEST(marks_by_the_million_are_walked_over_in_a_moment)
{
	static const struct {
		enum chat_format format;
		const char *name, *before, *repeated, *behind;
	} rows[] = {
		{CHAT_SLACK, "2026-03-02.json", "[{\"ts\":\"1.0\",\"text\":\"", "<", "\"}]"},
		{CHAT_SLACK, "2026-03-02.json", "[{\"ts\":\"1.0\",\"text\":\"", "<a", ">\"}]"},
		{CHAT_WHATSAPP, "chat.txt", "30/11/2026, 10:00 - R: ", "\u200e", "x"},
		{CHAT_WHATSAPP, "chat.txt", "30/11/2026, 10:00 - R: ", "<attached:", ""},
		{CHAT_WHATSAPP, "chat.txt", "30/11/2026, 10:00 - R: ", "> a\nb\n", ""},
		{CHAT_WHATSAPP, "chat.txt", "30/11/2026, 10:00 - ", "a:", ""},
		{CHAT_WHATSAPP, "chat.txt", "30/11/2026, 10:00 - R: ", "[1/1/26, 1:1\n", ""},
		{CHAT_SMS, "sms.xml", "<smses>", "<mms date='1' msg_box='1'>", ""},
		{CHAT_SMS, "sms.xml", "<smses>", "<", ""},
		{CHAT_SMS, "sms.xml", "<sms date='1' type='1' body='", "&", "'/>"},
		{CHAT_MESSENGER, "message_1.json", "{\"messages\":[", "{},", "{}]}"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf octets = {0};
		struct chat_survey survey;
		chat_survey_init(&survey);
		buf_add_cstr(&octets, rows[i].before);
		for (int n = 0; n < 200000; n++)
			buf_add_cstr(&octets, rows[i].repeated);
		buf_add_cstr(&octets, rows[i].behind);
		survey_octets(rows[i].format, rows[i].name, &octets, &survey, NULL);
		chat_survey_finish(&survey);
		buf_finish(&octets);
	}
}
END_TEST

START_TEST(what_is_utf_16_is_named)
{
	static const struct str octets = STR("\xFF\xFE"
					     "3\0"
					     "0\0");
	const struct chat_file item = {STR("chat.txt"), octets.len};
	struct memory_files files;
	struct error err = {0};
	enum chat_format format;
	memory_files_init(&files, item.name, &item, &octets, 1);
	ck_assert_int_eq(chat_detect(&files.files, &format, &err), -1);
	ck_assert_str_eq(
		err.text, "'chat.txt' is UTF-16, expected the export as it was made, in UTF-8");
}
END_TEST

START_TEST(what_is_no_export_is_refused_with_what_would_be_one)
{
	static const struct str octets = STR("Dear Ada,\n");
	const struct chat_file item = {STR("letter.txt"), octets.len};
	const struct chat_declared nothing = {0};
	struct memory_files files;
	struct error err = {0};
	struct chat_reader *r = NULL;
	enum chat_format format;
	memory_files_init(&files, item.name, &item, &octets, 1);
	ck_assert_int_eq(chat_detect(&files.files, &format, &err), -1);
	ck_assert_str_eq(err.text,
		"'letter.txt' is no chat export of a known format, expected one of whatsapp, "
		"telegram, slack, discord, messenger, sms");
	memory_files_init(&files, STR("folder"), &item, &octets, 0);
	ck_assert_int_eq(chat_open(CHAT_SLACK, &files.files, &nothing, &r, &err), -1);
	ck_assert_str_eq(err.text, "no file of 'folder' is named as slack names its own");
}
END_TEST

START_TEST(every_beginning_of_an_export_is_read_without_harm)
{
	static const struct {
		enum chat_format format;
		const char *text;
	} rows[] = {
		{CHAT_WHATSAPP,
			"[30/11/26, 10:00:01\u202fPM] ~\u202fR: \u200e<attached: a>\r\n> b\n"},
		{CHAT_TELEGRAM,
			"{\"messages\":[{\"date\":\"2026-03-02T09:00:00\",\"text\":[\"a\"]}]}"},
		{CHAT_SMS, "<sms date=\"1\" type=\"1\" body=\"&#55357;&#56832;\"></sms>"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t len = 0; len <= strlen(rows[i].text); len++) {
			struct buf octets = {0}, shown = {0};
			struct chat_survey survey;
			chat_survey_init(&survey);
			buf_add(&octets, rows[i].text, len);
			survey_octets(rows[i].format, "x", &octets, &survey, &shown);
			chat_survey_finish(&survey);
			buf_finish(&octets);
			buf_finish(&shown);
		}
}
END_TEST

Suite *suite_hostile(void)
{
	Suite *suite = suite_create("chat: hostile");
	TCase *all = tcase_create("hostile");
	tcase_set_timeout(all, 120);
	tcase_add_test(all, a_line_of_a_hundred_megabytes_is_told_of_and_passed_over);
	tcase_add_test(all, of_a_message_of_some_megabytes_the_beginning_is_read);
	tcase_add_test(all, json_nested_ten_thousand_deep_is_told_of_and_passed_over);
	tcase_add_test(all, a_message_that_is_no_json_is_told_of_in_the_words_of_its_reader);
	tcase_add_test(all, a_message_of_json_that_is_too_large_is_told_of);
	tcase_add_test(all, marks_by_the_million_are_walked_over_in_a_moment);
	tcase_add_test(all, what_is_utf_16_is_named);
	tcase_add_test(all, what_is_no_export_is_refused_with_what_would_be_one);
	tcase_add_test(all, every_beginning_of_an_export_is_read_without_harm);
	suite_add_tcase(suite, all);
	return suite;
}
