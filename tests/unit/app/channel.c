/* Frames come as they were sent, and nothing else is taken for one. */
#include "channel.h"
#include "app_test.h"
#include "base/limits.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct channel *near_end;
static int far_end;

static void make(void)
{
	int pair[2];
	struct error err = {0};
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	ck_assert_int_eq(channel_new(pair[0], false, &near_end, &err), 0);
	far_end = pair[1];
}

static void drop(void)
{
	channel_free(near_end);
	if (far_end >= 0)
		close(far_end);
}

/* Writes bytes in steps; what was read of them, a line a frame, or what was wrong. */
static struct buf read_in_steps(const char *bytes, size_t step)
{
	struct buf out = {0};
	struct frame frame;
	struct error err = {0};
	size_t len = strlen(bytes);
	int result = 0;
	make();
	for (size_t at = 0; at < len && result >= 0; at += step) {
		size_t piece = len - at < step ? len - at : step;
		ck_assert_int_eq(write(far_end, bytes + at, piece), (ssize_t)piece);
		while ((result = channel_next(near_end, &frame, &err)) > 0)
			buf_add_format(&out, "%s [%.*s] [%.*s];", frame.verb, STR_ARG(frame.head),
				STR_ARG(frame.payload));
	}
	if (result < 0)
		buf_add_cstr(&out, err.kind == ERROR_INPUT ? "refused" : "another error");
	drop();
	return out;
}

