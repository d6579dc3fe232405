/* A request and its answer cross the channel unchanged; an answer that no honest reader gives is
 * refused. */
#include "reading.h"
#include "app_test.h"
#include "base/clock.h"
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

static const char chat_config[] =
	"archive = \"archive\"; languages = [ ]; rules = [ \"my.rules\" ];\n"
	"me: { addresses = [ \"anna@studio.example\" ]; names = [ \"Anna\" ];\n"
	"      time_zone = \"Europe/Stockholm\"; hours = [ \"mon-fri 09:00-17:00\" ]; };\n"
	"clients = ( { id = \"acme\"; names = [ \"Jane D.\", \"U1\" ]; } );\n";

/* A reading borrows from it. */
static struct rulebook *chat_book;

static void open_chat_book(void)
{
	make_folder();
	chat_book = make_book(chat_config);
}

static void close_chat_book(void)
{
	rulebook_free(chat_book);
	drop_folder();
}

/* As a request to a reader arrives: by the place alone it knows that this is a chat. */
static void read_chat(const char *format, const char *octets, const char *author,
	const struct known *known, struct reading *out)
{
	struct raw raw = {.octets = str_from(octets), .size_bytes = str_from(octets).len};
	struct buf head = {0};
	struct arena arena = {0};
	struct error err = {0};
	struct raw arrived;
	struct known known_back;
	enum reading_depth depth;
	raw.place.file = (struct file_place){.format = str_from(format),
		.name = STR("chat"),
		.locale = STR("dmy"),
		.author = str_from(author)};
	reading_write_request(&raw, known, READ_JUDGEMENT, &head);
	const struct frame frame = {.head = buf_str(&head), .payload = raw.octets};
	ck_assert_int_eq(
		reading_read_request(&frame, &arena, &arrived, &known_back, &depth, &err), 0);
	ck_assert_int_eq(pipeline_read(chat_book, &arrived, &known_back, depth, out, &err), 0);
	arena_finish(&arena);
	buf_finish(&head);
}

static const struct clocks late = {.has = {[CLOCK_DATE] = true, [CLOCK_SEEN] = true},
	.at_us = {[CLOCK_DATE] = 1796068800 * SECOND_US}, /* Mon 2026-11-30 20:00 UTC */
	.used = CLOCK_DATE,
	.agreed = true};

START_TEST(a_clients_line_of_a_chat_is_judged_like_a_mail)
{
	static const struct known known = {.clocks = &late};
	struct reading r;
	reading_init(&r);
	read_chat("whatsapp", "30/11/2026, 21:00 - Jane D.: do it right now\n", NULL, &known, &r);
	ck_assert(r.concerns && r.direction == DIRECTION_IN);
	ck_assert(r.client_count == 1 && str_eq(r.clients[0], STR("acme")));
	ck_assert(str_eq(r.author, STR("acme")));
	ck_assert(r.clocks.used == CLOCK_DATE && r.clocks.agreed);
	ck_assert(str_eq(r.facts.from, STR("Jane D.")));
	ck_assert(str_eq(r.facts.text.bytes, STR("do it right now")));
	ck_assert(r.facts.seconds_unknown);
	ck_assert_uint_eq(r.judgement.finding_count, 2);
	ck_assert(str_eq(r.judgement.findings[0].rule, STR("urgency/now")));
	ck_assert(str_eq(r.judgement.findings[1].rule, STR("after-hours/demand")));
	reading_finish(&r);
}
END_TEST

START_TEST(whom_only_the_exports_list_of_people_names_is_known_by_id_or_by_place)
{
	static const char words[] = "{\"ts\":\"1.0\",\"user\":\"U1\",\"text\":\"hello\"}",
			  others[] = "{\"ts\":\"1.0\",\"user\":\"U2\",\"text\":\"hello\"}";
	static const struct known known = {.clocks = &late};
	struct reading r;
	reading_init(&r);
	read_chat("slack", words, NULL, &known, &r);
	ck_assert(str_eq(r.author, STR("acme")) && str_eq(r.facts.from, STR("U1")));
	ck_assert(!r.facts.seconds_unknown);
	read_chat("slack", others, NULL, &known, &r);
	ck_assert(!r.concerns && r.judgement.finding_count == 0);
	read_chat("slack", others, "Jane D.", &known, &r);
	ck_assert(str_eq(r.author, STR("acme")));
	ck_assert(str_eq(r.facts.from, STR("\"Jane D.\" <U2>")) ||
		str_eq(r.facts.from, STR("Jane D. <U2>")));
	reading_finish(&r);
}
END_TEST

START_TEST(my_own_line_of_a_chat_is_for_whom_its_record_says)
{
	static const struct str clients[] = {STR("acme")};
	static const struct known known = {.stored = true,
		.direction = DIRECTION_OUT,
		.clients = clients,
		.client_count = 1,
		.clocks = &late};
	struct reading r;
	reading_init(&r);
	read_chat("whatsapp", "30/11/2026, 21:00 - Anna: not right now\n", NULL, &known, &r);
	ck_assert(r.concerns && r.direction == DIRECTION_OUT && !r.author.ptr);
	ck_assert_uint_eq(r.judgement.finding_count, 0);
	reading_finish(&r);
}
END_TEST

START_TEST(octets_of_a_chat_that_are_none_are_not_examined)
{
	static const struct str clients[] = {STR("acme")};
	static const struct known known = {
		.stored = true, .clients = clients, .client_count = 1, .clocks = &late};
	struct reading r;
	reading_init(&r);
	read_chat("telegram", "{\"id\":", NULL, &known, &r);
	ck_assert_int_eq(r.facts.examined, EXAMINED_STRUCTURE);
	ck_assert(str_eq(r.facts.not_examined, STR("expected a message between { and }")));
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
	TCase *chats = tcase_create("chats");
	tcase_add_checked_fixture(chats, open_chat_book, close_chat_book);
	tcase_add_test(chats, a_clients_line_of_a_chat_is_judged_like_a_mail);
	tcase_add_test(
		chats, whom_only_the_exports_list_of_people_names_is_known_by_id_or_by_place);
	tcase_add_test(chats, my_own_line_of_a_chat_is_for_whom_its_record_says);
	tcase_add_test(chats, octets_of_a_chat_that_are_none_are_not_examined);
	suite_add_tcase(suite, tests);
	suite_add_tcase(suite, chats);
	return suite;
}
