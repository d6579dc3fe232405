/* A request and its answer cross the channel unchanged; an answer that no honest reader gives is
 * refused. */
#include "reading.h"
#include "app_test.h"
#include "channel.h"

START_TEST(a_request_arrives_as_it_was_made)
{
	const struct str clients[] = {STR("acme"), STR("beta")};
	const struct raw raw = {.state = RAW_TOO_LARGE,
		.has_internal = true,
		.internal_at_us = -5,
		.seen_at_us = 7,
		.size_bytes = 99,
		.octets = STR("octets")};
	const struct clocks clocks = {.used = CLOCK_DATE, .date_offset_min = 60};
	const struct known known = {
		.stored = true,
		.direction = DIRECTION_OUT,
		.clients = clients,
		.client_count = 2,
		.author = STR("beta"),
		.clocks = &clocks,
	};
	struct buf head = {0};
	struct arena arena = {0};
	struct error err = {0};
	struct raw raw_back;
	struct known known_back;
	enum reading_depth depth;
	reading_write_request(&raw, &known, READ_FACTS, &head);
	const struct frame frame = {.head = buf_str(&head), .payload = raw.octets};
	ck_assert_int_eq(
		reading_read_request(&frame, &arena, &raw_back, &known_back, &depth, &err), 0);
	ck_assert_int_eq(depth, READ_FACTS);
	ck_assert_int_eq(raw_back.state, RAW_TOO_LARGE);
	ck_assert(raw_back.has_internal && raw_back.internal_at_us == -5);
	ck_assert_int_eq(raw_back.seen_at_us, 7);
	ck_assert_uint_eq(raw_back.size_bytes, 99);
	ck_assert(str_eq(raw_back.octets, raw.octets));
	ck_assert(known_back.stored && known_back.direction == DIRECTION_OUT);
	ck_assert_uint_eq(known_back.client_count, 2);
	ck_assert(str_eq(known_back.clients[1], clients[1]));
	ck_assert(str_eq(known_back.author, STR("beta")));
	ck_assert_int_eq(known_back.clocks->date_offset_min, 60);
	arena_finish(&arena);
	buf_finish(&head);
}
END_TEST

START_TEST(an_answer_arrives_as_it_was_given)
{
	const struct str clients[] = {STR("acme")};
	struct buf head = {0}, payload = {0};
	struct error err = {0};
	struct reading r, back;
	reading_init(&r);
	reading_init(&back);
	r.concerns = r.cut = true;
	r.clients = clients;
	r.client_count = 1;
	r.clocks = (struct clocks){.used = CLOCK_DATE, .agreed = true, .date_offset_min = -90};
	r.clocks.has[CLOCK_DATE] = true;
	r.clocks.at_us[CLOCK_DATE] = 12;
	r.facts.subject = STR("Logo");
	ck_assert_int_eq(text_plain(&r.facts.text, STR("words")), 0);
	r.judgement.examined = EXAMINED_TEXT_CUT;
	r.judgement.not_examined = STR("cut");
	reading_write_answer(&r, READ_JUDGEMENT, &head, &payload);
	const struct frame frame = {.head = buf_str(&head), .payload = buf_str(&payload)};
	ck_assert_msg(reading_read_answer(&frame, &back, &err) == 0, "%s", err.text);
	ck_assert(back.concerns && back.cut && back.client_count == 1);
	ck_assert(str_eq(back.clients[0], STR("acme")));
	ck_assert(back.clocks.has[CLOCK_DATE] && !back.clocks.has[CLOCK_SEEN]);
	ck_assert_int_eq(back.clocks.date_offset_min, -90);
	ck_assert(str_eq(back.facts.subject, STR("Logo")));
	ck_assert(str_eq(back.facts.text.bytes, STR("words")));
	ck_assert_int_eq(back.judgement.examined, EXAMINED_TEXT_CUT);
	reading_finish(&r);
	reading_finish(&back);
	buf_finish(&head);
	buf_finish(&payload);
}
END_TEST

#define CLOCKS "\"clocks\":{\"seen\":1,\"offset\":0,\"used\":3,\"agreed\":false}"

START_TEST(an_answer_that_contradicts_itself_is_refused)
{
	static const char *const heads[] = {
		"",
		"5",
		"{}",
		"{\"concerns\":true,\"clients\":[]," CLOCKS ",\"facts-bytes\":0}",
		"{\"concerns\":false,\"clients\":[\"acme\"]," CLOCKS ",\"facts-bytes\":0}",
		"{\"concerns\":true,\"clients\":[\"acme\",\"acme\"]," CLOCKS ",\"facts-bytes\":0}",
		"{\"concerns\":true,\"clients\":[\"\"]," CLOCKS ",\"facts-bytes\":0}",
		"{\"concerns\":true,\"clients\":[5]," CLOCKS ",\"facts-bytes\":0}",
		"{\"concerns\":true,\"clients\":[\"acme\"],\"facts-bytes\":0}",
		"{\"concerns\":true,\"clients\":[\"acme\"]," CLOCKS ",\"facts-bytes\":-1}",
		"{\"concerns\":true,\"clients\":[\"acme\"]," CLOCKS ",\"facts-bytes\":9}",
		"{\"concerns\":true,\"clients\":[\"acme\"],\"facts\":true," CLOCKS
		",\"facts-bytes\":2}",
		"{\"concerns\":true,\"clients\":[\"acme\"],\"judgement\":true," CLOCKS
		",\"facts-bytes\":2}",
		"{\"concerns\":true,\"clients\":[\"acme\"],\"clocks\":{\"used\":4},"
		"\"facts-bytes\":0}",
		"{\"concerns\":true,\"clients\":[\"acme\"],\"clocks\":{\"used\":0,"
		"\"offset\":99999},\"facts-bytes\":0}",
	};
	struct reading r;
	reading_init(&r);
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		struct error err = {0};
		const struct frame frame = {.head = str_from(heads[i]), .payload = STR("[]")};
		ck_assert_msg(reading_read_answer(&frame, &r, &err) < 0, "%s", heads[i]);
		ck_assert_int_eq(err.kind, ERROR_INPUT);
		ck_assert(!r.concerns);
	}
	reading_finish(&r);
}
END_TEST

Suite *reading_suite(void)
{
	Suite *suite = suite_create("app: reading");
	TCase *tests = tcase_create("frames");
	tcase_add_test(tests, a_request_arrives_as_it_was_made);
	tcase_add_test(tests, an_answer_arrives_as_it_was_given);
	tcase_add_test(tests, an_answer_that_contradicts_itself_is_refused);
	suite_add_tcase(suite, tests);
	return suite;
}