START_TEST(frames_are_read_whole_and_byte_by_byte_the_same)
{
	static const struct {
		const char *bytes, *want;
	} rows[] = {
		{"go 2 0\n{}", "go [{}] [];"},
		{"message 2 3\n{}abcack 11 0\n{\"bytes\":5}",
			"message [{}] [abc];ack [{\"bytes\":5}] [];"},
		{"a-b 0 0\n", "a-b [] [];"},
		{"go 2 0\n{", ""},
		{"go", ""},
		{"go 2 0", ""},
		{"GO 2 0\n{}", "refused"},
		{"go  2 0\n{}", "refused"},
		{"go 2\n{}", "refused"},
		{"go 2 0 0\n{}", "refused"},
		{"go -2 0\n{}", "refused"},
		{"go +2 0\n{}", "refused"},
		{"go 2 x\n{}", "refused"},
		{"\n", "refused"},
		{" 2 0\n{}", "refused"},
		{"a-verb-of-sixteen 2 0\n{}", "refused"},
		{"go 99999999999999999999 0\n", "refused"},
		{"go 16777217 0\n", "refused"},
		{"go 16777216 1\n", "refused"},
		{"go 8388609 8388608\n", "refused"},
		{"a line without its end that goes on and on and on and on and on and on and on",
			"refused"},
		{"go 0 0\nGO 0 0\n", "go [] [];refused"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t step = 1; step <= 1000; step *= 10) {
			struct buf got = read_in_steps(rows[i].bytes, step);
			ck_assert_msg(!strcmp(buf_cstr(&got), rows[i].want),
				"'%s' in steps of %zu gave '%s'", rows[i].bytes, step,
				buf_cstr(&got));
			buf_finish(&got);
		}
}
END_TEST

START_TEST(what_one_end_sends_the_other_reads)
{
	struct channel *other;
	struct frame frame;
	struct error err = {0};
	struct buf payload = {0};
	make();
	ck_assert_int_eq(channel_new(far_end, false, &other, &err), 0);
	far_end = -1;
	for (size_t i = 0; i < 3 * MIB; i++)
		buf_add_char(&payload, (char)(i * 7));
	/* far more than the socket takes: it waits in the channel */
	ck_assert_int_eq(
		channel_send(near_end, "message", STR("{\"a\":1}"), buf_str(&payload), &err), 0);
	ck_assert_int_eq(channel_send(near_end, "done", STR("{}"), (struct str){0}, &err), 0);
	ck_assert_uint_gt(channel_queued(near_end), 0);
	int result;
	while ((result = channel_next(other, &frame, &err)) == 0)
		ck_assert_int_eq(channel_flush(near_end, &err), 0);
	ck_assert_int_eq(result, 1);
	ck_assert(str_eq(frame.head, STR("{\"a\":1}")));
	ck_assert(str_eq(frame.payload, buf_str(&payload)));
	ck_assert_int_eq(channel_flush(near_end, &err), 0);
	ck_assert_int_eq(channel_next(other, &frame, &err), 1);
	ck_assert_str_eq(frame.verb, "done");
	ck_assert_int_eq(channel_next(other, &frame, &err), 0);
	ck_assert_uint_eq(channel_queued(near_end), 0);
	buf_finish(&payload);
	channel_free(other);
	drop();
}
END_TEST

START_TEST(a_frame_over_the_limit_is_not_sent)
{
	struct error err = {0};
	struct buf payload = {0};
	make();
	ck_assert_ptr_nonnull(buf_reserve(&payload, LIMIT_FRAME));
	memset(payload.ptr, 'x', LIMIT_FRAME);
	payload.len = LIMIT_FRAME;
	ck_assert_int_eq(channel_send(near_end, "big", STR("{}"), buf_str(&payload), &err), -1);
	ck_assert_int_eq(err.kind, ERROR_LIMIT);
	ck_assert_uint_eq(channel_queued(near_end), 0);
	buf_finish(&payload);
	drop();
}
END_TEST

START_TEST(the_other_end_gone_is_temporary)
{
	struct frame frame;
	struct error err = {0};
	make();
	ck_assert_int_eq(write(far_end, "last 0 0\nhalf 5 0\nab", 20), 20);
	close(far_end);
	far_end = -1;
	ck_assert_int_eq(channel_next(near_end, &frame, &err), 1);
	ck_assert_str_eq(frame.verb, "last");
	ck_assert_int_eq(channel_next(near_end, &frame, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	err = (struct error){0};
	ck_assert_int_eq(channel_send(near_end, "go", STR("{}"), (struct str){0}, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	drop();
}
END_TEST

START_TEST(who_works_ahead_goes_on_while_nobody_takes_its_answers)
{
	struct error err = {0};
	struct frame frame;
	int pair[2];
	static char large[MIB];
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	ck_assert_int_eq(channel_new(pair[0], true, &near_end, &err), 0);
	far_end = pair[1];
	channel_work_ahead(near_end);
	ck_assert_int_eq(write(far_end, "one 0 0\ntwo 0 0\n", 16), 16);
	/* more than any socket holds, and it comes to the second request all the same */
	ck_assert_int_eq(channel_next(near_end, &frame, &err), 1);
	ck_assert_str_eq(frame.verb, "one");
	struct str answer = {large, sizeof(large)};
	ck_assert_int_eq(channel_send(near_end, "one", (struct str){0}, answer, &err), 0);
	ck_assert_int_eq(channel_next(near_end, &frame, &err), 1);
	ck_assert_str_eq(frame.verb, "two");
	ck_assert_uint_gt(channel_queued(near_end), 0);
	/* and while they are taken the rest leaves with the next look at what has come */
	size_t taken = 0;
	while (channel_queued(near_end)) {
		ssize_t n = read(far_end, large, sizeof(large));
		ck_assert_int_gt(n, 0);
		taken += (size_t)n;
		ck_assert_int_eq(write(far_end, "more 0 0\n", 9), 9);
		ck_assert_int_eq(channel_next(near_end, &frame, &err), 1);
	}
	ck_assert_uint_gt(taken, 0);
	drop();
}
END_TEST

Suite *channel_suite(void)
{
	Suite *suite = suite_create("app: channel");
	TCase *tests = tcase_create("channel");
	tcase_add_test(tests, frames_are_read_whole_and_byte_by_byte_the_same);
	tcase_add_test(tests, what_one_end_sends_the_other_reads);
	tcase_add_test(tests, a_frame_over_the_limit_is_not_sent);
	tcase_add_test(tests, the_other_end_gone_is_temporary);
	tcase_add_test(tests, who_works_ahead_goes_on_while_nobody_takes_its_answers);
	suite_add_tcase(suite, tests);
	return suite;
}
