/* Exports that other projects keep for their tests, where they are at hand: counts, people and
   instants as they stand in the files, looked up there by hand. */
#include "suites.h"

#include "base/file.h"
#include "worktime/zone.h"
#include <stdio.h>
#include <unistd.h>

#define FOLDER TEST_DATA "/chat/"
#define AUTHORS_MOST 8

static const struct sample {
	const char *path;
	enum chat_format format;
	const char *locale;             /* "": inferred, or not asked for */
	uint64_t said, media, system;   /* all messages that there are */
	uint64_t authors[AUTHORS_MOST]; /* how much each wrote, most first; of the first few */
	size_t author_count;
	const char *first, *last; /* the earliest and the latest, the zone of Berlin where one is
				     asked for */
} samples[] = {
	{"chat-analytics/whatsapp/2A_5M.txt", CHAT_WHATSAPP, "", 4, 1, 0, {3, 2}, 2,
		"2021-01-01T11:00:00Z", "2021-01-01T11:03:00Z"},
	{"chat-analytics/whatsapp/4A_11M.txt", CHAT_WHATSAPP, "en-US", 11, 0, 3, {3, 2, 2, 2, 2}, 5,
		"2020-12-09T22:16:00Z", "2020-12-09T22:56:00Z"},
	{"chat-analytics/whatsapp/4A_11M.zip", CHAT_WHATSAPP, "en-GB", 11, 0, 3, {3, 2, 2, 2, 2}, 5,
		"2020-09-12T21:16:00Z", "2020-09-12T21:56:00Z"},
	{"chat-analytics/telegram/DM_2A_7M.json", CHAT_TELEGRAM, "", 4, 3, 1, {5, 2}, 2,
		"2019-07-05T14:55:32Z", "2023-08-11T02:11:02Z"},
	{"chat-analytics/telegram/BIG_20A_5475M.json", CHAT_TELEGRAM, "", 5475, 0, 0,
		{296, 292, 291, 291, 288, 288, 281, 281}, 20, "2017-01-01T06:20:09Z",
		"2019-12-31T18:19:24Z"},
	{"chat-analytics/discord/DM_2A_2M.json", CHAT_DISCORD, "", 2, 1, 0, {2, 1}, 2,
		"2019-01-04T17:52:39Z", "2020-07-17T17:03:14Z"},
	{"chat-analytics/discord/GC_3A_5M.json", CHAT_DISCORD, "", 3, 1, 2, {2, 1, 1}, 3,
		"2023-01-17T19:33:07Z", "2023-03-03T14:47:59Z"},
	{"chat-analytics/discord/SV_5A_5M.json", CHAT_DISCORD, "", 4, 1, 0, {3, 2}, 2,
		"2018-05-20T16:09:44Z", "2018-05-20T16:09:51Z"},
	{"chat-analytics/messenger/2A_7M.json", CHAT_MESSENGER, "", 3, 4, 0, {5, 2}, 2,
		"2014-11-05T00:27:20Z", "2014-11-05T00:35:32Z"},
	{"slackdump/B75B4C7/2025-01-10.json", CHAT_SLACK, "", 2, 0, 0, {2}, 1,
		"2025-01-10T03:08:34Z", "2025-01-10T03:10:30Z"},
	{"whatstk/whatsapp/pokemon.txt", CHAT_WHATSAPP, "", 18, 0, 2, {4, 4, 3, 2, 2, 1, 1, 1}, 8,
		"2016-04-15T13:04:00Z", "2016-10-31T11:23:00Z"},
	{"whatstk/whatsapp/lorem-2000.txt", CHAT_WHATSAPP, "", 2000, 0, 0, {516, 507, 496, 481}, 4,
		"2019-04-16T00:09:00Z", "2020-06-12T22:00:00Z"},
	{"whatstk/whatsapp/lorem.txt", CHAT_WHATSAPP, "", 500, 0, 0, {145, 124, 118, 113}, 4,
		"2020-01-15T01:22:56Z", "2020-05-11T20:32:48Z"},
	{"whatstk/whatsapp/lorem-merge-part1.txt", CHAT_WHATSAPP, "", 300, 0, 0, {80, 78, 75, 67},
		4, "2019-10-20T08:16:00Z", "2020-01-09T23:00:00Z"},
	{"whatstk/whatsapp/lorem-merge-part2.txt", CHAT_WHATSAPP, "", 300, 0, 0,
		{78, 75, 67, 51, 29}, 5, "2020-06-20T08:16:00Z", "2020-09-09T22:00:00Z"},
};

static void check_survey(const struct sample *s, const struct chat_survey *found)
{
	char first[TIME_TEXT_SIZE], last[TIME_TEXT_SIZE];
	ck_assert_uint_eq(found->kinds[CHAT_SAID], s->said);
	ck_assert_uint_eq(found->kinds[CHAT_MEDIA], s->media);
	ck_assert_uint_eq(found->kinds[CHAT_SYSTEM], s->system);
	ck_assert_uint_eq(found->kinds[CHAT_DELETED] + found->kinds[CHAT_UNREAD], 0);
	ck_assert_uint_eq(found->author_count, s->author_count);
	for (size_t i = 0; i < s->author_count && i < AUTHORS_MOST; i++)
		ck_assert_uint_eq(found->authors[i].messages, s->authors[i]);
	ck_assert(found->has_period);
	time_format(found->first_at_us, 0, true, first);
	time_format(found->last_at_us, 0, true, last);
	ck_assert_str_eq(first, s->first);
	ck_assert_str_eq(last, s->last);
}

static void check_sample(const struct sample *s)
{
	struct buf octets = {0}, path = {0};
	struct chat_files *files = NULL;
	struct chat_survey survey;
	struct error err = {0};
	enum chat_format format = CHAT_FORMATS;
	enum chat_order order = CHAT_ORDER_UNKNOWN;
	buf_add_format(&path, FOLDER "%s", s->path);
	ck_assert_msg(file_read(buf_cstr(&path), 1 << 24, &octets, &err) == 0, "%s", err.text);
	ck_assert_msg(!chat_files_open(str_from(s->path), buf_str(&octets), &files, &err), "%s",
		err.text);
	ck_assert_msg(!chat_detect(files, &format, &err), "%s", err.text);
	ck_assert_int_eq(format, s->format);
	if (*s->locale)
		ck_assert_int_eq(chat_order_parse(str_from(s->locale), &order, &err), 0);
	struct chat_declared declared = declare("Europe/Berlin", order);
	chat_survey_init(&survey);
	ck_assert_msg(!chat_survey(format, files, &declared, &survey, &err), "%s", err.text);
	check_survey(s, &survey);
	declared.order = survey.dates.order;
	ck_assert_uint_eq(read_all(format, files, &declared, NULL), s->said + s->media + s->system);
	zone_close((struct zone *)declared.zone);
	chat_survey_finish(&survey);
	chat_files_close(files);
	buf_finish(&octets);
	buf_finish(&path);
}

START_TEST(samples_of_others_give_what_stands_in_them)
{
	if (access(FOLDER, R_OK)) {
		puts("  no samples of chats at hand: skipped");
		return;
	}
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		check_sample(&samples[i]);
}
END_TEST

START_TEST(the_sample_whose_dates_read_both_ways_is_refused_until_the_locale_is_given)
{
	struct buf octets = {0};
	struct chat_files *files = NULL;
	struct chat_survey survey;
	struct error err = {0};
	const struct chat_declared nothing = {0};
	if (file_read(FOLDER "chat-analytics/whatsapp/4A_11M.txt", 1 << 20, &octets, &err) < 0)
		return;
	chat_survey_init(&survey);
	ck_assert_int_eq(chat_files_open(STR("4A_11M.txt"), buf_str(&octets), &files, &err), 0);
	ck_assert_int_eq(chat_survey(CHAT_WHATSAPP, files, &nothing, &survey, &err), 0);
	ck_assert(survey.order_needed);
	ck_assert_uint_eq(survey.dates.either, 14);
	ck_assert_uint_eq(survey.kinds[CHAT_UNREAD], 14);
	chat_survey_finish(&survey);
	chat_files_close(files);
	buf_finish(&octets);
}
END_TEST

Suite *suite_samples(void)
{
	Suite *suite = suite_create("chat: samples");
	TCase *all = tcase_create("samples");
	tcase_add_test(all, samples_of_others_give_what_stands_in_them);
	tcase_add_test(
		all, the_sample_whose_dates_read_both_ways_is_refused_until_the_locale_is_given);
	suite_add_tcase(suite, all);
	return suite;
}
